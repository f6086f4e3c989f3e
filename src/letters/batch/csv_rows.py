"""CSV text -> rows, one at a time, each with its number as the spreadsheet shows it.

A row that is broken is told and stepped over. A quotation mark that nobody closes would swallow the rows
after it; they are read as rows of their own.
"""

from __future__ import annotations

import csv
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TextIO

from letters.batch.faults import fatal
from letters.problems import N_, CaseError, Place, Problem

#: A cell may have line breaks; a row of more lines than this has lost a quotation mark.
MOST_LINES = 500
LONGEST_ROW = 2_000_000


@dataclass(frozen=True, slots=True)
class Row:
    """A row's cells; or, with no cells, what is wrong with it. `number` counts from 1, the headings."""

    number: int
    cells: Sequence[str] = ()
    problem: Problem | None = None


def rows(text: TextIO, separator: str, file: str, width: int | None = None) -> Iterator[Row]:
    """Every row that is not empty.

    Args:
        text: opened with `newline=""`.
        width: how many cells a row has; None: as many as the first.
    """
    lines = _Lines(text)
    number = 0
    while (first := lines.take()) is not None:
        number += 1
        row, read = _row(first, lines, separator, number, file)
        if row.problem is None and width is None:
            width = len(row.cells)
        if row.problem is None and len(row.cells) != width and any(cell.strip() for cell in row.cells):
            row = Row(number, problem=_cells(Place(file, number), len(row.cells), width))
        if row.problem is not None:
            lines.give_back(read)
        if row.problem is not None or any(cell.strip() for cell in row.cells):
            yield row


def _row(first: str, lines: _Lines, separator: str, number: int, file: str) -> tuple[Row, list[str]]:
    """A row, and the lines after its first that were read for it."""
    read: list[str] = []
    quotes, size = first.count('"'), len(first)
    while quotes % 2 and len(read) < MOST_LINES and size <= LONGEST_ROW:
        line = lines.take()
        if line is None:
            break
        read.append(line)
        quotes += line.count('"')
        size += len(line)
    place = Place(file, number)
    if quotes % 2:
        return Row(number, problem=_open_quote(place)), read
    try:
        parsed = list(csv.reader([first, *read], delimiter=separator, strict=True))
    except csv.Error:
        return Row(number, problem=_quotes(place)), read
    if len(parsed) > 1:
        return Row(number, problem=_quotes(place)), read
    return Row(number, parsed[0] if parsed else ()), read


class _Lines:
    """The file's lines, some of which come back."""

    def __init__(self, text: TextIO) -> None:
        self._text = iter(lambda: text.readline(LONGEST_ROW), "")
        self._again: deque[str] = deque()

    def take(self) -> str | None:
        return self._again.popleft() if self._again else next(self._text, None)

    def give_back(self, lines: Sequence[str]) -> None:
        self._again.extendleft(reversed(lines))


def separator_of(first: str, stated: str | None, wanted: Iterable[str], place: Place) -> str:
    """What stands between cells: the one with which the headings are those that the mapping names.

    Raises:
        CaseError: with none of them; the columns that are missing are told.
    """
    wanted = tuple(wanted)
    names: list[str] = []
    for candidate in (stated,) if stated else (";", ",", "\t"):
        found = headings(first, candidate)
        if set(wanted) <= set(found):
            return candidate
        if len(found) > len(names):
            names = found
    missing = [name for name in wanted if name not in names]
    raise CaseError([_missing(place, missing, names)])


def headings(line: str, separator: str) -> list[str]:
    """The names of the columns; empty when the line cannot be read."""
    try:
        return [cell.strip() for cell in next(csv.reader([line], delimiter=separator, strict=True), [])]
    except csv.Error:
        return []


def _missing(place: Place, missing: Sequence[str], names: Sequence[str]) -> Problem:
    return fatal(
        "batch.column-missing",
        N_("the table has no column {missing}"),
        place,
        N_("it has: {names}"),
        missing=", ".join(missing),
        names=", ".join(names),
    )


def _open_quote(place: Place) -> Problem:
    message = N_("a quotation mark in this row is not closed")
    return fatal("batch.quotes", message, place, N_("the rows after it were read all the same"))


def _quotes(place: Place) -> Problem:
    message = N_("the quotation marks of this row do not fit together")
    return fatal("batch.quotes", message, place, N_('a quotation mark within a cell is written twice: ""'))


def _cells(place: Place, found: int, width: int | None) -> Problem:
    message = N_("the row has {found} cells, but there are {width} columns")
    help_ = N_("a cell with the separator in it stands in quotation marks")
    return fatal("batch.cells", message, place, help_, found=found, width=width)
