"""Pictures of every page of every example, beside the last ones that somebody looked at.

`make accept` rewrites them; look at them before you commit. Two pictures are the same page when they look
alike from a distance: a program's other smoothing passes, a moved line or a lost word does not.
"""

from __future__ import annotations

import functools
from pathlib import Path

import pypdfium2
import pytest
from PIL import Image, ImageChops, ImageFilter
from shipped import FIXTURES, TEMPLATES, compose

from letters.document.model import Letter, Status
from letters.render.pdf import DEFAULT_FONT_DIRS, PdfRenderer

PAGES = Path(__file__).parent / "pages"
DOTS_PER_INCH = 40
GREYS = 16
ALIKE = 48  # of 255, after blurring: a word that comes or goes is more, another program's smoothing less

each_case = pytest.mark.parametrize("case", FIXTURES, ids=lambda case: f"{case.parent.name}-{case.stem}")


@functools.cache
def renderer(letterhead: str) -> PdfRenderer:
    return PdfRenderer(TEMPLATES / "brevpapir" / letterhead, DEFAULT_FONT_DIRS)


@functools.cache
def drawn(case: Path) -> tuple[Letter, bytes]:
    letter = compose(case, Status.FINAL)
    return letter, renderer(letter.letterhead).draw(letter)


def pictures(data: bytes) -> list[Image.Image]:
    with pypdfium2.PdfDocument(data) as document:
        return [page.render(scale=DOTS_PER_INCH / 72, grayscale=True).to_pil() for page in document]


def stored(case: Path, number: int) -> Path:
    return PAGES / case.parent.name / f"{case.stem}-{number}.png"


def store(picture: Image.Image, file: Path) -> None:
    """Keep a picture in few bytes: sixteen greys."""
    file.parent.mkdir(parents=True, exist_ok=True)
    step = 255 // (GREYS - 1)
    picture.point(lambda grey: round(grey / step) * step).quantize(GREYS).save(file, optimize=True)


def difference(one: Image.Image, other: Image.Image) -> int:
    """How much two pictures of a page differ where they differ most, from 0 to 255."""
    if one.size != other.size:
        return 255
    blurred = [picture.convert("L").filter(ImageFilter.GaussianBlur(1.5)) for picture in (one, other)]
    return int(ImageChops.difference(*blurred).getextrema()[1])


@each_case
def test_pages_look_as_they_did(case: Path, accept: bool, tmp_path: Path) -> None:
    found = pictures(drawn(case)[1])
    if accept:
        for old in PAGES.glob(f"{case.parent.name}/{case.stem}-*.png"):
            old.unlink()
        for number, picture in enumerate(found, 1):
            store(picture, stored(case, number))
    assert not stored(case, len(found) + 1).exists(), "the letter is shorter: look, then `make accept`"
    for number, picture in enumerate(found, 1):
        file = stored(case, number)
        assert file.is_file(), "a page has no picture yet: look at the letter, then run `make accept`"
        with Image.open(file) as golden:
            differs = difference(picture, golden)
        if differs > ALIKE:
            picture.save(tmp_path / file.name)
            pytest.fail(f"{file.name} looks different ({differs}): see {tmp_path / file.name}")


@each_case
def test_everything_stands_in_its_place(case: Path, tmp_path: Path) -> None:
    letter, data = drawn(case)
    for wrong in renderer(letter.letterhead).misplaced(data, letter):
        file = tmp_path / f"{case.stem}-{wrong.page}.png"
        file.write_bytes(renderer(letter.letterhead).picture(data, wrong))
        pytest.fail(f"{wrong.problem.text()}: see {file}")


def test_no_picture_without_an_example() -> None:
    known = {f"{case.parent.name}/{case.stem}" for case in FIXTURES}
    found = {f"{file.parent.name}/{file.stem.rpartition('-')[0]}" for file in PAGES.rglob("*.png")}
    assert found == known


def test_a_moved_line_is_seen_and_noise_is_not() -> None:
    page = pictures(drawn(FIXTURES[0])[1])[0]
    moved = ImageChops.offset(page, 0, 3)
    assert difference(page, moved) > ALIKE
    erased = page.copy()
    left, top, *_ = (round(mm * DOTS_PER_INCH / 25.4) for mm in (25, 98))
    erased.paste(255, (left, top, left + 40, top + 8))
    assert difference(page, erased) > ALIKE
    noisy = page.point(lambda grey: min(255, grey + 12))
    assert difference(page, noisy) <= ALIKE
