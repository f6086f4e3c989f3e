"""A finished document of any origin -> its paragraphs: a Word file, a PDF, or plain text."""

from __future__ import annotations

import enum
import io
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from letters.problems import N_, LettersError, Place, Problem, Severity
from letters.reading.pdf_lines import read_lines
from letters.reading.pdf_paragraphs import Look, goes_on_over_page, joined, paragraphs_of
from letters.reading.pdf_text import PdfBlock, read_pdf
from letters.reading.qpdf import pikepdf
from letters.reading.word_package import MAX_BYTES, WordPackage
from letters.reading.word_text import WordParagraph, WordText, read_word

_PDF, _ZIP, _OLE = b"%PDF-", b"PK\x03\x04", b"\xd0\xcf\x11\xe0"

# How a paragraph's style begins (small letters), as Word and LibreOffice write the names of ours.
_HEADINGS = ("heading", "afsnit uden titel", "title", "overskrift")
_QUOTES = ("quote", "citat", "intense quote")
_ITEMS = ("list", "punktliste", "opstilling")
_CELLS = ("tabel",)
# What stands outside the running text: nobody reads it as sentences.
_FRAME = ("closing", "signature", "udkast", "afsenderlinje", "adresse", "kolonne")


class Kind(enum.Enum):
    """What a paragraph is, as far as its document says. FRAME is what stands around the running text."""

    PLAIN = "plain"
    HEADING = "heading"
    ITEM = "item"
    QUOTE = "quote"
    CELL = "cell"
    FRAME = "frame"


@dataclass(frozen=True, slots=True)
class ReadParagraph:
    """A paragraph of a document.

    Attributes:
        number: counting from 1 those with text.
        text: on one line; with the label of a list's item.
        page: from 1; None where the document has no pages or does not say.
        line: of a text file, from 1; otherwise None.
    """

    number: int
    kind: Kind
    text: str
    page: int | None = None
    line: int | None = None


_DRAWN = {Look.TEXT: Kind.PLAIN, Look.HEADING: Kind.HEADING, Look.ITEM: Kind.ITEM, Look.FRAME: Kind.FRAME}


def is_document(data: bytes) -> bool:
    """Whether the bytes are a Word file or a PDF, of whatever name."""
    return data.startswith((_ZIP, _OLE)) or _PDF in data[:1024]


def read_document(data: bytes, file: str) -> tuple[ReadParagraph, ...]:
    """The paragraphs of a document in reading order.

    A PDF is read by its tags where they are known to hold all of its text, otherwise by its pages.

    Args:
        file: as the user named it, for problems.
    Raises:
        LettersError: it is too large, locked, damaged, no text, or holds none, as a scanned letter does.
    """
    found = tuple(_paragraphs(data, file))
    if not found:
        help_ = N_("a scanned letter is a picture: make its text readable (OCR) first")
        raise _fault("document.empty", N_("the document holds no text that can be read"), file, {}, help_)
    return found


def _paragraphs(data: bytes, file: str) -> Iterable[ReadParagraph]:
    if len(data) > MAX_BYTES:
        message, args = N_("the file is larger than {limit} MB"), {"limit": MAX_BYTES // 1_000_000}
        raise _fault("document.too-large", message, file, args)
    if _PDF in data[:1024]:
        return _read_pdf(data, file)
    if data.startswith((_ZIP, _OLE)):
        return word_paragraphs(read_word(WordPackage(data, file)))
    return _read_text(data, file)


def word_paragraphs(text: WordText) -> tuple[ReadParagraph, ...]:
    """The paragraphs of a Word file."""
    return tuple(
        ReadParagraph(number, _word_kind(one), " ".join((*one.label_words, *one.words)))
        for number, one in enumerate(text.paragraphs, 1)
    )


def _word_kind(paragraph: WordParagraph) -> Kind:
    style = paragraph.style
    kinds = ((_HEADINGS, Kind.HEADING), (_QUOTES, Kind.QUOTE), (_ITEMS, Kind.ITEM), (_CELLS, Kind.CELL))
    if paragraph.place.startswith(("header", "footer")) or style.startswith(_FRAME):
        return Kind.FRAME
    found = (kind for styles, kind in kinds if style.startswith(styles))
    return next(found, Kind.ITEM if paragraph.label else Kind.PLAIN)


def _read_pdf(data: bytes, file: str) -> Iterator[ReadParagraph]:
    if _drawn_by_weasyprint(data):
        for number, block in enumerate(_over_pages(read_pdf(data, file)), 1):
            yield ReadParagraph(number, _pdf_kind(block), " ".join(block.words), block.pages[0])
        return
    for number, paragraph in enumerate(paragraphs_of(read_lines(data, file)), 1):
        yield ReadParagraph(number, _DRAWN[paragraph.look], paragraph.text, paragraph.page)


def _over_pages(blocks: Iterable[PdfBlock]) -> Iterator[PdfBlock]:
    """Blocks with the two halves of a paragraph that goes on over the page as one."""
    before: PdfBlock | None = None
    for block in blocks:
        if before is not None and _is_rest(before, block):
            words = joined(" ".join(before.words), " ".join(block.words))
            before = replace(before, words=tuple(words.split()), pages=(before.pages[0], block.pages[1]))
        else:
            if before is not None:
                yield before
            before = block
    if before is not None:
        yield before


def _is_rest(before: PdfBlock, block: PdfBlock) -> bool:
    alike = before.tags == block.tags and before.pages[1] + 1 == block.pages[0]
    return alike and goes_on_over_page(" ".join(before.words), " ".join(block.words))


def _drawn_by_weasyprint(data: bytes) -> bool:
    try:
        with pikepdf.open(io.BytesIO(data)) as pdf:
            tagged = "/StructTreeRoot" in pdf.Root
            return tagged and "WeasyPrint" in str(pdf.docinfo.get("/Producer", ""))
    except (pikepdf.PdfError, pikepdf.PasswordError):
        return False  # the reader says what is wrong


def _pdf_kind(block: PdfBlock) -> Kind:
    tags = block.tags
    if not tags:
        return Kind.PLAIN
    if tags[-1].startswith("H"):
        return Kind.HEADING
    kinds = {"TD": Kind.CELL, "TH": Kind.CELL, "BlockQuote": Kind.QUOTE, "LI": Kind.ITEM}
    return next((kind for tag, kind in kinds.items() if tag in tags), Kind.PLAIN)


def _read_text(data: bytes, file: str) -> Iterator[ReadParagraph]:
    """Paragraphs are what blank lines part; a lone line break is a space."""
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = _windows(data, file)
    if "\0" in text:
        raise _fault("document.no-text", N_("the file is no Word file, no PDF and no text"), file, {})
    number, begin, words = 0, 0, list[str]()
    for line, content in enumerate([*text.splitlines(), ""], 1):
        if content.strip():
            begin = begin if words else line
            words += content.split()
        elif words:
            number += 1
            yield ReadParagraph(number, Kind.PLAIN, " ".join(words), line=begin)
            words = []


def _windows(data: bytes, file: str) -> str:
    try:
        return data.decode("cp1252")
    except UnicodeDecodeError:
        message = N_("the file is no Word file, no PDF and no text")
        raise _fault("document.no-text", message, file, {}) from None


def _fault(code: str, message: str, file: str, args: Mapping[str, object], help_: str = "") -> LettersError:
    return LettersError([Problem(code, Severity.FATAL, message, Place(file), args, help_)])
