"""The PDF says the letter's words in the letter's order, and nothing else but its running furniture."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from pdf_samples import letter, letters_only, page_texts, paragraph, reading_order, rich, run, slots

from letters.document.model import Column, Fact, Item, Link, List, Numbering, Paragraph, Table
from letters.document.words import words
from letters.problems import RenderError, Severity
from letters.render.pdf import PdfRenderer
from letters.render.pdf.markup import text

SPECIAL = [
    "A & B < C > D \" E ' F",
    "* _ # [x] (y) {z} {{ navn }} {% if %} \\ ` ~",
    "&amp; &lt; <b>fed</b> <!-- x --> ]]> <?php",
    "to  mellemrum og   tre",
    "æøå ÆØÅ éüß §½€ – — … “x” »y«",
    "Łódź Çelik Șerban Kalaallit שלום Київ",
    "010180-0008 2021-0142 2017–2021 1-2-3-4-5-6-7-8-9-10-11-12-13-14",
    "https://www.lindehoej.example/en/meget/lang/sti/som/ikke/kan/staa/paa/en/linje?og=1&flere=2",
]


@pytest.mark.parametrize("heading", ["Afslag på din ansøgning", None])
@pytest.mark.parametrize("draft", [True, False])
def test_words_in_reading_order(
    renderer: PdfRenderer, tmp_path: Path, draft: bool, heading: str | None
) -> None:
    source = rich(draft, heading)
    read = reading_order(renderer.render(source), tmp_path)
    assert letters_only("".join(read)) == letters_only("".join(words(source)))


def test_words_stay_apart(renderer: PdfRenderer, tmp_path: Path) -> None:
    blocks = (
        paragraph("En kort linje."),
        List(Numbering.DECIMAL, (Item((paragraph("Et"), paragraph("Mere")), 1), Item((paragraph("To"),), 2))),
    )
    source = letter(*blocks)
    source = replace(source, slots=replace(source.slots, column=(Fact("Dato", run("13. august")),)))
    read = " ".join(reading_order(renderer.render(source), tmp_path))
    assert tuple(read.split()) == words(source)


@pytest.mark.parametrize("special", SPECIAL)
def test_special_characters_everywhere(renderer: PdfRenderer, tmp_path: Path, special: str) -> None:
    cell = run(special)
    source = letter(
        paragraph(special),
        List(Numbering.BULLET, (Item((paragraph(special),)),)),
        Table((Column(cell),), ((cell,),)),
    )
    source = replace(
        source,
        heading=cell,
        slots=replace(slots(), return_line=special, address=cell, column=(Fact(special, cell),)),
    )
    read = reading_order(renderer.render(source), tmp_path)
    if "שלום" in special:  # pdfinfo shows right-to-left text from the left
        read = [piece.replace("םולש", "שלום") for piece in read]
    assert letters_only("".join(read)) == letters_only("".join(words(source)))


def test_every_space_is_kept(renderer: PdfRenderer) -> None:
    assert text("og   tre") == "og\xa0\xa0 tre"
    (page,) = page_texts(renderer.render(letter(paragraph("to  mellemrum"), draft=False)))
    assert "to\xa0 mellemrum" in page


@pytest.mark.parametrize(
    ("value", "name", "code_point"),
    [
        ("smil 🧿", "NAZAR AMULET", "U+1F9FF"),
        ("你好", "CJK UNIFIED IDEOGRAPH-4F60", "U+4F60"),
        ("en\ttabulator", "control or unassigned character", "U+0009"),
        ("nul\x00", "control or unassigned character", "U+0000"),
        ("अमल", "DEVANAGARI LETTER A", "U+0905"),
    ],
)
def test_a_character_without_glyph_is_refused_by_name(
    renderer: PdfRenderer, value: str, name: str, code_point: str
) -> None:
    source = letter(paragraph("x"))
    source = replace(source, slots=replace(source.slots, address=run(value, "recipients[0].name")))
    problem = renderer.problems(source)[0]
    assert (problem.code, problem.severity) == ("render.missing-glyph", Severity.FATAL)
    assert (problem.args["name"], problem.args["code_point"]) == (name, code_point)
    assert problem.place.field == "recipients[0].name"
    with pytest.raises(RenderError) as caught:
        renderer.render(source)
    assert caught.value.problems[0] == problem


def test_each_character_is_told_once_for_each_field(renderer: PdfRenderer) -> None:
    source = letter(paragraph("🧿🧿"), paragraph("🧿"))
    source = replace(source, slots=replace(source.slots, address=run("🧿", "recipients[0].name")))
    assert [problem.place.field for problem in renderer.problems(source)] == ["recipients[0].name", None]


def test_a_good_letter_has_no_problems(renderer: PdfRenderer) -> None:
    assert renderer.problems(rich()) == []


def test_a_number_without_room_is_refused(renderer: PdfRenderer) -> None:
    source = letter(List(Numbering.LITERAL, (Item((paragraph("x"),), label="Q" * 21),)))
    assert [problem.code for problem in renderer.problems(source)] == ["render.label-too-long"]


@pytest.mark.parametrize("label", ["Side {page}", "{pages} {page}", "Side"])
def test_a_page_label_without_its_numbers_is_refused(renderer: PdfRenderer, label: str) -> None:
    source = letter(paragraph("x"))
    with pytest.raises(RenderError, match=r"render\.page-label"):
        renderer.render(replace(source, slots=replace(source.slots, page_label=label)))


def test_a_link_that_is_no_address_is_refused(renderer: PdfRenderer) -> None:
    with pytest.raises(RenderError, match=r"render\.link"):
        renderer.render(letter(Paragraph((Link("https://[abc", run("x")),))))
