"""A letterhead compiled once and then filled: what docxtpl makes of it, without opening the package again.

A letter differs from the next in the body, headers and footers, in its lists' numbering, its links and its
properties. These parts are written anew, by the same steps that docxtpl and python-docx take; every other one
is copied as the deflated bytes it was packed as. A test holds the whole file to be the same byte for byte.

Not every letterhead can be filled like this, see `compiling`; the others go through docxtpl each time. It is
not loaded for one that an earlier run compiled, nor is python-docx.
"""

from __future__ import annotations

import re
from collections import OrderedDict
from collections.abc import Hashable, Mapping
from typing import Any

from jinja2 import Template as JinjaTemplate
from lxml import etree

from letters.document.model import Letter
from letters.render.docx.archive import Entry, archive, entry
from letters.render.docx.frames import MARKS, Frame, frame, marked, shape, texts, words
from letters.render.docx.links import Links
from letters.render.docx.numbering import Numberer
from letters.render.docx.package import CORE
from letters.render.docx.prepared import DOCUMENT, Compiled
from letters.render.docx.slots import SlotEnvironment, slot_values
from letters.render.docx.xml import W, check

_LANGUAGES = 8  # kept at a time; a municipality writes in two or three
_SHAPES = 64  # of letters, kept at a time
_DRAWING = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}docPr"
_FIRST_DRAWING = 1001  # as docxtpl numbers them
_PARSER = etree.XMLParser(remove_blank_text=True, resolve_entities=False)  # as python-docx's


class Shell:
    """A letterhead that is filled compiled."""

    def __init__(self, parts: Compiled, environment: SlotEnvironment) -> None:
        self._parts = parts
        self._root = etree.fromstring(parts.root)
        self._body = environment.from_string(parts.body)
        self._margins = {name: environment.from_string(xml) for name, xml in parts.margins.items()}
        self._frames: OrderedDict[Hashable, dict[str, Frame | Entry]] = OrderedDict()
        self._languages: dict[str, dict[str, Entry]] = {}

    def links(self) -> Links:
        """The document part's relationships, to which a letter adds its links."""
        return Links(self._parts.links)

    def fill(
        self, letter: Letter, body: str, links: Links, numberer: Numberer, language: str, core: bytes
    ) -> bytes:
        """The .docx.

        Args:
            body: the body's elements, as `body_xml` writes them.
            core: the part docProps/core.xml.
        """
        new = {
            **self._parts.packed,
            self._parts.relations: entry(self._parts.relations, links.xml()),
            CORE: entry(CORE, core),
            **self._in_language(language),
            **self._pages(letter, body),
        }
        if numberer.instances():
            name = self._parts.numbering
            new[name] = entry(name, self._parts.lists.with_lists(numberer))
        return archive(new.values())

    def _pages(self, letter: Letter, body: str) -> dict[str, Entry]:
        """The parts that have slots."""
        frames = self._framed(letter, body) if self._parts.only_prints else None
        if not frames:
            parts = self._rendered(slot_values(letter, body))
            return {name: entry(name, part) for name, part in parts.items()}
        written = texts(letter.slots, body)
        return {
            name: one if isinstance(one, Entry) else entry(name, check(one.filled(written)))
            for name, one in frames.items()
        }

    def _framed(self, letter: Letter, body: str) -> dict[str, Frame | Entry]:
        """The frames of a letter's shape; none where a text stands where only a parser can put it."""
        key = shape(letter.slots, body)
        if any(mark in word for word in words(letter.slots) for mark in MARKS):
            return {}
        if key in self._frames:
            self._frames.move_to_end(key)
            return self._frames[key]
        rendered = self._rendered(marked(letter, body))
        found = {name: frame(part.decode()) for name, part in rendered.items()}
        frames = {
            name: one if one.places else entry(name, rendered[name]) for name, one in found.items() if one
        }
        self._frames[key] = frames if len(frames) == len(found) else {}
        if len(self._frames) > _SHAPES:
            self._frames.popitem(last=False)
        return self._frames[key]

    def _rendered(self, values: Mapping[str, Any]) -> dict[str, bytes]:
        """By the same steps that docxtpl takes; elements are the same but for python-docx's classes."""
        body = etree.fromstring(_filled(self._body, values))
        for number, drawing in enumerate(body.iter(_DRAWING), _FIRST_DRAWING):
            drawing.set("id", str(number))
        self._root.replace(next(self._root.iterchildren(f"{W}body")), body)
        parts = {DOCUMENT: _serialized(self._root)}
        for name, source in self._margins.items():
            parts[name] = _serialized(etree.fromstring(_filled(source, values), _PARSER))
        return parts

    def _in_language(self, language: str) -> dict[str, Entry]:
        if language not in self._languages:
            if len(self._languages) >= _LANGUAGES:
                self._languages.clear()
            self._languages[language] = {
                name: entry(name, _translated(part, language))
                for name, part in self._parts.translated.items()
            }
        return self._languages[language]


def _translated(part: bytes, language: str) -> bytes:
    root = etree.fromstring(part)
    set_language(root, language)
    return _serialized(root)


def set_language(root: etree._Element, language: str) -> None:
    """The letter's language, not that of the machine on which the letterhead was edited."""
    for element in root.iter(f"{W}lang", f"{W}themeFontLang"):
        element.set(f"{W}val", language)


def _filled(source: JinjaTemplate, values: Mapping[str, Any]) -> str:
    """As `DocxTemplate.render_xml_part` finishes a part."""
    xml = re.sub(r"\n<w:p([ >])", r"<w:p\1", source.render(values))
    return xml.replace("{_{", "{{").replace("}_}", "}}").replace("{_%", "{%").replace("%_}", "%}")


def _serialized(root: etree._Element) -> bytes:
    """As python-docx writes a part."""
    written: bytes = etree.tostring(root, encoding="UTF-8", standalone=True)
    return written
