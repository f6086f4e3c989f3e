"""The Danish filters of the wording language: values in, printable text out.

Each refuses what it is not for, so that a date never goes through `|antal` by mistake.
"""

from __future__ import annotations

import datetime as dt
import functools
from collections.abc import Callable, Mapping
from decimal import Decimal

from jinja2.runtime import Undefined

from letters import danish
from letters.wording.values import CaseDate, CaseNumber, Merged, Record, field_of


class FilterError(Exception):
    """A value of the wrong kind met a filter. The text is an English message id with the fields below."""

    def __init__(self, name: str, wants: str, got: object) -> None:
        self.name, self.wants, self.got = name, wants, kind(got)
        super().__init__(f"|{name} wants {wants}, not {self.got}")


def kind(value: object) -> str:
    """What a value is, in the words of docs/wording.md; never its contents."""
    match value:
        case None:
            return "nothing"
        case bool():
            return "yes or no"
        case str():
            return "text"
        case CaseDate() | dt.date():
            return "a date"
        case CaseNumber() | int() | Decimal():
            return "a number"
        case list() | tuple():
            return "a list"
        case Record():
            return "a group of fields"
        case _:
            return "prose"


def _text(name: str, value: object) -> str:
    if not isinstance(value, str):
        raise FilterError(name, "a text", value)
    return value


def _number(name: str, value: object) -> int | Decimal:
    if isinstance(value, CaseNumber):
        return value.value
    if isinstance(value, int | Decimal) and not isinstance(value, bool):
        return value
    raise FilterError(name, "a number", value)


def _whole(name: str, value: object) -> int:
    number = _number(name, value)
    if isinstance(number, Decimal):
        raise FilterError(name, "a whole number", value)
    return number


def dato(value: object) -> Merged:
    """13. august 2021"""
    if not isinstance(value, CaseDate):
        raise FilterError("dato", "a date", value)
    return Merged(danish.dato(value.value), value.field)


def kroner(value: object) -> Merged:
    """1.234,50 kr."""
    return Merged(danish.kroner(Decimal(_number("kroner", value))), field_of(value))


def antal(value: object) -> Merged:
    """1.234"""
    return Merged(danish.antal(_whole("antal", value)), field_of(value))


def talord(value: object, genus: str = "en") -> Merged:
    """en ... tolv in words; `talord("et")` before a neuter noun."""
    number = len(value) if isinstance(value, list | tuple) else _whole("talord", value)
    return Merged(danish.talord(number, genus), field_of(value))


def ejefald(value: object) -> Merged:
    """The genitive."""
    return Merged(danish.ejefald(_text("ejefald", value)), field_of(value))


def _texts(name: str, value: object) -> list[str]:
    if not isinstance(value, list | tuple) or not value:
        raise FilterError(name, "a list with something in it", value)
    return [_text(name, item) for item in value]


def liste(value: object) -> Merged:
    """a, b og c"""
    texts = _texts("liste", value)
    return Merged(danish.liste(texts), field_of(texts[0]))


def navne(value: object) -> Merged:
    """The names of recipients: A, B og C."""
    if not isinstance(value, list | tuple) or not all(isinstance(v, Record) and "name" in v for v in value):
        raise FilterError("navne", "the recipients", value)
    return liste([item["name"] for item in value])


def stort(value: object) -> Merged:
    """First letter capital."""
    return Merged(danish.stort(_text("stort", value)), field_of(value))


def flertal(value: object, ental: str, flertal: str) -> Merged:
    """Picks by a number or by how many a list holds."""
    number = len(value) if isinstance(value, list | tuple) else _whole("flertal", value)
    return Merged(danish.flertal(number, ental, flertal))


def _strict(filter_: Callable[..., Merged]) -> Callable[..., Merged]:
    """A filter that tells of a name that does not exist, not of its kind."""

    @functools.wraps(filter_)
    def strict(value: object, *args: str, **kwargs: str) -> Merged:
        if isinstance(value, Undefined):
            value._fail_with_undefined_error()
        return filter_(value, *args, **kwargs)

    return strict


FILTERS: Mapping[str, Callable[..., Merged]] = {
    filter_.__name__: _strict(filter_)
    for filter_ in (dato, kroner, antal, talord, ejefald, liste, navne, stort, flertal)
}
