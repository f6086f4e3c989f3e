"""The head of a wording in Word: a table of two columns, or the lines of YAML typed as text.

A key that lies in another is written with its way: "fields / network / title". Values need no quotes; a list
stands in brackets.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence

from msgspec import Struct

from letters.wording.source import read_yaml
from letters.wording.word.model import Block, Paragraph, Pieces, Row, Source, Table, plain
from letters.wording.word.tags import mended

COLUMNS = ("Felt", "Værdi")
_RULE = re.compile(r"[-–—]{1,3}")
_PLAIN = re.compile(r"[A-Za-zÆØÅæøå§(][\wÆØÅæøå .,()/§?+-]*")
_SECTIONS = "sections"
_COMMENT = re.compile(r"(?:^|\s)#", re.MULTILINE)
# Word begins a cell with a capital; the words of these keys have none.
_SMALL = ("lead", "part", "type", "required", "discretionary")
_ON_ONE_LINE = ("only",)
_Tree = dict[str, "_Tree | _Leaf"]


class _Leaf(Struct, frozen=True):
    number: int
    value: str


def split_head(blocks: Sequence[Block]) -> tuple[Source | None, tuple[Block, ...]]:
    """The head as lines of YAML without the rules around it, and the rest; None when there is no head."""
    first = blocks[0] if blocks else None
    if isinstance(first, Table) and _is_head(first):
        rows = [row for row in first.rows if len(row.cells) == 2 and not _is_title(row)]
        return _yaml([(row.number, _text(row.cells[0]), _text(row.cells[1])) for row in rows]), tuple(
            blocks[1:]
        )
    if isinstance(first, Paragraph) and is_rule(plain(first.pieces)):
        for index, block in enumerate(blocks[1:], 1):
            if isinstance(block, Paragraph) and is_rule(plain(block.pieces)):
                return _typed(blocks[1:index]), tuple(blocks[index + 1 :])
    return None, tuple(blocks)


def is_rule(text: str) -> bool:
    """Whether a paragraph is the line before or after a head that is typed as text."""
    return bool(_RULE.fullmatch(text.strip()))


def _is_head(table: Table) -> bool:
    words = {_text(row.cells[0]).lower() for row in table.rows[:2]}
    return len(table.right) == 2 and bool(words & {COLUMNS[0].lower(), "title"})


def _is_title(row: Row) -> bool:
    return tuple(_text(cell).lower() for cell in row.cells) == tuple(word.lower() for word in COLUMNS)


def _text(pieces: Pieces) -> str:
    return " ".join(plain(pieces).replace("\u00a0", " ").split())


def _typed(blocks: Sequence[Block]) -> Source:
    lines: list[str] = []
    numbers: list[int] = []
    for block in blocks:
        if not isinstance(block, Paragraph):
            continue
        for line in plain(block.pieces).split("\n"):
            text = line.replace("\t", "  ").replace("\u00a0", " ").rstrip()
            indent = len(text) - len(text.lstrip())
            lines.append(text[:indent] + mended(text[indent:]))
            numbers.append(block.number)
    return Source(lines, numbers)


# A table -> YAML


def _yaml(rows: Sequence[tuple[int, str, str]]) -> Source:
    tree: _Tree = {}
    for number, key, value in rows:
        if not key:
            continue
        *outer, last = _way(key)
        group = tree
        for name in outer:
            inner = group.setdefault(name, {})
            if isinstance(inner, _Leaf):
                inner = group[name] = {}
            group = inner
        small = last in _SMALL or outer == [_SECTIONS]
        group[last] = _Leaf(number, value.lower() if small else value)
    lines = list(_lines(tree, ""))
    return Source([line for _, line in lines], [number for number, _ in lines])


def _way(key: str) -> list[str]:
    """A key's way; the heading of a section is one name whatever it holds; other names are small."""
    first, slash, rest = key.partition("/")
    first = first.strip().lower()
    if first == _SECTIONS and slash:
        return [first, rest.strip()]
    return [first, *(name.strip().lower() for name in rest.split("/"))] if slash else [first]


def _lines(tree: _Tree, indent: str) -> Iterator[tuple[int, str]]:
    for name, value in tree.items():
        key = name if _PLAIN.fullmatch(name) else json.dumps(name, ensure_ascii=False)
        if isinstance(value, _Leaf):
            yield value.number, f"{indent}{key}: {_value(value.value)}".rstrip()
        elif name in _ON_ONE_LINE and all(isinstance(leaf, _Leaf) for leaf in value.values()):
            inside = ", ".join(line for _, line in _lines(value, ""))
            yield next(_lines(value, ""))[0], f"{indent}{key}: {{{inside}}}"
        else:
            inner = list(_lines(value, indent + "  "))
            yield (inner[0][0] if inner else 0), f"{indent}{key}:"
            yield from inner


def _value(text: str) -> str:
    if text == "{}":
        return text
    if text.startswith("[") and text.endswith("]"):
        items = [item.strip() for item in text[1:-1].split(",")]
        return "[" + ", ".join(_scalar(item) for item in items if item) + "]"
    return _scalar(text)


def _scalar(text: str) -> str:
    return text if not text or _PLAIN.fullmatch(text) else json.dumps(text, ensure_ascii=False)


# YAML -> a table


def table_rows(head: str, file: str) -> list[tuple[str, str]] | None:
    """A head as rows of a table; None when a table cannot say all of it, comments and lists of groups.

    Raises:
        TemplateError: it is no YAML.
    """
    if _COMMENT.search(re.sub(r'"[^"]*"', "", head)):
        return None
    tree = read_yaml(head, file).at(())
    if not isinstance(tree, dict):
        return None
    rows = list(_rows(tree, ()))
    return None if None in rows else [row for row in rows if row is not None]


def _rows(tree: Mapping[str, object], way: tuple[str, ...]) -> Iterator[tuple[str, str] | None]:
    for name, value in tree.items():
        here = (*way, name)
        key = " / ".join(here)
        if isinstance(value, dict) and value:
            yield from _rows(value, here)
        elif isinstance(value, dict):
            yield key, "{}"
        elif isinstance(value, list):
            simple = all(isinstance(item, str) and "," not in item for item in value)
            yield (key, "[" + ", ".join(map(str, value)) + "]") if simple else None
        elif isinstance(value, str) and _comes_back(here, value):
            yield key, value
        else:
            yield None


def _comes_back(way: tuple[str, ...], value: str) -> bool:
    """Whether a table's row gives the same key and value again."""
    text = " ".join(value.split())
    looks_like_list = value == "{}" or (value.startswith("[") and value.endswith("]"))
    small = way[-1] in _SMALL or way[:-1] == (_SECTIONS,)
    return (
        text == value
        and not looks_like_list
        and tuple(_way(" / ".join(way))) == way
        and (value.islower() or not small)
    )
