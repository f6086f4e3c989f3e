"""A ZIP file of entries deflated already, as `zipfile` would write it (PKWARE, APPNOTE 6.3).

What deflate sets aside before its first byte takes longer than a small part itself. So a part gets a window
that just holds it; every reader takes a smaller window than its own.
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterable

from msgspec import Struct

_VERSION = 20  # 2.0: deflated entries
_DEFLATED = 8
_FIRST_DAY = 0x21  # 1 January 1980, at midnight
_MODE = 0o600 << 16  # what a file may be done with on Unix
_FIELDS = struct.Struct("<HHHHHIIIHH")
_REST = struct.Struct("<HHHL")
_POSITION = struct.Struct("<L")
_END = struct.Struct("<4s4H2LH")

_LARGE = 4096  # bytes
_WINDOW, _MEMORY = 12, 5  # powers of two that hold `_LARGE`, and what goes with it
_WHOLE_WINDOW, _WHOLE_MEMORY = 15, 8
# The text of a letter is a few per cent of its file; level 9 takes four times as long for a tenth of it.
_QUICK, _BEST = 3, 9
_WRITTEN_ANEW = "word/document.xml"


class Entry(Struct, frozen=True):
    """A file in a ZIP file.

    Attributes:
        local: its header and deflated contents, as they stand in the ZIP file.
        listed: what the directory says of it before the place where it begins, and `name` after that.
    """

    local: bytes
    listed: bytes
    name: bytes


def entry(name: str, contents: bytes) -> Entry:
    """Compress contents. The same contents under the same name always give the same bytes.

    Args:
        name: ASCII, as the names of parts are.
    """
    large = len(contents) > _LARGE
    compressor = zlib.compressobj(
        _QUICK if name == _WRITTEN_ANEW else _BEST,
        zlib.DEFLATED,
        -(_WHOLE_WINDOW if large else _WINDOW),
        _WHOLE_MEMORY if large else _MEMORY,
    )
    deflated = compressor.compress(contents) + compressor.flush()
    raw = name.encode("ascii")
    fields = _FIELDS.pack(
        _VERSION,
        0,
        _DEFLATED,
        0,
        _FIRST_DAY,
        zlib.crc32(contents),
        len(deflated),
        len(contents),
        len(raw),
        0,
    )
    listed = b"PK\1\2" + bytes((_VERSION, 0)) + fields + _REST.pack(0, 0, 0, _MODE)
    return Entry(b"PK\3\4" + fields + raw + deflated, listed, raw)


def archive(entries: Iterable[Entry]) -> bytes:
    """The ZIP file with these entries in this order."""
    files: list[bytes] = []
    directory: list[bytes] = []
    position = 0
    for one in entries:
        files.append(one.local)
        directory += (one.listed, _POSITION.pack(position), one.name)
        position += len(one.local)
    central = b"".join(directory)
    end = _END.pack(b"PK\5\6", 0, 0, len(files), len(files), len(central), position, 0)
    return b"".join((*files, central, end))
