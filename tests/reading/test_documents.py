"""Documents from anywhere are read as paragraphs: Word files, PDFs with tags and without, plain text."""

from __future__ import annotations

import io

import docx
import pikepdf
import pypdfium2
import pytest
from weasyprint import HTML

from letters.problems import LettersError
from letters.reading.documents import Kind, is_document, read_document
from letters.reading.pdf_paragraphs import joined

PROSE = (
    "Vi overtager ikke ansvaret for dit selvforsørgelses- og hjemrejseprogram efter integrationslovens"
    " § 18, stk. 2. Det betyder, at Sønderkær Kommune fortsat har ansvaret, og at du kan søge igen, hvis"
    " noget vigtigt ændrer sig i din sag. "
)
HTML_LETTER = f"""<html lang="da"><style>@page {{ size: A4; margin: 3cm; @bottom-left {{
content: "Side " counter(page) " af " counter(pages) }} }} body {{ hyphens: auto; width: 9cm }}</style>
<body><h1>Afslag</h1><p>{PROSE}</p><h2>Begrundelse</h2><p>{PROSE * 14}</p><ul><li>Første punkt her.</li>
<li>Andet punkt her.</li></ul><p>{PROSE * 14}</p></body></html>"""


@pytest.fixture(scope="module")
def pdf():
    """Without tags, as of a program that knows nothing of paragraphs."""
    return HTML(string=HTML_LETTER).write_pdf()


def word_file(*paragraphs):
    document = docx.Document()
    for style, text in paragraphs:
        document.add_paragraph(text, style=style)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def test_a_pdf_without_tags_has_the_paragraphs_that_were_written(pdf):
    found = read_document(pdf, "x.pdf")
    assert [one.text for one in found[:3]] == ["Afslag", PROSE.strip(), "Begrundelse"]
    texts = [one.text for one in found]
    assert {"Første punkt her.", "Andet punkt her."} <= set(texts)
    assert "".join(texts).count("selvforsørgelses- og hjemrejseprogram") == PROSE.count("-") * 29


def test_what_returns_on_every_page_is_set_apart_once(pdf):
    with pypdfium2.PdfDocument(pdf) as document:
        pages = len(document)
    assert pages >= 3
    found = read_document(pdf, "x.pdf")
    frame = [one.text for one in found if one.kind is Kind.FRAME]
    assert frame == [f"Side {page} af {pages}" for page in range(1, pages + 1)]
    assert {one.page for one in found} <= set(range(1, pages + 1))


def test_a_pdf_without_tags_shows_headings_and_items(pdf):
    kinds = {one.text: one.kind for one in read_document(pdf, "x.pdf")}
    assert kinds["Afslag"] is kinds["Begrundelse"] is Kind.HEADING
    assert kinds["Første punkt her."] is kinds["Andet punkt her."] is Kind.ITEM
    assert kinds[PROSE.strip()] is Kind.PLAIN


def test_a_paragraph_goes_on_over_the_page_and_over_a_divided_word(pdf):
    long = [one.text for one in read_document(pdf, "x.pdf") if len(one.text) > 2000]
    assert long == [(PROSE * 14).strip()] * 2


@pytest.mark.parametrize(
    ("before", "after", "whole"),
    [
        ("efter integra\u2010", "tionsloven", "efter integrationsloven"),
        ("efter integra-", "tionsloven", "efter integrationsloven"),
        ("selvforsørgelses-", "og hjemrejseprogram", "selvforsørgelses- og hjemrejseprogram"),
        ("i København-", "Aarhus", "i København- Aarhus"),
        ("https://www.ast.dk/ud-", "valgte", "https://www.ast.dk/ud-valgte"),
        ("integrationslovens §", "18", "integrationslovens § 18"),
    ],
)
def test_two_lines_become_one(before, after, whole):
    assert joined(before, after) == whole


def test_a_picture_of_a_letter_is_told_and_not_passed():
    out = io.BytesIO()
    with pikepdf.new() as document:
        document.add_blank_page()
        document.save(out)
    with pytest.raises(LettersError) as caught:
        read_document(out.getvalue(), "scan.pdf")
    assert [problem.code for problem in caught.value.problems] == ["document.empty"]


def test_our_own_pdf_is_read_by_its_tags(made_letters):
    for path in list(made_letters.files("letter.pdf").values())[:3]:
        kinds = {one.kind for one in read_document(path.read_bytes(), "letter.pdf")}
        assert {Kind.HEADING, Kind.PLAIN} <= kinds


def test_word_and_pdf_of_a_letter_have_the_same_headings(made_letters):
    for folder in list(made_letters.folders.values())[:5]:
        headings = [
            [
                one.text
                for one in read_document((folder / name).read_bytes(), name)
                if one.kind is Kind.HEADING
            ]
            for name in ("letter.docx", "letter.pdf")
        ]
        assert headings[0] == headings[1] != []


def test_word_styles_say_what_a_paragraph_is():
    styles = [
        ("Heading 1", "Afslag"),
        ("Normal", "En sætning."),
        ("List Bullet", "Et punkt"),
        ("Quote", "Ord"),
    ]
    kinds = [one.kind for one in read_document(word_file(*styles), "x.docx")]
    assert kinds == [Kind.HEADING, Kind.PLAIN, Kind.ITEM, Kind.QUOTE]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252"])
def test_text_is_parted_by_blank_lines(encoding):
    found = read_document("Første\nafsnit på æøå.\n\n\nAndet afsnit.".encode(encoding), "x.txt")
    assert [(one.text, one.line) for one in found] == [("Første afsnit på æøå.", 1), ("Andet afsnit.", 5)]


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"%PDF-1.7\nnothing more", "pdf.unreadable"),
        (b"PK\x03\x04nothing", "word.no-word-file"),
        (b"\xd0\xcf\x11\xe0old", "word.locked"),
        (b"a\0b", "document.no-text"),
        (b"\x81\x8d\x8f", "document.no-text"),
    ],
)
def test_what_cannot_be_read_is_told(data, code):
    with pytest.raises(LettersError) as caught:
        read_document(data, "x")
    assert [problem.code for problem in caught.value.problems] == [code]


def test_a_locked_pdf_is_told(pdf):
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(pdf)) as document:
        document.save(out, encryption=pikepdf.Encryption(user="hemmeligt", owner="mere hemmeligt", R=6))
    with pytest.raises(LettersError) as caught:
        read_document(out.getvalue(), "x.pdf")
    assert [problem.code for problem in caught.value.problems] == ["pdf.locked"]


def test_a_document_is_known_by_its_bytes():
    assert is_document(b"%PDF-1.7")
    assert is_document(word_file(("Normal", "x")))
    assert not is_document(b"matter: reply")
