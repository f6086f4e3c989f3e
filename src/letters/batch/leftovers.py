"""What a process that was killed leaves: hidden folders with half a letter. The next run takes them away.

`desk.output` writes a letter to `.NAME.XXXXXXXX.part` beside its folder; a folder that it replaces waits in
`.NAME.XXXXXXXX.old`. Nobody else is at work in the directory: the journal is held by this run alone.
"""

from __future__ import annotations

import contextlib
import os
import re
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

_LEFT = re.compile(r"\.(?P<name>.+)\.[a-z0-9_]{8}\.(?P<end>part|old)")
#: Longer names are cut to this.
_CUT = 80


def clear(out: Path, mine: Callable[[str], bool]) -> None:
    """Take away what is left of open letters, and put back what was being replaced.

    What is left of appendices, `desk.appendices.leftovers` takes away.

    Args:
        mine: whether a letter of this name is this run's.
    """
    for path, name, end in _left(out):
        if len(name) != _CUT and not mine(name):
            continue
        if end == "old" and (path / "old").exists() and not (path.parent / name).exists():
            if len(name) == _CUT:
                continue  # the old letter's name is not known whole, and it is the only copy
            with contextlib.suppress(OSError):
                (path / "old").rename(path.parent / name)
        shutil.rmtree(path, ignore_errors=True)


def _left(folder: Path) -> Iterator[tuple[Path, str, str]]:
    with contextlib.suppress(OSError), os.scandir(folder) as entries:
        for entry in entries:
            found = _LEFT.fullmatch(entry.name)
            if found and entry.is_dir(follow_symlinks=False):
                yield Path(entry.path), found["name"], found["end"]
