"""A text made ready for reading citations, with the way back to its own offsets.

Official texts hold soft hyphens and zero-width marks inside words; letters hold no-break spaces, and texts
drawn from a PDF break lines anywhere. All of that is taken out before reading.
"""

from __future__ import annotations

import re
from bisect import bisect_right

_INVISIBLE = "\u00ad\u200b\u200c\u200d\u2060\ufeff"
_RUN = re.compile(
    rf"(?! [^\s{_INVISIBLE}])[\s{_INVISIBLE}]+"  # all but a single plain space between visible characters
    r"|(?<=[a-zæøå])-[ \t]*\r?\n[ \t]*(?=[a-zæøå])"
)
_SPLIT_WORD = re.compile(r"\u00ad[ \t]*\r?\n[ \t]*")


class Clean:
    """A text with single spaces, whole words, and a newline only between paragraphs.

    Attributes:
        text: the clean text.
        same: whether nothing was taken out, so that both have the same offsets.
    """

    def __init__(self, source: str) -> None:
        pieces: list[str] = []
        self._ours: list[int] = []
        self._theirs: list[int] = []
        self._length = 0
        done = 0
        for run in _RUN.finditer(source):
            self._add(pieces, source[done : run.start()], done)
            self._add(pieces, _replacement(run.group()), run.start())
            done = run.end()
        self._add(pieces, source[done:], done)
        self.text = "".join(pieces)
        self.same = self.text == source

    def _add(self, pieces: list[str], piece: str, theirs: int) -> None:
        if piece:
            pieces.append(piece)
            self._ours.append(self._length)
            self._theirs.append(theirs)
            self._length += len(piece)

    def source_span(self, start: int, end: int) -> tuple[int, int]:
        """Where a stretch of the clean text, of at least one character, stands in the source."""
        return self._source(start), self._source(end - 1) + 1

    def _source(self, pos: int) -> int:
        piece = bisect_right(self._ours, pos) - 1
        return self._theirs[piece] + pos - self._ours[piece]


def _replacement(run: str) -> str:
    if run[0] == "-" or _SPLIT_WORD.fullmatch(run):
        return ""
    if run.count("\n") > 1:
        return "\n"
    return "" if all(ch in _INVISIBLE for ch in run) else " "
