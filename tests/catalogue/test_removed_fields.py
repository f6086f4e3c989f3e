"""No letter has a hole: every field of every example is taken away in turn.

What remains is either refused with a place, or a letter that says nothing blank, in any of its formats. Each
different letter is drawn; of many that differ in an answer alone, a few.
"""

from __future__ import annotations

import copy
import functools
import io
import json
import re
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
import yaml
from lxml import etree
from shipped import FIXTURES, TEMPLATES, compose_bytes

from judges.tagged import tagged_words
from letters.checks.letter import check_letter
from letters.document import dump, words
from letters.document.model import Letter, Status
from letters.problems import CaseError, LetterError
from letters.render.docx import DocxRenderer
from letters.render.pdf import DEFAULT_FONT_DIRS, PdfRenderer
from letters.render.text import render_text

BLANK = re.compile(r"\bNone\b|\bnan\b|\{\{|\}\}|\{%|\[\s*\]|\(\s*\)|\bundefined\b| ,| \.(?:\s|$)")
# List labels are counted by Word itself.
LABEL = re.compile(r"\d+(\.\d+|[a-z])?\.|•")
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
DEEP = ("questions",)
Path_ = tuple[str | int, ...]


@functools.cache
def docx_renderer(letterhead: str) -> DocxRenderer:
    return DocxRenderer(TEMPLATES / "brevpapir" / letterhead / "letterhead.docx")


@functools.cache
def renderer(letterhead: str) -> PdfRenderer:
    return PdfRenderer(TEMPLATES / "brevpapir" / letterhead, DEFAULT_FONT_DIRS)


def paths(value: Any, at: Path_ = ()) -> Iterator[Path_]:
    pairs = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, inner in pairs:
        yield (*at, key)
        yield from paths(inner, (*at, key))


def without(tree: Any, path: Path_) -> bytes:
    changed = copy.deepcopy(tree)
    inner = changed
    for key in path[:-1]:
        inner = inner[key]
    del inner[path[-1]]
    return json.dumps(changed, ensure_ascii=False).encode()


@pytest.mark.parametrize("case", FIXTURES, ids=lambda case: case.stem)
def test_a_missing_field_is_refused_or_leaves_no_hole(case: Path, tmp_path: Path) -> None:
    # Every scalar as text, as the case room itself reads YAML.
    tree = yaml.load(case.read_text(encoding="utf-8"), Loader=yaml.BaseLoader)  # noqa: S506 - BaseLoader builds text only
    made = refused = 0
    drawn: dict[str, tuple[Path_, Letter]] = {}
    for path in paths(tree):
        if len(path) > 1 and path[0] == "questions" and isinstance(path[1], int) and path[1] > 4:
            continue  # the sixth question of thirty is like the fifth
        try:
            letter = compose_bytes(without(tree, path), "sag.json", Status.FINAL)
        except (CaseError, LetterError) as error:
            refused += 1
            assert all(problem.place.file for problem in error.problems), path
            continue
        made += 1
        assert not check_letter(letter), path
        found = " ".join(words(letter))
        assert not BLANK.search(found), (path, BLANK.search(found))
        assert not BLANK.search(" ".join(render_text(letter).split())), path
        if path[0] not in DEEP or len(path) <= 3:
            drawn.setdefault(dump(letter), (path, letter))
    assert made
    assert refused
    # Each field once: what is taken away of a second recipient is like what is taken away of the first.
    for path, letter in {
        tuple(k for k in p if isinstance(k, str)): (p, a) for p, a in drawn.values()
    }.values():
        assert_whole(letter, path, tmp_path / "letter.pdf")


def assert_whole(letter: Letter, path: Path_, file: Path) -> None:
    """Hold the finished files against the letter's own words: nothing blank, nothing missing."""
    word = texts_of_docx(docx_renderer(letter.letterhead).render(letter))
    file.write_bytes(renderer(letter.letterhead).render(letter))
    wanted = [letters_of(one) for one in words(letter) if not LABEL.fullmatch(one)]
    for said in (letters_of("".join(word)), letters_of(tagged_words(file))):
        assert [one for one in wanted if one not in said] == [], path
    for line in (*word, *lines_of_pdf(file)):
        assert not BLANK.search(line), (path, line)


def letters_of(text: str) -> str:
    """A text without white space and hyphens, which the end of a line adds and takes."""
    return re.sub(r"[\s\u00ad\u2010\u2011\ufffe\x02-]+", "", text)


def texts_of_docx(data: bytes) -> list[str]:
    """The paragraphs of a Word file's body; an empty one is a hole, but at a cell's or the body's end."""
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        body = etree.fromstring(package.read("word/document.xml"))
    return ["".join(node.text or "" for node in p.iter(f"{W}t")) for p in body.iter(f"{W}p")]


def lines_of_pdf(file: Path) -> list[str]:
    with pypdfium2.PdfDocument(file) as document:
        return [line for page in document for line in page.get_textpage().get_text_range().splitlines()]
