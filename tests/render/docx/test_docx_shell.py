"""A compiled letterhead gives the very file that docxtpl gives, and steps back where it cannot."""

from __future__ import annotations

import io
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest
from docx import Document
from docx_samples import bullets, line, p
from docx_samples import letter as sample

from letters.document.load import load
from letters.document.model import Letter, Link, Paragraph, Role, Section, Strong, Text
from letters.problems import RenderError
from letters.render.docx import DocxRenderer
from letters.render.docx.archive import archive, entry

ROOT = Path(__file__).parents[3]
HEADS = sorted((ROOT / "templates/da/brevpapir").glob("*/letterhead.docx"))
GOLDENS = sorted((ROOT / "tests/catalogue/goldens").glob("*/*"))


def everything() -> Letter:
    link = Link("https://www.lindehoej.example/klage", line("klage"))
    return sample(
        p("Se ", link, " og ", Strong(line("svar"))), bullets("Et", "To"), p("Mere."), bullets("Tre")
    )


@pytest.fixture(scope="module")
def renderers() -> dict[str, tuple[DocxRenderer, DocxRenderer]]:
    """Letterhead -> one that fills it compiled, one that lets docxtpl make each letter."""
    made = {head.parent.name: (DocxRenderer(head), DocxRenderer(head, compile_=False)) for head in HEADS}
    assert all(quick._shell and not slow._shell for quick, slow in made.values())
    return made


def test_every_example_is_the_same_file(renderers: dict[str, tuple[DocxRenderer, DocxRenderer]]) -> None:
    assert GOLDENS
    for path in GOLDENS:
        letter = load(path.read_text("utf-8"))
        quick, slow = renderers[letter.letterhead]
        assert quick.render(letter) == slow.render(letter), path


def test_other_letters_in_between_leave_nothing(
    renderers: dict[str, tuple[DocxRenderer, DocxRenderer]],
) -> None:
    """Lists, links, languages and awkward characters of one letter do not show in the next."""
    quick, slow = renderers["lindehoej"]
    link = Link("https://a.example/?x=1&y={{z}}", (Text("{_{ & {{ b }} <w:p> \u00a0"),))
    odd = replace(everything(), sections=(Section(Role.OPENING, (Paragraph((link,)),)),), language="en")
    for letter in (everything(), odd, everything(), replace(everything(), language="de"), odd):
        assert quick.render(letter) == slow.render(letter)


def test_a_refused_letter_leaves_nothing(renderers: dict[str, tuple[DocxRenderer, DocxRenderer]]) -> None:
    quick, slow = renderers["lindehoej"]
    bad: Letter = replace(everything(), title="\0")
    with pytest.raises(RenderError):
        quick.render(bad)
    assert quick.render(everything()) == slow.render(everything())


def test_a_letterhead_without_numbering_goes_through_docxtpl(letterhead: Path, tmp_path: Path) -> None:
    """As Word leaves one that has no list. A letter adds the part then."""
    document = Document(str(letterhead))
    part = document.part
    for key, relation in list(part.rels.items()):
        if relation.reltype.endswith("/numbering"):
            del part.rels[key]
    path = tmp_path / "letterhead.docx"
    document.save(str(path))
    renderer = DocxRenderer(path)
    assert renderer._shell is None
    assert "word/numbering.xml" in zipfile.ZipFile(io.BytesIO(renderer.render(everything()))).namelist()


def test_the_archive_is_that_of_zipfile() -> None:
    contents = {
        "[Content_Types].xml": b"<a/>" * 500,
        "word/æ".encode().hex(): b"",
        "b": bytes(range(256)) * 9,
    }
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as package:
        for name, data in contents.items():
            info = zipfile.ZipInfo(name)
            info.compress_type, info.create_system = zipfile.ZIP_DEFLATED, 0
            package.writestr(info, data)
    assert archive((name, entry(data)) for name, data in contents.items()) == target.getvalue()
