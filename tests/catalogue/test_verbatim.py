"""Any text of a case stands in Word, PDF and plain text as it was written, or is refused by name.

Drawing takes most of the time, so many texts stand in one letter: plain ones as lines after its signature,
prose as its answers. Each is first put into a letter alone, to see whether it is refused.
"""

from __future__ import annotations

import functools
import io
import json
import re
import tempfile
import unicodedata
import zipfile
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
import yaml
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from lxml import etree
from shipped import FIXTURES, TEMPLATES, compose_bytes

from judges.tagged import tagged_words
from letters.document.model import Letter, Role, Slots, Status
from letters.document.words import words
from letters.problems import LettersError, Problem, Severity
from letters.render.docx import DocxRenderer
from letters.render.pdf import DEFAULT_FONT_DIRS, PdfRenderer
from letters.render.text import render_text

LETTERHEAD = TEMPLATES / "brevpapir" / "lindehoej"
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
REPLY: dict[str, Any] = yaml.load(
    next(path for path in FIXTURES if path.stem == "03-et-spoergsmaal").read_text(encoding="utf-8"),
    Loader=yaml.BaseLoader,  # noqa: S506 - BaseLoader builds text only
)
DECISION = next(path for path in FIXTURES if path.stem == "02-afslag-en-grund")
# What may keep a text out of a letter; anything else is a fault of the program.
REFUSALS = {
    "case.character",
    "case.empty",
    "case.line-break",
    "case.outer-space",
    "case.prose",
    "case.prose-heading",
    "render.missing-glyph",
}


@dataclass(frozen=True)
class Drawn:
    """One letter in its three formats, as text. A no-break space is a space here."""

    docx: str
    pdf: str
    text: str


@functools.cache
def renderers() -> tuple[DocxRenderer, PdfRenderer]:
    return DocxRenderer(LETTERHEAD / "letterhead.docx"), PdfRenderer(LETTERHEAD, DEFAULT_FONT_DIRS)


def docx_text(data: bytes) -> str:
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        body = etree.fromstring(package.read("word/document.xml"))
    marks = {f"{W}noBreakHyphen": "-", f"{W}tab": "\t", f"{W}br": "\n", f"{W}p": "\n"}
    return "".join(
        (node.text or "") if node.tag == f"{W}t" else marks.get(str(node.tag), "") for node in body.iter()
    ).replace("\xa0", " ")


def pdf_text(data: bytes) -> str:
    with pypdfium2.PdfDocument(data) as document:
        pages = [page.get_textpage().get_text_range() for page in document]
    return "\n".join(pages).replace("\r\n", "\n").replace("\xa0", " ")


def drawn(letter: Letter) -> Drawn:
    docx, pdf = renderers()
    return Drawn(docx_text(docx.render(letter)), pdf_text(pdf.render(letter)), render_text(letter))


@functools.lru_cache(maxsize=1)
def told(letter: Letter) -> str:
    """What a PDF reads aloud: its tags in their order, without the headers and footers between pages."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "letter.pdf"
        file.write_bytes(renderers()[1].render(letter))
        return tagged_words(file)


def reply(answers: Sequence[str], lines: Sequence[str]) -> Letter:
    questions = [{"text": "Hvorfor?", "answer": answer} for answer in answers or ["Derfor."]]
    tree = {**REPLY, "questions": questions, "attachments": list(lines) or ["Intet"]}
    data = json.dumps(tree, ensure_ascii=False).encode("utf-8", "surrogatepass")
    return compose_bytes(data, "sag.json", Status.FINAL)


def refusal(letter: Callable[[], Letter]) -> set[str]:
    """The codes of what keeps a text out of a letter; none when it stands there."""
    try:
        problems: Iterable[Problem] = renderers()[1].problems(letter())
    except LettersError as error:
        problems = error.problems
    for problem in problems:
        assert problem.severity is Severity.FATAL
        assert problem.place.field or problem.place.line, problem.text()
        assert problem.text()
    return {problem.code for problem in problems}


def kept(texts: Iterable[str], letter: Callable[[str], Letter]) -> list[str]:
    """The texts that are not refused, each once."""
    out = []
    for text in dict.fromkeys(texts):
        codes = refusal(functools.partial(letter, text))
        assert codes <= REFUSALS, (codes, text)
        if not codes:
            out.append(text)
    return out


def folded(text: str) -> str:
    """A text with one space between its words, and on one line."""
    return " ".join(text.split())


def squeezed(text: str) -> str:
    """Text without what line breaking adds or takes: white space, and hyphens of any kind."""
    return re.sub(r"[\s\u2010\u2011\u00ad\ufffe\u0002-]+", "", text)


# A letter of many texts tells which one is at fault; making it smaller would only draw it a hundred times.
UNHURRIED = settings(
    max_examples=5,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
    phases=[Phase.explicit, Phase.reuse, Phase.generate],
)


# Plain fields


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


def of_fact(text: str) -> Letter:
    tree = yaml.load(DECISION.read_text(encoding="utf-8"), Loader=yaml.BaseLoader)  # noqa: S506 - text only
    tree["reasons"][0]["facts"]["wish"] = text
    data = json.dumps(tree, ensure_ascii=False).encode("utf-8", "surrogatepass")
    return compose_bytes(data, "sag.json", Status.FINAL)


@pytest.mark.parametrize("text", NASTY, ids=lambda text: ascii(text)[:30])
def test_nasty_plain_text_inside_a_sentence(text: str) -> None:
    if codes := refusal(lambda: of_fact(text)):
        assert codes <= REFUSALS
        return
    found = drawn(of_fact(text))
    assert text in found.docx
    assert folded(text) in folded(found.text)
    assert squeezed(text) in squeezed(found.pdf)


def test_a_word_of_ten_thousand_letters_is_whole() -> None:
    found = drawn(of_fact("ŵ" * 10_000))
    # Headers and footers stand between the pages of the PDF.
    assert [one.count("ŵ") for one in (found.docx, found.pdf, found.text)] == [10_000, 10_000, 10_000]


# Left-to-right letters, marks and symbols: a PDF's text comes back in the order it is drawn in. An accent
# without its letter is drawn on a dotted circle.
CHARACTERS = st.one_of(
    st.characters(max_codepoint=0x24F, exclude_categories=["M"]),
    st.characters(min_codepoint=0x370, max_codepoint=0x52F, exclude_categories=["M"]),
    st.sampled_from(" *_[]<>`#|&\\!-+=:.{}%\"'"),
).map(functools.partial(unicodedata.normalize, "NFC"))  # the Greek question mark is a semicolon to Unicode


@UNHURRIED
@given(st.lists(st.text(CHARACTERS, min_size=1, max_size=24), min_size=10, max_size=30))
def test_any_plain_text_stands_in_its_line_to_the_last_space(texts: list[str]) -> None:
    """So short that no line is broken: nothing at all may differ."""
    lines = kept(texts, lambda text: reply([], [text]))
    found = drawn(reply([], lines))
    # pdfium takes a hyphen that ends a line for one that divides a word: U+FFFE, and no line's end.
    pdf = found.pdf.replace("\ufffe", "-\n")
    for line in (text.replace("\xa0", " ") for text in lines):
        assert line in found.docx.split("\n")
        assert line in found.text.split("\n")
        # A PDF knows no space but where something is printed beside it; how wide it is stands in no text.
        assert folded(line) in map(folded, pdf.split("\n"))


@UNHURRIED
@given(st.lists(st.text(CHARACTERS, min_size=30, max_size=300), min_size=5, max_size=10))
def test_any_long_plain_text_keeps_its_characters(texts: list[str]) -> None:
    lines = kept(texts, lambda text: reply([], [text]))
    found = drawn(reply([], lines))
    for line in lines:
        assert line.replace("\xa0", " ") in found.docx.split("\n")
        assert folded(line) in folded(found.text)
        assert squeezed(line) in squeezed(found.pdf)


# Prose: what is written, and what is printed of it


@dataclass(frozen=True)
class Piece:
    source: str
    printed: str


WORDS = st.text("abæøåÅ019,;:?!()'\"%$§/@", min_size=1, max_size=6).map(lambda word: f"x{word}x")
NO_MARKS = [
    *(
        "2*3*4",
        "a_b_c",
        "_x_",
        "__x__",
        "C:\\(x)",
        "\\\\y\\z",
        "C#",
        "#9",
        "5>3",
        "3<5",
        "*",
        "**",
        "-",
        "+",
        "=",
    ),
    *(
        "a|b",
        "[1]",
        "(2)",
        "~~x~~",
        "&co",
        "x&y",
        "1.",
        "a\\-b",
        "{{x}}",
        "{%y%}",
        "2020-2021",
        "a-",
        "-b",
        "!",
    ),
]
PLAIN_PIECES = st.one_of(
    WORDS.map(lambda word: Piece(word, word)),
    st.sampled_from(NO_MARKS).map(lambda word: Piece(word, word)),
    st.sampled_from(["https://a.example/b_c*d*?e=1&f=(2)", "https://a.example/~x"]).map(
        lambda a: Piece(a, a)
    ),
)
MARKED_PIECES = st.one_of(
    WORDS.map(lambda word: Piece(f"**{word}**", word)),
    WORDS.map(lambda word: Piece(f"*{word}*", word)),
    WORDS.map(lambda word: Piece(f"**{word}**s", f"{word}s")),
    st.sampled_from("*[<&`").map(lambda mark: Piece(f"\\{mark}", mark)),
    st.just(Piece("[x](https://a.example/y)", "x (https://a.example/y)")),
)


def sentences(*pieces: st.SearchStrategy[Piece]) -> st.SearchStrategy[Piece]:
    """Pieces in a row behind a letter, so that the first begins no list."""
    row = st.lists(st.one_of(*pieces), min_size=1, max_size=6)
    return row.map(
        lambda found: Piece(
            " ".join(["x", *(p.source for p in found)]), " ".join(["x", *(p.printed for p in found)])
        )
    )


SENTENCES = sentences(PLAIN_PIECES, MARKED_PIECES)
CELLS = sentences(WORDS.map(lambda word: Piece(word, word)), MARKED_PIECES)


def _bullets(items: list[Piece]) -> Piece:
    return Piece("\n".join(f"- {item.source}" for item in items), " ".join(item.printed for item in items))


def _numbers(items: list[Piece]) -> Piece:
    numbered = list(enumerate(items, 1))
    return Piece(
        "\n".join(f"{number}. {item.source}" for number, item in numbered),
        " ".join(f"{number}. {item.printed}" for number, item in numbered),
    )


def _table(cells: list[Piece]) -> Piece:
    rows = [cells[0:2], cells[2:4], cells[4:6]]
    lines = [f"| {a.source} | {b.source} |" for a, b in rows]
    return Piece(
        "\n".join([lines[0], "|---|--:|", *lines[1:]]), " ".join(cell.printed for row in rows for cell in row)
    )


BLOCKS = st.one_of(
    SENTENCES,
    st.tuples(SENTENCES, SENTENCES).map(
        lambda two: Piece(f"{two[0].source}\n{two[1].source}", f"{two[0].printed} {two[1].printed}")
    ),
    st.tuples(SENTENCES, SENTENCES).map(
        lambda two: Piece(f"{two[0].source}\\\n{two[1].source}", f"{two[0].printed} {two[1].printed}")
    ),
    st.lists(SENTENCES, min_size=2, max_size=3).map(_bullets),
    st.lists(SENTENCES, min_size=2, max_size=3).map(_numbers),
    SENTENCES.map(lambda one: Piece(f"> {one.source}", one.printed)),
    SENTENCES.map(lambda one: Piece(f"# {one.source}", one.printed)),
    st.lists(CELLS, min_size=6, max_size=6).map(_table),
    st.sampled_from(["1. juli 2021", "2) to", ">50 %", "12. august", "+ 5", "01. et", "3. pkt."]).map(
        lambda line: Piece(line, line)
    ),
)
# A line between them: two lists in a row are one.
PROSE = st.lists(BLOCKS, min_size=1, max_size=3).map(
    lambda blocks: Piece("\n\nx\n\n".join(b.source for b in blocks), " x ".join(b.printed for b in blocks))
)


@UNHURRIED
@given(st.lists(PROSE, min_size=4, max_size=6))
def test_prose_prints_all_but_the_marks_of_the_vocabulary(pieces: list[Piece]) -> None:
    printed = {piece.source: piece.printed for piece in pieces}
    sources = kept(printed, lambda source: reply([source], []))
    # Only a sentence that ends in what ends a heading may be refused.
    assert len(sources) == len([source for source in printed if not re.search(r"(?m)^# .* #+$", source)])
    letter = reply(sources, [])
    found = drawn(letter)
    said = folded(" ".join(words(letter)))
    for source in sources:
        assert folded(printed[source]) in said
        assert folded(printed[source]) in folded(found.text.replace("•", ""))
        assert unlabelled(printed[source]) in unlabelled(found.docx)
        assert squeezed(printed[source]) in bare(told(letter))


def unlabelled(text: str) -> str:
    """Text without list labels, which Word counts itself, and without white space."""
    return squeezed(re.sub(r"•|(?<!\S)\d{1,2}\.(?!\S)", "", text))


def bare(text: str) -> str:
    """Text without bullets and white space."""
    return squeezed(text.replace("•", ""))


SOUP = st.text(st.sampled_from("ab \n*_[]()<>`#>|~&\\!-+=:.1234567890{}%\"'æ"), min_size=1, max_size=60)
# Marks of the vocabulary; nothing else may be missing, and nothing may be added.
MARKS = Counter(dict.fromkeys("*\\-#>|:", 60))


@settings(UNHURRIED, max_examples=4)
@given(st.lists(SOUP, min_size=20, max_size=40))
def test_a_soup_of_marks_loses_nothing_but_marks(soups: list[str]) -> None:
    sources = kept(soups, lambda source: reply([source], []))
    letters = [reply([source], []) for source in sources]
    without = Counter("".join(words(reply(["Derfor."], []))).replace("Derfor.", ""))
    for source, letter in zip(sources, letters, strict=True):
        printed = Counter("".join(words(letter)).replace("•", "")) - without
        written = Counter("".join(source.split()))
        assert not printed - written, source
        lost = written - printed
        assert not lost - MARKS, (source, lost)
        assert lost["*"] % 2 == 0, source
        assert lost["-"] <= sum(
            line.count("-") for line in source.split("\n") if re.match(r"[\s>|:]*-", line)
        )
    if sources:
        letter = reply(sources, [])
        found = drawn(letter)
        assert bare(" ".join(words(letter))) == bare(found.text)
        for source, alone in zip(sources, letters, strict=True):
            assert order(alone, found.docx), source
            assert order(alone, told(letter)), source


def order(alone: Letter, text: str) -> bool:
    """Whether the answer of a letter stands in a text, label marks and white space apart."""
    slots = Slots(sender="x", page_label="x", logo_alt="x")
    answers = tuple(section for section in alone.sections if section.role is Role.ANSWERS)
    said = " ".join(words(replace(alone, heading=None, slots=slots, sections=answers)))
    return unlabelled(said.partition("Ad 1:")[2]) in unlabelled(text)
