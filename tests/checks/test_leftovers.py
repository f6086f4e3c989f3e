"""Leftovers of a wording are told; the same marks in a case's own words are not."""

from __future__ import annotations

from dataclasses import replace

import pytest

from letters.checks.letter import check_letter
from letters.document.model import (
    Block,
    Column,
    Heading,
    Item,
    Letter,
    Link,
    List,
    Numbering,
    Paragraph,
    Role,
    Section,
    Slots,
    Status,
    Strong,
    Table,
    Text,
    Wording,
)

SLOTS = Slots(sender="Lindehøj Kommune", page_label="Side {page} af {pages}", logo_alt="Mærke")


def letter(*blocks: Block) -> Letter:
    return Letter("Prøve", Status.FINAL, "2026-03-02", "enkel", SLOTS, (Section(Role.RESULT, blocks),))


def codes(*blocks: Block) -> list[str]:
    return [problem.code for problem in check_letter(letter(*blocks))]


@pytest.mark.parametrize(
    "text",
    [
        "Kære {{ navn }}",
        "{% if x %}",
        "Efter [ ] loven",
        "Fra () den",
        "TODO: ret",
        "Sag XXX",
        "Dato: None",
        "nan kr.",
    ],
)
def test_leftover_is_told(text: str) -> None:
    assert codes(Paragraph((Text(text),))) == ["letter.leftover"]
    assert codes(Heading(1, (Strong((Text(text),)),))) == ["letter.leftover"]


@pytest.mark.parametrize("text", ["Kære Amal", "Vi (kommunen) siger [sic] nej", "Nanna og Todor", "MAXX"])
def test_ordinary_text_is_not(text: str) -> None:
    assert codes(Paragraph((Text(text),))) == []


def test_the_cases_own_words_are_not_leftovers() -> None:
    assert codes(Paragraph((Text("Du skrev "), Text("{{ x }} None ()", "views[0].argument")))) == []


def test_a_leftover_round_a_value_is_told() -> None:
    assert codes(Paragraph((Text("("), Text(")")))) == ["letter.leftover"]
    assert codes(Paragraph((Text("("), Text("et bilag", "a"), Text(")")))) == []


def test_blank_paragraph_is_told() -> None:
    assert codes(Paragraph((Text(" "),))) == ["letter.blank"]
    assert codes(Paragraph(())) == ["letter.blank"]


def test_lists_and_links_are_looked_into() -> None:
    link = Link("https://a.example", (Text("{{ x }}"),))
    assert codes(List(Numbering.BULLET, (Item((Paragraph((link,)),)),))) == ["letter.leftover"]


def test_a_placeholder_left_in_a_case_is_a_warning() -> None:
    letter = Letter(
        "Prøve",
        Status.FINAL,
        "2026-03-02",
        "enkel",
        SLOTS,
        (Section(Role.RESULT, (Paragraph((Text("[Skriv her]", "assessment"),)),)),),
    )
    (problem,) = check_letter(letter)
    assert (problem.code, problem.severity.value, problem.place.field) == (
        "letter.placeholder",
        "warning",
        "assessment",
    )


def test_the_place_is_the_wordings_own() -> None:
    block = Paragraph((Text("TODO"),), Wording("proeve/nej.md", 12))
    letter = Letter("Prøve", Status.FINAL, "2026-03-02", "enkel", SLOTS, (Section(Role.RESULT, (block,)),))
    (problem,) = check_letter(letter)
    assert (problem.place.file, problem.place.line) == ("proeve/nej.md", 12)


def test_tables_are_attached_where_there_are_any() -> None:
    heads = (Column((Text("År"),)),)
    table = Table(heads, (((Text("2021"),),),))
    for block, expected in ((table, []), (Paragraph((Text("Uden."),)), ["letter.no-table"])):
        found = check_letter(replace(letter(block), tables_attached=True))
        assert [problem.code for problem in found] == expected
