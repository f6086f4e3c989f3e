"""Letterheads, wordings and cases with one defect each: every one is told by a code of its own.

Each row puts one fault into a sound library or case, as a person might, and names the code that must tell it.
No code stands twice, so that no check goes untried behind another.
"""

from __future__ import annotations

import shutil
import zipfile
from collections import Counter
from pathlib import Path

import pytest

from examples import ROOT
from letters.desk import Desk
from letters.desk.letterheads import check_letterhead
from letters.document.model import Status
from letters.problems import LettersError, Problem, Severity
from letters.render.pdf import DEFAULT_FONT_DIRS

CASE = ROOT / "fixtures" / "integrationsansvar" / "02-afslag-en-grund.yaml"
LETTERHEAD = "brevpapir/lindehoej"

WORDING = "integrationsansvar/afslag.md"
REASONS = "\n## Begrundelse"

#: What is wrong, the library's file, the text there, what stands in its place, the code.
LIBRARY = [
    ("no title", WORDING, "title: ", "titel: ", "library.missing-key"),
    ("no language", "bibliotek.yaml", "\nlanguage: ", "\nsprog: ", "library.unknown-key"),
    ("a section without a role", WORDING, REASONS, f"\n## Andet\n\nx\n{REASONS}", "template.section-role"),
    ("a role without its section", WORDING, REASONS, "", "template.section-unused"),
    ("a skipped heading", WORDING, REASONS, f"{REASONS}\n\n#### Lille\n\nx", "letter.heading-skipped"),
    (
        "a table without a head",
        WORDING,
        REASONS,
        f"\n|  | b |\n| - | - |\n| x | y |\n{REASONS}",
        "template.markdown",
    ),
    (
        "a name that nothing has",
        WORDING,
        REASONS,
        f"\n{{{{ findes_ikke }}}}\n{REASONS}",
        "template.undefined",
    ),
    ("Jinja that cannot be read", WORDING, REASONS, f"\n{{% if %}}\n{REASONS}", "template.syntax"),
    ("a date without a filter", WORDING, REASONS, f"\n{{{{ date }}}}\n{REASONS}", "template.not-text"),
    ("the wrong filter", WORDING, REASONS, f"\n{{{{ date|antal }}}}\n{REASONS}", "template.wrong-filter"),
    (
        "a clause that is not there",
        WORDING,
        REASONS,
        f'\n{{% include "x/y" %}}\n{REASONS}',
        "template.include-missing",
    ),
    ("a note left in", WORDING, REASONS, f"\nTODO: skriv mere\n{REASONS}", "letter.leftover"),
    (
        "law that is not there",
        WORDING,
        REASONS,
        f"\nJf. integrationslovens § 18, stk. 17.\n{REASONS}",
        "law.no-such-place",
    ),
    (
        "no complaint guidance",
        WORDING,
        '{% include "standardtekster/klagevejledning" %}',
        "",
        "law.guidance-missing",
    ),
    ("nobody signs", WORDING, '{% include "standardtekster/underskrift" %}', "", "law.signatory-missing"),
]

#: What is wrong, the text in the case file, what stands in its place, the code.
CASES = [
    ("a character without a glyph", "Yusuf Abdi", "Yusuf \U0001f9ff", "render.missing-glyph"),
    (
        "an address that does not fit",
        "name: Yusuf Abdi Warsame",
        f"name: Yusuf\n    organisation: {'Foreningen af Naboer ' * 20}",
        "render.address-outside-window",
    ),
    ("a field that is left out", "      city: Sønderkær\n", "", "case.missing"),
    ("a field that nobody knows", "sender:", "afsender: x\nsender:", "case.unknown-key"),
    ("a field that is there twice", "\nsender:", "\nsender: x\nsender:", "case.duplicate-key"),
    ("an empty name", "name: Mette Kragelund", 'name: ""', "case.empty"),
    ("a day that does not exist", "2026-02-09", "2026-02-30", "case.no-such-date"),
    ("a ground that nobody knows", "ground: storby", "ground: x", "case.unknown-ground"),
    ("a ground of another outcome", "ground: storby", "ground: frivillig", "case.ground-outcome"),
    ("a sender that nobody knows", "sender: jobcenter-integration", "sender: x", "case.unknown-sender"),
    ("no YAML", "facts:", "facts: ]", "case.yaml-syntax"),
    ("HTML in prose", "Du er 24 år", "<b>Du</b> er 24 år", "case.prose"),
    ("a place left open", "Yusuf Abdi", "Yusuf [navn]", "letter.placeholder"),
    ("a CPR number in the window", "Yusuf Abdi Warsame", "Yusuf 010180-0008", "law.cpr-printed"),
    ("tables attached that are none", "\nfacts:", "\nattach_tables: ja\nfacts:", "letter.no-table"),
    (
        "a warning accepted in vain",
        "\nfacts:",
        "\nacknowledged:\n  - code: law.unverified\n    reason: x\nfacts:",
        "case.acknowledged-unused",
    ),
]

#: What is wrong, the letterhead's file, a text there, what stands in its place, the code.
LETTERHEADS = [
    ("a slot left out", "letterhead.html", "{{ slots.return_line }}", "", "letterhead.slot-missing"),
    (
        "a picture without text",
        "letterhead.html",
        'alt="{{ slots.logo_alt }}"',
        'alt=""',
        "letterhead.alt-missing",
    ),
    ("pale letters", "letterhead.css", "color: #555555;", "color: #9a9a9a;", "letterhead.contrast"),
    (
        "a face nobody declared",
        "letterhead.css",
        ".title {",
        '.title { font-family: "Comic Sans MS";',
        "letterhead.font-undeclared",
    ),
    ("not A4", "letterhead.css", "size: A4;", "size: letter;", "letterhead.not-a4"),
    ("too near the edge", "letterhead.css", "left: 133mm;", "left: 150mm;", "letterhead.margin"),
    ("the wrong window", "letterhead.css", "left: 133mm;", "left: 60mm;", "letterhead.window-shows-more"),
    (
        "a draft without its mark",
        "letterhead.css",
        "content: string(mark);",
        "content: none;",
        "letterhead.slot-lost",
    ),
    ("CSS that cannot be read", "letterhead.css", "margin: 0;", "marginn: 0;", "letterhead.css"),
    (
        "a font that is not there",
        "letterhead.yaml",
        "LiberationSans-Bold.ttf",
        "Findes.ttf",
        "letterhead.font-missing",
    ),
    ("settings left out", "letterhead.yaml", "    verified: false", "", "letterhead.settings"),
]

#: What is wrong, the part of letterhead.docx, a text there, what stands in its place, the code.
WORD = [
    (
        "a style left out",
        "word/styles.xml",
        'w:val="Tabelhoved"',
        'w:val="Noget"',
        "render.docx-letterhead-style",
    ),
    ("a slot left out", "word/header2.xml", "{{ running }}", "", "render.docx-slot-missing"),
    (
        "a picture without text",
        "word/header1.xml",
        'descr="{{ logo_alt }}"',
        'descr=""',
        "letterhead.word-alt-missing",
    ),
    (
        "pale letters",
        "word/styles.xml",
        'w:color w:val="555555"',
        'w:color w:val="AAAAAA"',
        "letterhead.word-contrast",
    ),
    ("not A4", "word/document.xml", '<w:pgSz w:w="11906"', '<w:pgSz w:w="12240"', "letterhead.word-not-a4"),
    ("a narrow margin", "word/document.xml", 'w:left="1417"', 'w:left="300"', "letterhead.word-margin"),
    (
        "a face nobody declared",
        "word/styles.xml",
        'w:ascii="Arial"',
        'w:ascii="Gill Sans"',
        "letterhead.word-font",
    ),
]

ALL = [*LIBRARY, *CASES, *LETTERHEADS, *WORD]


def ids(rows: list[tuple[str, ...]]) -> list[str]:
    return [row[0] for row in rows]


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A library that each test copies."""
    return Path(shutil.copytree(ROOT / "templates" / "da", tmp_path_factory.mktemp("library") / "da"))


@pytest.fixture(scope="module")
def desk(sound: Path) -> Desk:
    return Desk(sound, DEFAULT_FONT_DIRS)


def spoil(file: Path, old: str, new: str) -> None:
    text = file.read_text(encoding="utf-8")
    assert old in text, "the seed has no ground: what it changes is no longer there"
    file.write_text(text.replace(old, new, 1), encoding="utf-8")


def made(desk: Desk, case: Path, out: Path) -> tuple[Problem, ...]:
    """What is told of a final letter; an error or worse leaves no file."""
    result = desk.made(case, out, Status.FINAL, force=False)
    stopped = any(problem.severity is not Severity.WARNING for problem in result.problems)
    assert (result.folder is None) == stopped
    return result.problems


def assert_told(problems: tuple[Problem, ...], code: str) -> None:
    """The defect has its code, a place to look at, and a way to mend it."""
    found = [problem for problem in problems if problem.code == code]
    assert found, f"not told; but {sorted({problem.code for problem in problems})}"
    assert all(problem.place.file or problem.place.field for problem in found)
    assert all(problem.help or problem.see for problem in found)


def test_there_are_enough_and_each_has_its_own_code() -> None:
    codes = Counter(row[-1] for row in ALL)
    assert len(codes) >= 25
    assert [code for code, count in codes.items() if count > 1] == []


def test_the_sound_letter_has_none_of_them(desk: Desk, tmp_path: Path) -> None:
    assert made(desk, CASE, tmp_path) == ()


@pytest.mark.parametrize(("file", "old", "new", "code"), [row[1:] for row in LIBRARY], ids=ids(LIBRARY))
def test_library(file: str, old: str, new: str, code: str, sound: Path, tmp_path: Path) -> None:
    library = Path(shutil.copytree(sound, tmp_path / "da"))
    spoil(library / file, old, new)
    try:
        problems = made(Desk(library, DEFAULT_FONT_DIRS), CASE, tmp_path / "ud")
    except LettersError as error:
        problems = tuple(error.problems)
    assert_told(problems, code)


@pytest.mark.parametrize(("old", "new", "code"), [row[1:] for row in CASES], ids=ids(CASES))
def test_case(old: str, new: str, code: str, desk: Desk, tmp_path: Path) -> None:
    case = Path(shutil.copy(CASE, tmp_path / "sag.yaml"))
    spoil(case, old, new)
    assert_told(made(desk, case, tmp_path / "ud"), code)


@pytest.mark.parametrize(
    ("file", "old", "new", "code"), [row[1:] for row in LETTERHEADS], ids=ids(LETTERHEADS)
)
def test_letterhead(file: str, old: str, new: str, code: str, sound: Path, tmp_path: Path) -> None:
    folder = Path(shutil.copytree(sound / LETTERHEAD, tmp_path / "brevpapir"))
    spoil(folder / file, old, new)
    assert_told(check_letterhead(folder, DEFAULT_FONT_DIRS).problems, code)


@pytest.mark.parametrize(("part", "old", "new", "code"), [row[1:] for row in WORD], ids=ids(WORD))
def test_word_letterhead(part: str, old: str, new: str, code: str, sound: Path, tmp_path: Path) -> None:
    folder = Path(shutil.copytree(sound / LETTERHEAD, tmp_path / "brevpapir"))
    file = folder / "letterhead.docx"
    with zipfile.ZipFile(file) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    assert old in parts[part].decode()
    parts[part] = parts[part].decode().replace(old, new).encode()
    with zipfile.ZipFile(file, "w") as package:
        for name, data in parts.items():
            package.writestr(name, data)
    assert_told(check_letterhead(folder, DEFAULT_FONT_DIRS).problems, code)
