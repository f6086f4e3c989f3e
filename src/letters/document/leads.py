"""Which blocks belong with the next one."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import zip_longest

from letters.document.model import Block, Item, List, Paragraph, Quote, Table
from letters.document.walk import plain


def leads_in(block: Block, after: Block | None) -> bool:
    """Whether a paragraph announces the list, table or quote after it, so that no page may part them.

    Args:
        after: the next block; None when there is none.
    """
    return (
        isinstance(block, Paragraph)
        and isinstance(after, List | Table | Quote)
        and plain(block.children).rstrip().endswith(":")
    )


def leads(blocks: Sequence[Block]) -> list[bool]:
    """For each block of a stretch, whether it leads in to the one after it."""
    return [leads_in(block, after) for block, after in zip_longest(blocks, blocks[1:])]


#: A longer item may stand alone on a page: it is a paragraph of its own.
_SHORT_ITEM = 160  # characters, about two lines


def holds(listing: List) -> list[bool]:
    """For each item, whether no page may part it from the one after it.

    A short item never stands alone before or after a page's end: the first stays with the second, the last
    with the one before it.
    """
    short = [_is_short(item) for item in listing.items]
    last = len(short) - 1
    return [
        place < last and ((place == 0 and short[0]) or (place == last - 1 and short[last]))
        for place in range(len(short))
    ]


def _is_short(item: Item) -> bool:
    first, *more = item.blocks
    return not more and isinstance(first, Paragraph) and len(plain(first.children)) <= _SHORT_ITEM
