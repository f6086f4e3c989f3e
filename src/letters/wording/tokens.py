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

# Characters of Markdown in one letter, and of its values; a letter of fifty pages has a tenth of them.
MAX_LENGTH = 500_000
_MAX_VALUES_LENGTH = 2_000_000
# Turns of loops in one letter; a hundred documents in ten tables take a thousand.
_MAX_STEPS = 200_000


class TooManyValues(Exception):
    """A wording printed more values than one letter can hold: a loop has run wild."""


class Values:
    """The values printed so far in one letter; the only mutable thing while a letter is composed."""

    def __init__(self) -> None:
        self._values: list[object] = []
        self._length = 0
        self._steps = 0

    def spend(self, steps: int) -> None:
        """Count turns of loops, or what takes as long.

        Raises:
            TooManyValues: when the letter has used up what it may take.
        """
        self._steps += steps
        if self._steps > _MAX_STEPS:
            raise TooManyValues

    def put(self, value: object, length: int = 0) -> str:
        """The character that stands for `value`.

        Args:
            length: how many characters it prints, about.
        Raises:
            TooManyValues: after 65,534 values, or as many characters as a letter may have.
        """
        code = _FIRST_VALUE + len(self._values)
        self._length += length
        if code > _LAST_VALUE or self._length > _MAX_VALUES_LENGTH:
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
