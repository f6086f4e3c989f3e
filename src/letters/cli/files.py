"""Reading one file that was named, and writing one whole or not at all."""

from __future__ import annotations

import contextlib
import os
import tempfile
from pathlib import Path

from letters.problems import N_, OutputError, Place, Problem, Severity


def read_file(path: Path, limit: int) -> bytes:
    """At most `limit` + 1 bytes of a file.

    Raises:
        OutputError: it cannot be read.
    """
    try:
        with path.open("rb") as file:
            return file.read(limit + 1)
    except OSError as error:
        raise _outside("input.unreadable", N_("the file cannot be read: {reason}"), path, error) from None


def write_file(data: bytes, out: Path, force: bool, mode: int = 0o644) -> None:
    """Write a file whole or not at all.

    Args:
        mode: the rights of the new file.
    Raises:
        OutputError: the file is there already and `force` is not given, or the disk refuses.
    """
    try:
        _write(data, out, force, mode)
    except FileExistsError:
        message = N_("the file is there already")
        help_ = N_("choose another --out, or replace it with --force")
        problem = Problem("output.exists", Severity.FATAL, message, Place(str(out)), help=help_)
        raise OutputError([problem]) from None
    except OSError as error:
        raise _outside("output.failed", N_("the file cannot be written: {reason}"), out, error) from None


def _outside(code: str, message: str, path: Path, error: OSError) -> OutputError:
    reason = error.strerror or type(error).__name__
    return OutputError([Problem(code, Severity.FATAL, message, Place(str(path)), {"reason": reason})])


def _write(data: bytes, out: Path, force: bool, mode: int) -> None:
    """A link takes the name only when it is free, and does so in one step."""
    handle, part = tempfile.mkstemp(prefix=f".{out.name[:80]}.", suffix=".part", dir=out.parent)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            os.fchmod(file.fileno(), mode)
        if force:
            os.replace(part, out)
        else:
            os.link(part, out)
    finally:
        with contextlib.suppress(FileNotFoundError):
            os.unlink(part)
