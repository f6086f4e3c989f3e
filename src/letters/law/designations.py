"""Reading designations by kind, number and date ("lov nr. 145 af 25. marts 2002") and their amendments."""

from __future__ import annotations

import datetime as dt
import re

from letters.law.citation import AMENDED_BY, MONTHS, Amended, Amendment, Designation, Kind
from letters.law.grammar import Reader, SlipKind, read_place
from letters.law.names import name_at

_MOST_AMENDMENTS = 60

_MONTH = "|".join(MONTHS)
_LONG_DATE = rf" af (?P<day>[1-9]|[0-3]\d)\. ?(?P<month>{_MONTH}) (?P<year>[12]\d{{3}})(?!\d)"
_SHORT_DATE = r" af (?P<d>[0-3]?\d)[/.-](?P<m>[01]?\d)[ /.-](?P<y>[12]\d{3})(?!\d)"
_WORDS = "|".join(
    f"[{kind.word[0].upper()}{kind.word[0]}]{kind.word[1:]}" for kind in Kind if not kind.european
)
_SIGNS = "|".join(kind.sign for kind in Kind if not kind.european)
_NATIONAL = re.compile(
    rf"(?:(?P<word>{_WORDS})|(?P<sign>{_SIGNS})) nr(?P<stop>\.?)(?P<space> ?)"
    rf"(?P<number>[1-9]\d{{0,4}})(?![\d/])"
    rf"(?:{_LONG_DATE}|{_SHORT_DATE})?",
)
_EUROPEAN = re.compile(
    r"(?P<word>forordning|direktiv) "
    r"(?P<number>(?:\((?:EU|EF|EØF)\) )?(?:nr\. )?\d{2,4}/\d{1,4}(?:/(?:EU|EF|EØF))?)(?![\d/\w])"
    rf"(?:{_LONG_DATE})?",
    re.IGNORECASE,
)
_KINDS = {name.lower(): kind for kind in Kind for name in (kind.word, kind.sign) if name}


def read_designation(reader: Reader) -> Designation | None:
    start = reader.pos
    found = reader.take(_NATIONAL)
    if found is None:
        return _european(reader)
    if (not found["stop"] and not found["sign"]) or not found["space"]:
        reader.slip(SlipKind.SPACE if not found["space"] else SlipKind.ABBREVIATION, start)
    date = _date(found)
    if date is None:
        reader.pos = found.end("number")
    kind = _KINDS[(found["word"] or found["sign"]).lower()]
    return Designation(kind, found["number"], date, bool(found["sign"]))


def _european(reader: Reader) -> Designation | None:
    found = reader.take(_EUROPEAN)
    if found is None:
        return None
    date = _date(found)
    if date is None:
        reader.pos = found.end("number")
    return Designation(_KINDS[found["word"].lower()], found["number"], date)


def _date(found: re.Match[str]) -> dt.date | None:
    groups = found.groupdict()
    try:
        if groups.get("day"):
            return dt.date(int(groups["year"]), MONTHS.index(groups["month"].lower()) + 1, int(groups["day"]))
        if groups.get("d"):
            return dt.date(int(groups["y"]), int(groups["m"]), int(groups["d"]))
    except ValueError:  # no such day
        return None
    return None


_AMENDED = re.compile(rf",? ({'|'.join(re.escape(phrase) for phrase in AMENDED_BY)})(?!\w)")
_NEXT_AMENDMENT = re.compile(r"(?:, og | og |, )(?!senest)")
_LATEST = re.compile(r",? og senest ved ")
_IN = re.compile(r",? i ")
_ONE_SPACE = re.compile(r" ")


def read_amended(reader: Reader) -> Amended | None:
    """The tail of a designation, from its comma on."""
    mark = reader.mark()
    found = reader.take(_AMENDED)
    if found is None:
        return None
    if found[1] == AMENDED_BY[-1]:
        return Amended(found[1])
    by = _amendments(reader)
    if not by:
        reader.reset(mark)
        return None
    mark = reader.mark()
    latest = _amendment(reader) if reader.take(_LATEST) else None
    if latest is None:
        reader.reset(mark)
    return Amended(found[1], by, latest)


def _amendments(reader: Reader) -> tuple[Amendment, ...]:
    by: list[Amendment] = []
    separator = _ONE_SPACE
    while len(by) < _MOST_AMENDMENTS:
        mark = reader.mark()
        one = _amendment(reader) if reader.take(separator) else None
        if one is None:
            reader.reset(mark)
            break
        by.append(one)
        separator = _NEXT_AMENDMENT
    return tuple(by)


def _amendment(reader: Reader) -> Amendment | None:
    place = read_place(reader)
    if place is not None and not reader.take(_IN):
        return None
    designation = read_designation(reader)
    return None if designation is None else Amendment(designation, place)


def names_act_after(reader: Reader) -> bool:
    """Whether " i lov om ..." or the like follows, so that the place before belongs to that act."""
    found = _IN.match(reader.text, reader.pos)
    if found is None:
        return False
    text, pos = reader.text, found.end()
    if _NATIONAL.match(text, pos) or _EUROPEAN.match(text, pos):
        return True
    return name_at(text, pos, reader.known) is not None
