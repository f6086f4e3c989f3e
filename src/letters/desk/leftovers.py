"""What a process that was killed leaves: hidden folders with half a letter. The next run takes them away.

`desk.output` writes a letter to `.NAME.XXXXXXXX.part` beside its folder; a folder that it replaces may wait
in `.NAME.XXXXXXXX.old`. Whoever writes holds a lock on the hidden folder, and death ends that.
"""

from __future__ import annotations

import contextlib
import os
import re
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

from letters.desk.places import CUT, locked

_LEFT = re.compile(r"\.(?P<name>.+)\.[a-z0-9_]{8}\.(?P<end>part|old)")


def clear(out: Path, mine: Callable[[str], bool], *, alone: bool) -> None:
    """Take away what is left of open letters, and put back what was being replaced.

    What is left of appendices, `desk.appendices.leftovers` takes away.

    Args:
        mine: whether a letter of this name, which may be cut to `CUT`, is this run's.
        alone: whether the journal keeps every other run away. Else, on a disk that knows no locks, what was
            left stays.
    """
    for path, name, end in _left(out):
        if not mine(name):
            continue
        with contextlib.suppress(OSError), locked(path) as free:
            if free or (free is None and alone):
                _take_away(path, name, end)


def _take_away(path: Path, name: str, end: str) -> None:
    old, target = path / "old", path.parent / name
    if end == "old" and old.exists() and not target.exists():
        if len(name) == CUT:
            return  # the old letter's name may not be known whole, and it is the only copy
        old.rename(target)
    shutil.rmtree(path, ignore_errors=True)


def _left(folder: Path) -> Iterator[tuple[Path, str, str]]:
    with contextlib.suppress(OSError), os.scandir(folder) as entries:
        for entry in entries:
            found = _LEFT.fullmatch(entry.name)
            if found and entry.is_dir(follow_symlinks=False):
                yield Path(entry.path), found["name"], found["end"]
