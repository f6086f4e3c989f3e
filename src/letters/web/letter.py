"""Letter -> HTML for a page: every value of the case marked, every block with the line of its wording."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import assert_never

from markupsafe import Markup, escape

from letters.document.model import (
    Align,
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
    Signature,
    Strong,
    Table,
    Text,
    Wording,
)
from letters.document.walk import labels


@dataclass(slots=True)
class LetterHtml:
    """Writes one letter as HTML.

    Args:
        source: makes the link to a block's wording; it is put at the block's end.
    Attributes:
        fields: case field -> its number on the page, in the order of reading.
    """

    source: Callable[[Wording], Markup]
    fields: dict[str, int] = field(default_factory=dict)

    def write(self, letter: Letter) -> Markup:
        """The first page's slots, the printed title and the body, in reading order."""
        slots = letter.slots
        pieces = [self._paragraph(Text(slots.notice))] if slots.notice else []
        if slots.return_line:
            pieces.append(self._paragraph(Text(slots.return_line)))
        if slots.address:
            lines = Markup("<br>").join(self._text(line) for line in slots.address)
            pieces.append(Markup("<p>{}</p>").format(lines))
        for fact in slots.column:
            lines = Markup("<br>").join(self._text(line) for line in fact.lines)
            head = Markup("<strong>{}</strong><br>").format(fact.label) if fact.label else Markup("")
            pieces.append(Markup("<p>{}{}</p>").format(head, lines))
        if letter.heading:
            pieces.append(Markup("<h2>{}</h2>").format(self._line(letter.heading)))
        pieces += [self._block(block, None) for section in letter.sections for block in section.blocks]
        return Markup("\n").join(pieces)

    def _paragraph(self, *children: Inline) -> Markup:
        return Markup("<p>{}</p>").format(self._line(children))

    def _block(self, block: Block, parent: int | None) -> Markup:
        source = self.source(block.wording) if block.wording else Markup("")
        match block:
            case Heading():
                # The page calls the letter by heading 1; its title is 2.
                level = min(block.level + 2, 6)
                return Markup("<h{0}>{1}{2}</h{0}>").format(level, self._line(block.children), source)
            case Paragraph():
                return Markup("<p>{}{}</p>").format(self._line(block.children), source)
            case List():
                return self._list(block, parent)
            case Table():
                return self._table(block)
            case Quote():
                inner = Markup("").join(self._block(one, None) for one in block.blocks)
                return Markup("<blockquote>{}</blockquote>").format(inner)
            case Signature():
                lines = (block.greeting, *block.lines)
                return Markup("<p>{}{}</p>").format(Markup("<br>").join(map(self._line, lines)), source)
            case _:
                assert_never(block)

    def _list(self, listing: List, parent: int | None) -> Markup:
        items = Markup("").join(
            Markup('<li><span class="label">{}</span> {}</li>').format(
                label, Markup("").join(self._block(one, item.number or None) for one in item.blocks)
            )
            for item, label in zip(listing.items, labels(listing, parent), strict=True)
        )
        return Markup("<ul>{}</ul>").format(items)

    def _table(self, table: Table) -> Markup:
        right = ["right" if column.align is Align.RIGHT else "left" for column in table.columns]
        head = Markup("").join(
            Markup('<th scope="col" class="{}">{}</th>').format(side, self._line(column.head))
            for side, column in zip(right, table.columns, strict=True)
        )
        rows = Markup("").join(Markup("<tr>{}</tr>").format(self._row(row, right)) for row in table.rows)
        return Markup("<table><thead><tr>{}</tr></thead><tbody>{}</tbody></table>").format(head, rows)

    def _row(self, row: Sequence[tuple[Inline, ...]], sides: Sequence[str]) -> Markup:
        first = Markup('<th scope="row">{}</th>').format(self._line(row[0]))
        rest = zip(row[1:], sides[1:], strict=True)
        cells = [Markup('<td class="{}">{}</td>').format(side, self._line(cell)) for cell, side in rest]
        return first + Markup("").join(cells)

    def _line(self, children: Sequence[Inline]) -> Markup:
        return Markup("").join(map(self._inline, children))

    def _inline(self, inline: Inline) -> Markup:
        match inline:
            case Text():
                return self._text(inline)
            case Strong():
                return Markup("<strong>{}</strong>").format(self._line(inline.children))
            case Emphasis():
                return Markup("<em>{}</em>").format(self._line(inline.children))
            case Foreign():
                return Markup('<span lang="{}">{}</span>').format(
                    inline.language, self._line(inline.children)
                )
            case Link():
                # A value inside a link would be a link inside a link; where it leads is shown instead.
                return Markup('<span class="link" title="{}">{}</span>').format(
                    inline.target, self._line(inline.children)
                )
            case LineBreak():
                return Markup("<br>")
            case _:
                assert_never(inline)

    def _text(self, text: Text) -> Markup:
        if text.field is None:
            return escape(text.text)
        number = self.fields.setdefault(text.field, len(self.fields) + 1)
        return Markup('<a class="value" href="#vaerdi-{}" title="{}">{}</a>').format(
            number, text.field, text.text
        )
