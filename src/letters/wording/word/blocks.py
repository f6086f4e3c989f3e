"""The lines of a Markdown wording -> paragraphs and tables, as Word shows them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from msgspec.structs import replace

from letters.wording.word.inlines import Tags, merged, protected, read_line, restored
from letters.wording.word.model import Block, Kind, Paragraph, Piece, Pieces, Row, Table
from letters.wording.word.source import gap_between, is_quoted
from letters.wording.word.tags import is_tags_alone

_HEADING = re.compile(r" {0,3}(#{1,6})\s+(.*?)(?:\s+#+)?\s*")
_ITEM = re.compile(r"( *)(?:[-*+]|(\d{1,9})\.)( +)(\S.*)")
_QUOTE = re.compile(r" {0,3}> ?(.*)")
_RULE = re.compile(r"\s*\|?\s*:?-+:?\s*(?:\|\s*:?-+:?\s*)*\|?\s*")
_CELLS = re.compile(r"(?<!\\)\|")


def read_source(body: str, first: int = 1) -> tuple[Block, ...]:
    """The blocks of a wording's body.

    Args:
        first: the number of the body's first line in its file.
    Raises:
        Unreadable: for what Word wordings do not have.
    """
    tags = Tags()
    text = protected(body, tags)
    lines, numbers, number = [], [], first
    for line in text.split("\n"):
        lines.append(line.rstrip())
        numbers.append(number)
        number += 1 + restored(line, tags).count("\n")
    while lines and not lines[-1]:
        lines.pop()
    reader = _Reader(tags)
    reader.read(lines, numbers)
    return tuple(reader.blocks)


@dataclass
class _Reader:
    tags: Tags
    quoted: bool = False
    blocks: list[Block] = field(default_factory=list)
    indents: list[int] = field(default_factory=list)  # where the text of each open item begins
    last: str = ""  # the last line that was read, with its tags
    empty: int = 0

    def read(self, lines: list[str], numbers: list[int]) -> None:
        index = 0
        while index < len(lines):
            if not lines[index].strip():
                self.empty += 1
                index += 1
                continue
            index += self.one(lines, numbers, index)

    def one(self, lines: list[str], numbers: list[int], index: int) -> int:
        """Read what begins at a line; give how many lines it took."""
        line, number = lines[index], numbers[index]
        if match := _HEADING.fullmatch(line):
            pieces = read_line(match[2], self.tags)
            self.add(Paragraph(number, pieces, Kind.HEADING, level=len(match[1])), line, line)
            return 1
        if _QUOTE.fullmatch(line) and not self.quoted:
            return self.quote(lines, numbers, index)
        if _begins_table(lines, index):
            return self.table(lines, numbers, index)
        if match := _ITEM.fullmatch(line):
            return self.item(match, lines, numbers, index)
        return self.flow(lines, numbers, index)

    def item(self, match: re.Match[str], lines: list[str], numbers: list[int], index: int) -> int:
        indent = len(match[1])
        while self.indents and indent < self.indents[-1]:
            self.indents.pop()
        self.indents.append(match.start(4))
        taken = self.continuation(lines, index)
        inside = [match[4], *(line.strip() for line in lines[index + 1 : index + taken])]
        paragraph = Paragraph(
            numbers[index],
            self.joined(inside),
            Kind.ITEM,
            level=len(self.indents),
            ordinal=int(match[2] or 0),
        )
        self.add(paragraph, lines[index], lines[index + taken - 1])
        return taken

    def flow(self, lines: list[str], numbers: list[int], index: int) -> int:
        taken = self.continuation(lines, index)
        indent = len(lines[index]) - len(lines[index].lstrip())
        inside = [line.strip() for line in lines[index : index + taken]]
        while self.indents and indent < self.indents[-1] and not self.tags_alone(lines[index]):
            self.indents.pop()
        continued = bool(self.indents) and indent >= self.indents[-1] and not self.tags_alone(lines[index])
        paragraph = Paragraph(
            numbers[index],
            self.joined(inside),
            Kind.CONTINUED if continued else Kind.TEXT,
            level=len(self.indents) if continued else 0,
        )
        self.add(paragraph, lines[index], lines[index + taken - 1])
        return taken

    def continuation(self, lines: list[str], index: int) -> int:
        """How many lines belong to the paragraph that begins at a line."""
        end = index + 1
        in_item = bool(_ITEM.fullmatch(lines[index]))
        while end < len(lines) and lines[end].strip() and not self.begins(lines, end):
            if in_item and self.tags_alone(lines[end]):
                break
            end += 1
        return end - index

    def begins(self, lines: list[str], index: int) -> bool:
        """Whether a line begins something else, though no blank line stands before it."""
        line = lines[index]
        item = _ITEM.fullmatch(line)
        return bool(
            _HEADING.fullmatch(line)
            or _QUOTE.fullmatch(line)
            or (item and (item[2] in (None, "1") or self.indents))
            or _begins_table(lines, index)
        )

    def quote(self, lines: list[str], numbers: list[int], index: int) -> int:
        end = index
        inside: list[str] = []
        while end < len(lines) and (match := _QUOTE.fullmatch(lines[end])):
            inside.append(match[1])
            end += 1
        inner = _Reader(self.tags, quoted=True)
        inner.read(inside, numbers[index:end])
        for block in inner.blocks:
            if isinstance(block, Paragraph):
                quoted = replace(block, quoted=True)
                self.add(quoted, lines[index], lines[end - 1], keep_blanks=block is not inner.blocks[0])
        return end - index

    def table(self, lines: list[str], numbers: list[int], index: int) -> int:
        head = self.cells(lines[index])
        right = tuple(cell.strip().endswith("-:") for cell in _cells(lines[index + 1]))
        rows = [Row(numbers[index], head)]
        end = index + 2
        while end < len(lines) and lines[end].strip():
            if self.tags_alone(lines[end]):
                tags = restored(lines[end].strip(), self.tags)
                rows.append(Row(numbers[end], ((Piece(tags),),), tags=True))
            else:
                rows.append(Row(numbers[end], self.cells(lines[end])))
            end += 1
        right = (right + (False,) * len(head))[: len(head)]
        self.add(Table(numbers[index], tuple(rows), right), lines[index], lines[end - 1])
        return end - index

    def cells(self, line: str) -> tuple[Pieces, ...]:
        return tuple(read_line(cell.strip().replace("\\|", "|"), self.tags) for cell in _cells(line))

    def joined(self, lines: list[str]) -> Pieces:
        """The lines of one paragraph; a break stands where one is made by hand and beside tags."""
        out: list[Piece] = []
        for index, line in enumerate(lines):
            last = index == len(lines) - 1
            broken = not last and _ends_in_break(line)
            alone = self.tags_alone(line) or (not last and self.tags_alone(lines[index + 1]))
            text = line[:-1] if broken else line
            if self.tags_alone(text):
                out.append(Piece(restored(text, self.tags)))
            else:
                out += read_line(text, self.tags)
            if broken and alone:
                out.append(Piece("\\"))
            if not last:
                out.append(Piece("\n" if broken or alone else " "))
        return merged(out)

    def tags_alone(self, line: str) -> bool:
        return is_tags_alone(restored(line, self.tags))

    def add(self, block: Block, first: str, last: str, keep_blanks: bool = False) -> None:
        if self.quoted and not isinstance(block, Paragraph):
            return
        if not keep_blanks:
            first = restored(first, self.tags)
            gap = gap_between(self.blocks[-1], self.last, block, first) - 1 if self.blocks else 0
            between_quotes = bool(self.blocks) and is_quoted(self.blocks[-1]) and is_quoted(block)
            block = replace(block, blanks=max(0, self.empty - (0 if between_quotes else gap)))
        self.blocks.append(block)
        self.last, self.empty = restored(last, self.tags), 0
        if isinstance(block, Table) or (block.kind is Kind.HEADING):
            self.indents.clear()


def _begins_table(lines: list[str], index: int) -> bool:
    rule = lines[index + 1] if index + 1 < len(lines) else ""
    return "|" in lines[index] and "|" in rule and bool(_RULE.fullmatch(rule))


def _cells(line: str) -> Iterator[str]:
    inside = line.strip().removeprefix("|")
    yield from _CELLS.split(inside[:-1] if inside.endswith("|") and not inside.endswith("\\|") else inside)


def _ends_in_break(line: str) -> bool:
    """Whether a line ends in a backslash that breaks it, not in one that stands for itself."""
    return (len(line) - len(line.rstrip("\\"))) % 2 == 1
