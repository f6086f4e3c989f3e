"""The words of a letter: what Word, PDF and plain text must all say, in this order."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import assert_never

from letters.document.model import (
    Block,
    Heading,
    Letter,
    List,
    Numbering,
    Paragraph,
    Quote,
    Signature,
    Slots,
    Table,
)
from letters.document.walk import labels, lines, plain


def words(letter: Letter) -> tuple[str, ...]:
    """The words in reading order, divided at white space, the no-break space included.

    Notice, return line, address, the column's facts, printed title, sections. Computed list labels are words,
    bullets are not; the running furniture is left out.

    Raises:
        ValueError: if an item has no label, see `labels`.
    """
    return tuple(word for stretch in _stretches(letter) for word in stretch.split())


def _stretches(letter: Letter) -> Iterator[str]:
    yield from _slots(letter.slots)
    yield plain(letter.heading or ())
    for section in letter.sections:
        yield from _blocks(section.blocks, None)


def _slots(slots: Slots) -> Iterator[str]:
    yield slots.notice
    yield slots.return_line
    yield from (line.text for line in slots.address)
    for fact in slots.column:
        yield fact.label
        yield from (line.text for line in fact.lines)


def _blocks(blocks: Iterable[Block], parent: int | None) -> Iterator[str]:
    for block in blocks:
        match block:
            case Heading() | Paragraph() | Table() | Signature():
                yield from map(plain, lines(block))
            case List():
                yield from _list(block, parent)
            case Quote():
                yield from _blocks(block.blocks, None)
            case _:
                assert_never(block)


def _list(listing: List, parent: int | None) -> Iterator[str]:
    for item, label in zip(listing.items, labels(listing, parent), strict=True):
        if listing.numbering is not Numbering.BULLET:
            yield label
        yield from _blocks(item.blocks, item.number or None)
