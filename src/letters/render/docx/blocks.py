"""Blocks -> paragraphs and tables of named styles, and then WordprocessingML."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import assert_never

from msgspec import Struct

from letters.document.leads import holds, leads
from letters.document.model import (
    Align,
    Block,
    Heading,
    Inline,
    Item,
    Letter,
    List,
    Numbering,
    Paragraph,
    Quote,
    Signature,
    Table,
)
from letters.render.columns import column_shares, whole_widths
from letters.render.docx import names
from letters.render.docx.numbering import Mark, Numberer
from letters.render.docx.runs import RunWriter
from letters.render.docx.xml import BREAK, TAB, attribute, run

_TWIPS = 20  # in a point
_AFTER_TABLE = 200  # twips
# Figures of the last column end where the text ends.
_NO_MARGIN = '<w:tcMar><w:right w:w="0" w:type="dxa"/></w:tcMar>'
_CLOSES_UP = {*names.HEADINGS, *names.UNTITLED, names.GREETING}  # these have space enough above


@dataclass(slots=True)
class Para:
    """A paragraph: style name, finished runs, and what belongs to its place and not to its style.

    Its place is settled while its neighbours are met, so the last four are set after it was made.

    Attributes:
        mark: makes it an item of a list.
        keep_next: it stays on the page of what follows.
        hold: what comes before it stays on its page.
        before: space above in twips; None as the style says; `after` the space below.
    """

    style: str
    runs: str
    mark: Mark | None = None
    keep_next: bool = False
    hold: bool = False
    before: int | None = None
    after: int | None = None


class Grid(Struct, frozen=True):
    """A table: widths in twips, and its rows with the head first."""

    widths: tuple[int, ...]
    rows: tuple[tuple[Para, ...], ...]


Piece = Para | Grid


class BlockWriter:
    """Turns a letter's title and body into pieces.

    Args:
        width: of the text column, in twips.
        list_gap: the space below a list, in twips.
    """

    def __init__(self, runs: RunWriter, numberer: Numberer, width: int, list_gap: int) -> None:
        self._runs = runs
        self._numberer = numberer
        self._width = width
        self._list_gap = list_gap

    def pieces(self, letter: Letter) -> list[Piece]:
        """The printed title and the body, in reading order."""
        headings = names.UNTITLED if letter.heading is None else names.HEADINGS[1:]
        blocks = [block for section in letter.sections for block in section.blocks]
        pieces: list[Piece] = []
        if letter.heading is not None:
            pieces.append(self._para(names.HEADINGS[0], letter.heading))
        for block, leading in zip(blocks, leads(blocks), strict=True):
            for piece in self._block(block, headings):
                if leading and isinstance(piece, Para):  # it leads in to what follows
                    piece.keep_next = True
                pieces.append(piece)
        pieces = _space_tables(pieces)
        _hold_together(pieces)
        return pieces

    def _para(self, style: str, children: Iterable[Inline]) -> Para:
        return Para(style, self._runs.runs(children))

    def _block(self, block: Block, headings: tuple[str, ...]) -> Iterator[Piece]:
        match block:
            case Heading():
                yield self._para(headings[block.level - 1], block.children)
            case Paragraph():
                yield self._para(names.BODY, block.children)
            case List():
                yield from self._whole_list(block)
            case Table():
                yield self._table(block)
            case Quote():
                yield from self._quote(block)
            case Signature():
                yield from self._signature(block)
            case _:
                assert_never(block)

    def _quote(self, quote: Quote) -> Iterator[Piece]:
        for block, leading in zip(quote.blocks, leads(quote.blocks), strict=True):
            if isinstance(block, List):
                yield from self._whole_list(block, quoted=True)
            else:
                yield Para(names.QUOTE, self._runs.runs(block.children), keep_next=leading)

    def _signature(self, signature: Signature) -> Iterator[Piece]:
        """One paragraph for all lines, so that nothing can come between them."""
        if signature.greeting:
            yield Para(names.GREETING, self._runs.runs(signature.greeting), hold=True)
        if signature.lines:
            lines = BREAK.join(self._runs.runs(line) for line in signature.lines)
            yield Para(names.SIGNATURE, lines, hold=True)

    def _whole_list(self, block: List, *, quoted: bool = False) -> Iterator[Para]:
        """Items stand closer than paragraphs; below the last one the text goes on at its own distance."""
        paragraphs = list(self._list(block, 0, quoted=quoted))
        for last in paragraphs[-1:]:
            last.after = self._list_gap
        yield from paragraphs

    def _list(
        self,
        block: List,
        depth: int,
        *,
        quoted: bool = False,
        parent: tuple[List, Item, Mark | None] | None = None,
    ) -> Iterator[Para]:
        marks = self._numberer.marks(block, depth, quoted=quoted, parent=parent)
        for item, mark, held in zip(block.items, marks, holds(block), strict=True):
            for child, leading in zip(item.blocks, leads(item.blocks), strict=True):
                if isinstance(child, List):
                    yield from self._list(child, depth + 1, quoted=quoted, parent=(block, item, mark))
                    continue
                if child is item.blocks[0]:
                    para = self._item(block.numbering, item, child, depth, mark, quoted)
                else:
                    style = names.continue_style(block.numbering, depth, quoted=quoted)
                    para = self._para(style, child.children)
                para.keep_next = leading or held
                yield para

    def _item(
        self, numbering: Numbering, item: Item, first: Paragraph, depth: int, mark: Mark | None, quoted: bool
    ) -> Para:
        label = "" if mark else run(item.label) + TAB
        style = names.list_style(numbering, depth, quoted=quoted)
        return Para(style, label + self._runs.runs(first.children), mark)

    def _table(self, table: Table) -> Grid:
        figures = [column.align is Align.RIGHT for column in table.columns]
        head = tuple(
            self._para(names.HEAD_FIGURE if right else names.HEAD, column.head)
            for column, right in zip(table.columns, figures, strict=True)
        )
        rows = tuple(
            tuple(
                self._para(names.FIGURE if right else names.CELL, cell)
                for cell, right in zip(row, figures, strict=True)
            )
            for row in table.rows
        )
        shares = column_shares(table, self._width / _TWIPS)
        return Grid(whole_widths(shares, self._width), (head, *rows))


def _space_tables(pieces: list[Piece]) -> list[Piece]:
    """Give what follows a table its distance. Word joins two tables that have no paragraph between them."""
    spaced: list[Piece] = []
    for piece in pieces:
        after_table = bool(spaced) and isinstance(spaced[-1], Grid)
        if after_table and isinstance(piece, Grid):
            spaced += [Para(names.TABLE_GAP, ""), piece]
        elif after_table and isinstance(piece, Para) and piece.style not in _CLOSES_UP:
            piece.before = _AFTER_TABLE
            spaced.append(piece)
        else:
            spaced.append(piece)
    if spaced and isinstance(spaced[-1], Grid):
        spaced.append(Para(names.TABLE_GAP, ""))  # a body does not end with a table
    return spaced


def _hold_together(pieces: list[Piece]) -> None:
    """Keep each piece with the next one where that asks for it, so that a signature never stands alone."""
    for piece, after in pairwise(pieces):
        if isinstance(after, Para) and after.hold:
            for held in (piece,) if isinstance(piece, Para) else piece.rows[-1]:
                held.keep_next = True


def body_xml(pieces: Iterable[Piece], styles: Mapping[str, str]) -> str:
    """The pieces as children of `w:body`."""
    return "".join(
        _paragraph_xml(piece, styles) if isinstance(piece, Para) else _grid_xml(piece, styles)
        for piece in pieces
    )


def _paragraph_xml(para: Para, styles: Mapping[str, str]) -> str:
    mark = para.mark
    numbering = (
        f'<w:numPr><w:ilvl w:val="{mark.level}"/><w:numId w:val="{mark.number}"/></w:numPr>' if mark else ""
    )
    keep = "<w:keepNext/>" if para.keep_next else ""
    style = attribute(styles[para.style])
    return (
        f'<w:p><w:pPr><w:pStyle w:val="{style}"/>{keep}{numbering}{_spacing(para)}</w:pPr>{para.runs}</w:p>'
    )


def _spacing(para: Para) -> str:
    above = "" if para.before is None else f' w:before="{para.before}"'
    below = "" if para.after is None else f' w:after="{para.after}"'
    return f"<w:spacing{above}{below}/>" if above or below else ""


def _grid_xml(grid: Grid, styles: Mapping[str, str]) -> str:
    columns = "".join(f'<w:gridCol w:w="{width}"/>' for width in grid.widths)
    rows = "".join(_row_xml(row, grid.widths, styles, place) for place, row in enumerate(grid.rows))
    return (
        f'<w:tbl><w:tblPr><w:tblStyle w:val="{attribute(styles[names.TABLE])}"/>'
        f'<w:tblW w:w="{sum(grid.widths)}" w:type="dxa"/><w:tblLayout w:type="fixed"/>'
        '<w:tblLook w:val="06A0" w:firstRow="1" w:lastRow="0" w:firstColumn="1" w:lastColumn="0" '
        f'w:noHBand="1" w:noVBand="1"/></w:tblPr><w:tblGrid>{columns}</w:tblGrid>{rows}</w:tbl>'
    )


def _row_xml(row: tuple[Para, ...], widths: tuple[int, ...], styles: Mapping[str, str], place: int) -> str:
    margins = [""] * (len(row) - 1) + [_NO_MARGIN]
    cells = "".join(
        f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{margin}</w:tcPr>'
        f"{_paragraph_xml(cell, styles)}</w:tc>"
        for cell, width, margin in zip(row, widths, margins, strict=True)
    )
    header = "<w:tblHeader/>" if place == 0 else ""
    # Where only the head and one whole row fit on a page, LibreOffice 7.4 drops the rest of the table, unless
    # that row might be split.
    whole = "" if place == 1 else "<w:cantSplit/>"
    properties = f"<w:trPr>{whole}{header}</w:trPr>" if whole or header else "<w:trPr/>"
    return f"<w:tr>{properties}{cells}</w:tr>"
