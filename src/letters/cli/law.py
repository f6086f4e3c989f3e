"""`letters law`: the register of acts, one citation looked up, and the citations of any document."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import click

from letters.cli.codes import DONE, PROBLEMS
from letters.cli.language import _, ngettext
from letters.cli.places import library
from letters.cli.report import problem_data, shown_path, visible
from letters.cli.templates import Kit
from letters.cli.templates.told import print_json, print_table, told
from letters.problems import N_, Place, Severity

if TYPE_CHECKING:
    from letters.desk.finished import Cited
    from letters.desk.law_library import Looked
    from letters.law.acts import Act, AmendingAct, Period, Provision, Register, Version

#: A verdict as a reader knows it.
_VERDICTS = {
    "exists": N_("right"),
    "unverified": N_("not verified"),
    "no-act": N_("no act is named"),
    "unlisted": N_("not in the register"),
    "ambiguous": N_("may be several acts"),
    "repealed": N_("an older text"),
    "moved": N_("another rule on that date"),
    "not-in-force": N_("not in force"),
    "no-such-place": N_("does not exist"),
    "unknown-act": N_("unknown act"),
}


def law_group(kit: Kit) -> click.Group:
    """The command line of `letters law`."""
    group = click.Group(
        "law",
        help=_("Look law up: the register's acts, one citation, or the citations of a document."),
        short_help=_("Look law up"),
        options_metavar=_("[OPTIONS]"),
        subcommand_metavar=_("COMMAND [ARGS]..."),
    )
    for make in (_list, _show, _find):
        group.add_command(make(kit))
    return group


def on_option() -> click.Option:
    """The option `--on`, a date; `law_day` makes it a day."""
    return _on(_("The date whose law citations are looked up by; left out, today."))


def document_on_option() -> click.Option:
    """The option `--on` of what reads documents; `asked_day` makes it a day."""
    return _on(
        _(
            "The date whose law the citations of a document are looked up by; left out, the date that it"
            " bears, or today."
        )
    )


def _on(help_: str) -> click.Option:
    return click.Option(["--on"], type=click.DateTime(["%Y-%m-%d"]), metavar=_("DATE"), help=help_)


def asked_day(on: dt.datetime | None) -> dt.date | None:
    """The day that was asked for, if any."""
    return on.date() if on else None


def law_day(on: dt.datetime | None) -> dt.date:
    """The day whose law counts: the one asked for, else today."""
    return asked_day(on) or dt.date.today()  # noqa: DTZ011 - the user's own day


def _register(templates: Path | None) -> Register:
    from letters.desk.law_library import open_register

    return open_register(library(templates))


# letters law list


def _list(kit: Kit) -> click.Command:
    help_ = _("List the acts of the register, with the text of each that is cited on a date.")
    examples = [
        (_("Everything, as the law is today:"), "letters law list"),
        (_("As it was:"), "letters law list --on 2021-09-02"),
    ]
    return kit.command("list", list_acts, help_, [on_option(), kit.json(), kit.templates()], examples)


def list_acts(on: dt.datetime | None, as_json: bool, templates: Path | None) -> int:
    """List the acts."""
    day = law_day(on)

    def work() -> int:
        found = [(act, act.version(day)) for act in _register(templates).acts]
        if as_json:
            acts = [_act_data(act, version) for act, version in found]
            print_json({"exit_code": DONE, "on": day.isoformat(), "acts": acts})
            return DONE
        print_table((_act_row(act, version) for act, version in found), indent=0)
        return DONE

    return told(work, as_json)


def _act_row(act: Act, version: Version | None) -> tuple[str, str, str]:
    if version is None:
        return act.name, _("no text for this date"), ""
    return act.name, _designation(version), "" if version.source.verified else _("not verified")


def _designation(version: Version) -> str:
    from letters.law.writing import write_designation

    return write_designation(version.designation)


def _act_data(act: Act, version: Version | None) -> dict[str, object]:
    return {
        "name": act.name,
        "title": act.title,
        "text": _designation(version) if version else None,
        "eli": version.eli if version else None,
        "verified": bool(version and version.source.verified),
    }


# letters law show


def _show(kit: Kit) -> click.Command:
    help_ = _(
        "Look one citation up, or an act by its name: whether it is right on a date, what it is about,"
        " whether it leaves discretion, where one complains, and where all that comes from."
    )
    params: list[click.Parameter] = [
        click.Argument(["citation"], metavar=_("CITATION")),
        on_option(),
        click.Option(["--regime"], metavar=_("REGIME"), help=_("A transitional rule, as in case files.")),
        kit.json(),
        kit.templates(),
    ]
    examples = [
        (_("A provision:"), 'letters law show "integrationslovens § 18, stk. 2"'),
        (_("The same before it was changed:"), 'letters law show "integrationsloven" --on 2012-01-01'),
    ]
    return kit.command("show", show, help_, params, examples)


def show(
    citation: str, on: dt.datetime | None, regime: str | None, as_json: bool, templates: Path | None
) -> int:
    """Look one citation up."""
    day = law_day(on)

    def work() -> int:
        from letters.desk.law_library import is_right, look_up

        register = _register(templates)
        _refuse_unknown(regime, register)
        looked = look_up(citation, register, day, regime)
        code = DONE if is_right(looked.verdict.status) else PROBLEMS
        if as_json:
            print_json({"exit_code": code, "on": day.isoformat(), **_looked_data(looked)})
            return code
        for line in _looked_lines(looked, day):
            click.echo(visible(line))
        return code

    return told(work, as_json)


def _refuse_unknown(regime: str | None, register: Register) -> None:
    if regime is not None and regime not in register.regimes:
        known = ", ".join(sorted(register.regimes))
        message = _("the register knows no transitional rule {regime}; it knows {known}")
        raise click.UsageError(message.format(regime=regime, known=known))


def _looked_lines(looked: Looked, day: dt.date) -> Iterator[str]:
    from letters.law.writing import write

    verdict, act = looked.verdict, looked.verdict.act
    yield f"{write(looked.citation)} ({day.isoformat()}): {_(_VERDICTS[verdict.status.value])}"
    for message in (verdict.message, verdict.help):
        if message:
            yield "  " + _(message).format_map(verdict.args)
    if act is None:
        return
    yield f"  {act.title}"
    if looked.version is not None:
        yield f"  {_designation(looked.version)}"
        yield f"  {looked.version.eli}"
    for amendment in looked.amendments:
        yield "  " + _("amended by {document}").format(document=_amending(amendment))
    for provision in looked.provisions:
        yield f"  {_provision_line(provision)}"
    for provision in looked.elsewhere:
        yield f"  {_period(provision.period)}: {_provision_line(provision)}"
    if looked.complaint is not None:
        body = looked.complaint.body or _("the decision cannot be appealed")
        basis = f" ({looked.complaint.basis})" if looked.complaint.basis else ""
        yield "  " + _("complaint: {body}").format(body=body) + basis


def _amending(amendment: AmendingAct) -> str:
    from letters.law.writing import write_designation

    document = write_designation(amendment.designation)
    return f"{amendment.at} i {document}" if amendment.at else document


def _period(period: Period) -> str:
    start = period.start.isoformat() if period.start else ""
    return f"{start}–{period.end.isoformat() if period.end else ''}"


def _provision_line(provision: Provision) -> str:
    from letters.desk.law_library import place_of

    notes = [_("discretion")] if provision.discretionary else []
    notes.append(_("source: {source}").format(source=provision.source.text))
    if not provision.source.verified:
        notes.append(_("not verified"))
    return f"{place_of(provision)}: {provision.meaning} [{'; '.join(notes)}]"


def _looked_data(looked: Looked) -> dict[str, object]:
    from letters.law.writing import write

    verdict, complaint = looked.verdict, looked.complaint
    return {
        "citation": write(looked.citation),
        "verdict": verdict.status.value,
        "message": _(verdict.message).format_map(verdict.args) or None,
        "help": _(verdict.help).format_map(verdict.args) or None,
        "act": _act_data(verdict.act, looked.version) if verdict.act else None,
        "amended_by": [
            {"document": _amending(one), "eli": one.eli, "verified": one.source.verified}
            for one in looked.amendments
        ],
        "provisions": [_provision_data(one) for one in looked.provisions],
        "at_other_times": [_provision_data(one) for one in looked.elsewhere],
        "complaint": {"body": complaint.body or None, "basis": complaint.basis} if complaint else None,
    }


def _provision_data(provision: Provision) -> dict[str, object]:
    from letters.desk.law_library import place_of

    start, end = provision.period.start, provision.period.end
    return {
        "at": place_of(provision),
        "meaning": provision.meaning,
        "discretionary": provision.discretionary,
        "from": start.isoformat() if start else None,
        "to": end.isoformat() if end else None,
        "source": provision.source.text,
        "verified": provision.source.verified,
    }


# letters law find


def _find(kit: Kit) -> click.Command:
    help_ = _(
        "Find every citation in a Word file, a PDF or a text, whoever wrote it, and say whether each is right"
        " on a date. The exit code is 1 when one is wrong."
    )
    params: list[click.Parameter] = [
        click.Argument(["file"], type=click.Path(path_type=Path), metavar=_("FILE")),
        document_on_option(),
        kit.json(),
        kit.templates(),
    ]
    examples = [(_("A letter of another system:"), "letters law find afgoerelse.pdf --on 2026-03-12")]
    return kit.command("find", find, help_, params, examples)


def find(file: Path, on: dt.datetime | None, as_json: bool, templates: Path | None) -> int:
    """Find the citations of a document."""

    def work() -> int:
        from letters.desk.dating import own_date
        from letters.desk.files import read_bytes
        from letters.desk.finished import citations
        from letters.desk.law_library import is_right
        from letters.reading.documents import read_document
        from letters.reading.word_package import MAX_BYTES

        paragraphs = read_document(read_bytes(file, MAX_BYTES + 1), str(file))
        day = asked_day(on) or own_date(paragraphs) or law_day(None)
        found = list(citations(paragraphs, str(file), _register(templates), day))
        wrong = [one for one in found if not is_right(one.judged.verdict.status)]
        code = PROBLEMS if wrong else DONE
        if as_json:
            data = [_cited_data(one) for one in found]
            print_json({"exit_code": code, "file": str(file), "on": day.isoformat(), "citations": data})
            return code
        for one in found:
            for line in _cited_lines(one):
                click.echo(visible(line))
        click.echo(_counted(file, len(found), len(wrong), day))
        return code

    return told(work, as_json)


def _counted(file: Path, found: int, wrong: int, day: dt.date) -> str:
    said = ngettext("{count} citation", "{count} citations", found).format(count=found)
    faults = ngettext("{count} of them wrong", "{count} of them wrong", wrong).format(count=wrong)
    by_law = _("{found} by the law of {date}").format(found=said, date=day.isoformat())
    return f"{shown_path(file)}: {by_law}, {faults}"


def _cited_lines(one: Cited) -> Iterator[str]:
    verdict, found = one.judged.verdict, one.judged.found
    yield f"{_at(one.place)}  {one.text}: {_(_VERDICTS[verdict.status.value])}"
    for message in (verdict.message, verdict.help):
        if message:
            yield "    " + _(message).format_map(verdict.args)
    if found.slips:
        yield "    " + _("write “{right}”").format(right=found.right)


def _at(place: Place) -> str:
    return str(place.line) if place.line is not None else place.field or ""


def _cited_data(one: Cited) -> Mapping[str, object]:
    verdict, found = one.judged.verdict, one.judged.found
    problem = verdict.problem(Severity.WARNING, one.place)
    return {
        "at": _at(one.place),
        "text": one.text,
        "citation": found.right,
        "verdict": verdict.status.value,
        "slips": sorted({slip.kind.value for slip in found.slips}),
        "eli": one.judged.address or None,
        "problem": problem_data(problem) if problem else None,
    }
