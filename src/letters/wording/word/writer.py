"""A wording -> a Word file in Word's own styles, which Word names in the reader's language."""

from __future__ import annotations

import io
import itertools
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from xml.sax.saxutils import escape, quoteattr

from letters.wording.word import parts
from letters.wording.word.head import COLUMNS
from letters.wording.word.model import Block, Kind, Paragraph, Piece, Pieces, Row, Table, plain
from letters.wording.word.tags import TAG, is_tags_alone

# Word refuses dates before 1980; the same wording gives the same bytes on every day.
_DATE = (1980, 1, 1, 0, 0, 0)
_HEADINGS = {
    1: "Titel",
    2: "Overskrift1",
    3: "Overskrift2",
    4: "Overskrift3",
    5: "Overskrift4",
    6: "Overskrift5",
}
_TEXT_WIDTH = 9638  # twentieths of a point: A4 less the margins


def write_wording(head: Sequence[tuple[str, str]] | str, blocks: Sequence[Block], title: str) -> bytes:
    """A wording as a Word file.

    Args:
        head: rows of the head's table; the head as lines of YAML where a table cannot say it.
        title: for the document's properties.
    """
    writer = _Writer()
    body = [*writer.head(head), *(line for block in blocks for line in writer.block(block))]
    if not body or body[-1].startswith("<w:tbl>"):  # Word wants a paragraph after a table at the end
        body.append("<w:p/>")
    files = {
        "[Content_Types].xml": parts.CONTENT_TYPES,
        "_rels/.rels": parts.RELATIONS,
        "docProps/core.xml": parts.core(title),
        "word/document.xml": parts.document("".join(body)),
        "word/styles.xml": parts.STYLES,
        "word/settings.xml": parts.SETTINGS,
        "word/fontTable.xml": parts.FONTS,
        "word/numbering.xml": parts.numbering(writer.starts),
        "word/_rels/document.xml.rels": parts.document_relations(writer.links),
    }
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in files.items():
            info = zipfile.ZipInfo(name, _DATE)
            info.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(info, text.encode())
    return out.getvalue()


@dataclass
class _Writer:
    """Writes blocks; keeps the links and the numbered lists that other parts must name."""

    links: list[str] = field(default_factory=list)
    starts: list[tuple[int, int]] = field(default_factory=list)  # of each numbered list: level, first number
    running: dict[int, tuple[int, int]] = field(default_factory=dict)  # level -> list, last number

    def head(self, head: Sequence[tuple[str, str]] | str) -> Iterator[str]:
        if isinstance(head, str):
            for line in ("---", *head.strip("\n").split("\n"), "---"):
                yield _paragraph("Skabelonhoved", _text(line))
            return
        rows = [COLUMNS, *head]
        cells = [tuple((Piece(text),) if text else () for text in row) for row in rows]
        yield self.grid([Row(0, row) for row in cells], (False, False), (3000, _TEXT_WIDTH - 3000))
        yield "<w:p/>"  # room below the table; empty paragraphs before the text are nothing

    def block(self, block: Block) -> Iterator[str]:
        yield from ["<w:p/>"] * block.blanks
        if isinstance(block, Table):
            self.running.clear()
            width = _TEXT_WIDTH // len(block.right)
            yield self.grid(block.rows, block.right, (width,) * len(block.right))
        else:
            yield self.paragraph(block)

    def paragraph(self, paragraph: Paragraph) -> str:
        runs = self.runs(paragraph.pieces)
        deep = " 2" if paragraph.level > 1 else ""
        match paragraph.kind:
            case Kind.HEADING:
                self.running.clear()
                return _paragraph(_HEADINGS[paragraph.level], runs)
            case Kind.ITEM:
                style = (
                    "Citat"
                    if paragraph.quoted
                    else ("Opstilling" + ("-tal" if paragraph.ordinal else "-punkt"))
                )
                return _paragraph(style + deep.strip(), runs, self.numbered(paragraph))
            case Kind.CONTINUED:
                return _paragraph("Opstilling-forts" + deep.strip(), runs)
            case Kind.TEXT:
                alone = is_tags_alone(plain(paragraph.pieces))
                if not alone:
                    self.running.clear()
                return _paragraph("Citat" if paragraph.quoted else "Skabelonlinje" if alone else "", runs)

    def numbered(self, paragraph: Paragraph) -> str:
        level = paragraph.level - 1
        for deeper in [found for found in self.running if found > level]:
            del self.running[deeper]
        if not paragraph.ordinal:
            self.running.pop(level, None)
            number = parts.BULLETS
        else:
            found, last = self.running.get(level, (0, 0))
            if not found or paragraph.ordinal != last + 1:
                self.starts.append((level, paragraph.ordinal))
                found = parts.BULLETS + len(self.starts)
            self.running[level] = (found, paragraph.ordinal)
            number = found
        return f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>'

    # Tables

    def grid(self, rows: Sequence[Row], right: Sequence[bool], widths: Sequence[int]) -> str:
        columns = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
        written = "".join(self.row(row, right, widths, number == 0) for number, row in enumerate(rows))
        return f"<w:tbl>{parts.TABLE_LOOK}<w:tblGrid>{columns}</w:tblGrid>{written}</w:tbl>"

    def row(self, row: Row, right: Sequence[bool], widths: Sequence[int], is_head: bool) -> str:
        mark = (
            "<w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>" if is_head else "<w:trPr><w:cantSplit/></w:trPr>"
        )
        if row.tags:
            span = f'<w:tcW w:w="{sum(widths)}" w:type="dxa"/><w:gridSpan w:val="{len(widths)}"/>'
            text = _paragraph("Skabelonlinje", self.runs(row.cells[0]))
            return f"<w:tr>{mark}<w:tc><w:tcPr>{span}</w:tcPr>{text}</w:tc></w:tr>"
        cells = "".join(
            f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/></w:tcPr>'
            + _paragraph("Tabeltekst", self.runs(cell), '<w:jc w:val="right"/>' if to_right else "")
            + "</w:tc>"
            for cell, to_right, width in itertools.zip_longest(row.cells, right, widths, fillvalue=())
        )
        return f"<w:tr>{mark}{cells}</w:tr>"

    # Runs

    def runs(self, pieces: Pieces) -> str:
        out = []
        for piece in pieces:
            written = "".join(_run(text, piece, is_tag) for text, is_tag in _cut(piece.text))
            if piece.link:
                self.links.append(piece.link)
                written = (
                    f'<w:hyperlink r:id="rIdLink{len(self.links)}" w:history="1">{written}</w:hyperlink>'
                )
            out.append(written)
        return "".join(out)


def _cut(text: str) -> Iterator[tuple[str, bool]]:
    """The parts of a text, and whether each is a tag."""
    position = 0
    for match in TAG.finditer(text):
        if match.start() > position:
            yield text[position : match.start()], False
        yield match.group(), True
        position = match.end()
    if position < len(text):
        yield text[position:], False


def _run(text: str, piece: Piece, is_tag: bool) -> str:
    style = "Skabelonkode" if is_tag else "Hyperlink" if piece.link else ""
    looks = (
        (f"<w:rStyle w:val={quoteattr(style)}/>" if style else "")
        + ("<w:b/>" if piece.bold else "")
        + ("<w:i/>" if piece.italic else "")
        + ("<w:noProof/>" if is_tag else "")
    )
    return f"<w:r>{f'<w:rPr>{looks}</w:rPr>' if looks else ''}{_lines(text)}</w:r>"


def _text(text: str) -> str:
    return f"<w:r>{_lines(text)}</w:r>"


def _lines(text: str) -> str:
    written = (f'<w:t xml:space="preserve">{escape(line)}</w:t>' if line else "" for line in text.split("\n"))
    return "<w:br/>".join(written)


def _paragraph(style: str, runs: str, more: str = "") -> str:
    properties = (f'<w:pStyle w:val="{style}"/>' if style else "") + more
    return f"<w:p>{f'<w:pPr>{properties}</w:pPr>' if properties else ''}{runs}</w:p>"
