"""A letterhead compiled once and then filled: what docxtpl makes of it, without opening the package again.

A letter differs from the next in the body, headers and footers, in its lists' numbering, its links and its
properties. These parts are written anew, by the same steps that docxtpl and python-docx take; every other one
is copied as the deflated bytes it was packed as. A test holds the whole file to be the same byte for byte.

Not every letterhead can be filled like this, see `compiled`; the others go through docxtpl each time.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections import OrderedDict
from collections.abc import Callable, Hashable, Iterator, Mapping
from typing import Any

from docx.opc.constants import CONTENT_TYPE as CT
from docx.opc.constants import RELATIONSHIP_TYPE as RT
from docx.opc.oxml import serialize_part_xml
from docx.opc.part import Part, XmlPart
from docx.oxml import parse_xml
from jinja2 import Template as JinjaTemplate

from letters.document.model import Letter
from letters.render.docx.archive import Entry, archive, entry
from letters.render.docx.engine import Template
from letters.render.docx.frames import MARKS, Frame, frame, marked, only_prints, shape, texts, words
from letters.render.docx.links import LinkParts, Links
from letters.render.docx.numbering import Numberer
from letters.render.docx.numbering_part import NumberingPart
from letters.render.docx.package import CORE
from letters.render.docx.slots import SlotEnvironment, slot_values
from letters.render.docx.xml import check

_DOCUMENT = "word/document.xml"
_TYPES = "[Content_Types].xml"
_LANGUAGES = 8  # kept at a time; a municipality writes in two or three
_SHAPES = 64  # of letters, kept at a time


class Shell:
    """A letterhead's package, compiled.

    Args:
        template: the letterhead, opened and never filled; its elements belong to the shell from now on.
        packed: the .docx of any letter on it, as docxtpl and `pack` made it.
        set_language: sets the language of styles and settings.
    """

    def __init__(
        self,
        template: Template,
        packed: bytes,
        environment: SlotEnvironment,
        set_language: Callable[[Any, str], None],
    ) -> None:
        part = template.docx.part
        self._template = template
        self._set_language = set_language
        self._links = LinkParts(part)
        self._rels_name = part.partname.rels_uri.lstrip("/")
        self._root = template.docx.element
        sources = dict(template.sources())
        self._margins = {name: _compiled_source(xml, environment) for name, xml in sources.items()}
        self._body = self._margins.pop(_DOCUMENT)
        self._only_prints = all(
            only_prints(environment.parse(xml)) and not any(mark in xml for mark in MARKS)
            for xml in sources.values()
        )
        self._frames: OrderedDict[Hashable, dict[str, Frame | Entry]] = OrderedDict()
        numbering = _related(part, RT.NUMBERING)
        self._numbering_name = _name(numbering)
        self._numbering = NumberingPart(numbering.element)
        self._translated = [_related(part, RT.STYLES), _related(part, RT.SETTINGS)]
        self._languages: dict[str, dict[str, Entry]] = {}
        self._kept = _entries(packed)
        self._kept[self._numbering_name] = entry(self._numbering_name, self._numbering.unchanged)

    def links(self) -> Links:
        """The document part's relationships, to which a letter adds its links."""
        return Links(self._links)

    def fill(
        self, letter: Letter, body: str, links: Links, numberer: Numberer, language: str, core: bytes
    ) -> bytes:
        """The .docx.

        Args:
            body: the body's elements, as `body_xml` writes them.
            core: the part docProps/core.xml.
        """
        new = {
            **self._kept,
            self._rels_name: entry(self._rels_name, links.xml()),
            CORE: entry(CORE, core),
            **self._in_language(language),
            **self._pages(letter, body),
        }
        if numberer.instances():
            new[self._numbering_name] = entry(self._numbering_name, self._numbering.with_lists(numberer))
        return archive(new.values())

    def _pages(self, letter: Letter, body: str) -> dict[str, Entry]:
        """The parts that have slots."""
        frames = self._framed(letter, body) if self._only_prints else None
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
        """By the same steps that docxtpl takes."""
        body = self._template.fix_tables(_filled(self._body, values))
        self._template.render_init()
        self._template.fix_docpr_ids(body)
        self._root.replace(self._root.body, body)
        parts = {_DOCUMENT: serialize_part_xml(self._root)}
        for name, source in self._margins.items():
            parts[name] = serialize_part_xml(parse_xml(_filled(source, values)))
        return parts

    def _in_language(self, language: str) -> dict[str, Entry]:
        if language not in self._languages:
            if len(self._languages) >= _LANGUAGES:
                self._languages.clear()
            self._set_language(self._template.docx, language)
            parts = {_name(part): part.blob for part in self._translated}
            self._languages[language] = {name: entry(name, blob) for name, blob in parts.items()}
        return self._languages[language]


def compiled(
    template: Template,
    packed: bytes,
    environment: SlotEnvironment,
    set_language: Callable[[Any, str], None],
) -> Shell | None:
    """The shell of a letterhead, or None where docxtpl must make each letter.

    That is where a letter would add a part (a letterhead without numbering), where docxtpl fills one part
    more than once (footnotes), or where headers and footers share a part.
    """
    part = template.docx.part
    kinds = [relation.reltype for relation in part.rels.values()]
    margins = [
        _name(p) for uri in (template.HEADER_URI, template.FOOTER_URI) for _, p in _margins(template, uri)
    ]
    types = {p.content_type for p in part.package.iter_parts()}
    once = all(kinds.count(kind) == 1 for kind in (RT.NUMBERING, RT.STYLES, RT.SETTINGS))
    names = _entries(packed).keys()
    if not once or len(set(margins)) != len(margins) or CT.WML_FOOTNOTES in types:
        return None
    if not {_DOCUMENT, CORE, _TYPES}.issubset(names) or not isinstance(_related(part, RT.NUMBERING), XmlPart):
        return None
    return Shell(template, packed, environment, set_language)


def _margins(template: Template, uri: str) -> Iterator[tuple[str, Part]]:
    found: Iterator[tuple[str, Part]] = template.get_headers_footers(uri)
    return found


def _compiled_source(xml: str, environment: SlotEnvironment) -> JinjaTemplate:
    """As `DocxTemplate.render_xml_part` prepares a part: a line of the source for each paragraph."""
    return environment.from_string(re.sub(r"<w:p([ >])", r"\n<w:p\1", xml))


def _filled(source: JinjaTemplate, values: Mapping[str, Any]) -> str:
    """As `DocxTemplate.render_xml_part` finishes a part."""
    xml = re.sub(r"\n<w:p([ >])", r"<w:p\1", source.render(values))
    return xml.replace("{_{", "{{").replace("}_}", "}}").replace("{_%", "{%").replace("%_}", "%}")


def _related(part: Part, kind: str) -> Any:  # noqa: ANN401 - python-docx does not say which part it is
    return next(r.target_part for r in part.rels.values() if r.reltype == kind)


def _name(part: Part) -> str:
    return str(part.partname).lstrip("/")


def _entries(packed: bytes) -> dict[str, Entry]:
    """The entries of a .docx in their order."""
    with zipfile.ZipFile(io.BytesIO(packed)) as package:
        return {name: entry(name, package.read(name)) for name in package.namelist()}
