"""Where the characters of a finished page stand, asked of pdfium itself.

pypdfium2's own functions make several objects for each character, and most characters of a page are nowhere
near a window: they are asked for their place many at a time.
"""

from __future__ import annotations

import ctypes
import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from functools import cached_property
from itertools import accumulate, islice

import pypdfium2  # type: ignore[import-untyped]  # it brings no type information
from msgspec import Struct
from pypdfium2 import raw

MM = 25.4 / 72
"""Millimetres of a point."""

#: Where UTF-16 begins to write a character as two.
_SURROGATES = "\ud800"
_AT_A_TIME = 32
_MOST_PLACES = 8
_WORD = re.compile(r"\S+")


class Box(Struct, frozen=True):
    """A rectangle on a page, in mm from the sheet's top left corner."""

    left: float
    top: float
    right: float
    bottom: float

    @classmethod
    def of(cls, bounds: tuple[float, float, float, float], height: float) -> Box:
        """From left, bottom, right, top in points, counted from the bottom left corner."""
        left, bottom, right, top = bounds
        return cls(left * MM, (height - top) * MM, right * MM, (height - bottom) * MM)

    def holds(self, other: Box) -> bool:
        return (
            self.left <= other.left
            and self.top <= other.top
            and other.right <= self.right
            and other.bottom <= self.bottom
        )

    def meets(self, other: Box) -> bool:
        return (
            self.left < other.right
            and other.left < self.right
            and self.top < other.bottom
            and other.top < self.bottom
        )

    def shrunk(self, by: float) -> Box:
        return Box(self.left + by, self.top + by, self.right - by, self.bottom - by)


#: Where the visible characters before a text end, where it begins and ends, and where those after it begin.
_Span = tuple[int, int, int, int]


class Characters:
    """The visible characters of a page in the order in which they were written.

    Args:
        text: a text page of pypdfium2.
        height: of the page, in points.
        whole: all that the text page reads, if it was asked before.
    """

    def __init__(self, text: object, height: float, whole: str | None = None) -> None:
        self._text = text
        self._height = height
        self._whole = whole
        self._boxes: dict[int, Box] = {}
        self._spans: dict[str, list[_Span]] = {}
        self._lines: dict[tuple[int, int], list[Box]] = {}
        self._bounds = [ctypes.c_double() for _ in range(4)]

    def divided(self, written: str, shown: Box, inner: Box) -> tuple[list[Box], list[Box]]:
        """What of a text reaches out of a window, and what the window shows of all others.

        The text may stand anywhere. Most letters have their address where it belongs: that is seen from what
        the lines of the text and of the rest cover; only where it is not so is each character asked. The page
        may hold the same words twice; those that the window shows most of are meant.

        Args:
            shown: the window.
            inner: what the window shows for certain, wherever the sheet has slid to.
        """
        wanted = "".join(written.split())
        if wanted not in self._spans:
            self._spans[wanted] = list(self._places(wanted))
        for before, start, end, after in self._spans[wanted]:
            own = self._covered(start, end)
            if own and all(map(shown.holds, own)):  # no other place can show more
                rest = (*self._covered(0, before), *self._covered(after, len(self._page)))
                if all(map(inner.holds, own)) and not any(map(shown.meets, rest)):
                    return [], []
                break
        ours, others = self._each(wanted, shown)
        return [box for box in ours if not inner.holds(box)], others

    def _places(self, wanted: str) -> Iterator[_Span]:
        """Where a text without its spaces stands; nowhere in a page that holds what is no character."""
        page = self._page
        if not isinstance(page, str) or not wanted:
            return
        words = page.split()
        ends = list(accumulate(map(len, words)))

        def place(position: int) -> int:
            """Of a visible character in the page."""
            word = bisect_right(ends, position)
            begins = next(islice(_WORD.finditer(page), word, None)).start()
            return begins + position - (ends[word] - len(words[word]))

        for at in islice(_places("".join(words), wanted), _MOST_PLACES):
            start, end = place(at), place(at + len(wanted) - 1) + 1
            yield len(page[:start].rstrip()), start, end, len(page) - len(page[end:].lstrip())

    def _each(self, wanted: str, shown: Box) -> tuple[list[Box], list[Box]]:
        """The boxes of a text on the page, and those of all other characters that a window shows."""
        size = len(wanted)
        starts = list(_places(self._written, wanted))
        if not starts:  # a script that pdfium gives back in another order: take the letters for what they are
            known = set(wanted)
            return [self._box(i) for i in self._meeting(shown) if self._page[i] in known], []

        def boxes(at: int) -> list[Box]:
            return [self._box(index) for index in self._visible[at : at + size]]

        start = starts[0]
        if len(starts) > 1:
            start = max(starts, key=lambda at: sum(map(shown.holds, boxes(at))))
        own = frozenset(self._visible[start : start + size])
        return boxes(start), [self._box(index) for index in self._meeting(shown, own)]

    @cached_property
    def _page(self) -> Sequence[str]:
        """Each character by its index; the page's text is just that, unless something is left out of it."""
        count = self._text.count_chars()  # type: ignore[attr-defined]
        text = str(self._text.get_text_range()) if self._whole is None else self._whole  # type: ignore[attr-defined]
        if len(text) == count and "\0" not in text and max(text, default="") < _SURROGATES:
            return text
        return [self._char(index) for index in range(count)]

    @cached_property
    def _visible(self) -> list[int]:
        """The index of each character that is no space, and no second half of one."""
        if isinstance(self._page, str):
            return [index for word in _WORD.finditer(self._page) for index in range(*word.span())]
        return [index for index, char in enumerate(self._page) if char.strip()]

    @cached_property
    def _written(self) -> str:
        """The visible characters."""
        return "".join([self._page[index] for index in self._visible])

    def _char(self, index: int) -> str:
        char = chr(raw.FPDFText_GetUnicode(self._text, index))
        if "\0" < char < _SURROGATES:
            return char
        return str(self._text.get_text_range(index, 1))  # type: ignore[attr-defined]

    def _meeting(self, shown: Box, own: frozenset[int] = frozenset()) -> Iterator[int]:
        """The visible characters that a window shows something of, by what many of them cover together.

        What covers nothing shows nothing.

        Args:
            own: those that are not asked.
        """
        for start in range(0, len(self._page), _AT_A_TIME):
            end = min(start + _AT_A_TIME, len(self._page))
            if any(map(shown.meets, self._covered(start, end))):
                for index in range(start, end):
                    asked = index not in own and self._page[index].strip()
                    if asked and shown.meets(self._box(index)):
                        yield index

    def _covered(self, start: int, end: int) -> list[Box]:
        """What the characters between two indices cover, line by line."""
        if (start, end) not in self._lines:
            self._lines[start, end] = list(self._asked(start, end)) if start < end else []
        return self._lines[start, end]

    def _asked(self, start: int, end: int) -> Iterator[Box]:
        left, top, right, bottom = self._bounds
        places = tuple(map(ctypes.byref, self._bounds))
        for index in range(raw.FPDFText_CountRects(self._text, start, end - start)):
            if not raw.FPDFText_GetRect(self._text, index, *places):
                raise pypdfium2.PdfiumError("characters have no box")
            yield Box.of((left.value, bottom.value, right.value, top.value), self._height)

    def _box(self, index: int) -> Box:
        known = self._boxes.get(index)
        if known is None:
            left, right, bottom, top = self._bounds
            if not raw.FPDFText_GetCharBox(self._text, index, left, right, bottom, top):
                raise pypdfium2.PdfiumError("a character has no box")
            bounds = (left.value, bottom.value, right.value, top.value)
            known = self._boxes[index] = Box.of(bounds, self._height)
        return known


def _places(text: str, part: str) -> Iterator[int]:
    at = text.find(part)
    while at >= 0:
        yield at
        at = text.find(part, at + 1)
