"""`letters compare`: what was changed in a letter's Word file, and where it belongs."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from letters.cli.codes import DONE, OUTSIDE, PROBLEMS
from letters.cli.commands import open_desk
from letters.cli.confidential import against
from letters.cli.language import _, ngettext
from letters.cli.report import print_problem, problem_data, shown_path, visible
from letters.problems import N_, LettersError, OutputError, Place, Severity

if TYPE_CHECKING:
    from letters.desk.comparing.compare import Change, Compared

_AGAINST = {
    "draft": N_("{edited}, compared with the draft of {case}:"),
    "final": N_("{edited}, compared with the final letter of {case}:"),
}


def compare_command(
    command: Callable[..., click.Command], json_: click.Option, templates: click.Option
) -> click.Command:
    """The command line of `letters compare`.

    Args:
        command: puts a command together from name, callback, help, parameters and examples.
    """
    help_ = _(
        "Show word by word what was changed in a letter's Word file, and which field of the case file or line"
        " of the wording it belongs to. The edited text is held to the rules for citations, language"
        " and secrecy, too. Changes alone are no fault: the exit code is 0."
    )
    params: list[click.Parameter] = [
        click.Argument(["case"], type=click.Path(path_type=Path), metavar=_("CASE")),
        click.Argument(["edited"], type=click.Path(path_type=Path), metavar=_("EDITED.docx")),
        against(_("A confidential appendix whose secrets the edited file may not hold.")),
        json_,
        templates,
    ]
    examples = [
        (
            _("See what a colleague changed in Word, to write it into the case file:"),
            "letters compare 2021-0142.yaml breve/2021-0142/letter.docx",
        ),
    ]
    return command("compare", compare, help_, params, examples)


def compare(
    case: Path, edited: Path, against: tuple[Path, ...], as_json: bool, templates: Path | None
) -> int:
    """Compare an edited Word file with the letter of its case."""
    from letters.desk.comparing.compare import compare as compared

    try:
        desk = open_desk(templates)
        appendices = desk.against(against, None) if against else None
        found = compared(desk, case, edited, appendices)
    except LettersError as error:
        code = OUTSIDE if isinstance(error, OutputError) else PROBLEMS
        if as_json:
            _print_json({"exit_code": code, "problems": [problem_data(p) for p in error.problems]})
        else:
            for problem in error.problems:
                print_problem(problem)
        return code
    stopping = any(problem.severity is not Severity.WARNING for problem in found.problems)
    code = PROBLEMS if stopping else DONE
    if as_json:
        _print_json(_data(found, code))
    else:
        _print(found)
    return code


def _print(found: Compared) -> None:
    for problem in found.problems:
        print_problem(problem)
    names = {"edited": shown_path(found.edited), "case": shown_path(found.case)}
    click.echo(_(_AGAINST[found.status.value]).format(**names))
    for change in found.changes:
        click.echo()
        for line in _lines(change):
            click.echo(line, color=False if os.environ.get("NO_COLOR") else None)
    click.echo()
    if found.changes:
        count = len(found.changes)
        click.echo(ngettext("{count} change", "{count} changes", count).format(count=count))
    else:
        click.echo(_("No words were changed."))


def _lines(change: Change) -> Iterator[str]:
    place = "" if change.place == "body" else f", {_(_PLACES[change.place.split()[0]])}"
    yield f"¶ {change.paragraph}{place}"
    for source in _sources(change):
        yield f"  --> {visible(source)}"
    removed = click.style(f"[-{visible(change.removed)}-]", fg="red") if change.removed else ""
    added = click.style(f"{{+{visible(change.added)}+}}", fg="green") if change.added else ""
    pieces = (visible(change.before), removed, added, visible(change.after))
    yield "  " + " ".join(piece for piece in pieces if piece)


_PLACES = {
    "header": N_("header"),
    "footer": N_("footer"),
    "footnote": N_("footnote"),
    "endnote": N_("endnote"),
}


def _sources(change: Change) -> Iterator[str]:
    for place in change.fields:
        yield f"{_at(place)}, {place.field}"
    if change.wording:
        yield f"{change.wording.file}:{change.wording.line}"


def _at(place: Place) -> str:
    return ":".join(str(part) for part in (place.file, place.line, place.column) if part is not None)


def _data(found: Compared, code: int) -> dict[str, object]:
    return {
        "exit_code": code,
        "case": str(found.case),
        "edited": str(found.edited),
        "status": found.status.value,
        "changes": [_change_data(change) for change in found.changes],
        "problems": [problem_data(problem) for problem in found.problems],
    }


def _change_data(change: Change) -> dict[str, object]:
    return {
        "paragraph": change.paragraph,
        "place": change.place,
        "removed": change.removed or None,
        "added": change.added or None,
        "before": change.before,
        "after": change.after,
        "fields": [{"file": p.file, "line": p.line, "field": p.field} for p in change.fields],
        "wording": {"file": change.wording.file, "line": change.wording.line} if change.wording else None,
    }


def _print_json(data: dict[str, object]) -> None:
    """UTF-8 on every terminal; a name that is no text is written out."""
    click.echo(json.dumps(data, ensure_ascii=False, indent=2).encode("utf-8", "backslashreplace"))
