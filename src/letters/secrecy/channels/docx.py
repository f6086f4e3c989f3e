"""Word files and other ZIP packages: every part, and every byte between the parts."""

from __future__ import annotations

import io
import re
import struct
import zipfile
import zlib
from collections.abc import Iterator

from letters.secrecy.channels.channel import Budget, Channel, FileChannels, Role, Unreadable, all_spelled_out
from letters.secrecy.channels.pieces import of_piece
from letters.secrecy.channels.text import noise_channels
from letters.secrecy.channels.xml import xml_channels

# Parts that may be called by their names, since every Word file has them so.
_KNOWN = re.compile(
    r"(?:word/)?(?:_rels/)?(?:\[Content_Types\]|\.rels|document|styles|settings|webSettings|numbering|fontTable|theme/theme|"
    r"header|footer|comments(?:Extended|Ids|Extensible)?|footnotes|endnotes|people|glossary/document|vbaProject)"
    r"\d*(?:\.xml)?(?:\.rels|\.bin)?|docProps/(?:core|app|custom|thumbnail)\.(?:xml|jpeg|png|emf|wmf)|"
    r"customXml/(?:_rels/)?item(?:Props)?\d*\.xml(?:\.rels)?|word/media/image\d*\.(?:png|jpe?g|gif|emf|wmf)"
)
_LOCAL = b"PK\x03\x04"
_BODY = "word/document.xml"
# How hard it was packed, that sizes follow it, that its name is UTF-8.
_USUAL_FLAGS = 0x080E


def zip_channels(
    data: bytes, where: str, depth: int, budget: Budget, inner: FileChannels
) -> Iterator[Channel]:
    """The texts of a ZIP package: names, parts, comments, extra fields and what lies between.

    Args:
        inner: reads a part that is a file of its own.
    Raises:
        Unreadable: damaged, encrypted or too large.
    """
    prefix = f"{where}: " if where else ""
    try:
        package = zipfile.ZipFile(io.BytesIO(data))
        entries = package.infolist()
    except (zipfile.BadZipFile, NotImplementedError, ValueError, OSError):
        raise Unreadable(where or "file", "damaged") from None
    names = [entry.orig_filename for entry in entries]
    yield from _names_of_parts(names, f"{prefix}names of parts", budget)
    remarks = [package.comment, *(remark for entry in entries for remark in (entry.comment, entry.extra))]
    yield from noise_channels(
        b"\n".join(filter(None, remarks)), f"{prefix}comments and extra fields", Role.MARKUP
    )
    covered: list[tuple[int, int]] = []
    for number, entry in enumerate(entries, 1):
        label = prefix + (entry.filename if _KNOWN.fullmatch(entry.filename) else f"part {number}")
        read = _part(package, entry, label, depth, budget, inner)
        if packed := _packed(data, entry):
            yield from of_piece(f"part {depth} {_is_xml(entry)}", packed, budget, label, read)
        else:
            yield from read
        covered.append(_data_span(data, entry))
    yield from _between(data, covered, f"{prefix}between the parts", budget, depth, inner)


def _names_of_parts(names: list[str], where: str, budget: Budget) -> Iterator[Channel]:
    def read() -> Iterator[Channel]:
        yield Channel(where, "\n".join(all_spelled_out(names)), Role.NAME)

    contents = "\n".join(names).encode("utf-8", "surrogatepass")
    yield from of_piece(f"names {len(names)}", contents, budget, where, read())


def _read(package: zipfile.ZipFile, entry: zipfile.ZipInfo, label: str, budget: Budget) -> bytes:
    budget.take(entry.file_size, label)
    if entry.flag_bits & 1:
        raise Unreadable(label, "encrypted")
    try:
        return package.read(entry)
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, EOFError, OSError, ValueError):
        raise Unreadable(label, "damaged") from None


def _part(
    package: zipfile.ZipFile,
    entry: zipfile.ZipInfo,
    label: str,
    depth: int,
    budget: Budget,
    inner: FileChannels,
) -> Iterator[Channel]:
    contents = _read(package, entry, label, budget)
    if entry.filename.endswith("vbaProject.bin"):
        raise Unreadable(label, "macros")  # they are packed in a way of their own
    if _is_xml(entry):
        yield from xml_channels(
            contents,
            label,
            body=entry.filename == _BODY,
            inner=lambda data, where: inner(data, where, depth + 1, budget),
        )
    elif contents:
        yield from inner(contents, label, depth + 1, budget)


def _is_xml(entry: zipfile.ZipInfo) -> bool:
    return entry.filename.endswith((".xml", ".rels", ".vml"))


def _packed(data: bytes, entry: zipfile.ZipInfo) -> bytes:
    """All that decides what `_read` makes of a part: its bytes as they are packed, and what is said of them.

    Empty for the text itself, which is another one in each letter, and for a part whose two headers do not
    agree or that is packed in an unusual way.
    """
    name = entry.orig_filename.encode("ascii", "replace")
    start = entry.header_offset
    if entry.filename == _BODY or entry.flag_bits & ~_USUAL_FLAGS or entry.filename.endswith(".bin"):
        return b""
    if not (data.startswith(_LOCAL, start) and data.startswith(name, start + 30)):
        return b""
    begin, end = _data_span(data, entry)
    if data[start + 26 : start + 28] != len(name).to_bytes(2, "little") or end > len(data):
        return b""
    about = (entry.compress_type, entry.CRC, entry.file_size, entry.compress_size)
    return repr(about).encode() + data[begin:end]


# Between the parts: headers with names and extra fields, comments, and what no directory lists


def _data_span(data: bytes, entry: zipfile.ZipInfo) -> tuple[int, int]:
    """Where an entry's compressed bytes lie, by its local header."""
    start = entry.header_offset
    name, extra = struct.unpack_from("<HH", data, start + 26)
    begin = start + 30 + name + extra
    return begin, begin + entry.compress_size


def _between(
    data: bytes,
    covered: list[tuple[int, int]],
    where: str,
    budget: Budget,
    depth: int,
    inner: FileChannels,
) -> Iterator[Channel]:
    pieces: list[bytes] = []
    position = 0
    for begin, end in [*sorted(covered), (len(data), len(data))]:
        piece = data[position:begin]
        pieces.append(piece)
        position = max(position, end)
        for unlisted in loose_entries(piece, budget, where):
            yield from inner(unlisted, f"{where}, unlisted", depth + 1, budget)
    yield from noise_channels(b"\n".join(pieces), where, Role.MARKUP)


def loose_entries(piece: bytes, budget: Budget, where: str) -> Iterator[bytes]:
    """The contents of packed entries that no directory lists, wherever in the bytes they lie."""
    start = piece.find(_LOCAL)
    while start >= 0 and start + 30 <= len(piece):
        name, extra = struct.unpack_from("<HH", piece, start + 26)
        begin = start + 30 + name + extra
        try:  # nothing follows the head of an entry that the directory lists
            packed = piece[begin:]
            contents = zlib.decompressobj(-15).decompress(packed, budget.more()) if packed else b""
        except zlib.error:
            contents = b""
        if contents:
            budget.take(len(contents), where)
            yield contents
        start = piece.find(_LOCAL, start + 4)
