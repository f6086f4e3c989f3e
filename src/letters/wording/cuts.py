"""A Letter's own lines, one after the other, and stretches cut out of a line wherever they begin and end."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from itertools import pairwise
from typing import assert_never

from letters.document.model import (
    Block,
    Emphasis,
    Foreign,
    Heading,
    Inline,
    Letter,
    LineBreak,
    Link,
    List,
    Paragraph,
    Quote,
    Role,
    Section,
    Signature,
    Strong,
    Table,
    Text,
)

Inlines = tuple[Inline, ...]

_NOT_OURS = frozenset({Role.QUESTIONS, Role.SIGNATURE, Role.ATTACHMENTS})


def placed(line: Sequence[Inline], at: int = 0) -> Iterator[tuple[int, Inline]]:
    """Every inline with the offset at which it begins, each before what it holds."""
    for one in line:
        yield at, one
        if isinstance(one, Strong | Emphasis | Foreign):
            yield from placed(one.children, at)
        at += length(one)


def pieces(line: Sequence[Inline], edges: Sequence[int]) -> Iterator[tuple[int, Inline]]:
    """A line cut at offsets, also inside what is strong or emphasised, and where each piece begins."""
    at = 0
    for one in line:
        end = at + length(one)
        inner = edges[bisect_right(edges, at) : bisect_left(edges, end)]
        for start, stop in pairwise((at, *inner, end)):
            yield start, _part(one, start - at, stop - at) if inner else one
        at = end


def _part(one: Inline, start: int, end: int) -> Inline:
    match one:
        case Text():
            return replace(one, text=one.text[start:end])
        case Strong() | Emphasis() | Link() | Foreign():
            cut = pieces(one.children, (start, end))
            return replace(one, children=tuple(piece for at, piece in cut if start <= at < end))
        case LineBreak():
            return one
        case _:
            assert_never(one)


def length(one: Inline) -> int:
    """How many characters an inline is long; a line break counts as one."""
    match one:
        case Text():
            return len(one.text)
        case Strong() | Emphasis() | Link() | Foreign():
            return sum(map(length, one.children))
        case LineBreak():
            return 1
        case _:
            assert_never(one)


def with_lines(letter: Letter, change: Callable[[Inlines], Inlines]) -> Letter:
    """The letter with `change` applied to each line that is its own words, in reading order."""
    return replace(letter, sections=tuple(_section(section, change) for section in letter.sections))


def _section(section: Section, change: Callable[[Inlines], Inlines]) -> Section:
    if section.role in _NOT_OURS:
        return section
    return replace(section, blocks=tuple(_block(block, change) for block in section.blocks))


def _block(block: Block, change: Callable[[Inlines], Inlines]) -> Block:
    match block:
        case Paragraph() | List():
            return _inner(block, change)
        case Table():
            rows = tuple(tuple(change(cell) for cell in row) for row in block.rows)
            return replace(block, rows=rows)
        case Heading() | Quote() | Signature():
            return block
        case _:
            assert_never(block)


def _inner(block: Paragraph | List, change: Callable[[Inlines], Inlines]) -> Paragraph | List:
    if isinstance(block, Paragraph):
        return replace(block, children=change(block.children))
    items = (
        replace(item, blocks=tuple(_inner(inner, change) for inner in item.blocks)) for item in block.items
    )
    return replace(block, items=tuple(items))
