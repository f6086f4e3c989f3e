"""Two letters as one: nothing is lost of either, and a change is told where it is."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from letters.document.model import Heading, Letter, Paragraph, Role, Section, Slots, Status, Text
from letters.upkeep.redline import Mark, letter_lines, redline

VOCABULARY = ["vi", "du", "kan", "ikke", "få", "ja", "nej", "§", "18"]
WORDS = st.lists(st.sampled_from(VOCABULARY), min_size=1, max_size=14)
TEXTS = st.lists(WORDS.map(" ".join), min_size=0, max_size=6)


def letter(*texts: str) -> Letter:
    blocks = tuple(Paragraph((Text(text),)) for text in texts)
    sections = (Section(Role.RESULT, blocks),) if blocks else ()
    return Letter("Brev", Status.FINAL, "2026-01-01", "", Slots("", "", ""), sections)


def marked(lines, *kept: Mark) -> list[str]:
    found = ["".join(p.text for p in line.pieces if p.mark in kept) for line in lines]
    return [text for text in found if text]


@given(TEXTS, TEXTS)
def test_rejected_it_is_the_first_letter_and_accepted_the_second(before, after):
    lines = redline(letter(*before), letter(*after))
    assert marked(lines, Mark.SAME, Mark.GONE) == before
    assert marked(lines, Mark.SAME, Mark.NEW) == after


@given(TEXTS)
def test_nothing_changes_between_a_letter_and_itself(texts):
    assert not any(line.is_changed for line in redline(letter(*texts), letter(*texts)))


def test_a_phrase_is_one_change():
    (line,) = redline(letter("Vi giver dig ikke ja i dag."), letter("Vi kan ikke sige ja i dag."))
    changed = [(piece.mark, piece.text.strip()) for piece in line.pieces if piece.mark is not Mark.SAME]
    assert changed == [(Mark.GONE, "giver dig ikke"), (Mark.NEW, "kan ikke sige")]


def test_a_paragraph_that_comes_is_new_as_a_whole():
    lines = redline(
        letter("Kære Amal", "Vi siger ja."), letter("Kære Amal", "Tak for din ansøgning.", "Vi siger ja.")
    )
    assert [line.mark for line in lines] == [Mark.SAME, Mark.NEW, Mark.SAME]


def test_a_letter_that_was_not_there_is_all_new():
    assert {line.mark for line in redline(None, letter("Et.", "To."))} == {Mark.NEW}


def test_a_heading_that_becomes_text_is_told():
    before = letter("Begrundelse")
    after = replace(before, sections=(Section(Role.RESULT, (Heading(1, (Text("Begrundelse"),)),)),))
    assert [line.mark for line in redline(before, after)] == [Mark.GONE, Mark.NEW]
    assert [line.style for line in letter_lines(after)] == ["heading1"]
