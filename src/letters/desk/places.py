"""Giving a finished folder its name: whoever is interrupted, or comes at the same time, loses nothing."""

from __future__ import annotations

import ctypes
import errno
import os
import shutil
import tempfile
from pathlib import Path

# Linux, renameat2(2): the two names change places in one step.
_AT_FDCWD = -100
_RENAME_EXCHANGE = 2
# What kernels and file systems say that cannot do that.
_NOT_HERE = frozenset({errno.ENOSYS, errno.EINVAL, errno.ENOTSUP, errno.EOPNOTSUPP})


def place_folder(part: Path, target: Path, *, force: bool) -> None:
    """Move the folder `part` to `target`, in the same directory.

    Without `force`, a folder that is there stays, even one that came a moment ago. With it, the old folder is
    what `part` holds afterwards, or is gone; until the new one is in place, it is there under one name or
    another.

    Raises:
        FileExistsError: there is a folder, and no `force`.
        OSError: the disk refuses.
    """
    if force and _exchange(part, target):
        if part.is_symlink():  # a link that had the name; what it led to stays
            part.unlink()
        return
    try:
        part.rename(target)  # POSIX: takes the place of an empty folder, and of no other
    except OSError as error:
        if error.errno not in (errno.EEXIST, errno.ENOTEMPTY, errno.ENOTDIR):
            raise
        if not force:
            raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), str(target)) from None
        _replace(part, target)


def _exchange(part: Path, target: Path) -> bool:
    """Let the two folders change names; False when there is nothing to change with, or it cannot be done."""
    renameat2 = getattr(ctypes.CDLL(None, use_errno=True), "renameat2", None)
    if renameat2 is None or not target.exists():
        return False
    names = os.fsencode(part), os.fsencode(target)
    if renameat2(_AT_FDCWD, names[0], _AT_FDCWD, names[1], _RENAME_EXCHANGE) == 0:
        return True
    error = ctypes.get_errno()
    if error in _NOT_HERE or error == errno.ENOENT:
        return False
    raise OSError(error, os.strerror(error), str(target))


def _replace(part: Path, target: Path) -> None:
    """The same in two steps, where one is not to be had; the old folder comes back when the second fails."""
    aside = Path(tempfile.mkdtemp(prefix=f".{target.name[:80]}.", suffix=".old", dir=target.parent))
    old = aside / "old"
    try:
        target.rename(old)
        part.rename(target)
    except BaseException:  # Ctrl-C, too
        if old.exists() and not target.exists():
            old.rename(target)
        shutil.rmtree(aside, ignore_errors=True)
        raise
    shutil.rmtree(aside, ignore_errors=True)
