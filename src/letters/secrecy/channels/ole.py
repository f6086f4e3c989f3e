"""Compound files (MS-CFB), as older Office programs write them: every stream, put together again."""

from __future__ import annotations

import io
from collections.abc import Iterator

from letters.secrecy.channels.channel import Budget, Channel, FileChannels, Role, Unreadable, spelled_out
from letters.secrecy.channels.text import noise_channels

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = "EncryptedPackage"
_MACROS = ("_VBA_PROJECT", "VBA")


def is_ole(data: bytes) -> bool:
    """Whether bytes begin as a compound file does."""
    return data.startswith(_OLE)


def ole_channels(
    data: bytes, where: str, depth: int, budget: Budget, inner: FileChannels
) -> Iterator[Channel]:
    """The texts of a compound file: its bytes as they lie, its names, and each stream by what it is.

    Raises:
        Unreadable: encrypted, damaged, or with macros, which are packed in a way of their own.
    """
    # Bytes of removed streams lie in no stream.
    yield from noise_channels(data, where or "file")
    if _ENCRYPTED.encode("utf-16-le") in data:
        raise Unreadable(where or "file", "encrypted")
    prefix = f"{where}: " if where else ""
    streams = _streams(data, where or "file")
    names = "\n".join(spelled_out(name) for path, _ in streams for name in path)
    yield Channel(f"{prefix}names of streams", names, Role.NAME)
    for number, (path, contents) in enumerate(streams, 1):
        if any(name in _MACROS for name in path):
            raise Unreadable(where or "file", "macros")
        yield from inner(contents, f"{prefix}stream {number}", depth + 1, budget)


def _streams(data: bytes, where: str) -> list[tuple[list[str], bytes]]:
    import olefile  # type: ignore[import-untyped]  # it brings no type information

    try:
        with olefile.OleFileIO(io.BytesIO(data)) as file:
            return [(path, file.openstream(path).read()) for path in file.listdir()]
    except (OSError, ValueError, LookupError, AttributeError):
        raise Unreadable(where, "damaged") from None
