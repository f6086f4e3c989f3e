"""Where the words of a Letter come from: a field of the case file, a line of the wording."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import assert_never

from msgspec import Struct

from letters.document import labels, nested
from letters.document.model import (
    Block,
    Heading,
    Inline,
    Letter,
    LineBreak,
    List,
    Numbering,
    Paragraph,
    Quote,
    Signature,
    Slots,
    Table,
    Text,
    Wording,
)
from letters.document.walk import lines


class SourcedWord(Struct, frozen=True):
    """A word of a letter.

    Attributes:
        fields: the fields of the case file that it is made of; a word such as "Lindehøj," is of a field and
            of the wording.
        own: whether the wording or the library wrote some of it.
        wording: the place of its block in the library; None for what stands outside the body.
    """

    text: str
    fields: tuple[str, ...]
    own: bool
    wording: Wording | None


def sourced_words(letter: Letter) -> tuple[SourcedWord, ...]:
    """The same words in the same order as `letters.document.words`, each with its source."""
    return (
        *_slots(letter.slots),
        *_line(letter.heading or (), None),
        *(word for section in letter.sections for word in _blocks(section.blocks, None, None)),
    )


def _slots(slots: Slots) -> Iterator[SourcedWord]:
    yield from _own(slots.notice)
    yield from _own(slots.return_line)
    for line in slots.address:
        yield from _line((line,), None)
    for fact in slots.column:
        yield from _own(fact.label)
        for line in fact.lines:
            yield from _line((line,), None)


def _own(text: str, wording: Wording | None = None) -> Iterator[SourcedWord]:
    return (SourcedWord(word, (), True, wording) for word in text.split())


def _blocks(blocks: Iterable[Block], parent: int | None, above: Wording | None) -> Iterator[SourcedWord]:
    """`above` is the place of the list or quote around the blocks, for those without one of their own."""
    for block in blocks:
        wording = block.wording or above
        match block:
            case Heading() | Paragraph() | Table() | Signature():
                for line in lines(block):
                    yield from _line(line, wording)
            case List():
                yield from _list(block, parent, wording)
            case Quote():
                yield from _blocks(block.blocks, None, wording)
            case _:
                assert_never(block)


def _list(listing: List, parent: int | None, wording: Wording | None) -> Iterator[SourcedWord]:
    for item, label in zip(listing.items, labels(listing, parent), strict=True):
        if listing.numbering is not Numbering.BULLET:
            yield from _own(label, wording)
        yield from _blocks(item.blocks, item.number or None, wording)


def _line(children: Sequence[Inline], wording: Wording | None) -> Iterator[SourcedWord]:
    text = ""
    sources: list[str | None] = []
    for child in nested(children):
        piece = child.text if isinstance(child, Text) else "\n" if isinstance(child, LineBreak) else ""
        text += piece
        sources += [child.field if isinstance(child, Text) else None] * len(piece)
    at = 0
    for word in text.split():
        start = text.index(word, at)
        at = start + len(word)
        found = dict.fromkeys(sources[start:at])
        yield SourcedWord(word, tuple(field for field in found if field), None in found, wording)
