"""PDF files: the drawn text of every page, every object and decoded stream, earlier revisions, and the rest.

Two independent readers are used: pdfium for the text as it is drawn, qpdf (pikepdf) for the objects, with and
without a page that uses them.
"""

from __future__ import annotations

import functools
import io
import re
from bisect import bisect_right
from collections.abc import Iterator
from itertools import accumulate

import pypdfium2 as pdfium  # type: ignore[import-untyped]  # it brings no type information
from msgspec import Struct

from letters.reading.finished_pdf import FinishedPdf
from letters.reading.qpdf import pikepdf
from letters.secrecy.channels.channel import Budget, Channel, FileChannels, Role, Unreadable, all_spelled_out
from letters.secrecy.channels.pdf_rest import rest_channels, unknown_stream
from letters.secrecy.channels.pdf_syntax import GlyphMap, glyph_map, names, strings, text_of
from letters.secrecy.channels.pieces import of_piece
from letters.secrecy.channels.text import noise_channels, text_channels, unescaped
from letters.secrecy.channels.xml import xml_channels

# Each is read whole. Word processors and viewers add one a change; letters have one or two.
_MOST_REVISIONS = 30
# Random figures that tell the file from others; letters come up in them by chance.
_FILE_ID = re.compile(rb"/ID\s*\[[^\]]*\]")
_END = b"%%EOF"
_LINE_ENDS = re.compile(rb"[\r\n]*")

# What an object is, by what stands in it, for people who must find the place.
_LABELS = (
    (b"/ActualText", "tag tree"),
    (b"/StructElem", "tag tree"),
    (b"/StructTreeRoot", "tag tree"),
    (b"/Filespec", "attached file"),
    (b"/EF ", "attached file"),
    (b"/FT ", "form field"),
    (b"/JavaScript", "JavaScript"),
    (b"/JS ", "JavaScript"),
    (b"/URI ", "link"),
    (b"/Subtype /Link", "link"),
    (b"/Annot", "annotation"),
    (b"/FontDescriptor", "font"),
    (b"/BaseFont", "font"),
    (b"/FontName", "font"),
    (b"/Producer", "document properties"),
    (b"/Author", "document properties"),
    (b"/CreationDate", "document properties"),
    (b"/Title", "bookmark"),
    (b"/Dests", "bookmark"),
    (b"/Names", "names"),
)


def pdf_channels(
    data: bytes, where: str, depth: int, budget: Budget, inner: FileChannels
) -> Iterator[Channel]:
    """The texts of a PDF file.

    Args:
        inner: reads a file that is attached.
    Raises:
        Unreadable: encrypted, damaged or too large.
    """
    prefix = f"{where}: " if where else ""
    yield from _revision(data, prefix, Role.TEXT if where else Role.BODY, depth, budget, inner)
    ends = list(_ends(data))
    if len(ends) > _MOST_REVISIONS:
        raise Unreadable(f"{prefix}file", "too many revisions")
    for number, end in enumerate(ends[:-1], 1):
        yield from _earlier(data[:end], f"{prefix}earlier revision {number}: ", depth, budget, inner)


def _ends(data: bytes) -> Iterator[int]:
    """Where each revision of a file ends, the line's end included."""
    at = data.find(_END)
    while at >= 0 and (found := _LINE_ENDS.match(data, at + len(_END))):
        yield found.end()
        at = data.find(_END, found.end())


def _earlier(data: bytes, prefix: str, depth: int, budget: Budget, inner: FileChannels) -> Iterator[Channel]:
    """A file as it was before something was added to its end.

    What is no whole file (a linearized file's first part) is read with the bytes of the whole.
    """
    budget.take(len(data), prefix)
    if b"startxref" not in data or data.rfind(b"/Linearized", 0, 1024) >= 0:
        return
    try:
        yield from _revision(data, prefix, Role.TEXT, depth, budget, inner)
    except Unreadable:
        return


def _revision(
    data: bytes, prefix: str, role: Role, depth: int, budget: Budget, inner: FileChannels
) -> Iterator[Channel]:
    yield from _pages(data, prefix, role)
    try:
        with pikepdf.open(io.BytesIO(data), suppress_warnings=True) as pdf:
            yield from _contents(pdf, data, prefix, depth, budget, inner)
    except pikepdf.PasswordError:
        raise Unreadable(f"{prefix}file", "encrypted") from None
    except (pikepdf.PdfError, ValueError, RuntimeError):
        raise Unreadable(f"{prefix}file", "damaged") from None


def _pages(data: bytes, prefix: str, role: Role) -> Iterator[Channel]:
    """The text as pdfium reads it, drawn visibly or not; or has read it in these very bytes already."""
    if isinstance(data, FinishedPdf) and data.page_texts is not None:
        for number, text in enumerate(data.page_texts, 1):
            yield Channel(f"{prefix}page {number}", text, role, "line")
        return
    try:
        document = pdfium.PdfDocument(data)
    except pdfium.PdfiumError as error:
        reason = "encrypted" if "assword" in str(error) else "damaged"
        raise Unreadable(f"{prefix}file", reason) from None
    try:
        for number in range(len(document)):
            yield Channel(f"{prefix}page {number + 1}", _page_text(document, number, prefix), role, "line")
    finally:
        document.close()


def _page_text(document: pdfium.PdfDocument, number: int, prefix: str) -> str:
    try:
        page = document[number]
        try:
            text = page.get_textpage()
            try:
                return str(text.get_text_range())
            finally:
                text.close()
        finally:
            page.close()
    except pdfium.PdfiumError:
        raise Unreadable(f"{prefix}page {number + 1}", "damaged") from None


# Objects and streams


class _Parts(Struct, frozen=True):
    """An open file taken apart.

    Attributes:
        items: the trailer and every object.
        sources: of each; a stream's is that of its dictionary.
        together: all sources, one a line: what is looked for in them all is found there at the speed of C.
        ends: where the line of each ends.
        streams: the number of each, the stream and its source.
    """

    items: list[pikepdf.Object]
    sources: list[bytes]
    together: bytes
    ends: list[int]
    streams: list[tuple[int, pikepdf.Stream, bytes]]

    def holding(self, *marks: bytes, text: bytes | None = None) -> list[int]:
        """Which items have any of some marks in their sources.

        Args:
            text: looked through instead of `together`, of which it has the length.
        """
        text = self.together if text is None else text
        found = set()
        for mark in marks:
            at = text.find(mark)
            while at >= 0:
                found.add(number := bisect_right(self.ends, at))
                at = text.find(mark, self.ends[number])
        return sorted(found)


def _contents(
    pdf: pikepdf.Pdf, data: bytes, prefix: str, depth: int, budget: Budget, inner: FileChannels
) -> Iterator[Channel]:
    parts = _taken_apart(pdf)
    yield _object_texts(parts, prefix)
    yield _object_names(parts, prefix)
    fonts = _fonts(parts)
    pages = frozenset(_page_streams(pdf))
    for number, stream, source in parts.streams:
        place, on_page = f"{prefix}object {number}", stream.objgen in pages
        read = _stream(place, stream, fonts, on_page, depth, budget, inner)
        if on_page or pdf.is_encrypted or b" R" in source:
            yield from read
        else:  # all that decides what it holds: its dictionary, and its bytes as they are packed
            kind = f"stream {depth} {len(source)}"
            yield from of_piece(kind, source + stream.read_raw_bytes(), budget, place, read)
    yield from rest_channels(
        data, [stream for _, stream, _ in parts.streams], fonts, f"{prefix}outside the objects", budget
    )


def _taken_apart(pdf: pikepdf.Pdf) -> _Parts:
    items: list[pikepdf.Object] = [pdf.trailer, *pdf.objects]
    streams = {number: item for number, item in enumerate(items) if isinstance(item, pikepdf.Stream)}
    sources = [_source(item.stream_dict if number in streams else item) for number, item in enumerate(items)]
    sources[0] = _FILE_ID.sub(b"", sources[0])
    ends = list(accumulate(len(source) + 1 for source in sources))
    told = [(number, stream, sources[number]) for number, stream in streams.items()]
    return _Parts(items, sources, b"\n".join(sources), ends, told)


def _page_streams(pdf: pikepdf.Pdf) -> Iterator[tuple[int, int]]:
    for page in pdf.pages:
        contents = page.obj.get("/Contents")
        for item in contents if isinstance(contents, pikepdf.Array) else [contents]:
            if isinstance(item, pikepdf.Stream):
                yield item.objgen


def _source(item: object) -> bytes:
    return item.unparse(resolved=True) if isinstance(item, pikepdf.Object) else b""


def _decoded(stream: pikepdf.Stream, where: str, budget: Budget) -> bytes:
    try:
        contents = stream.read_bytes()
    except pikepdf.PdfError:
        # Pictures (JPEG and its kin) are read as they are; anything else must not stay unread.
        contents = stream.read_raw_bytes()
        if not _is_picture(stream):
            raise Unreadable(where, "damaged") from None
    budget.take(len(contents), where)
    return contents


def _is_picture(stream: pikepdf.Stream) -> bool:
    filters = str(stream.stream_dict.get("/Filter", ""))
    return any(name in filters for name in ("DCTDecode", "JPXDecode", "CCITTFaxDecode", "JBIG2Decode"))


def _object_texts(parts: _Parts, prefix: str) -> Channel:
    """The strings of every object, one line an object."""
    lines, labels = [], []
    for number in parts.holding(b"(", b"<", text=parts.together.replace(b"<<", b"  ")):
        source = parts.sources[number]
        found = [" ".join(text_of(string).splitlines()) for string in strings(source)]
        if found:
            lines.append(_escaped_too("\t".join(all_spelled_out(found))))
            labels.append(functools.partial(_label, source, number, prefix))
    return Channel(f"{prefix}objects", "\n".join(lines), Role.TEXT, labels=tuple(labels))


def _escaped_too(line: str) -> str:
    return f"{line}\t{unescaped(line)}" if "\\" in line else line


def _label(source: bytes, number: int, prefix: str) -> str:
    meaning = next((label for mark, label in _LABELS if mark in source), "")
    place = f"object {number}" if number else "trailer"
    return f"{prefix}{meaning} ({place})" if meaning else f"{prefix}{place}"


def _object_names(parts: _Parts, prefix: str) -> Channel:
    found = names(parts.together)
    return Channel(f"{prefix}names", "\n".join(all_spelled_out(found)), Role.MARKUP)


def _fonts(parts: _Parts) -> dict[str, list[GlyphMap]]:
    """Font names as content streams use them -> the ToUnicode maps behind them, over the whole file."""
    maps: dict[str, list[GlyphMap]] = {}
    known: dict[tuple[int, int], GlyphMap] = {}
    for number in parts.holding(b"/Tf", b"/Font", b"/ToUnicode"):
        for name, font in _named_fonts(parts.items[number], parts.sources[number]):
            glyphs = _glyphs(font, known)
            if glyphs and glyphs not in maps.setdefault(name, []):
                maps[name].append(glyphs)
    return maps


def _named_fonts(item: pikepdf.Object, source: bytes) -> Iterator[tuple[str, pikepdf.Object]]:
    holder = item.stream_dict if isinstance(item, pikepdf.Stream) else item
    if not isinstance(holder, pikepdf.Dictionary):
        return
    # To ask for an entry takes long; what is there stands in the source.
    for place in (holder, *(holder.get(name) for name in _FONTS_IN if name.encode() in source)):
        if not isinstance(place, pikepdf.Dictionary):
            continue
        for table in (place, place.get("/Font")):
            if isinstance(table, pikepdf.Dictionary):
                for name, font in table.items():
                    if isinstance(font, pikepdf.Dictionary) and "/ToUnicode" in font:
                        yield name.removeprefix("/"), font


_FONTS_IN = ("/Font", "/Resources", "/DR")


def _glyphs(font: pikepdf.Object, known: dict[tuple[int, int], GlyphMap]) -> GlyphMap:
    stream = font.get("/ToUnicode")
    if not isinstance(stream, pikepdf.Stream):
        return GlyphMap()
    if stream.objgen not in known:
        try:
            known[stream.objgen] = glyph_map(stream.read_bytes())
        except pikepdf.PdfError:
            known[stream.objgen] = GlyphMap()
    return known[stream.objgen]


def _stream(
    where: str,
    stream: pikepdf.Stream,
    fonts: dict[str, list[GlyphMap]],
    on_page: bool,
    depth: int,
    budget: Budget,
    inner: FileChannels,
) -> Iterator[Channel]:
    """One stream by what it is."""
    contents = _decoded(stream, where, budget)
    kind = stream.stream_dict.get("/Type")
    subtype = stream.stream_dict.get("/Subtype")
    if kind == "/XRef":
        return
    if kind == "/ObjStm":
        # Its objects are read by the table, but it may hold some that the table does not name.
        yield Channel(where, "\n".join(map(text_of, strings(contents))), Role.TEXT)
    elif kind == "/EmbeddedFile":
        yield from inner(contents, f"{where}, attached file", depth + 1, budget)
    elif kind == "/Metadata":
        yield from text_channels(contents.replace(b"xml:lang=", b"="), f"{where}, XMP", Role.TEXT)
        yield from xml_channels(contents, f"{where}, XMP", strict=False)
    elif subtype == "/Image":
        yield from (
            inner(contents, where, depth + 1, budget)
            if _is_picture(stream)
            else noise_channels(contents, where)
        )
    else:
        yield from unknown_stream(contents, where, fonts, on_page=on_page)
