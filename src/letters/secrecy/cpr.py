"""Anything that looks like a CPR number, whoever's it may be.

Ten figures whose first six are a date are at least a warning. They are taken for a CPR number when the check
digit holds or "cpr" stands near. The check digit never clears a number: those given since 2007 may lack it. A
label such as "P-nr." right before the number makes it a warning, for that number alone, unless it is written
as only CPR numbers are (six figures, hyphen, four) and the check digit holds.

Sources: CPR-loven (lovbekendtgørelse nr. 1010 af 2023); modulus 11: python-stdnum, `dk.cpr`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from letters.secrecy.normal import BROKEN

_GAP = rf"(?:[ \t]{{0,2}}[-_./:{BROKEN}][ \t\n]{{0,2}}|[ \t]{{1,3}})"
# Ten figures with nothing between them that no form of a number has there, which is seen at the speed of C:
# what may stand in `_GAP` falls out, and ten figures in a row are left.
_IN_GAPS = f" \t\n-_./:{BROKEN}".encode()
_IS_FIGURE = bytes(chr(code) in "0123456789" for code in range(256))
_TEN = b"\1" * 10
# Each begins with a figure and looks back only then, so that a text is passed over at the speed of C.
_LOOKS = re.compile(
    rf"[0-9](?<![0-9][0-9])(?<![0-9][,.][0-9])(?:"
    rf"[0-9]{{5}}{_GAP}?[0-9]{{4}}"  # 010180-0008, 0101800008, 010180 0008
    rf"|[0-9]{_GAP}[0-9]{{2}}{_GAP}[0-9]{{2}}{_GAP}[0-9]{{4}}"  # 01.01.80-0008, 01 01 80 0008
    rf"|[0-9]{{3}}(?:18|19|20)[0-9]{{2}}[-/][0-9]{{4}}"  # 01011980-0008
    rf"|[0-9]{_GAP}[0-9]{{2}}{_GAP}(?:18|19|20)[0-9]{{2}}-[0-9]{{4}}"  # 01.01.1980-0008
    rf"|(?:{_GAP}[0-9]){{9}}"  # 0 1 0 1 8 0 - 0 0 0 8
    rf")(?![0-9])"
)
_PLAIN = re.compile(rf"[0-9](?<![0-9][0-9])[0-9]{{5}}[-{BROKEN}][0-9]{{4}}(?![0-9])")
_NEAR_BEFORE = 40
_NEAR_AFTER = 15
_CALLED_CPR = re.compile(r"c\.?p\.?r|person[- ]?n(?:umme)?r|civil registration", re.IGNORECASE)
# What such a number is called when it is something else, right before it: "P-nr. ", "fakturanummeret er ".
_CALLED_OTHERWISE = re.compile(
    r"(?<![a-z])(?:p|produktionsenhed\w*|ean|gln|gtin|cvr|se|sags?|journal|j|faktura|ordre|(?:bank)?konto|reg|iban"
    r"|telefon|tlf|mobil|bilags?|loebe|dok(?:ument)?|kunde|matrikel|id|isbn|betalings|reference)"
    r"(?:[-. ]{0,2}n(?:r|ummer)(?:et)?)?[-. :#]{0,4}(?:er )?\Z",
    re.IGNORECASE,
)
_USUAL = re.compile(rf"\d{{6}}[-{BROKEN}]\d{{4}}")
_HEX = re.compile(r"[0-9a-fA-F]{20,}")


@dataclass(frozen=True, slots=True, repr=False)
class Suspect:
    """A place that looks like a CPR number.

    Attributes:
        start: where it stands in the folded text.
        number: its ten figures.
        sure: whether it must be taken for one; False is a warning.
    """

    start: int
    number: str
    sure: bool

    def __repr__(self) -> str:
        return f"<Suspect at {self.start}>"


def civil_numbers(folded: str, *, markup: bool = False) -> Iterator[Suspect]:
    """Find what looks like CPR numbers in a folded text (see `normal.fold`).

    Args:
        markup: the text is a file's own language, full of numbers; only what is written as a CPR
            number counts.
    """
    if not _may_hold_ten(folded):
        return
    plain = markup and _CALLED_CPR.search(folded) is None
    for found in (_PLAIN if plain else _LOOKS).finditer(folded):
        number = _ten(found[0])
        if number is None or _inside_hash(folded, found):
            continue
        sure = _is_sure(folded, found, number)
        if not markup or _counts_in_markup(found[0], number, folded, found):
            yield Suspect(found.start(), number, sure)


def may_hold_number(folded: str) -> bool:
    """Whether anything in a folded text has the form of a CPR number, whatever stands around the text."""
    return _may_hold_ten(folded) and any(
        _ten(found[0]) is not None and not _inside_hash(folded, found)
        for pattern in (_LOOKS, _PLAIN)
        for found in pattern.finditer(folded)
    )


def _may_hold_ten(folded: str) -> bool:
    return _TEN in folded.encode("ascii", "replace").translate(_IS_FIGURE, _IN_GAPS)


def _ten(written: str) -> str | None:
    figures = re.sub(r"\D", "", written)
    if len(figures) == 12:
        figures = figures[:4] + figures[6:]
    return figures if _is_dated(figures) else None


def _is_dated(figures: str) -> bool:
    """Whether the first six are a date; replacement numbers add 60 to the day."""
    day = int(figures[:2])
    if 61 <= day <= 91:
        figures = f"{day - 60:02}{figures[2:]}"
    if not "01" <= figures[2:4] <= "12":
        return False  # no month, whatever the day and the year
    from stdnum.dk import cpr as danish_cpr  # loads Python's ssl and more; most letters hold no such figures
    from stdnum.exceptions import ValidationError

    try:
        danish_cpr.get_birth_date(figures)
    except ValidationError:
        return False
    return True


def check_holds(number: str) -> bool:
    """Whether the modulus 11 check of ten figures holds."""
    from stdnum.dk import cpr as danish_cpr

    return bool(danish_cpr.checksum(number) == 0)


def _is_sure(text: str, found: re.Match[str], number: str) -> bool:
    before = text[max(0, found.start() - _NEAR_BEFORE) : found.start()]
    after = text[found.end() : found.end() + _NEAR_AFTER]
    named = [match.end() for match in _CALLED_CPR.finditer(before)]
    otherwise = _CALLED_OTHERWISE.search(before)
    if otherwise and (not named or named[-1] <= otherwise.start()):
        return _USUAL.fullmatch(found[0]) is not None and check_holds(number)
    return bool(named) or _CALLED_CPR.search(after) is not None or check_holds(number)


def _counts_in_markup(written: str, number: str, text: str, found: re.Match[str]) -> bool:
    near = text[max(0, found.start() - _NEAR_BEFORE) : found.end() + _NEAR_AFTER]
    hyphenated = _USUAL.fullmatch(written) is not None
    return (hyphenated and check_holds(number)) or _CALLED_CPR.search(near) is not None


def _inside_hash(text: str, found: re.Match[str]) -> bool:
    """Whether the figures are part of a long hexadecimal number, as in a manifest."""
    start, end = found.span()
    if not (text[start - 1 : start].isalnum() or text[end : end + 1].isalnum()):
        return False
    around = text[max(0, start - 64) : end + 64]
    offset = start - max(0, start - 64)
    return any(run.start() <= offset < run.end() for run in _HEX.finditer(around))
