"""What came of each case: printed as it comes, or gathered into one JSON object."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

import click
from msgspec import Struct

from letters.cli.codes import DONE, OUTSIDE, PROBLEMS
from letters.cli.language import _, ngettext
from letters.cli.report import filled, print_problem, problem_data, shown_path
from letters.cli.timings import Spent
from letters.problems import Place, Problem, Severity

if TYPE_CHECKING:
    from letters.desk.timings import Stage


class LawRead(Struct, frozen=True):
    """Of a finished document: whose law was looked at, and how many citations there are."""

    date: dt.date
    citations: int


@dataclass(frozen=True, slots=True)
class CaseResult:
    """What came of one case file.

    Attributes:
        state: made, checked or failed.
        folder: where the letter lies; None when none was made.
        outside: whether something outside failed.
        law: of a finished document that was read; None for a case file.
        timings: stage of the work -> seconds; empty when nothing was made.
    """

    path: Path
    state: str
    problems: tuple[Problem, ...]
    folder: Path | None = None
    files: tuple[Path, ...] = ()
    outside: bool = False
    law: LawRead | None = None
    timings: Mapping[Stage, float] = field(default_factory=dict, compare=False)


@dataclass(slots=True)
class Results:
    """Tells what happened and keeps the count.

    Args:
        as_json: say nothing until `finish`, and then one JSON object.
        spent: adds up where the time went, and tells it at the end; None for no word of it.
    """

    as_json: bool
    spent: Spent | None = None
    _cases: list[CaseResult] = field(default_factory=list)
    _general: list[Problem] = field(default_factory=list)
    _told: set[tuple[str, Place, str]] = field(default_factory=set)

    def add(self, result: CaseResult) -> None:
        """Take in a case's result; its problems go to stderr, its place to stdout."""
        self._cases.append(result)
        if self.spent:
            self.spent.add(result.timings)
        if self.as_json:
            return
        for problem in result.problems:
            self._tell(problem)
        if result.state == "checked":
            click.echo(_checked(result))
        elif result.folder:
            click.echo(shown_path(result.folder))

    def stopped(self, problems: Iterable[Problem]) -> None:
        """Take in what kept every case from being tried."""
        for problem in problems:
            self._general.append(problem)
            if not self.as_json:
                self._tell(problem)

    def _tell(self, problem: Problem) -> None:
        """A letterhead's fault meets every case; once is enough."""
        key = (problem.code, problem.place, filled(problem.message, problem))
        if key not in self._told:
            self._told.add(key)
            print_problem(problem)

    def finish(self) -> int:
        """Print what is left to print, and return the exit code."""
        code = self._code()
        if self.as_json:
            click.echo(_json(self._data(code)))
        elif self._general:
            click.echo(_("Nothing was made."), err=True)
        elif (count := len(self._cases)) > 1 and any(c.state != "checked" for c in self._cases):
            _summary(sum(c.state == "made" for c in self._cases), count)
        if self.spent and not self.as_json:
            self.spent.tell()
        return code

    def _code(self) -> int:
        if any(case.outside for case in self._cases):
            return OUTSIDE
        problems = [*self._general, *(p for case in self._cases for p in case.problems)]
        stopping = any(p.severity is not Severity.WARNING for p in problems)
        return PROBLEMS if stopping else DONE

    def _data(self, code: int) -> dict[str, object]:
        data: dict[str, object] = {
            "exit_code": code,
            "cases": [_case_data(case) for case in self._cases],
            "problems": [problem_data(problem) for problem in self._general],
            **({"timings": self.spent.data()} if self.spent else {}),
        }
        if any(case.state != "checked" for case in self._cases):
            states = [case.state for case in self._cases]
            data["summary"] = {
                "made": states.count("made"),
                "already": 0,
                "refused": 0,
                "failed": states.count("failed"),
            }
        return data


def _case_data(case: CaseResult) -> dict[str, object]:
    data: dict[str, object] = {
        "case": str(case.path),
        "state": case.state,
        "folder": str(case.folder) if case.folder else None,
        "files": [str(file) for file in case.files],
        "problems": [problem_data(problem) for problem in case.problems],
    }
    if case.law is not None:
        data |= {"law_date": case.law.date.isoformat(), "citations": case.law.citations}
    return data


def _json(data: dict[str, object]) -> bytes:
    """UTF-8 on every terminal. What of a file's name is no character stays readable as JSON's own escape."""
    return json.dumps(data, ensure_ascii=False, indent=2).encode("utf-8", "backslashreplace")


def _checked(case: CaseResult) -> str:
    wrong = sum(p.severity is not Severity.WARNING for p in case.problems)
    warned = len(case.problems) - wrong
    counts = []
    if wrong:
        counts.append(ngettext("{count} problem", "{count} problems", wrong).format(count=wrong))
    if warned:
        counts.append(ngettext("{count} warning", "{count} warnings", warned).format(count=warned))
    said = ", ".join(counts) if counts else _("no problems")
    if case.law is not None:
        said = f"{said} ({_law_read(case.law)})"
    return f"{shown_path(case.path)}: {said}"


def _law_read(law: LawRead) -> str:
    count = ngettext("{count} citation", "{count} citations", law.citations).format(count=law.citations)
    return _("{found} by the law of {date}").format(found=count, date=law.date.isoformat())


def _summary(made: int, count: int) -> None:
    message = ngettext("{made} of {count} letter made", "{made} of {count} letters made", count)
    click.echo(message.format(made=made, count=count), err=True)
