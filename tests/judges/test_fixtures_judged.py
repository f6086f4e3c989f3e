"""Every example letter, as the command makes it, before every judge."""

import re
from collections import Counter

import pytest

from examples import ROOT, example_cases
from judges import (
    difference,
    errors,
    judge_docx,
    judge_pdfs,
    open_in_libreoffice,
    words_of_docx,
    words_of_pdf,
)
from judges.readers import WORDS
from judges.tagged import tagged_words
from judges.words import count, furniture_of_docx, printed_words, surplus, table_heads_of_docx
from letters.desk import Desk
from letters.document.model import Status
from letters.render.pdf import DEFAULT_FONT_DIRS

CASES = example_cases()
LABEL = re.compile(r"(?:\d+[a-z]?|[a-z]|\d+\.\d+)\.|•")
each_case = pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.parent.name}-{case.stem}")


@pytest.fixture(scope="module")
def judged_pdfs(made_letters):
    return judge_pdfs(list(made_letters.files("letter.pdf").values()), ("ua1", "2a"))


@pytest.fixture(scope="module")
def opened(made_letters, tmp_path_factory):
    paths = list(made_letters.files("letter.docx").values())
    return open_in_libreoffice(paths, tmp_path_factory.mktemp("office"))


@pytest.fixture(scope="module")
def docx_words(made_letters, tmp_path_factory):
    return words_of_docx(list(made_letters.files("letter.docx").values()), tmp_path_factory.mktemp("words"))


def test_there_are_examples_of_every_kind():
    assert len(CASES) >= 8
    assert len({case.parent for case in CASES}) >= 2
    assert len({case.stem for case in CASES}) == len(CASES)


@each_case
def test_pdf(case, made_letters, judged_pdfs):
    assert errors(judged_pdfs[made_letters.folders[case] / "letter.pdf"]) == []


def test_pdf_that_carries_its_tables(made_letters, tmp_path):
    """PDF/A-3a in place of 2a, which allows no other file inside."""
    source = next(case for case in CASES if case.stem == "02-delspoergsmaal-og-tabel")
    case = tmp_path / "tal.yaml"
    case.write_text(source.read_text("utf-8") + "attach_tables: ja\n", "utf-8")
    Desk(ROOT / "templates" / "da", DEFAULT_FONT_DIRS).made(case, tmp_path, Status.FINAL, force=False)
    path = tmp_path / "tal" / "letter.pdf"
    assert errors(judge_pdfs([path], ("ua1", "3a"))[path]) == []


@each_case
def test_docx(case, made_letters, opened):
    path = made_letters.folders[case] / "letter.docx"
    assert errors(judge_docx(path)) == []
    assert errors(opened[path]) == []


@each_case
@pytest.mark.parametrize("reader", WORDS)
def test_other_readers_find_the_same_words(case, reader, made_letters):
    """All words but the numbers of lists, which only a program that lays out the page counts."""
    folder = made_letters.folders[case]
    text = Counter((folder / "letter.txt").read_text("utf-8").split())
    found = WORDS[reader](folder / "letter.docx")
    missing = [word for word in text - found if not LABEL.fullmatch(word)]
    assert missing == []


@each_case
def test_docx_and_pdf_say_the_same_in_the_same_order(case, made_letters, docx_words):
    folder = made_letters.folders[case]
    told = words_of_pdf(folder / "letter.pdf")
    assert difference(told, docx_words[folder / "letter.docx"]) == ""
    assert difference(tagged_words(folder / "letter.pdf"), told) == ""  # two readers of one tree


@each_case
def test_text_says_the_same_in_the_same_order(case, made_letters, docx_words):
    folder = made_letters.folders[case]
    text = (folder / "letter.txt").read_text("utf-8")
    assert difference(text, docx_words[folder / "letter.docx"]) == ""


@each_case
def test_single_words(case, made_letters, docx_words):
    """The PDF's pages hold each word of the text, and besides only what is printed on every page."""
    folder = made_letters.folders[case]
    text = count((folder / "letter.txt").read_text("utf-8"))
    pages = printed_words(folder / "letter.pdf")
    again = furniture_of_docx(folder / "letter.docx") | table_heads_of_docx(folder / "letter.docx")
    assert surplus(text, pages) == []
    assert {word for word in surplus(pages, text) if not word.isdigit()} <= again
    assert surplus(text, count(docx_words[folder / "letter.docx"])) == []
