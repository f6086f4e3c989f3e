"""A case that is ready to be drawn, and what is asked of it before."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from letters.case.models import Reply
from letters.case.read import ReadCase
from letters.desk.appendices.unguarded import CODE as NOT_GUARDED
from letters.desk.appendices.unguarded import not_guarded
from letters.desk.manifest import AllowedRecord, GuardRecord
from letters.document.model import Letter, Status
from letters.problems import Problem, Severity
from letters.wording.compose import Composed

if TYPE_CHECKING:
    from letters.desk.appendices.guarding import Against


class Prepared(Struct, frozen=True):
    """A case read, composed and checked, ready to be drawn."""

    path: Path
    data: bytes
    read: ReadCase
    composed: Composed
    problems: tuple[Problem, ...]

    @property
    def letter(self) -> Letter:
        return self.composed.letter


def to_be_guarded(prepared: Prepared) -> Prepared:
    """The same, without the word that nobody compares it: the guard will say what it did not compare."""
    return replace(prepared, problems=tuple(p for p in prepared.problems if p.code != NOT_GUARDED))


def guard_record(prepared: Prepared, against: Against | None) -> GuardRecord | None:
    """What the manifest says of the guard; None for a letter without appendices, or when nobody compared."""
    case = prepared.read.case
    if against is None or not isinstance(case, Reply) or not case.appendices:
        return None
    named = sorted(a.id for a in case.appendices if against.record or a.id in against.appendices)
    allowed = [AllowedRecord(word=a.word, reason=a.reason) for a in case.allowed]
    return GuardRecord(appendices=named, allowed=allowed)


def only_unguarded(problems: Iterable[Problem]) -> bool:
    """Whether nothing stops a letter but that nobody compared it with its appendices."""
    return all(p.code == NOT_GUARDED for p in problems if p.severity is not Severity.WARNING)


def placed(problem: Problem, read: ReadCase) -> Problem:
    """A renderer knows a field, the desk knows its file and line."""
    if problem.place.file:
        return problem
    return replace(problem, place=read.places.place(problem.place.field))


def errors(problems: Iterable[Problem]) -> bool:
    """Whether one of the problems is more than a warning."""
    return any(problem.severity is not Severity.WARNING for problem in problems)


def unguarded(read: ReadCase, status: Status) -> Iterator[Problem]:
    """Nobody knows a letter to be free of its confidential appendices until the guard has compared them."""
    case = read.case
    if not isinstance(case, Reply) or not case.appendices:
        return
    yield not_guarded(read.places, status)
