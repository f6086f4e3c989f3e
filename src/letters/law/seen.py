"""What the finder has seen in one text: the same characters around an anchor give the same citation again.

A hostile or very repetitive text would otherwise be read at full cost everywhere. The characters that can
have mattered are compared, never a digest of them, so that nothing but the time changes.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from msgspec import Struct

from letters.law.citation import Citation
from letters.law.grammar import Slip
from letters.law.names import Known, longest
from letters.law.writing import write


class Found(NamedTuple):
    """A citation in a text.

    Attributes:
        start, end: offsets into the text as it was given.
        slips: what was written otherwise than it should be; their offsets, too, count in the given text.
    """

    start: int
    end: int
    citation: Citation
    slips: tuple[Slip, ...] = ()

    @property
    def right(self) -> str:
        """The citation in its right form."""
        return write(self.citation)


def moved(found: Found, by: int) -> Found:
    """The same so many characters further on."""
    slips = found.slips
    if slips:
        slips = tuple([Slip(slip.kind, slip.start + by, slip.end + by) for slip in slips])
    return Found(found.start + by, found.end + by, found.citation, slips)


class Outcome(Struct, frozen=True):
    """What came of an anchor, offsets counted from it.

    Attributes:
        found: None when nothing begins there.
        read: how far reading goes on.
    """

    found: Found | None
    read: int


# Characters. Before an anchor a title is looked for, at most this far back; no word beyond a hundred counts.
_BACK = 340
# Beyond what was read, a pattern may have looked on; a list of sentences ("1., 2. og 3. pkt.") is longest.
_AHEAD = 140
_NEAR, _FAR = 220, 1_500
_MOST = 2_000
_ACT_AFTER = " i "  # the only way to a name of an act behind a place, which may be as long as a title
_BREAK = re.compile(r"[^\w./+-]")

_Key = tuple[str, str]


class Seen:
    """Outcomes by the characters around their anchors: a few behind it where those are enough, else many."""

    def __init__(self, known: Known) -> None:
        self._known = known
        self._near: dict[_Key, Outcome] = {}
        self._far: dict[_Key, Outcome] = {}

    def find(self, text: str, floor: int, start: int) -> Outcome | None:
        """What came of an anchor in the same surroundings; None when there was none, or it cannot be said."""
        before = text[max(floor, start - _BACK) : start]
        near = self._near.get((before, text[start : start + _NEAR]))
        if near is not None or not self._far:
            return near
        return self._far.get((before, text[start : start + _FAR]))

    def _name(self) -> int:
        return longest(self._known) + 400

    def add(self, text: str, floor: int, start: int, outcome: Outcome, far: int) -> None:
        """Remember an outcome.

        Args:
            far: the furthest that was read, as an offset into the text.
        """
        reach = max(far - start, outcome.read)
        ahead = self._name() if _ACT_AFTER in text[start : start + reach + 4] else _AHEAD
        for size, seen in ((_NEAR, self._near), (_FAR, self._far)):
            # A word that goes on beyond what is compared might be another one there.
            ends = _BREAK.search(text, start + reach + ahead, start + size) is not None
            if len(seen) < _MOST and reach + ahead < size and (ends or start + size >= len(text)):
                seen[text[max(floor, start - _BACK) : start], text[start : start + size]] = outcome
                return
