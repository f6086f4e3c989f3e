"""`letters draft` and `letters issue` of more than one case."""

from __future__ import annotations

import os
import time
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import click

from letters.batch import job
from letters.batch.mapping import Layout, read_mapping
from letters.batch.outlook import refuse_unwritable
from letters.batch.pools import TIME_LIMIT, Here, Opened, Pool
from letters.batch.processes import Call, Workers
from letters.batch.run import Result, Run
from letters.batch.sources import Files, Source
from letters.batch.tables import Table, is_table
from letters.cli.batches.options import Batch
from letters.cli.batches.progress import watched
from letters.cli.batches.told import Told
from letters.cli.confidential import Closed
from letters.cli.internal import wants_details
from letters.cli.language import _
from letters.cli.timings import Spent
from letters.document.model import Status
from letters.problems import LettersError

#: How many letters may be under way for each process, so that one slow letter stops nobody.
_AHEAD = 32
#: More letters by hand than this take seconds, and are worth a bar.
FEW_SECONDS = 3


def make(
    paths: Sequence[Path],
    out: Path,
    status: Status,
    *,
    force: bool,
    as_json: bool,
    closed: Closed,
    batch: Batch,
    library: Path,
    font_dirs: tuple[Path, ...],
) -> int:
    """Check every case, then make the letters.

    Args:
        paths: case files, or one table.
    Returns:
        The exit code.
    """
    is_run = batch.is_run(len(paths), table=any(map(is_table, paths)))
    spent = Spent() if batch.timings else None
    told = Told(as_json, folders=not (is_run and _both_on_terminal()), spent=spent)
    begin = time.monotonic()
    password = closed.given()
    run: Run | None = None
    at_once = True
    job.forget()
    try:
        source = _source(paths, batch)
        refuse_unwritable(out)
        spec = job.Spec(
            library, font_dirs, status, None if _hands_in(batch) else out, force, debug=wants_details()
        )
        closed.comparison(job.desk(library, font_dirs))  # a fault of the library or an appendix stops all
        spec = replace(spec, closed=closed.compared())
        run = Run(
            source,
            spec,
            out,
            _pool(batch, spec, len(source), is_run=is_run),
            journal=is_run,
            all_or_nothing=batch.all_or_nothing,
            same_case_number=batch.same_case_number,
        )
        _go(run, told, closed, password, show=not as_json and (is_run or len(paths) > FEW_SECONDS))
        at_once = False
    except LettersError as error:
        told.stopped(error.problems)
    except KeyboardInterrupt:
        if is_run and not as_json:
            click.echo(_("The same command goes on where this one was stopped."), err=True)
        raise
    finally:
        if run is not None:
            run.close(at_once=at_once)
        job.forget()
    if is_run and not as_json and told.counts.total():
        told.table(time.monotonic() - begin)
    return told.finish()


def _go(run: Run, told: Told, closed: Closed, password: str | None, *, show: bool) -> None:
    held: list[Result] = []  # by hand, what is refused is told in its place among the others
    try:
        for result in watched(run.check(), _("Checked"), len(run.source), quiet=not show):
            if result.state == "refused":
                told.add(result) if run.journal else held.append(result)
        known = replace(run.spec, closed=closed.for_run(password, appendices=run.appendices > 0))
        told.notes(run.settle(known))
        told.expected = run.counts["ready"] + run.counts["refused"]
        for result in watched(run.make(), _("Letters"), run.counts["ready"], quiet=not show):
            _tell_before(held, told, result.number)
            told.add(result)
    finally:
        _tell_before(held, told, None)


def _tell_before(held: list[Result], told: Told, number: int | None) -> None:
    while held and (number is None or held[0].number < number):
        told.add(held.pop(0))


def _source(paths: Sequence[Path], batch: Batch) -> Source:
    tables = [path for path in paths if is_table(path)]
    if not tables:
        if batch.mapping:
            raise click.UsageError(_("--mapping belongs to a table (.csv, .jsonl or .ndjson)"))
        return Files(paths)
    if len(paths) > 1:
        raise click.UsageError(_("a run has one table, or case files, and not both"))
    if tables[0].suffix.lower() == ".csv" and not batch.mapping:
        raise click.UsageError(_("a CSV file needs --mapping: which column goes into which field"))
    return Table(tables[0], read_mapping(batch.mapping) if batch.mapping else Layout())


def _pool(batch: Batch, spec: job.Spec, count: int, *, is_run: bool) -> Pool:
    if batch.cluster:
        if spec.closed.against:
            message = _("--against is confidential and is not sent to a cluster; use --guard-record")
            raise click.UsageError(message)
        from letters.batch.cluster import cluster_pool

        return cluster_pool(batch.cluster, spec, batch.time_limit or TIME_LIMIT)
    if not is_run:
        return Opened(Here, window=1)
    jobs, limit = batch.processes(count), batch.time_limit or TIME_LIMIT

    def workers() -> Workers:
        prepare: list[Call] = [(job.tune, ()), (job.warm, (spec,))]
        return Workers(jobs, time_limit=limit, prepare=prepare, quiet=not wants_details())

    return Opened(workers, window=_AHEAD * jobs, time_limit=limit)


def _hands_in(batch: Batch) -> bool:
    """Whether letters come back to this process to be written."""
    return batch.cluster is not None and not batch.shared


def _both_on_terminal() -> bool:
    """Then a hundred thousand folders would push the problems away."""
    return os.isatty(1) and os.isatty(2)
