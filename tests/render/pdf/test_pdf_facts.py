"""What programs and assistive technology read in the file."""

from __future__ import annotations

import re
from dataclasses import replace

import pypdfium2
import pytest
from pdf_samples import (
    elements,
    font_names,
    kids,
    letter,
    letters_only,
    opened,
    paragraph,
    rich,
    tags,
    texts_of,
)

from letters.document.model import Foreign, Heading, Link, Paragraph, Text
from letters.render.pdf import PdfRenderer

UA = "{http://www.aiim.org/pdfua/ns/id/}part"


def test_properties(rich_pdf: bytes) -> None:
    with opened(rich_pdf) as pdf:
        assert str(pdf.docinfo["/Title"]) == "Afslag på overtagelse af integrationsansvar"
        assert str(pdf.docinfo["/Author"]) == "Lindehøj Kommune"
        assert str(pdf.docinfo["/CreationDate"]) == str(pdf.docinfo["/ModDate"]) == "D:20210813120000Z"
        assert pdf.Root.ViewerPreferences.DisplayDocTitle
        assert str(pdf.Root.Lang) == "da"


def test_claims_both_profiles_in_one_packet(rich_pdf: bytes) -> None:
    with opened(rich_pdf) as pdf:
        xmp = pdf.Root.Metadata.read_bytes()
        metadata = pdf.open_metadata(set_pikepdf_as_editor=False, update_docinfo=False)
        assert (metadata["pdfaid:part"], metadata["pdfaid:conformance"], metadata[UA]) == ("2", "A", "1")
        assert metadata["dc:title"] == "Afslag på overtagelse af integrationsansvar"
    assert xmp.count(b"<rdf:RDF") == xmp.count(b"</rdf:RDF>") == 1
    assert b"<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>" in xmp


def test_only_declared_fonts_and_all_embedded(rich_pdf: bytes) -> None:
    assert font_names(rich_pdf) == ["Liberation-Sans", "Liberation-Sans-Bold", "Liberation-Sans-Italic"]


@pytest.mark.parametrize(
    ("heading", "expected"),
    [("Afslag", ["H1", "H2", "H3", "H4", "H2"]), (None, ["H1", "H2", "H3", "H1"])],
)
def test_heading_levels(renderer: PdfRenderer, heading: str | None, expected: list[str]) -> None:
    with opened(renderer.render(rich(heading=heading))) as pdf:
        assert [tag for tag in tags(pdf) if re.fullmatch("H[1-6]", tag)] == expected


def test_bookmarks_follow_the_headings(rich_pdf: bytes) -> None:
    with opened(rich_pdf) as pdf, pdf.open_outline() as outline:
        (title,) = outline.root
        assert title.title == "Afslag på din ansøgning"
        assert [entry.title for entry in title.children] == ["Afgørelse", "Svar"]
        assert [entry.title for entry in title.children[0].children] == ["Dine oplysninger"]


def test_every_item_is_label_and_body(rich_pdf: bytes) -> None:
    with opened(rich_pdf) as pdf:
        items = [[str(kid.S) for kid in kids(item)] for item in elements(pdf) if item.S == "/LI"]
    whole = [item for item in items if item[:2] == ["/Lbl", "/LBody"]]
    assert len(whole) == 20
    assert all("/LBody" in item for item in items)  # what goes on over a page has no label again


def test_table_heads(rich_pdf: bytes) -> None:
    with opened(rich_pdf) as pdf:
        found = tags(pdf)
    assert (found.count("Table"), found.count("THead")) == (1, 1)
    assert (found.count("TH"), found.count("TD")) == (3 + 3, 3 * 2)  # columns and rows; cells


def test_heads_say_what_they_head(rich_pdf: bytes) -> None:
    heads = [(text, said["/Scope"]) for text, said in texts_of(rich_pdf, lambda e: e.S == "/TH")]
    assert heads == [
        *(("År", "/Column"), ("Antal", "/Column"), ("Heraf afslag", "/Column")),
        *(("2017", "/Row"), ("2018", "/Row"), ("2019", "/Row")),
    ]
    with opened(rich_pdf) as pdf:
        assert all("/Headers" in e.A for e in elements(pdf) if e.S == "/TD")


def test_words_of_another_language_and_abbreviations(rich_pdf: bytes) -> None:
    foreign = texts_of(rich_pdf, lambda e: "/Lang" in e)
    assert [(text, said["/Lang"]) for text, said in foreign] == [("the letter of intent", "en")]
    expanded = {(text, said["/E"]) for text, said in texts_of(rich_pdf, lambda e: "/E" in e)}
    assert expanded == {
        ("jf.", "jævnfør "),  # with the space before the link
        ("stk.", "stykke"),
        ("integrationslovens § 53, stk. 2", "integrationslovens paragraf 53, stykke 2"),
    }


def test_the_space_between_an_abbreviation_and_a_link_is_drawn(renderer: PdfRenderer) -> None:
    link = Link("https://a.example/", (Text("integrationslovens § 18"),))
    data = renderer.render(letter(Paragraph((Text("Det følger af loven, bl.a. jf. "), link, Text(".")))))
    with pypdfium2.PdfDocument(data) as pdf:
        page = pdf[0].get_textpage()
        text = page.get_text_range()
        at = text.index("bl.a. jf. integrationslovens")
        spaces = [n for n in range(at, at + 28) if text[n] == " "]
        invented = [n for n in spaces if pypdfium2.raw.FPDFText_IsGenerated(page, n)]
        page.close()
    assert (len(spaces), invented) == (2, [])


def test_no_danish_is_said_in_another_language(renderer: PdfRenderer) -> None:
    link = Link("https://a.example/", (Text("nr. 1"),))
    source = replace(letter(Paragraph((Text("jf. "), link))), language="en")
    english = letter(Paragraph((Foreign("en", (Text("jf. "), link)),)))
    for one in (source, english):
        with opened(renderer.render(one)) as pdf:
            assert [str(e.S) for e in elements(pdf) if "/E" in e] == []


def test_a_link_over_two_lines_is_told_for_each(renderer: PdfRenderer) -> None:
    words = ("integrationslovens § 53, stk. 2, " * 5).strip(", ")
    with opened(renderer.render(letter(Paragraph((Link("https://a.example/", (Text(words),)),))))) as pdf:
        said = [str(e.E) for e in elements(pdf) if e.S == "/Link"]
        notes = {str(note.Contents) for page in pdf.pages for note in page.get("/Annots", [])}
    whole = words.replace("§", "paragraf").replace("stk.", "stykke")
    assert len(said) > 1
    assert letters_only("".join(said)) == letters_only(whole)
    assert notes == {whole}


def test_link_and_logo(rich_pdf: bytes) -> None:
    with opened(rich_pdf) as pdf:
        targets = {str(note.A.URI) for page in pdf.pages for note in page.get("/Annots", [])}
        alts = [str(obj.Alt) for obj in pdf.objects if getattr(obj, "get", {}.get)("/S") == "/Figure"]
        words = {str(note.Contents) for page in pdf.pages for note in page.get("/Annots", [])}
    assert targets == {"https://www.lindehoej.example/klage?a=1&b=2", "https://www.lindehoej.example/lov"}
    assert words == {
        "https://www.lindehoej.example/klage?a=1&b=2",
        "integrationslovens paragraf 53, stykke 2",
    }
    assert alts == ["Lindehøj Kommunes bomærke"]


def test_the_tree_gives_the_same_file_as_the_html5_parser(renderer: PdfRenderer) -> None:
    from xml.etree import ElementTree

    import weasyprint

    source = rich()
    engine = renderer._engine
    root = renderer._layout.root(source)
    text = ElementTree.tostring(root, encoding="unicode", method="html")

    class Parsed(weasyprint.HTML):  # type: ignore[misc]
        def __init__(self, *_: object) -> None:
            super().__init__(string=text, base_url="https://letterhead.invalid/", url_fetcher=engine._fetcher)

    import letters.render.pdf.engine as module

    ours = engine.draw(root, source)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(module, "_Page", Parsed)
        theirs = engine.draw(root, source)
    assert ours == theirs


def test_fonts_are_known_by_hash(renderer: PdfRenderer) -> None:
    assert [font.cut for font in renderer.fonts] == [
        *("regular", "bold", "italic", "bold-italic"),
        *("regular", "bold"),  # the fallback
    ]
    assert all(re.fullmatch("[0-9a-f]{64}", font.sha256) for font in renderer.fonts)


def test_a_heading_of_level_two_may_hold_any_text(renderer: PdfRenderer) -> None:
    data = renderer.render(letter(Heading(1, (paragraph("A & B <c>").children[0],)), paragraph("x")))
    with opened(data) as pdf, pdf.open_outline() as outline:
        assert outline.root[0].children[0].title == "A & B <c>"
