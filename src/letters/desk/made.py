"""What came of one case file."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from letters.problems import Problem


@dataclass(frozen=True, slots=True)
class Made:
    """What came of one case file.

    Attributes:
        folder: where the letter lies; None when none was made.
        files: the letter's files; empty when none was made.
        outside: whether a disk or a library of the system failed, not the user's file.
        machine: those of the problems that are about this machine and come with a letterhead's first letter.
    """

    path: Path
    problems: tuple[Problem, ...]
    folder: Path | None = None
    files: tuple[Path, ...] = ()
    outside: bool = False
    machine: tuple[Problem, ...] = ()
