"""What a letter costs in a run, and what that makes for a hundred thousand and ten million.

    .venv/bin/python benchmarks/batch_scale.py [LETTERS] [--jobs N]

Runs that many different letters (400 by default) in all formats through the product's own processes, on this
machine, and counts processor seconds: what else the machine does moves them less than it moves the clock.
Prints the figures of docs/scale.md.
"""

from __future__ import annotations

import argparse
import os
import resource
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT / "tests" / "batch")]

from real import TEMPLATES, table_of  # noqa: E402 - the cases of the identity test

from letters.batch.job import Spec, tune, warm, work  # noqa: E402
from letters.batch.pools import Opened  # noqa: E402
from letters.batch.processes import Workers  # noqa: E402
from letters.batch.run import Run  # noqa: E402
from letters.batch.tables import Table  # noqa: E402
from letters.cli.places import font_dirs  # noqa: E402
from letters.document.model import Status  # noqa: E402

NIGHT_HOURS = 10


@dataclass(frozen=True)
class Cost:
    """Processor seconds of the processes and of the parent, and seconds on the clock."""

    workers: float
    parent: float
    clock: float

    def __sub__(self, other: Cost) -> Cost:
        return Cost(self.workers - other.workers, self.parent - other.parent, self.clock - other.clock)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("letters", nargs="?", type=int, default=400)
    parser.add_argument("--jobs", type=int, default=1)
    args = parser.parse_args()
    few = max(args.letters // 10, 10)
    with tempfile.TemporaryDirectory() as folder:
        short, size = cost(Path(folder) / "few", few, args.jobs)
        long, size = cost(Path(folder) / "many", args.letters, args.jobs)
        checked, _ = cost(Path(folder) / "checked", args.letters, args.jobs, make=False)
    more = args.letters - few
    each = Cost((long - short).workers / more, (long - short).parent / more, (long - short).clock / more)
    start = short.workers - few * each.workers
    check = checked.workers / args.letters
    report(each, start / args.jobs, check, size, args.jobs)


def report(each: Cost, start: float, check: float, size: float, jobs: int) -> None:
    letter = each.workers + each.parent
    night = NIGHT_HOURS * 3600
    print(f"a letter: {1000 * each.workers:.0f} ms of a process (of which the check beforehand at most"
          f" {1000 * check:.0f}), {1000 * each.parent:.1f} ms of the parent")  # fmt: skip
    print(f"a process: {start:.1f} s of processor time until its first letter")
    print(f"on the clock with --jobs {jobs}: {1000 * each.clock:.0f} ms a letter")
    print(f"on the disk: {size / 1024:.0f} KiB a letter")
    for count in (100_000, 10_000_000):
        hours, cores = count * letter / 3600, count * letter / night
        print(f"{count:>10,} letters: {hours:8.1f} core hours, {count * size / 2**30:7.1f} GiB;"
              f" {cores:6.1f} cores for a night of {NIGHT_HOURS} hours")  # fmt: skip
    print(f"one parent keeps {each.workers / each.parent:.0f} processes busy")


def cost(folder: Path, letters: int, jobs: int, *, make: bool = True) -> tuple[Cost, float]:
    """The cost of a run, and the bytes of a letter."""
    folder.mkdir()
    out = folder / "breve"
    spec = Spec(TEMPLATES, font_dirs(os.environ), Status.DRAFT, out)
    table = Table(table_of(folder, letters))

    def workers() -> Workers:
        return Workers(jobs, time_limit=300, prepare=[(tune, ()), (warm, (spec,))])

    run = Run(table, spec, out, Opened(workers, window=32 * jobs), work=work)
    before = spent()
    ready = sum(result.state == "ready" for result in run.check())
    assert ready == letters
    if make:
        run.settle()
        assert all(result.folder for result in run.make())
    run.close()
    size = sum(path.stat().st_size for path in out.glob("*/*")) / letters
    return spent() - before, size


def spent() -> Cost:
    children, parent = resource.getrusage(resource.RUSAGE_CHILDREN), resource.getrusage(resource.RUSAGE_SELF)
    return Cost(children.ru_utime + children.ru_stime, parent.ru_utime + parent.ru_stime, time.monotonic())


if __name__ == "__main__":
    main()
