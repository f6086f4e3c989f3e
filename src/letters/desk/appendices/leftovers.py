"""What a run that was killed left behind: the next one tells of it and takes it away.

A run that is interrupted cleans up for itself. One that is killed outright cannot: a hidden folder stays
beside the place of the confidential files, as closed as they would be. Whoever writes holds a lock on the
folder above, so nothing is taken away under the hands of a run that is still at work.
"""

from __future__ import annotations

import contextlib
import os
import shutil
from pathlib import Path

from letters.desk.output import CONFIDENTIAL
from letters.desk.places import locked
from letters.problems import N_, Place, Problem, Severity

_SEE = "forvaltningsloven § 27"
_PART, _OLD = ".part", ".old"


def sweep(root: Path) -> tuple[Problem, ...]:
    """Take away what killed runs left below a directory, and bring back an appendix that they had moved.

    Args:
        root: the directory that holds a folder for each case file.
    """
    problems: list[Problem] = []
    for folder in sorted({path.parent for path in _leftovers(root)}):
        with contextlib.suppress(OSError), locked(folder) as free:
            if free is not False:
                problems += [_swept(path) for path in _leftovers(root) if path.parent == folder]
    return tuple(problems)


def _leftovers(root: Path) -> list[Path]:
    """Folders of ours alone: a link, or what belongs to somebody else, is left where it is."""
    found = (p for p in sorted(root.glob(f"*/.{CONFIDENTIAL}.*")) if p.suffix in (_PART, _OLD))
    return [p for p in found if p.is_dir() and not p.is_symlink() and p.stat().st_uid == os.geteuid()]


def _swept(path: Path) -> Problem:
    target, moved = path.parent / CONFIDENTIAL, path / "old"
    if path.suffix == _OLD and moved.is_dir() and not target.exists():
        moved.rename(target)
        shutil.rmtree(path, ignore_errors=True)
        message = N_("a run that was killed had moved this appendix aside; it is back in its place")
        return Problem("secrecy.leftover-restored", Severity.WARNING, message, Place(str(target)), see=_SEE)
    shutil.rmtree(path, ignore_errors=True)
    message = N_("a run that was killed had left confidential files here; they are deleted now")
    help_ = N_("if that run wrote unencrypted files, they may still be found on the disk and in backups")
    return Problem(
        "secrecy.leftover-removed", Severity.WARNING, message, Place(str(path)), help=help_, see=_SEE
    )
