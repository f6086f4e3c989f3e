"""Citations of a finished letter: linked to the law of its date, and in full at the first mention."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from letters.document.dump import dump
from letters.document.load import load
from letters.document.model import (
    Column,
    Emphasis,
    Heading,
    Item,
    Letter,
    LineBreak,
    Link,
    List,
    Numbering,
    Paragraph,
    Quote,
    Role,
    Section,
    Slots,
    Status,
    Strong,
    Table,
    Text,
)
from letters.document.walk import blocks, inlines, plain
from letters.document.words import words
from letters.law.find import find_citations, parse
from letters.law.register import load_register
from letters.render.text import render_text
from letters.wording.citations import introduce_acts, link_citations

REGISTER = load_register(Path(__file__).parents[2] / "templates" / "da" / "love")
ON = dt.date(2021, 9, 2)
ACT = "https://www.retsinformation.dk/eli/lta/2020/1146"
CITED = "integrationslovens § 18, stk. 2"


def letter(*found, role=Role.LAW):
    slots = Slots("Lindehøj Kommune", "Side {page} af {pages}", "Logo")
    return Letter("Brev", Status.FINAL, "2021-09-02", "lindehoej", slots, (Section(role, tuple(found)),))


def paragraph(*children):
    return Paragraph(tuple(Text(child) if isinstance(child, str) else child for child in children))


def linked(*children, on=ON, **kwargs):
    """The children of a paragraph after linking."""
    found = link_citations(letter(paragraph(*children)), REGISTER, on, **kwargs)
    return found.sections[0].blocks[0].children


def links(found):
    return [one for block in blocks(found) for one in inlines(block) if isinstance(one, Link)]


# Where links stand


def test_the_words_of_a_citation_become_a_link() -> None:
    assert linked(f"Efter {CITED}, skal vi.") == (
        Text("Efter "),
        Link(ACT, (Text(CITED),)),
        Text(", skal vi."),
    )


def test_a_link_reaches_over_texts_of_several_fields() -> None:
    found = linked("Efter integrationslovens § ", Text("18", "facts.section"), ", stk. 2, skal vi.")
    inside = (Text("integrationslovens § "), Text("18", "facts.section"), Text(", stk. 2"))
    assert found[1] == Link(ACT, inside)
    assert plain(found) == "Efter integrationslovens § 18, stk. 2, skal vi."


def test_a_link_begins_inside_strong_text_and_ends_after_it() -> None:
    found = linked(Strong((Text("Se integrationslovens"),)), " § 18 a.")
    assert found == (
        Strong((Text("Se "),)),
        Link(ACT, (Strong((Text("integrationslovens"),)), Text(" § 18 a"))),
        Text("."),
    )


def test_a_link_stands_inside_marks_of_any_depth() -> None:
    found = linked(Emphasis((Strong((Text(f"a {CITED} b"),)), Text(" c"))))
    assert [plain((one,)) for one in found] == ["a ", CITED, " b c"]
    assert found[1] == Link(ACT, (Emphasis((Strong((Text(CITED),)),)),))


def test_a_link_reaches_over_a_line_break() -> None:
    found = linked("integrationslovens", LineBreak(), "§ 18")
    assert found == (Link(ACT, (Text("integrationslovens"), LineBreak(), Text("§ 18"))),)


def test_two_citations_side_by_side_are_two_links() -> None:
    found = linked(f"{CITED}, og forvaltningslovens § 24")
    assert [plain((one,)) for one in found if isinstance(one, Link)] == [CITED, "forvaltningslovens § 24"]


def test_lists_and_tables_are_linked() -> None:
    listing = List(Numbering.BULLET, (Item((paragraph(CITED),)),))
    table = Table((Column((Text(CITED),)),), (((Text(CITED),),),))
    found = link_citations(letter(listing, table), REGISTER, ON)
    assert len(links(found)) == 2
    assert found.sections[0].blocks[1].columns == table.columns


# Where none stand


@pytest.mark.parametrize(
    "text",
    [
        "integrationslovens § 18, stk. 2, nr. 1",  # does not exist
        "boligplaceringsbekendtgørelsens § 14",  # is another rule by then
        "integrationsloven, jf. lovbekendtgørelse nr. 1127 af 11. oktober 2017",  # repealed
        "folkeskolelovens § 5",  # not registered
        "§ 5 alene",
        f"”{CITED}”",
        f"»efter {CITED} skal kommunen«",
    ],
)
def test_no_link_for_a_citation_that_is_wrong_or_quoted(text: str) -> None:
    assert linked(text) == (Text(text),)


def test_no_link_inside_a_link() -> None:
    own = Link("https://www.ft.dk", (Text(CITED),))
    assert linked("Se ", own, ".") == (Text("Se "), own, Text("."))


def test_no_link_across_the_end_of_a_link() -> None:
    own = Link("https://www.ft.dk", (Text("integrationslovens"),))
    assert linked(own, " § 18") == (own, Text(" § 18"))


def test_no_link_in_headings_quotations_questions_and_lists_of_documents() -> None:
    cited = paragraph(CITED)
    for found in (
        letter(Heading(1, cited.children), Quote((cited,))),
        letter(cited, role=Role.QUESTIONS),
        letter(cited, role=Role.ATTACHMENTS),
        replace(letter(), heading=cited.children),
    ):
        assert link_citations(found, REGISTER, ON) == found


# Where they lead


def test_the_date_decides_where_a_link_leads() -> None:
    assert linked(CITED, on=dt.date(2019, 1, 1))[0].target.endswith("2017/1127")


def test_a_regime_keeps_the_older_text() -> None:
    text = "kontraktbekendtgørelsens § 41"
    now, kept = (linked(text, on=dt.date(2025, 6, 1), regime=regime) for regime in (None, "ukraine"))
    assert now[0].target.endswith("2024/1761")
    assert kept[0].target.endswith("2020/1307")


def test_a_declared_historic_citation_leads_to_the_text_of_its_own_date() -> None:
    text = "boligplaceringsbekendtgørelsens § 14"
    declared = {parse(text): dt.date(2017, 1, 1)}
    assert linked(text, as_of=declared)[0].target.endswith("2016/980")


def test_a_bare_section_belongs_to_the_act_named_before_it() -> None:
    found = linked(f"{CITED}, gælder. Lovens § 53 og § 18 i øvrigt. forvaltningslovens § 24. Lovens § 19.")
    assert [(plain(one.children), one.target) for one in found if isinstance(one, Link)] == [
        (CITED, ACT),
        ("Lovens § 53 og § 18", ACT),
        ("forvaltningslovens § 24", "https://www.retsinformation.dk/eli/lta/2014/433"),
        ("Lovens § 19", "https://www.retsinformation.dk/eli/lta/2014/433"),
    ]


# What a link changes


def test_linking_changes_no_word_of_any_format() -> None:
    before = letter(paragraph("Se ", Strong((Text(f"efter {CITED}"),)), f" og {CITED}."))
    after = link_citations(before, REGISTER, ON)
    assert words(after) == words(before)
    assert render_text(after) == render_text(before)
    assert load(dump(after)) == after


def test_linking_twice_changes_nothing() -> None:
    once = link_citations(letter(paragraph(f"Se {CITED}.")), REGISTER, ON)
    assert link_citations(once, REGISTER, ON) == once


_PIECES = st.sampled_from(
    ["integrationslovens ", "§ 18", ", stk. 2", " og ", "forvaltningslovens", " § 24, "]
)
_RUNS = st.recursive(
    st.builds(Text, _PIECES, st.sampled_from([None, "assessment"])) | st.just(LineBreak()),
    lambda inner: st.builds(Strong, st.lists(inner, min_size=1, max_size=3).map(tuple)),
    max_leaves=8,
)


@given(st.lists(_RUNS, max_size=6))
def test_no_text_is_lost_or_moved_by_linking(children: list) -> None:
    found = linked(*children)
    assert plain(found) == plain(children)
    cited = find_citations(plain(children), REGISTER.known)
    spans = {plain(children)[one.start : one.end] for one in cited}
    assert {plain(one.children) for one in found if isinstance(one, Link)} <= spans


# The first mention


def introduced(*children, on=ON):
    found = introduce_acts(letter(*map(paragraph, children)), REGISTER, on)
    return [plain(block.children).replace("\u00a0", " ") for block in found.sections[0].blocks]


FULL = (
    "§ 18, stk. 2, i lov om integration af udlændinge i Danmark (integrationsloven),"
    " jf. lovbekendtgørelse nr. 1146 af 22. juni 2020"
)


def test_the_first_mention_is_in_full_and_later_ones_are_short() -> None:
    assert introduced(f"Efter {CITED}, skal vi.", f"Se {CITED}.") == [
        f"Efter {FULL}, skal vi.",
        f"Se {CITED}.",
    ]


@pytest.mark.parametrize(
    ("text", "full"),
    [
        (f"Efter {CITED} skal vi.", f"Efter {FULL}, skal vi."),
        (f"(se {CITED})", f"(se {FULL})"),
        (
            "forvaltningslovens § 24",
            "forvaltningslovens § 24, jf. lovbekendtgørelse nr. 433 af 22. april 2014",
        ),
        (
            "boligplaceringsbekendtgørelsens § 12, stk. 1",
            "boligplaceringsbekendtgørelsens § 12, stk. 1, jf. bekendtgørelse nr. 1290 af 31. august 2020",
        ),
        (
            "Integrationslovens § 18 handler om flytning.",
            "§ 18 i lov om integration af udlændinge i Danmark (integrationsloven),"
            " jf. lovbekendtgørelse nr. 1146 af 22. juni 2020, handler om flytning.",
        ),
    ],
)
def test_the_full_form_stands_well_in_its_sentence(text: str, full: str) -> None:
    assert introduced(text) == [full]


def test_the_full_form_is_of_the_letters_date() -> None:
    assert introduced(f"Efter {CITED}.", on=dt.date(2019, 1, 1))[0].endswith("nr. 1127 af 11. oktober 2017.")


@pytest.mark.parametrize(
    "kept",
    [
        Text(CITED, "assessment"),
        Strong((Text(CITED),)),
        f"”{CITED}”",
        "integrationslovens §18",
        "integrationslovens § 18, stk. 2, nr. 1",
    ],
)
def test_what_is_not_the_librarys_plain_words_stays_and_is_no_first_mention(kept: object) -> None:
    found = introduce_acts(letter(paragraph(kept), paragraph(f"Se {CITED}.")), REGISTER, ON)
    assert found.sections[0].blocks[0] == paragraph(kept)
    assert "jf. lovbekendtgørelse" in plain(found.sections[0].blocks[1].children).replace("\u00a0", " ")


def test_an_act_that_comes_with_its_number_is_introduced_already() -> None:
    whole = "integrationsloven, jf. lovbekendtgørelse nr. 1146 af 22. juni 2020"
    assert introduced(f"Se {whole}.", f"Se {CITED}.") == [f"Se {whole}.", f"Se {CITED}."]


@pytest.mark.parametrize("act", REGISTER.acts, ids=lambda act: act.name)
def test_the_full_form_of_every_act_is_read_back_and_linked(act) -> None:
    version, place = act.versions[-1], act.provisions[-1].path
    on = act.provisions[-1].period.start or version.period.start
    short = f"{act.genitive} {' '.join(f'{level.unit.value} {level.spans[0].first}' for level in place[:1])}"
    full = introduced(f"Se {short}.", on=on)[0].removeprefix("Se ").removesuffix(".")
    (found,) = find_citations(full, REGISTER.known)
    assert full[found.start : found.end] == full
    assert found.slips == ()
    assert found.citation.designation == act.version(on).designation
    assert linked(full, on=on)[0] == Link(act.version(on).eli, (Text(full),))
