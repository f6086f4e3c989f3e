"""Where pages break: tried with text of every height, so that each break falls in each of its places once."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from pdf_samples import LETTERHEAD, OTHER_LETTERHEAD, letter, page_texts, paragraph, run, signature

from letters.document.model import Block, Heading
from letters.render.pdf import DEFAULT_FONT_DIRS, PdfRenderer

FURNITURE = re.compile(r"Side \d+ af \d+|^Lindehøj Kommune|^Sag 2021|^UDKAST|2021-0142$")
LONG = " ".join(f"ord{number}" for number in range(75))  # some seven lines
ANSWER = "Et svar på spørgsmålet, som fylder mere end en linje på siden, så det kan deles. " * 3


@pytest.fixture(scope="module", params=[LETTERHEAD, OTHER_LETTERHEAD], ids=lambda folder: folder.name)
def renderer(request: pytest.FixtureRequest) -> PdfRenderer:
    return PdfRenderer(Path(request.param), DEFAULT_FONT_DIRS)


def bodies(renderer: PdfRenderer, *blocks: Block, counts: range) -> Iterator[list[list[str]]]:
    """The lines of the body on each page, for each number of short paragraphs before `blocks`."""
    broken = set()
    for count in counts:
        source = letter(*[paragraph("linje")] * count, *blocks, heading=None, draft=False)
        pages = [_body(page) for page in page_texts(renderer.render(source))]
        assert all(pages)
        broken.add(len(pages[0]))
        yield pages
    assert len(broken) > 2  # the breaks did fall in different places


def _body(page: str) -> list[str]:
    lines = [line.strip() for line in page.splitlines()]
    end = next((place for place, line in enumerate(lines) if line.startswith("Lindehøj Kommune")), len(lines))
    return [line for line in lines[:end] if line and not FURNITURE.search(line)]


def test_no_line_of_a_paragraph_stands_alone(renderer: PdfRenderer) -> None:
    split = 0
    for pages in bodies(renderer, paragraph(LONG), counts=range(15, 25)):
        parts = [sum(line.startswith("ord") for line in page) for page in pages]
        assert 1 not in parts
        split += sum(part > 0 for part in parts) > 1
    assert split > 2


def test_an_answers_number_is_never_last_on_a_page(renderer: PdfRenderer) -> None:
    for pages in bodies(renderer, Heading(2, run("Ad 2:")), paragraph(ANSWER), counts=range(15, 25)):
        (page,) = [page for page in pages if "Ad 2:" in page]
        after = page[page.index("Ad 2:") + 1 :]
        assert len(after) >= 2
        assert after[0].startswith("Et svar")


def test_two_headings_stay_with_their_text(renderer: PdfRenderer) -> None:
    headings = (Heading(1, run("Svar")), Heading(2, run("Ad 1:")))
    for pages in bodies(renderer, *headings, paragraph(ANSWER), counts=range(14, 24)):
        (page,) = [page for page in pages if "Svar" in page]
        place = page.index("Svar")
        assert page[place + 1] == "Ad 1:"
        assert page[place + 2].startswith("Et svar")


def test_a_signature_has_text_above_it_and_is_whole(renderer: PdfRenderer) -> None:
    for pages in bodies(renderer, paragraph(LONG), signature(), counts=range(10, 24)):
        (page,) = [page for page in pages if "Med venlig hilsen" in page]
        place = page.index("Med venlig hilsen")
        assert page[place - 1].startswith("ord")
        assert page[place - 2].startswith("ord")
        assert page[place + 1 : place + 3] == ["Ida Holm", "Afdelingsleder"]
