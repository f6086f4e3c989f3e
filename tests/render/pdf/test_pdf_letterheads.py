"""Every fault of a letterhead is a problem with a place; nothing is passed over in silence."""

from __future__ import annotations

import logging
import shutil
from dataclasses import replace
from pathlib import Path

import pytest
from fontTools.ttLib import TTFont
from pdf_samples import font_names, letter, paragraph

from letters.problems import LettersError, Problem, TemplateError
from letters.render.pdf import DEFAULT_FONT_DIRS, PdfRenderer


def faults(folder: Path, font_dirs: tuple[Path, ...] = DEFAULT_FONT_DIRS) -> tuple[Problem, ...]:
    """The problems that loading the letterhead and drawing a letter on it gives."""
    with pytest.raises(TemplateError) as caught:
        PdfRenderer(folder, font_dirs).render(letter(paragraph("x")))
    return caught.value.problems


def change(file: Path, old: str, new: str) -> None:
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), encoding="utf-8")


@pytest.mark.parametrize("name", ["letterhead.html", "letterhead.css", "letterhead.yaml", "logo.svg"])
def test_a_missing_file(letterhead: Path, name: str) -> None:
    (letterhead / name).unlink()
    (problem,) = faults(letterhead)
    assert problem.code == "letterhead.file-missing"
    assert problem.place.file == str(letterhead / name)


def test_all_missing_files_are_told_at_once(tmp_path: Path) -> None:
    assert [problem.args["file"] for problem in faults(tmp_path)] == [
        "letterhead.html",
        "letterhead.css",
        "letterhead.yaml",
    ]


@pytest.mark.parametrize(
    ("old", "new", "code", "line"),
    [
        ("{{ slots.notice }}", "{{ slots.notis }}", "letterhead.slot", 11),
        ("{{ slots.notice }}", "{{ notice }}", "letterhead.slot", 11),
        ("{{ slots.notice }}", "{{ slots.notice", "letterhead.jinja", 11),
        ("{% if slots.notice %}", "{% fi slots.notice %}", "letterhead.jinja", 11),
        ("{{ body }}", "{{ ''.__class__.__mro__ }}", "letterhead.slot", 24),
        ("{{ slots.notice }}</p>", "{{ slots.notice }}", "letterhead.html", None),
        ("{{ body }}", "{{ body }}<br>", "letterhead.html", None),
        ("{{ body }}", "{{ body }}&nbsp;", "letterhead.html", None),
    ],
)
def test_a_broken_layout(letterhead: Path, old: str, new: str, code: str, line: int | None) -> None:
    change(letterhead / "letterhead.html", old, new)
    (problem,) = faults(letterhead)
    assert (problem.code, problem.place.file) == (code, str(letterhead / "letterhead.html"))
    assert problem.place.line is not None
    if line is not None:
        assert problem.place.line == line


@pytest.mark.parametrize(
    "address",
    [
        "findes-ikke.svg",
        "https://example.com/logo.png",
        "http://127.0.0.1:9/logo.png",
        "file:///etc/passwd",
        "../../../../etc/passwd",
        "data:image/png;base64,AAAA",
        "letterhead.css",
    ],
)
def test_a_picture_that_is_missing_or_not_allowed(letterhead: Path, address: str) -> None:
    change(letterhead / "letterhead.html", '"{{ logo }}"', f'"{address}"')
    (problem,) = faults(letterhead)
    assert problem.code == "letterhead.resource"
    assert problem.place.file == str(letterhead / "letterhead.html")
    assert "root:" not in problem.text()


def test_a_picture_that_fails_stops_every_letter(letterhead: Path) -> None:
    """A renderer lives as long as the process, and WeasyPrint remembers pictures."""
    change(letterhead / "letterhead.html", '"{{ logo }}"', '"findes-ikke.svg"')
    renderer = PdfRenderer(letterhead, DEFAULT_FONT_DIRS)
    for _ in range(3):
        with pytest.raises(TemplateError):
            renderer.render(letter(paragraph("x")))
    shutil.copy(letterhead / "logo.svg", letterhead / "findes-ikke.svg")
    assert renderer.render(letter(paragraph("x")))


def test_a_picture_that_is_cut_off_is_told(letterhead: Path) -> None:
    whole = (letterhead / "logo.png").read_bytes()
    (letterhead / "logo.png").write_bytes(whole[: len(whole) // 2])
    change(letterhead / "letterhead.yaml", "logo: logo.svg", "logo: logo.png")
    (problem,) = faults(letterhead)
    assert problem.code == "letterhead.resource"
    assert "truncated" in problem.text()


def test_a_link_out_of_the_folder_is_refused(letterhead: Path, tmp_path: Path) -> None:
    shutil.copy(letterhead / "logo.svg", tmp_path / "secret.svg")
    (letterhead / "other.svg").symlink_to(tmp_path / "secret.svg")
    change(letterhead / "letterhead.html", '"{{ logo }}"', '"other.svg"')
    assert [problem.code for problem in faults(letterhead)] == ["letterhead.resource"]


@pytest.mark.parametrize(
    ("rule", "code", "line"),
    [
        ("p { colour: red }", "letterhead.css", 1),
        ("\n\np { color: rød-ish }", "letterhead.css", 3),
        ("p:hvad { color: red }", "letterhead.css", None),
        ('@import "https://example.com/x.css";', "letterhead.resource", None),
        ('@font-face { font-family: X; src: url("https://example.com/x.ttf") }', "letterhead.resource", None),
        ('@font-face { font-family: X; src: url("file:///etc/passwd") }', "letterhead.resource", None),
    ],
)
def test_a_broken_stylesheet(letterhead: Path, rule: str, code: str, line: int | None) -> None:
    file = letterhead / "letterhead.css"
    file.write_text(rule + "\n" + file.read_text(encoding="utf-8"), encoding="utf-8")
    (problem,) = faults(letterhead)
    assert (problem.code, problem.place.file, problem.place.line) == (code, str(file), line)


def test_a_fault_is_seen_though_logging_is_turned_down(
    letterhead: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(logging.getLogger("weasyprint"), "level", logging.CRITICAL)
    change(letterhead / "letterhead.css", "margin: 0;", "marginn: 0;")
    assert [problem.code for problem in faults(letterhead)] == ["letterhead.css"]


@pytest.mark.parametrize(
    ("old", "new", "field"),
    [
        ("logo: logo.svg", "logo: ../logo.svg", "logo"),
        ("logo: logo.svg", "logoo: logo.svg", "logo"),
        ("left: 20", "left: venstre", "windows.0.left"),
        ("regular: LiberationSans-Regular.ttf", "fed: x.ttf", "fonts.0.regular"),
        ("fonts:", "fonts: [", None),
    ],
)
def test_broken_settings(letterhead: Path, old: str, new: str, field: str | None) -> None:
    change(letterhead / "letterhead.yaml", old, new)
    found = faults(letterhead)
    assert {problem.code for problem in found} == {"letterhead.settings"}
    assert found[0].place.field == field
    assert field is not None or found[0].place.line is not None


def test_a_file_that_is_not_utf8(letterhead: Path) -> None:
    (letterhead / "letterhead.css").write_bytes(b"p { content: '\xe6' }")
    assert [problem.code for problem in faults(letterhead)] == ["letterhead.not-utf8"]


def test_a_missing_font(letterhead: Path, tmp_path: Path) -> None:
    found = faults(letterhead, (tmp_path / "nowhere",))
    assert [problem.code for problem in found] == ["letterhead.font-missing"] * 6
    assert found[0].args["packages"] == "fonts-liberation2, fonts-liberation"
    assert "{packages}" in found[0].help


@pytest.fixture
def old_fonts(tmp_path: Path, renderer: PdfRenderer) -> Path:
    """The fonts in use, saying that they are of version 1."""
    folder = tmp_path / "fonts"
    folder.mkdir()
    for font in renderer.fonts:
        with TTFont(font.path) as ttf:
            ttf["name"].setName("Version 1.07.4", 5, 3, 1, 0x409)
            ttf["name"].setName("Version 1.07.4", 5, 1, 0, 0)
            ttf.save(folder / font.path.name)
    return folder


def test_a_font_that_is_too_old(letterhead: Path, old_fonts: Path) -> None:
    found = faults(letterhead, (old_fonts,))
    assert [problem.code for problem in found] == ["letterhead.font-unusable"] * 6
    assert "1.07.4" in found[0].text()


def test_an_old_font_does_not_hide_a_good_one(letterhead: Path, old_fonts: Path) -> None:
    fonts = PdfRenderer(letterhead, (old_fonts, *DEFAULT_FONT_DIRS)).fonts
    assert all(font.version.startswith("Version 2") for font in fonts)


def test_a_file_that_is_no_font(letterhead: Path, tmp_path: Path) -> None:
    (tmp_path / "LiberationSans-Regular.ttf").write_bytes(b"junk")
    codes = [problem.code for problem in faults(letterhead, (tmp_path,))]
    assert codes == ["letterhead.font-unusable"] + ["letterhead.font-missing"] * 5


def test_a_font_nobody_declared_cannot_step_in(letterhead: Path) -> None:
    change(letterhead / "letterhead.css", "font-size: 10.5pt;", "font-family: DejaVu Serif, serif;")
    data = PdfRenderer(letterhead, DEFAULT_FONT_DIRS).render(letter(paragraph("x")))
    assert all(name.startswith(("Liberation-Sans", "DejaVu-Sans")) for name in font_names(data))


def test_a_column_or_address_that_does_not_fit_is_refused(renderer: PdfRenderer) -> None:
    source = letter(paragraph("x"))
    long = source.slots.address[:1] * 300
    for slots in (
        replace(source.slots, address=long),
        replace(source.slots, column=(replace(source.slots.column[0], lines=long),)),
    ):
        with pytest.raises(LettersError, match=r"render\.first-page-full"):
            renderer.render(replace(source, slots=slots))
