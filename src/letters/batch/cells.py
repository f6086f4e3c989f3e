"""Cells of a table -> a case: what Excel and Danes write, turned into what a case file holds.

Nothing is guessed. A cell that can be read in two ways, or that Excel has spoilt, is refused.
"""

from __future__ import annotations

import copy
import datetime as dt
import re
from collections.abc import Callable, Mapping
from typing import Any

from letters.batch.faults import fatal
from letters.batch.mapping import Column, Layout
from letters.case.tree import Path, field_name, nearest, shown
from letters.problems import N_, CaseError, Place, Problem

_DATE = re.compile(r"([0-9]{1,2})[-./ ]+([0-9]{1,2})[-./ ]+([0-9]{4})")
_ISO = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_AMOUNT = re.compile(r"-?(?:[0-9]{1,3}(?:\.[0-9]{3})+|[0-9]+)(?:,[0-9]{1,2})?")
_NUMBER = re.compile(r"[0-9]{1,3}(?:\.[0-9]{3})+|[0-9]+")
#: What Excel makes of a long number: 2,02103E+11.
_SHORTENED = re.compile(r"[0-9],[0-9]+E\+[0-9]+")
_ERRORS = frozenset({"#N/A", "#I/T", "#REF!", "#REFERENCE!", "#VALUE!", "#VÆRDI!", "#DIV/0!", "#DIVISION/0!",
                     "#NAME?", "#NAVN?", "#NUM!", "#NUL!", "#NULL!"})  # fmt: skip
_ONLY_HASHES = re.compile(r"#+")


def case_of(row: Mapping[str, object], mapping: Layout, place: Place) -> dict[str, object]:
    """The case that a row stands for. An empty cell leaves its field out.

    Args:
        row: column -> cell. A cell of JSON may be no text; it goes into the case as it is.
    Raises:
        CaseError: with every cell that cannot be read.
    """
    case: dict[str, Any] = copy.deepcopy(dict(mapping.constants))
    problems: list[Problem] = []
    for name, column in mapping.columns.items():
        try:
            value = _value(row[name], column)
            if value is not None:
                _put(case, column.goal, value)
        except _Unreadable as fault:
            at = Place(place.file, place.line, None, field_name(column.goal))
            problems.append(fatal("batch.cell", fault.message, at, fault.help, column=name, **fault.args_))
    if problems:
        raise CaseError(problems)
    return case


class _Unreadable(Exception):
    def __init__(self, message: str, help_: str = "", **args: object) -> None:
        super().__init__(message)
        self.message, self.help, self.args_ = message, help_, args


def _value(cell: object, column: Column) -> object:
    if not isinstance(cell, str):
        return cell
    text = cell.strip()
    if not text:
        return None
    if text in _ERRORS or _ONLY_HASHES.fullmatch(text):
        raise _Unreadable(N_("the column {column} holds an error of the spreadsheet"))
    if _SHORTENED.fullmatch(text):
        raise _Unreadable(
            N_("the column {column} holds a number that Excel has shortened"),
            N_("format the column as text, fill it in again, and save the file again"),
        )
    if column.values:
        return _chosen(text, column.values)
    return _KINDS[column.kind](text)


def _chosen(text: str, values: Mapping[str, str]) -> str:
    if text in values:
        return values[text]
    near = nearest(text, values)
    help_ = N_("did you mean {near}?") if near else N_("these are known: {known}")
    known = ", ".join(values)
    message = N_("{value} in the column {column} is not among the mapping's values")
    raise _Unreadable(message, help_, value=shown(text), near=near, known=known)


def _date(text: str) -> str:
    if _ISO.fullmatch(text):
        return text
    found = _DATE.fullmatch(text)
    message = N_("{value} in the column {column} is no date")
    if not found:
        raise _Unreadable(
            message, N_("write 02-09-2021 or 2021-09-02, with all four digits of the year"), value=shown(text)
        )
    day, month, year = map(int, found.groups())
    try:
        return dt.date(year, month, day).isoformat()
    except ValueError:
        raise _Unreadable(message, N_("day, month and year, in this order"), value=shown(text)) from None


def _amount(text: str) -> str:
    if not _AMOUNT.fullmatch(text):
        help_ = N_("write 1.234,50 or 1234,50: a comma before the øre, a point only between thousands")
        raise _Unreadable(N_("{value} in the column {column} is no amount"), help_, value=shown(text))
    return text.replace(".", "").replace(",", ".")


def _number(text: str) -> str:
    if not _NUMBER.fullmatch(text):
        help_ = N_("write 1234 or 1.234")
        raise _Unreadable(N_("{value} in the column {column} is no whole number"), help_, value=shown(text))
    return text.replace(".", "")


_KINDS: Mapping[str, Callable[[str], str]] = {
    "text": str,
    "date": _date,
    "amount": _amount,
    "number": _number,
}


def _put(case: dict[str, Any], path: Path, value: object) -> None:
    """Put a value at a path, making the groups and lists on the way."""
    here: Any = case
    for step, following in zip(path, (*path[1:], None), strict=True):
        fresh: Any = value if following is None else [] if isinstance(following, int) else {}
        if isinstance(step, int):
            if step > len(here):
                message = N_("the column {column} is filled in, but an earlier one of the same list is empty")
                raise _Unreadable(message)
            if step == len(here):
                here.append(fresh)
            elif following is None:
                here[step] = value
        elif following is None:
            here[step] = value
        else:
            here.setdefault(step, fresh)
        here = here[step]
