"""The names inside an OpenType or TrueType font (its `name` table)."""

from __future__ import annotations

import struct
from collections.abc import Iterator

_MAC = 1


def font_names(data: bytes) -> list[str]:
    """Every name record of a font, each once; none when the table is missing or damaged."""
    try:
        return list(dict.fromkeys(_records(_table(data, b"name"))))
    except (struct.error, IndexError):
        return []


# Programs for a machine and curves; no reader of a letter can read them.
_OUTLINES = (b"glyf", b"loca", b"hmtx", b"vmtx", b"fpgm", b"prep", b"cvt ", b"gasp", b"hdmx", b"CFF2")


def without_outlines(data: bytes) -> bytes:
    """A font's bytes without its curves; all of them when it cannot be taken apart."""
    try:
        tables = list(_tables(data))
    except struct.error:
        return data
    kept = bytearray(data)
    for tag, offset, length in sorted(tables, key=lambda table: -table[1]):
        if tag in _OUTLINES:
            kept[offset : offset + length] = b"\n"
    return bytes(kept)


def _tables(data: bytes) -> Iterator[tuple[bytes, int, int]]:
    (count,) = struct.unpack_from(">H", data, 4)
    for index in range(count):
        tag, _, offset, length = struct.unpack_from(">4sIII", data, 12 + 16 * index)
        yield tag, offset, length


def _table(data: bytes, tag: bytes) -> bytes:
    return next((data[start : start + size] for found, start, size in _tables(data) if found == tag), b"")


def _records(table: bytes) -> list[str]:
    if not table:
        return []
    _, count, start = struct.unpack_from(">HHH", table)
    texts = []
    for index in range(count):
        platform, _, _, _, length, offset = struct.unpack_from(">HHHHHH", table, 6 + 12 * index)
        raw = table[start + offset : start + offset + length]
        texts.append(raw.decode("mac-roman" if platform == _MAC else "utf-16-be", "replace"))
    return texts
