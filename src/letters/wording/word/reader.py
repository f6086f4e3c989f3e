"""A Word file -> paragraphs and tables of a wording, with every fault at its paragraph."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml import etree
from msgspec import Struct
from msgspec.structs import replace

from letters.problems import N_, LettersError, Place, Problem, Severity, TemplateError
from letters.reading.word_numbers import Labels, Styles, W
from letters.reading.word_package import WordPackage
from letters.wording.word.head import is_rule
from letters.wording.word.looks import Looks
from letters.wording.word.model import (
    Block,
    Kind,
    Note,
    Paragraph,
    Piece,
    Pieces,
    Row,
    Table,
    plain,
    shortened,
)
from letters.wording.word.runs import TRACKED, Runs, control_name
from letters.wording.word.tags import is_tags_alone, joined_tags

_MAX_PARAGRAPHS = 5_000
_MAX_LENGTH = 8_000  # characters of a paragraph: three pages without a break
_MAX_TAGS = 300  # in a paragraph; the longest of the shipped wordings has thirty
_MAX_TEXT = 250_000  # characters of a wording, as in a Markdown file
_PASSED = frozenset(
    f"{W}{name}"
    for name in (
        *("sectPr", "bookmarkStart", "bookmarkEnd", "proofErr", "permStart", "permEnd"),
        *("commentRangeStart", "commentRangeEnd", "tblPr", "tblGrid", "trPr", "tblPrEx", "tcPr"),
    )
)
_THROUGH = frozenset(f"{W}{name}" for name in ("customXml", "smartTag", "sdtContent"))


class Read(Struct, frozen=True):
    """What a Word file says.

    Attributes:
        texts: number of a paragraph -> its text.
    """

    blocks: tuple[Block, ...]
    notes: tuple[Note, ...]
    problems: tuple[Problem, ...]
    texts: dict[int, str]


def read_document(package: WordPackage, file: str, *, keep_fields: bool = False) -> Read:
    """Read the body of a Word file.

    Args:
        file: as the user named it.
        keep_fields: for an import: fields and content controls come as pieces, not as problems.
    Raises:
        TemplateError: a part is damaged, or the file has more paragraphs than any wording.
    """
    try:
        reader = _Reader(package, file, keep_fields)
        reader.body()
        reader.comments()
        reader.furniture()
    except LettersError as error:
        raise TemplateError(error.problems) from None
    return Read(tuple(reader.blocks), tuple(reader.notes), tuple(reader.problems), reader.texts)


@dataclass
class _Reader:
    package: WordPackage
    file: str
    keep_fields: bool
    blocks: list[Block] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    texts: dict[int, str] = field(default_factory=dict)
    marked: dict[str, int] = field(default_factory=dict)  # id of a comment -> its paragraph
    in_head: bool = False
    number: int = 0
    length: int = 0
    empty: int = 0

    def __post_init__(self) -> None:
        styles = Styles(self.package.relation("/styles"))
        self.labels = Labels(self.package.relation("/numbering"), styles)
        self.looks = Looks(styles)
        links = {
            ident: target
            for ident, (kind, target) in self.package.external(self.package.document).items()
            if kind == "/hyperlink"
        }
        self.runs = Runs(self.looks, links, self.content, self.keep_fields)

    # Problems

    def place(self) -> Place:
        return Place(self.file, self.number or None, text=shortened(self.texts.get(self.number, "")))

    def note(self, code: str, message: str, help_: str, **args: object) -> None:
        problem = Problem(code, Severity.FATAL, message, self.place(), args, help_)
        if problem not in self.problems:
            self.problems.append(problem)

    def content(self, what: str, element: str) -> None:
        self.note(
            "word.content",
            N_("the wording holds {what} (“{element}”), which a letter cannot show")
            if element
            else N_("the wording holds {what}, which a letter cannot show"),
            N_("remove it; docs/wording.md lists what a wording may hold"),
            what=what,
            element=element,
        )

    # The body

    def body(self) -> None:
        root = self.package.part(self.package.document)
        body = None if root is None else root.find(f"{W}body")
        for child in _inside(body):
            if child.tag == f"{W}p":
                self.paragraph(child)
            elif child.tag == f"{W}tbl":
                self.table(child)
            elif str(child.tag) in TRACKED:
                self.tracked()
            elif child.tag == f"{W}altChunk":
                self.content(N_("another document"), "")
            elif str(child.tag) not in _PASSED:
                self.content(N_("something that is no text"), str(child.tag).rpartition("}")[2])

    def tracked(self) -> None:
        self.note(
            "word.tracked-changes",
            N_("the file has tracked changes that nobody has accepted or rejected"),
            N_("settle them in Word under Review, and save the file"),
        )

    def counted(self, paragraph: etree._Element) -> None:
        """Give the paragraph its number and keep its text for problems."""
        self.number += 1
        if self.number > _MAX_PARAGRAPHS:
            self.note(
                "word.too-large",
                N_("the file has more than {limit} paragraphs"),
                N_("divide the wording into clauses"),
                limit=_MAX_PARAGRAPHS,
            )
            raise TemplateError(self.problems)
        words = "".join(t.text or "" for t in paragraph.iter(f"{W}t", f"{W}delText"))
        self.length += len(words)
        if len(words) > _MAX_LENGTH or self.length > _MAX_TEXT:
            self.note(
                "word.too-large",
                N_("the text is longer than {limit} characters"),
                N_("divide the wording into clauses"),
                limit=_MAX_LENGTH if len(words) > _MAX_LENGTH else _MAX_TEXT,
            )
            raise TemplateError(self.problems)
        if sum(words.count(opening) for opening in ("{{", "{%", "{#")) > _MAX_TAGS:
            self.note(
                "word.too-large",
                N_("the paragraph has more than {limit} tags"),
                N_("divide the wording into clauses"),
                limit=_MAX_TAGS,
            )
            raise TemplateError(self.problems)
        self.texts[self.number] = " ".join(words.split())
        for mark in paragraph.iter(f"{W}commentReference"):
            self.marked[mark.get(f"{W}id", "")] = self.number
        if any(str(element.tag) in TRACKED for element in paragraph.iter(etree.Element)):
            self.tracked()

    def paragraph(self, element: etree._Element) -> None:
        self.counted(element)
        pieces = joined_tags(self.runs.read(element))
        counted = self.labels.counted(element)
        if not plain(pieces).strip():
            self.empty += 1
            return
        self.tabs(plain(pieces).strip())
        kind, level = self.looks.kind(element)
        number, blanks = self.number, self.empty
        if kind == "heading":
            if counted:
                self.content(N_("an automatically numbered heading"), "")
            block = Paragraph(number, _unmarked(_one_line(pieces)), Kind.HEADING, level, blanks=blanks)
        elif counted:
            if counted.level > 1:
                self.content(N_("a list more than two deep"), "")
            quoted = kind == "quote"
            block = Paragraph(number, pieces, Kind.ITEM, counted.level + 1, counted.number, quoted, blanks)
        elif kind == "continued" or (self.looks.name(element) in _LISTED and self.in_list()):
            block = Paragraph(number, pieces, Kind.CONTINUED, max(level, 1), blanks=blanks)
        else:
            block = Paragraph(number, pieces, quoted=kind == "quote", blanks=blanks)
        self.add(block)

    def tabs(self, text: str) -> None:
        """A tab indents a line of a head that is typed as text; elsewhere it would be lost."""
        if is_rule(text) and (self.in_head or not self.blocks):
            self.in_head = not self.in_head
        elif "\t" in text and not self.in_head:
            self.content(N_("a tab"), "")

    def in_list(self) -> bool:
        last = self.blocks[-1] if self.blocks else None
        return isinstance(last, Paragraph) and last.kind in (Kind.ITEM, Kind.CONTINUED)

    def add(self, block: Block) -> None:
        self.blocks.append(block)
        self.empty = 0

    # Tables

    def table(self, element: etree._Element) -> None:
        rows: list[Row] = []
        number, blanks = self.number + 1, self.empty
        alignments: list[list[bool]] = []
        for row in element.iter(f"{W}tr"):
            if _table_of(row) is not element:
                continue
            if any(str(mark.tag) in TRACKED for mark in row.iterfind(f"{W}trPr/*")):
                self.tracked()
            cells = [cell for cell in _inside(row) if cell.tag == f"{W}tc"]
            read, right = zip(*(self.cell(cell) for cell in cells), strict=True) if cells else ((), ())
            filled = [cell for cell in read if plain(cell).strip()]
            if len(filled) == 1 and is_tags_alone(plain(filled[0])):
                rows.append(Row(self.number, (filled[0],), tags=True))
            elif filled:
                if _merged_cells(cells):
                    self.content(N_("merged cells"), "")
                rows.append(Row(self.number, tuple(read)))
                alignments.append(list(right))
        width = max((len(row.cells) for row in rows if not row.tags), default=0)
        if any(len(row.cells) != width for row in rows if not row.tags):
            self.content(N_("a table whose rows have different numbers of cells"), "")
        if not rows:
            return
        if rows[0].tags:
            self.content(N_("a table that begins with a tag instead of its head"), "")
        rows[0] = replace(rows[0], cells=tuple(_unmarked(cell) for cell in rows[0].cells))
        columns = list(zip(*alignments, strict=False))
        rights = tuple(column[0] or (len(column) > 1 and all(column[1:])) for column in columns)
        self.add(Table(number, tuple(rows), (rights + (False,) * width)[:width], blanks))

    def cell(self, cell: etree._Element) -> tuple[Pieces, bool]:
        """A cell's text, and whether it stands to the right."""
        found: list[Pieces] = []
        right = False
        for child in _inside(cell):
            if child.tag == f"{W}tbl":
                self.number += 1
                self.content(N_("a table inside a table"), "")
            elif child.tag == f"{W}p":
                self.counted(child)
                pieces = joined_tags(self.runs.read(child))
                if self.labels.counted(child):
                    self.content(N_("a list in a table"), "")
                if text := plain(pieces).strip():
                    if "\t" in text:
                        self.content(N_("a tab"), "")
                    found.append(pieces)
                    right = _is_right(child)
        if len(found) > 1 or any("\n" in plain(pieces).strip() for pieces in found):
            self.content(N_("several lines in a cell of a table"), "")
        return (_one_line(found[0]) if found else ()), right

    # Comments, and what stands outside the body

    def comments(self) -> None:
        root = self.package.relation("/comments")
        for comment in [] if root is None else root.findall(f"{W}comment"):
            text = " ".join("".join(t.text or "" for t in comment.iter(f"{W}t")).split())
            number = self.marked.get(comment.get(f"{W}id", ""), 0)
            if text:
                self.notes.append(Note(number, comment.get(f"{W}author", ""), text))

    def furniture(self) -> None:
        """Headers, footers and notes: a wording has none, so their text would be lost."""
        self.number = 0
        for kind, name in self.package.related(self.package.document).values():
            if kind not in ("/header", "/footer"):
                continue
            root = self.package.part(name)
            words = "" if root is None else shortened("".join(t.text or "" for t in root.iter(f"{W}t")))
            if words:
                self.content(N_("text in a header or footer"), words)


_LISTED = ("list paragraph", "listeafsnit")


def _inside(container: etree._Element | None) -> Iterator[etree._Element]:
    """What a container holds; content controls and their like are looked through."""
    for child in [] if container is None else container.iterchildren(etree.Element):
        if child.tag == f"{W}sdt":
            content = child.find(f"{W}sdtContent")
            if child.find(f"{W}sdtPr/{W}showingPlcHdr") is not None:
                _mark_control(child)
            yield from _inside(content)
        elif str(child.tag) in _THROUGH:
            yield from _inside(child)
        else:
            yield child


def _mark_control(control: etree._Element) -> None:
    """Put a control that holds whole paragraphs around the text of each, where it is read."""
    name = control_name(control)
    for paragraph in control.iter(f"{W}p"):
        inner = etree.SubElement(paragraph, f"{W}sdt")
        properties = etree.SubElement(inner, f"{W}sdtPr")
        etree.SubElement(properties, f"{W}alias").set(f"{W}val", name)
        etree.SubElement(properties, f"{W}showingPlcHdr")
        content = etree.SubElement(inner, f"{W}sdtContent")
        content.extend(paragraph.findall(f"{W}r"))


def _table_of(row: etree._Element) -> etree._Element | None:
    return next(row.iterancestors(f"{W}tbl"), None)


def _merged_cells(cells: list[etree._Element]) -> bool:
    for cell in cells:
        span = cell.find(f"{W}tcPr/{W}gridSpan")
        if span is not None and span.get(f"{W}val", "1") != "1":
            return True
        if cell.find(f"{W}tcPr/{W}vMerge") is not None or cell.find(f"{W}tcPr/{W}hMerge") is not None:
            return True
    return False


def _is_right(paragraph: etree._Element) -> bool:
    mark = paragraph.find(f"{W}pPr/{W}jc")
    return mark is not None and mark.get(f"{W}val") in ("right", "end")


def _one_line(pieces: Pieces) -> Pieces:
    return tuple(Piece(piece.text.replace("\n", " "), *piece.look) for piece in pieces)


def _unmarked(pieces: Pieces) -> Pieces:
    """The pieces of a heading or a table's head; one that is bold as a whole only looks the part."""
    written = [piece for piece in pieces if piece.text.strip()]
    if all(piece.bold for piece in written):
        return tuple(Piece(piece.text, False, piece.italic, piece.link, piece.field) for piece in pieces)
    return pieces
