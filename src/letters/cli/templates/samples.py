"""`letters templates samples`: the sample letters as text that somebody has read."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import click

from letters.cli.codes import DONE, PROBLEMS
from letters.cli.language import _, ngettext
from letters.cli.places import dumps_of, library
from letters.cli.report import print_problem, problem_data, shown_path
from letters.cli.templates import Kit
from letters.cli.templates.checking import sample_files, samples_option
from letters.cli.templates.impact import shown
from letters.cli.templates.told import exit_code, print_json, told

if TYPE_CHECKING:
    from letters.desk.maintaining.goldens import Reading


def _samples(kit: Kit) -> click.Command:
    help_ = _(
        "Compare every sample letter with its text as somebody last read and accepted it, and name the kinds"
        " of letters and the grounds that have no sample. With --accept the texts are written anew; read what"
        " changed before you keep it. The exit code is 1 while anything is unread or without a sample."
    )
    params: list[click.Parameter] = [
        click.Option(
            ["--accept"], is_flag=True, help=_("Write the letters as they are now; you have read them.")
        ),
        click.Option(
            ["--letters", "folder"],
            type=click.Path(file_okay=False, path_type=Path),
            metavar=_("DIR"),
            help=_("Where the accepted letters lie; left out, beside the library's samples."),
        ),
        samples_option(),
        kit.json(),
        kit.templates(),
    ]
    examples = [
        (_("Is every letter as it was read?"), "letters templates samples"),
        (_("After reading what changed:"), "letters templates samples --accept"),
        (
            _("Samples and letters of your own:"),
            "letters templates samples --samples sager --letters breve --accept",
        ),
    ]
    return kit.command("samples", samples, help_, params, examples)


def samples(
    accept: bool,
    folder: Path | None,
    samples: tuple[Path, ...],
    as_json: bool,
    templates: Path | None,
) -> int:
    """Compare the sample letters with what was read, or accept them."""

    def work() -> int:
        from letters.desk.maintaining.goldens import compare

        root = library(templates)
        found = compare(root, sample_files(samples, root), folder or dumps_of(root), accept=accept)
        unread = not accept and not found.is_read
        code = max(exit_code(found.problems), PROBLEMS if unread else DONE)
        if as_json:
            print_json(_data(found, accept, code))
        else:
            _print(found, accept)
        return code

    return told(work, as_json)


def _print(found: Reading, accept: bool) -> None:
    for problem in found.problems:
        print_problem(problem)
    new, changed, gone = _("new"), _("changed"), _("gone")
    for path in found.new:
        click.echo(f"{new}: {shown_path(path)}")
    for path, lines in found.changed.items():
        click.echo(f"{changed}: {shown_path(path)}")
        for line in lines:
            if line.is_changed:
                click.echo(f"  {shown(line)}", color=False if os.environ.get("NO_COLOR") else None)
    for path in found.gone:
        click.echo(f"{gone}: {shown_path(path)}")
    same = ngettext("{count} letter is as it was read", "{count} letters are as they were read", found.same)
    click.echo(same.format(count=found.same))
    if count := len(found.new) + len(found.changed) + len(found.gone):
        if accept:
            told_ = ngettext("{count} letter was accepted", "{count} letters were accepted", count)
        else:
            told_ = ngettext(
                "{count} letter is to be read, and accepted with --accept",
                "{count} letters are to be read, and accepted with --accept",
                count,
            )
        click.echo(told_.format(count=count))


def _data(found: Reading, accept: bool, code: int) -> dict[str, object]:
    return {
        "exit_code": code,
        "accepted": accept,
        "same": found.same,
        "new": [str(path) for path in found.new],
        "changed": [str(path) for path in found.changed],
        "gone": [str(path) for path in found.gone],
        "problems": [problem_data(problem) for problem in found.problems],
    }


COMMANDS: dict[str, Callable[[Kit], click.Command]] = {"samples": _samples}
