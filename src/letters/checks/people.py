"""Who is who: a representative is not the party, and CPR numbers stay where they belong.

Sources: forvaltningslovens § 8; databeskyttelseslovens § 11.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from itertools import pairwise

from letters.case.spec import Matter
from letters.checks.facts import Facts
from letters.checks.reading import Line, names
from letters.checks.rules import Reading, lacks, wrong
from letters.document.model import Role
from letters.problems import N_, Place, Problem, Severity

_PARTY = "forvaltningslovens § 8"
_CPR = "databeskyttelseslovens § 11"
# Here the reader is spoken to as the one who represents the party.
_TO_THE_READER = frozenset({Role.OPENING, Role.CLOSING, Role.INFORMATION, Role.SIGNATURE, Role.ATTACHMENTS})
_YOU = re.compile(r"(?<![\w-])(?:[Dd]u|[Dd]ig|[Dd]in|[Dd]it|[Dd]ine|jer|[Jj]eres)(?![\w-])")
_NUMBER = re.compile(r"(?<!\d)(\d{6})[\s/.–\u2010\u2011-]{0,3}(\d{4})(?![\d-])")


def reader_is_not_the_party(reading: Reading) -> Iterator[Problem]:
    """What is decided about the party is not said of the representative who reads the letter."""
    if reading.facts.reader_is_party:
        return
    for line in reading.lines:
        if line.quoted or (line.section and line.section.role in _TO_THE_READER):
            continue
        for found in _YOU.finditer(line.text):
            field = line.field(found.start())
            if line.is_quoted(found.start()) or _of_the_reader(line, field):
                continue
            yield wrong(
                line.place(found.start()),
                "law.party-addressed",
                N_('"{word}" speaks to the reader, who is not the party'),
                _PARTY,
                N_("name the party; in the wording use {{{{ Du }}}}, {{{{ din }}}} and their like"),
                severity=Severity.WARNING if field else Severity.ERROR,
                word=found[0],
            )
            break  # one a line


def _of_the_reader(line: Line, field: str | None) -> bool:
    """A case's own words about the party's arguments may well speak to who put them forward."""
    return field is not None and line.section is not None and line.section.role is Role.VIEWS


def party_named(reading: Reading) -> Iterator[Problem]:
    """Whom the letter is about is said when that is not its reader."""
    facts = reading.facts
    if facts.party and not any(_names_party(line, facts.party) for line in reading.lines):
        yield lacks(
            reading,
            "law.party-unnamed",
            N_("the letter does not say whom it is about"),
            _PARTY,
            N_("print {{{{ parten }}}}"),
        )


def _names_party(line: Line, party: str) -> bool:
    """Whether the party is named, in the genitive too."""
    return any(names(line.text, form) for form in (party, f"{party}s", f"{party}'", f"{party}’"))


def numbers_where_they_belong(reading: Reading) -> Iterator[Problem]:
    """A CPR number stands in no window, title or letter to others; a single party may read the own one."""
    told: set[Place] = set()
    for text, place, outside in _printed(reading):
        for found in _NUMBER.finditer(text):
            if _is_number(found) and place not in told:
                told.add(place)
                mine = not outside and _is_own(reading.facts, found[1] + found[2])
                yield _number(place, Severity.WARNING if mine else Severity.ERROR)


def _printed(reading: Reading) -> Iterator[tuple[str, Place, bool]]:
    """Each text of the letter, its place, and whether others than the reader see it: a window, a title."""
    letter = reading.letter
    yield letter.title, Place(reading.facts.wording), True
    for text in (*letter.slots.address, *(line for fact in letter.slots.column for line in fact.lines)):
        yield text.text, Place("", field=text.field), True
    for line in reading.lines:
        starts = [start for start, _ in line.texts] if _NUMBER.search(line.text) else []
        for start, end in pairwise([*starts, len(line.text)]):
            yield line.text[start:end], line.place(start), line.section is None


def _is_own(facts: Facts, number: str) -> bool:
    """Whether a number in the body may be the only reader's own."""
    alone = facts.reader_is_party and not facts.several and facts.matter is not Matter.REPLY
    return alone and facts.number in ("", number)


def _number(place: Place, severity: Severity) -> Problem:
    return wrong(
        place,
        "law.cpr-printed",
        N_("a CPR number is printed here"),
        _CPR,
        N_("take it out: it tells sex and birth date, and identifies a person for ever"),
        severity=severity,
    )


def _is_number(found: re.Match[str]) -> bool:
    """Whether the first six figures are a day; replacement numbers add 60 to it."""
    day, month, year = (int(found[1][at : at + 2]) for at in (0, 2, 4))
    try:
        dt.date(2000 + year, month, day - 60 if day > 60 else day)
    except ValueError:
        return (day - 60 if day > 60 else day, month) == (29, 2)
    return True


RULES = (reader_is_not_the_party, party_named, numbers_where_they_belong)
