"""The shipped library, every wording converted to Word: the same files come back, and the same letters."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from examples import ROOT, example_cases
from letters.case.confidential_read import read_appendix
from letters.case.read import read_case
from letters.document.dump import dump
from letters.document.model import Status
from letters.wording.compose import Composer
from letters.wording.confidential import AppendixComposer
from letters.wording.load import load_library
from letters.wording.markdown import read_blocks
from letters.wording.source import read_yaml
from letters.wording.tokens import Values
from letters.wording.word.convert import to_markdown, to_word

LIBRARY = ROOT / "templates" / "da"
WORDINGS = sorted(path for path in LIBRARY.rglob("*.md") if path.name != "LÆSMIG.md")


@pytest.fixture(scope="module")
def in_word(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The library with a Word file in place of each Markdown file."""
    root = tmp_path_factory.mktemp("word") / "da"
    shutil.copytree(LIBRARY, root)
    for path in WORDINGS:
        copy = root / path.relative_to(LIBRARY)
        copy.with_suffix(".docx").write_bytes(to_word(path.read_text("utf-8"), str(path)))
        copy.unlink()
    assert {path.name for path in root.rglob("*.md")} == {"LÆSMIG.md"}
    return root


@pytest.mark.parametrize("path", WORDINGS, ids=lambda path: str(path.relative_to(LIBRARY)))
def test_a_wording_comes_back_from_word(path: Path) -> None:
    text = path.read_text("utf-8")
    back = to_markdown(to_word(text, path.name), path.name)
    (_, head, body), (_, back_head, back_body) = text.split("---\n", 2), back.split("---\n", 2)
    assert back_body == body
    assert read_yaml(back_head, "hoved").at(()) == read_yaml(head, "hoved").at(())
    assert back == text or ">-" in head  # only folded text is laid out anew
    assert to_word(back, path.name) == to_word(text, path.name)


def test_every_letter_is_the_same_from_word(in_word: Path) -> None:
    ours, theirs = Composer(load_library(LIBRARY)), Composer(load_library(in_word))
    assert theirs.library.faults == {}
    composed = 0
    for path in example_cases():
        letters = []
        for made in (ours, theirs):
            read = read_case(path.read_bytes(), path.name, made.library.spec())
            found = made.compose(read.case, Status.FINAL, read.places.place)
            letters.append(found.letter)
            assert all(Path(name).suffix == (".md" if made is ours else ".docx") for name in found.wordings)
        assert dump(letters[0]) == dump(letters[1]), path.name
        assert letters[0] == letters[1]
        composed += 1
    assert composed > 20


def test_every_appendix_is_the_same_from_word(in_word: Path) -> None:
    composers = [AppendixComposer(load_library(root)) for root in (LIBRARY, in_word)]
    paths = sorted((ROOT / "fixtures").glob("bilag/*.yaml"))
    assert paths
    for path in paths:
        letters = []
        for made in composers:
            read = read_appendix(path.read_bytes(), path.name, made.library.senders)
            parts = (
                made.appendix(read.appendix, Status.FINAL, read.places.place),
                *made.extracts(read.appendix, Status.FINAL, read.places.place),
            )
            letters.append([dump(part.letter) for part in parts])
        assert letters[0] == letters[1], path.name


HEAD = "---\ntitle: T\nlead: result\n---\n\n"
SAME = [
    "a \\* b \\# c",
    "- a\n\n- b",
    "- a\n\n  mere\n- b",
    "3. a\n4. b",
    "> a\n>\n> b\n\nc",
    "> a\n\n> b",
    "> - a\n> - b",
    "**a** b *c* ***d***",
    "[x](mailto:a@b.example) y",
    "[a{{ b }}c]({{ afsender.web }})",
    "[**x**](https://a.example)",
    "{% if a %}**x**{% endif %}",
    "a\\\nb\\\n{% if c %}\nd\n{% endif %}\ne",
    "{# note\nover to linjer #}\n\nx",
    "{% if a %}\n- x\n{% else %}\n- y\n{% endif %}\n\nz",
    "1\\. juli",
    "- \\- x",
    "x {% if a %}\\\n{% endif %}y",
    "[due diligence](sprog:en) er engelsk",
    "a\n\n\n\nb",
    "{% for a in b %}\n{{ a }}\n{% endfor %}",
    "Tekst\n\n1. a\n\n   b\n\n2. c",
    "3 < 4 og sag_nummer",
]
OTHERWISE = [
    ("a\nb\nc", "a b c"),
    ("- a\n  b\n- c", "- a b\n- c"),
    ("- a\n  1. x\n  2. y\n- b", "- a\n  1. x\n  2. y\n\n- b"),
    ("> a\n> b", "> a b"),
    ("| a | b |\n| - | -: |\n| c \\| d | 1 |", "| a | b |\n| --- | ---: |\n| c \\| d | 1 |"),
    ("# T\n## S\n### U", "# T\n\n## S\n\n### U"),
    ("Tekst:\n- a\n- b\n\nmere", "Tekst:\n\n- a\n- b\n\nmere"),
]


@pytest.mark.parametrize(("body", "back"), [*((body, body) for body in SAME), *OTHERWISE])
def test_markdown_of_every_shape_comes_back(body: str, back: str) -> None:
    """The same text, or one that differs in nothing that a letter shows."""
    text = to_markdown(to_word(f"{HEAD}{body}\n", "a.md"), "a.docx")
    assert text == f"{HEAD}{back}\n"
    if body != back:
        assert read_blocks(body, Values()) == read_blocks(back, Values())
