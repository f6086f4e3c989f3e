"""Every seeded defect of a letterhead is found, by its own code, with a place and with help."""

from __future__ import annotations

import json
import re
import shutil
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner
from fontTools.ttLib import TTFont

from examples import ROOT
from letters.cli.app import app
from letters.desk.letterheads import check_letterhead
from letters.render.pdf import DEFAULT_FONT_DIRS

LETTERHEADS = sorted((ROOT / "templates" / "da" / "brevpapir").iterdir())
FONTS = {path.name: path for folder in DEFAULT_FONT_DIRS for path in Path(folder).expanduser().glob("*.ttf")}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of a letterhead to spoil."""
    return Path(shutil.copytree(LETTERHEADS[-1], tmp_path / "brevpapir"))


def found(folder: Path, fonts: tuple[Path, ...] = DEFAULT_FONT_DIRS) -> set[str]:
    """The codes of what is wrong; each problem has a place in the folder and says what to do."""
    problems = check_letterhead(folder, fonts).problems
    for problem in problems:
        assert problem.place.file.startswith(str(folder)) or problem.place.field == "recipients"
        assert problem.help.format_map(dict(problem.args))
    return {problem.code for problem in problems}


def spoil(file: Path, old: str, new: str) -> None:
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), encoding="utf-8")


def spoil_word(file: Path, part: str, change: Callable[[str], str]) -> None:
    with zipfile.ZipFile(file) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    before = parts[part].decode()
    parts[part] = change(before).encode()
    assert parts[part] != before.encode()
    with zipfile.ZipFile(file, "w") as package:
        for name, data in parts.items():
            package.writestr(name, data)


@pytest.mark.parametrize("shipped", LETTERHEADS, ids=lambda path: path.name)
def test_the_shipped_letterheads_are_sound(shipped: Path) -> None:
    assert check_letterhead(shipped, DEFAULT_FONT_DIRS).problems == ()


def test_there_are_two_and_no_program_names_either() -> None:
    assert len(LETTERHEADS) >= 2
    rooms = [ROOT / "src" / "letters" / room for room in ("cli", "desk", "document", "render", "wording")]
    source = "".join(file.read_text(encoding="utf-8") for room in rooms for file in room.rglob("*.py"))
    assert not [folder.name for folder in LETTERHEADS if folder.name in source]


@pytest.mark.parametrize(
    ("file", "old", "new", "code"),
    [
        ("letterhead.html", "{{ slots.return_line }}", "", "letterhead.slot-missing"),
        ("letterhead.html", "{{ body }}", "", "letterhead.slot-missing"),
        ("letterhead.html", 'alt="{{ slots.logo_alt }}"', 'alt=""', "letterhead.alt-missing"),
        ("letterhead.html", "<div", '<img src="{{ logo }}"/><div', "letterhead.alt-missing"),
        ("letterhead.css", "color: #555555;", "color: #9a9a9a;", "letterhead.contrast"),
        ("letterhead.css", "color: #1f5c50;", "color: rgb(31 92 80 / 50%);", "letterhead.contrast"),
        ("letterhead.css", ".title {", ".title { background: #333;", "letterhead.contrast"),
        (
            "letterhead.css",
            "--line: 15pt;",
            "--line: 15pt; --x: #bbb; color: var(--x);",
            "letterhead.contrast",
        ),
        (
            "letterhead.css",
            ".title {",
            '.title { font-family: "Comic Sans MS";',
            "letterhead.font-undeclared",
        ),
        (
            "letterhead.css",
            ".title {",
            '.title { font-family: "Liberation Sans";',
            "letterhead.font-undeclared",
        ),
        ("letterhead.css", "size: A4;", "size: letter;", "letterhead.not-a4"),
        ("letterhead.css", "left: 133mm;", "left: 150mm;", "letterhead.margin"),
        ("letterhead.css", "left: 133mm;", "left: 60mm;", "letterhead.window-shows-more"),
        ("letterhead.css", "content: string(mark);", "content: none;", "letterhead.slot-lost"),
        ("letterhead.css", "content: string(running);", "content: none;", "letterhead.slot-lost"),
        ("letterhead.css", "content: string(classification);", "content: none;", "letterhead.slot-lost"),
        ("letterhead.css", "margin: 0;", "marginn: 0;", "letterhead.css"),
        ("letterhead.yaml", "LiberationSans-Bold.ttf", "FindesIkke.ttf", "letterhead.font-missing"),
        ("letterhead.yaml", "word: Arial", "word: Calibri", "letterhead.word-font"),
        ("letterhead.yaml", "    verified: false", "", "letterhead.settings"),
        ("letterhead.yaml", "  top: 8\n", "  top: 15\n", "letterhead.margin"),
    ],
)
def test_a_defect_of_the_pdf_letterhead(folder: Path, file: str, old: str, new: str, code: str) -> None:
    spoil(folder / file, old, new)
    assert code in found(folder)


@pytest.mark.parametrize(
    ("part", "old", "new", "code"),
    [
        ("word/styles.xml", 'w:val="Tabelhoved"', 'w:val="Noget"', "render.docx-letterhead-style"),
        ("word/header2.xml", "{{ running }}", "", "render.docx-slot-missing"),
        ("word/header1.xml", 'descr="{{ logo_alt }}"', 'descr=""', "letterhead.word-alt-missing"),
        ("word/styles.xml", 'w:color w:val="555555"', 'w:color w:val="AAAAAA"', "letterhead.word-contrast"),
        ("word/document.xml", '<w:pgSz w:w="11906"', '<w:pgSz w:w="12240"', "letterhead.word-not-a4"),
        ("word/document.xml", 'w:left="1417"', 'w:left="300"', "letterhead.word-margin"),
        ("word/styles.xml", 'w:ascii="Arial"', 'w:ascii="Gill Sans"', "letterhead.word-font"),
    ],
)
def test_a_defect_of_the_word_letterhead(folder: Path, part: str, old: str, new: str, code: str) -> None:
    spoil_word(folder / "letterhead.docx", part, lambda xml: xml.replace(old, new))
    assert code in found(folder)


@pytest.mark.parametrize(("slot", "x"), [("line", 2600), ("notice", 1200)])
def test_a_word_frame_on_the_wrong_side_of_the_window(folder: Path, slot: str, x: int) -> None:
    def moved(xml: str) -> str:
        place = r'(w:x=")\d+(" w:y="\d+"/></w:pPr><w:r><w:t>\{\{ ' + slot + r" \}\})"
        into = {"line": rf"\g<1>{x * 2}\g<2>", "notice": rf"\g<1>{x}\g<2>"}[slot]
        return re.sub(place, into, xml).replace('w:y="1757"', 'w:y="2600"')

    spoil_word(folder / "letterhead.docx", "word/document.xml", moved)
    assert found(folder) == {"letterhead.word-window"}


@pytest.mark.parametrize("name", ["letterhead.docx", "letterhead.css", "afsender.yaml", "logo.svg"])
def test_a_missing_file(folder: Path, name: str) -> None:
    (folder / name).unlink()
    assert found(folder) == {"letterhead.file-missing"}


def test_no_word_file_at_all(folder: Path) -> None:
    (folder / "letterhead.docx").write_bytes(b"not a zip")
    assert found(folder) == {"render.docx-letterhead-format"}


def test_a_font_that_may_not_be_embedded(folder: Path, tmp_path: Path) -> None:
    locked = tmp_path / "fonts"
    locked.mkdir()
    with TTFont(FONTS["LiberationSans-Italic.ttf"]) as font:
        font["OS/2"].fsType = 0x0002
        font.save(locked / "LiberationSans-Italic.ttf")
    assert found(folder, (locked, *DEFAULT_FONT_DIRS)) == {"letterhead.font-locked"}


def test_every_defect_is_told_at_once(folder: Path) -> None:
    spoil(folder / "letterhead.css", "color: #555555;", "color: #9a9a9a;")
    spoil(folder / "letterhead.css", "left: 133mm;", "left: 60mm;")
    spoil_word(folder / "letterhead.docx", "word/styles.xml", lambda xml: xml.replace("1F5C50", "CCCCCC"))
    assert found(folder) == {
        "letterhead.contrast",
        "letterhead.word-contrast",
        "letterhead.window-shows-more",
    }


def test_the_command_tells_and_draws_what_is_wrong(folder: Path, tmp_path: Path) -> None:
    spoil(folder / "letterhead.css", "left: 133mm;", "left: 60mm;")
    pictures = tmp_path / "billeder"
    args = ["letterhead", "check", str(folder), "--json", "--pictures", str(pictures)]
    done = CliRunner().invoke(app(), args, standalone_mode=False)
    assert done.return_value == 1
    (result,) = json.loads(done.stdout)["letterheads"]
    assert {problem["code"] for problem in result["problems"]} == {"letterhead.window-shows-more"}
    (picture,) = pictures.rglob("*.png")
    assert picture.read_bytes().startswith(b"\x89PNG")


def test_the_command_is_content_with_a_sound_letterhead(folder: Path) -> None:
    done = CliRunner().invoke(app(), ["letterhead", "check", str(folder)], standalone_mode=False)
    assert (done.return_value, str(folder) in done.stdout) == (0, True)
