"""The types of a case file's fields, and what is said when a value is no such thing.

Each type has one function from what the file holds (`str`, and in JSON also numbers and booleans) to the
typed value; it raises `FieldError`. The models name them in their types, the library's own fields use them
directly.

Text is kept as it is written, normalised to Unicode's form NFC, or refused by name. Nothing is trimmed from
a plain text: a space at its ends is refused, since nobody sees it.
"""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from collections.abc import Mapping
from decimal import Decimal
from typing import Annotated, Any

from letters.case.tree import shown
from letters.danish.characters import refused_characters
from letters.problems import N_
from letters.records import Read

LONGEST_PLAIN = 10_000
LONGEST_PROSE = 200_000
LONGEST_HEADING = 500
LONGEST_CODE = 80
FIRST_YEAR, LAST_YEAR = 1900, 2199

_DATE = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})")
_CODE = re.compile(r"[a-z0-9][a-z0-9-]*")
_CPR = re.compile(r"([0-9]{6})-?([0-9]{4})")
_NUMBER = re.compile(r"[0-9]{1,15}")
_KRONER = re.compile(r"-?[0-9]{1,15}(\.[0-9]{1,2})?")
_YES = {"true": True, "ja": True, "false": False, "nej": False}


class FieldError(ValueError):
    """Why a value does not fit its field; a `Problem` without its place.

    Attributes:
        code, message, help: as in `Problem`.
        details: the `args` of the problem.
        inside: where in the value the fault lies; empty for the value itself.
    """

    inside: tuple[str | int, ...] = ()

    def __init__(self, code: str, message: str, help: str = "", **details: object) -> None:
        super().__init__(message)
        self.code = code
        self.message = message
        self.help = help
        self.details = details


def heading_text(value: object) -> str:
    """A heading: plain text of at most 500 characters, so that it leaves room for what it stands above.

    Raises:
        FieldError: as `plain_text`.
    """
    _text(value, LONGEST_HEADING)
    return plain_text(value)


def plain_text(value: object) -> str:
    """One line of text, printed as it stands, at most 10,000 characters.

    Raises:
        FieldError: when it is no text, empty, too long, of several lines, has a space at its ends, or holds
        a character
            that is no character of a printed line.
    """
    text = _text(value, LONGEST_PLAIN)
    if "\n" in text or "\r" in text:
        raise FieldError(
            "case.line-break",
            N_("the text must stand on one line"),
            N_("remove the line break; in YAML, `>-` instead of `|` joins lines"),
        )
    _refuse_characters(text)
    if text != text.strip():
        raise FieldError(
            "case.outer-space", N_("the text begins or ends with a space"), N_("remove the space")
        )
    return text


def prose_text(value: object) -> str:
    """Text of any number of lines in the wording's Markdown, at most 200,000 characters.

    Blank lines and spaces around it go, line ends become `\\n`.

    Raises:
        FieldError: when it is no text, empty, too long, or holds a tab or another character that is never
        printed.
    """
    text = _text(value, LONGEST_PROSE).replace("\r\n", "\n")
    _refuse_characters(text.replace("\n", " "))
    return re.sub(r"\A(?: *\n)+", "", text).rstrip(" \n")


def _text(value: object, longest: int) -> str:
    if isinstance(value, int | Decimal) and not isinstance(value, bool):
        raise FieldError(
            "case.number-not-text",
            N_("this is a number, but text is expected"),
            N_("write it in quotes: a CPR number or a telephone number would lose its leading zero"),
        )
    if not isinstance(value, str):
        raise _wrong_kind(value)
    if not value.strip():
        raise FieldError("case.empty", N_("the text is empty"), N_("fill it in, or leave the whole line out"))
    if len(value) > longest:
        raise FieldError(
            "case.too-long",
            N_("the text has more than {limit} characters"),
            N_("shorten it, or put it into an attachment"),
            limit=longest,
        )
    return unicodedata.normalize("NFC", value)


def _refuse_characters(text: str) -> None:
    if bad := refused_characters(text):
        raise FieldError(
            "case.character",
            N_("the text holds a character that is never printed: {character}"),
            N_("remove it; in place of a tab write a space"),
            character=", ".join(f"{c.code} {c.name}" for c in bad[:5]),
        )


def _wrong_kind(value: object) -> FieldError:
    if isinstance(value, dict):
        return FieldError(
            "case.wrong-type",
            N_("here stands a group of fields, but text is expected"),
            N_("put a text that begins with a curly bracket or holds a colon and a space in quotes"),
        )
    if isinstance(value, list):
        return FieldError(
            "case.wrong-type",
            N_("here stands a list, but text is expected"),
            N_("put a text that begins with a square bracket or a hyphen in quotes"),
        )
    return FieldError("case.wrong-type", N_("text is expected here"), N_("put it in quotes"))


def iso_date(value: object) -> dt.date:
    """A day that exists, written YYYY-MM-DD, from 1900 to 2199.

    Raises:
        FieldError: on anything else; nothing is guessed.
    """
    help = N_("write the year, the month and the day: 2021-09-02")
    if not isinstance(value, str):
        raise FieldError("case.not-a-date", N_("this is no date"), help)
    found = _DATE.fullmatch(value)
    if not found:
        raise FieldError("case.not-a-date", N_('"{value}" is no date'), help, value=shown(value))
    try:
        day = dt.date(*map(int, found.groups()))
    except ValueError:
        raise FieldError(
            "case.no-such-date", N_("the date {value} does not exist"), help, value=value
        ) from None
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise FieldError(
            "case.date-out-of-range",
            N_("the year {year} lies outside {first} to {last}"),
            help,
            year=day.year,
            first=FIRST_YEAR,
            last=LAST_YEAR,
        )
    return day


def yes_no(value: object) -> bool:
    """true or false; ja or nej.

    Raises:
        FieldError: on anything else.
    """
    answer = value if isinstance(value, bool) else _YES.get(value) if isinstance(value, str) else None
    if answer is None:
        raise FieldError(
            "case.not-yes-no", N_("this is neither yes nor no"), N_("write true or false, ja or nej")
        )
    return answer


def whole_number(value: object) -> int:
    """A whole number from 0.

    Raises:
        FieldError: on anything else, such as "1.234" with a thousands separator.
    """
    if isinstance(value, bool) or not isinstance(value, str | int) or not _NUMBER.fullmatch(str(value)):
        raise FieldError(
            "case.not-a-number",
            N_("this is no whole number"),
            N_("write digits only, with neither point nor space: 1234"),
        )
    return int(value)


def kroner(value: object) -> Decimal:
    """An amount in kroner, with at most two decimals after a point.

    Raises:
        FieldError: on anything else, such as "1.234,50".
    """
    written = "" if isinstance(value, bool) or not isinstance(value, str | int | Decimal) else str(value)
    if not _KRONER.fullmatch(written):
        raise FieldError(
            "case.not-an-amount",
            N_("this is no amount in kroner"),
            N_("write digits, and a point before the øre: 1234.50"),
        )
    return Decimal(written)


class CivilNumber(str):
    """A CPR number, DDMMYY-NNNN. Its repr shows none of it.

    The date must exist. Modulus 11 is not asked: numbers given out since 1 October 2007 may fail it and are
    valid (cpr.dk). Source of the centuries: LTA 2023/862 § 1.
    """

    __slots__ = ()

    def __repr__(self) -> str:
        return "<CPR ******-****>"

    @property
    def digits(self) -> str:
        """The ten digits without the hyphen."""
        return self.replace("-", "")

    @property
    def hidden(self) -> str:
        """What is printed in its place. The number tells sex and birth date, so none of it is shown."""
        return "******-****"

    @classmethod
    def read(cls, value: object) -> CivilNumber:
        """Read DDMMYY-NNNN or ten digits.

        Raises:
            FieldError: when it is no text of that form, or its first six digits are no date.
        """
        found = _CPR.fullmatch(plain_text(value))
        if not found:
            raise FieldError(
                "case.not-a-cpr", N_("this is no CPR number"), N_("write DDMMYY-NNNN or ten digits")
            )
        if not _birth_date_exists(found[1], found[2]):
            raise FieldError(
                "case.cpr-date",
                N_("the first six digits of the CPR number are no date"),
                N_("they are day, month and year; compare them with the case"),
            )
        return cls(f"{found[1]}-{found[2]}")


def _birth_date_exists(date: str, serial: str) -> bool:
    """The serial's first digit and the year's two give the century (domain: 0-3; 4 and 9; 5-8)."""
    day, month, year = int(date[:2]), int(date[2:4]), int(date[4:])
    if serial[0] in "0123":
        century = 1900
    elif serial[0] in "49":
        century = 2000 if year <= 36 else 1900
    else:
        century = 2000 if year <= 57 else 1800
    try:
        dt.date(century + year, month, day)
    except ValueError:
        return False
    return True


def code(value: object) -> str:
    """A code of the library's: small letters a to z, digits and hyphens, at most 80.

    Raises:
        FieldError: for anything else.
    """
    if isinstance(value, str) and len(value) <= LONGEST_CODE and _CODE.fullmatch(value):
        return value
    raise FieldError(
        "case.not-a-code",
        N_("this is no code"),
        N_("a code is made of small letters a to z, digits and hyphens; a number stands in quotes"),
    )


def group(value: object) -> Mapping[str, object]:
    """A group of fields that the library types.

    Raises:
        FieldError: for anything else.
    """
    if isinstance(value, dict):
        return value
    raise no_group()


def no_group() -> FieldError:
    """What is said where a group of fields should stand."""
    return FieldError(
        "case.wrong-type",
        N_("here a group of fields is expected"),
        N_("put each field on a line of its own, indented: `name: ...`"),
    )


PlainText = Annotated[str, Read(plain_text)]
HeadingText = Annotated[str, Read(heading_text)]
ProseText = Annotated[str, Read(prose_text)]
IsoDate = Annotated[dt.date, Read(iso_date)]
YesNo = Annotated[bool, Read(yes_no)]
CivilNumberText = Annotated[CivilNumber, Read(CivilNumber.read)]
Code = Annotated[str, Read(code)]

# Read as any mapping; `read_case` puts the typed values of the library's fields in their place.
Facts = Annotated[Mapping[str, Any], Read(group)]
