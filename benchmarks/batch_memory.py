"""The memory of a process that makes letter after letter: flat, or it leaks.

    .venv/bin/python benchmarks/batch_memory.py [LETTERS] [--folder DIR]

Makes that many different letters (10,000 by default) in all formats in one process of a run, as
`letters draft --jobs 1` does, but lets it live for all of them. Prints the memory on the way and, at the end,
its growth from letter 1,000 to the last. The letters are deleted as they come.
"""

from __future__ import annotations

import argparse
import os
import shutil
import sys
import tempfile
import time
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

SETTLED = 1_000
MIB = 1 << 20


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("letters", nargs="?", type=int, default=10_000)
    parser.add_argument("--folder", type=Path, help="where to work; a temporary folder by default")
    args = parser.parse_args()
    with tempfile.TemporaryDirectory(dir=args.folder) as folder:
        measure(Path(folder), args.letters)


def measure(folder: Path, letters: int) -> None:
    out = folder / "breve"
    spec = Spec(TEMPLATES, font_dirs(os.environ), Status.DRAFT, out)

    def one() -> Workers:
        return Workers(1, time_limit=300, prepare=[(tune, ()), (warm, (spec,))], lifetime=10**9)

    run = Run(Table(table_of(folder, letters)), spec, out, Opened(one, window=32, time_limit=300), work=work)
    begin = time.monotonic()
    ready = sum(result.state == "ready" for result in run.check())
    checked = time.monotonic() - begin
    print(f"{ready} cases checked in {checked:.0f} s, {1000 * checked / ready:.1f} ms each", flush=True)
    run.settle()
    settled = last = 0
    begin = time.monotonic()
    for number, result in enumerate(run.make(), 1):
        assert result.folder is not None, result.problems
        shutil.rmtree(result.folder)
        last = result.memory
        if number == min(SETTLED, letters // 10):
            settled = last
        if number % max(letters // 50, 1) == 0:
            each = 1000 * (time.monotonic() - begin) / number
            print(f"{number:6} letters  {last / MIB:7.1f} MiB  {each:6.1f} ms a letter", flush=True)
    run.close()
    print(
        f"growth from letter {min(SETTLED, letters // 10)} to {letters}: {100 * (last / settled - 1):+.1f} %"
    )


if __name__ == "__main__":
    main()
