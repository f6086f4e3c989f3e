"""Any text of a case stands in Word, PDF and plain text as it was written, or is refused by name."""

from __future__ import annotations

import functools
import io
import json
import re
import zipfile
from collections.abc import Callable
from typing import Any

import pypdfium2
import pytest
import yaml
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from lxml import etree
from shipped import FIXTURES, TEMPLATES, compose_bytes

from letters.document.model import Letter, Status
from letters.problems import CaseError, LetterError, Severity
from letters.render.docx import DocxRenderer
from letters.render.pdf import DEFAULT_FONT_DIRS, PdfRenderer
from letters.render.text import render_text

CASE = next(path for path in FIXTURES if path.stem == "02-afslag-en-grund")
LETTERHEAD = TEMPLATES / "brevpapir" / "lindehoej"
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"

NASTY = [
    "& < > \" ' * _ # [ ] { } {{ }} {% %} {# #} \\ \\n | ~ ` ^ $",
    "{{ 7*7 }}{% if x %}{_{ a }_}",
    "<script>alert(1)</script> &amp; &#65; &nbsp;",
    "**fed** _skrå_ [link](https://a.example) ![b](c) <b>x</b>",
    "1. juli 2021 - 2. august",
    "C:\\temp\\ny\\fil",
    "å æ ø Å Æ Ø é ü ñ ł ş ț ğ ї є ґ ạ ễ",
    "“citat” »citat« – — … ½ § € ‰",
    "a  b   c",
    "😀",
    "abc\u202edef",
    "abc\u200bdef",
    "abc\tdef",
    "abc\ndef",
    "abc\x07def",
    "abc\ue000\U000f0000\U00100000def",
    "soft\u00adhyphen",
    "漢字",
]


def squeezed(text: str) -> str:
    """Text without what line breaking adds or takes: white space, and hyphens of any kind."""
    return re.sub(r"[\s\u2010\u2011\u00ad\ufffe\u0002-]+", "", text)


@functools.cache
def renderers() -> tuple[DocxRenderer, PdfRenderer]:
    return DocxRenderer(LETTERHEAD / "letterhead.docx"), PdfRenderer(LETTERHEAD, DEFAULT_FONT_DIRS)


def docx_text(data: bytes) -> str:
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        body = etree.fromstring(package.read("word/document.xml"))
    marks = {f"{W}noBreakHyphen": "-", f"{W}tab": "\t"}
    return "".join(
        (node.text or "") if node.tag == f"{W}t" else marks.get(str(node.tag), "") for node in body.iter()
    )


def pdf_text(data: bytes) -> str:
    document = pypdfium2.PdfDocument(data)
    try:
        return "".join(page.get_textpage().get_text_range() for page in document)
    finally:
        document.close()


def texts_or_refusal(change: Callable[[dict[str, Any]], None]) -> list[str] | set[str]:
    """The letter as three texts, or the codes of the problems that refused it."""
    tree = yaml.load(CASE.read_text(encoding="utf-8"), Loader=yaml.BaseLoader)  # noqa: S506 - builds text
    change(tree)
    try:
        letter: Letter = compose_bytes(
            json.dumps(tree, ensure_ascii=False).encode("utf-8", "surrogatepass"), "sag.json", Status.FINAL
        )
    except (CaseError, LetterError) as error:
        assert all(problem.text() for problem in error.problems)
        return {problem.code for problem in error.problems}
    docx, pdf = renderers()
    missing = pdf.problems(letter)
    if missing:
        assert {problem.severity for problem in missing} == {Severity.FATAL}
        assert all(problem.place.field for problem in missing)
        return {problem.code for problem in missing}
    return [docx_text(docx.render(letter)), pdf_text(pdf.render(letter)), render_text(letter)]


def set_fact(text: str) -> Callable[[dict[str, Any]], None]:
    def change(tree: dict[str, Any]) -> None:
        tree["reasons"][0]["facts"]["wish"] = text

    return change


def set_prose(text: str) -> Callable[[dict[str, Any]], None]:
    def change(tree: dict[str, Any]) -> None:
        tree["assessment"] = text

    return change


@pytest.mark.parametrize("text", NASTY, ids=lambda text: ascii(text)[:30])
def test_nasty_plain_text(text: str) -> None:
    found = texts_or_refusal(set_fact(text))
    if isinstance(found, set):
        assert found <= {"case.character", "case.line-break", "render.missing-glyph"}
    else:
        assert [squeezed(text) in squeezed(one) for one in found] == [True, True, True]


def test_a_word_of_ten_thousand_letters_is_whole() -> None:
    found = texts_or_refusal(set_fact("ŵ" * 10_000))
    assert isinstance(found, list)
    # Headers and footers stand between the pages of the PDF.
    assert [one.count("ŵ") for one in found] == [10_000, 10_000, 10_000]


# Left-to-right letters, marks and symbols: a PDF's text comes back in the order it is drawn in.
PLAIN = st.text(
    st.one_of(st.characters(max_codepoint=0x24F), st.characters(min_codepoint=0x370, max_codepoint=0x52F)),
    min_size=1,
    max_size=60,
)
MARKS = "*_[]<>`#|&\\!-+=:.\n\r\t"
UNHURRIED = settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])


@UNHURRIED
@given(PLAIN)
@example("a-b - c")
def test_any_plain_text(text: str) -> None:
    found = texts_or_refusal(set_fact(text))
    if isinstance(found, list):
        assert [squeezed(text) in squeezed(one) for one in found] == [True, True, True]


@UNHURRIED
@given(st.text(st.characters(max_codepoint=0x24F, exclude_characters=MARKS), min_size=1, max_size=60))
def test_any_prose_without_marks(text: str) -> None:
    found = texts_or_refusal(set_prose(text))
    if isinstance(found, list):
        assert [squeezed(text) in squeezed(one) for one in found] == [True, True, True]


@UNHURRIED
@given(st.text(st.sampled_from("ab \n*_[]()<>`#>|~&\\!-+=:.1234567890{}%\"'"), min_size=1, max_size=60))
def test_any_prose_says_its_letters_or_is_refused(text: str) -> None:
    found = texts_or_refusal(set_prose(text))
    if isinstance(found, list):
        letters = re.sub(r"[^ab]", "", text)
        assert [letters in re.sub(r"[^ab]", "", one) for one in found] == [True, True, True]
