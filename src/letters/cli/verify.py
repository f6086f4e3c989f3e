"""`letters verify`: make a letter again and tell what is no longer as its manifest says."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import click

from letters.cli.codes import DONE, OUTSIDE, PROBLEMS
from letters.cli.commands import open_desk
from letters.cli.confidential import given_password
from letters.cli.language import _
from letters.cli.report import print_problem, problem_data, shown_path, visible
from letters.problems import N_, LettersError, OutputError, Problem, Severity

if TYPE_CHECKING:
    from letters.desk.verifying.verify import Verified
    from letters.secrecy.seal import Password

_STATES = {
    "same": N_("{file}: the same, byte for byte"),
    "same-words": N_("{file}: other bytes, the same words and structure"),
    "different": N_("{file}: different"),
    "missing": N_("{file}: not there"),
    "unknown": N_("{file}: cannot be made again"),
}


def verify_command(
    command: Callable[..., click.Command], json_: click.Option, templates: click.Option
) -> click.Command:
    """The command line of `letters verify`.

    Args:
        command: puts a command together from name, callback, help, parameters and examples.
    """
    help_ = _(
        "Make a letter again and compare it with the files beside its manifest. What differs is named: a file"
        " that was edited later, the case, a wording, a font, a program's version. Nothing is written."
    )
    params: list[click.Parameter] = [
        click.Argument(["manifest"], type=click.Path(path_type=Path), metavar=_("MANIFEST")),
        click.Option(
            ["--case"],
            type=click.Path(dir_okay=False, path_type=Path),
            metavar=_("FILE"),
            help=_("The case file; left out, it is looked for beside the manifest."),
        ),
        click.Option(
            ["--password-file"],
            type=click.Path(dir_okay=False, path_type=Path),
            metavar=_("FILE"),
            help=_(
                "The password of an encrypted appendix, else LETTERS_PASSWORD, else you are asked for it."
            ),
        ),
        json_,
        templates,
    ]
    examples = [
        (
            _("A letter from the archive:"),
            "letters verify breve/2021-0142/manifest.json --case 2021-0142.yaml",
        ),
    ]
    return command("verify", verify, help_, params, examples)


def verify(
    manifest: Path, case: Path | None, password_file: Path | None, as_json: bool, templates: Path | None
) -> int:
    """Verify the letter of one manifest."""
    from letters.desk.verifying.verify import verify as verified

    def password() -> Password | None:
        return given_password(password_file)

    found: Verified | None = None
    try:
        found = verified(open_desk(templates), manifest, case, password)
        problems, code = found.problems, DONE
    except LettersError as error:
        problems, code = error.problems, OUTSIDE if isinstance(error, OutputError) else PROBLEMS
    if any(problem.severity is not Severity.WARNING for problem in problems):
        code = max(code, PROBLEMS)
    if as_json:
        data = json.dumps(_data(manifest, found, problems, code), ensure_ascii=False, indent=2)
        click.echo(data.encode("utf-8", "backslashreplace"))  # a name may be no text
        return code
    for problem in problems:
        print_problem(problem)
    for name, state in found.outputs.items() if found else ():
        click.echo(_(_STATES[state.value]).format(file=visible(name)))
    if found and not problems:
        click.echo(
            _("{manifest}: everything is as it was recorded").format(manifest=shown_path(found.manifest))
        )
    return code


def _data(
    manifest: Path, found: Verified | None, problems: tuple[Problem, ...], code: int
) -> dict[str, object]:
    return {
        "exit_code": code,
        "manifest": str(found.manifest if found else manifest),
        "case": str(found.case) if found else None,
        "outputs": [{"file": name, "state": state.value} for name, state in found.outputs.items()]
        if found
        else [],
        "problems": [problem_data(problem) for problem in problems],
    }
