"""`letters letterhead check`: what is wrong with a letterhead, and how to mend it."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from pathlib import Path

import click

from letters.cli.codes import DONE, PROBLEMS
from letters.cli.language import _, ngettext
from letters.cli.places import font_dirs
from letters.cli.report import print_problem, problem_data, shown_path


def letterhead_group(command: Callable[..., click.Command], json_: click.Option) -> click.Group:
    """The command line of `letters letterhead`.

    Args:
        command: puts a command together from name, callback, help, parameters and examples.
    """
    group = click.Group(
        "letterhead",
        help=_("Work on letterheads."),
        options_metavar=_("[OPTIONS]"),
        subcommand_metavar=_("COMMAND [ARGS]..."),
    )
    group.add_command(_check(command, json_))
    return group


def _check(command: Callable[..., click.Command], json_: click.Option) -> click.Command:
    help_ = _(
        "Look for everything that is wrong with letterheads, and say how to mend it: slots and styles that"
        " are missing, fonts that are missing or may not be embedded, colours that are hard to read, pictures"
        " without alternative text, paper that is not A4, margins, and the window of the envelope."
    )
    folder = click.Path(exists=True, file_okay=False, path_type=Path)
    params: list[click.Parameter] = [
        click.Argument(["folders"], nargs=-1, required=True, type=folder, metavar=_("DIR") + "..."),
        click.Option(
            ["--pictures"],
            type=click.Path(file_okay=False, path_type=Path),
            metavar=_("DIR"),
            help=_("Write pictures of pages to this directory, with what stands wrongly marked."),
        ),
        json_,
    ]
    examples = [
        (
            _("Before a new letterhead is used:"),
            "letters letterhead check templates/da/brevpapir/mit-brevpapir --pictures billeder",
        ),
    ]
    return command("check", check, help_, params, examples)


def check(folders: tuple[Path, ...], pictures: Path | None, as_json: bool) -> int:
    """Check letterheads; the exit code is 1 when any of them has a fault."""
    from letters.desk.letterheads import check_letterhead

    results = []
    for folder in folders:
        checked = check_letterhead(folder, font_dirs(os.environ))
        if pictures is not None and checked.pictures:
            _write(pictures / folder.name, checked.pictures)
        results.append({"letterhead": str(folder), "problems": list(map(problem_data, checked.problems))})
        if not as_json:
            for problem in checked.problems:
                print_problem(problem)
            click.echo(_told(folder, len(checked.problems)))
    if as_json:
        click.echo(json.dumps({"letterheads": results}, ensure_ascii=False, indent=2))
    return PROBLEMS if any(result["problems"] for result in results) else DONE


def _told(folder: Path, count: int) -> str:
    found = (
        ngettext("{count} problem", "{count} problems", count).format(count=count)
        if count
        else _("no problems")
    )
    return f"{shown_path(folder)}: {found}"


def _write(folder: Path, pictures: dict[str, bytes]) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    for name, data in pictures.items():
        (folder / name).write_bytes(data)
