"""The labels of numbered paragraphs in a Word file, counted as Word counts them (ISO 29500-1, 17.9)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree
from msgspec import Struct
from msgspec.structs import replace

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
BULLET = "•"
_DEEPEST = 9  # levels of a list
_LONGEST_CHAIN = 20  # styles based on styles
_PLACEHOLDER = re.compile(r"%([1-9])")
_ROMAN = (
    (1000, "m"),
    (900, "cm"),
    (500, "d"),
    (400, "cd"),
    (100, "c"),
    (90, "xc"),
    (50, "l"),
    (40, "xl"),
    (10, "x"),
    (9, "ix"),
    (5, "v"),
    (4, "iv"),
    (1, "i"),
)


class _Level(Struct, frozen=True):
    """A level of a list: the format of its number, the label's pattern ("%1.%2."), the first number."""

    format: str = "decimal"
    pattern: str = ""
    start: int = 1
    restarts: bool = True
    plain: bool = False
    style: str = ""


class Counted(Struct, frozen=True):
    """A paragraph's place in a list.

    Attributes:
        level: how deep, from 0.
        number: of a numbered paragraph; 0 for a bullet.
    """

    level: int
    number: int
    label: str


class Styles:
    """The paragraph styles: their names and the numbering that they bring."""

    def __init__(self, root: etree._Element | None) -> None:
        found = [] if root is None else list(root.iter(f"{W}style"))
        self._elements = {style.get(f"{W}styleId", ""): style for style in found}
        self._default = next(
            (
                style.get(f"{W}styleId", "")
                for style in found
                if style.get(f"{W}type") == "paragraph" and style.get(f"{W}default") in ("1", "true", "on")
            ),
            "",
        )

    def name(self, ident: str) -> str:
        """The style's name in small letters: Word and LibreOffice write capitals differently."""
        return _value(self._elements.get(ident or self._default), "name").lower()

    def ancestry(self, ident: str) -> Iterator[tuple[str, etree._Element]]:
        """The style and those it is based on, each with its name in the file, the nearest first."""
        ident = ident or self._default
        for _ in range(_LONGEST_CHAIN):
            style = self._elements.get(ident)
            if style is None:
                return
            yield ident, style
            ident = _value(style, "basedOn")

    def numbering(self, ident: str) -> tuple[str, str, str]:
        """List, level and the style that has them; empty when the style has no numbering."""
        for name, style in self.ancestry(ident):
            mark = style.find(f"{W}pPr/{W}numPr")
            if mark is not None and _value(mark, "numId"):
                return _value(mark, "numId"), _value(mark, "ilvl"), name
        return "", "", ""


class Labels:
    """Counts the numbered paragraphs of a Word file; ask for each paragraph once, in the order of the file.

    Args:
        root: the numbering part; None when there is none.
    """

    def __init__(self, root: etree._Element | None, styles: Styles) -> None:
        self._styles = styles
        self._abstract: dict[str, etree._Element] = {}
        self._lists: dict[str, etree._Element] = {}
        if root is not None:
            self._abstract = {a.get(f"{W}abstractNumId", ""): a for a in root.iter(f"{W}abstractNum")}
            self._lists = {n.get(f"{W}numId", ""): n for n in root.iter(f"{W}num")}
        self._levels: dict[str, tuple[_Level, ...]] = {}
        self._counters: dict[str, list[int | None]] = {}
        self._begun: set[tuple[str, int]] = set()

    def next(self, paragraph: etree._Element) -> str:
        """The label of the next paragraph; "•" for every bullet, empty for one without label."""
        counted = self.counted(paragraph)
        return counted.label if counted else ""

    def counted(self, paragraph: etree._Element) -> Counted | None:
        """The next paragraph's place in its list; None when it is in none."""
        number, level = self._mark(paragraph)
        if number not in self._lists:
            return None
        levels = self._of(number)
        shape = levels[level]
        counters = self._counters.setdefault(self._definition(number), [None] * _DEEPEST)
        self._count(counters, number, level, levels)
        if shape.format == "bullet":
            return Counted(level, 0, BULLET)
        label = _PLACEHOLDER.sub(lambda found: _printed(found, shape, levels, counters), shape.pattern)
        return Counted(level, counters[level] or 0, label)

    def _mark(self, paragraph: etree._Element) -> tuple[str, int]:
        """The list and level of a paragraph."""
        style = _value(paragraph.find(f"{W}pPr"), "pStyle")
        number, level, owner = self._styles.numbering(style)
        own = paragraph.find(f"{W}pPr/{W}numPr")
        if own is not None:
            number, level = _value(own, "numId") or number, _value(own, "ilvl") or level
        if level:
            return number, min(_whole(level), _DEEPEST - 1)
        linked = [i for i, lvl in enumerate(self._of(number)) if owner and lvl.style == owner]
        return number, linked[0] if linked else 0

    def _count(self, counters: list[int | None], number: str, level: int, levels: tuple[_Level, ...]) -> None:
        """The first paragraph of a list with a start of its own begins there."""
        before = counters[level]
        begins = (number, level) not in self._begun and self._override(number, level) is not None
        counters[level] = levels[level].start if before is None or begins else before + 1
        self._begun.add((number, level))
        for upper in range(level):
            if counters[upper] is None:
                counters[upper] = levels[upper].start
        for deeper in range(level + 1, _DEEPEST):
            if levels[deeper].restarts:
                counters[deeper] = None

    def _definition(self, number: str) -> str:
        """The abstract list; a list style's link is followed once."""
        ident = _value(self._lists.get(number), "abstractNumId")
        link = _value(self._abstract.get(ident), "numStyleLink")
        linked = self._styles.numbering(link)[0] if link else ""
        return _value(self._lists.get(linked), "abstractNumId") or ident

    def _of(self, number: str) -> tuple[_Level, ...]:
        if number not in self._levels:
            levels = [_Level()] * _DEEPEST
            abstract = self._abstract.get(self._definition(number))
            entry = self._lists.get(number)
            for element in [] if abstract is None else abstract.findall(f"{W}lvl"):
                levels[_index(element)] = _level(element)
            for override in [] if entry is None else entry.findall(f"{W}lvlOverride"):
                index = _index(override)
                own = override.find(f"{W}lvl")
                shape = levels[index] if own is None else _level(own)
                start = _value(override, "startOverride")
                levels[index] = replace(shape, start=_whole(start)) if start else shape
            self._levels[number] = tuple(levels)
        return self._levels[number]

    def _override(self, number: str, level: int) -> str | None:
        for override in self._lists[number].findall(f"{W}lvlOverride"):
            if _index(override) == level and (start := _value(override, "startOverride")):
                return start
        return None


def _level(element: etree._Element) -> _Level:
    plain = element.find(f"{W}isLgl")
    return _Level(
        _value(element, "numFmt") or "decimal",
        _value(element, "lvlText"),
        _whole(_value(element, "start") or "0"),
        _value(element, "lvlRestart") != "0",
        plain is not None and plain.get(f"{W}val") not in ("0", "false", "off"),
        _value(element, "pStyle"),
    )


def _printed(
    found: re.Match[str], shape: _Level, levels: tuple[_Level, ...], counters: list[int | None]
) -> str:
    index = int(found[1]) - 1
    return _figure("decimal" if shape.plain else levels[index].format, counters[index] or 0)


def _figure(kind: str, number: int) -> str:
    match kind:
        case "none" | "bullet":
            return ""
        case "decimalZero":
            return f"{number:02}"
        case "lowerLetter" | "upperLetter" if number > 0:
            # After z come aa, bb, cc.
            letters = chr(ord("a") + (number - 1) % 26) * (min(number - 1, 999) // 26 + 1)
            return letters.upper() if kind == "upperLetter" else letters
        case "lowerRoman" | "upperRoman" if 0 < number < 4000:
            return _roman(number).upper() if kind == "upperRoman" else _roman(number)
        case _:
            return str(number)


def _roman(number: int) -> str:
    letters = ""
    for value, sign in _ROMAN:
        letters += sign * (number // value)
        number %= value
    return letters


def _index(element: etree._Element) -> int:
    return min(_whole(element.get(f"{W}ilvl", "0")), _DEEPEST - 1)


def _whole(text: str) -> int:
    """A number as a file has it; what is none counts as 0."""
    return int(text) if re.fullmatch(r"[0-9]{1,9}", text) else 0


def _value(element: etree._Element | None, name: str) -> str:
    """The `w:val` of a child."""
    child = None if element is None else element.find(f"{W}{name}")
    return "" if child is None else child.get(f"{W}val", "")
