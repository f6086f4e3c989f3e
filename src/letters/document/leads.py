"""Which blocks belong with the next one."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import zip_longest

from letters.document.model import Block, List, Paragraph, Quote, Table
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
