"""What must not be told: plain values of an appendix, made ready for the guard.

It knows nothing of case files. No repr, str or message of these types shows a secret.
"""

from __future__ import annotations

import datetime as dt
import enum
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field

from msgspec import Struct

from letters.secrecy.normal import squeeze, without_marks, words

#: So many words of an account in a row are a leak; fewer may be chance.
RUN = 7

# No living person was born before; the oldest numbers tell of the 1800s.
_FIRST_LIVING = 1900

# Parts of names that say nothing alone.
_SMALL = "abd abu ad af al an bin bint da dal de del den der des di do dos du el ibn la las le los ul van von"
_PARTICLES = frozenset(_SMALL.split())


class Kind(enum.Enum):
    """What kind of secret."""

    NAME = "name"
    NAME_PART = "name-part"
    INITIALS = "initials"
    CPR = "cpr"
    BIRTH_DATE = "birth-date"
    ADDRESS = "address"
    PHONE = "phone"
    EMAIL = "email"
    CASE_NUMBER = "case-number"
    ACCOUNT_RUN = "account-run"


@dataclass(frozen=True, slots=True, repr=False)
class Secret:
    """One thing that may not stand in the open letter.

    Attributes:
        text: as it is written; a birth date as YYYY-MM-DD.
        owner: whose it is, in words that may be shown: "person 2 (appendix bilag-1)".
    """

    kind: Kind
    text: str
    owner: str

    def __repr__(self) -> str:
        return f"<Secret {self.kind.value} of {self.owner}>"


@dataclass(frozen=True, slots=True, repr=False)
class Person:
    """What an appendix knows of one person.

    Attributes:
        owner: in words that may be shown, without a name: "person 2 (appendix bilag-1)".
        names: each a whole name; former names and names of relatives, too.
        cpr: with or without hyphen; the birth date is taken from it.
        addresses: street and number, with or without floor; postcode and city are no secret alone.
        accounts: the prose about the person, without markup where possible.
    """

    owner: str
    names: tuple[str, ...] = ()
    cpr: str | None = None
    birth_dates: tuple[dt.date, ...] = ()
    addresses: tuple[str, ...] = ()
    phones: tuple[str, ...] = ()
    emails: tuple[str, ...] = ()
    case_numbers: tuple[str, ...] = ()
    accounts: tuple[str, ...] = ()

    def __repr__(self) -> str:
        return f"<Person {self.owner}>"


class Allowed(Struct, frozen=True):
    """A word that is both a secret and ordinary, and why it may stand. Both come from the open case file."""

    word: str
    reason: str


@dataclass(frozen=True, slots=True, repr=False)
class Secrets:
    """Every secret of the appendices of one letter."""

    items: tuple[Secret, ...] = field(default=())

    def __repr__(self) -> str:
        return f"<Secrets: {len(self.items)}>"

    def __len__(self) -> int:
        return len(self.items)

    @classmethod
    def from_people(cls, people: Iterable[Person]) -> Secrets:
        """The secrets of some people, each once."""
        return cls(tuple(dict.fromkeys(secret for person in people for secret in _of_person(person))))


def _of_person(person: Person) -> Iterator[Secret]:
    for kind, texts in _texts(person):
        for text in texts:
            if squeeze(text):
                yield Secret(kind, text, person.owner)


def _texts(person: Person) -> Iterator[tuple[Kind, Iterable[str]]]:
    yield Kind.NAME, person.names
    yield Kind.NAME_PART, (part for name in person.names for part in name_parts(name))
    yield Kind.INITIALS, (letters for name in person.names if len(letters := _initials(name)) > 1)
    if person.cpr:
        yield Kind.CPR, [person.cpr]
    yield Kind.BIRTH_DATE, (day.isoformat() for day in _birth_dates(person))
    yield Kind.ADDRESS, person.addresses
    yield Kind.PHONE, person.phones
    yield Kind.EMAIL, person.emails
    yield Kind.CASE_NUMBER, person.case_numbers
    yield Kind.ACCOUNT_RUN, (run for account in person.accounts for run in account_runs(account))


def name_parts(name: str) -> list[str]:
    """The words of a name that mean something alone; at hyphens, too. Single letters and particles do not."""
    if len(words(name)) < 2:
        return []
    return [
        piece
        for part in name.replace("‐", "-").replace("‑", "-").replace("-", " ").split()
        if len(key := squeeze(piece := part.strip(".,()\"'"))) > 1 and key not in _PARTICLES
    ]


def _initials(name: str) -> str:
    return "".join(word[0] for word in words(name))


def _birth_dates(person: Person) -> list[dt.date]:
    days = list(person.birth_dates)
    if person.cpr:
        from stdnum.dk import cpr as danish_cpr  # loads Python's ssl and more; most letters have no secret
        from stdnum.exceptions import ValidationError

        with suppress(ValidationError, ValueError, IndexError):  # a replacement number tells no birth date
            days.extend(_born(danish_cpr.get_birth_date(person.cpr)))
    return days


def _born(day: dt.date) -> Iterator[dt.date]:
    """The date that a CPR number tells; test numbers tell of the 1800s and are meant for living people."""
    yield day
    if day.year < _FIRST_LIVING:
        with suppress(ValueError):  # 29 February 1800 and 1900 were no days
            yield day.replace(year=day.year + 100)


def account_runs(account: str) -> list[str]:
    """Every run of `RUN` words of an account, each once; also as it is typed without å, æ and ø."""
    spelled = (words(account), words(without_marks(account)))
    return list(
        dict.fromkeys(" ".join(found[i : i + RUN]) for found in spelled for i in range(len(found) - RUN + 1))
    )
