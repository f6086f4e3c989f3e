"""The words of secrecy stand on every page in Word and PDF, and an open letter has none."""

from __future__ import annotations

import io
import zipfile
from dataclasses import replace
from pathlib import Path

import pikepdf
import pypdfium2
import pytest

from letters.document.model import Letter, Paragraph, Role, Section, Slots, Status, Text
from letters.problems import TemplateError
from letters.render.docx import DocxRenderer
from letters.render.pdf import DEFAULT_FONT_DIRS, PdfRenderer
from letters.render.pdf.layout import Layout

LETTERHEAD = Path(__file__).parents[2] / "templates" / "da" / "brevpapir" / "lindehoej"
WORDS = "FORTROLIGT. Følsomme personoplysninger"
UA = "{http://www.aiim.org/pdfua/ns/id/}part"
SLOTS = Slots(sender="Lindehøj Kommune", page_label="Side {page} af {pages}", logo_alt="Mærke", running="1")
LONG = Letter(
    title="Fortroligt bilag",
    status=Status.FINAL,
    date="2021-09-10",
    letterhead="lindehoej",
    slots=replace(SLOTS, classification=WORDS),
    sections=(Section(Role.FACTS, (Paragraph((Text("Et afsnit om sagen. " * 40),)),) * 9),),
)
OPEN = replace(LONG, slots=SLOTS)


@pytest.fixture(scope="module")
def pdf() -> PdfRenderer:
    return PdfRenderer(LETTERHEAD, DEFAULT_FONT_DIRS)


@pytest.fixture(scope="module")
def docx() -> DocxRenderer:
    return DocxRenderer(LETTERHEAD / "letterhead.docx")


def pages(data: bytes) -> list[str]:
    with pypdfium2.PdfDocument(data) as document:
        return [page.get_textpage().get_text_bounded() for page in document]


def furniture(data: bytes) -> dict[str, str]:
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        names = [name for name in package.namelist() if name.startswith(("word/header", "word/footer"))]
        return {name: package.read(name).decode() for name in names}


def test_every_page_of_a_pdf_says_what_it_is(pdf):
    shown = pages(pdf.render(LONG))
    assert len(shown) > 2
    assert all(WORDS in text for text in shown)
    assert all(f"Side {number} af {len(shown)}" in text for number, text in enumerate(shown, 1))


def test_an_open_letter_has_no_words_of_secrecy(pdf, docx):
    assert not any("FORTROLIGT" in text for text in pages(pdf.render(OPEN)))
    assert not any("FORTROLIGT" in text for text in furniture(docx.render(OPEN)).values())


def test_the_footer_of_every_page_of_a_word_file_says_what_it_is(docx):
    data = docx.render(LONG)
    classified = [name for name, xml in furniture(data).items() if WORDS in xml]
    assert classified == ["word/footer1.xml"]
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        relations = package.read("word/_rels/document.xml.rels").decode()
        body = package.read("word/document.xml").decode()
    (ident,) = [part.split('Id="')[1].split('"')[0] for part in relations.split("<") if "footer1.xml" in part]
    for kind in ("default", "first"):
        assert any(
            f'r:id="{ident}"' in part and f'w:type="{kind}"' in part
            for part in body.split("<")
            if part.startswith("w:footerReference")
        )


def test_what_will_be_encrypted_claims_no_archive_format(pdf):
    with pikepdf.open(io.BytesIO(pdf.render(LONG, archive=False))) as opened:
        metadata = opened.open_metadata(set_pikepdf_as_editor=False, update_docinfo=False)
        assert metadata[UA] == "1"
        assert "pdfaid:part" not in metadata


def test_both_kinds_of_pdf_say_the_same(pdf):
    assert pages(pdf.render(LONG)) == pages(pdf.render(LONG, archive=False))


def test_a_pdf_letterhead_that_drops_the_words_of_secrecy_is_refused():
    file = LETTERHEAD / "letterhead.html"
    source = file.read_text(encoding="utf-8")
    Layout(source, file, "logo.svg")
    with pytest.raises(TemplateError) as raised:
        Layout(source.replace("{{ slots.classification }}", ""), file, "logo.svg")
    assert [problem.code for problem in raised.value.problems] == ["letterhead.slot-missing"]
