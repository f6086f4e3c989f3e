"""Tables in plain text: aligned columns, or one cell a line where a row is too long."""

from __future__ import annotations

from collections.abc import Sequence

from letters.document import plain
from letters.document.model import Align, Inline, Table
from letters.render.text.layout import indented, one_line, room, wrap

_GAP = "  "
_INDENT = 4

_Row = Sequence[str]


def table_lines(table: Table, width: int) -> list[str]:
    """Draw a table: in columns if they fit, otherwise each cell on lines of its own, in the same order.

    Cells are never wrapped side by side: a reader would no longer meet the words in their order.
    """
    rows = [
        [_cell(column.head) for column in table.columns],
        *([_cell(cell) for cell in row] for row in table.rows),
    ]
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    if sum(widths) + len(_GAP) * (len(widths) - 1) <= width:
        return [_columns(row, widths, [column.align for column in table.columns]) for row in rows]
    return _stacked(rows, width)


def _cell(inlines: Sequence[Inline]) -> str:
    return one_line(plain(inlines))


def _columns(row: _Row, widths: Sequence[int], aligns: Sequence[Align]) -> str:
    cells = (
        cell.rjust(width) if align is Align.RIGHT else cell.ljust(width)
        for cell, width, align in zip(row, widths, aligns, strict=True)
    )
    return _GAP.join(cells)


def _stacked(rows: Sequence[_Row], width: int) -> list[str]:
    lines: list[str] = []
    for head, *cells in rows:
        lines += ["", *wrap(head, width)]
        for cell in cells:
            lines += indented(wrap(cell, room(width, _INDENT)), _INDENT)
    return lines[1:]
