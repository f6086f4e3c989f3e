"""A ZIP file of entries deflated already, byte for byte as `zipfile` makes it (PKWARE, APPNOTE 6.3)."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterable
from dataclasses import dataclass

_VERSION = 20  # 2.0: deflated entries
_DEFLATED = 8
_FIRST_DAY = 0x21  # 1 January 1980, at midnight
_MODE = 0o600 << 16  # what a file may be done with on Unix
_FIELDS = struct.Struct("<HHHHHIIIHH")
_END = struct.Struct("<4s4H2LH")


@dataclass(frozen=True, slots=True)
class Entry:
    """The contents of a file in a ZIP file.

    Attributes:
        check: CRC-32 of the contents.
        size: of the contents, in bytes.
        deflated: the contents compressed.
    """

    check: int
    size: int
    deflated: bytes


def entry(contents: bytes) -> Entry:
    """Compress contents as `zipfile` does."""
    compressor = zlib.compressobj(zlib.Z_DEFAULT_COMPRESSION, zlib.DEFLATED, -15)
    return Entry(zlib.crc32(contents), len(contents), compressor.compress(contents) + compressor.flush())


def archive(entries: Iterable[tuple[str, Entry]]) -> bytes:
    """The ZIP file with these entries in this order; names are ASCII, as those of parts are."""
    files: list[bytes] = []
    directory: list[bytes] = []
    position = 0
    for name, one in entries:
        raw = name.encode("ascii")
        fields = _FIELDS.pack(
            _VERSION,
            0,
            _DEFLATED,
            0,
            _FIRST_DAY,
            one.check,
            len(one.deflated),
            one.size,
            len(raw),
            0,
        )
        files += (b"PK\3\4", fields, raw, one.deflated)
        made_by, rest = struct.pack("<BB", _VERSION, 0), struct.pack("<HHHLL", 0, 0, 0, _MODE, position)
        directory.append(b"PK\1\2" + made_by + fields + rest + raw)
        position += 4 + len(fields) + len(raw) + len(one.deflated)
    central = b"".join(directory)
    count = len(directory)
    end = _END.pack(b"PK\5\6", 0, 0, count, count, len(central), position, 0)
    return b"".join((*files, central, end))
