"""What the command line says of confidential appendices: options, the password, and `letters guard`."""

from __future__ import annotations

import json
import os
import stat
import sys
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click
from msgspec import Struct

from letters.cli.codes import DONE, OUTSIDE, PROBLEMS
from letters.cli.commands import open_desk
from letters.cli.language import _, ngettext
from letters.cli.report import print_problem, problem_data
from letters.problems import N_, CaseError, LettersError, OutputError, Place, Problem, Severity

if TYPE_CHECKING:
    from letters.batch.job import Closed as RunClosed
    from letters.desk import Desk
    from letters.desk.appendices.confidential import Protection
    from letters.desk.appendices.guarding import Against
    from letters.secrecy.seal import Password

#: The environment variable that may hold the password.
VARIABLE = "LETTERS_PASSWORD"
_MOST_BYTES = 10_000


class Closed(Struct, frozen=True):
    """What the user said about appendices on the command line of `draft` or `issue`."""

    against: tuple[Path, ...] = ()
    guard_record: Path | None = None
    password_file: Path | None = None
    profile: str | None = None
    unsealed: bool = False
    confidential_out: Path | None = None

    def protection(self, paths: Sequence[Path]) -> Protection | None:
        """How the appendices among the case files are protected; None when there are none.

        Raises:
            CaseError: the password's file is at fault.
            click.UsageError: options contradict each other.
        """
        from letters.desk.appendices.appendix_files import is_appendix

        given = self.given()
        if not any(is_appendix(path) for path in paths):
            return None
        from letters.desk.appendices.confidential import Profile, Protection

        profile = Profile.UNSEALED if self.unsealed else Profile(self.profile or Profile.SEALED.value)
        password = _password(self.password_file, given) if profile is Profile.SEALED else None
        return Protection(profile, password, self.confidential_out)

    def given(self) -> str | None:
        """The password of the environment, which no program that is started later can see.

        Raises:
            click.UsageError: options contradict each other.
        """
        if self.unsealed and self.profile:
            raise click.UsageError(_("--unsealed and --profile cannot be used together"))
        return os.environ.pop(VARIABLE, None)

    def compared(self) -> RunClosed:
        """For a run of many letters: what open ones are compared with."""
        from letters.batch.job import Closed as RunClosed

        return RunClosed(root=self.confidential_out, against=self.against, record=self.guard_record)

    def for_run(self, given: str | None, *, appendices: bool) -> RunClosed:
        """The same, and how appendices are protected when there are any.

        Args:
            given: what `given` has found.
        Raises:
            CaseError: the password's file is at fault.
        """
        closed = self.compared()
        if not appendices:
            return closed
        profile = "unsealed" if self.unsealed else self.profile or "sealed"
        password = _password(self.password_file, given) if profile == "sealed" else None
        return replace(closed, profile=profile, password=password.reveal() if password else None)

    def comparison(self, desk: Desk) -> Against | None:
        """What open letters are compared with; None when nothing was named.

        Raises:
            CaseError: a file is at fault.
        """
        if not self.against and not self.guard_record:
            return None
        return desk.against(self.against, self.guard_record)


def options() -> list[click.Parameter]:
    """The options of `draft` and `issue` that concern appendices; their names are those of `Closed`."""
    file, folder = click.Path(dir_okay=False, path_type=Path), click.Path(file_okay=False, path_type=Path)
    return [
        against(
            _("A confidential appendix that the open letters are compared with before they are written.")
        ),
        click.Option(
            ["--guard-record"],
            type=file,
            metavar=_("FILE"),
            help=_("A record of `letters guard`, made by somebody with access to the appendix."),
        ),
        click.Option(
            ["--password-file"],
            type=file,
            metavar=_("FILE"),
            help=_(
                "Appendices are encrypted with the password in this file, else with LETTERS_PASSWORD, else"
                " you are asked for it."
            ),
        ),
        click.Option(
            ["--profile"],
            type=click.Choice(["journal", "digital-post"]),
            help=_("Write appendices unencrypted for the archive or the receiver; the folder stays closed."),
        ),
        click.Option(["--unsealed"], is_flag=True, help=_("Write appendices unencrypted all the same.")),
        click.Option(
            ["--confidential-out"],
            type=folder,
            metavar=_("DIR"),
            help=_("Another directory for confidential files than that of the letters."),
        ),
    ]


def against(help_: str, *, required: bool = False) -> click.Option:
    """The option --against."""
    return click.Option(
        ["--against"],
        multiple=True,
        required=required,
        type=click.Path(dir_okay=False, path_type=Path),
        metavar=_("APPENDIX"),
        help=help_,
    )


def guard(
    documents: tuple[Path, ...],
    against: tuple[Path, ...],
    record: Path | None,
    case: Path | None,
    as_json: bool,
    templates: Path | None,
) -> int:
    """Look through existing documents."""
    from letters.desk.appendices.guard_files import guard_files

    try:
        desk = open_desk(templates)
        read = desk.open_case(case) if case else None
        comparison = desk.against(against, None)
        problems = guard_files(documents, comparison, desk.composer.library, case=read, record=record)
        code = DONE
    except LettersError as error:
        problems, code = error.problems, OUTSIDE if isinstance(error, OutputError) else PROBLEMS
    if any(problem.severity is not Severity.WARNING for problem in problems):
        code = max(code, PROBLEMS)
    _tell(problems, code, as_json)
    return code


def _tell(problems: Sequence[Problem], code: int, as_json: bool) -> None:
    if as_json:
        data = {"exit_code": code, "problems": [problem_data(problem) for problem in problems]}
        click.echo(json.dumps(data, ensure_ascii=False, indent=2).encode("utf-8", "backslashreplace"))
        return
    for problem in problems:
        print_problem(problem)
    if code == DONE and not problems:
        click.echo(_("Nothing of the appendices was found. The guard does not see a paraphrase."))
    elif code == DONE:
        message = ngettext("{count} place to look at", "{count} places to look at", len(problems))
        click.echo(message.format(count=len(problems)))


# The password


def given_password(file: Path | None) -> Password | None:
    """The password to open something with: from the file, LETTERS_PASSWORD or the terminal; None for none.

    Raises:
        CaseError: the file is at fault.
    """
    return _password(file, os.environ.pop(VARIABLE, None))


def _password(file: Path | None, given: str | None) -> Password | None:
    """From the file, the environment or the terminal; None when there is none of them.

    Never from the command line, where everybody on the machine can read it.
    """
    from letters.secrecy.seal import Password

    if file is not None:
        return Password(_from_file(file))
    if given:
        return Password(given)
    return Password(_asked()) if sys.stdin.isatty() else None


def _asked() -> str:
    answer: str = click.prompt(
        _("Password for the confidential appendix"), hide_input=True, confirmation_prompt=_prompt(), err=True
    )
    return answer


def _prompt() -> str:
    return _("The same password again")


def _from_file(file: Path) -> str:
    place = Place(str(file))
    try:
        with file.open("rb") as opened:
            mode = os.fstat(opened.fileno()).st_mode
            data = opened.read(_MOST_BYTES + 1)
    except OSError as error:
        message = N_("the file cannot be read: {reason}")
        reason = {"reason": error.strerror or type(error).__name__}
        raise CaseError([Problem("secrecy.password-file", Severity.FATAL, message, place, reason)]) from None
    if stat.S_ISREG(mode) and mode & 0o077:
        raise _refused(
            N_("others can read the password's file"), place, N_("chmod 600 FILE, and take a new password")
        )
    try:
        lines = data.decode("utf-8").splitlines()
    except UnicodeDecodeError:
        raise _refused(N_("the password's file is no text in UTF-8"), place, "") from None
    if len(lines) != 1 or len(data) > _MOST_BYTES:
        help_ = N_("the file holds the password on its one line and nothing else")
        raise _refused(N_("the password's file does not hold one line"), place, help_)
    return lines[0]


def _refused(message: str, place: Place, help_: str) -> CaseError:
    return CaseError([Problem("secrecy.password-file", Severity.FATAL, message, place, help=help_)])


Taught = Callable[..., click.Command]


def guard_command(command: Taught, json_: click.Option, templates: click.Option) -> click.Command:
    """`letters guard`.

    Args:
        command: puts a command together from name, callback, help, parameters and examples.
    """
    help_ = _(
        "Look through finished open documents for anything of confidential appendices: text, headers,"
        " comments, hidden text, properties, tags, attachments, earlier versions. Documents that were edited"
        " in Word afterwards, too. A finding is told with its place and never with its words."
    )
    file = click.Path(dir_okay=False, path_type=Path)
    params: list[click.Parameter] = [
        click.Argument(
            ["documents"], nargs=-1, required=True, type=click.Path(path_type=Path), metavar=_("OPEN") + "..."
        ),
        against(_("An appendix's case file; may be given several times."), required=True),
        click.Option(
            ["--record"],
            type=file,
            metavar=_("FILE"),
            help=_("Write a record here when nothing was found, for whoever issues the letter."),
        ),
        click.Option(
            ["--case"],
            type=file,
            metavar=_("FILE"),
            help=_("The open case file: its recipients, its questions and the words that it allows."),
        ),
        json_,
        templates,
    ]
    examples = [
        (
            _("A letter's folder against its appendix:"),
            "letters guard breve/svar --case svar.yaml --against bilag-1.yaml",
        ),
        (
            _("A record for a colleague who may not read the appendix:"),
            "letters guard endelige/svar --case svar.yaml --against bilag-1.yaml --record svar.guard.json",
        ),
    ]
    return command("guard", guard, help_, params, examples)
