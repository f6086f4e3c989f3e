"""The bounded caches of one `FontConfiguration`.

A cache forgets in two generations: what was not asked for while the younger filled up is dropped. That costs
one lookup more than a plain dictionary and no bookkeeping at each hit.

Most lines of a letter are another person's in the next, and would be kept for nothing. So a cache that has
filled up a little takes in only what comes a second time. A process that makes thousands of letters thereby
keeps their clauses and no more, and its memory does not grow.
"""

from __future__ import annotations

from collections.abc import Hashable
from typing import Any, Generic, TypeVar

K = TypeVar("K", bound=Hashable)
V = TypeVar("V")

#: Bits to note that something came once, a power of two; and after how many notes they are wiped. So few are
#: noted that one in five hundred is taken for another, which is then kept a little early: in thousands of
#: letters more would come together.
_BITS, _NOTES = 1 << 21, 1 << 13


class Generations(Generic[K, V]):
    """A mapping that holds at most about twice `limit` in weight and forgets what has not been used lately.

    Args:
        limit: the weight of a generation.
        free: so much weight is taken in as it comes, and from then on what is put a second time; None: all.
    """

    def __init__(self, limit: int, free: int | None = None) -> None:
        self._limit = limit
        self._free = free
        self._left = 0 if free is None else free
        self._young: dict[K, V] = {}
        self._old: dict[K, V] = {}
        self._weight = 0
        self._came = bytearray()
        self._notes = 0

    def get(self, key: K, weight: int = 1) -> V | None:
        """What was put in under `key`, None when there is nothing; `weight` as in `put`."""
        found = self._young.get(key)
        if found is None and (found := self._old.get(key)) is not None:
            self._keep(key, found, weight)
        return found

    def put(self, key: K, value: V, weight: int = 1) -> None:
        """Keep a value, which is never None, when it may come again."""
        if self._free is not None:
            if self._left <= 0 and not self._came_before(key):
                return
            self._left -= weight
        self._keep(key, value, weight)

    def _keep(self, key: K, value: V, weight: int) -> None:
        if self._weight >= self._limit:
            self._old, self._young, self._weight = self._young, {}, 0
        self._young[key] = value
        self._weight += weight

    def _came_before(self, key: K) -> bool:
        """Whether a key was put before, not long ago; nothing of it is kept but a mark."""
        if self._notes >= _NOTES or not self._came:
            self._came, self._notes = bytearray(_BITS // 8), 0
        place = hash(key) & (_BITS - 1)
        bit = 1 << (place & 7)
        if self._came[place >> 3] & bit:
            return True
        self._came[place >> 3] |= bit
        self._notes += 1
        return False

    def clear(self) -> None:
        self._young, self._old, self._weight = {}, {}, 0
        self._left = self._free or 0
        self._came, self._notes = bytearray(), 0

    def __len__(self) -> int:
        return len(self._young) + len(self._old)


#: Kinds of text, and fonts at a size, that a letterhead hardly has.
_OBJECTS = 500


class Unkept(Exception):
    """WeasyPrint changed a style as a kept style cannot: the letter is drawn the usual way."""


class Memory:
    """What is remembered between the letters of one `FontConfiguration`.

    Attributes:
        remember: whether new results are kept. A letter that will be encrypted leaves nothing here.
        styles: what makes up a style -> the style with its pseudo-elements'.
        matched: an element's names and those of the elements around it -> the rules, see `matching`.
        pages: page type and pseudo-element -> the style of a page or one of its margin boxes.
        lines: text, style, width -> where the line ends, see `lines`. Weighed by the length of the text.
        boxes: a paragraph, where in it a line begins -> its boxes, see `boxes`. Weighed by their number.
        widths: a paragraph -> how narrow or wide it may be, see `preferred`. Weighed likewise.
        drawn: text, style -> the line as drawn, see `drawing`. Weighed as `lines`.
        pictures: a letterhead's drawing, its size and place -> what it writes, see `pictures`.
        parts: a font, glyphs -> the part of the font that has them, see `embedding`.
        named_pages: whether a style names a page to be on.
        lent: the styles of the letter that is being drawn.
        contexts: a style's text properties -> Pango objects; as many as a stylesheet has kinds of text.
        places: a font, a glyph, its width -> the place of a bit for it, see `drawing`.
        fonts: a font at a size -> WeasyPrint's object for it, without a letter's glyphs; as few as contexts.
    """

    def __init__(self) -> None:
        self.remember = True
        self.styles: Generations[Any, Any] = Generations(2_000)
        self.matched: Generations[Any, Any] = Generations(1_000, free=500)
        self.pages: Generations[Any, Any] = Generations(500)
        # Free for two or three letters, whose clauses are then found again at once.
        self.lines: Generations[Any, Any] = Generations(500_000, free=80_000)
        self.boxes: Generations[Any, Any] = Generations(10_000, free=1_000)
        self.widths: Generations[Any, Any] = Generations(4_000, free=400)
        self.drawn: Generations[Any, Any] = Generations(100_000, free=10_000)
        self.pictures: Generations[Any, Any] = Generations(20)
        # Each has some 15,000 bytes, and as many compressed.
        self.parts: Generations[Any, Any] = Generations(30, free=0)
        self.named_pages = False
        self.lent: list[Any] = []
        self.contexts: dict[Any, Any] = {}
        self.fonts: dict[Any, Any] = {}
        self.places: dict[tuple[Any, int, int], int] = {}

    def begin(self, *, remember: bool) -> None:
        """A letter begins. Pango's objects are few; should they not be, they are made anew."""
        self.remember = remember
        if len(self.contexts) > _OBJECTS:
            self.contexts.clear()
        if len(self.fonts) > _OBJECTS:
            self.fonts.clear()
            self.parts.clear()
            self.drawn.clear()  # its lines name the fonts, and the places
            self.places.clear()

    def forget(self) -> None:
        """Drop what letters have left. WeasyPrint warns when it computes, so what was computed with a warning
        must be computed anew for the next letter, or that one would pass without."""
        for cache in (
            self.styles,
            self.matched,
            self.pages,
            self.lines,
            self.boxes,
            self.widths,
            self.drawn,
            self.pictures,
            self.parts,
        ):
            cache.clear()
