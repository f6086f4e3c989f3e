"""What was worked out from files that rarely change, kept on disk so that the next run need not do it again.

Only what follows from fonts, letterheads, the wording library and the program's own files may go in here, and
nothing of a case or a letter: docs/confidentiality.md says so, an import contract and a test hold it.

An entry is plain data and no code: bytes that are decoded into the type its reader names, or refused. It is
found again only under a digest of everything that it follows from. Nothing depends on it: where an entry is
missing, damaged or refused, or where there is no folder to keep it in, the work is done, without a word.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import TypeVar

from msgspec import msgpack

from letters.kept.folder import Folder, folder_of_user
from letters.kept.maker import Maker, digest

__all__ = ["NOTHING", "Kept", "Maker", "kept_for_user"]

_T = TypeVar("_T")

_FORM = b"letters 1\n"
_CHECKSUM = 16  # bytes
_LARGEST = 8 << 20  # bytes


class Kept:
    """A folder of entries.

    Args:
        folder: where they lie; None where nothing is kept.
    """

    def __init__(self, folder: Folder | None = None) -> None:
        self._folder = folder

    def __bool__(self) -> bool:
        """Whether there is anywhere to keep anything, and so any use in asking."""
        return self._folder is not None

    def get(self, kind: str, maker: Maker, made_of: Sequence[bytes | str], type_: type[_T]) -> _T | None:
        """The value that was kept; None where there is none, or none that can be trusted.

        Args:
            kind: what it is, as a part of a file name.
            maker: what works it out.
            made_of: all that it is worked out from.
        """
        name = self._name(kind, maker, made_of)
        found = self._folder.read(name, _LARGEST) if self._folder and name else None
        if found is None:
            return None
        start = len(_FORM) + _CHECKSUM
        packed = found[start:]
        if found[:start] != _FORM + _checksum(name, packed):
            return None
        try:
            return msgpack.decode(packed, type=type_)
        except (ValueError, TypeError, RecursionError):  # of another form than its reader wants
            return None

    def put(self, kind: str, maker: Maker, made_of: Sequence[bytes | str], value: object) -> None:
        """Keep a value for the next run, if that is possible."""
        name = self._name(kind, maker, made_of)
        if not self._folder or not name:
            return
        try:
            packed = msgpack.encode(value, enc_hook=_plain)
        except (ValueError, TypeError):  # a name that is no text, a value that is no plain data
            return
        if len(packed) <= _LARGEST:
            self._folder.write(name, _FORM + _checksum(name, packed) + packed)

    def _name(self, kind: str, maker: Maker, made_of: Sequence[bytes | str]) -> str:
        """The name of an entry; empty where it has none, because nobody can tell what it is worked out by."""
        if self._folder is None or not maker.known:
            return ""
        return f"{kind}-{digest(maker.known, *made_of)}"


NOTHING = Kept()
"""Keeps nothing."""


def kept_for_user(environ: Mapping[str, str]) -> Kept:
    """What this user's runs keep for each other; nothing where there is no place for it or it is off."""
    return Kept(folder_of_user(environ))


def _plain(value: object) -> object:
    """A mapping that cannot be changed, as one that can."""
    if isinstance(value, MappingProxyType):
        return dict(value)
    raise TypeError(type(value).__name__)


def _checksum(name: str, packed: bytes) -> bytes:
    """Tells a file that was cut off, damaged or renamed."""
    return hashlib.blake2b(packed, digest_size=_CHECKSUM, key=name[-64:].encode()).digest()
