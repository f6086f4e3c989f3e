"""What a Word letterhead shows that no slot tells: paper, margins, places, colours, fonts, pictures."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from pathlib import Path

from lxml import etree
from msgspec import Struct

from letters.problems import N_, Place, Problem, Severity
from letters.render import contrast
from letters.render.docx.xml import W

_TWIPS = 1440 / 25.4  # in a millimetre
_A4 = (11906, 16838)  # twips, ISO 216
_ROUNDING = 20  # twips: other programs round to whole millimetres or points
_LINE = 4.0  # mm: the least height of a frame with text
_IN_WINDOW = ("line", "return_line")  # the slots, "line" being one of the address


class Expected(Struct, frozen=True):
    """What the PDF twin of the letterhead says. Lengths in mm.

    Attributes:
        margins: left, top, right, bottom: how near the edges anything may stand.
        windows: name, left, top, right, bottom of what envelopes show.
        fonts: the fonts that may be named.
    """

    margins: tuple[float, float, float, float]
    windows: tuple[tuple[str, float, float, float, float], ...]
    fonts: frozenset[str]


def look_problems(path: Path, expected: Expected) -> list[Problem]:
    """Everything about the looks of a letterhead.docx that is at fault; the file must open."""
    with zipfile.ZipFile(io.BytesIO(path.read_bytes())) as package:
        parts = {
            name: etree.fromstring(package.read(name))
            for name in sorted(package.namelist())
            if name.startswith("word/") and name.endswith(".xml")
        }
    return [
        *_paper(path, parts["word/document.xml"], expected),
        *_frames(path, parts, expected),
        *_colours(path, parts),
        *_fonts(path, parts, expected),
        *_pictures(path, parts),
    ]


def _problem(path: Path, code: str, message: str, help: str, field: str, **args: object) -> Problem:
    return Problem(f"letterhead.{code}", Severity.ERROR, message, Place(str(path), field=field), args, help)


def _paper(path: Path, document: etree._Element, expected: Expected) -> Iterator[Problem]:
    for section in document.iter(f"{W}sectPr"):
        size = section.find(f"{W}pgSz")
        width, height = _whole(size, "w"), _whole(size, "h")
        if abs(width - _A4[0]) > _ROUNDING or abs(height - _A4[1]) > _ROUNDING:
            yield _problem(
                path,
                "word-not-a4",
                N_("the paper of the Word letterhead is {width} × {height} mm and not A4"),
                N_("choose A4, upright, in Word under Layout, Size"),
                "word/document.xml",
                width=f"{width / _TWIPS:.0f}",
                height=f"{height / _TWIPS:.0f}",
            )
        margins = section.find(f"{W}pgMar")
        for side, least in zip(("left", "top", "right", "bottom"), expected.margins, strict=True):
            if _whole(margins, side) + _ROUNDING < least * _TWIPS:
                yield _problem(
                    path,
                    "word-margin",
                    N_("the margin “{side}” of the Word letterhead is {found} mm; {least} mm is the least"),
                    N_("set it in Word under Layout, Margins, as wide as in letterhead.css"),
                    "word/document.xml",
                    side=side,
                    found=f"{_whole(margins, side) / _TWIPS:.0f}",
                    least=f"{least:.0f}",
                )


def _whole(element: etree._Element | None, name: str) -> int:
    return 0 if element is None else int(element.get(f"{W}{name}", "0"))


def _frames(path: Path, parts: dict[str, etree._Element], expected: Expected) -> Iterator[Problem]:
    """The frames of slots, against the windows: address and return line begin inside, the others stay out."""
    for name, root in parts.items():
        for paragraph in root.iter(f"{W}p"):
            frame = paragraph.find(f"{W}pPr/{W}framePr")
            text = "".join(t.text or "" for t in paragraph.iter(f"{W}t"))
            if frame is None or "{{" not in text:
                continue
            left, top = _whole(frame, "x") / _TWIPS, _whole(frame, "y") / _TWIPS
            right = left + _whole(frame, "w") / _TWIPS
            belongs = text.strip("{} ") in _IN_WINDOW
            for window, *edges in expected.windows:
                inside = (
                    edges[0] <= left and edges[1] <= top and right <= edges[2] and top + _LINE <= edges[3]
                )
                outside = right <= edges[0] or edges[2] <= left or top + _LINE <= edges[1] or edges[3] <= top
                if not (inside if belongs else outside):
                    yield _problem(
                        path,
                        "word-window",
                        N_("“{slot}” stands wrongly towards the window of the envelope ({window}) in Word"),
                        N_("address and return line stand in the window, all else outside: move the frame"),
                        name,
                        slot=text.strip("{} r%p"),
                        window=window,
                    )


def _colours(path: Path, parts: dict[str, etree._Element]) -> Iterator[Problem]:
    for name, root in parts.items():
        for colour in root.iter(f"{W}color"):
            ink = contrast.from_hex(colour.get(f"{W}val", ""))
            if ink is None:
                continue
            where, ground = _ground(colour)
            reached = contrast.ratio(ink, ground)
            if reached < contrast.ENOUGH:
                yield _problem(
                    path,
                    "word-contrast",
                    N_("the text of “{where}” in Word is hard to read: its contrast is {reached}:1"),
                    N_("choose a darker colour, or a lighter ground: 4.5:1 is needed"),
                    name,
                    where=where or name,
                    reached=f"{reached:.1f}",
                )


def _ground(colour: etree._Element) -> tuple[str, contrast.Colour]:
    """The name of the style that a colour belongs to, and the shading behind it."""
    for element in colour.iterancestors(f"{W}style", f"{W}p", f"{W}docDefaults"):
        name = element.find(f"{W}name")
        shading = next(element.iter(f"{W}shd"), None)
        fill = None if shading is None else contrast.from_hex(shading.get(f"{W}fill", ""))
        return "" if name is None else str(name.get(f"{W}val", "")), fill or contrast.WHITE
    return "", contrast.WHITE


def _fonts(path: Path, parts: dict[str, etree._Element], expected: Expected) -> Iterator[Problem]:
    named = {
        (font, name)
        for name, root in parts.items()
        for fonts in root.iter(f"{W}rFonts")
        for kind in ("ascii", "hAnsi")
        if (font := fonts.get(f"{W}{kind}")) is not None
    }
    for font, name in sorted(named):
        if font not in expected.fonts:
            yield _problem(
                path,
                "word-font",
                N_("the Word letterhead uses the font “{font}”, which letterhead.yaml does not name"),
                N_("use {fonts}, or name the font under `word` beside a face that is as wide"),
                name,
                font=font,
                fonts=", ".join(sorted(expected.fonts)),
            )


def _pictures(path: Path, parts: dict[str, etree._Element]) -> Iterator[Problem]:
    for name, root in parts.items():
        for picture in root.iter("{*}docPr"):
            if not (picture.get("descr") or "").strip():
                yield _problem(
                    path,
                    "word-alt-missing",
                    N_("a picture of the Word letterhead has no alternative text ({picture})"),
                    N_(
                        "right-click the picture in Word and write its alternative text; the logo's is"
                        " {{{{ logo_alt }}}}"
                    ),
                    name,
                    picture=picture.get("name") or "",
                )
