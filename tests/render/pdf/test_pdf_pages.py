"""Where things stand on the pages."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace

import pytest
from pdf_samples import PROSE, boxes, letter, listing, page_texts, paragraph, rich, run, signature, table

from letters.document.model import (
    Block,
    Column,
    Heading,
    Item,
    Letter,
    Link,
    List,
    Numbering,
    Paragraph,
    Quote,
    Strong,
    Table,
    Text,
)
from letters.render.pdf import PdfRenderer

LONG = "Q" * 10_000
SHORTER = "Q" * 3000


def test_margins_of_every_page(renderer: PdfRenderer) -> None:
    pages = page_texts(renderer.render(letter(*[paragraph(PROSE)] * 30)))
    assert len(pages) > 2
    for number, page in enumerate(pages, start=1):
        assert f"Side {number} af {len(pages)}" in page
        assert "Lindehøj Kommune" in page
        assert page.count("UDKAST") == (2 if number == 1 else 1)  # the notice and the mark; the mark
        assert ("Sag 2021-0142" in page) == (number > 1)


def test_a_final_letter_has_no_mark(renderer: PdfRenderer) -> None:
    pages = page_texts(renderer.render(letter(*[paragraph(PROSE)] * 30, draft=False)))
    assert "UDKAST" not in "".join(pages)


def _rows(data: bytes, page: int, left: float, right: float) -> dict[float, str]:
    """The lines of a page between two x, by the y of their bottom in mm."""
    rows: dict[float, str] = {}
    for number, char, x0, _, _, y1 in boxes(data):
        if number == page and left <= x0 < right:
            key = next((y for y in rows if abs(y - y1) < 1.5), y1)
            rows[key] = rows.get(key, "") + char
    return rows


def test_geometry_of_the_first_page(renderer: PdfRenderer) -> None:
    source = letter(paragraph("Brødtekst."), heading="HHHH")
    found = [(char, x0, y0) for page, char, x0, y0, _, _ in boxes(renderer.render(source)) if page == 1]
    rows = _rows(renderer.render(source), 1, 20, 150)
    column = _rows(renderer.render(source), 1, 157, 199)
    assert next(y for y, line in rows.items() if line.startswith("LindehøjKommune,")) == pytest.approx(
        45.5, abs=1
    )
    assert next(y for y, line in rows.items() if line.startswith("Amal")) == pytest.approx(51.5, abs=1)
    assert next(y for y, line in column.items() if line == "Dato") == pytest.approx(51, abs=1)
    title = next(y0 for char, _, y0 in found if char == "H")
    assert title == pytest.approx(99.5, abs=1)
    assert min(x0 for _, x0, _ in found) == pytest.approx(25, abs=0.6)


def test_the_address_stands_in_the_envelope_window(renderer: PdfRenderer) -> None:
    source = letter(paragraph("Brødtekst."))
    source = replace(source, slots=replace(source.slots, address=run("WWWWWWWW") * 8, return_line="WWWW"))
    window = renderer._letterhead.windows[0]
    inside = [box for box in boxes(renderer.render(source)) if box[1] == "W"]
    assert len(inside) == 8 * 8 + 4
    for _, _, left, top, right, bottom in inside:
        assert window.left < left < right < window.left + window.width
        assert window.top < top < bottom < window.top + window.height


@pytest.mark.parametrize("draft", [True, False])
def test_the_frame_stays_put_when_slots_are_empty(renderer: PdfRenderer, draft: bool) -> None:
    source = letter(paragraph("Brødtekst."), heading="Z", draft=draft)
    for gone in ({}, {"return_line": ""}, {"return_line": "", "address": ()}, {"column": ()}):
        slots = replace(source.slots, **gone)
        tops = [(char, top) for _, char, _, top, _, _ in boxes(renderer.render(replace(source, slots=slots)))]
        assert [top for char, top in tops if char == "Z"] == pytest.approx([99.6], abs=0.3)
        first_line = [top for char, top in tops if char == "A" and 45 < top < 53]
        assert first_line == pytest.approx([49.5] if slots.address else [], abs=0.5)


def test_a_notice_of_three_lines_clears_the_column(renderer: PdfRenderer) -> None:
    source = letter(paragraph("x"))
    slots = replace(source.slots, notice="QQQQQQQQQQQQQQQ " * 3)
    found = list(boxes(renderer.render(replace(source, slots=slots))))
    notice = [bottom for _, char, _, _, _, bottom in found if char == "Q"]
    (date,) = [top for _, char, left, top, _, _ in found if char == "D" and left > 157 and top > 45]
    assert len(notice) == 45
    assert max(notice) < date


@pytest.mark.parametrize(
    "address",
    [
        "https://www.lindehoej.example/beskaeftigelsesmuligheder/integrationsansvar/ansoegning",
        "https://www.lindehoej.example/" + "beskaeftigelsesmuligheder" * 5,
        "https://jobcenter-lindehoej.example/oftest-stillede-spoergsmaal/om-integration",
        "www.beskaeftigelsesmuligheder.example",
        "beskaeftigelsesmuligheder@integrationsforvaltningen.example",
    ],
)
@pytest.mark.parametrize("linked", [True, False])
def test_no_hyphen_is_added_to_an_address(renderer: PdfRenderer, address: str, linked: bool) -> None:
    """Outside a link no line ends at an address's own hyphen either; a link cannot be held together so."""
    shown = (Link("https://www.lindehoej.example", run(address)),) if linked else run(address)
    blocks = [Paragraph((Text("o" * n + " "), *shown)) for n in range(20, 60)]
    pages = page_texts(renderer.render(letter(*blocks, draft=False, heading=None)))
    text = "".join(pages)
    if linked:
        assert "\u2010" not in text
        text = re.sub("[\ufffe\u0002]", "-", text)  # how pdfium tells a hyphen at a line's end
    else:
        ends = [line.rstrip()[-1] for line in text.splitlines() if line.strip()]
        assert not {"-", "\u2010", "\ufffe", "\u0002"} & set(ends)
    whole = re.sub(r"\s", "", text).count(address)
    assert whole > 40 - len(pages)  # one may go on over each page's end


def _everywhere(kind: str) -> Letter:
    blocks: dict[str, Block] = {
        "paragraph": paragraph(LONG),
        "strong": Paragraph((Text("x "), Strong(run(SHORTER)))),
        "heading": Heading(1, run(SHORTER)),
        "item": List(Numbering.DECIMAL, (Item((paragraph(LONG),), 1),)),
        "quote": Quote((paragraph(SHORTER),)),
        "cell": Table((Column(run("a")), Column(run("b"))), ((run("x"), run(SHORTER)),)),
        "signature": replace(signature(), lines=(run(SHORTER),)),
    }
    return letter(blocks[kind])


@pytest.mark.parametrize("kind", ["paragraph", "strong", "heading", "item", "quote", "cell", "signature"])
def test_a_word_without_end_is_all_there_and_inside(renderer: PdfRenderer, kind: str) -> None:
    found = [box for box in boxes(renderer.render(_everywhere(kind))) if box[1] == "Q"]
    assert len(found) == (10_000 if kind in ("paragraph", "item") else 3000)
    assert all(
        24 < left < right < 151 and 20 < top < bottom < 274 for _, _, left, top, right, bottom in found
    )


def test_long_furniture_stays_on_the_page(renderer: PdfRenderer) -> None:
    source = letter(*[paragraph(PROSE)] * 12)
    source = replace(source, slots=replace(source.slots, sender="Q" * 100, running="Q" * 100))
    found = [box for box in boxes(renderer.render(source)) if box[1] == "Q"]
    for page, _, _, top, _, bottom in found:
        assert 10 < top < bottom < (40 if page == 1 else 24)


def test_a_long_column_value_breaks_inside_the_column(renderer: PdfRenderer) -> None:
    source = letter(paragraph("x"))
    fact = replace(source.slots.column[0], lines=run("Q" * 300))
    source = replace(source, slots=replace(source.slots, column=(fact,)))
    found = [box for box in boxes(renderer.render(source)) if box[1] == "Q"]
    assert len(found) == 300
    assert all(157 < left < right < 200.5 for _, _, left, _, right, _ in found)


def test_a_long_email_address_breaks_after_its_at_sign(renderer: PdfRenderer) -> None:
    lines = page_texts(renderer.render(letter(paragraph("x"))))[0].split("\r\n")
    assert "integration@" in lines
    assert "jobcenter.lindehoej.example" in lines


def test_the_signature_is_whole_and_not_alone(renderer: PdfRenderer) -> None:
    pages_seen = Counter[int]()
    for count in range(10, 24):
        body = [paragraph("linje")] * count
        source = letter(*body, paragraph("Ordene lige før. " * 12), signature(), heading=None)
        pages = page_texts(renderer.render(source))
        number = next(index for index, page in enumerate(pages) if "Med venlig hilsen" in page)
        before, _, after = pages[number].partition("Med venlig hilsen")
        assert "Ordene lige før" in before
        assert "Ida Holm" in after
        assert "Afdelingsleder" in after
        pages_seen[number] += 1
    assert len(pages_seen) == 2  # the page's end lay somewhere in between


def test_a_heading_is_never_last_on_a_page(renderer: PdfRenderer) -> None:
    pages_seen = Counter[int]()
    for count in range(14, 24):
        source = letter(
            *[paragraph("linje")] * count, Heading(1, run("Overskrift")), paragraph(PROSE), heading=None
        )
        pages = page_texts(renderer.render(source))
        number = next(index for index, page in enumerate(pages) if "Overskrift" in page)
        assert "Jobcentret har behandlet" in pages[number]
        pages_seen[number] += 1
    assert len(pages_seen) == 2


@pytest.mark.parametrize("led", [listing(Numbering.BULLET, "Et", "To"), table(), Quote((paragraph("Et"),))])
def test_a_lead_in_stays_with_what_it_leads_in_to(renderer: PdfRenderer, led: Block) -> None:
    first = "År" if isinstance(led, Table) else "Et"
    pages_seen = Counter[int]()
    for count in range(16, 24):
        source = letter(*[paragraph("linje")] * count, paragraph("Vi har set på:"), led, heading=None)
        pages = page_texts(renderer.render(source))
        number = next(index for index, page in enumerate(pages) if "Vi har set på:" in page)
        assert first in pages[number].partition("Vi har set på:")[2]
        pages_seen[number] += 1
    assert len(pages_seen) == 2


def test_a_lead_in_inside_an_item_stays_with_the_inner_list(renderer: PdfRenderer) -> None:
    inner = listing(Numbering.BULLET, "Indre")
    pages_seen = Counter[int]()
    for count in range(16, 24):
        outer = List(Numbering.DECIMAL, (Item((paragraph("Først"), paragraph("Vi har set på:"), inner), 1),))
        pages = page_texts(renderer.render(letter(*[paragraph("linje")] * count, outer, heading=None)))
        number = next(index for index, page in enumerate(pages) if "Vi har set på:" in page)
        assert "Indre" in pages[number].partition("Vi har set på:")[2]
        pages_seen[number] += 1
    assert len(pages_seen) == 2


def test_no_short_item_is_left_alone(renderer: PdfRenderer) -> None:
    """Wherever the page ends, no first item is last on it and no last item first on the next."""
    listed = List(Numbering.BULLET, tuple(Item((paragraph(f"punkt {n}"),)) for n in (1, 2, 3, 4)))
    seen = Counter[int]()
    for count in range(12, 24):
        pages = page_texts(renderer.render(letter(*[paragraph("linje")] * count, listed, heading=None)))
        on_first = pages[0].count("punkt")
        assert on_first in (0, 2, 4)
        seen[on_first] += 1
    assert set(seen) == {0, 2, 4}


def test_an_address_is_whole_where_it_fits(renderer: PdfRenderer) -> None:
    address = "https://www.lindehoej.example/praktik"
    for shown in (run(f"({address})."), (Link(address, run(address)),)):
        blocks = [Paragraph((Text("o" * n + " "), *shown)) for n in range(20, 60)]
        text = "".join(page_texts(renderer.render(letter(*blocks, draft=False, heading=None))))
        assert text.count(address) == 40


def test_an_abbreviation_is_not_broken(renderer: PdfRenderer) -> None:
    """Nor parted from its number; it has an element of its own, which might let a line end inside it."""
    tails = ("integrationslovens § 18, stk. 2, og videre", "beløbet er 1.234,50 kr. og videre")
    blocks = [paragraph(("ab " * 40)[:n] + " " + tail) for tail in tails for n in range(35, 70)]
    lines = "".join(page_texts(renderer.render(letter(*blocks)))).splitlines()
    assert len(lines) > 100
    assert not [line for line in lines if re.search(r"(§|\bstk\.?|\bkr|50)\s*$", line)]
    assert not [line for line in lines if line.startswith(".")]


def test_a_table_repeats_its_head(renderer: PdfRenderer) -> None:
    pages = page_texts(renderer.render(letter(table(90))))
    assert len(pages) > 2
    assert all("Heraf afslag" in page for page in pages)


def test_numbers_are_not_broken(renderer: PdfRenderer) -> None:
    for number in ("010180-0008", "2022-0777", "2017–2021"):
        text = " ".join(f"{'o' * (i % 13)} {number}" for i in range(120))
        assert "".join(page_texts(renderer.render(letter(paragraph(text))))).count(number) == 120


def test_danish_is_hyphenated(renderer: PdfRenderer) -> None:
    data = renderer.render(
        letter(listing(Numbering.BULLET, *["beskæftigelsesmuligheder " * 12] * 2), draft=False)
    )
    lines = page_texts(data)[0].splitlines()
    assert "beskæftigelsesmuligheder" in " ".join(lines)
    assert any(line.rstrip().endswith(("-", "\u2010", "\ufffe", "\u0002")) for line in lines)


def test_no_blank_page_at_the_end(renderer: PdfRenderer) -> None:
    assert all("Side" in page and len(page) > 80 for page in page_texts(renderer.render(rich())))
