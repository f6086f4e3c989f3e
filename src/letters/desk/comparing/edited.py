"""What the rules say of a letter's text after somebody edited it in Word.

Nobody knows where new words come from, so they are read as a Letter of plain blocks, each with the number of
its paragraph. Told is only what the letter itself does not have: its own problems are those of its case.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from letters.checks.citations import check_citations
from letters.checks.language import check_language
from letters.checks.letter import check_letter
from letters.desk.checking import facts_of
from letters.desk.comparing.changes import BREAK
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
from letters.problems import Place, Problem
from letters.reading.word_text import WordParagraph, WordText

if TYPE_CHECKING:
    from letters.desk import Desk, Prepared
    from letters.desk.appendices.guarding import Against

# How a paragraph's style begins (small letters), as Word and LibreOffice write the names of ours.
_HEADINGS = ("heading", "afsnit uden titel")
_QUOTES = ("quote", "citat")
_ITEMS = ("list", "punktliste")
_CELLS = ("tabel",)
# What stands outside the running text: nobody reads it as sentences.
_FRAME = ("closing", "signature", "udkast", "afsenderlinje", "adresse", "kolonne")


@dataclass(frozen=True, slots=True)
class Texts:
    """A letter's Word file as it is made, and as somebody left it.

    Attributes:
        made_file, edited_file: their bytes.
        edited: the path of the latter.
        changed: whether any word differs.
    """

    made: WordText
    there: WordText
    made_file: bytes
    edited_file: bytes
    edited: Path
    changed: bool


def edited_problems(
    desk: Desk, prepared: Prepared, texts: Texts, against: Against | None
) -> Iterator[Problem]:
    """What is wrong with an edited text and not with the letter itself.

    Args:
        against: the appendices whose secrets it may not hold.
    """
    known = {_key(problem) for problem in _ruled(desk, prepared, texts.made)}
    told: set[tuple[str, str, Place]] = set()
    for problem in _ruled(desk, prepared, texts.there):
        whole = (*_key(problem), problem.place)
        if whole[:2] not in known and whole not in told:
            told.add(whole)
            yield _placed(problem, texts.edited, prepared)
    yield from _guarded(desk, prepared, texts, against)


def _key(problem: Problem) -> tuple[str, str]:
    return problem.code, str(problem.args)


def _placed(problem: Problem, edited: Path, prepared: Prepared) -> Problem:
    """A Word file has paragraphs and no lines; what concerns the case file stands there."""
    field = problem.place.field
    if problem.place.line is not None:
        field = f"{BREAK} {problem.place.line}"
    if field is None or field.startswith(BREAK):
        return replace(problem, place=Place(str(edited), field=field))
    return replace(problem, place=prepared.read.places.place(field))


def _ruled(desk: Desk, prepared: Prepared, text: WordText) -> Iterator[Problem]:
    library = desk.composer.library
    facts = facts_of(prepared.read.case, library, prepared.composed)
    for from_case in (True, False):
        yield from check_letter(_as_letter(text, prepared.letter, from_case=from_case))
    letter = _as_letter(text, prepared.letter, from_case=True)
    yield from check_citations(letter, facts, desk.register)
    yield from check_language(letter)


def _guarded(desk: Desk, prepared: Prepared, texts: Texts, against: Against | None) -> Iterator[Problem]:
    from letters.desk.appendices.guarding import found_in, named_appendices
    from letters.desk.appendices.unguarded import not_guarded

    case, places = prepared.read.case, prepared.read.places

    def found(data: bytes) -> list[Problem]:
        documents = {texts.edited.name: data}
        return found_in(case, prepared.letter, documents, against, desk.composer.library)

    known = {_key(problem) for problem in found(texts.made_file)}
    for problem in found(texts.edited_file):
        if _key(problem) not in known:
            yield replace(problem, place=Place(str(texts.edited)))
    named = {appendix.id for appendix in named_appendices(case)}
    if texts.changed and named - set(against.appendices if against else ()):
        yield not_guarded(places, Status.DRAFT)


# The text as a Letter


def _as_letter(text: WordText, letter: Letter, *, from_case: bool) -> Letter:
    """The text as the rules want it: as if all of it came from one case field, or all of it from wording."""
    blocks = tuple(
        _block(paragraph, Wording("", number), f"{BREAK} {number}" if from_case else None)
        for number, paragraph in enumerate(text.paragraphs, 1)
        if not from_case or not paragraph.style.startswith(_FRAME)
    )
    return Letter(
        title="",
        status=letter.status,
        date=letter.date,
        letterhead=letter.letterhead,
        slots=Slots(sender="", page_label="", logo_alt=""),
        sections=(Section(Role.OPENING, blocks),),
        language=letter.language,
    )


def _block(paragraph: WordParagraph, wording: Wording, field: str | None) -> Block:
    words = (Text(" ".join((*paragraph.label_words, *paragraph.words)), field),)
    style = paragraph.style
    plain = Paragraph(words, wording)
    if style.startswith(_HEADINGS):
        return Heading(1, words, wording)
    if style.startswith(_QUOTES):
        return Quote((plain,), wording)
    if style.startswith(_ITEMS):
        return List(Numbering.BULLET, (Item((plain,)),), wording)
    if style.startswith(_CELLS):
        return Table((Column(words),), (), wording)
    return plain
