"""Lines of plain text: wrapping and hanging indents. Works on strings alone."""

from __future__ import annotations

import re

WIDTH = 78  # columns
_NARROWEST = 20  # however deep the indentation, so much is left for the text

NO_BREAK_SPACE = "\u00a0"
_BREAKABLE = re.compile(" +")  # other spaces, wide or narrow, are kept as they are


def wrap(text: str, width: int = WIDTH) -> list[str]:
    """Break a text into lines at its spaces, never inside a word or at a hyphen; a long word stands alone.

    A line break in `text` is kept. A no-break space holds its words together and is written as a space.
    """
    return [line.replace(NO_BREAK_SPACE, " ") for part in text.split("\n") for line in _fill(part, width)]


def _fill(text: str, width: int) -> list[str]:
    lines: list[str] = []
    line: list[str] = []
    length = -1  # of the line with spaces between its words
    for word in filter(None, _BREAKABLE.split(text)):
        if line and length + 1 + len(word) > width:
            lines.append(" ".join(line))
            line, length = [], -1
        line.append(word)
        length += 1 + len(word)
    return [*lines, " ".join(line)]


def one_line(text: str) -> str:
    """The text without line breaks, as a label or a cell of a table stands."""
    return re.sub(r" *\n *", " ", text).replace(NO_BREAK_SPACE, " ").strip(" ")


def room(width: int, indent: int) -> int:
    """The columns left beside an indentation."""
    return max(width - indent, _NARROWEST)


def indented(lines: list[str], by: int) -> list[str]:
    return [" " * by + line if line else line for line in lines]


def hanging(label: str, lines: list[str], by: int) -> list[str]:
    """Set `label` before lines that hang `by` columns in; a label without room has a line of its own."""
    if not label:
        return indented(lines, by)
    if len(label) >= by or not lines:
        return [label, *indented(lines, by)]
    return [label.ljust(by) + lines[0], *indented(lines[1:], by)]
