"""Private-use characters that carry values and line numbers through Jinja and Markdown.

Case text never enters Markdown: while Jinja runs, each value becomes one character of plane 15, which
    Markdown reads as a letter, and which is looked up again in the parsed text. Likewise each line of
    wording carries one character of plane 16 that says where it came from; these are taken out before
    Markdown is parsed. Both planes are refused in case files and in the library, so no text can forge one.
"""

from __future__ import annotations

import re

_FIRST_VALUE = 0xF0000
_LAST_VALUE = 0xFFFFD
_FIRST_LINE = 0x100000
_LAST_LINE = 0x10FFFD

VALUE = re.compile(f"[{chr(_FIRST_VALUE)}-{chr(_LAST_VALUE)}]")
_LINE = re.compile(f"[{chr(_FIRST_LINE)}-{chr(_LAST_LINE)}]")
RESERVED = re.compile(f"[{chr(_FIRST_VALUE)}-{chr(_LAST_LINE)}]")

MAX_LINES = _LAST_LINE - _FIRST_LINE


class TooManyValues(Exception):
    """A wording printed more values than one letter can hold: a loop has run wild."""


class Values:
    """The values printed so far in one letter; the only mutable thing while a letter is composed."""

    def __init__(self) -> None:
        self._values: list[object] = []

    def put(self, value: object) -> str:
        """The character that stands for `value`.

        Raises:
            TooManyValues: after 65,534 values.
        """
        code = _FIRST_VALUE + len(self._values)
        if code > _LAST_VALUE:
            raise TooManyValues
        self._values.append(value)
        return chr(code)

    def get(self, char: str) -> object:
        return self._values[ord(char) - _FIRST_VALUE]


def line_marker(number: int) -> str:
    """The invisible character for line `number` of the library, counted from 0 over all files."""
    return chr(_FIRST_LINE + number)


def split_markers(text: str) -> tuple[list[str], list[int | None]]:
    """The lines of `text` without markers, and for each the library line it began with (None: no marker)."""
    lines: list[str] = []
    numbers: list[int | None] = []
    for line in text.split("\n"):
        first = _LINE.search(line)
        numbers.append(ord(first.group()) - _FIRST_LINE if first else None)
        lines.append(_LINE.sub("", line) if first else line)
    return lines, numbers
