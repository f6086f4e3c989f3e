"""Giving a finished folder its name: whoever is interrupted, or comes at the same time, loses nothing."""

from __future__ import annotations

import contextlib
import ctypes
import errno
import fcntl
import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

# Linux, renameat2(2): the two names change places in one step.
_AT_FDCWD = -100
_RENAME_EXCHANGE = 2
# What kernels and file systems say that cannot do that.
_NOT_HERE = frozenset({errno.ENOSYS, errno.EINVAL, errno.ENOTSUP, errno.EOPNOTSUPP})


#: Longer names are cut to this in the name of a hidden folder.
CUT = 80


@contextlib.contextmanager
def hidden_folder(parent: Path, name: str, end: str) -> Iterator[Path]:
    """A folder `.NAME.XXXXXXXX` + `end` for a while; afterwards it is gone, with what is in it by then.

    It is locked meanwhile, so that what a killed process leaves can be told from what is being written.

    Args:
        end: a suffix, such as `.part`.
    """
    while True:
        folder = Path(tempfile.mkdtemp(prefix=f".{name[:CUT]}.", suffix=end, dir=parent))
        with contextlib.ExitStack() as held:
            try:
                ours = held.enter_context(locked(folder))
            except FileNotFoundError:
                continue
            if ours is False or not folder.exists():
                continue  # it was taken for a dead one's in the moment before the lock
            try:
                yield folder
            finally:
                shutil.rmtree(folder, ignore_errors=True)
            return


@contextlib.contextmanager
def locked(folder: Path) -> Iterator[bool | None]:
    """Hold a folder's lock.

    Yields:
        Whether it is ours; False when somebody holds it, None on a disk that knows no locks.
    Raises:
        OSError: there is no such folder.
    """
    number = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW)
    try:
        try:
            fcntl.flock(number, fcntl.LOCK_EX | fcntl.LOCK_NB)
            ours: bool | None = True
        except BlockingIOError:
            ours = False
        except OSError:
            ours = None
        yield ours
    finally:
        os.close(number)


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
    with hidden_folder(target.parent, target.name, ".old") as aside:
        old = aside / "old"
        try:
            target.rename(old)
            part.rename(target)
        except BaseException:  # Ctrl-C, too
            if old.exists() and not target.exists():
                old.rename(target)
            raise
