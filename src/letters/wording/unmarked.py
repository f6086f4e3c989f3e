"""Stretches of Markdown that hold no mark, found without the parser.

Most paragraphs of a letter are words and nothing else, and the parser asks each of their lines eleven
questions. Between empty lines, a stretch that begins at the margin and has no character that could be a mark
is a paragraph, or after `#` a heading, whatever stands before and after it (CommonMark 0.31, 4.8 and 4.2).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

# No mark anywhere, and none of those that mean something where a line begins.
_LINE = (
    r"(?![\s#>\-+=~|_:]|\d{1,9}[.)](?:\s|\Z))"
    r"[^\\`*\[\]<&|\x00-\x1f\x7f-\x9f\u2028\u2029]+"
)
_PARAGRAPH = re.compile(rf"{_LINE}(?:\\?\n{_LINE})*")
_HEADING = re.compile(rf"(#{{1,6}}) (?=\S){_LINE}(?<!#)")

MARKED, PARAGRAPH = -1, 0

Stretch = tuple[int, int, int]
"""First line (from 0), the line after the last, and `MARKED`, `PARAGRAPH` or the level of a heading."""


def stretches(lines: Sequence[str]) -> Iterator[Stretch]:
    """Divide lines at empty ones; marked stretches that follow each other stay together, as a list may go on.

    Args:
        lines: without spaces at their ends.
    """
    marked: int | None = None
    end = 0
    for first, after in _between_empty(lines):
        kind = _kind("\n".join(lines[first:after]))
        if kind == MARKED:
            marked = first if marked is None else marked
        else:
            if marked is not None:
                yield marked, end, MARKED
                marked = None
            yield first, after, kind
        end = after
    if marked is not None:
        yield marked, end, MARKED


def _between_empty(lines: Sequence[str]) -> Iterator[tuple[int, int]]:
    first: int | None = None
    for number, line in enumerate(lines):
        if line:
            first = number if first is None else first
        elif first is not None:
            yield first, number
            first = None
    if first is not None:
        yield first, len(lines)


def _kind(text: str) -> int:
    if _PARAGRAPH.fullmatch(text):
        return PARAGRAPH
    heading = _HEADING.fullmatch(text)
    return MARKED if heading is None else len(heading[1])
