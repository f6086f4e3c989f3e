"""`letters templates preview`: the wording and its letters in the browser, on this machine alone."""

from __future__ import annotations

import gettext
import os
import webbrowser
from collections.abc import Callable
from pathlib import Path

import click

from letters.cli.codes import DONE, OUTSIDE
from letters.cli.language import _, ngettext
from letters.cli.places import case_files, font_dirs, library, samples_of
from letters.cli.report import filled, print_problem
from letters.cli.templates import Kit
from letters.problems import N_, Place, Problem, Severity


def preview_command(command: Callable[..., click.Command], templates: click.Option) -> click.Command:
    """The command line of `letters templates preview`."""
    help_ = _(
        "Show the wording and its letters in the browser: left the text with its faults, right the letter as"
        " pages and as words, each value with where it came from. The page follows every change that you"
        " save. It is served on this machine alone, until Ctrl-C."
    )
    params: list[click.Parameter] = [
        click.Argument(["case_type"], required=False, metavar=_("[CASE_TYPE]")),
        click.Option(
            ["--case", "cases"],
            multiple=True,
            type=click.Path(path_type=Path),
            metavar=_("CASE"),
            help=_("Show this case file, or those in this folder; left out, the library's samples."),
        ),
        click.Option(
            ["--port"],
            type=click.IntRange(0, 65535),
            default=0,
            show_default=_("any that is free"),
            help=_("The port to serve on."),
        ),
        click.Option(["--open/--no-open", "open_"], default=True, help=_("Open the browser.")),
        templates,
    ]
    examples = [
        (_("Every sample of a case type:"), "letters templates preview integrationsansvar"),
        (
            _("One case of your own, without opening the browser:"),
            "letters templates preview --case 2021-0142.yaml --no-open",
        ),
    ]
    return command("preview", preview, help_, params, examples)


def preview(
    case_type: str | None, cases: tuple[Path, ...], port: int, open_: bool, templates: Path | None
) -> int:
    """Serve the preview until it is interrupted."""
    from letters.desk.previewing import Preview, shown_cases
    from letters.web.preview import PreviewApp, Speech
    from letters.web.server import PreviewServer

    root = library(templates)
    found = shown_cases(case_files(cases) if cases else samples_of(root), case_type)
    if not found:
        print_problem(_no_samples(case_type or ""))
        return OUTSIDE
    language = "da" if gettext.textdomain() == "letters" else "en"
    speech = Speech(_, ngettext, filled, language)
    server = PreviewServer(PreviewApp(Preview(root, font_dirs(os.environ), found), speech), port)
    click.echo(_("The preview is at {address}").format(address=server.address))
    click.echo(_("Stop it with Ctrl-C."))
    if open_:
        webbrowser.open(server.address)
    try:
        server.serve_forever()
    except KeyboardInterrupt:
        click.echo()
    finally:
        server.ended.set()
        server.server_close()
    return DONE


def _no_samples(case_type: str) -> Problem:
    return Problem(
        "preview.no-samples",
        Severity.FATAL,
        N_("there is no sample case of {case_type} to show"),
        Place(""),
        {"case_type": case_type},
        N_("name a case file, or a folder of them, with --case"),
    )


def _preview(kit: Kit) -> click.Command:
    return preview_command(kit.command, kit.templates())


COMMANDS: dict[str, Callable[[Kit], click.Command]] = {"preview": _preview}
