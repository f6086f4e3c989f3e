"""Where the cases of a run come from: case files, or one table with a case in each row.

A source can be read twice, in the same order: once to check the cases and once to make the letters. It never
holds more than one case.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

from msgspec.structs import replace

from letters.desk.files import read_bytes
from letters.problems import CaseError, Place, Problem


@dataclass(frozen=True, slots=True)
class Entry:
    """One case of a run.

    Attributes:
        number: its place in the run, from 1.
        path: the case's file; a row has one that is nowhere. Its stem names the letter's folder.
        data: what the file holds.
        place: where the user finds it: the file, or the table and the row's number.
    """

    number: int
    path: Path
    data: bytes = field(repr=False)
    place: Place

    def placed(self, problem: Problem) -> Problem:
        """A problem of the case, told where the user finds it."""
        if self.place.line is None or problem.place.file != str(self.path):
            return problem
        return replace(problem, place=replace(self.place, field=problem.place.field))


@dataclass(frozen=True, slots=True)
class Fault:
    """A case that could not be read at all."""

    number: int
    place: Place
    problems: tuple[Problem, ...]


class Source(Protocol):
    """The cases of a run.

    Attributes:
        name: what the user named.
    """

    @property
    def name(self) -> str: ...

    def __len__(self) -> int:
        """How many cases there are."""

    def file(self, number: int) -> str:
        """The file that holds the case of this number."""

    def entries(self) -> Iterator[Entry | Fault]:
        """Every case, in order.

        Raises:
            CaseError: the table as a whole cannot be read.
        """


@dataclass(frozen=True, slots=True)
class Files:
    """Case files, one letter each."""

    paths: Sequence[Path]

    @property
    def name(self) -> str:
        return str(self.paths[0].parent) if self.paths else ""

    def __len__(self) -> int:
        return len(self.paths)

    def file(self, number: int) -> str:
        return str(self.paths[number - 1])

    def entries(self) -> Iterator[Entry | Fault]:
        for number, path in enumerate(self.paths, 1):
            place = Place(str(path))
            try:
                yield Entry(number, path, read_bytes(path), place)
            except CaseError as error:
                yield Fault(number, place, error.problems)
