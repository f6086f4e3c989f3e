"""Progress on a terminal when many cases are given; nothing anywhere else."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from typing import TypeVar

from letters.cli.language import _

T = TypeVar("T")

#: More cases than this are worth a bar.
FEW = 3


def tracked(results: Iterable[T], total: int) -> Iterator[T]:
    """The same results. While a bar is shown they are held back, so that nothing is printed through it."""
    if total <= FEW or not sys.stderr.isatty():
        yield from results
        return
    done: list[T] = []
    interrupted: BaseException | None = None
    try:
        _collect(results, total, done)
    except BaseException as error:
        interrupted = error
    yield from done
    if interrupted:
        raise interrupted


def _collect(results: Iterable[T], total: int, done: list[T]) -> None:
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(_("Cases"), total=total)
        for result in results:
            done.append(result)
            bar.advance(task)
