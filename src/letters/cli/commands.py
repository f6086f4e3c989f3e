"""What each command does. What is heavy is imported here, when it is needed."""

from __future__ import annotations

import functools
import os
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from letters.cli.codes import DONE, OUTSIDE, PROBLEMS
from letters.cli.internal import internal_problem, wants_details
from letters.cli.places import case_files, font_dirs, is_table, library
from letters.cli.progress import tracked
from letters.cli.report import print_problem
from letters.cli.results import CaseResult, LawRead, Results
from letters.cli.timings import Spent
from letters.problems import LettersError, OutputError, Problem, Severity

if TYPE_CHECKING:
    import datetime as dt

    from letters.cli.batches.options import Batch
    from letters.cli.confidential import Closed
    from letters.desk import Desk, Made


def open_desk(templates: Path | None) -> Desk:
    """The desk of the library that the user named, or of the one that is there."""
    from letters.desk import Desk
    from letters.kept import kept_for_user

    return Desk(library(templates), font_dirs(os.environ), kept_for_user(os.environ))


def draft(
    cases: tuple[Path, ...],
    out: Path,
    force: bool,
    as_json: bool,
    templates: Path | None,
    **options: Any,  # noqa: ANN401 - those that `Closed` and `Batch` hold
) -> int:
    """Make drafts."""
    return _make(cases, out, force, as_json, templates, "draft", options)


def issue(
    cases: tuple[Path, ...],
    out: Path,
    force: bool,
    as_json: bool,
    templates: Path | None,
    **options: Any,  # noqa: ANN401 - those that `Closed` and `Batch` hold
) -> int:
    """Make final letters."""
    return _make(cases, out, force, as_json, templates, "final", options)


def check(cases: tuple[Path, ...], on: dt.datetime | None, as_json: bool, templates: Path | None) -> int:
    """Report every problem of case files and finished documents; write nothing."""
    paths = case_files(cases)

    def results() -> Iterator[CaseResult]:
        from letters.cli.law import asked_day, law_day
        from letters.desk.finished import check_document, is_finished

        desk = open_desk(templates)

        def checked(path: Path) -> CaseResult:
            if not is_finished(path):
                return _checked(desk, path)
            errors = desk.composer.library.errors
            found = check_document(path, desk.register, asked_day(on), law_day(None), errors)
            law = None if found.law_date is None else LawRead(found.law_date, found.citations)
            return CaseResult(path, "checked", found.problems, law=law)

        return (_guarded(path, checked) for path in paths)

    return _report(results, len(paths), as_json)


def _checked(desk: Desk, path: Path) -> CaseResult:
    try:
        return CaseResult(path, "checked", desk.check(path))
    except OutputError as error:
        return CaseResult(path, "checked", error.problems, outside=True)


def show(case: Path, dump: bool, templates: Path | None) -> int:
    """Print the Letter of a case, as text or as the dump that tests compare."""
    from letters.document.dump import dump as dumped
    from letters.document.model import Status
    from letters.render.text import render_text

    try:
        prepared = open_desk(templates).prepare(case, Status.DRAFT)
    except LettersError as error:
        _print(error.problems)
        return OUTSIDE if isinstance(error, OutputError) else PROBLEMS
    _print(prepared.problems)
    text = dumped(prepared.letter) if dump else render_text(prepared.letter)
    click.echo(text.encode(), nl=not text.endswith("\n"))
    return PROBLEMS if _stopping(prepared.problems) else DONE


def _make(
    cases: Sequence[Path],
    out: Path,
    force: bool,
    as_json: bool,
    templates: Path | None,
    status: str,
    options: dict[str, Any],
) -> int:
    from letters.cli.batches.options import Batch
    from letters.cli.confidential import Closed

    paths = case_files(cases)
    batch = Batch(**{name: options.pop(name) for name in Batch.__struct_fields__})
    closed = Closed(**options)
    if len(paths) > 1 or batch.is_run(len(paths), table=is_table(paths[0])):
        return _make_many(paths, out, force, as_json, templates, status, closed, batch)

    def results() -> Iterator[CaseResult]:
        from letters.document.model import Status

        desk = open_desk(templates)
        against, protection = closed.comparison(desk), closed.protection(paths)
        make = functools.partial(
            desk.made, out=out, status=Status(status), force=force, protection=protection, against=against
        )
        # Refuses the call when files do not belong together; makes nothing yet.
        desk.make(paths, out, Status(status), force=force, protection=protection, against=against)
        return (_guarded(path, lambda path: _result(make(path))) for path in paths)

    return _report(results, len(paths), as_json, Spent() if batch.timings else None)


def _make_many(
    paths: Sequence[Path],
    out: Path,
    force: bool,
    as_json: bool,
    templates: Path | None,
    status: str,
    closed: Closed,
    batch: Batch,
) -> int:
    from letters.cli.batches.making import make
    from letters.document.model import Status

    return make(
        paths,
        out,
        Status(status),
        force=force,
        as_json=as_json,
        closed=closed,
        batch=batch,
        library=library(templates),
        font_dirs=font_dirs(os.environ),
    )


def _guarded(path: Path, work: Callable[[Path], CaseResult]) -> CaseResult:
    """Each case by itself, so that a fault of the program in one leaves the others alone."""
    try:
        return work(path)
    except Exception as error:
        if wants_details():
            raise
        return CaseResult(path, "failed", (internal_problem(error, str(path)),), outside=True)


def _result(made: Made) -> CaseResult:
    state = "made" if made.folder else "failed"
    return CaseResult(
        made.path, state, made.problems, made.folder, made.files, made.outside, timings=made.timings
    )


def _report(
    results: Callable[[], Iterator[CaseResult]], total: int, as_json: bool, spent: Spent | None = None
) -> int:
    """Tell each result as it comes. What is raised here stopped all: the library, or a clash of folders."""
    told = Results(as_json, spent)
    try:
        for result in tracked(results(), total):
            told.add(result)
    except LettersError as error:
        told.stopped(error.problems)
    return told.finish()


def _print(problems: Sequence[Problem]) -> None:
    for problem in problems:
        print_problem(problem)


def _stopping(problems: Sequence[Problem]) -> bool:
    return any(problem.severity is not Severity.WARNING for problem in problems)
