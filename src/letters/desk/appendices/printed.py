"""What may not be printed, whoever pasted it into a text: CPR numbers and protected addresses."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from letters.case.confidential import ConfidentialAppendix
from letters.case.fields import CivilNumber, FieldError
from letters.case.models import Case
from letters.document.model import Letter, Text
from letters.document.walk import blocks, inlines, lines, plain
from letters.problems import N_, Place, Problem, Severity

_LIKE_CPR = re.compile(r"(?<!\d)(\d{6})[\s/.–\u2010\u2011-]{0,3}(\d{4})(?!\d)")


def open_problems(case: Case, letter: Letter, place: Callable[[str], Place]) -> Iterator[Problem]:
    """What an open letter shows outside its text, or to several recipients, and may not.

    A CPR number may stand in the text of a decision to the party; the envelope's window, the column and the
    titles are seen by others. An address that is protected is no business of another recipient.
    """
    slots = letter.slots
    frame = [(line.text, line.field) for line in slots.address]
    frame += [(line.text, line.field) for fact in slots.column for line in fact.lines]
    frame += [(letter.title, None), (plain(letter.heading or ()), None), (slots.running, "case_number")]
    for text, field in frame:
        if has_cpr(text):
            message = N_("a CPR number stands outside the text: in the address, the column or a title")
            yield Problem("secrecy.cpr-in-frame", Severity.ERROR, message, place(field or ""),
                          help=N_("take it out; others see it before the letter is opened"),
                          see=_SEE["secrecy.cpr-in-full"])  # fmt: skip
    if len(case.recipients) < 2:
        return
    streets = [_bare(_street(r.address.street)) for r in case.recipients if r.protected and r.address]
    for text, field in _lines(letter) if streets else ():
        if any(street in _bare(text) for street in streets):
            message = N_("a protected address stands here, and the letter has several recipients")
            yield Problem("secrecy.protected-address", Severity.ERROR, message, place(field or ""),
                          help=N_("take the address out of the text"),
                          see=_SEE["secrecy.protected-address"])  # fmt: skip


def printed_problems(
    case: ConfidentialAppendix, letter: Letter, place: Callable[[str], Place]
) -> Iterator[Problem]:
    """CPR numbers in full, and addresses of people whose address is protected, in an appendix."""
    streets = [_bare(_street(p.address.street)) for p in case.people if p.protected and p.address]
    told: set[tuple[str, str | None]] = set()
    for text, field in (*_lines(letter), (letter.title, "title")):
        for code, message, help_ in _faults(text, streets):
            if (code, field) not in told:
                told.add((code, field))
                where = place(field or "")
                yield Problem(code, Severity.FATAL, message, where, help=help_, see=_SEE[code])


def _lines(letter: Letter) -> Iterator[tuple[str, str | None]]:
    """Each line of the letter as it is read, with the field its first words came from."""
    for block in blocks(letter):
        fields = [inline.field for inline in inlines(block) if isinstance(inline, Text) and inline.field]
        for line in lines(block):
            yield plain(line), fields[0] if fields else None


def has_cpr(text: str) -> bool:
    """Whether a text holds ten digits that may be a CPR number."""
    return any(_is_cpr(f"{found[1]}-{found[2]}") for found in _LIKE_CPR.finditer(text))


def _faults(text: str, streets: list[str]) -> Iterator[tuple[str, str, str]]:
    if has_cpr(text):
        message = N_("a CPR number stands here in full; only a decision to the person may show it")
        yield "secrecy.cpr-in-full", message, N_("take the number out; `cpr:` of the person is enough")
    if any(street in _bare(text) for street in streets):
        message = N_("a protected address stands here, and an appendix may not show it")
        yield "secrecy.protected-address", message, N_("take the address out of the text")


_SEE = {
    "secrecy.cpr-in-full": "databeskyttelsesloven § 11",
    "secrecy.protected-address": "CPR-loven §§ 28 og 34",
}


def _street(line: str) -> str:
    """Street and number, without floor and door."""
    return line.split(",")[0]


def _bare(text: str) -> str:
    return "".join(char for char in text.casefold() if char.isalnum())


def _is_cpr(text: str) -> bool:
    try:
        CivilNumber.read(text)
    except FieldError:
        return False
    return True
