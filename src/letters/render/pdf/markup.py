"""The Letter's body as XHTML: a closed set of elements, every text escaped here.

Not seen from the outside: WeasyPrint tags a list item as label and body only when nothing inside it is a
block, so the paragraphs of an item are inline `span`s with a `span.gap` between them, and the label is the
item's own `list-style-type`. A cell needs a head in its column and in its row (PDF/UA 7.5).
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Sequence
from itertools import chain
from typing import TypeVar, assert_never

from letters.danish.spoken import ABBREVIATION, SPOKEN
from letters.document.leads import holds, leads
from letters.document.model import (
    Align,
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
    Strong,
    Table,
    Text,
)
from letters.document.walk import labels
from letters.render.columns import column_shares

#: Numbers joined by hyphens or slashes (CPR and case numbers, years) stay on one line.
_NUMBER = r"(?<!\S)[(]?\d[\d-]*(?:[-–/]\d+)+[).,;:]*(?!\S)"
_ADDRESS = r"(?:https?://|www\.)\S+|[^\s@]+@[^\s@]+\.[^\s@]+"
_SHORT = ABBREVIATION.pattern
# WeasyPrint draws no space that stands alone between two elements, such as an abbreviation and a link.
_ALONE = rf" (?=\Z|{_SHORT})"
_SPECIAL = re.compile(f"(?P<number>{_NUMBER})|(?P<short>{_SHORT})(?P<space>{_ALONE})?|{_ADDRESS}")
_ADDRESS_HYPHEN = re.compile(r"([^-]-+[^-])")
_LONGEST_TOGETHER = 24

B = TypeVar("B", bound=Block)

#: Letters of an e-mail address that fit on a line of the right-hand column.
_COLUMN_LETTERS = 24

#: Letters of an address that stays on one line of the text, even in a list or a quote.
_WHOLE_ADDRESS = 45

#: About the width of a letterhead's text column, in points, which a table fills.
_TEXT_WIDTH = 350.0


def body(letter: Letter) -> str:
    """The printed title and all sections, as one stretch of XHTML without line breaks of its own."""
    top = 0
    parts: list[str] = []
    if letter.heading is not None:
        parts.append(f'<h1 class="title">{inline(letter.heading)}</h1>')
        top = 1
    blocks = list(chain.from_iterable(section.blocks for section in letter.sections))
    return "".join(parts + _blocks(blocks, top))


def inline(children: Iterable[Inline]) -> str:
    """Inline content as XHTML."""
    return "".join(_inline(child) for child in children)


def text(value: str) -> str:
    """Escaped text: joined numbers held together, abbreviations with what is said, every space kept."""
    value = spaced(value)
    parts: list[str] = []
    end = 0
    for match in _SPECIAL.finditer(value):
        parts += [escape(value[end : match.start()]), _special(match)]
        end = match.end()
    return "".join(parts) + escape(value[end:])


def escape(value: str) -> str:
    """A text between tags."""
    return html.escape(value, quote=False)


def quoteattr(value: str) -> str:
    """An attribute's value in quotes, of the kind that it does not hold, if it can be.

    As `xml.sax.saxutils` writes it, which loads Python's whole network library.
    """
    value = escape(value).replace("\n", "&#10;").replace("\r", "&#13;").replace("\t", "&#9;")
    if '"' not in value:
        return f'"{value}"'
    if "'" not in value:
        return f"'{value}'"
    return '"' + value.replace('"', "&quot;") + '"'


def _special(match: re.Match[str]) -> str:
    if match["number"]:
        return _together(match[0])
    if match["short"]:
        return _abbreviation(match["short"], match["space"] or "")
    return _address_word(match[0])


def _abbreviation(short: str, space: str) -> str:
    said = quoteattr(SPOKEN[short] + space)
    return f'<span class="together" title={said}>{escape(short)}{space}</span>'


def spaced(value: str) -> str:
    """Every space kept: HTML would fold several into one."""
    return re.sub(" (?= )", "\u00a0", value)


def _together(word: str) -> str:
    return f'<span class="together">{escape(word)}</span>' if len(word) <= _LONGEST_TOGETHER else escape(word)


def _address_word(word: str) -> str:
    """A web or e-mail address. No line ends at a hyphen of its own: readers take it for an added one."""
    if _is_whole(word):
        return f'<span class="address-word whole">{escape(word)}</span>'
    pieces = (
        _together(piece) if place % 2 else escape(piece)
        for place, piece in enumerate(_ADDRESS_HYPHEN.split(word))
    )
    return f'<span class="address-word">{"".join(pieces)}</span>'


def _is_whole(word: str) -> bool:
    """Whether it is an address that fits on a line: a break behind "https://" helps nobody."""
    return len(word) <= _WHOLE_ADDRESS and re.fullmatch(_ADDRESS, word) is not None


def narrow(value: str) -> str:
    """Text for the right-hand column: a long e-mail address breaks after its @ and not just anywhere."""
    return " ".join(
        _address(word) if "@" in word and len(word) > _COLUMN_LETTERS else text(word)
        for word in value.split(" ")
    )


def _address(word: str) -> str:
    name, _, domain = word.rpartition("@")
    return f'<span class="piece">{escape(name)}@</span><span class="piece">{escape(domain)}</span>'


def _inline(node: Inline) -> str:
    match node:
        case Text():
            return text(node.text)
        case Strong():
            return f"<strong>{inline(node.children)}</strong>"
        case Emphasis():
            return f"<em>{inline(node.children)}</em>"
        case Foreign():
            return _foreign(node.language, inline(node.children))
        case Link():
            return _linked(node.children, node.target)
        case LineBreak():
            return "<br/>"
        case _:
            assert_never(node)


def _foreign(language: str, inside: str) -> str:
    return f"<span lang={quoteattr(language)}>{inside}</span>"


def _linked(children: Iterable[Inline], target: str) -> str:
    """The inside of a link, with `a` always innermost.

    WeasyPrint gives every box inside an `a` a link annotation of its own, outside the tags (PDF/UA 7.18.5).
    """
    parts: list[str] = []
    for child in children:
        match child:
            case Text():
                whole = _class(whole=_is_whole(child.text))
                parts.append(f"<a{whole} href={quoteattr(target)}>{escape(spaced(child.text))}</a>")
            case Strong():
                parts.append(f"<strong>{_linked(child.children, target)}</strong>")
            case Emphasis():
                parts.append(f"<em>{_linked(child.children, target)}</em>")
            case Foreign():
                parts.append(_foreign(child.language, _linked(child.children, target)))
            case Link():
                parts.append(_linked(child.children, target))
            case LineBreak():
                parts.append("<br/>")
            case _:
                assert_never(child)
    return "".join(parts)


def _blocks(blocks: Sequence[Block], top: int) -> list[str]:
    return [_block(block, top, led=led) for block, led in _with_led(blocks)]


def _with_led(blocks: Sequence[B]) -> Iterable[tuple[B, bool]]:
    """Each block, and whether the one before leads in to it."""
    return zip(blocks, [False, *leads(blocks)], strict=False)


def _block(block: Block, top: int, *, led: bool) -> str:
    match block:
        case Heading():
            tag = f"h{block.level + top}"
            return f'<{tag} class="level-{block.level}">{inline(block.children)}</{tag}>'
        case Paragraph():
            return f"<p>{inline(block.children)}</p>"
        case List():
            return _list(block, None, led=led)
        case Table():
            return _table(block, led=led)
        case Quote():
            return f"<blockquote{_class(led=led)}>{''.join(_blocks(block.blocks, top))}</blockquote>"
        case Signature():
            return _signature(block)
        case _:
            assert_never(block)


def _class(**wanted: bool) -> str:
    """The class attribute with the names that are wanted; empty without any."""
    names = " ".join(name for name, want in wanted.items() if want)
    return f' class="{names}"' if names else ""


def _list(block: List, parent: int | None, *, led: bool) -> str:
    names = labels(block, parent)
    held = (False, *holds(block))  # whether each item stays with the one before it
    items = "".join(_item(*pair) for pair in zip(block.items, names, held, strict=False))
    bullets = block.numbering is Numbering.BULLET
    kind = _class(bullets=bullets, numbers=not bullets, led=led)
    width = "" if bullets else f' style="--label: {max(map(_label_width, names)):.2f}em"'
    return f"<ol{kind}{width}>{items}</ol>"


def _label_width(label: str) -> float:
    """About how wide a label is in em: a digit takes 0.56, a dot half of that."""
    narrow = sum(char in ".,:;()' " for char in label)
    return 0.56 * (len(label) - narrow) + 0.28 * narrow


def _item(item: Item, label: str, held: bool) -> str:
    parts: list[str] = []
    for block, led in _with_led(item.blocks):
        match block:
            case Paragraph():
                if parts and parts[-1].endswith("</span>"):
                    parts.append('<span class="gap">\n\n</span>')
                parts.append(f'<span class="paragraph">{inline(block.children)}</span>')
            case List():
                parts.append(_list(block, item.number or None, led=led))
            case _:
                assert_never(block)
    style = quoteattr(f"list-style-type: {_css_string(label)}")
    return f"<li{_class(led=held)} style={style}>{''.join(parts)}</li>"


def _css_string(value: str) -> str:
    """A CSS string in which everything but letters and digits is written by its code point."""
    safe = (char if char.isalnum() and char.isascii() else f"\\{ord(char):06x}" for char in value)
    return f"'{''.join(safe)}'"


def _table(table: Table, *, led: bool) -> str:
    aligns = [' class="figures"' if column.align is Align.RIGHT else "" for column in table.columns]
    heads = "".join(
        f'<th scope="col"{align}>{inline(column.head)}</th>'
        for column, align in zip(table.columns, aligns, strict=True)
    )
    rows = "".join(_row(row, aligns) for row in table.rows)
    head = f"{_widths(table)}<thead><tr>{heads}</tr></thead>"
    return f"<table{_class(led=led)}>{head}<tbody>{rows}</tbody></table>"


def _widths(table: Table) -> str:
    shares = column_shares(table, _TEXT_WIDTH)
    columns = "".join(f'<col style="width: {100 * share:.1f}%"/>' for share in shares)
    return f"<colgroup>{columns}</colgroup>"


def _row(cells: tuple[tuple[Inline, ...], ...], aligns: list[str]) -> str:
    parts = [f'<th scope="row"{aligns[0]}>{inline(cells[0])}</th>']
    parts += [f"<td{align}>{inline(cell)}</td>" for cell, align in zip(cells[1:], aligns[1:], strict=True)]
    return f"<tr>{''.join(parts)}</tr>"


def _signature(signature: Signature) -> str:
    lines = "<br/>".join(inline(line) for line in signature.lines)
    greeting = f'<p class="greeting">{inline(signature.greeting)}</p>' if signature.greeting else ""
    return f'<div class="signature">{greeting}<p>{lines}</p></div>'
