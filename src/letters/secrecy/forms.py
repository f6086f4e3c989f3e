"""How each kind of secret may be written, and what a place must meet to count."""

from __future__ import annotations

import datetime as dt
import enum
import re
from collections.abc import Iterator

from letters.secrecy.dates import below_hundred, exact_forms, short_forms, squeezed_forms
from letters.secrecy.normal import squeeze, without_marks, words
from letters.secrecy.secrets import Kind, Secret

# A whole name this long is found inside other words, too ("brevamalnoor.pdf").
_DISTINCT = 8
# A case number shorter than this is sought only divided as it is written.
_LONG_NUMBER = 6


class Rule(enum.Enum):
    """What a place must meet to count."""

    ANYWHERE = enum.auto()
    """Any letters in this order; a name inside other words only when it is in one piece."""
    WORD = enum.auto()
    """A word of its own, also spaced out or broken at a line's end; with a genitive ending."""
    PHRASE = enum.auto()
    """Begins and ends with a word; gaps as they come."""
    FIGURES = enum.auto()
    """Figures with gaps as they come; as part of a longer figure, perhaps."""
    NUMBER = enum.auto()
    """Figures that are no part of a longer figure; gaps as they come."""
    PHONE = enum.auto()
    """As `NUMBER`, but the country's number may stand before it."""
    EXACT = enum.auto()
    """Divided into just these words."""
    INITIALS = enum.auto()
    """Capitals, together or each with a point."""


#: Squeezed text, rule, and the words it is written with for `Rule.EXACT` and `Rule.WORD`.
Form = tuple[str, Rule, tuple[str, ...]]


def forms(secret: Secret) -> Iterator[Form]:
    """Every written form of a secret that the guard looks for."""
    match secret.kind:
        case Kind.NAME:
            yield from _name(secret.text)
        case Kind.NAME_PART:
            yield from ((text, Rule.WORD, tuple(words(secret.text))) for text in spellings(secret.text))
        case Kind.INITIALS:
            yield secret.text, Rule.INITIALS, ()
        case Kind.CPR:
            yield from _cpr(squeeze(secret.text))
        case Kind.BIRTH_DATE:
            yield from _birth_date(dt.date.fromisoformat(secret.text))
        case Kind.ADDRESS:
            yield from _address(secret.text)
        case Kind.PHONE:
            yield _phone(squeeze(secret.text)), Rule.PHONE, ()
        case Kind.EMAIL:
            yield from ((text, Rule.ANYWHERE, ()) for text in _email(secret.text))
        case Kind.CASE_NUMBER:
            yield from _case_number(secret.text)
        case Kind.ACCOUNT_RUN:
            raise ValueError("runs are prepared together")


def spellings(text: str) -> list[str]:
    """A text squeezed; also as people write it who have no å, æ, ø or ü (Soren, Ase, Muller and Mueller)."""
    written_out = text.replace("ü", "ue").replace("Ü", "Ue")
    return list(dict.fromkeys(map(squeeze, (text, without_marks(text), written_out))))


def _name(name: str) -> Iterator[Form]:
    found = words(name)
    first_last = " ".join((*found[-1:], *found[:-1]))
    for text in dict.fromkeys((*spellings(name), squeeze(first_last))):
        rule = Rule.WORD if len(found) == 1 else Rule.ANYWHERE if len(text) >= _DISTINCT else Rule.PHRASE
        yield text, rule, ()


def _cpr(number: str) -> Iterator[Form]:
    yield number, Rule.FIGURES, ()
    if number.startswith("0") and number.isdigit():
        yield number[1:], Rule.NUMBER, ()  # as a spreadsheet keeps it
    if len(number) == 10 and number.isdigit():
        # The birth year in full ("01011980-0008"), as some systems write it.
        for century in ("18", "19", "20"):
            yield f"{number[:4]}{century}{number[4:]}", Rule.FIGURES, ()


def _birth_date(day: dt.date) -> Iterator[Form]:
    for form in squeezed_forms(day):
        yield form, Rule.NUMBER, ()
    for form in short_forms(day):
        yield form, Rule.WORD, ()
    for tokens in exact_forms(day):
        yield "".join(tokens), Rule.EXACT, tokens


# Squeezed words of streets and how they are shortened on letters.
_SHORTENED = (
    ("vej", "v"),
    ("gade", "g"),
    ("alle", "al"),
    ("soender", "sdr"),
    ("noerre", "ndr"),
    ("noerre", "nr"),
    ("vester", "v"),
    ("oester", "oe"),
    ("sankt", "skt"),
    ("sankt", "sct"),
)


def _address(address: str) -> Iterator[Form]:
    """Street and number; what follows the number (letter, floor, door) may be left out by a leak."""
    for spelled in (address, without_marks(address)):
        found = words(spelled)
        at = next((i for i, word in enumerate(found) if i and word[0].isdigit()), None)
        if at is None:
            # A place without a number is an address only as a whole.
            yield "".join(found), Rule.PHRASE, ()
            continue
        street, number = "".join(found[:at]), re.match(r"\d+", found[at])[0]  # type: ignore[index]
        for name in dict.fromkeys((street, *_shortened(street))):
            yield from ((f"{name}{middle}{number}", Rule.PHRASE, ()) for middle in ("", "nr", "nummer"))
            yield f"{number}{name}", Rule.PHRASE, ()
            if int(number) < 100:
                yield f"{name}{below_hundred(int(number))}", Rule.PHRASE, ()


def _shortened(street: str) -> Iterator[str]:
    yield from (street.replace(long, short) for long, short in _SHORTENED if long in street)


def _phone(number: str) -> str:
    """The national number: eight figures in Denmark."""
    bare = re.sub(r"^(?:0045|45)(?=\d{8}$)", "", number)
    return re.sub(r"^00", "", bare)


def _email(address: str) -> Iterator[str]:
    local, _, domain = address.partition("@")
    for at in ("", "at", "snabela"):
        for dot in ("", "dot", "punktum", "prik"):
            yield dot.join(words(local)) + at + dot.join(words(domain))
            yield squeeze(local) + at + dot.join(words(domain))


def _case_number(number: str) -> Iterator[Form]:
    """The number, and without a short last part ("2021-0256547-1"): people leave that out when they speak."""
    text, parts = squeeze(number), words(number)
    yield (text, Rule.NUMBER, ()) if len(text) >= _LONG_NUMBER else (text, Rule.EXACT, tuple(parts))
    spoken = "".join(parts[:-1])
    if len(parts) > 2 and len(parts[-1]) < 3 and len(spoken) >= _DISTINCT:
        yield spoken, Rule.NUMBER, ()
