"""Where things stand on the finished pages, read back with pdfium and not trusted from the layout.

The envelope's window shows the return line and the address, whole, and nothing else; nothing stands so near
an edge that a printer loses it; every page is A4.
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterator

import pypdfium2  # type: ignore[import-untyped]  # it brings no type information
from msgspec import Struct

from letters.document.model import Slots
from letters.problems import N_, Place, Problem, Severity
from letters.reading.finished_pdf import FinishedPdf
from letters.render.pdf.bounds import bounds_of
from letters.render.pdf.characters import MM, Box, Characters
from letters.render.pdf.letterhead import Letterhead, Window

A4 = (210.0, 297.0)  # mm, ISO 216
_SAME = 0.1  # mm
_RED = (0, 0, 200)  # blue, green, red, as pdfium orders them


class Misplaced(Struct, frozen=True):
    """Something that stands where it must not.

    Attributes:
        page: from 1.
        area: where to look, for the picture.
    """

    problem: Problem
    page: int
    area: Box


def misplaced(data: bytes, slots: Slots, letterhead: Letterhead) -> list[Misplaced]:
    """Everything that is out of place in a finished PDF.

    The texts of its pages, which are read on the way, are left to whoever looks through the file next.
    """
    finished = data if isinstance(data, FinishedPdf) else None
    windows = bool(slots.address or slots.return_line)
    found: list[Misplaced] = []
    shown: list[Misplaced] = []
    texts: list[str] = []
    with pypdfium2.PdfDocument(data) as document:
        for number, page in enumerate(document, 1):
            found += _edges(number, page, letterhead)
            if finished is not None or (windows and number == 1):
                text = page.get_textpage()
                texts.append(str(text.get_text_range()))
                if windows and number == 1:
                    characters = Characters(text, page.get_height(), texts[-1])
                    shown += _windows(page, characters, slots, letterhead)
    if finished is not None:
        finished.page_texts = tuple(texts)
    return [*found, *shown]


def page_texts(data: bytes) -> list[str]:
    """What each page prints, its margins included."""
    with pypdfium2.PdfDocument(data) as document:
        return [str(page.get_textpage().get_text_range()) for page in document]


# The window


def _windows(
    page: object, characters: Characters, slots: Slots, letterhead: Letterhead
) -> Iterator[Misplaced]:
    pictures = list(_objects(page, pictures=True))
    written = slots.return_line + "".join(line.text for line in slots.address)
    for window in letterhead.windows:
        shown = Box(window.left, window.top, window.left + window.width, window.top + window.height)
        outside, others = characters.divided(written, shown, shown.shrunk(window.slack))
        if outside:
            yield _misplaced(_address_outside(window, len(slots.address)), outside)
        inside = [*others, *(box for box in pictures if shown.meets(box))]
        if inside:
            yield _misplaced(_window_shows_more(window, _css(letterhead)), inside)


def _address_outside(window: Window, lines: int) -> Problem:
    return Problem(
        "render.address-outside-window",
        Severity.FATAL,
        N_("the address does not fit into the window of the envelope ({window}): it has {lines} lines"),
        Place("", field="recipients"),
        {"window": window.name, "lines": lines},
        help=N_(
            "leave out what the postman does not need, such as the title, or write organisation and"
            " department on one line"
        ),
    )


def _window_shows_more(window: Window, css: Place) -> Problem:
    return Problem(
        "letterhead.window-shows-more",
        Severity.FATAL,
        N_("the window of the envelope ({window}) shows more than the address and the return line"),
        css,
        {"window": window.name},
        help=N_("move what stands there in letterhead.css, or correct `windows` in letterhead.yaml"),
    )


# The edges


def _edges(number: int, page: object, letterhead: Letterhead) -> Iterator[Misplaced]:
    width, height = (length * MM for length in page.get_size())  # type: ignore[attr-defined]
    sheet = Box(0, 0, width, height)
    if abs(width - A4[0]) > _SAME or abs(height - A4[1]) > _SAME:
        yield Misplaced(_not_a4(width, height, _css(letterhead)), number, sheet)
    margins = letterhead.margins
    printed = Box(margins.left, margins.top, width - margins.right, height - margins.bottom)
    tall = page.get_height()  # type: ignore[attr-defined]
    outside = [
        Box.of(bounds, tall)
        for bounds in bounds_of(page)
        if not (
            printed.left <= bounds[0] * MM
            and printed.top <= (tall - bounds[3]) * MM
            and bounds[2] * MM <= printed.right
            and (tall - bounds[1]) * MM <= printed.bottom
        )
    ]
    outside = list(filter(_paints, outside))
    if outside:
        yield _misplaced(_too_near(number, _css(letterhead)), outside, number)


def _css(letterhead: Letterhead) -> Place:
    return Place(str(letterhead.folder / "letterhead.css"))


def _not_a4(width: float, height: float, css: Place) -> Problem:
    return Problem(
        "letterhead.not-a4",
        Severity.FATAL,
        N_("a page of the PDF is {width} × {height} mm and not A4"),
        css,
        {"width": f"{width:.0f}", "height": f"{height:.0f}"},
        help=N_("write “size: A4” in the @page rule of letterhead.css"),
    )


def _too_near(number: int, css: Place) -> Problem:
    return Problem(
        "letterhead.margin",
        Severity.FATAL,
        N_("something on page {page} of the PDF stands nearer the edge than a printer can print"),
        css,
        {"page": number},
        help=N_("move it in letterhead.css, or correct `margins` in letterhead.yaml"),
    )


def _objects(page: object, *, pictures: bool = False) -> Iterator[Box]:
    """The boxes of what a page shows, or only of its pictures and lines. What paints nothing is left out."""
    height = page.get_height()  # type: ignore[attr-defined]
    for bounds in bounds_of(page, pictures=pictures):
        box = Box.of(bounds, height)
        if _paints(box):
            yield box


def _paints(box: Box) -> bool:
    return box.left < box.right and box.top < box.bottom


def _misplaced(problem: Problem, boxes: list[Box], page: int = 1) -> Misplaced:
    area = Box(
        min(box.left for box in boxes),
        min(box.top for box in boxes),
        max(box.right for box in boxes),
        max(box.bottom for box in boxes),
    )
    return Misplaced(problem, page, area)


# The picture


def picture(data: bytes, wrong: Misplaced, dots_per_inch: int = 72) -> bytes:
    """The page as a PNG, with a red frame round what is out of place."""
    scale = dots_per_inch / 72
    with pypdfium2.PdfDocument(data) as document:
        bitmap = document[wrong.page - 1].render(scale=scale, rev_byteorder=False)
        rows = _rows(bitmap)
    pixel = dots_per_inch / 25.4
    area = wrong.area
    frame = [round(length * pixel) for length in (area.left, area.top, area.right, area.bottom)]
    _draw_frame(rows, frame[0] - 3, frame[1] - 3, frame[2] + 3, frame[3] + 3)
    return _png(rows)


def _rows(bitmap: object) -> list[bytearray]:
    """Rows of three bytes a pixel: blue, green, red."""
    stride, width, channels = bitmap.stride, bitmap.width, bitmap.n_channels  # type: ignore[attr-defined]
    raw = bytes(bitmap.buffer)  # type: ignore[attr-defined]
    rows = [raw[start : start + width * channels] for start in range(0, len(raw), stride)]
    if channels == 3:
        return [bytearray(row) for row in rows]
    return [
        bytearray(b for pixel in range(width) for b in row[pixel * channels : pixel * channels + 3])
        for row in rows
    ]


def _draw_frame(rows: list[bytearray], left: int, top: int, right: int, bottom: int) -> None:
    width, height = len(rows[0]) // 3, len(rows)
    for y in range(max(top, 0), min(bottom, height - 1) + 1):
        for x in range(max(left, 0), min(right, width - 1) + 1):
            if min(x - left, right - x, y - top, bottom - y) < 2:
                rows[y][3 * x : 3 * x + 3] = bytes(_RED)


def _png(rows: list[bytearray]) -> bytes:
    """Rows as a PNG (ISO/IEC 15948) of eight bits a colour."""
    width, height = len(rows[0]) // 3, len(rows)
    pixels = bytearray()
    for row in rows:
        row[0::3], row[2::3] = row[2::3], row[0::3]
        pixels += b"\0" + row
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    chunks = ((b"IHDR", header), (b"IDAT", zlib.compress(bytes(pixels), 9)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))
        for kind, body in chunks
    )
