"""A wording between Word and Markdown: paragraphs and tables as both can say them."""

from __future__ import annotations

import enum
from collections.abc import Sequence

from msgspec import Struct, field


class Kind(enum.Enum):
    """What a paragraph is. `CONTINUED` is a further paragraph of the list item before it."""

    TEXT = "text"
    HEADING = "heading"
    ITEM = "item"
    CONTINUED = "continued"


class Piece(Struct, frozen=True):
    """Text of one look.

    Attributes:
        text: with Jinja tags as they are written; a line break inside the paragraph is a newline.
        link: the address; empty when it is no link.
        field: the instruction of Word's field or the name of its content control that the text stands in;
            only an import keeps it.
    """

    text: str
    bold: bool = False
    italic: bool = False
    link: str = ""
    field: str = ""

    @property
    def look(self) -> tuple[bool, bool, str, str]:
        return self.bold, self.italic, self.link, self.field


_TEXT_LENGTH = 60
Pieces = tuple[Piece, ...]


class Paragraph(Struct, frozen=True):
    """A paragraph.

    Attributes:
        number: which paragraph of the Word file it is, or line of the Markdown, from 1.
        level: of a heading as Markdown counts (`#` is 1); how deep an item lies, from 1.
        ordinal: the number of a numbered item; 0 for a bullet.
        quoted: whether it stands in a quote.
        blanks: how many empty paragraphs stand before it.
    """

    number: int
    pieces: Pieces
    kind: Kind = Kind.TEXT
    level: int = 0
    ordinal: int = 0
    quoted: bool = False
    blanks: int = 0


class Row(Struct, frozen=True):
    """A row of a table; one of tags alone has one cell."""

    number: int
    cells: tuple[Pieces, ...]
    tags: bool = False


class Table(Struct, frozen=True):
    """A table; the first row is its head.

    Attributes:
        right: for each column whether its figures stand to the right.
    """

    number: int
    rows: tuple[Row, ...]
    right: tuple[bool, ...]
    blanks: int = 0


Block = Paragraph | Table


class Note(Struct, frozen=True):
    """A comment in a Word file: for its authors, never printed."""

    number: int
    author: str
    text: str


class Source(Struct, frozen=True):
    """Lines of Markdown and where each came from.

    Attributes:
        numbers: for each line the number of the paragraph (or line) that it came from.
    """

    lines: Sequence[str] = field(default_factory=tuple)
    numbers: Sequence[int] = field(default_factory=tuple)


def plain(pieces: Pieces) -> str:
    """The text of some pieces."""
    return "".join(piece.text for piece in pieces)


def shortened(text: str) -> str:
    """The text as a problem quotes it."""
    words = " ".join(text.split())
    return words if len(words) <= _TEXT_LENGTH else words[: _TEXT_LENGTH - 1] + "…"
