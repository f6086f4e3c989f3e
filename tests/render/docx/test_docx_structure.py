"""Facts about the parts of a finished letter: what Word, a screen reader and a caseworker find there."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

import pytest
from docx_reader import Read, W, links, paragraphs, part, style_names, text_of
from docx_samples import EVERYTHING, SIGNATURE, TABLE, bullets, items, letter, line, p
from lxml import etree

from letters.document.model import (
    Block,
    Column,
    Emphasis,
    Foreign,
    Heading,
    Inline,
    Item,
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
from letters.render.docx import DocxRenderer


@pytest.fixture(scope="module")
def everything(renderer: DocxRenderer) -> bytes:
    return renderer.render(EVERYTHING)


def body(renderer: DocxRenderer, *blocks: Block, heading: str | None = None) -> list[Read]:
    """The paragraphs below the first page's slots."""
    read = paragraphs(renderer.render(letter(*blocks, heading=heading)))
    return [
        q
        for q in read
        if q.style not in {"Udkast", "Afsenderlinje", "Adresse", "Kolonneetiket", "Kolonnetekst"}
    ]


def test_headings_begin_below_the_printed_title(renderer: DocxRenderer) -> None:
    blocks = (Heading(1, line("a")), Heading(2, line("b")), Heading(3, line("c")))
    titled = [(q.style, q.text) for q in body(renderer, *blocks, heading="t")]
    assert titled == [("heading 1", "t"), ("heading 2", "a"), ("heading 3", "b"), ("heading 4", "c")]


def test_headings_begin_at_level_1_without_a_title(renderer: DocxRenderer) -> None:
    data = renderer.render(letter(Heading(1, line("a")), Heading(2, line("b")), heading=None))
    *_, first, second = paragraphs(data)
    styles = part(data, "word/styles.xml")
    base = {
        s.find(f"{W}name").get(f"{W}val"): s.find(f"{W}basedOn").get(f"{W}val")
        for s in styles.iter(f"{W}style")
        if s.find(f"{W}basedOn") is not None
    }
    names = style_names(data)
    assert [names[base[q.style]] for q in (first, second)] == ["heading 1", "heading 2"]


def test_everything_of_the_text_hangs_on_one_style(everything: bytes) -> None:
    styles = {s.get(f"{W}styleId"): s for s in part(everything, "word/styles.xml").iter(f"{W}style")}

    def root(ident: str) -> str:
        base = styles[ident].find(f"{W}basedOn")
        name = styles[ident].find(f"{W}name").get(f"{W}val")
        return name if name in ("Body Text", "Normal") or base is None else root(base.get(f"{W}val"))

    used = {e.get(f"{W}val") for e in part(everything).iter(f"{W}pStyle")}
    by_root = {styles[ident].find(f"{W}name").get(f"{W}val"): root(ident) for ident in used}
    apart = {name for name, base in by_root.items() if base != "Body Text"}
    assert apart == {
        "Udkast", "Afsenderlinje", "Adresse", "Kolonneetiket", "Kolonnetekst", "Tabelafstand",
        "heading 1", "heading 2", "heading 3", "heading 4",
    }  # fmt: skip


def test_no_direct_looks(everything: bytes) -> None:
    """Fonts, sizes, colours, alignments and indents are the styles' business."""
    found = Counter(etree.QName(e).localname for e in part(everything).iter(etree.Element))
    assert not found.keys() & {"rFonts", "sz", "color", "jc", "ind", "u", "shd", "pBdr", "highlight"}


def labels(renderer: DocxRenderer, *blocks: Block) -> list[str]:
    return [q.label for q in body(renderer, *blocks) if q.label]


def test_numbering_restarts_in_every_list(renderer: DocxRenderer) -> None:
    one = List(Numbering.DECIMAL, items("a", "b"))
    assert labels(renderer, one, p("x"), one, one) == ["1.", "2."] * 3


def test_lists_skip_numbers_where_the_letter_does(renderer: DocxRenderer) -> None:
    skipping = List(Numbering.DECIMAL, (*items("a", "b", start=3), *items("c", "d", start=7)))
    assert labels(renderer, skipping, skipping) == ["3.", "4.", "7.", "8."] * 2


def test_sub_questions_are_one_list_with_their_questions(renderer: DocxRenderer) -> None:
    parts = List(Numbering.PARENT_LETTER, items("x", "y"))
    block = List(Numbering.DECIMAL, items(("a", parts), ("b", parts)))
    read = [q for q in body(renderer, block) if q.label]
    assert [q.label for q in read] == ["1.", "1a.", "1b.", "2.", "2a.", "2b."]
    assert len({q.element.find(f".//{W}numId").get(f"{W}val") for q in read}) == 1


@pytest.mark.parametrize(
    ("numbering", "inner", "expected"),
    [
        (Numbering.DECIMAL, Numbering.PARENT_LETTER, ["1.", "1b.", "1d.", "2."]),
        (Numbering.DECIMAL, Numbering.PARENT_DECIMAL, ["1.", "1.2.", "1.4.", "2."]),
        (Numbering.DECIMAL, Numbering.LETTER, ["1.", "b.", "d.", "2."]),
        (Numbering.LETTER, Numbering.DECIMAL, ["a.", "2.", "4.", "b."]),
        (Numbering.LETTER, Numbering.PARENT_DECIMAL, ["a.", "1.2.", "1.4.", "b."]),
    ],
)
def test_lists_in_lists(
    renderer: DocxRenderer, numbering: Numbering, inner: Numbering, expected: list[str]
) -> None:
    deep = List(inner, (*items("x", start=2), *items("y", start=4)))
    assert labels(renderer, List(numbering, items(("a", deep), "b"))) == expected


def test_list_paragraphs_and_their_styles(renderer: DocxRenderer) -> None:
    block = List(Numbering.DECIMAL, items(("a", "b", bullets("c"), "d")))
    literal = List(Numbering.LITERAL, (Item((p("e"), p("f")), label="Ad 1:"),))
    read = [(q.style, q.label, q.text) for q in body(renderer, block, literal)]
    assert read == [
        ("List Number", "1.", "a"),
        ("List Continue", "", "b"),
        ("List Bullet 2", "•", "c"),
        ("List Continue", "", "d"),
        ("List", "", "Ad 1:\te"),
        ("List Continue", "", "f"),
    ]


def test_lists_in_quotes_have_the_quotes_styles(renderer: DocxRenderer) -> None:
    block = List(Numbering.DECIMAL, items(("a", "b", List(Numbering.LITERAL, (Item((p("c"),), label="x"),)))))
    read = [q.style for q in body(renderer, Quote((p("q"), block)))]
    assert read == ["Quote", "Citatliste", "Citatliste fortsat", "Citatliste 2"]


def test_numbering_takes_its_indents_from_the_styles(everything: bytes) -> None:
    styles = part(everything, "word/styles.xml")
    wanted = styles.find(f"{W}style[@{W}styleId='ListNumber2']/{W}pPr/{W}ind").attrib
    *_, definition = part(everything, "word/numbering.xml").iter(f"{W}abstractNum")
    assert definition.findall(f"{W}lvl")[1].find(f"{W}pPr/{W}ind").attrib == wanted


def test_tables(renderer: DocxRenderer) -> None:
    table = part(renderer.render(letter(TABLE))).find(f".//{W}tbl")
    rows = table.findall(f"{W}tr")
    assert [row.find(f"{W}trPr/{W}tblHeader") is not None for row in rows] == [True, False, False, False]
    # The first row under the head may split: LibreOffice 7.4 drops what follows it otherwise.
    assert [row.find(f"{W}trPr/{W}cantSplit") is not None for row in rows] == [True, False, True, True]
    look = table.find(f"{W}tblPr/{W}tblLook")
    assert (look.get(f"{W}firstRow"), look.get(f"{W}firstColumn")) == ("1", "1")
    assert [text_of(cell) for cell in rows[1].iter(f"{W}tc")] == ["Imødekommet", "299", "62,2 %"]
    styles = [[s.get(f"{W}val") for s in row.iter(f"{W}pStyle")] for row in rows[:2]]
    assert styles == [
        ["TableHead", "TableHeadFigure", "TableHeadFigure"],
        ["TableText", "TableFigure", "TableFigure"],
    ]


def test_table_fills_the_text_column(renderer: DocxRenderer) -> None:
    data = renderer.render(letter(TABLE))
    table = part(data).find(f".//{W}tbl")
    size, margins = (part(data).find(f".//{W}{name}") for name in ("pgSz", "pgMar"))
    text = int(size.get(f"{W}w")) - int(margins.get(f"{W}left")) - int(margins.get(f"{W}right"))
    assert sum(int(c.get(f"{W}w")) for c in table.iter(f"{W}gridCol")) == text
    assert text == pytest.approx(125 / 25.4 * 1440, abs=2)


def test_tables_are_kept_apart_and_never_end_the_body(renderer: DocxRenderer) -> None:
    children = part(renderer.render(letter(TABLE, TABLE, heading=None))).find(f"{W}body")
    kinds = [etree.QName(e).localname for e in children]
    assert kinds[kinds.index("tbl") :] == ["tbl", "p", "tbl", "p", "sectPr"]


def test_empty_cells_hold_a_paragraph(renderer: DocxRenderer) -> None:
    table = Table((Column(()), Column(line("b"))), (((), ()),))
    cells = part(renderer.render(letter(table))).iter(f"{W}tc")
    assert all(cell[-1].tag == f"{W}p" for cell in cells)


def test_a_signature_is_whole_and_never_alone(renderer: DocxRenderer) -> None:
    read = body(renderer, p("a"), p("b"), SIGNATURE, p("Bilag: x"))
    keeps = [q.element.find(f"{W}pPr/{W}keepNext") is not None for q in read]
    assert [q.style for q in read] == ["Body Text", "Body Text", "Closing", "Signature", "Body Text"]
    assert keeps[:2] == [False, True]
    assert keeps[4] is False
    assert read[3].text == "Inger Lund\nIntegrationschef\nJobcenter Integration"
    kept = part(renderer.render(EVERYTHING), "word/styles.xml")
    for ident in ("Closing", "Signature"):
        style = kept.find(f"{W}style[@{W}styleId='{ident}']/{W}pPr")
        assert style.find(f"{W}keepLines") is not None
    assert kept.find(f"{W}style[@{W}styleId='Closing']/{W}pPr/{W}keepNext") is not None


@pytest.mark.parametrize("before", [TABLE, bullets("a", "b"), Quote((p("q"),))])
def test_whatever_stands_before_a_signature_stays_with_it(renderer: DocxRenderer, before: Block) -> None:
    *_, last, greeting, _lines = body(renderer, before, SIGNATURE)
    assert greeting.style == "Closing"
    assert last.element.find(f"{W}pPr/{W}keepNext") is not None


@pytest.mark.parametrize("led", [TABLE, bullets("a", "b"), Quote((p("q"),))])
def test_a_lead_in_stays_with_what_it_leads_in_to(renderer: DocxRenderer, led: Block) -> None:
    said, leading, *_ = body(renderer, p("Sådan er det."), p("Vi har set på:"), led, p("slut"))
    assert said.element.find(f"{W}pPr/{W}keepNext") is None
    assert leading.element.find(f"{W}pPr/{W}keepNext") is not None


def test_a_lead_in_inside_an_item_stays_with_the_inner_list(renderer: DocxRenderer) -> None:
    item = Item((p("først"), p("vi har set på:"), bullets("indre")), 1)
    first, leading, _ = body(renderer, List(Numbering.DECIMAL, (item,)))
    assert first.element.find(f"{W}pPr/{W}keepNext") is None
    assert leading.element.find(f"{W}pPr/{W}keepNext") is not None


def test_no_short_item_is_left_alone(renderer: DocxRenderer) -> None:
    read = body(renderer, bullets("a", "b", "c", "d"))
    kept = [one.element.find(f"{W}pPr/{W}keepNext") is not None for one in read]
    assert kept == [True, False, True, False]


def test_a_signature_without_greeting(renderer: DocxRenderer) -> None:
    before, signature = body(renderer, p("a"), Signature((), (line("Inger Lund"),)))
    assert signature.style == "Signature"
    assert before.element.find(f"{W}pPr/{W}keepNext") is not None


def test_links_are_relationships(renderer: DocxRenderer) -> None:
    address = 'https://lindehoej.example/a?b=1&c="2" <æ>{x}'
    inlines: tuple[Inline, ...] = (
        Link("mailto:integration@lindehoej.example", line("skriv")),
        Link(address, line("a", Strong(line("b")))),
        Link("mailto:integration@lindehoej.example", line("igen")),
    )
    data = renderer.render(letter(p(*inlines)))
    targets = links(data)
    found = [(targets[h.get(RID)], text_of(h)) for h in part(data).iter(f"{W}hyperlink")]
    assert found == [
        ("mailto:integration@lindehoej.example", "skriv"),
        ("https://lindehoej.example/a?b=1&c=%222%22%20%3Cæ%3E%7Bx%7D", "ab"),
        ("mailto:integration@lindehoej.example", "igen"),
    ]
    assert len(targets) == 2


RID = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"


def test_marks_in_marks(renderer: DocxRenderer) -> None:
    (read,) = body(
        renderer, p(Strong((Text("a"), Emphasis(line("b")))), "c", LineBreak(), Emphasis(line("d")))
    )
    marks = []
    for run in read.element.iter(f"{W}r"):
        properties = run.find(f"{W}rPr")
        names = [] if properties is None else [etree.QName(e).localname for e in properties]
        marks.append((text_of(run), names))
    assert marks == [
        ("a", ["rStyle"]), ("b", ["rStyle", "i", "iCs"]), ("c", []), ("\n", []), ("d", ["rStyle"]),
    ]  # fmt: skip


def test_words_of_another_language_say_so(renderer: DocxRenderer) -> None:
    (read,) = body(
        renderer,
        p(
            "a",
            Foreign("en", (Text("due"), Strong(line("b")))),
            Link("https://a.dk", (Foreign("uk", line("c")),)),
        ),
    )
    found = [
        (text_of(run), [e.get(f"{W}val") for e in run.findall(f"{W}rPr/{W}lang")])
        for run in read.element.iter(f"{W}r")
    ]
    assert found == [("a", []), ("due", ["en-GB"]), ("b", ["en-GB"]), ("c", ["uk-UA"])]


def test_white_space_is_kept(renderer: DocxRenderer) -> None:
    (read,) = body(renderer, p("  a ", Strong(line(" ")), "\u00a0b  "))
    assert read.text == "  a  \u00a0b  "
    texts = list(read.element.iter(f"{W}t"))
    assert {t.get("{http://www.w3.org/XML/1998/namespace}space") for t in texts} == {"preserve"}


def test_no_text_boxes_and_the_address_in_the_window(everything: bytes) -> None:
    root = part(everything)
    assert next(root.iter("{*}txbxContent", "{*}anchor", "{*}pict"), None) is None
    frames = {q.style: q.element.find(f"{W}pPr/{W}framePr") for q in paragraphs(everything)}
    address = {key.split("}")[1]: value for key, value in frames["Adresse"].attrib.items()}
    assert (address["hAnchor"], address["vAnchor"]) == ("page", "page")
    millimetres = {key: int(address[key]) / 1440 * 25.4 for key in ("x", "y", "w")}
    assert millimetres == pytest.approx({"x": 25, "y": 48, "w": 85}, abs=0.05)
    assert frames["Kolonneetiket"].attrib == frames["Kolonnetekst"].attrib
    assert frames["Body Text"] is None


def test_a_final_letter_has_no_mark_and_no_gap(renderer: DocxRenderer) -> None:
    data = renderer.render(letter(p("a"), heading=None))
    for name in ("word/document.xml", "word/header1.xml", "word/header2.xml"):
        assert "UDKAST" not in text_of(part(data, name))
    assert "Udkast" not in {q.style for q in paragraphs(data)}
    assert len(part(data, "word/header1.xml")) == 1
    bare = replace(letter(p("a"), heading=None).slots, return_line="", address=(), column=())
    assert [q.text for q in paragraphs(renderer.render(letter(p("a"), heading=None, slots=bare)))] == ["a"]


def test_a_draft_is_marked_on_every_page(everything: bytes) -> None:
    for name in ("word/header1.xml", "word/header2.xml"):
        assert text_of(part(everything, name)).startswith("UDKAST")


def test_page_numbers_are_fields(everything: bytes) -> None:
    footer = part(everything, "word/footer1.xml")
    fields = [f.get(f"{W}instr").strip() for f in footer.iter(f"{W}fldSimple")]
    assert (text_of(footer), fields) == ("Side 1 af 1", ["PAGE", "NUMPAGES"])


def test_logo_has_its_text(everything: bytes) -> None:
    (picture,) = part(everything, "word/header1.xml").iter("{*}docPr")
    assert picture.get("descr") == "Lindehøj Kommunes logo"


@pytest.mark.parametrize(("language", "expected"), [("da", "da-DK"), ("en", "en-GB"), ("de-DE", "de-DE")])
def test_language(renderer: DocxRenderer, language: str, expected: str) -> None:
    data = renderer.render(replace(letter(p("a")), language=language))
    parts = ("word/styles.xml", "word/document.xml", "word/header1.xml")
    found = {e.get(f"{W}val") for name in parts for e in part(data, name).iter(f"{W}lang")}
    assert found == {expected}
    assert part(data, "docProps/core.xml").findtext("{*}language") == expected


def test_settings_of_danish_text(everything: bytes) -> None:
    settings = part(everything, "word/settings.xml")
    assert settings.find(f"{W}autoHyphenation") is not None
    assert settings.find(f"{W}themeFontLang").get(f"{W}val") == "da-DK"
