"""Paragraphs and tables -> the lines of Markdown that a wording file would hold.

Each paragraph of Word is a paragraph of the letter: a blank line stands between them. Lines of tags alone
stay close to the heading, item or table they belong to, since Jinja takes them out.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

from letters.wording.word.inlines import Unwritable, lines_of, write_line
from letters.wording.word.model import Block, Kind, Paragraph, Pieces, Source, Table, plain
from letters.wording.word.tags import closes, is_tags_alone, opens

#: Tells of a paragraph whose looks Markdown cannot write.
Report = Callable[[int], None]


def write_source(blocks: Sequence[Block], report: Report) -> Source:
    """The Markdown of some blocks."""
    writer = _Writer(report)
    for block in blocks:
        writer.add(block)
    return Source(tuple(writer.lines), tuple(writer.numbers))


@dataclass
class _Writer:
    report: Report
    lines: list[str] = field(default_factory=list)
    numbers: list[int] = field(default_factory=list)
    depths: list[tuple[int, int]] = field(default_factory=list)  # of the open items: level in Word, indent
    before: Block | None = None

    def add(self, block: Block) -> None:
        lines = self.table(block) if isinstance(block, Table) else self.paragraph(block)
        if not lines:
            return
        if self.before is not None:
            gap = gap_between(self.before, self.lines[-1], block, lines[0][1]) + block.blanks
            between = [""] * (gap - 1)
            if is_quoted(self.before) and is_quoted(block):  # an empty paragraph divides two quotes
                between = [""] * block.blanks or [">"] * (gap - 1)
            self.lines += between
            self.numbers += [block.number] * len(between)
        else:
            self.lines += [""] * block.blanks
            self.numbers += [block.number] * block.blanks
        for number, line in lines:
            self.lines.append(line)
            self.numbers.append(number)
        self.before = block

    def paragraph(self, paragraph: Paragraph) -> list[tuple[int, str]]:
        lines = list(self.broken(paragraph))
        if not lines:
            return []
        first, rest = self.indents(paragraph)
        quote = "> " if paragraph.quoted else ""
        out = [
            quote + ((rest if index else first) + line if line else "").rstrip(" ")
            for index, line in enumerate(lines)
        ]
        return [(paragraph.number, line) for entry in out for line in entry.split("\n")]

    def indents(self, paragraph: Paragraph) -> tuple[str, str]:
        """What stands before the paragraph's first line and before the others."""
        if paragraph.kind is Kind.HEADING:
            return "#" * paragraph.level + " ", ""
        if paragraph.kind is Kind.ITEM:
            while self.depths and self.depths[-1][0] >= paragraph.level:
                self.depths.pop()
            indent = self.depths[-1][1] if self.depths else 0
            marker = f"{paragraph.ordinal}. " if paragraph.ordinal else "- "
            self.depths.append((paragraph.level, indent + len(marker)))
            return " " * indent + marker, " " * (indent + len(marker))
        if paragraph.kind is Kind.CONTINUED and self.depths:
            while len(self.depths) > 1 and self.depths[-1][0] > paragraph.level:
                self.depths.pop()
            indent = self.depths[-1][1]
            return " " * indent, " " * indent
        if not is_tags_alone(plain(paragraph.pieces)):
            self.depths.clear()
        return "", ""

    def broken(self, paragraph: Paragraph) -> Iterator[str]:
        """The paragraph's lines; one that is broken by hand ends in a backslash."""
        lines = [line for line in lines_of(paragraph.pieces) if plain(line).strip()]
        texts = [plain(line).strip() for line in lines]
        for index, line in enumerate(lines):
            by_hand = texts[index].endswith("\\") and index < len(lines) - 1
            text = self.line(line, paragraph.number, by_hand)
            ends = index < len(lines) - 1 and not is_tags_alone(texts[index])
            if by_hand or (ends and not is_tags_alone(texts[index + 1])):
                text += "\\"
            yield text

    def line(self, pieces: Pieces, number: int, by_hand: bool = False) -> str:
        try:
            written = write_line(pieces).strip()
        except Unwritable:
            self.report(number)
            return plain(pieces).strip()
        # A backslash typed at the end of a line is the break itself; it was written as a text.
        return written.removesuffix("\\").removesuffix("\\") if by_hand else written

    def table(self, table: Table) -> list[tuple[int, str]]:
        self.depths.clear()
        out = []
        for index, row in enumerate(table.rows):
            if row.tags:
                out.append((row.number, plain(row.cells[0]).strip()))
                continue
            out.append(
                (row.number, "| " + " | ".join(self.cell(cell, row.number) for cell in row.cells) + " |")
            )
            if index == 0:
                rules = ("---:" if right else "---" for right in table.right)
                out.append((row.number, "| " + " | ".join(rules) + " |"))
        return out

    def cell(self, pieces: Pieces, number: int) -> str:
        try:
            return write_line(pieces, in_cell=True).strip()
        except Unwritable:
            self.report(number)
            return plain(pieces).strip()


def is_quoted(block: Block) -> bool:
    """Whether a block stands in a quote."""
    return isinstance(block, Paragraph) and block.quoted


def _shape(block: Block) -> str:
    """One letter: Table, Heading, List, Quote, Jinja alone, Paragraph."""
    if isinstance(block, Table):
        return "T"
    if block.quoted:
        return "L" if block.kind is Kind.ITEM else "Q"
    if block.kind is Kind.HEADING:
        return "H"
    if block.kind is not Kind.TEXT:
        return "L"
    return "J" if is_tags_alone(plain(block.pieces)) else "P"


def _goes_on(before: Block, block: Block) -> bool:
    """Whether an item may follow without a blank line; one of another kind of list may not."""
    if not isinstance(before, Paragraph) or not isinstance(block, Paragraph) or block.kind is not Kind.ITEM:
        return False
    same = bool(before.ordinal) == bool(block.ordinal) or before.kind is Kind.CONTINUED
    deeper = block.level > before.level
    return same or (deeper and block.ordinal <= 1)


def gap_between(before: Block, last: str, block: Block, first: str) -> int:
    """How many line ends stand between two blocks, empty paragraphs apart."""
    pair = _shape(before) + _shape(block)
    close = (
        (pair == "JH" and opens(last))
        or (pair == "HJ" and closes(first))
        or (pair == "JT" and opens(last))
        or (pair in ("JL", "LJ"))
        or (pair == "LL" and _goes_on(before, block))
    )
    # Jinja eats the line end after a tag.
    eaten = pair[0] in "PLQ" and last.rstrip().endswith(("%}", "#}")) and not is_tags_alone(last)
    return (1 if close else 2) + eaten
