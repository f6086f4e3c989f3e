"""What kind of file some bytes are, and the texts of each kind; files inside files, too."""

from __future__ import annotations

import re
import struct
import zlib
from collections.abc import Iterator

from letters.secrecy.channels.channel import MAX_DEPTH, Budget, Channel, Role, Unreadable, spelled_out
from letters.secrecy.channels.docx import zip_channels
from letters.secrecy.channels.pdf import pdf_channels
from letters.secrecy.channels.text import as_text, json_channels, noise_channels, text_channels
from letters.secrecy.channels.xml import xml_channels

_PNG = b"\x89PNG\r\n\x1a\n"
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_XML = re.compile(r"\s*<[?!A-Za-z]")


def channels(name: str, data: bytes) -> Iterator[Channel]:
    """Every text of one open document, its own name first.

    Args:
        name: as the recipient or the archive will see it; not the path on this machine.
    Raises:
        Unreadable: while iterating, when something in it cannot be read.
    """
    yield Channel("file name", spelled_out(name), Role.NAME)
    yield from file_channels(data, "", 0, Budget(), Role.BODY)


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
    if b"%PDF-" in data[:1024]:
        yield from pdf_channels(data, where, depth, budget, file_channels)
    elif b"PK\x03\x04" in data[:4] or data.startswith(b"PK\x05\x06"):
        yield from zip_channels(data, where, depth, budget, file_channels)
    elif data.startswith(_OLE) and _wide(b"EncryptedPackage") in data:
        raise Unreadable(where or "file", "encrypted")
    elif data.startswith(b"\x1f\x8b"):
        yield from file_channels(_gunzip(data, where, budget), where, depth + 1, budget, role)
    elif data.startswith(_PNG):
        yield from _png(data, where, budget)
    elif data.startswith(b"\xff\xd8\xff"):
        yield from _jpeg(data, where)
    else:
        yield from _plain(data, where or "text", role)


def _plain(data: bytes, where: str, role: Role) -> Iterator[Channel]:
    if data.lstrip()[:1] in (b"{", b"["):
        yield from json_channels(data, where)
        return
    yield from text_channels(data, where, role)
    text = as_text(data)
    if text is not None and _XML.match(text):
        yield from xml_channels(data, where, strict=False)


def _wide(text: bytes) -> bytes:
    return b"".join(bytes((byte, 0)) for byte in text)


def _gunzip(data: bytes, where: str, budget: Budget) -> bytes:
    try:
        return zlib.decompressobj(31).decompress(data, max(budget.left, 1))
    except zlib.error:
        raise Unreadable(where, "damaged") from None


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
            return zlib.decompressobj().decompress(chunk[start:], max(budget.left, 1))
        except zlib.error:
            start = chunk.find(b"\x78", start + 1)
    return b""


def _jpeg(data: bytes, where: str) -> Iterator[Channel]:
    """The segments before the picture (with a thumbnail's own), and what follows its end."""
    start, end = data.rfind(b"\xff\xda"), data.rfind(b"\xff\xd9")
    head = data if start < 0 else data[:start]
    tail = data[end:] if end > start else b""
    yield from noise_channels(head + b"\n" + tail, f"{where}, picture data", Role.MARKUP)
