"""A small reader of Word files: it counts numbered paragraphs as Word does."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable
from dataclasses import dataclass

from lxml import etree

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"


def names_in(data: bytes) -> list[str]:
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return package.namelist()


def raw(data: bytes, name: str) -> bytes:
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return package.read(name)


def part(data: bytes, name: str = "word/document.xml") -> etree._Element:
    return etree.fromstring(raw(data, name))


def links(data: bytes) -> dict[str, str]:
    """Relationship id -> target of the document's external links."""
    relations = part(data, "word/_rels/document.xml.rels")
    return {r.get("Id"): r.get("Target") for r in relations if r.get("TargetMode") == "External"}


def repacked(data: bytes, change: Callable[[str, bytes], bytes | None]) -> bytes:
    """The package with each part changed; None leaves it out."""
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(target, "w") as packed:
        for name in source.namelist():
            changed = change(name, source.read(name))
            if changed is not None:
                packed.writestr(name, changed)
    return target.getvalue()


@dataclass(frozen=True)
class Read:
    """A paragraph as read: style name, computed label, text."""

    style: str
    label: str
    text: str
    element: etree._Element


def paragraphs(data: bytes) -> list[Read]:
    """Every paragraph of the document part, cells included, in the order of the file."""
    styles = style_names(data)
    labels = _Labels(part(data, "word/numbering.xml"))
    return [Read(styles[_style(p)], labels.next(p), text_of(p), p) for p in part(data).iter(f"{W}p")]


def style_names(data: bytes) -> dict[str, str]:
    found = part(data, "word/styles.xml").iter(f"{W}style")
    return {style.get(f"{W}styleId"): style.find(f"{W}name").get(f"{W}val") for style in found}


def words_of(data: bytes) -> tuple[str, ...]:
    """The words of the page: labels, then texts; bullets are no words."""
    pieces = [f"{p.label.replace('•', '')} {p.text}" for p in paragraphs(data)]
    return tuple(" ".join(pieces).split())


def text_of(element: etree._Element) -> str:
    """Texts, with breaks as line feeds and tabs as tabs."""
    marks = {f"{W}br": "\n", f"{W}tab": "\t"}
    runs = (child for run in element.iter(f"{W}r") for child in run)
    return "".join(marks.get(child.tag, child.text or "" if child.tag == f"{W}t" else "") for child in runs)


def _style(paragraph: etree._Element) -> str:
    return str(paragraph.find(f"{W}pPr/{W}pStyle").get(f"{W}val"))


class _Labels:
    """Counts as Word does: instances of one definition share counters; an own start applies once."""

    def __init__(self, numbering: etree._Element) -> None:
        self._levels = {
            a.get(f"{W}abstractNumId"): [
                (lvl.find(f"{W}numFmt").get(f"{W}val"), lvl.find(f"{W}lvlText").get(f"{W}val"))
                for lvl in a.iter(f"{W}lvl")
            ]
            for a in numbering.iter(f"{W}abstractNum")
        }
        self._of = {
            n.get(f"{W}numId"): n.find(f"{W}abstractNumId").get(f"{W}val") for n in numbering.iter(f"{W}num")
        }
        self._starts = {
            (n.get(f"{W}numId"), int(o.get(f"{W}ilvl"))): int(o.find(f"{W}startOverride").get(f"{W}val"))
            for n in numbering.iter(f"{W}num")
            for o in n.iter(f"{W}lvlOverride")
        }
        self._counters: dict[str, list[int]] = {}

    def next(self, paragraph: etree._Element) -> str:
        mark = paragraph.find(f"{W}pPr/{W}numPr")
        if mark is None:
            return ""
        number, level = (mark.find(f"{W}{name}").get(f"{W}val") for name in ("numId", "ilvl"))
        definition = self._of[number]
        counters = self._counters.setdefault(definition, [0, 0])
        self._count(counters, number, int(level))
        return self._label(definition, counters, int(level))

    def _count(self, counters: list[int], number: str, level: int) -> None:
        start = self._starts.pop((number, level), None)
        counters[level] = counters[level] + 1 if start is None else start
        counters[level + 1 :] = [0] * (len(counters) - level - 1)

    def _label(self, definition: str, counters: list[int], level: int) -> str:
        levels = self._levels[definition]
        return re.sub(
            r"%(\d)",
            lambda found: _figure(levels[int(found[1]) - 1][0], counters[int(found[1]) - 1]),
            levels[level][1],
        )


def _figure(kind: str, number: int) -> str:
    return {"decimal": str(number), "lowerLetter": chr(ord("a") + number - 1)}[kind]
