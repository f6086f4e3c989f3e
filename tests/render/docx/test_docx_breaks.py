"""Word files keep the same rules through their styles, as LibreOffice breaks the pages."""

from __future__ import annotations

import re
from pathlib import Path

import pypdfium2
import pytest
from docx_samples import SIGNATURE, letter, line, p

from judges import libreoffice
from letters.document.model import Align, Block, Column, Heading, Table
from letters.render.docx import DocxRenderer

ROOT = Path(__file__).parents[3]
COUNTS = range(12, 22)
LONG = " ".join(f"ord{number}" for number in range(75))
TABLE = Table(
    (Column(line("År")), Column(line("Antal"), Align.RIGHT)),
    tuple((line(str(1900 + row)), line(str(row))) for row in range(90)),
)
ENDINGS: dict[str, tuple[Block, ...]] = {
    "signature": (p(LONG), SIGNATURE),
    "answer": (Heading(2, line("Ad 2:")), p(LONG)),
    "lead-in": (p("Vi har set på:"), TABLE),
}


@pytest.fixture(scope="module", params=["lindehoej", "egevang"])
def pages(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> dict[str, list[list[str]]]:
    """Name of a letter -> the text of each page; LibreOffice draws them all in one call."""
    folder = tmp_path_factory.mktemp(request.param)
    renderer = DocxRenderer(ROOT / "templates/da/brevpapir" / request.param / "letterhead.docx")
    for name, blocks in ENDINGS.items():
        for count in COUNTS:
            source = letter(*[p("linje")] * count, *blocks, heading=None)
            (folder / f"{name}-{count}.docx").write_bytes(renderer.render(source))
    drawn = libreoffice(sorted(folder.glob("*.docx")), "pdf", folder)
    return {path.stem: _texts(made) for path, made in drawn.items() if made is not None}


def _texts(path: Path) -> list[list[str]]:
    with pypdfium2.PdfDocument(path) as document:
        return [
            [row.strip() for row in page.get_textpage().get_text_range().splitlines() if row.strip()]
            for page in document
        ]


def of(pages: dict[str, list[list[str]]], name: str, mark: str) -> list[tuple[list[str], int]]:
    """For each letter of a kind, the page on which a line stands, and where on it."""
    kind = [value for key, value in pages.items() if key.startswith(name)]
    assert len(kind) == len(COUNTS)
    found = [(page, page.index(mark)) for letter_pages in kind for page in letter_pages if mark in page]
    assert len(found) == len(COUNTS)
    return found


def test_a_signature_has_text_above_it_and_is_whole(pages: dict[str, list[list[str]]]) -> None:
    for page, place in of(pages, "signature", "Venlig hilsen"):
        assert page[place - 1].startswith("ord")
        assert page[place + 1 : place + 4] == ["Inger Lund", "Integrationschef", "Jobcenter Integration"]


def test_an_answers_number_is_never_last_on_a_page(pages: dict[str, list[list[str]]]) -> None:
    for page, place in of(pages, "answer", "Ad 2:"):
        assert page[place + 1].startswith("ord0")
        assert page[place + 2].startswith("ord")


def test_no_line_of_a_paragraph_stands_alone(pages: dict[str, list[list[str]]]) -> None:
    parts = [
        sum(bool(re.match(r"ord\d", row)) for row in page)
        for key, letter_pages in pages.items()
        if not key.startswith("lead-in")
        for page in letter_pages
    ]
    assert 1 not in parts


def test_a_lead_in_stays_with_its_table_which_repeats_its_head(pages: dict[str, list[list[str]]]) -> None:
    for page, place in of(pages, "lead-in", "Vi har set på:"):
        assert page[place + 1].startswith("År")
    for key, letter_pages in pages.items():
        if key.startswith("lead-in"):
            with_rows = [page for page in letter_pages if any(re.match(r"19\d\d", row) for row in page)]
            assert len(with_rows) > 1
            assert all(any(row.startswith("År") for row in page) for page in with_rows)
