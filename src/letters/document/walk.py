"""Walking a Letter: its blocks, inlines, texts and list labels, in reading order."""

from __future__ import annotations

import string
from collections.abc import Iterable, Iterator, Sequence
from typing import assert_never

from letters.document.model import (
    Block,
    Emphasis,
    Foreign,
    Heading,
    Inline,
    Item,
    Letter,
    LineBreak,
    Link,
    List,
    Numbering,
    Paragraph,
    Quote,
    Signature,
    Slots,
    Strong,
    Table,
    Text,
)

BULLET = "•"


def blocks(letter: Letter) -> Iterator[Block]:
    """Every block of the body, those inside lists and quotes too, each before what it holds."""
    for section in letter.sections:
        for block in section.blocks:
            yield from with_inner(block)


def with_inner(block: Block) -> Iterator[Block]:
    """The block and every block inside it, each before what it holds."""
    yield block
    if isinstance(block, List):
        for item in block.items:
            for inner in item.blocks:
                yield from with_inner(inner)
    elif isinstance(block, Quote):
        for inner in block.blocks:
            yield from with_inner(inner)


def lines(block: Block) -> tuple[tuple[Inline, ...], ...]:
    """The block's own runs of inlines: a paragraph's one, a table's cells, a signature's lines.

    A list and a quote have none of their own; `blocks` gives what they hold.
    """
    match block:
        case Heading() | Paragraph():
            return (block.children,)
        case Table():
            return (*(column.head for column in block.columns), *(cell for row in block.rows for cell in row))
        case Signature():
            return (block.greeting, *block.lines)
        case List() | Quote():
            return ()
        case _:
            assert_never(block)


def inlines(block: Block) -> Iterator[Inline]:
    """Every inline of the block's own text, each before what it holds; see `lines` for lists and quotes."""
    for line in lines(block):
        yield from nested(line)


def nested(children: Iterable[Inline]) -> Iterator[Inline]:
    """Every inline of a run, each before what it holds."""
    for child in children:
        yield child
        match child:
            case Strong() | Emphasis() | Link() | Foreign():
                yield from nested(child.children)
            case Text() | LineBreak():
                pass
            case _:
                assert_never(child)


def plain(children: Iterable[Inline], line_break: str = "\n") -> str:
    """The text of a run without its marks; a hard line break becomes `line_break`."""
    pieces: list[str] = []
    for child in nested(children):
        if isinstance(child, Text):
            pieces.append(child.text)
        elif isinstance(child, LineBreak):
            pieces.append(line_break)
    return "".join(pieces)


def labels(listing: List, parent: int | None = None) -> tuple[str, ...]:
    """The label of each item, as it is printed.

    Args:
        parent: the number of the item that holds the list; None when no numbered item does.
    Raises:
        ValueError: if an item has no such label: a number without a letter, or a missing parent.
    """
    return tuple(_label(listing.numbering, item, parent) for item in listing.items)


def _label(numbering: Numbering, item: Item, parent: int | None) -> str:
    match numbering:
        case Numbering.BULLET:
            return BULLET
        case Numbering.DECIMAL:
            return f"{item.number}."
        case Numbering.LETTER:
            return f"{_letter(item.number)}."
        case Numbering.PARENT_LETTER:
            return f"{_number_of(parent)}{_letter(item.number)}."
        case Numbering.PARENT_DECIMAL:
            return f"{_number_of(parent)}.{item.number}."
        case Numbering.LITERAL:
            return item.label
        case _:
            assert_never(numbering)


def _letter(number: int) -> str:
    if not 1 <= number <= len(string.ascii_lowercase):
        raise ValueError(f"no letter for item {number}")
    return string.ascii_lowercase[number - 1]


def _number_of(parent: int | None) -> int:
    if not parent:
        raise ValueError("the list's labels need the number of the item that holds it")
    return parent


def texts(letter: Letter) -> Iterator[Text]:
    """Every text of the letter in reading order, the first page's slots too.

    `Text.field` tells the case field. A slot's plain string comes as a text of the library. List labels and
    the running furniture are not given.
    """
    yield from _slot_texts(letter.slots)
    yield from _only_texts(letter.heading or ())
    for block in blocks(letter):
        for line in lines(block):
            yield from _only_texts(line)


def _only_texts(children: Sequence[Inline]) -> Iterator[Text]:
    return (child for child in nested(children) if isinstance(child, Text))


def _slot_texts(slots: Slots) -> Iterator[Text]:
    yield from (Text(line) for line in (slots.notice, slots.return_line) if line)
    yield from slots.address
    for fact in slots.column:
        if fact.label:
            yield Text(fact.label)
        yield from fact.lines
