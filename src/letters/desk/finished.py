"""A finished document, whoever made it, held to the rules: its citations and its language.

Nobody knows where its words come from, so it is read as a Letter of plain blocks, each with the number of its
paragraph.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Iterator
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from letters.case.spec import Matter
from letters.checks.citations import check_citations
from letters.checks.facts import Facts
from letters.checks.language import check_language
from letters.checks.letter import check_letter
from letters.desk.checking import raised
from letters.desk.dating import own_date
from letters.desk.files import read_bytes
from letters.document.model import (
    Block,
    Column,
    Heading,
    Item,
    Letter,
    List,
    Numbering,
    Paragraph,
    Quote,
    Role,
    Section,
    Slots,
    Status,
    Table,
    Text,
    Wording,
)
from letters.law.acts import Register
from letters.law.judge import Judged, judge
from letters.problems import LettersError, Place, Problem
from letters.reading.documents import Kind, ReadParagraph, read_document
from letters.reading.word_package import MAX_BYTES

PARAGRAPH = "¶"


class Cited(Struct, frozen=True):
    """A citation of a document, as it stands there, and what the register says of it."""

    place: Place
    text: str
    judged: Judged


def citations(
    paragraphs: Iterable[ReadParagraph], file: str, register: Register, on: dt.date
) -> Iterator[Cited]:
    """Every citation of a document, judged on a date, in reading order."""
    for paragraph in paragraphs:
        for one in judge(paragraph.text, register, on):
            text = paragraph.text[one.found.start : one.found.end]
            yield Cited(_place(file, paragraph), text, one)


def document_problems(
    paragraphs: tuple[ReadParagraph, ...], file: str, register: Register, on: dt.date
) -> tuple[Problem, ...]:
    """What the rules for citations, language and leftovers say of a document.

    Args:
        on: the date whose law counts.
    """
    facts = Facts(Matter.REPLY, None, on, "", "", (), ("", ""))
    letter = as_letter(paragraphs)
    found = [
        *check_letter(as_letter(paragraphs, from_case=False)),
        *check_letter(letter),
        *check_citations(letter, facts, register),
        *check_language(letter),
    ]
    by_number = {paragraph.number: paragraph for paragraph in paragraphs}
    return tuple(replace(problem, place=_found_at(problem.place, file, by_number)) for problem in found)


def _found_at(place: Place, file: str, paragraphs: dict[int, ReadParagraph]) -> Place:
    number = place.line
    if number is None and place.field is not None and place.field.startswith(PARAGRAPH):
        number = int(place.field.removeprefix(PARAGRAPH))
    return _place(file, paragraphs[number]) if number in paragraphs else Place(file)


def _place(file: str, paragraph: ReadParagraph) -> Place:
    """A line where the document has lines; otherwise its paragraph, and its page where that is known."""
    if paragraph.line is not None:
        return Place(file, paragraph.line)
    page = f", s. {paragraph.page}" if paragraph.page is not None else ""
    return Place(file, field=f"{PARAGRAPH} {paragraph.number}{page}")


# The document as a Letter


def as_letter(
    paragraphs: Iterable[ReadParagraph],
    *,
    from_case: bool = True,
    status: Status = Status.DRAFT,
    language: str = "da",
) -> Letter:
    """The text as the rules want it: as if all of it came from one case field, or all of it from wording."""
    blocks = tuple(
        _block(paragraph, f"{PARAGRAPH} {paragraph.number}" if from_case else None)
        for paragraph in paragraphs
        if not from_case or paragraph.kind is not Kind.FRAME
    )
    slots = Slots(sender="", page_label="", logo_alt="")
    section = Section(Role.OPENING, blocks)
    return Letter("", status, "", "", slots, (section,), language=language)


def _block(paragraph: ReadParagraph, field: str | None) -> Block:
    wording = Wording("", paragraph.number)
    words = (Text(paragraph.text, field),)
    plain = Paragraph(words, wording)
    match paragraph.kind:
        case Kind.HEADING:
            return Heading(1, words, wording)
        case Kind.QUOTE:
            return Quote((plain,), wording)
        case Kind.ITEM:
            return List(Numbering.BULLET, (Item((plain,)),), wording)
        case Kind.CELL:
            return Table((Column(words),), (), wording)
        case Kind.PLAIN | Kind.FRAME:
            return plain


class Checked(Struct, frozen=True):
    """What came of a finished document.

    Attributes:
        law_date: whose law was looked at; None when it could not be read.
        citations: how many it holds.
    """

    problems: tuple[Problem, ...]
    law_date: dt.date | None = None
    citations: int = 0


def check_document(
    path: Path, register: Register, on: dt.date | None, today: dt.date, errors: Collection[str] = ()
) -> Checked:
    """Every problem of a finished document; what stops its reading is one, too.

    Args:
        on: the date whose law counts; None takes the document's own date, or `today`.
        errors: codes of warnings that the library makes errors of.
    """
    file = str(path)
    try:
        paragraphs = read_document(read_bytes(path, MAX_BYTES + 1), file)
    except LettersError as error:
        return Checked(error.problems)
    day = on or own_date(paragraphs) or today
    found = document_problems(paragraphs, file, register, day)
    count = sum(1 for _ in citations(paragraphs, file, register, day))
    return Checked(tuple(raised(problem, errors) for problem in found), day, count)


def is_finished(path: Path) -> bool:
    """Whether a name on the command line is that of a finished document."""
    return path.suffix.lower() in (".docx", ".docm", ".pdf")
