"""Lists as Word numbering: a definition for each kind of list, an instance for each list.

An instance carries its own start, so that every list begins where the Letter says, and begins anew where the
Letter skips a number. The format of the labels is written here and not in the letterhead, because labels are
words; only their indents come from the letterhead's list styles.
"""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct

from letters.document.model import Item, List, Numbering
from letters.document.walk import labels
from letters.render.docx import names
from letters.render.docx.xml import attribute

_PARENT = {Numbering.PARENT_LETTER, Numbering.PARENT_DECIMAL}


class Level(Struct, frozen=True):
    """A level's number format and its label (`w:lvlText`), where %1 and %2 stand for the levels' numbers."""

    format: str
    text: str


class Mark(Struct, frozen=True):
    """What makes a paragraph an item: the instance and the level (0 or 1)."""

    number: int
    level: int


Levels = tuple[Level, Level]

_BULLET = Level("bullet", "•")
_DECIMAL, _LETTER = Level("decimal", "%1."), Level("lowerLetter", "%1.")
_NESTED = {
    Numbering.BULLET: _BULLET,
    Numbering.DECIMAL: Level("decimal", "%2."),
    Numbering.LETTER: Level("lowerLetter", "%2."),
    Numbering.PARENT_LETTER: Level("lowerLetter", "%1%2."),
    Numbering.PARENT_DECIMAL: Level("decimal", "%1.%2."),
}
_TOP = {Numbering.BULLET: _BULLET, Numbering.DECIMAL: _DECIMAL, Numbering.LETTER: _LETTER}


class Numberer:
    """Gives every item its mark and gathers the definitions and instances that the letter needs.

    Args:
        indents: list style name -> the style's `w:ind` element, or an empty string.
        definition: the first free `w:abstractNumId`.
        instance: the first free `w:numId`.
    """

    def __init__(self, indents: Mapping[str, str], definition: int, instance: int) -> None:
        self._indents = indents
        self._first_definition = definition
        self._first_instance = instance
        self._definitions: dict[tuple[Levels, Numbering, bool], int] = {}
        self._instances: list[str] = []

    def marks(
        self, block: List, depth: int, *, quoted: bool, parent: tuple[List, Item, Mark | None] | None
    ) -> list[Mark | None]:
        """A mark for each item; None where the label is literal.

        Raises:
            ValueError: if an item has no label, see `letters.document.walk.labels`.
        """
        labels(block, parent[1].number if parent else None)
        if block.numbering is Numbering.LITERAL:
            return [None] * len(block.items)
        shared = parent[2] if parent and _continues(block, parent[0]) else None
        marks: list[Mark | None] = []
        previous = 0
        current = None if shared is None else Mark(shared.number, depth)
        for item in block.items:
            skips = block.numbering is not Numbering.BULLET and item.number != previous + 1
            if current is None or skips:
                current = self._instance(block, depth, item.number, quoted, parent)
            marks.append(current)
            previous = item.number
        return marks

    def _instance(
        self,
        block: List,
        depth: int,
        start: int,
        quoted: bool,
        parent: tuple[List, Item, Mark | None] | None,
    ) -> Mark:
        levels = _own_levels(block) if depth == 0 else _nested_levels(block, parent[1] if parent else None)
        definition = self._definitions.setdefault(
            (levels, block.numbering, quoted), self._first_definition + len(self._definitions)
        )
        number = self._first_instance + len(self._instances)
        override = (
            ""
            if block.numbering is Numbering.BULLET
            else f'<w:lvlOverride w:ilvl="{depth}"><w:startOverride w:val="{start}"/></w:lvlOverride>'
        )
        self._instances.append(
            f'<w:num w:numId="{number}"><w:abstractNumId w:val="{definition}"/>{override}</w:num>'
        )
        return Mark(number, depth)

    def definitions(self) -> list[str]:
        """The `w:abstractNum` elements, without namespace declarations."""
        return [
            self._definition(ident, levels, numbering, quoted)
            for (levels, numbering, quoted), ident in self._definitions.items()
        ]

    def instances(self) -> list[str]:
        """The `w:num` elements, without namespace declarations."""
        return self._instances

    def _definition(self, ident: int, levels: Levels, numbering: Numbering, quoted: bool) -> str:
        rows = "".join(
            f'<w:lvl w:ilvl="{depth}"><w:start w:val="1"/><w:numFmt w:val="{level.format}"/>'
            f'<w:lvlText w:val="{attribute(level.text)}"/><w:lvlJc w:val="left"/>'
            f"{_indented(self._indents[names.list_style(numbering, depth, quoted=quoted)])}</w:lvl>"
            for depth, level in enumerate(levels)
        )
        # Word takes two definitions with one nsid for the same list; so each has its own, always the same.
        return (
            f'<w:abstractNum w:abstractNumId="{ident}"><w:nsid w:val="{0x1E000000 + ident:08X}"/>'
            f'<w:multiLevelType w:val="multilevel"/>{rows}</w:abstractNum>'
        )


def _indented(indent: str) -> str:
    return f"<w:pPr>{indent}</w:pPr>" if indent else "<w:pPr/>"


def _continues(block: List, parent: List) -> bool:
    """Whether the list can be its parent's second level, so that Word itself computes "1a."."""
    return (
        block.numbering in _PARENT
        and parent.numbering is Numbering.DECIMAL
        and _own_levels(parent)[1] == _NESTED[block.numbering]
    )


def _own_levels(block: List) -> Levels:
    """A list's own labels, and those of the first list inside it that needs its numbers."""
    children = (child for item in block.items for child in item.blocks)
    inner = (child.numbering for child in children if isinstance(child, List))
    nested = next((kind for kind in inner if kind in _PARENT), block.numbering)
    return _TOP[block.numbering], _NESTED[nested]


def _nested_levels(block: List, parent: Item | None) -> Levels:
    """The levels of a list in an item that counts by itself: the parent's number is a part of the label."""
    level = _NESTED[block.numbering]
    if block.numbering in _PARENT:
        level = Level(level.format, level.text.replace("%1", str(parent.number) if parent else ""))
    return _DECIMAL, level
