"""The folder that entries lie in: this user's alone, small, and never in the way.

Other programs, other runs of this one and other users are at work beside it. Nothing here raises: what cannot
be read is not there, what cannot be written is not kept.
"""

from __future__ import annotations

import contextlib
import os
import stat
import time
from collections.abc import Iterator, Mapping
from pathlib import Path

OFF, PLACE = "LETTERS_NO_CACHE", "LETTERS_CACHE_DIR"
"""The environment variables that turn it off, and name another folder."""

_MOST = 64  # entries
_ROOM = 32 << 20  # bytes
_DAY, _HOUR = 86_400, 3_600  # seconds
_UNFINISHED = "."  # how the name of an entry begins while it is being written
_OTHERS = stat.S_IWGRP | stat.S_IWOTH


class Folder:
    """Files under plain names in a folder of this user's.

    Args:
        path: the folder, made when the first file is written. The one above it must be this user's too.
    """

    def __init__(self, path: Path) -> None:
        self._path = path

    def read(self, name: str, most: int) -> bytes | None:
        """The contents of a file; None where it is not there, is larger, or is not this user's alone."""
        with contextlib.suppress(OSError, ValueError), self._opened() as folder:
            file = os.open(name, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC, dir_fd=folder)
            with open(file, "rb", buffering=0) as opened:
                found = os.fstat(file)
                if not stat.S_ISREG(found.st_mode) or not _ours(found) or found.st_size > most:
                    return None
                if time.time() - found.st_mtime > _DAY:  # what is used is not the oldest
                    with contextlib.suppress(OSError):
                        os.utime(file)
                return opened.read()
        return None

    def write(self, name: str, contents: bytes) -> None:
        """Put a file there whole, or not at all, and let the oldest go where there are too many."""
        with contextlib.suppress(OSError, ValueError):
            self._make()
            with self._opened() as folder:
                unfinished = f"{_UNFINISHED}{name}.{os.urandom(8).hex()}"
                try:
                    _write(unfinished, contents, folder)
                    os.rename(unfinished, name, src_dir_fd=folder, dst_dir_fd=folder)
                except BaseException:
                    with contextlib.suppress(OSError):
                        os.unlink(unfinished, dir_fd=folder)
                    raise
                _clear(folder)

    def _make(self) -> None:
        above = self._path.parent
        if not above.exists():
            if not _ours(os.stat(above.parent)):
                return
            above.mkdir(0o700, exist_ok=True)
        if _ours(os.stat(above)) and not os.path.lexists(self._path):
            self._path.mkdir(0o700, exist_ok=True)

    @contextlib.contextmanager
    def _opened(self) -> Iterator[int]:
        """The folder's descriptor, so that nobody can put another in its place meanwhile.

        Raises:
            OSError: it is not there, a link, somebody else's, or open to others.
        """
        folder = os.open(self._path, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW | os.O_CLOEXEC)
        try:
            if not _ours(os.fstat(folder)):
                raise PermissionError(self._path)
            yield folder
        finally:
            os.close(folder)


def folder_of_user(environ: Mapping[str, str]) -> Folder | None:
    """The folder for what programs keep between runs; None where there is none.

    Source: XDG Base Directory Specification.
    """
    if environ.get(OFF, "") not in ("", "0") or not hasattr(os, "geteuid"):
        return None
    place = environ.get(PLACE, "")
    if place:
        return Folder(Path(place)) if os.path.isabs(place) else None
    home, caches = environ.get("HOME", ""), environ.get("XDG_CACHE_HOME", "")
    if os.path.isabs(caches):  # any other is to be passed over, says the specification
        return Folder(Path(caches, "letters"))
    return Folder(Path(home, ".cache", "letters")) if os.path.isabs(home) else None


def _ours(found: os.stat_result) -> bool:
    """Whether a file or folder is this user's, and nobody else may write to it."""
    return found.st_uid == os.geteuid() and not found.st_mode & _OTHERS


def _write(name: str, contents: bytes, folder: int) -> None:
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_CLOEXEC
    with open(os.open(name, flags, 0o600, dir_fd=folder), "wb") as file:
        file.write(contents)


def _clear(folder: int) -> None:
    """Remove the oldest entries where there is no room for all, and what an earlier run left unfinished."""
    now = time.time()
    entries: list[tuple[float, int, str]] = []
    with os.scandir(folder) as files:
        for file in files:
            found = file.stat(follow_symlinks=False)
            if not file.name.startswith(_UNFINISHED):
                entries.append((found.st_mtime, found.st_size, file.name))
            elif now - found.st_mtime > _HOUR:
                _remove(file.name, folder)
    room = 0
    for place, (_, size, name) in enumerate(sorted(entries, reverse=True)):
        room += size
        if place >= _MOST or room > _ROOM:
            _remove(name, folder)


def _remove(name: str, folder: int) -> None:
    with contextlib.suppress(OSError):
        os.unlink(name, dir_fd=folder)
