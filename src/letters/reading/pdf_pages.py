"""The text of any PDF by its pages, put together into paragraphs by where its lines stand.

A PDF without tags holds no paragraphs: lines that follow each other closely are one, a word that is divided
at the end of a line is joined, and what stands at the same place on every page (a head, a foot) is left out.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

import pypdfium2  # type: ignore[import-untyped]  # it brings no type information

from letters.problems import N_, LettersError, Place, Problem, Severity

MAX_PAGES = 500
_DIVIDED = re.compile(r"(?<=[a-zæøåé])[-\u2010\u00ad\ufffe\x02]$")
_BULLETS = ("•", "–", "- ", "▪", "◦")
# Before these a hyphen at the end of a line is the word's own: "selvforsørgelses- og hjemrejseprogrammet".
_AND = ("og", "eller", "samt", "og/eller")


@dataclass(frozen=True, slots=True)
class PageParagraph:
    """A paragraph and the page, from 1, on which it begins."""

    page: int
    text: str


@dataclass(frozen=True, slots=True)
class _Line:
    """A line of a page; lengths in points, from the bottom left."""

    page: int
    left: float
    bottom: float
    right: float
    top: float
    text: str

    @property
    def height(self) -> float:
        return self.top - self.bottom


def read_pages(data: bytes, file: str) -> tuple[PageParagraph, ...]:
    """The paragraphs of a PDF, in the order in which its lines are drawn.

    Raises:
        LettersError: it is no PDF, needs a password, or has more than 500 pages.
    """
    try:
        with pypdfium2.PdfDocument(data) as document:
            if len(document) > MAX_PAGES:
                message, args = N_("the PDF file has more than {limit} pages"), {"limit": MAX_PAGES}
                raise LettersError([Problem("pdf.too-long", Severity.FATAL, message, Place(file), args)])
            pages = [tuple(_lines(page, number)) for number, page in enumerate(document, 1)]
    except pypdfium2.PdfiumError as error:
        message, kind = N_("the PDF file cannot be read ({kind})"), type(error).__name__
        problem = Problem("pdf.unreadable", Severity.FATAL, message, Place(file), {"kind": kind})
        raise LettersError([problem]) from None
    furniture = _furniture(pages)
    kept = [line for page in pages for line in page if _where(line) not in furniture]
    return tuple(_paragraphs(kept))


def _lines(page: pypdfium2.PdfPage, number: int) -> Iterator[_Line]:
    """The lines of a page as PDFium parts them; each stands where its first character does."""
    text = page.get_textpage()
    at = 0
    for line in text.get_text_range().split("\r\n"):
        begin, end = at + len(line) - len(line.lstrip()), at + len(line.rstrip()) - 1
        at += len(line) + 2
        words = " ".join(line.split())
        if words and words not in _BULLETS:  # a bullet may be drawn apart from its text
            left, bottom, _, top = text.get_charbox(begin, loose=True)
            right = text.get_charbox(end, loose=True)[2]
            yield _Line(number, left, bottom, right, top, words)


def _where(line: _Line) -> tuple[int, int, str]:
    return round(line.left), round(line.bottom), re.sub(r"\d+", "#", line.text)


def _furniture(pages: Sequence[Sequence[_Line]]) -> set[tuple[int, int, str]]:
    """What stands at the same place on at least three pages, and on all of them but the first."""
    counted = Counter(place for page in pages for place in {_where(line) for line in page})
    least = max(len(pages) - 1, 3)
    return {place for place, count in counted.items() if count >= least}


def _paragraphs(lines: Sequence[_Line]) -> Iterator[PageParagraph]:
    if not lines:
        return
    gap, edge = _usual_gap(lines), max(line.right for line in lines)
    begin, text = lines[0], lines[0].text
    for before, line in pairwise(lines):
        if _goes_on(before, line, gap, edge):
            text = _joined(text, line.text)
        else:
            yield PageParagraph(begin.page, text)
            begin, text = line, line.text
    yield PageParagraph(begin.page, text)


def _usual_gap(lines: Sequence[_Line]) -> float:
    """From one base line to the next within a paragraph: the smaller half of what there is."""
    gaps = sorted(a.bottom - b.bottom for a, b in pairwise(lines) if a.page == b.page and a.bottom > b.bottom)
    return median(gaps[: len(gaps) // 2 + 1]) if gaps else 0.0


def _goes_on(before: _Line, line: _Line, gap: float, edge: float) -> bool:
    """Whether a line is of the same paragraph as the one before. `edge` is where the longest line ends."""
    if _DIVIDED.search(before.text) and line.text[:1].islower():
        return True
    if before.page != line.page:
        return line.text[:1].islower() and not before.text.endswith((".", ":", "?", "!"))
    step, height = before.bottom - line.bottom, max(before.height, line.height)
    if not 0 < step < 1.35 * gap or abs(before.height - line.height) > 0.35 * height:
        return False
    short = before.right - before.left < 0.6 * (edge - before.left)
    return not (line.text.startswith(_BULLETS) or (short and not line.text[:1].islower()))


def _joined(text: str, following: str) -> str:
    divided = _DIVIDED.search(text)
    if divided is None or not following[:1].islower() or following.split(" ", 1)[0] in _AND:
        return f"{text} {following}"
    return text[: divided.start()] + following
