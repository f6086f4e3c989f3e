"""The envelope's window, the sheet's edges and its size, as a reader of the finished file sees them."""

from __future__ import annotations

import io
import pickle
import random
import shutil
from dataclasses import replace
from pathlib import Path

import pypdfium2
import pytest
from pdf_samples import LETTERHEAD, OTHER_LETTERHEAD, letter, paragraph, rich, run
from PIL import Image

from letters.document.model import Letter, Text
from letters.problems import RenderError
from letters.reading.finished_pdf import FinishedPdf
from letters.render.pdf import DEFAULT_FONT_DIRS, PdfRenderer
from letters.render.pdf.characters import Box, Characters
from letters.render.pdf.geometry import Misplaced, misplaced, picture
from letters.render.pdf.letterhead import read_letterhead

BOTH = pytest.mark.parametrize("folder", [LETTERHEAD, OTHER_LETTERHEAD], ids=lambda folder: folder.name)

ADDRESSES = {
    "c/o": ["Amal Haddad", "c/o Łukasz Wójcik", "Lindevej 12, 3. th", "9990 Lindehøj"],
    "foreign": ["Anna Meier", "Hauptstraße 12 b", "24937 Flensburg", "TYSKLAND"],
    "long lines": [
        "Landsforeningen for Mennesker med Interesse for Integration og Medborgerskab i Danmark",
        "Østre Kirkegårdsgade 112, 14. tv",
        "9990 Lindehøj",
    ],
    "eight lines": [
        "Landsforeningen Nye Naboer",
        "Sekretariatet",
        "Att.: Karla Østergård",
        "Formand",
        "c/o Kulturhuset",
        "Nordgården",
        "Lindevej 12, 3. th",
        "9990 Lindehøj",
    ],
    "a word without end": ["Q" * 120, "9990 Lindehøj"],
}


def addressed(lines: list[str], source: Letter | None = None) -> Letter:
    source = source or letter(paragraph("Brødtekst."))
    return replace(source, slots=replace(source.slots, address=tuple(map(Text, lines))))


def drawn(folder: Path, source: Letter) -> bytes:
    return PdfRenderer(folder, DEFAULT_FONT_DIRS).render(source)


@BOTH
@pytest.mark.parametrize("kind", ADDRESSES)
def test_an_address_that_fits_is_all_in_the_window(folder: Path, kind: str) -> None:
    source = addressed(ADDRESSES[kind], rich())
    found = misplaced(drawn(folder, source), source.slots, read_letterhead(folder, DEFAULT_FONT_DIRS))
    assert found == []


@BOTH
@pytest.mark.parametrize("lines", [["Nord"] * 9, ["Nord Syd Øst Vest " * 6] * 4])
def test_an_address_that_does_not_fit_is_refused_with_help(folder: Path, lines: list[str]) -> None:
    with pytest.raises(RenderError) as caught:
        drawn(folder, addressed(lines))
    first = caught.value.problems[0]
    assert first.code == "render.address-outside-window"
    assert first.place.field == "recipients"
    assert "title" in first.help


def test_an_address_that_reads_in_another_order_is_still_measured(renderer: PdfRenderer) -> None:
    renderer.render(addressed(["محمد", "9990 Lindehøj"]))
    with pytest.raises(RenderError, match=r"render\.address-outside-window"):
        renderer.render(addressed(["محمد"] * 9))


def test_without_an_address_there_is_no_window(letterhead: Path) -> None:
    change(letterhead, ".return-line {", ".title { margin-top: -30mm }\n.return-line {")
    source = letter(paragraph("x"))
    drawn(letterhead, replace(source, slots=replace(source.slots, address=(), return_line="")))


def change(folder: Path, old: str, new: str, name: str = "letterhead.css") -> None:
    text = (folder / name).read_text(encoding="utf-8")
    assert old in text
    (folder / name).write_text(text.replace(old, new, 1), encoding="utf-8")


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("left: 133mm;", "left: 60mm;", "letterhead.window-shows-more"),
        ("top: -29mm;", "top: 1mm;", "letterhead.window-shows-more"),
        (".logo {", ".address { border-bottom: 1pt solid red }\n.logo {", "letterhead.window-shows-more"),
        ("min-height: 5mm;", "min-height: 5mm; margin-left: -8mm;", "render.address-outside-window"),
        ("left: 133mm;", "left: 150mm;", "letterhead.margin"),
        ("padding-top: 9mm;", "padding-top: 17mm;", "letterhead.margin"),
        ("size: A4;", "size: letter;", "letterhead.not-a4"),
    ],
)
def test_a_letterhead_that_puts_things_wrong(letterhead: Path, old: str, new: str, code: str) -> None:
    change(letterhead, old, new)
    with pytest.raises(RenderError) as caught:
        drawn(letterhead, rich())
    found = caught.value.problems
    assert code in {problem.code for problem in found}
    assert all(problem.help for problem in found)
    if code.startswith("letterhead."):
        assert {p.place.file for p in found if p.code == code} == {str(letterhead / "letterhead.css")}


def test_the_picture_marks_what_is_wrong(renderer: PdfRenderer, letterhead: Path) -> None:
    source = letter(paragraph("x"))
    data = renderer.render(source)
    change(letterhead, "height: 50", "height: 17", "letterhead.yaml")
    (wrong,) = misplaced(data, source.slots, read_letterhead(letterhead, DEFAULT_FONT_DIRS))
    assert isinstance(wrong, Misplaced)
    image = Image.open(io.BytesIO(picture(data, wrong))).convert("RGB")
    assert image.size == (596, 842)
    red = [
        (x * 25.4 / 72, y * 25.4 / 72)
        for x in range(image.width)
        for y in range(image.height)
        if image.getpixel((x, y)) == (200, 0, 0)
    ]
    assert min(x for x, _ in red) == pytest.approx(wrong.area.left - 1, abs=0.6)
    assert max(y for _, y in red) == pytest.approx(wrong.area.bottom + 1, abs=0.6)
    assert wrong.area.top > 50  # the address's last lines, not its first


def test_every_window_says_where_its_measures_come_from() -> None:
    for folder in (LETTERHEAD, OTHER_LETTERHEAD):
        windows = read_letterhead(folder, DEFAULT_FONT_DIRS).windows
        assert [window.name for window in windows] == ["C5 og M65", "Fjernprint"]
        assert all(len(window.source) > 20 for window in windows)
        assert not any(window.verified for window in windows)


def test_a_letterhead_needs_no_other_folder(tmp_path: Path) -> None:
    copy = Path(shutil.copytree(OTHER_LETTERHEAD, tmp_path / "andet"))
    assert drawn(copy, addressed(["A"])) == drawn(OTHER_LETTERHEAD, addressed(["A"]))


def test_text_beside_the_window_is_no_fault(renderer: PdfRenderer) -> None:
    source = letter(paragraph("x"))
    slots = replace(source.slots, column=(replace(source.slots.column[0], lines=run("Q" * 200)),))
    renderer.render(replace(source, slots=slots))


@pytest.mark.parametrize(("folds", "expected"), [("", []), ("folds: [99, 198]\n", [99.0, 198.0])])
def test_fold_marks_stand_where_the_sheet_is_folded(
    letterhead: Path, folds: str, expected: list[float]
) -> None:
    """Only on the first page, outside windows and text, and no part of the tags."""
    file = letterhead / "letterhead.yaml"
    file.write_text(file.read_text(encoding="utf-8") + "\n" + folds, encoding="utf-8")
    data = PdfRenderer(letterhead, DEFAULT_FONT_DIRS).render(rich())
    with pypdfium2.PdfDocument(data) as document:
        marks = []
        for page in document:
            found = []
            for thing in page.get_objects(max_depth=1):
                left, bottom, right, top = (length * 25.4 / 72 for length in thing.get_bounds())
                if right < 20 and top - bottom < 1:
                    assert left == pytest.approx(15.5, abs=0.1)
                    found.append(round(297 - top, 1))
            marks.append(sorted(found))
    assert marks == [expected, *[[]] * (len(marks) - 1)]


@BOTH
def test_characters_are_asked_many_at_a_time_and_none_is_missed(folder: Path) -> None:
    """Each character stands within what is asked of its neighbours together, and has its own letter."""
    with pypdfium2.PdfDocument(drawn(folder, rich())) as document:
        for page in document:
            text = page.get_textpage()
            asked = Characters(text, page.get_height())
            assert "".join(asked._page) == "".join(asked._char(index) for index in range(text.count_chars()))
            for index in asked._visible:
                start = index // 32 * 32
                covered = asked._covered(start, min(start + 32, len(asked._page)))
                box = asked._box(index)
                assert any(one.left <= box.left and box.right <= one.right for one in covered)
                assert any(one.top <= box.top and box.bottom <= one.bottom for one in covered)


@BOTH
def test_a_window_is_judged_by_lines_as_by_each_character(folder: Path) -> None:
    """Windows of all sizes everywhere on the page; texts that stand there once, twice or not at all."""
    seeded = random.Random(6)  # noqa: S311 - a seed to repeat
    with pypdfium2.PdfDocument(drawn(folder, rich())) as document:
        page = document[0]
        whole = page.get_textpage().get_text_range()
        words = whole.split()
        tell = 0
        for round_ in range(300):
            asked = Characters(page.get_textpage(), page.get_height(), whole if round_ % 2 else None)
            first = seeded.randrange(len(words))
            written = " ".join(words[first : first + seeded.choice((1, 2, 12, 40))])
            written = seeded.choice(
                (written, written, written[1:-1], written + "Qx", written[::-1], words[0][0])
            )
            left, top = seeded.uniform(0, 150), seeded.uniform(0, 250)
            shown = Box(left, top, left + seeded.uniform(5, 210), top + seeded.uniform(5, 297))
            if (
                seeded.random() < 0.5 and written in whole
            ):  # a window that just holds the text, or just does not
                asked_boxes = asked._each("".join(written.split()), shown)[0]
                if asked_boxes:
                    edge = seeded.choice((0.01, -0.01, 3.0))
                    shown = _around(asked_boxes, edge + 1)
            inner = shown.shrunk(1)
            ours, others = asked._each("".join(written.split()), shown)
            told = asked.divided(written, shown, inner)
            assert told == ([box for box in ours if not inner.holds(box)], others)
            tell += told == ([], [])
        assert 20 < tell < 280


def _around(boxes: list[Box], by: float) -> Box:
    return Box(
        min(box.left for box in boxes) - by,
        min(box.top for box in boxes) - by,
        max(box.right for box in boxes) + by,
        max(box.bottom for box in boxes) + by,
    )


def test_characters_beyond_the_first_plane_are_counted_as_pdfium_counts_them() -> None:
    class Page:
        def count_chars(self) -> int:
            return 3

        def get_text_range(self, index: int = 0, count: int = -1) -> str:
            return "a\U0001f600" if count < 0 else "a\U0001f600"[index : index + 1]

    asked = Characters(Page(), 100.0)
    asked._char = ["a", "", " "].__getitem__  # type: ignore[method-assign]
    assert asked._page == ["a", "", " "]
    assert asked._visible == [0]


def test_what_pdfium_read_goes_with_the_bytes_and_no_further() -> None:
    renderer = PdfRenderer(LETTERHEAD, DEFAULT_FONT_DIRS)
    source = rich()
    data = renderer.draw(source)
    assert isinstance(data, FinishedPdf)
    assert data.page_texts is None
    renderer.misplaced(data, source)
    assert data.page_texts == tuple(renderer.page_texts(bytes(data)))
    for other in (data[:], data + b"\n", bytes(data), pickle.loads(pickle.dumps(data))):  # noqa: S301 - our own
        assert type(other) is bytes
