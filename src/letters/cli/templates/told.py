"""How the commands of `letters templates` print what they found."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from letters.cli.codes import DONE, OUTSIDE, PROBLEMS
from letters.cli.places import library
from letters.cli.report import print_problem, problem_data, visible
from letters.problems import LettersError, OutputError, Problem, Severity

if TYPE_CHECKING:
    from letters.wording.library import Library


def open_library(templates: Path | None) -> Library:
    """The library that the user named, or the one that is there.

    Raises:
        TemplateError: it is at fault.
    """
    from letters.checks.codes import WARNINGS
    from letters.wording.load import load_library

    return load_library(library(templates), WARNINGS)


def told(work: Callable[[], int], as_json: bool) -> int:
    """Do some work; what stops it is printed like every problem."""
    try:
        return work()
    except LettersError as error:
        code = OUTSIDE if isinstance(error, OutputError) else PROBLEMS
        if as_json:
            print_json({"exit_code": code, "problems": [problem_data(p) for p in error.problems]})
        else:
            for problem in error.problems:
                print_problem(problem)
        return code


def exit_code(problems: Iterable[Problem]) -> int:
    """1 when any of the problems is more than a warning."""
    return PROBLEMS if any(p.severity is not Severity.WARNING for p in problems) else DONE


def print_json(data: object) -> None:
    """UTF-8 on every terminal; a name that is no text is written out."""
    click.echo(json.dumps(data, ensure_ascii=False, indent=2).encode("utf-8", "backslashreplace"))


def print_table(rows: Iterable[Sequence[str]], indent: int = 2) -> None:
    """Rows in columns; the last one is as long as it likes."""
    lines = [[visible(cell) for cell in row] for row in rows]
    widths = [max((len(row[i]) for row in lines if i < len(row) - 1), default=0) for i in range(8)]
    for row in lines:
        cells = [cell.ljust(widths[i]) if i < len(row) - 1 else cell for i, cell in enumerate(row)]
        click.echo(" " * indent + "  ".join(cells).rstrip())
