"""What kind of file some bytes are, and the texts of each kind; files inside files, too."""

from __future__ import annotations

import bz2
import lzma
import re
import struct
import zlib
from collections.abc import Iterator
from typing import Protocol

from letters.secrecy.channels.channel import MAX_DEPTH, Budget, Channel, Role, Unreadable, spelled_out
from letters.secrecy.channels.docx import loose_entries, zip_channels
from letters.secrecy.channels.members import holds_no_number
from letters.secrecy.channels.ole import is_ole, ole_channels
from letters.secrecy.channels.pdf import pdf_channels
from letters.secrecy.channels.pieces import Pieces
from letters.secrecy.channels.text import Inner, as_text, json_channels, noise_channels, text_channels
from letters.secrecy.channels.xml import xml_channels

#: The place of what stands in a document's own name.
FILE_NAME = "file name"
_PNG = b"\x89PNG\r\n\x1a\n"
_PDF = b"%PDF-"
# 7-Zip, RAR, Zstandard, Cabinet, LZ4, compress, web fonts: nobody can say what such a file holds.
_PACKED = (b"7z\xbc\xaf\x27\x1c", b"Rar!\x1a\x07", b"\x28\xb5\x2f\xfd", b"MSCF\0", b"\x04\x22\x4d\x18",
           b"\x1f\x9d", b"wOFF", b"wOF2")  # fmt: skip
_GZIP, _BZIP2, _XZ = b"\x1f\x8b", b"BZh", b"\xfd7zXZ\0"
_MOST_MEMORY = 200_000_000
_XML = re.compile(r"\s*<[?!A-Za-z]")


class Machine(Protocol):
    """What unpacks bytes of one kind."""

    @property
    def eof(self) -> bool: ...
    @property
    def unused_data(self) -> bytes: ...
    def decompress(self, data: bytes, max_length: int, /) -> bytes: ...


def channels(name: str, data: bytes, pieces: Pieces | None = None) -> Iterator[Channel]:
    """Every text of one open document, its own name first.

    Args:
        name: as the recipient or the archive will see it; not the path on this machine.
        pieces: passes over what is known to be clean; None reads everything.
    Raises:
        Unreadable: while iterating, when something in it cannot be read.
    """
    yield Channel(FILE_NAME, spelled_out(name), Role.NAME)
    yield from file_channels(data, "", 0, Budget(pieces=pieces), Role.BODY)


def file_channels(
    data: bytes, where: str, depth: int, budget: Budget, role: Role = Role.TEXT
) -> Iterator[Channel]:
    """The texts of a file by its first bytes.

    Args:
        where: the place in the outer document; empty for the document itself.
        role: what plain text in it is.
    """
    budget.take(len(data), where or "file")
    if depth > MAX_DEPTH:
        raise Unreadable(where, "nested too deep")
    if data.startswith(_PACKED):
        raise Unreadable(where or "file", "packed")
    if _PDF in data[:1024]:
        yield from pdf_channels(data, where, depth, budget, file_channels)
    elif b"PK\x03\x04" in data[:4] or data.startswith(b"PK\x05\x06"):
        yield from zip_channels(data, where, depth, budget, file_channels)
    elif is_ole(data):
        yield from ole_channels(data, where, depth, budget, file_channels)
    elif data.startswith((_GZIP, _BZIP2, _XZ)):
        yield from file_channels(_unpacked(data, where, budget), where, depth + 1, budget, role)
    elif data.startswith(_PNG):
        yield from _png(data, where, budget)
    elif data.startswith(b"\xff\xd8\xff"):
        yield from _jpeg(data, where)
    else:
        yield from _plain(data, where or "text", depth, budget, role)


def _plain(data: bytes, where: str, depth: int, budget: Budget, role: Role) -> Iterator[Channel]:
    def inner(found: bytes, place: str) -> Iterator[Channel]:
        return file_channels(found, place, depth + 1, budget)

    text = as_text(data)
    if text is None:
        yield from text_channels(data, where, role)
        yield from _inside(data, where, inner, budget)
    elif data.lstrip()[:1] in (b"{", b"["):
        if budget.pieces is None or not holds_no_number(text, budget.pieces):
            yield from json_channels(data, where, inner)
    else:
        yield from text_channels(data, where, role, inner)
        if _XML.match(text):
            yield from xml_channels(data, where, strict=False)


def _inside(data: bytes, where: str, inner: Inner, budget: Budget) -> Iterator[Channel]:
    """Files that lie in bytes of another kind, as in an archive without compression."""
    for contents in loose_entries(data, budget, where):
        yield from inner(contents, where)
    start = data.find(_PDF, 1024)
    while start >= 0:
        following = data.find(_PDF, start + len(_PDF))
        yield from inner(data[start : following if following >= 0 else len(data)], where)
        start = following


def _unpacked(data: bytes, where: str, budget: Budget) -> bytes:
    """What gzip, bzip2 or xz has packed; such files may be strung together, and zeros may follow."""
    unpacked, limit = bytearray(), budget.more()
    try:
        while data.strip(b"\0") and len(unpacked) < limit:
            machine = _machine(data)
            unpacked += machine.decompress(data, limit - len(unpacked))
            if not machine.eof and len(unpacked) < limit:
                raise Unreadable(where or "file", "damaged")
            data = machine.unused_data
    except (zlib.error, lzma.LZMAError, OSError):
        raise Unreadable(where or "file", "damaged") from None
    return bytes(unpacked)


def _machine(data: bytes) -> Machine:
    if data.startswith(_BZIP2):
        return bz2.BZ2Decompressor()
    if data.startswith(_XZ):
        return lzma.LZMADecompressor(memlimit=_MOST_MEMORY)
    return zlib.decompressobj(31)


def _png(data: bytes, where: str, budget: Budget) -> Iterator[Channel]:
    """A picture's own texts; what lies in its points is for the eye."""
    position, kept = len(_PNG), bytearray()
    while position + 8 <= len(data):
        (size,) = struct.unpack_from(">I", data, position)
        kind = data[position + 4 : position + 8]
        body = data[position + 8 : position + 8 + size]
        if kind != b"IDAT":
            kept += body + b"\n" + _inflated(body, budget) + b"\n"
        position += size + 12
        if kind == b"IEND":
            break
    yield from noise_channels(bytes(kept) + data[position:], f"{where}, picture data", Role.MARKUP)


def _inflated(chunk: bytes, budget: Budget) -> bytes:
    """The compressed text of a zTXt, iTXt or iCCP chunk, wherever it begins."""
    start = chunk.find(b"\x78")
    while 0 <= start < 400:
        try:
            return zlib.decompressobj().decompress(chunk[start:], budget.more())
        except zlib.error:
            start = chunk.find(b"\x78", start + 1)
    return b""


def _jpeg(data: bytes, where: str) -> Iterator[Channel]:
    """The segments before the picture (with a thumbnail's own), and what follows its end."""
    start, end = data.rfind(b"\xff\xda"), data.rfind(b"\xff\xd9")
    head = data if start < 0 else data[:start]
    tail = data[end:] if end > start else b""
    yield from noise_channels(head + b"\n" + tail, f"{where}, picture data", Role.MARKUP)
