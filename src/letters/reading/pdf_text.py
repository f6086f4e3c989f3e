"""The text and structure of a tagged PDF: its blocks in the order of the tags, as WeasyPrint writes them.

It is for two files of one letter. In a PDF that another program has written, text may stand without tags, or
in a font that names no characters; such text is not found.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from letters.problems import N_, LettersError, Place, Problem, Severity
from letters.reading.qpdf import pikepdf

#: The tags that stand for a block; what lies inside them is their text.
_BLOCKS = {"P", "H1", "H2", "H3", "H4", "H5", "H6", "LI", "TH", "TD", "BlockQuote", "Caption", "Figure"}
_DEEPEST = 100
_HYPHEN = "\u2010"  # where a word is divided at the end of a line
_HEX = re.compile(rb"<([0-9A-Fa-f\s]*)>")


@dataclass(frozen=True, slots=True)
class PdfBlock:
    """A block: the tags around it, outermost first ("Document", "L", "LI"), and its words.

    Attributes:
        pages: the first and the last page it stands on, from 1. A paragraph that goes on over a page is two
            blocks in what WeasyPrint writes.
    """

    tags: tuple[str, ...]
    words: tuple[str, ...]
    pages: tuple[int, int] = field(default=(0, 0), compare=False)

    @property
    def letters(self) -> str:
        """The text without white space: where lines are broken does not matter."""
        return "".join(self.words)


def read_pdf(data: bytes, file: str) -> tuple[PdfBlock, ...]:
    """The blocks of a tagged PDF; none when it has no tags.

    Args:
        file: as the user named it, for problems.

    Raises:
        LettersError: it is no PDF, or needs a password.
    """
    try:
        with pikepdf.open(io.BytesIO(data)) as pdf:
            return tuple(block for block in _blocks(pdf) if block.words)
    except (
        pikepdf.PdfError,
        pikepdf.PasswordError,
        ValueError,
        TypeError,
        KeyError,
        AttributeError,
    ) as error:
        message = N_("the PDF file cannot be read ({kind})")
        args = {"kind": type(error).__name__}
        raise LettersError([Problem("pdf.unreadable", Severity.FATAL, message, Place(file), args)]) from None


def _blocks(pdf: pikepdf.Pdf) -> Iterator[PdfBlock]:
    root = pdf.Root.get("/StructTreeRoot")
    if root is None:
        return
    texts = {page.obj.objgen: _page_texts(page) for page in pdf.pages}
    tree = _Tree(texts)
    tree.walk(root, (), None)
    numbers = {page: number for number, page in enumerate(texts, 1)}
    for block in tree.found:
        pages = [numbers[line.page] for line in block.lines if line is not _GAP] or [0]
        yield PdfBlock(block.tags, tuple(_joined(block.lines)), (min(pages), max(pages)))


@dataclass(slots=True)
class _Line:
    """A stretch of text on one line of one page."""

    page: tuple[int, int]
    y: float
    text: str


_GAP = _Line((0, 0), 0.0, "")


@dataclass(slots=True)
class _Block:
    tags: tuple[str, ...]
    lines: list[_Line] = field(default_factory=list)


@dataclass(slots=True)
class _Tree:
    """Gathers the text below each block's tag."""

    texts: dict[tuple[int, int], dict[int, list[_Line]]]
    found: list[_Block] = field(default_factory=list)

    def walk(self, element: Any, tags: tuple[str, ...], page: Any, depth: int = 0) -> None:  # noqa: ANN401
        """Go through an element of the tree, a PDF object; `page` is inherited from the one above."""
        if depth > _DEEPEST:
            return
        page = element.get("/Pg", page)
        name = str(element.get("/S", ""))[1:]
        inside = (*tags, name) if name in _BLOCKS or name in ("L", "Table", "TR") else tags
        if name in _BLOCKS:
            self.found.append(_Block(inside))
        elif name == "LBody" and self.found:
            self.found[-1].lines.append(_GAP)  # between an item's label and its text
        for kid in _kids(element):
            self._kid(kid, inside, page, depth)

    def _kid(self, kid: Any, tags: tuple[str, ...], page: Any, depth: int) -> None:  # noqa: ANN401
        if isinstance(kid, int):
            self._content(kid, tags, page)
        elif kid.get("/Type") == "/MCR":
            self._content(int(kid["/MCID"]), tags, kid.get("/Pg", page))
        elif "/S" in kid:
            self.walk(kid, tags, page, depth + 1)

    def _content(self, number: int, tags: tuple[str, ...], page: Any) -> None:  # noqa: ANN401 - a PDF object
        if not self.found or self.found[-1].tags != tags:
            self.found.append(_Block(tags))
        if page is not None:
            self.found[-1].lines += self.texts.get(page.objgen, {}).get(number, [])


def _kids(element: Any) -> list[Any]:  # noqa: ANN401 - a PDF object
    kids = element.get("/K")
    if kids is None:
        return []
    return list(kids) if isinstance(kids, pikepdf.Array) else [kids]


def _joined(lines: list[_Line]) -> Iterator[str]:
    """The words of a block: a new line is white space, unless a word was divided there."""
    text = ""
    last: _Line | None = None
    for line in lines:
        new = last is not None and (line.page, line.y) != (last.page, last.y)
        if new and text.endswith(_HYPHEN):
            text = text[:-1]
        elif new:
            text += " "
        text += line.text
        last = line
    yield from text.split()


def _page_texts(page: pikepdf.Page) -> dict[int, list[_Line]]:
    """Number of the marked content -> its text."""
    fonts = {str(name): _characters(font) for name, font in _fonts(page).items()}
    found: dict[int, list[_Line]] = {}
    open_marks: list[int | None] = []
    font: dict[bytes, str] = {}
    y = 0.0
    instructions: Any = pikepdf.parse_content_stream(page)  # an inline picture has no text, but two parts too
    for operands, operator in instructions:
        match str(operator):
            case "BDC" | "BMC":
                open_marks.append(_mark(operands))
            case "EMC" if open_marks:
                open_marks.pop()
            case "Tf":
                font = fonts.get(str(operands[0]), {})
            case "Tm":
                y = round(float(operands[5]), 1)
            case "Tj" | "TJ" | "'" | '"':
                mark = next((mark for mark in reversed(open_marks) if mark is not None), None)
                if mark is not None and (text := _shown(operands[-1], font)):
                    found.setdefault(mark, []).append(_Line(page.obj.objgen, y, text))
    return found


def _fonts(page: pikepdf.Page) -> Any:  # noqa: ANN401 - a PDF object
    resources: Any = page.obj.get("/Resources", pikepdf.Dictionary())
    return resources.get("/Font", pikepdf.Dictionary())


def _mark(operands: Any) -> int | None:  # noqa: ANN401 - PDF objects
    properties = operands[1] if len(operands) > 1 else None
    if isinstance(properties, pikepdf.Dictionary) and "/MCID" in properties:
        return int(properties["/MCID"])
    return None


def _shown(operand: Any, font: dict[bytes, str]) -> str:  # noqa: ANN401 - a PDF object
    """What a text operator shows; the fonts of the letters have codes of two bytes."""
    pieces = operand if isinstance(operand, pikepdf.Array) else [operand]
    codes = b"".join(bytes(piece) for piece in pieces if isinstance(piece, pikepdf.String))
    return "".join(font.get(codes[at : at + 2], "") for at in range(0, len(codes), 2))


def _characters(font: Any) -> dict[bytes, str]:  # noqa: ANN401 - a PDF object
    """Code -> characters, as the font's ToUnicode map says (ISO 32000-1, 9.10.3)."""
    stream = font.get("/ToUnicode")
    if stream is None:
        return {}
    found: dict[bytes, str] = {}
    data = stream.read_bytes()
    for kind, body in re.findall(rb"begin(bfchar|bfrange)(.*?)end", data, re.DOTALL):
        codes = [bytes.fromhex(hexed.decode("ascii")) for hexed in _HEX.findall(body)]
        if kind == b"bfchar":
            found.update({code: _utf16(text) for code, text in zip(codes[::2], codes[1::2], strict=False)})
        else:
            for first, last, text in zip(codes[::3], codes[1::3], codes[2::3], strict=False):
                found.update(_range(first, last, _utf16(text)))
    return found


def _range(first: bytes, last: bytes, text: str) -> dict[bytes, str]:
    start, stop = int.from_bytes(first), min(int.from_bytes(last), 0xFFFF)
    return {
        code.to_bytes(len(first)): text[:-1] + chr(ord(text[-1]) + code - start)
        for code in range(start, stop + 1)
        if text
    }


def _utf16(data: bytes) -> str:
    return data.decode("utf-16-be", "replace")
