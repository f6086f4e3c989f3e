"""A letterhead compiled once and then filled: what docxtpl makes of it, without opening the package again.

A letter differs from the next in the body, headers and footers, in its lists' numbering, its links and its
properties. These parts are written anew, by the same steps that docxtpl and python-docx take; every other one
is copied as the deflated bytes it was packed as. A test holds the whole file to be the same byte for byte.

Not every letterhead can be filled like this, see `compiled`; the others go through docxtpl each time.
"""

from __future__ import annotations

import copy
import io
import re
import zipfile
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from docx.opc.constants import CONTENT_TYPE as CT
from docx.opc.constants import RELATIONSHIP_TYPE as RT
from docx.opc.oxml import serialize_part_xml
from docx.opc.part import Part, XmlPart
from docx.opc.rel import Relationships
from docx.oxml import parse_xml
from jinja2 import Template as JinjaTemplate
from lxml import etree

from letters.render.docx.archive import Entry, archive, entry
from letters.render.docx.engine import Template
from letters.render.docx.slots import SlotEnvironment

_DOCUMENT = "word/document.xml"
_CORE = "docProps/core.xml"
_TYPES = "[Content_Types].xml"
_LANGUAGES = 8  # kept at a time; a municipality writes in two or three


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
        self._relations = [(r.rId, r.reltype, r._target, r.is_external) for r in part.rels.values()]
        self._base_uri = part.partname.baseURI
        self._rels_name = part.partname.rels_uri.lstrip("/")
        self._root = template.docx.element
        self._body = _compiled_source(template.patch_xml(template.get_xml()), environment)
        self._margins = {
            _name(margin): _compiled_source(template.patch_xml(template.get_part_xml(margin)), environment)
            for uri in (template.HEADER_URI, template.FOOTER_URI)
            for _, margin in template.get_headers_footers(uri)
        }
        numbering = _related(part, RT.NUMBERING)
        self._numbering = _name(numbering)
        self._numbering_root = numbering.element
        self._translated = [_related(part, RT.STYLES), _related(part, RT.SETTINGS)]
        self._languages: dict[str, dict[str, Entry]] = {}
        self._kept = _entries(packed)

    def relations(self) -> Relationships:
        """The document part's relationships, to which a letter adds its links."""
        relations = Relationships(self._base_uri)
        for ident, kind, target, external in self._relations:
            relations.add_relationship(kind, target, ident, external)
        return relations

    def fill(
        self,
        values: Mapping[str, Any],
        relations: Relationships,
        number: Callable[[etree._Element], None] | None,
        language: str,
        core: bytes,
    ) -> bytes:
        """The .docx.

        Args:
            number: adds the letter's lists to the numbering part; None for a letter without lists.
            core: the part docProps/core.xml.
        """
        new = {
            _DOCUMENT: entry(self._document(values)),
            self._rels_name: entry(_xml(relations.xml)),
            _CORE: entry(core),
            **self._in_language(language),
        }
        for name, source in self._margins.items():
            new[name] = entry(serialize_part_xml(parse_xml(_filled(source, values))))
        root = self._numbering_root
        if number is not None:
            root = copy.deepcopy(root)
            number(root)
        new[self._numbering] = entry(serialize_part_xml(root))
        return archive((name, new.get(name, kept)) for name, kept in self._kept)

    def _document(self, values: Mapping[str, Any]) -> bytes:
        body = self._template.fix_tables(_filled(self._body, values))
        self._template.render_init()
        self._template.fix_docpr_ids(body)
        self._root.replace(self._root.body, body)
        return serialize_part_xml(self._root)

    def _in_language(self, language: str) -> dict[str, Entry]:
        if language not in self._languages:
            if len(self._languages) >= _LANGUAGES:
                self._languages.clear()
            self._set_language(self._template.docx, language)
            self._languages[language] = {_name(part): entry(part.blob) for part in self._translated}
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
    names = {name for name, _ in _entries(packed)}
    if not once or len(set(margins)) != len(margins) or CT.WML_FOOTNOTES in types:
        return None
    if not {_DOCUMENT, _CORE, _TYPES}.issubset(names) or not isinstance(
        _related(part, RT.NUMBERING), XmlPart
    ):
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


def _xml(text: str | bytes) -> bytes:
    return text if isinstance(text, bytes) else text.encode()


def _entries(packed: bytes) -> list[tuple[str, Entry]]:
    """The entries of a .docx in their order, as `entry` compresses them."""
    with zipfile.ZipFile(io.BytesIO(packed)) as package:
        return [(name, entry(package.read(name))) for name in package.namelist()]
