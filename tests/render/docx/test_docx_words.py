from __future__ import annotations

import re
from dataclasses import replace

import pytest
from docx_reader import W, paragraphs, part, text_of, words_of
from docx_samples import (
    DRAFT_SLOTS,
    EVERYTHING,
    QUESTIONS,
    SIGNATURE,
    SLOTS,
    TABLE,
    bullets,
    items,
    letter,
    line,
    p,
)
from hypothesis import given, settings
from hypothesis import strategies as st

from letters.document.model import (
    Column,
    Fact,
    Heading,
    Inline,
    Item,
    Letter,
    LineBreak,
    Link,
    List,
    Numbering,
    Quote,
    Signature,
    Strong,
    Table,
    Text,
)
from letters.document.words import words
from letters.problems import RenderError
from letters.render.docx import DocxRenderer

LETTERS = {
    "everything": EVERYTHING,
    "nothing": letter(heading=None),
    "untitled": letter(Heading(1, line("Afgørelse")), p("Ja."), SIGNATURE, heading=None),
    "table last": letter(TABLE),
    "draft": letter(p("Tekst"), slots=DRAFT_SLOTS),
    "questions": letter(QUESTIONS, bullets("a", "b"), QUESTIONS),
    "nested bullets": letter(List(Numbering.BULLET, (Item((p("a"), p("b"), bullets("c", "d"), p("e"))),))),
    "decimals twice": letter(
        List(Numbering.DECIMAL, items("a", "b")), p("x"), List(Numbering.DECIMAL, items("c", "d"))
    ),
    "letters under a letter": letter(
        List(Numbering.LETTER, items(("a", List(Numbering.LETTER, items("b", start=3))), "c", start=2))
    ),
    "both kinds of parts": letter(
        List(
            Numbering.DECIMAL,
            items(
                ("a", List(Numbering.PARENT_DECIMAL, items("b", "c"))),
                ("d", List(Numbering.PARENT_LETTER, items("e", "f"))),
                ("g", List(Numbering.PARENT_DECIMAL, items("h"))),
            ),
        )
    ),
    "list in a quote": letter(Quote((List(Numbering.DECIMAL, items("a", ("b", bullets("c")))), p("d")))),
}


@pytest.mark.parametrize("name", LETTERS)
def test_word_says_the_words_of_the_letter(renderer: DocxRenderer, name: str) -> None:
    assert words_of(renderer.render(LETTERS[name])) == words(LETTERS[name])


def test_reading_order(renderer: DocxRenderer) -> None:
    read = [p.style for p in paragraphs(renderer.render(letter(p("Brødtekst"), slots=DRAFT_SLOTS)))]
    order = list(dict.fromkeys(read))
    assert order == [
        "Udkast", "Afsenderlinje", "Adresse", "Kolonneetiket", "Kolonnetekst", "heading 1", "Body Text",
    ]  # fmt: skip


NASTY = [
    """& < > " ' &amp; &lt;b&gt; ]]> <!-- -->""",
    "{{ sender }} {% if mark %} {# x #} {{ 7 * 7 }} {%p endif %} {{r body }}",
    "{_{ x }_} {_% y %_} {_{{ z }}_}",
    "</w:t></w:r></w:p><w:p/>",
    "to  mellemrum   og\u00a0hårde\u202fog\u200b",
    "*a* _b_ # [c](d) \\ ` ~ | 1. - %1 %2",
    "æøå ÆØÅ é ñ ł ş 😀 👩🏽‍⚕️ \u202eRTL\u202c العربية",
    "x" * 10_000,
    "\u00ad\u2011-–—",
]


@pytest.mark.parametrize("text", NASTY)
def test_any_text_appears_verbatim_everywhere(renderer: DocxRenderer, text: str) -> None:
    data = renderer.render(_everywhere(text))
    doubled = f"{text}\n{text}"
    read = [paragraph.text for paragraph in paragraphs(data)]
    slots = [text, text, text, text, text, doubled]
    assert read == [*slots, text, text, text, f"{text}\t{text}", text, text, text, doubled, text, doubled]


@pytest.mark.parametrize("text", NASTY)
def test_any_text_appears_verbatim_in_furniture_and_properties(renderer: DocxRenderer, text: str) -> None:
    data = renderer.render(_everywhere(text))
    first, following = (text_of(part(data, f"word/header{n}.xml")) for n in (1, 2))
    assert (first, following) == (f"{text}\t{text}", f"{text}{text}\t{text}")
    assert part(data, "word/header1.xml").find(".//{*}docPr").get("descr") == text
    assert text_of(part(data, "word/footer1.xml")) == f"{text} 1/1"
    core = part(data, "docProps/core.xml")
    fields = ("title", "creator", "lastModifiedBy")
    assert [core.findtext("{*}" + name) for name in fields] == [text] * 3


def _everywhere(text: str) -> Letter:
    run: tuple[Inline, ...] = (Text(text, "facts.text"),)
    slots = replace(
        SLOTS, sender=text, mark=text, running=text, logo_alt=text, notice=text, return_line=text,
        page_label=text + " {page}/{pages}", address=(Text(text), Text(text)),
        column=(Fact(text, (Text(text), Text(text))),),
    )  # fmt: skip
    blocks = (
        Heading(1, run),
        p(Strong(run)),
        List(Numbering.LITERAL, (Item((p(*run),), label=text),)),
        Table((Column(run),), ((run,),)),
        Quote((p(Link("https://lindehoej.example/", run)),)),
        p(*run, LineBreak(), *run),
        Signature(run, (run, run)),
    )
    return replace(letter(*blocks, slots=slots), title=text, heading=run)


@settings(max_examples=30, deadline=None)
@given(st.text(st.characters(exclude_categories=("Cc", "Cs"), exclude_characters="\ufffe\uffff"), min_size=1))
def test_any_text_appears_verbatim_or_is_refused(renderer: DocxRenderer, text: str) -> None:
    data = renderer.render(letter(p(text), heading=None))
    assert paragraphs(data)[-1].text == text


@pytest.mark.parametrize(
    "character", ["\x00", "\x07", "\x0b", "\x0c", "\x1f", "\t", "\n", "\r", "\ud800", "\ufffe", "\uffff"]
)
def test_a_character_that_no_word_file_can_hold_is_refused_with_its_field(
    renderer: DocxRenderer, character: str
) -> None:
    with pytest.raises(RenderError) as caught:
        renderer.render(letter(p(Text(f"a{character}b", "reasons[0].facts.network"))))
    (problem,) = caught.value.problems
    assert problem.code == "render.docx-character"
    assert problem.place.field == "reasons[0].facts.network"
    assert f"U+{ord(character):04X}" in problem.text()


@pytest.mark.parametrize(
    "slot", ["sender", "notice", "mark", "running", "return_line", "logo_alt", "page_label"]
)
def test_such_a_character_is_refused_in_the_slots_too(renderer: DocxRenderer, slot: str) -> None:
    with pytest.raises(RenderError, match="docx-character"):
        renderer.render(letter(slots=replace(SLOTS, **{slot: "a\x02"})))


def test_page_label_is_split_round_the_fields(renderer: DocxRenderer) -> None:
    slots = replace(SLOTS, page_label="({pages}) {page}. side")
    footer = part(renderer.render(letter(slots=slots)), "word/footer1.xml")
    fields = [field.get(f"{W}instr", "").strip() for field in footer.iter(f"{W}fldSimple")]
    assert fields == ["NUMPAGES", "PAGE"]
    assert re.sub(r"1", "#", text_of(footer)) == "(#) #. side"
