"""Names from all over the world, with the letterhead's own face or its declared fallback."""

from __future__ import annotations

import unicodedata
from pathlib import Path

import pytest
from pdf_samples import LETTERHEAD, OTHER_LETTERHEAD, font_names, letter, page_texts, paragraph, run

from letters.document.model import Emphasis, Paragraph, Strong
from letters.render.pdf import DEFAULT_FONT_DIRS, PdfRenderer

NAMES = {
    "polish": "Łukasz Źdźbło-Żółkiewski",
    "turkish": "Şükrü Yağmur İnceoğlu",
    "ukrainian": "Олександр Їжакевич-Ґалаґан",
    "vietnamese": "Nguyễn Thị Phượng Đặng",
    "greenlandic": "Qaĸortoĸ Kûtsiaĸ Ã",
}
BOTH = pytest.mark.parametrize("folder", [LETTERHEAD, OTHER_LETTERHEAD], ids=lambda folder: folder.name)


def fonts_of(folder: Path, text: str) -> list[str]:
    return font_names(PdfRenderer(folder, DEFAULT_FONT_DIRS).render(letter(paragraph(text), heading=None)))


@BOTH
@pytest.mark.parametrize("language", NAMES)
def test_a_name_comes_out_right(folder: Path, language: str) -> None:
    name = run(NAMES[language])
    marked = Strong((Emphasis(name),))
    source = letter(paragraph(NAMES[language]), Paragraph((Strong(name),)), Paragraph((marked,)), draft=False)
    (page,) = page_texts(PdfRenderer(folder, DEFAULT_FONT_DIRS).render(source))
    assert unicodedata.normalize("NFC", page).count(NAMES[language]) == 3
    assert all(name.startswith("Liberation") for name in fonts_of(folder, NAMES[language]))


@BOTH
def test_the_fallback_serves_only_what_the_main_face_lacks(folder: Path) -> None:
    assert all(name.startswith("Liberation") for name in fonts_of(folder, "Æblegrød, 2021–2022: § 18"))
    with_georgian = fonts_of(folder, "გიორგი bor her")
    assert [name for name in with_georgian if name.startswith("DejaVu")]
    assert [name for name in with_georgian if name.startswith("Liberation")]


@BOTH
def test_the_fallback_has_what_letters_meet(folder: Path) -> None:
    renderer = PdfRenderer(folder, DEFAULT_FONT_DIRS)
    assert renderer.problems(letter(paragraph("გიორგი Հայկ محمد ☑ ✓"))) == []


def test_a_family_that_is_no_fallback_comes_whole(letterhead: Path) -> None:
    file = letterhead / "letterhead.yaml"
    text = file.read_text(encoding="utf-8").replace("    italic: LiberationSans-Italic.ttf\n", "")
    file.write_text(text, encoding="utf-8")
    with pytest.raises(Exception, match="only a fallback goes without"):
        PdfRenderer(letterhead, DEFAULT_FONT_DIRS)
