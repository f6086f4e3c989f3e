"""`letters templates where-used` and `expiring`: questions to the library."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from letters.cli.codes import DONE
from letters.cli.language import _, ngettext
from letters.cli.places import library
from letters.cli.report import shown_path, visible
from letters.cli.templates import Kit
from letters.cli.templates.checking import sample_files, samples_option
from letters.cli.templates.told import print_json, print_table, told
from letters.problems import N_, Place

if TYPE_CHECKING:
    from letters.desk.maintaining.asking import Use
    from letters.upkeep.expiring import Expiring

_KINDS = {
    "text": N_("text"),
    "ground": N_("ground"),
    "act": N_("act"),
    "term": N_("term"),
    "route": N_("complaint route"),
    "law": N_("law"),
}


# letters templates where-used


def _where_used(kit: Kit) -> click.Command:
    help_ = _(
        "Tell where something of the library is used, before you change it: a clause or a ground by its name,"
        " an act as it is cited, a term of ordliste.yaml by its code or its words. It names the lines, the"
        " kinds of letters that can print it, and the sample cases whose letters do."
    )
    params: list[click.Parameter] = [
        click.Argument(["name"], metavar=_("CLAUSE|ACT|GROUND|TERM")),
        samples_option(),
        kit.json(),
        kit.templates(),
    ]
    examples = [
        (_("Which letters have the complaint guidance?"), "letters templates where-used klagevejledning"),
        (_("An act has changed:"), "letters templates where-used offentlighedsloven"),
        (
            _("A ground, and a word of the law:"),
            "letters templates where-used netvaerk",
            "letters templates where-used ydelse",
        ),
    ]
    return kit.command("where-used", where_used, help_, params, examples)


def where_used(name: str, samples: tuple[Path, ...], as_json: bool, templates: Path | None) -> int:
    """Tell where something of the library is used."""

    def work() -> int:
        from letters.desk.maintaining.asking import where_used as asked

        root = library(templates)
        found = asked(root, name, sample_files(samples, root))
        if as_json:
            print_json({"exit_code": DONE, "found": [_use_data(one) for one in found]})
            return DONE
        for number, one in enumerate(found):
            if number:
                click.echo()
            _print_use(one)
        return DONE

    return told(work, as_json)


def _print_use(one: Use) -> None:
    used = one.used
    click.echo(f"{used.name} ({_(_KINDS[used.kind])}): {visible(used.title)}")
    for place in used.places:
        where = f"{shown_path(Path(place.file))}:{place.line}" if place.line else shown_path(Path(place.file))
        click.echo(f"  --> {where}")
        if place.text:
            click.echo(f"    | {visible(place.text)}")
    if not used.places:
        click.echo("  " + _("no line names it"))
    letters = list(_letters(used.letters)) or [_("none")]
    click.echo("  " + _("letters: {letters}").format(letters=letters[0]))
    for more in letters[1:]:
        click.echo(" " * (2 + len(_("letters: {letters}").format(letters=""))) + more)
    told_ = ngettext("{count} sample", "{count} samples", len(one.samples)).format(count=len(one.samples))
    names = ", ".join(path.stem for path in one.samples)
    click.echo(f"  {told_}{': ' if names else ''}{visible(names)}")


_KEYS = {
    "granted": N_("granted in full"),
    "partly-granted": N_("granted in part"),
    "rejected": N_("refused"),
    "hearing": N_("hearing of the party"),
    "reply": N_("reply"),
}


def _letters(kinds: Sequence[str]) -> Iterator[str]:
    """A line for each case type: its letters in words, each with what the case file calls it."""
    types: dict[str, list[str]] = {}
    for kind in kinds:
        case_type, _space, key = kind.partition(" ")
        types.setdefault(case_type, []).append(f"{_(_KEYS[key])} ({key})" if key in _KEYS else key)
    for case_type, keys in types.items():
        yield f"{case_type}: {', '.join(keys)}" if any(keys) else case_type


def _use_data(one: Use) -> dict[str, object]:
    return {
        "kind": one.used.kind,
        "name": one.used.name,
        "title": one.used.title,
        "places": [_place_data(place) for place in one.used.places],
        "letters": list(one.used.letters),
        "samples": [str(path) for path in one.samples],
    }


def _place_data(place: Place) -> dict[str, object]:
    return {"file": place.file, "line": place.line, "text": place.text or None}


# letters templates expiring


_FORM = re.compile(r"([1-9][0-9]{0,4})([dwmy]?)")
_DAYS = {"": 1, "d": 1, "w": 7, "m": 31, "y": 366}


class _Within(click.ParamType[int]):
    """A number of days: 90, 90d, 12w, 6m or 1y."""

    name = "days"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> int:
        if isinstance(value, int):
            return value
        found = _FORM.fullmatch(str(value))
        if not found:
            self.fail(_("{value} is no time: write 90d, 12w, 6m or 1y").format(value=value), param, ctx)
        return int(found[1]) * _DAYS[found[2]]


def _expiring(kit: Kit) -> click.Command:
    help_ = _(
        "Tell which texts, words, complaint routes and laws of the library apply for the last time soon, what"
        " follows them, and which law has ended with nothing after it."
    )
    params: list[click.Parameter] = [
        click.Option(
            ["--within"],
            type=_Within(),
            default="90d",
            show_default="90d",
            metavar=_("TIME"),
            help=_("How far ahead to look: 90d, 12w, 6m, 1y."),
        ),
        click.Option(
            ["--on"],
            type=click.DateTime(["%Y-%m-%d"]),
            metavar=_("DATE"),
            help=_("The day to look from; left out, today."),
        ),
        kit.json(),
        kit.templates(),
    ]
    examples = [
        (_("What must be ready before New Year?"), "letters templates expiring --within 6m"),
        (_("As it was on a day:"), "letters templates expiring --on 2024-12-01 --within 90d"),
    ]
    return kit.command("expiring", expiring, help_, params, examples)


def expiring(within: int, on: dt.datetime | None, as_json: bool, templates: Path | None) -> int:
    """Tell what ends soon."""

    def work() -> int:
        from letters.desk.maintaining.asking import expiring as asked

        day = on.date() if on else dt.date.today()  # noqa: DTZ011 - the day where the user is
        found = asked(library(templates), day, within)
        if as_json:
            print_json(
                {"exit_code": DONE, "on": day.isoformat(), "expiring": [_expiring_data(e) for e in found]}
            )
            return DONE
        if not found:
            nothing = ngettext(
                "nothing ends in {count} day from {date}", "nothing ends in {count} days from {date}", within
            )
            click.echo(nothing.format(count=within, date=day.isoformat()))
        print_table((_row(one) for one in found), indent=0)
        return DONE

    return told(work, as_json)


def _row(one: Expiring) -> tuple[str, str, str, str]:
    after = _("then: {after}").format(after=one.after) if one.after else _("nothing after it")
    where = f"{one.place.file}:{one.place.line}" if one.place.line else one.place.file
    return one.last.isoformat(), _(_KINDS[one.kind]), f"{one.name} ({where})", after


def _expiring_data(one: Expiring) -> dict[str, object]:
    return {
        "kind": one.kind,
        "name": one.name,
        "last": one.last.isoformat(),
        "after": one.after or None,
        "file": one.place.file,
        "line": one.place.line,
    }


COMMANDS: dict[str, Callable[[Kit], click.Command]] = {"where-used": _where_used, "expiring": _expiring}
