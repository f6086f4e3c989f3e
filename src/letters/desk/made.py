"""What came of one case file."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from letters.desk.timings import Stage
from letters.problems import Problem


@dataclass(frozen=True, slots=True)
class Made:
    """What came of one case file.

    Attributes:
        folder: where the letter lies; None when none was made.
        files: the letter's files; empty when none was made.
        outside: whether a disk or a library of the system failed, not the user's file.
        machine: those of the problems that are about this machine and come with a letterhead's first letter.
        timings: the stages that were gone through -> seconds; not compared, for no two runs are alike.
    """

    path: Path
    problems: tuple[Problem, ...]
    folder: Path | None = None
    files: tuple[Path, ...] = ()
    outside: bool = False
    machine: tuple[Problem, ...] = ()
    timings: Mapping[Stage, float] = field(default_factory=dict, compare=False)
