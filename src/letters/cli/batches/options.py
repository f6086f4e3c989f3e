"""The options of `letters draft` and `letters issue` that are about many letters."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path

import click
from msgspec import Struct

from letters.cli.language import _

#: More cases than this are a run: it has a journal, processes of its own, and goes on where it was cut.
FEW = 20
#: So many letters are worth a process of their own.
WORTH_A_PROCESS = 8


class Batch(Struct, frozen=True):
    """What the user said about many letters.

    Attributes:
        jobs: processes; None for the machine's cores.
        time_limit: seconds a letter; None for `letters.batch.pools.TIME_LIMIT`.
        cluster: address of a Dask scheduler; None for this machine.
        shared: whether the cluster's workers write the letters themselves.
        timings: whether to tell where the time went.
    """

    mapping: Path | None = None
    jobs: int | None = None
    time_limit: float | None = None
    all_or_nothing: bool = False
    same_case_number: bool = False
    cluster: str | None = None
    shared: bool = False
    timings: bool = False

    def is_run(self, count: int, *, table: bool) -> bool:
        """Whether so many cases are a run, and not a handful of letters made by hand."""
        return table or count > FEW or any((self.jobs, self.time_limit, self.cluster))

    def processes(self, count: int) -> int:
        """How many processes work.

        Args:
            count: the cases; 0 when nobody has counted them. A process takes a second to get ready, so each
                should have some letters to make.
        """
        return self.jobs or (min(cores(), max(count // WORTH_A_PROCESS, 1)) if count else cores())


def cores() -> int:
    """The cores that this process may use."""
    try:
        return len(os.sched_getaffinity(0))
    except AttributeError:  # not on Linux
        return os.cpu_count() or 1


def options() -> Sequence[click.Parameter]:
    """The options; their names are those of `Batch`."""
    return [
        click.Option(
            ["--mapping"],
            type=click.Path(dir_okay=False, path_type=Path),
            metavar=_("FILE"),
            help=_("For a table (.csv, .jsonl): which column goes into which field of the case."),
        ),
        click.Option(
            ["--jobs"],
            type=click.IntRange(1, 1024),
            metavar=_("N"),
            help=_("Make letters in so many processes; left out, as many as the machine has cores."),
        ),
        click.Option(
            ["--time-limit"],
            type=click.FloatRange(0.01, 86_400),
            metavar=_("SECONDS"),
            help=_(
                "Stop a letter that takes longer, and go on with the next. Left out, 120 seconds in a run."
            ),
        ),
        click.Option(
            ["--all-or-nothing"],
            is_flag=True,
            help=_("Make no letter at all when one of the cases cannot become one."),
        ),
        click.Option(
            ["--same-case-number"],
            is_flag=True,
            help=_("Several letters of a kind may have the same case number."),
        ),
        click.Option(
            ["--cluster"],
            metavar=_("ADDRESS"),
            help=_("Make the letters on the Dask cluster whose scheduler has this address."),
        ),
        click.Option(
            ["--shared"],
            is_flag=True,
            help=_("The cluster's workers write the letters to --out, which all of them can reach."),
        ),
        click.Option(
            ["--timings"], is_flag=True, help=_("Tell where the time went, for one letter or for all.")
        ),
    ]
