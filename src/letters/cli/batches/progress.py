"""How far a run is: a bar with rate and remaining time on a terminal, now and then a line elsewhere."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterable, Iterator
from typing import TypeVar

import click

from letters.cli.batches.told import duration
from letters.cli.language import _, decimal

T = TypeVar("T")

#: Seconds between two lines where there is no terminal.
BETWEEN_LINES = 30.0


def watched(results: Iterable[T], what: str, total: int, *, quiet: bool) -> Iterator[T]:
    """The same results, while the progress is shown.

    Args:
        what: translated, such as "Letters".
        total: how many there will be; 0 when nobody knows.
        quiet: show nothing.
    """
    if quiet:
        yield from results
    elif sys.stderr.isatty():
        yield from _bar(results, what, total)
    else:
        yield from _lines(results, what, total)


def _bar(results: Iterable[T], what: str, total: int) -> Iterator[T]:
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    rate = _("{rate} a second").format(rate="{task.fields[rate]}")
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TextColumn(rate))
    left = TimeRemainingColumn()
    console = Console(stderr=True)
    # What is printed meanwhile goes above the bar; stdout may be a file, and then it is left alone.
    both = sys.stdout.isatty()
    with Progress(*columns, left, console=console, transient=True, redirect_stdout=both) as bar:
        task = bar.add_task(what, total=total or None, rate=decimal("0.0"))
        begin = time.monotonic()
        for done, result in enumerate(results, 1):
            bar.update(task, advance=1, rate=_rate(done, time.monotonic() - begin))
            yield result


def _lines(results: Iterable[T], what: str, total: int) -> Iterator[T]:
    begin = last = time.monotonic()
    for done, result in enumerate(results, 1):
        yield result
        now = time.monotonic()
        if now - last >= BETWEEN_LINES:
            last = now
            click.echo(line(what, done, total, now - begin), err=True)


def line(what: str, done: int, total: int, seconds: float) -> str:
    """One line of progress."""
    rate = _rate(done, seconds)
    if not total:
        return _("{what}: {done}, {rate} a second").format(what=what, done=done, rate=rate)
    left = duration((total - done) * seconds / done)
    return _("{what}: {done} of {total}, {rate} a second, about {left} left").format(
        what=what, done=done, total=total, rate=rate, left=left
    )


def _rate(done: int, seconds: float) -> str:
    return decimal(f"{done / max(seconds, 0.001):.1f}")
