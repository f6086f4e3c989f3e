"""Markdown in the closed vocabulary -> blocks of the Letter.

markdown-it-py reads everything that CommonMark and tables know; what the vocabulary lacks is then refused by
name. Nothing is switched off in the parser, because a construct that is not recognised would go out as stray
marks.

Both the library's wording and the prose of case files come through here: the former with value characters
(`tokens.Values`), the latter alone.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from typing import Any

from markdown_it.token import Token
from markdown_it.tree import SyntaxTreeNode
from msgspec import Struct

from letters.document.model import (
    Align,
    Block,
    Column,
    Emphasis,
    Foreign,
    Heading,
    Inline,
    Item,
    LineBreak,
    Link,
    List,
    Numbering,
    Paragraph,
    Quote,
    Strong,
    Table,
    Text,
    Wording,
)
from letters.document.walk import plain
from letters.wording.conserved import lost_line, table_cells
from letters.wording.marks import parser
from letters.wording.refusals import Refused
from letters.wording.tokens import VALUE, Values
from letters.wording.unmarked import MARKED, stretches
from letters.wording.values import Prose, field_of

_LANGUAGE = "sprog:"  # [due diligence](sprog:en): words of another language
_LANGUAGE_CODE = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*")
# What no address may hold (RFC 3986, section 2) ends it.
URL = re.compile(r"https?://[^\s<>\"\\^`{|}\[\]]+")
_RULED = re.compile(r"\s*\|?\s*:?-+:?\s*(?:\|\s*:?-+:?\s*)+\|?\s*|\s*\|\s*:?-+:?\s*\|?\s*")
_NOT_INSIDE = ("heading", "blockquote", "table")
_MARGIN = re.compile(r"[\s>-]*")
_SCHEMES = ("http://", "https://", "mailto:", "tel:")


class Address(Struct, frozen=True):
    """A bare web address, taken out before Markdown could mangle it."""

    text: str


_MD = parser()


def protect_addresses(source: str, values: Values) -> str:
    """Put one value character in place of each bare web address."""

    def replace(match: re.Match[str]) -> str:
        address = trimmed_address(match.group())
        return values.put(Address(address)) + match.group()[len(address) :]

    return URL.sub(replace, source)


def trimmed_address(address: str) -> str:
    """An address without the punctuation of the sentence around it."""
    while address:
        if address[-1] == ")" and address.count("(") >= address.count(")"):
            break
        if address[-1] not in ".,;:!?'\"*_)]”»":
            break
        address = address[:-1]
    return address


def read_blocks(
    source: str,
    values: Values,
    *,
    wording_at: Callable[[int], Wording | None] = lambda line: None,
    field: str | None = None,
) -> tuple[Block, ...]:
    """Parse Markdown into blocks.

    Headings keep Markdown's own levels, 1 to 6; whoever asked fits them into the letter.

    Args:
        values: what the value characters in `source` stand for.
        wording_at: the place in the library of a 0-based source line.
        field: the case field that plain text in `source` came from; None for the library's own.
    Raises:
        Refused: for the first construct outside the closed vocabulary.
    """
    # Spaces at a line's end are seen by nobody; CommonMark would make a line break of two.
    lines = [line.rstrip() for line in source.split("\n")]
    protected = protect_addresses("\n".join(lines), values).split("\n")
    reader = _Reader(values, wording_at, field, protected)
    try:
        return tuple(reader.quickly())
    except Refused:
        # The parser sees all of it, and tells of the first fault.
        return reader.parsed(0, len(protected), lines)


class _Reader:
    def __init__(
        self,
        values: Values,
        wording_at: Callable[[int], Wording | None],
        field: str | None,
        source: Sequence[str],
    ) -> None:
        self.values, self.wording_at, self.field, self.source = values, wording_at, field, source

    def quickly(self) -> Iterator[Block]:
        """All blocks, those without marks found without the parser.

        Raises:
            Refused: there is something to refuse, not always the first.
        """
        for first, end, kind in stretches(self.source):
            if kind == MARKED:
                yield from self.parsed(first, end, self.source)
            else:
                yield from self.unmarked("\n".join(self.source[first:end]), first, kind)

    def parsed(self, first: int, end: int, shown: Sequence[str]) -> tuple[Block, ...]:
        """The blocks of some lines of the source, as the parser reads them.

        Args:
            shown: the whole source's lines, as a message quotes them.
        """
        env: dict[str, Any] = {}
        source = "\n" * first + "\n".join(self.source[first:end])  # so that its lines have their numbers
        tokens = _MD.parse(source, env)
        if env.get("references"):
            reference = next(iter(env["references"].values()))
            line = reference["map"][0] if reference.get("map") else 0
            raise Refused("reference", line, shown[line])
        blocks = self.blocks(SyntaxTreeNode(tokens).children)
        lost = lost_line(source, tokens)
        if lost is not None:
            raise Refused("lost", lost, shown[lost])
        return blocks

    # Blocks

    def unmarked(self, content: str, line: int, level: int) -> Iterator[Block]:
        """A paragraph without marks, or a heading of a level."""
        wording = self.wording_at(line)
        if level:
            yield Heading(level, join(iter([self.text(content[level + 1 :], None)])), wording)
            return
        if (prose := self.alone(content)) is not None:
            yield from (replace(block, wording=wording) for block in prose.blocks)
            return
        row, *more = content.split("\\\n")
        groups = [self.text(row.replace("\n", " "), None)]
        for row in more:
            groups += (LineBreak(),), self.text(row.replace("\n", " "), None)
        yield Paragraph(join(iter(groups)), wording)

    def blocks(self, nodes: Sequence[SyntaxTreeNode]) -> tuple[Block, ...]:
        for above, below in itertools.pairwise(nodes):
            self.refuse_unspaced(above, below)
        return tuple(block for node in nodes for block in self.block(node))

    def refuse_unspaced(self, above: SyntaxTreeNode, below: SyntaxTreeNode) -> None:
        """Right below a line of text, a mark at the start of a line may be meant as text."""
        if above.type != "paragraph" or not above.map or above.map[1] != _line(below):
            return
        if below.type in ("heading", "blockquote"):
            raise Refused("under-text", _line(below), _content(below))
        announced = self.source[_line(below) - 1].endswith(":")
        if below.type in ("bullet_list", "ordered_list") and len(below.children) == 1 and not announced:
            raise Refused("list-under-text", _line(below), _content(below))

    def block(self, node: SyntaxTreeNode) -> Iterator[Block]:
        wording = self.wording_at(_line(node))
        match node.type:
            case "paragraph":
                yield from self.paragraph(node, wording)
            case "heading":
                yield self.heading(node, wording)
            case "bullet_list" | "ordered_list":
                yield self.list(node, wording, depth=1)
            case "blockquote":
                yield self.quote(node, wording)
            case "table":
                yield self.table(node, wording)
            case other:
                raise Refused(other, _line(node), _content(node) or self.source[_line(node)])

    def heading(self, node: SyntaxTreeNode, wording: Wording | None) -> Heading:
        line, content = _line(node), _content(node)
        if node.markup in ("=", "-"):
            raise Refused("lheading", line, content)
        if not content:
            raise Refused("empty-heading", line, self.source[line])
        if not self.source[line].endswith(content):
            raise Refused("closed-heading", line, self.source[line])
        return Heading(int(node.tag[1]), self.inlines(node), wording)

    def quote(self, node: SyntaxTreeNode, wording: Wording | None) -> Quote:
        for child in node.children:
            if child.type in _NOT_INSIDE:
                raise Refused("in-quote", _line(child), _content(child))
        first, end = node.map or (0, 0)
        for line in range(first, end):
            bare = self.source[line].lstrip()
            if bare and not bare.startswith(">"):
                raise Refused("under-quote", line, bare)
            if bare and bare[1:2].strip():
                raise Refused("quote-mark", line, bare)
        if not node.children:
            raise Refused("empty-quote", first, self.source[first])
        return Quote(self.only_text(self.blocks(node.children), node, "in-quote"), wording)

    def paragraph(self, node: SyntaxTreeNode, wording: Wording | None) -> Iterator[Block]:
        content = _content(node)
        first, end = node.map or (0, 0)
        for line in range(first + 1, end):
            if _RULED.fullmatch(self.source[line]) and "|" in self.source[line - 1]:
                raise Refused("no-table", line - 1, self.source[line - 1])
        if (prose := self.alone(content)) is not None:
            yield from (replace(block, wording=wording) for block in prose.blocks)
            return
        yield Paragraph(self.inlines(node), wording)

    def alone(self, content: str) -> Prose | None:
        """The prose that is all of a paragraph."""
        value = self.values.get(content) if VALUE.fullmatch(content) else None
        return value if isinstance(value, Prose) else None

    def only_text(
        self, blocks: tuple[Block, ...], node: SyntaxTreeNode, what: str
    ) -> tuple[Paragraph | List, ...]:
        kept = tuple(block for block in blocks if isinstance(block, Paragraph | List))
        if len(kept) != len(blocks):
            raise Refused(what, _line(node), _content(node), self.prose_field(node))
        return kept

    def prose_field(self, node: SyntaxTreeNode) -> str | None:
        """The first prose field that was put into a block."""
        values = (self.values.get(char) for char in VALUE.findall(_content(node)))
        return next((value.field for value in values if isinstance(value, Prose)), None)

    def list(self, node: SyntaxTreeNode, wording: Wording | None, depth: int) -> List:
        if depth > 2:
            raise Refused("deep-list", _line(node), _content(node))
        if node.markup in ("*", "+"):
            raise Refused("list-mark", _line(node), self.source[_line(node)])
        if node.type == "bullet_list":
            items = tuple(self.item(child, depth, 0) for child in node.children)
            return List(Numbering.BULLET, items, wording)
        if node.markup == ")":
            raise Refused("list-paren", _line(node), _content(node))
        if any(child.info.startswith("0") and child.info != "0" for child in node.children):
            raise Refused("list-zero", _line(node), _content(node))
        numbers = [int(child.info) for child in node.children]
        if numbers[0] < 1 or any(b <= a for a, b in itertools.pairwise(numbers)):
            raise Refused("list-order", _line(node), _content(node))
        items = tuple(self.item(c, depth, n) for c, n in zip(node.children, numbers, strict=True))
        return List(Numbering.DECIMAL, items, wording)

    def item(self, node: SyntaxTreeNode, depth: int, number: int) -> Item:
        blocks: list[Block] = []
        margin = _indent(self.source[_line(node)])
        for child in node.children:
            if child.type in _NOT_INSIDE:
                raise Refused("in-item", _line(child), _content(child))
            if child.type == "paragraph" and child.map:
                for line in range(child.map[0] + 1, child.map[1]):
                    if _indent(self.source[line]) <= margin:
                        raise Refused("under-list", line, self.source[line])
            if child.type in ("bullet_list", "ordered_list"):
                blocks.append(self.list(child, self.wording_at(_line(child)), depth + 1))
            else:
                blocks.extend(self.block(child))
        kept = self.only_text(tuple(blocks), node, "in-item")
        if not kept or not isinstance(kept[0], Paragraph):
            raise Refused("empty-item", _line(node), _content(node))
        if sum(isinstance(block, List) for block in kept) > 1:
            raise Refused("two-lists", _line(node), _content(node), self.prose_field(node))
        if depth + max(map(_depth, kept)) > 2:
            raise Refused("deep-list", _line(node), _content(node), self.prose_field(node))
        return Item(kept, number)

    def table(self, node: SyntaxTreeNode, wording: Wording | None) -> Table:
        head, *body = node.children
        columns = tuple(Column(self.inlines(th), self.align(th)) for th in head.children[0].children)
        rows = tuple(self.row(tr, len(columns)) for part in body for tr in part.children)
        if not all(column.head for column in columns) or not all(row[0] for row in rows):
            raise Refused("empty-cell", _line(node), _content(node))
        return Table(columns, rows, wording)

    def row(self, node: SyntaxTreeNode, columns: int) -> tuple[tuple[Inline, ...], ...]:
        line = _MARGIN.sub("", self.source[_line(node)], count=1)
        cells = len(table_cells(line))
        if cells != columns:
            raise Refused("row-short" if cells < columns else "row-long", _line(node), line)
        return tuple(self.inlines(td) for td in node.children)

    def align(self, node: SyntaxTreeNode) -> Align:
        style = str(node.attrs.get("style", ""))
        if "center" in style:
            raise Refused("centred", _line(node), _content(node))
        return Align.RIGHT if "right" in style else Align.LEFT

    # Inlines

    def inlines(self, node: SyntaxTreeNode) -> tuple[Inline, ...]:
        return join(self.inline(child, node) for inline in node.children for child in inline.children)

    def children(self, node: SyntaxTreeNode, block: SyntaxTreeNode) -> tuple[Inline, ...]:
        return join(self.inline(child, block) for child in node.children)

    def inline(self, node: SyntaxTreeNode, block: SyntaxTreeNode) -> tuple[Inline, ...]:
        match node.type:
            case "text":
                return self.text(node.content, block)
            case "text_special":
                if node.info == "entity":
                    raise Refused("entity", _line(block), node.markup)
                return self.text(node.content, block)
            case "softbreak":
                return self.text(" ", block)
            case "hardbreak":
                return (LineBreak(),)
            case "strong":
                return (Strong(self.children(node, block)),)
            case "em":
                return (Emphasis(self.children(node, block)),)
            case "link":
                return self.link(node, block)
            case other:
                raise Refused(other, _line(block), node.content or _content(block))

    def text(self, content: str, block: SyntaxTreeNode | None) -> tuple[Inline, ...]:
        out: list[Inline] = []
        position = 0
        for match in VALUE.finditer(content):
            if match.start() > position:
                out.append(Text(content[position : match.start()], self.field))
            out.extend(self.value(self.values.get(match.group()), block))
            position = match.end()
        if position < len(content):
            out.append(Text(content[position:], self.field))
        return tuple(out)

    def value(self, value: object, block: SyntaxTreeNode | None) -> tuple[Inline, ...]:
        match value:
            case Address():
                address = self.resolved(value.text)
                return (Link(address, (Text(address, self.field),)),)
            case Prose():
                if len(value.blocks) != 1:
                    raise Refused("prose-inside", _line(block), _content(block), value.field)
                if not isinstance(value.blocks[0], Paragraph):
                    raise Refused("block-inside", _line(block), _content(block), value.field)
                return value.blocks[0].children
            case _:
                return (Text(str(value), field_of(value) or self.field),)

    def resolved(self, text: str) -> str:
        """A link's target with the values in it written out."""

        def written(match: re.Match[str]) -> str:
            value = self.values.get(match.group())
            return self.resolved(value.text) if isinstance(value, Address) else str(value)

        return VALUE.sub(written, text)

    def link(self, node: SyntaxTreeNode, block: SyntaxTreeNode) -> tuple[Inline, ...]:
        if node.markup == "autolink":
            raise Refused("autolink", _line(block), _content(block))
        if node.attrs.get("title"):
            raise Refused("link-title", _line(block), _content(block))
        target = self.resolved(str(node.attrs["href"]))
        if target.startswith(_LANGUAGE):
            return (self.foreign(target.removeprefix(_LANGUAGE), node, block),)
        if not target.lower().startswith(_SCHEMES) or re.search(r"\s", target):
            raise Refused("link-scheme", _line(block), target)
        children = tuple(_unlinked(self.children(node, block)))
        words = plain(children)
        if not words.strip():
            raise Refused("empty-link", _line(block), target)
        shown = target.removeprefix("mailto:").removeprefix("tel:")
        link = Link(target, children)
        if shown in words:
            return (link,)
        # Nothing of a letter exists in only one format: plain text has no other place for the address.
        return (link, Text(" (", self.field), Link(target, (Text(shown, self.field),)), Text(")", self.field))

    def foreign(self, language: str, node: SyntaxTreeNode, block: SyntaxTreeNode) -> Foreign:
        children = self.children(node, block)
        if not _LANGUAGE_CODE.fullmatch(language):
            raise Refused("language", _line(block), language)
        if not plain(children).strip():
            raise Refused("empty-link", _line(block), language)
        return Foreign(language, children)


def _unlinked(inlines: tuple[Inline, ...]) -> Iterator[Inline]:
    """The inside of a link; an address there is already part of one."""
    for inline in inlines:
        if isinstance(inline, Link):
            yield from inline.children
        else:
            yield inline


def join(groups: Iterator[tuple[Inline, ...]]) -> tuple[Inline, ...]:
    """One row of inlines; neighbouring texts of the same origin become one."""
    out: list[Inline] = []
    for inline in (inline for group in groups for inline in group):
        last = out[-1] if out else None
        if isinstance(inline, Text) and isinstance(last, Text) and inline.field == last.field:
            out[-1] = Text(last.text + inline.text, last.field)
        else:
            out.append(inline)
    return tuple(out)


def _line(node: SyntaxTreeNode | None) -> int:
    walk = node
    while walk is not None:
        if walk.map:
            return walk.map[0]
        walk = walk.parent if not walk.is_root else None
    return 0


def _content(node: SyntaxTreeNode | None) -> str:
    tokens: list[Token] = node.to_tokens() if node is not None else []
    return " ".join(token.content for token in tokens if token.content)


def _depth(block: Paragraph | List) -> int:
    """How many lists lie inside each other."""
    if isinstance(block, Paragraph):
        return 0
    return 1 + max(_depth(inner) for item in block.items for inner in item.blocks)


def _indent(line: str) -> int:
    """How far in a line's text stands; the mark of a quote takes room like a space."""
    return len(line) - len(line.lstrip(" >"))
