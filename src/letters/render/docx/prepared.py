"""What a letterhead is once it has been opened, checked and compiled: plain data, to be kept between runs."""

from __future__ import annotations

from msgspec import Struct

from letters.render.docx.archive import Entry
from letters.render.docx.links import LinkParts
from letters.render.docx.numbering_part import NumberingPart

DOCUMENT = "word/document.xml"
"""The part with the letter's text."""


class Letterhead(Struct, frozen=True):
    """What a letter's body needs to know of its letterhead.

    Attributes:
        styles: style name -> id.
        indents: list style name -> its `w:ind` element as text; empty when it has none.
        list_gap: the space below `Body Text` in twips, which the end of a list gets too.
        text_width: of the text column, in twips.
        first_definition: the first free `w:abstractNumId`; `first_instance` the first free `w:numId`.
    """

    styles: dict[str, str]
    indents: dict[str, str]
    list_gap: int
    text_width: int
    first_definition: int
    first_instance: int


class Compiled(Struct, frozen=True):
    """A letterhead's package between a letter's texts.

    Attributes:
        root: the document part without its body.
        body: the body as Jinja source, prepared as docxtpl prepares it.
        margins: part -> the same, of each header and footer.
        only_prints: whether these sources print slots and no more, see `frames`.
        relations: the name of the document part's relationships; `links` these.
        numbering: the name of the part with the lists; `lists` this.
        translated: the parts that name the letter's language, as XML.
        packed: every part by its name, in order; those that a letter writes anew among them.
    """

    root: bytes
    body: str
    margins: dict[str, str]
    only_prints: bool
    relations: str
    links: LinkParts
    numbering: str
    lists: NumberingPart
    translated: dict[str, bytes]
    packed: dict[str, Entry]


class Prepared(Struct, frozen=True):
    """A letterhead without faults, ready to be filled."""

    head: Letterhead
    compiled: Compiled
