"""One rejection, dated 2021 and 2026: nothing differs but the law, and the words that the law changed."""

from __future__ import annotations

import io
import re
from pathlib import Path

import pikepdf
import pytest
from msgspec.structs import replace
from shipped import FIXTURES, TEMPLATES, compose_bytes, composer, register

from letters.case.read import read_case
from letters.desk.checking import checked
from letters.desk.citing import cited
from letters.document.dump import dump
from letters.document.model import Status
from letters.law.find import find_citations
from letters.reading.documents import read_document
from letters.render.docx import DocxRenderer
from letters.render.pdf import DEFAULT_FONT_DIRS, PdfRenderer
from letters.render.text import render_text
from letters.wording.compose import Composed
from letters.wording.library import Library

REJECTION = next(path for path in FIXTURES if path.stem == "01-afslag-tre-grunde")
LTA = "https://www.retsinformation.dk/eli/lta/"
# What stands in the letter of 2021 -> what stands there in 2026, and how often.
TERMS = [
    ("selvforsørgelses- og hjemrejseprogram eller introduktionsprogram", "introduktionsprogram", 1),
    ("selvforsørgelses- og hjemrejseprogrammet eller introduktionsprogrammet", "introduktionsprogrammet", 1),
    ("Selvforsørgelses- og hjemrejseydelsen eller overgangsydelsen", "Kontanthjælpen", 1),
]
VERSIONS = [(f"{LTA}2021/1647", f"{LTA}2025/354", 2)]  # retssikkerhedsloven
# § 18 has been in the same text of integrationsloven all the time.
THE_SAME = f"{LTA}2020/1146"


def dated(year: int, law: str = "") -> str:
    """The letter as a dump, every date of its case moved to a year; `law` is a line of the case file."""
    source = REJECTION.read_text("utf-8").replace("2021-", f"{year}-")
    return dump(compose_bytes(f"{law}{source}".encode(), REJECTION.name, Status.FINAL))


def changed(letter: str, changes: list[tuple[str, str, int]]) -> str:
    for old, new, times in changes:
        assert letter.count(old) == times, old
        letter = letter.replace(old, new)
    return letter


def test_the_same_rejection_differs_in_the_terms_and_texts_that_changed_and_nowhere_else() -> None:
    then, now = dated(2021), dated(2026)
    assert changed(then, [*TERMS, *VERSIONS]).replace("2021", "2026") == now
    assert then.count(THE_SAME) == now.count(THE_SAME) > 3


def test_the_date_of_the_law_decides_and_not_the_letters_own() -> None:
    late = dated(2026, "law_date: 2021-09-02\n")
    assert changed(late, [*TERMS, *VERSIONS]) == dated(2026)


@pytest.mark.parametrize("year", [2025, 2026])
def test_under_the_rule_for_ukraine_the_old_program_stays(year: int) -> None:
    assert changed(dated(year, "regime: ukraine\n"), TERMS[:2]) == dated(year)


# The full designation at the first mention, a setting of the library


FULL = re.compile(r"jf\. (?:lov|lovbekendtgørelse|bekendtgørelse) nr\. \d+ af \d+\. [a-z]+ \d{4}")


@pytest.fixture(scope="module")
def introducing():
    return replace(composer().library, introduces_acts=True)


def in_full(path: Path, library: Library) -> Composed:
    read = read_case(path.read_bytes(), path.name, library.spec())
    composed = composer().compose(read.case, Status.FINAL, read.places.place)
    letter = cited(composed.letter, read.case, library, register())
    return replace(composed, letter=letter)


@pytest.mark.parametrize("path", FIXTURES, ids=lambda path: path.stem)
def test_each_act_is_introduced_once_and_every_letter_stays_clean(path: Path, introducing: Library) -> None:
    composed = in_full(path, introducing)
    read = read_case(path.read_bytes(), path.name, introducing.spec())
    assert [p.text() for p in checked(read, composed, introducing, register())] == []
    text = " ".join(render_text(composed.letter).replace("\u00a0", " ").split())
    named = FULL.findall(text)
    assert len(named) == len(set(named))
    for one in find_citations(text, register().known):
        citation = one.citation
        if citation.act and citation.designation and citation.places:
            before = text[: one.start]
            assert not any(f"{name}s §" in before for name in (citation.act, citation.short_name) if name)


def test_the_full_designation_is_drawn_and_linked_in_every_format(introducing: Library) -> None:
    letter = in_full(REJECTION, introducing).letter
    letterhead = TEMPLATES / "brevpapir" / letter.letterhead
    drawn = {
        "letter.docx": DocxRenderer(letterhead / "letterhead.docx").render(letter),
        "letter.pdf": PdfRenderer(letterhead, DEFAULT_FONT_DIRS).render(letter),
        "letter.txt": render_text(letter).encode(),
    }
    for name, data in drawn.items():
        text = " ".join(one.text for one in read_document(data, name)).replace("\u00a0", " ")
        assert "(integrationsloven), jf. lovbekendtgørelse nr. 1146 af 22. juni 2020" in text, name
    with pikepdf.open(io.BytesIO(drawn["letter.pdf"])) as pdf:
        notes = [note for page in pdf.pages for note in page.get("/Annots", [])]
        said = [str(note.Contents).replace("\u00a0", " ") for note in notes]
    assert any("jævnfør lovbekendtgørelse nummer 1146" in one for one in said), said
