"""`letters templates impact`: which letters an edit of the wording changes, and how."""

from __future__ import annotations

import gettext
import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from letters.cli.language import _, ngettext
from letters.cli.places import library
from letters.cli.report import filled, print_problem, problem_data, shown_path, visible
from letters.cli.templates import Kit
from letters.cli.templates.checking import sample_files, samples_option
from letters.cli.templates.told import exit_code, print_json, told

if TYPE_CHECKING:
    from letters.desk.maintaining.impact import ChangedLetter, Impact
    from letters.upkeep.redline import Piece, Redlined


def _impact(kit: Kit) -> click.Command:
    help_ = _(
        "Show which sample letters an edit of the library changes, and each change word by word, before"
        " anybody gets such a letter. The library is compared with what it was in git, or with another."
        " A change alone is no fault: the exit code is 0, and 1 when a letter can no longer be made."
    )
    params: list[click.Parameter] = [
        click.Option(
            ["--against"],
            default="HEAD",
            show_default=True,
            metavar=_("REV|DIR"),
            help=_("The library before the edit: a revision of git, or a directory."),
        ),
        click.Option(
            ["--html"],
            type=click.Path(dir_okay=False, path_type=Path),
            metavar=_("FILE"),
            help=_("Write every changed letter to a page for the browser."),
        ),
        click.Option(
            ["--docx"],
            type=click.Path(file_okay=False, path_type=Path),
            metavar=_("DIR"),
            help=_("Write each changed letter to this directory as a Word file with tracked changes."),
        ),
        kit.force(_("Replace files that are there already.")),
        samples_option(),
        kit.json(),
        kit.templates(),
    ]
    examples = [
        (_("What have I changed since the last version that was agreed on?"), "letters templates impact"),
        (
            _("For a lawyer to read and approve, in the browser and in Word:"),
            "letters templates impact --html aendringer.html --docx aendringer",
        ),
        (_("Against the release of last year:"), "letters templates impact --against 2025-12-01"),
        (
            _("Two libraries:"),
            "letters templates impact --templates ny/da --against gammel/da",
        ),
    ]
    return kit.command("impact", impact, help_, params, examples)


def impact(
    against: str,
    html: Path | None,
    docx: Path | None,
    force: bool,
    samples: tuple[Path, ...],
    as_json: bool,
    templates: Path | None,
) -> int:
    """Show what an edit changes."""

    def work() -> int:
        from letters.desk.maintaining.impact import impact as compared

        root = library(templates)
        found = compared(root, against, sample_files(samples, root))
        written = list(_written(found, html, docx, force))
        code = exit_code([*found.problems, *(p for one in found.changed for p in one.problems)])
        if as_json:
            print_json(_data(found, code))
            return code
        _print(found)
        for path in written:
            click.echo(shown_path(path))
        return code

    return told(work, as_json)


def _written(found: Impact, html: Path | None, docx: Path | None, force: bool) -> Iterator[Path]:
    from letters.desk.output import write_files

    if html is not None:
        from letters.web.redline import Words, redline_page

        language = "da" if gettext.textdomain() == "letters" else "en"
        words = Words(_, filled, summary(found), language)
        write_files({html: redline_page(found, words).encode()}, force=force)
        yield html
    if docx is not None:
        from letters.desk.maintaining.redline_docx import file_names, redline_docx

        files = {docx / f"{name}.docx": redline_docx(one) for name, one in file_names(found.changed).items()}
        write_files(files, force=force)
        yield from files


def summary(found: Impact) -> str:
    """The sentence about the whole: this edit changes 14 letters."""
    count = len(found.changed)
    if not count:
        return _("this edit changes no letter")
    told = ngettext("this edit changes {count} letter", "this edit changes {count} letters", count)
    return told.format(count=count)


# Printing


def _print(found: Impact) -> None:
    for problem in found.problems:
        print_problem(problem)
    for lines, letters in _together(found):
        for one in letters:
            click.echo(_name(one))
        for line in lines:
            click.echo(f"  {shown(line)}", color=False if os.environ.get("NO_COLOR") else None)
        if not lines:
            click.echo("  " + _("the words stay; marks, headings, roles or links change"))
        click.echo()
    for one in found.changed:
        if not one.after:
            click.echo(_("{letter} can no longer be made:").format(letter=_name(one)))
            for problem in one.problems:
                print_problem(problem)
        elif not one.before:
            click.echo(_("{letter} could not be made before").format(letter=_name(one)))
    click.echo(summary(found))


def _together(found: Impact) -> Iterator[tuple[tuple[Redlined, ...], list[ChangedLetter]]]:
    """Letters with the same changes together, so that nobody reads a change fourteen times."""
    groups: dict[tuple[Redlined, ...], list[ChangedLetter]] = {}
    for one in found.changed:
        if one.before and one.after:
            groups.setdefault(one.changes, []).append(one)
    yield from groups.items()


def _name(one: ChangedLetter) -> str:
    name = shown_path(one.sample)
    return _("{letter}, extract {number}").format(letter=name, number=one.extract) if one.extract else name


_AROUND = 8  # words of what stays, beside a change


def shown(line: Redlined) -> str:
    """A changed paragraph, with so much of what stays that the change can be read."""
    last = len(line.pieces) - 1
    return " ".join(_piece(piece, index == 0, index == last) for index, piece in enumerate(line.pieces))


def _piece(piece: Piece, first: bool, last: bool) -> str:
    text = visible(piece.text).rstrip()
    if piece.mark.value == "gone":
        return click.style(f"[-{text}-]", fg="red")
    if piece.mark.value == "new":
        return click.style(f"{{+{text}+}}", fg="green")
    words = text.split(" ")
    if len(words) <= 2 * _AROUND:
        return text
    head = [] if first else words[:_AROUND]
    tail = [] if last else words[-_AROUND:]
    return " ".join([*head, "…", *tail])


def _data(found: Impact, code: int) -> dict[str, object]:
    return {
        "exit_code": code,
        "summary": summary(found),
        "letters": found.letters,
        "changed": [_letter_data(one) for one in found.changed],
        "problems": [problem_data(problem) for problem in found.problems],
    }


def _letter_data(one: ChangedLetter) -> dict[str, object]:
    return {
        "sample": str(one.sample),
        "extract": int(one.extract) if one.extract else None,
        "before": one.before,
        "after": one.after,
        "changes": [
            [{"mark": piece.mark.value, "text": piece.text} for piece in line.pieces] for line in one.changes
        ],
        "problems": [problem_data(problem) for problem in one.problems],
    }


COMMANDS: dict[str, Callable[[Kit], click.Command]] = {"impact": _impact}
