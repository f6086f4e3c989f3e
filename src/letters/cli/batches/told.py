"""What came of many letters: problems and folders as they come, a summary at the end; or JSON as it grows.

Nothing is kept of a case once it is told, so a hundred thousand take no memory.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

import click

from letters.batch.run import Result
from letters.cli.codes import DONE, OUTSIDE, PROBLEMS
from letters.cli.language import _, decimal, ngettext
from letters.cli.report import filled, print_problem, problem_data, shown_path
from letters.cli.timings import Spent
from letters.problems import N_, Place, Problem, Severity

#: What of a run as a whole is no fault of the user's files.
_OUTSIDE = frozenset({"output.failed", "batch.disk", "batch.no-workers", "batch.cluster", "batch.busy"})
#: A fault of a letterhead meets every case; so many different problems are remembered, to be told once.
_REMEMBERED = 10_000

_STATES = (
    ("made", N_("made")),
    ("already", N_("made before")),
    ("refused", N_("refused by the checks")),
    ("failed", N_("failed")),
)


@dataclass(slots=True)
class Told:
    """Tells what happened and keeps the count.

    Args:
        as_json: print one JSON object, case by case.
        folders: print the folder of each letter.
        expected: how many there would be when the run stops midway; 0 when nobody knows.
        spent: adds up where the time went, and tells it at the end; None for no word of it.
    """

    as_json: bool
    folders: bool = True
    spent: Spent | None = None
    expected: int = 0
    counts: Counter[str] = field(default_factory=Counter)
    stopped_by: bool = False
    _general: list[Problem] = field(default_factory=list)
    _seen: set[tuple[str, Place, str]] = field(default_factory=set)
    _outside: bool = False
    _stopping: bool = False
    _printed: int = 0

    def add(self, result: Result) -> None:
        """Take in what came of a case."""
        self.counts[result.state] += 1
        if self.spent:
            self.spent.add(result.timings)
        self._outside |= result.outside
        self._stopping |= _stops(result.problems)
        for problem in result.machine:
            if self._is_new(problem):
                self._general.append(problem)
                self._print(problem)
        if self.as_json:
            self._print_json(result)
            return
        for problem in result.problems:
            if self._is_new(problem):
                self._print(problem)
        if self.folders and result.folder is not None and result.state in ("made", "already"):
            click.echo(shown_path(result.folder))

    def notes(self, problems: Iterable[Problem]) -> None:
        """Take in what is worth knowing and stops nobody."""
        for problem in problems:
            self._general.append(problem)
            self._print(problem)

    def stopped(self, problems: Iterable[Problem]) -> None:
        """Take in what stopped the run."""
        self.stopped_by = True
        for problem in problems:
            self._general.append(problem)
            self._stopping |= _stops((problem,))
            self._outside |= problem.code in _OUTSIDE
            self._print(problem)

    def finish(self) -> int:
        """Print what is left to print and return the exit code."""
        code = OUTSIDE if self._outside else PROBLEMS if self._stopping else DONE
        if self.as_json:
            self._finish_json(code)
        elif self.stopped_by and not self.counts["made"]:
            click.echo(_("Nothing was made."), err=True)
        else:
            total = max(self.counts.total(), self.expected)
            message = ngettext("{made} of {count} letter made", "{made} of {count} letters made", total)
            click.echo(
                message.format(made=self.counts["made"] + self.counts["already"], count=total), err=True
            )
        if self.spent and not self.as_json:
            self.spent.tell()
        return code

    def table(self, seconds: float) -> None:
        """The table at the end of a run."""
        from rich.console import Console
        from rich.table import Table

        grid = Table(box=None, show_header=False, pad_edge=False)
        grid.add_column(justify="left")
        grid.add_column(justify="right")
        for state, label in _STATES:
            if self.counts[state] or state == "made":
                grid.add_row(_(label), str(self.counts[state]))
        grid.add_row(_("time"), duration(seconds))
        if self.counts["made"]:
            grid.add_row(_("letters a second"), decimal(f"{self.counts['made'] / max(seconds, 0.001):.1f}"))
        Console(stderr=True).print(grid)

    def _is_new(self, problem: Problem) -> bool:
        key = (problem.code, problem.place, filled(problem.message, problem))
        if key in self._seen:
            return False
        if len(self._seen) < _REMEMBERED:
            self._seen.add(key)
        return True

    def _print(self, problem: Problem) -> None:
        if not self.as_json:
            print_problem(problem)

    # JSON

    def _print_json(self, result: Result) -> None:
        click.echo(_line(_data(result), "{\n" + '"cases": [\n' if not self._printed else ",\n"), nl=False)
        self._printed += 1

    def _finish_json(self, code: int) -> None:
        spent = f'"timings": {json.dumps(self.spent.data())},\n' if self.spent else ""
        start = "\n],\n" if self._printed else '{\n"cases": [],\n'
        counts = {state: self.counts[state] for state, _label in _STATES}
        problems = json.dumps([problem_data(p) for p in self._general], ensure_ascii=False, indent=2)
        end = f'"problems": {problems},\n"summary": {json.dumps(counts)},\n{spent}"exit_code": {code}\n}}'
        click.echo((start + end).encode("utf-8", "backslashreplace"))


def _data(result: Result) -> dict[str, object]:
    """One case, as `letters.cli.results` prints it, with its row when it came from a table."""
    row = {} if result.place.line is None else {"row": result.place.line}
    return {
        "case": result.place.file,
        **row,
        "state": "failed" if result.state == "refused" else result.state,
        "folder": str(result.folder) if result.folder else None,
        "files": [str(file) for file in result.files],
        "problems": [problem_data(problem) for problem in result.problems],
    }


def _line(data: dict[str, object], before: str) -> bytes:
    return (before + json.dumps(data, ensure_ascii=False)).encode("utf-8", "backslashreplace")


def _stops(problems: Iterable[Problem]) -> bool:
    return any(problem.severity is not Severity.WARNING for problem in problems)


def duration(seconds: float) -> str:
    """A time as people read it: 2 h 5 min, 3 min 20 s, 4.2 s."""
    if seconds < 60:
        return _("{seconds} s").format(
            seconds=decimal(f"{seconds:.1f}") if seconds < 10 else f"{seconds:.0f}"
        )
    minutes = int(seconds // 60)
    if minutes < 60:
        return _("{minutes} min {seconds} s").format(minutes=minutes, seconds=int(seconds % 60))
    return _("{hours} h {minutes} min").format(hours=minutes // 60, minutes=minutes % 60)
