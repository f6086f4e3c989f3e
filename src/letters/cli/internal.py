"""A fault of the program itself, told without a word of anybody's case."""

from __future__ import annotations

import os
import traceback
from pathlib import Path

from letters.problems import N_, Place, Problem, Severity

_PACKAGE = Path(__file__).resolve().parents[1]


def wants_details() -> bool:
    """Whether the user asked for the traceback."""
    return os.environ.get("LETTERS_DEBUG", "") not in ("", "0")


def internal_problem(error: Exception, file: str = "") -> Problem:
    """What is said of an exception that nobody foresaw: kind and place, since its text may quote a case."""
    return Problem(
        "internal.error",
        Severity.FATAL,
        N_("the program failed ({kind} in {where}); this is not the fault of your file"),
        Place(file),
        {"kind": type(error).__name__, "where": _where(error)},
        N_("run the command again with LETTERS_DEBUG=1 for the details; they may quote the case"),
    )


def _where(error: Exception) -> str:
    """Our innermost line, such as `wording/compose.py:120`."""
    for frame in reversed(traceback.extract_tb(error.__traceback__)):
        path = Path(frame.filename)
        if path.is_relative_to(_PACKAGE):
            return f"{path.relative_to(_PACKAGE).as_posix()}:{frame.lineno}"
    return "?"
