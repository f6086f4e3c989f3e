"""The lines of a PDF from anywhere, as they are drawn: for files without tags, or with tags nobody can trust.

pdfium finds the characters; what a line is comes from it too. Where a line stands and how large it is lets
`letters.reading.pdf_paragraphs` put paragraphs together again.
"""

from __future__ import annotations

import ctypes
import re
from collections.abc import Iterator

import pypdfium2 as pdfium  # type: ignore[import-untyped]  # it brings no type information
from msgspec import Struct

from letters.problems import N_, LettersError, Place, Problem, Severity

MAX_BYTES = 30_000_000
_MAX_PAGES = 1_000
_PASSWORD = 4  # FPDF_ERR_PASSWORD
_LINE = re.compile(r"[^\r\n]+")
_TRIMMED = re.compile(r"\S(?:.*\S)?")
BULLETS = "•▪●◦‣\uf0b7"
_BULLET = re.compile(f"[{BULLETS}]")
_BULLETS = re.compile(rf"[{BULLETS}\s]+")
_BOLD = 600  # 400 is regular
_LONGEST_NAME = 256


class PdfLine(Struct, frozen=True):
    """A line of text.

    Attributes:
        page: 1-based.
        left, right, baseline: in points from the page's lower left corner.
        size: of its first character, in the file's own unit; it says which lines are alike.
    """

    text: str
    page: int
    left: float
    right: float
    baseline: float
    size: float
    bold: bool


def read_lines(data: bytes, file: str) -> tuple[PdfLine, ...]:
    """Every line of every page, in the order in which the file draws them.

    Args:
        file: as the user named it, for problems.
    Raises:
        LettersError: it is no PDF, is too large, or needs a password.
    """
    if len(data) > MAX_BYTES:
        help_ = N_("a letter is smaller; look whether it is the right file")
        raise _fault(
            file, "too-large", N_("the file is larger than {limit} MB"), help_, limit=MAX_BYTES // 1_000_000
        )
    try:
        with pdfium.PdfDocument(data) as document:
            if len(document) > _MAX_PAGES:
                raise _fault(
                    file, "too-large", N_("the file has more than {limit} pages"), "", limit=_MAX_PAGES
                )
            return tuple(line for number in range(len(document)) for line in _page(document, number))
    except pdfium.PdfiumError as error:
        if getattr(error, "err_code", None) == _PASSWORD:
            help_ = N_("open it with its password, and save a copy without one")
            raise _fault(file, "locked", N_("the PDF file has a password"), help_) from None
        message = N_("the PDF file cannot be read ({kind})")
        raise _fault(file, "unreadable", message, "", kind=type(error).__name__) from None


def _fault(file: str, code: str, message: str, help_: str, **args: object) -> LettersError:
    return LettersError([Problem(f"pdf.{code}", Severity.FATAL, message, Place(file), args, help_)])


def _page(document: pdfium.PdfDocument, number: int) -> Iterator[PdfLine]:
    page = document[number]
    text_page = page.get_textpage()
    try:
        # One character each, so that offsets are those of the page's characters.
        get = pdfium.raw.FPDFText_GetUnicode
        text = "".join(_character(get(text_page, at)) for at in range(text_page.count_chars()))
        for start, words in _pieces(text):
            yield _line(text_page, words, start, number + 1)
    finally:
        text_page.close()
        page.close()


def _pieces(text: str) -> Iterator[tuple[int, str]]:
    """Each line without the white space around it; bullets drawn for themselves are a line each."""
    for found in _LINE.finditer(text):
        alone = _BULLETS.fullmatch(found.group()) is not None
        for piece in (_BULLET if alone else _TRIMMED).finditer(text, *found.span()):
            yield piece.start(), piece.group()


def _character(code: int) -> str:
    """The character of a code; what is none, such as half of a pair, is marked as lost."""
    return chr(code) if 0 < code < 0x110000 and not 0xD800 <= code < 0xE000 else "\ufffd"


def _line(text_page: pdfium.PdfTextPage, text: str, start: int, page: int) -> PdfLine:
    left, baseline = _origin(text_page, start)
    right = text_page.get_charbox(start + len(text) - 1)[2]
    size = round(pdfium.raw.FPDFText_GetFontSize(text_page, start), 1)
    return PdfLine(text, page, left, right, baseline, size, _is_bold(text_page, start))


def _origin(text_page: pdfium.PdfTextPage, at: int) -> tuple[float, float]:
    x, y = ctypes.c_double(), ctypes.c_double()
    pdfium.raw.FPDFText_GetCharOrigin(text_page, at, x, y)
    return x.value, y.value


def _is_bold(text_page: pdfium.PdfTextPage, at: int) -> bool:
    """By the font's name or weight; a program need not give either."""
    name = ctypes.create_string_buffer(_LONGEST_NAME)
    pdfium.raw.FPDFText_GetFontInfo(text_page, at, name, _LONGEST_NAME, ctypes.c_int())
    by_name = re.search(rb"bold|black|heavy", name.value, re.IGNORECASE) is not None
    return by_name or pdfium.raw.FPDFText_GetFontWeight(text_page, at) >= _BOLD
