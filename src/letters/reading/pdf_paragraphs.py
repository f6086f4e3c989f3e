"""Lines of a PDF put together to paragraphs, by where they stand and how they look.

A guess where the file does not say: lines belong together that follow one another closely, look alike and
begin at the same place. What returns on every page is set apart, so that a paragraph goes on over it.
"""

from __future__ import annotations

import enum
import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from msgspec import Struct

from letters.reading.pdf_lines import BULLETS, PdfLine

_BULLET = re.compile(rf"[{BULLETS}–—*-] +")
_DIGITS = re.compile(r"\d+")
_PAGE_NUMBER = re.compile(r"(?:side|s\.)? ?\d{1,3} ?(?:(?:af|/|\|) ?\d{1,3})?", re.IGNORECASE)
_STOP = re.compile(r"[.:!?][”“\"»)]?$")
_DIVIDED = ("\u2010", "\u00ad", "\x02", "\ufffe")
_DASHED = re.compile(r"[a-zæøå]-$")
_ADDRESS = re.compile(r"(?:://|www\.)\S*$")
#: After a hyphen these show that it belongs to the word: "hjemrejse- og introduktionsprogram".
_AFTER_HYPHEN = re.compile(r"(?:og|eller|samt|til|m\.v\.|mv\.)\b")
_NEAR = 2.0  # points
_INDENT = 16.0  # points: a hanging item, not another column
_LOOSE = 1.2  # of the usual distance between two lines
_SHORT = 0.8  # of the column's width
_LARGER = 1.15  # than most letters: a heading


class Look(enum.Enum):
    """What a paragraph looks like; FRAME is what returns on every page, page numbers too."""

    TEXT = "text"
    HEADING = "heading"
    ITEM = "item"
    FRAME = "frame"


class DrawnParagraph(Struct, frozen=True):
    """A paragraph and the page, from 1, on which it begins."""

    text: str
    page: int
    look: Look


def paragraphs_of(lines: Sequence[PdfLine]) -> tuple[DrawnParagraph, ...]:
    """The paragraphs in the order in which the file draws them; each piece of the frame once, and last."""
    frame = _frame(lines)
    found = _put_together([line for line in lines if line not in frame])
    usual = _usual_size(found)
    once = {line.text: line for line in reversed(lines) if line in frame}
    around = (DrawnParagraph(line.text, line.page, Look.FRAME) for line in reversed(once.values()))
    return (*(DrawnParagraph(one.text, one.page, _look(one, usual)) for one in found), *around)


def _look(paragraph: _Paragraph, usual: float) -> Look:
    if paragraph.bullet:
        return Look.ITEM
    larger = paragraph.first.size > usual * _LARGER
    return Look.HEADING if larger or paragraph.bold else Look.TEXT


def _usual_size(found: Sequence[_Paragraph]) -> float:
    """The size of most letters."""
    counted: Counter[float] = Counter()
    for one in found:
        counted[one.first.size] += len(one.text)
    return max(counted, key=lambda size: counted[size], default=0.0)


@dataclass(slots=True)
class _Paragraph:
    """Lines that are read as one; `bold` when all of them begin so."""

    text: str
    bold: bool
    bullet: bool
    first: PdfLine
    last: PdfLine

    @property
    def page(self) -> int:
        return self.first.page


def _put_together(lines: list[PdfLine]) -> list[_Paragraph]:
    layout = _Layout(lines)
    found: list[_Paragraph] = []
    for line in layout.lines:
        item = layout.begins_item(line)
        before = found[-1] if found and not item else None
        if before is None or not layout.goes_on(before, line):
            before = None if item else _over_the_page(found, line)
        if before is None:
            text = _BULLET.sub("", line.text, count=1) if item else line.text
            found.append(_Paragraph(text, line.bold, item, line, line))
        else:
            before.text = joined(before.text, line.text)
            before.bold = before.bold and line.bold
            before.last = line
    return found


def joined(before: str, after: str) -> str:
    """Two lines as one: a word that was divided becomes whole, and so does a web address."""
    if before.endswith(_DIVIDED):
        return before[:-1] + after
    if _ADDRESS.search(before) and before.endswith(("-", "/")):
        return before + after
    if _DASHED.search(before) and after[:1].islower() and not _AFTER_HYPHEN.match(after):
        return before[:-1] + after
    return f"{before} {after}"


def _frame(lines: Sequence[PdfLine]) -> set[PdfLine]:
    """What stands at the same height with the same words on several pages, numbers aside; page numbers."""
    seen: dict[tuple[str, int], set[int]] = defaultdict(set)
    for line in lines:
        seen[_alike(line)].add(line.page)
    return {line for line in lines if len(seen[_alike(line)]) > 1 or _PAGE_NUMBER.fullmatch(line.text)}


def _alike(line: PdfLine) -> tuple[str, int]:
    return _DIGITS.sub("#", line.text), round(line.baseline / _NEAR)


class _Layout:
    """What is usual in a file."""

    def __init__(self, lines: list[PdfLine]) -> None:
        bullets = [line for line in lines if line.text in BULLETS]
        self._bullets = {(line.page, round(line.baseline)): line.left for line in bullets}
        self.lines = lines = [line for line in lines if line.text not in BULLETS]
        steps: dict[float, Counter[float]] = defaultdict(Counter)
        self._right: dict[tuple[int, int], float] = defaultdict(float)
        for before, line in zip([None, *lines], lines, strict=False):
            column = self._column(line)
            self._right[column] = max(self._right[column], line.right)
            if before is not None and before.page == line.page and before.size == line.size:
                step = round((before.baseline - line.baseline) * 2) / 2
                if step > 0:
                    steps[line.size][step] += 1
        self._step = {size: min(_most_common(counted)) for size, counted in steps.items()}

    def _column(self, line: PdfLine) -> tuple[int, int]:
        return line.page, round(line.left / _INDENT)

    def begins_item(self, line: PdfLine) -> bool:
        """Whether a bullet stands before it, in the line or drawn for itself."""
        heights = (round(line.baseline) + by for by in (-1, 0, 1))
        drawn = (self._bullets.get((line.page, height)) for height in heights)
        beside = any(left is not None and 0 < line.left - left < 3 * _INDENT for left in drawn)
        return beside or _BULLET.match(line.text) is not None

    def goes_on(self, paragraph: _Paragraph, line: PdfLine) -> bool:
        """Whether a line belongs to the paragraph before it."""
        before = paragraph.last
        step = before.baseline - line.baseline
        usual = self._step.get(line.size, 0.0)
        if before.page != line.page or before.size != line.size:
            return False
        if not 0 < step <= usual * _LOOSE or not self._aligned(paragraph, line):
            return False
        short = self._is_short(before)
        return not (short and (before.bold != line.bold or _STOP.search(before.text)))

    def _aligned(self, paragraph: _Paragraph, line: PdfLine) -> bool:
        """Whether it begins where the paragraph does; an item's text hangs behind its bullet."""
        indent = line.left - paragraph.last.left
        return abs(indent) < _INDENT or (paragraph.bullet and 0 <= indent < 3 * _INDENT)

    def _is_short(self, line: PdfLine) -> bool:
        full = max(self._right[(line.page, self._column(line)[1] + by)] for by in (-1, 0, 1))
        return line.right - line.left < _SHORT * (full - line.left)


def _most_common(counted: Counter[float]) -> list[float]:
    most = max(counted.values())
    return [step for step, count in counted.items() if count == most]


def _over_the_page(found: list[_Paragraph], line: PdfLine) -> _Paragraph | None:
    """The paragraph of the page before that a page's first line goes on with; None when it begins anew."""
    if any(one.last.page == line.page for one in reversed(found)):
        return None
    above = [one for one in found if one.last.page == line.page - 1 and one.last.size == line.size]
    lowest = min(above, key=lambda one: one.last.baseline, default=None)
    return lowest if lowest is not None and goes_on_over_page(lowest.text, line.text) else None


def goes_on_over_page(before: str, after: str) -> bool:
    """Whether a paragraph at the end of a page is not at its end: the next page begins inside a sentence."""
    inside = after[:1].islower() or after[:1] in "§(" or after[:1].isdecimal()
    return inside and _STOP.search(before) is None
