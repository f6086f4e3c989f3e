"""How wide a table's columns are, the same in Word and PDF.

The widths are fixed in both files: readers guess differently when they are left to fit, and a table that is
one line higher here than there moves every page after it.
"""

from __future__ import annotations

from letters.document.model import Table
from letters.document.walk import plain

_WIDEST = 45  # characters: a longer text may just as well be broken
_LONGEST = 30  # characters: no longer word has a claim to stand unbroken
_WHOLE = 16  # characters: a date or a number this short is broken only where there is no room
_PADDING = 3  # characters that a cell's margin is worth; the last column has none
_CHARACTER = 5.0  # points: a generous mean of bold Arial in the size of tables


def column_shares(table: Table, width: float) -> tuple[float, ...]:
    """What part of the table's width each column gets, by what it holds.

    Each gets what its text wants when there is room for it, otherwise at least room for its longest word.

    Args:
        width: of the whole table, in points.
    Returns:
        Fractions that add up to 1.
    """
    columns = [
        [plain(column.head, " "), *(plain(row[place], " ") for row in table.rows)]
        for place, column in enumerate(table.columns)
    ]
    room = width / _CHARACTER - _PADDING * (len(columns) - 1)
    words = [min(_LONGEST, max(map(len, " ".join(texts).split()), default=0)) for texts in columns]
    figures = [max(pair) for pair in zip(words, map(_longest_figure, columns), strict=True)]
    floors = figures if sum(figures) <= room else words
    wishes = [min(_WIDEST, max(map(len, texts))) for texts in columns]
    wants = [max(floor, wish) for floor, wish in zip(floors, wishes, strict=True)]
    *shares, last = _shares(floors, wants, room)
    padded = [*(share + _PADDING for share in shares), max(last, 1)]
    return tuple(share / sum(padded) for share in padded)


def _longest_figure(texts: list[str]) -> int:
    figures = (text for text in texts if len(text) <= _WHOLE and any(map(str.isdigit, text)))
    return max(map(len, figures), default=0)


def whole_widths(shares: tuple[float, ...], total: int) -> tuple[int, ...]:
    """Shares of `total` as whole numbers that add up; the first column takes the difference."""
    rounded = [int(total * share) for share in shares]
    return (rounded[0] + total - sum(rounded), *rounded[1:])


def _shares(floors: list[int], wants: list[int], room: float) -> list[float]:
    """What every column wants if there is `room` (in characters), else its floor and a part of the rest."""
    spare = room - sum(floors)
    asked = sum(wants) - sum(floors)
    if spare >= asked:
        return [float(want) for want in wants]
    part = max(spare, 0) / asked if asked else 0
    return [floor + (want - floor) * part for floor, want in zip(floors, wants, strict=True)]
