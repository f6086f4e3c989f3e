"""The machine's part of the typography: no-break spaces everywhere, also for all but the last of several
spaces, and en dashes in the wording's own ranges of years.

Only spaces and, in the library's text, hyphens between years change; each stays one character long, so a
paragraph is set as a whole and then cut back into its inlines. Words from a case file keep every mark.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from dataclasses import replace
from typing import assert_never

from letters.danish import no_breaks, year_dashes
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
    Paragraph,
    Quote,
    Signature,
    Slots,
    Strong,
    Table,
    Text,
)

_Inlines = tuple[Inline, ...]

NO_BREAK_SPACE = "\u00a0"
_FOLDED = re.compile(" (?= )")


def set_typography(letter: Letter) -> Letter:
    """The letter with its no-break spaces and dashes."""
    return replace(
        letter,
        slots=_slots(letter.slots),
        heading=set_inlines(letter.heading) if letter.heading else None,
        sections=tuple(
            replace(section, blocks=tuple(_block(block) for block in section.blocks))
            for section in letter.sections
        ),
    )


def _slots(slots: Slots) -> Slots:
    """The first page's slots keep their spaces; nothing else is set there, where lines are short."""
    return replace(
        slots,
        return_line=_kept(slots.return_line),
        address=tuple(map(_kept_text, slots.address)),
        column=tuple(replace(fact, lines=tuple(map(_kept_text, fact.lines))) for fact in slots.column),
    )


def _kept_text(text: Text) -> Text:
    return Text(_kept(text.text), text.field)


def _kept(text: str) -> str:
    """Every space kept: a page and a terminal would fold several into one."""
    return _FOLDED.sub(NO_BREAK_SPACE, text)


def _block(block: Block) -> Block:
    match block:
        case Heading() | Paragraph():
            return replace(block, children=set_inlines(block.children))
        case List():
            return _list(block)
        case Quote():
            return replace(block, blocks=tuple(_inner(inner) for inner in block.blocks))
        case Table():
            columns = tuple(replace(column, head=set_inlines(column.head)) for column in block.columns)
            rows = tuple(tuple(set_inlines(cell) for cell in row) for row in block.rows)
            return replace(block, columns=columns, rows=rows)
        case Signature():
            lines = tuple(set_inlines(line) for line in block.lines)
            return replace(block, greeting=set_inlines(block.greeting), lines=lines)
        case _:
            assert_never(block)


def _list(block: List) -> List:
    items = tuple(
        Item(tuple(_inner(b) for b in item.blocks), item.number, item.label) for item in block.items
    )
    return replace(block, items=items)


def _inner(block: Paragraph | List) -> Paragraph | List:
    return _list(block) if isinstance(block, List) else replace(block, children=set_inlines(block.children))


def set_inlines(inlines: _Inlines) -> _Inlines:
    """A row of inlines with its no-break spaces, also where a space lies between two of them."""
    source = "".join(_flat(inlines))
    if " " not in source and "-" not in source:
        return inlines
    changed = _kept(no_breaks(source))
    if len(changed) != len(source):
        raise AssertionError("a no-break space takes the place of a space")
    return _rebuilt(inlines, io.StringIO(changed), in_link=False)


def _flat(inlines: _Inlines) -> Iterator[str]:
    for inline in inlines:
        match inline:
            case Text():
                yield inline.text
            case LineBreak():
                yield "\n"
            case Strong() | Emphasis() | Link() | Foreign():
                yield from _flat(inline.children)
            case _:
                assert_never(inline)


def _rebuilt(inlines: _Inlines, characters: io.StringIO, in_link: bool) -> _Inlines:
    out: list[Inline] = []
    for inline in inlines:
        match inline:
            case Text():
                text = characters.read(len(inline.text))
                own = inline.field is None and not in_link
                out.append(Text(year_dashes(text) if own else text, inline.field))
            case LineBreak():
                characters.read(1)
                out.append(inline)
            case Strong():
                out.append(Strong(_rebuilt(inline.children, characters, in_link)))
            case Emphasis():
                out.append(Emphasis(_rebuilt(inline.children, characters, in_link)))
            case Foreign():
                out.append(Foreign(inline.language, _rebuilt(inline.children, characters, in_link)))
            case Link():
                out.append(Link(inline.target, _rebuilt(inline.children, characters, in_link=True)))
            case _:
                assert_never(inline)
    return tuple(out)
