"""`letters templates new-version`: a dated copy of a text, to be edited in its place."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path

import click

from letters.cli.codes import DONE
from letters.cli.language import _
from letters.cli.report import shown_path
from letters.cli.templates import Kit
from letters.cli.templates.told import open_library, print_json, told


def _new_version(kit: Kit) -> click.Command:
    help_ = _(
        "Copy a text to a version that applies from a date, so that you can change it there. The one that"
        " letters have gone out with stays as it is, and they can be made again. FILE is a file of the"
        " library, or the text's name in `letters templates list`."
    )
    params: list[click.Parameter] = [
        click.Argument(["file"], metavar=_("FILE")),
        click.Option(
            ["--from", "since"],
            required=True,
            type=click.DateTime(["%Y-%m-%d"]),
            metavar=_("DATE"),
            help=_("The date of the first letters with the new words."),
        ),
        kit.json(),
        kit.templates(),
    ]
    examples = [
        (
            _("New words for a rejection, from New Year on:"),
            "letters templates new-version templates/da/integrationsansvar/afslag.md --from 2027-01-01",
        ),
        (_("By name:"), "letters templates new-version standardtekster/klagevejledning --from 2027-01-01"),
    ]
    return kit.command("new-version", new_version, help_, params, examples)


def new_version(file: str, since: dt.datetime, as_json: bool, templates: Path | None) -> int:
    """Make the dated copy; its path is printed."""

    def work() -> int:
        from letters.desk.maintaining.versions import new_version as made

        path = made(open_library(templates), file, since.date())
        if as_json:
            print_json({"exit_code": DONE, "file": str(path), "from": since.date().isoformat()})
        else:
            click.echo(shown_path(path))
        return DONE

    return told(work, as_json)


COMMANDS: dict[str, Callable[[Kit], click.Command]] = {"new-version": _new_version}
