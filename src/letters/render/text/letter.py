"""A whole letter as plain text: slots, printed title and body, in the Letter's order."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import assert_never

from letters.document import labels, plain
from letters.document.model import (
    Block,
    Fact,
    Heading,
    Letter,
    List,
    Paragraph,
    Quote,
    Signature,
    Slots,
    Table,
    Text,
)
from letters.render.text.layout import WIDTH, hanging, indented, one_line, room, wrap
from letters.render.text.tables import table_lines

_QUOTE_INDENT = 4
_WIDEST_LABEL = 20  # columns; a longer label stands on its own line

_Lines = list[str]


def render_text(letter: Letter) -> str:
    """Write a letter as plain text, 78 columns wide; ends with one newline.

    Left out is what only a page has: the running furniture, bold and slanted type, and the addresses of links
    (the letter's own words show those that must be seen).

    Raises:
        ValueError: if an item has no label, see `letters.document.labels`.
    """
    pieces: list[_Lines] = [*_slots(letter.slots)]
    if letter.heading is not None:
        pieces.append(["", *wrap(plain(letter.heading))])
    for section in letter.sections:
        pieces += (_with_air(block) for block in section.blocks)
    lines = _spaced(pieces)
    return "\n".join(line.rstrip() for line in lines).strip("\n") + "\n"


def _spaced(pieces: Iterable[_Lines]) -> _Lines:
    """Put the pieces under each other with an empty line between; an empty piece leaves no gap."""
    return [line for piece in pieces if any(piece) for line in ("", *piece)][1:]


def _with_air(block: Block) -> _Lines:
    lines = _block(block, WIDTH, None)
    # A section's heading has two empty lines above it.
    return ["", *lines] if isinstance(block, Heading) and block.level == 1 else lines


def _slots(slots: Slots) -> Iterator[_Lines]:
    yield wrap(slots.notice)
    yield wrap(slots.return_line)
    yield _text_lines(slots.address, WIDTH)
    yield _column(slots.column)


def _text_lines(texts: Iterable[Text], width: int) -> _Lines:
    return [line for text in texts for line in wrap(text.text, width)]


def _column(facts: Iterable[Fact]) -> _Lines:
    labelled = [(one_line(fact.label), fact) for fact in facts]
    by = _hang(label for label, _ in labelled)
    return [
        line
        for label, fact in labelled
        for line in hanging(label, _text_lines(fact.lines, room(WIDTH, by)), by)
    ]


def _hang(all_labels: Iterable[str]) -> int:
    """How far text hangs in behind its labels."""
    return max((len(label) for label in all_labels if len(label) <= _WIDEST_LABEL), default=0) + 2


def _block(block: Block, width: int, parent: int | None) -> _Lines:
    match block:
        case Heading() | Paragraph():
            return wrap(plain(block.children), width)
        case List():
            return _list(block, width, parent)
        case Table():
            return table_lines(block, width)
        case Quote():
            inner = (_block(one, room(width, _QUOTE_INDENT), None) for one in block.blocks)
            return indented(_spaced(inner), _QUOTE_INDENT)
        case Signature():
            lines = [line for one in block.lines for line in wrap(plain(one), width)]
            return _spaced([wrap(plain(block.greeting), width), lines])
        case _:
            assert_never(block)


def _list(listing: List, width: int, parent: int | None) -> _Lines:
    shown = [one_line(label) for label in labels(listing, parent)]
    by = _hang(shown)
    airy = any(len(item.blocks) > 1 for item in listing.items)
    lines: _Lines = []
    for label, item in zip(shown, listing.items, strict=True):
        inner = (_block(block, room(width, by), item.number or None) for block in item.blocks)
        lines += [*([""] if airy and lines else []), *hanging(label, _spaced(inner), by)]
    return lines
