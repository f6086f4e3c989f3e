"""A fault of the program itself, told without a word of anybody's case."""

from __future__ import annotations

import os

from letters.problems import internal_problem as internal_problem


def wants_details() -> bool:
    """Whether the user asked for the traceback."""
    return os.environ.get("LETTERS_DEBUG", "") not in ("", "0")
