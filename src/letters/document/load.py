"""Reading back what `dump` writes."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from typing import NoReturn, TypeVar

from letters.document.lines import Line, malformed, read_lines
from letters.document.model import (
    Align,
    Block,
    Column,
    Fact,
    Heading,
    Inline,
    Item,
    Letter,
    List,
    Numbering,
    Paragraph,
    Quote,
    Role,
    Section,
    Signature,
    Slots,
    Status,
    Table,
    Text,
)
from letters.document.notation import TABLES, split_cells
from letters.document.runs import read_run, read_string
from letters.problems import N_

_Named = TypeVar("_Named", Status, Role, Numbering, Align)

_GROUND = re.compile(r"([a-z-]+)(?: \((.*)\))?")
_SINGLE = frozenset(
    {"title", "status", "date", "letterhead", "language", "attached", "sender", "page-label", "logo"}
    | {"notice", "mark", "classification", "running", "return-line", "address", "heading"}
)


def load(text: str, file: str = "") -> Letter:
    """Read a dumped letter. Empty lines do not count.

    Args:
        file: the name that problems show; empty when the text is from no file.
    Raises:
        LetterError: if the text is malformed; the problem has the line (`document.dump-malformed`).
    """
    top = read_lines(text, file)
    _only(top.children, _SINGLE | {"fact", "section"})
    single = _singles(top)

    def string(keyword: str) -> str:
        return read_string(_leaf(_needed(single, keyword, top)))

    return Letter(
        title=string("title"),
        status=_named(Status, _leaf(_needed(single, "status", top)).rest, single["status"]),
        date=string("date"),
        letterhead=string("letterhead"),
        language=string("language"),
        slots=_slots(single, top),
        heading=read_run(_leaf(single["heading"])) if "heading" in single else None,
        tables_attached=_tables_attached(single.get("attached")),
        sections=tuple(map(_section, _all(top, "section"))),
    )


def _tables_attached(line: Line | None) -> bool:
    if line is None:
        return False
    return _leaf(line).rest == TABLES or _unexpected(line, line.rest)


def _singles(top: Line) -> dict[str, Line]:
    found: dict[str, Line] = {}
    for line in top.children:
        if line.keyword in _SINGLE:
            if line.keyword in found:
                malformed(line, N_('"{found}" stands here for the second time'), found=line.keyword)
            found[line.keyword] = line
    return found


def _slots(single: dict[str, Line], top: Line) -> Slots:
    def needed(keyword: str) -> str:
        return read_string(_leaf(_needed(single, keyword, top)))

    def optional(keyword: str) -> str:
        return read_string(_leaf(single[keyword])) if keyword in single else ""

    return Slots(
        sender=needed("sender"),
        page_label=needed("page-label"),
        logo_alt=needed("logo"),
        notice=optional("notice"),
        mark=optional("mark"),
        classification=optional("classification"),
        running=optional("running"),
        return_line=optional("return-line"),
        address=_texts(single["address"]) if "address" in single else (),
        column=tuple(Fact(read_string(line), _texts(line)) for line in _all(top, "fact")),
    )


def _section(line: Line) -> Section:
    found = _GROUND.fullmatch(line.rest)
    if not found:
        _unexpected(line, line.rest)
    ground = None if found[2] is None else read_string(line, found[2])
    return Section(_named(Role, found[1], line), tuple(map(_block, line.children)), ground)


def _block(line: Line) -> Block:
    if line.keyword and not line.keyword.strip("#"):
        return Heading(len(line.keyword), read_run(_leaf(line)))
    reader = _BLOCKS.get(line.keyword)
    return reader(line) if reader else _unexpected(line, line.keyword)


def _paragraph(line: Line) -> Paragraph:
    return Paragraph(read_run(_leaf(line)))


def _list(line: Line) -> List:
    _only(line.children, {"item"})
    return List(_named(Numbering, line.rest, line), tuple(map(_item, line.children)))


def _item(line: Line) -> Item:
    number, _, label = line.rest.partition(" ")
    if not re.fullmatch(r"-?[0-9]{0,9}", number) or number == "-":
        _unexpected(line, number)
    return Item(_inner(line), int(number or 0), read_string(line, label))


def _inner(line: Line) -> tuple[Paragraph | List, ...]:
    _only(line.children, {"¶", "list"})
    return tuple(_list(child) if child.keyword == "list" else _paragraph(child) for child in line.children)


def _table(line: Line) -> Table:
    _only(line.children, {"column", "|"})
    columns = tuple(map(_column, _all(line, "column")))
    return Table(columns, tuple(map(_row, _all(line, "|"))))


def _column(line: Line) -> Column:
    align, _, head = _leaf(line).rest.partition(" ")
    return Column(read_run(line, head), _named(Align, align, line))


def _row(line: Line) -> tuple[tuple[Inline, ...], ...]:
    *cells, behind = split_cells(f" {_leaf(line).rest}" if line.rest else "")
    if behind or any(len(cell) < 2 or cell[0] + cell[-1] != "  " for cell in cells):
        malformed(line, N_("a table's row ends with a bar, and each cell has a space on both sides"))
    return tuple(read_run(line, cell[1:-1]) for cell in cells)


def _quote(line: Line) -> Quote:
    return Quote(_inner(line))


def _signature(line: Line) -> Signature:
    _only(line.children, {"greeting", "line"})
    greeting = _all(line, "greeting")
    if len(greeting) != 1:
        malformed(line, N_("a signature has one greeting"))
    return Signature(read_run(_leaf(greeting[0])), tuple(read_run(_leaf(one)) for one in _all(line, "line")))


_BLOCKS: dict[str, Callable[[Line], Block]] = {
    "¶": _paragraph,
    "list": _list,
    "table": _table,
    "quote": _quote,
    "signature": _signature,
}


def _texts(line: Line) -> tuple[Text, ...]:
    _only(line.children, {"line"})
    return tuple(_one_text(child) for child in line.children)


def _one_text(line: Line) -> Text:
    run = read_run(_leaf(line))
    if len(run) != 1 or not isinstance(run[0], Text):
        malformed(line, N_("a line of an address or a fact is one text without marks"))
    return run[0]


def _all(line: Line, keyword: str) -> list[Line]:
    return [child for child in line.children if child.keyword == keyword]


def _needed(single: dict[str, Line], keyword: str, top: Line) -> Line:
    return single.get(keyword) or malformed(top, N_('the line "{missing}" is missing'), missing=keyword)


def _only(lines: Sequence[Line], keywords: frozenset[str] | set[str]) -> None:
    for line in lines:
        if line.keyword not in keywords:
            _unexpected(line, line.keyword)


def _leaf(line: Line) -> Line:
    for child in line.children:
        malformed(child, N_("nothing can be indented under this line"))
    return line


def _named(kind: type[_Named], value: str, line: Line) -> _Named:
    known: Iterator[_Named] = (one for one in kind if one.value == value)
    return next(known, None) or _unexpected(line, value)


def _unexpected(line: Line, found: str) -> NoReturn:
    malformed(line, N_('"{found}" is not expected here'), found=found)
