"""How wide a table's columns are.

The widths are fixed in the file, because Word and other readers guess differently when they are left to fit.
"""

from __future__ import annotations

from letters.document.model import Table
from letters.document.walk import plain

_WIDEST = 45  # characters: a longer text may just as well be broken
_PADDING = 3  # characters that a cell's margins are worth
_CHARACTER = 100  # twips: a generous mean of bold Arial in the size of tables


def column_widths(table: Table, total: int) -> tuple[int, ...]:
    """Divide `total` twips among the columns by what they hold.

    Each gets what its text wants when there is room for it, otherwise at least room for its longest word.

    Returns:
        Widths in twips; they add up to `total`.
    """
    columns = [
        [plain(column.head, " "), *(plain(row[place], " ") for row in table.rows)]
        for place, column in enumerate(table.columns)
    ]
    floors = [
        _PADDING + max(len(word) for text in texts for word in [*text.split(), ""]) for texts in columns
    ]
    wishes = [_PADDING + min(_WIDEST, max(len(text) for text in texts)) for texts in columns]
    wants = [max(floor, wish) for floor, wish in zip(floors, wishes, strict=True)]
    shares = _shares(floors, wants, total / _CHARACTER)
    return _whole([total * share / sum(shares) for share in shares], total)


def _shares(floors: list[int], wants: list[int], room: float) -> list[float]:
    """What every column wants if there is `room` (in characters), else its floor and a part of the rest."""
    spare = room - sum(floors)
    asked = sum(wants) - sum(floors)
    if spare >= asked:
        return [float(want) for want in wants]
    part = max(spare, 0) / asked if asked else 0
    return [floor + (want - floor) * part for floor, want in zip(floors, wants, strict=True)]


def _whole(widths: list[float], total: int) -> tuple[int, ...]:
    """Whole widths that add up; the first column takes the difference."""
    rounded = [int(width) for width in widths]
    return (rounded[0] + total - sum(rounded), *rounded[1:])
