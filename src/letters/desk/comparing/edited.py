"""What the rules say of a letter's text after somebody edited it in Word.

Nobody knows where new words come from, so they are read as a Letter of plain blocks, each with the number of
its paragraph. Told is only what the letter itself does not have: its own problems are those of its case.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from letters.checks.citations import check_citations
from letters.checks.language import check_language
from letters.checks.letter import check_letter
from letters.desk.checking import facts_of
from letters.desk.finished import PARAGRAPH, as_letter
from letters.document.model import Status
from letters.problems import Place, Problem
from letters.reading.documents import word_paragraphs
from letters.reading.word_text import WordText

if TYPE_CHECKING:
    from letters.desk import Desk, Prepared
    from letters.desk.appendices.guarding import Against


class Texts(Struct, frozen=True):
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
        field = f"{PARAGRAPH} {problem.place.line}"
    if field is None or field.startswith(PARAGRAPH):
        return replace(problem, place=Place(str(edited), field=field))
    return replace(problem, place=prepared.read.places.place(field))


def _ruled(desk: Desk, prepared: Prepared, text: WordText) -> Iterator[Problem]:
    library = desk.composer.library
    facts = facts_of(prepared.read.case, library, prepared.composed)
    paragraphs, made = word_paragraphs(text), prepared.letter
    letter = as_letter(paragraphs, status=made.status, language=made.language)
    yield from check_letter(letter)
    yield from check_letter(as_letter(paragraphs, from_case=False))
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
