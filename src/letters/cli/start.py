"""From a command line to an exit code. Nobody but a developer who asks for it ever sees a traceback."""

from __future__ import annotations

import contextlib
import gc
import io
import os
import sys
from collections.abc import Sequence

import click

from letters.cli.app import app
from letters.cli.codes import INTERRUPTED, OUTSIDE
from letters.cli.internal import internal_problem, wants_details
from letters.cli.language import _, use_language
from letters.cli.report import print_problem
from letters.problems import N_, Place, Problem, Severity

_COMPLETE = "_LETTERS_COMPLETE"


def main(args: Sequence[str] | None = None) -> int:
    """Run one command.

    Args:
        args: the words after `letters`; None means those of this process.
    Returns:
        The exit code.
    """
    # Starting and making one letter leaves some 200,000 objects, nearly all alive: looking through them on
    # the way costs a sixteenth of it and finds next to nothing. Who makes many letters decides for itself
    # (`batch.job.tune`).
    gc.set_threshold(400_000, 20, 50)
    use_language(os.environ)
    _print_anything(sys.stdout)
    _print_anything(sys.stderr)
    try:
        code = _run(sys.argv[1:] if args is None else args)
        sys.stdout.flush()
    except BrokenPipeError:
        _forget_output()
        return OUTSIDE
    except (KeyboardInterrupt, click.Abort):
        click.echo(_("Interrupted. Every letter made so far is whole."), err=True)
        return INTERRUPTED
    except Exception as error:
        if wants_details():
            raise
        return _failed(error)
    return code


def _run(args: Sequence[str]) -> int:
    command = app()
    if instruction := os.environ.get(_COMPLETE):
        from click.shell_completion import shell_complete

        return shell_complete(command, {}, "letters", _COMPLETE, instruction)
    try:
        with command.make_context("letters", list(args)) as context:
            return int(command.invoke(context) or 0)
    except click.exceptions.Exit as done:
        return done.exit_code
    except click.ClickException as refused:
        refused.show()
        return refused.exit_code


def _failed(error: Exception) -> int:
    with contextlib.suppress(OSError):
        print_problem(_outside(error) if isinstance(error, OSError) else internal_problem(error))
    _forget_output()
    return OUTSIDE


def _print_anything(stream: object) -> None:
    """A name that the terminal's encoding lacks is printed escaped; it never stops a command."""
    if isinstance(stream, io.TextIOWrapper):
        stream.reconfigure(errors="backslashreplace")


def _outside(error: OSError) -> Problem:
    """A disk or a folder that refuses. Without a file's name it is our own printing that failed."""
    message = (
        N_("it cannot be read or written: {reason}")
        if error.filename
        else N_("nothing can be printed: {reason}")
    )
    args = {"reason": error.strerror or type(error).__name__}
    return Problem("outside.failed", Severity.FATAL, message, Place(os.fsdecode(error.filename or "")), args)


def _forget_output() -> None:
    """Python must not try to print again, and complain, when it ends."""
    with contextlib.suppress(OSError, ValueError, io.UnsupportedOperation):
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, sys.stdout.fileno())
        os.close(nowhere)
