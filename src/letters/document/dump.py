"""A Letter as text that a lawyer can read and a golden file can hold; `load` reads it back.

One line a block, two spaces an indentation; the first word of a line says what it is ("¶" a paragraph, "#" a
heading, "|" a table's row). The notation inside a line is told in `notation`. Places in the wording library
are left out.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import assert_never

from letters.document.model import (
    Block,
    Emphasis,
    Fact,
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
    Section,
    Signature,
    Slots,
    Strong,
    Table,
    Text,
)
from letters.document.notation import (
    EMPHASIS,
    FOREIGN,
    LINE_BREAK,
    LINK,
    PLAIN,
    STRONG,
    TABLES,
    escape,
    escape_name,
)


def dump(letter: Letter) -> str:
    """Write a letter out; ends with a newline. `load(dump(letter)) == letter`."""
    return "".join(f"{line}\n" for line in _letter(letter))


def _line(keyword: str, value: str = "") -> str:
    if value.endswith(" "):  # editors cut white space at the end of a line
        value = value[:-1] + "\\u{20}"
    return f"{keyword} {value}" if value else keyword


def _indented(lines: Iterable[str]) -> Iterator[str]:
    return (f"  {line}" for line in lines)


def _letter(letter: Letter) -> Iterator[str]:
    yield _line("title", escape(letter.title))
    yield _line("status", letter.status.value)
    yield _line("date", escape(letter.date))
    yield _line("letterhead", escape(letter.letterhead))
    yield _line("language", escape(letter.language))
    if letter.tables_attached:
        yield _line("attached", TABLES)
    yield from _slots(letter.slots)
    if letter.heading is not None:
        yield ""
        yield _line("heading", _inlines(letter.heading))
    for section in letter.sections:
        yield ""
        yield from _section(section)


def _slots(slots: Slots) -> Iterator[str]:
    yield _line("sender", escape(slots.sender))
    yield _line("page-label", escape(slots.page_label))
    yield _line("logo", escape(slots.logo_alt))
    optional = {
        "notice": slots.notice,
        "mark": slots.mark,
        "classification": slots.classification,
        "running": slots.running,
        "return-line": slots.return_line,
    }
    yield from (_line(keyword, escape(value)) for keyword, value in optional.items() if value)
    if slots.address:
        yield "address"
        yield from _text_lines(slots.address)
    for fact in slots.column:
        yield from _fact(fact)


def _fact(fact: Fact) -> Iterator[str]:
    yield _line("fact", escape(fact.label))
    yield from _text_lines(fact.lines)


def _text_lines(texts: Iterable[Text]) -> Iterator[str]:
    return _indented(_line("line", _inlines((text,))) for text in texts)


def _section(section: Section) -> Iterator[str]:
    ground = "" if section.ground is None else f" ({escape(section.ground)})"
    yield _line("section", section.role.value + ground)
    for block in section.blocks:
        yield from _indented(_block(block))


def _block(block: Block) -> Iterator[str]:
    match block:
        case Heading():
            yield _line("#" * block.level, _inlines(block.children))
        case Paragraph():
            yield _line("¶", _inlines(block.children))
        case List():
            yield _line("list", block.numbering.value)
            for item in block.items:
                yield from _indented(_item(item))
        case Table():
            yield from _table(block)
        case Quote():
            yield "quote"
            for inner in block.blocks:
                yield from _indented(_block(inner))
        case Signature():
            yield "signature"
            yield from _indented([_line("greeting", _inlines(block.greeting))])
            yield from _indented(_line("line", _inlines(line)) for line in block.lines)
        case _:
            assert_never(block)


def _item(item: Item) -> Iterator[str]:
    number = str(item.number) if item.number or item.label else ""
    yield _line("item", f"{number} {escape(item.label)}" if item.label else number)
    for block in item.blocks:
        yield from _indented(_block(block))


def _table(table: Table) -> Iterator[str]:
    yield "table"
    for column in table.columns:
        head = _inlines(column.head)
        yield from _indented(
            [_line("column", f"{column.align.value} {head}" if head else column.align.value)]
        )
    for row in table.rows:
        yield from _indented(["|" + "".join(f" {_inlines(cell)} |" for cell in row)])


def _inlines(children: Iterable[Inline]) -> str:
    written: list[str] = []
    bare = False  # whether the one before was written as bare text, which the next must be told from
    for child in children:
        bare = isinstance(child, Text) and child.field is None and bool(child.text) and not bare
        written.append(escape(child.text) if bare and isinstance(child, Text) else _marked(child))
    return "".join(written)


def _marked(inline: Inline) -> str:
    match inline:
        case Text(text=text, field=field):
            name = PLAIN if field is None else f"{escape_name(field)}|"
            return f"{{{name}{escape(text)}}}"
        case Strong(children=children):
            return f"{{{STRONG}{_inlines(children)}}}"
        case Emphasis(children=children):
            return f"{{{EMPHASIS}{_inlines(children)}}}"
        case Link(target=target, children=children):
            return f"{{{LINK}{escape_name(target)}|{_inlines(children)}}}"
        case Foreign(language=language, children=children):
            return f"{{{FOREIGN}{escape_name(language)}|{_inlines(children)}}}"
        case LineBreak():
            return f"{{{LINE_BREAK}}}"
        case _:
            assert_never(inline)
