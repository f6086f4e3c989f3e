"""What python-docx and docxtpl know of a letterhead, as data that letters are filled in without them."""

from __future__ import annotations

import copy
import io
import re
import zipfile
from collections.abc import Iterator
from typing import Any

from docx.opc.constants import CONTENT_TYPE as CT
from docx.opc.constants import RELATIONSHIP_TYPE as RT
from docx.opc.oxml import serialize_part_xml
from docx.opc.part import Part, XmlPart
from docx.opc.rel import Relationships

from letters.render.docx.archive import Entry, entry
from letters.render.docx.engine import Template
from letters.render.docx.frames import MARKS, only_prints
from letters.render.docx.links import LinkParts, link
from letters.render.docx.numbering_xml import numbering_part
from letters.render.docx.package import CORE
from letters.render.docx.prepared import DOCUMENT, Compiled
from letters.render.docx.slots import SlotEnvironment

_TYPES = "[Content_Types].xml"
_MARK = "x:letters"  # an address that no letterhead has


def compiled(template: Template, packed: bytes, environment: SlotEnvironment) -> Compiled | None:
    """A letterhead's package, or None where docxtpl must make each letter.

    That is where a letter would add a part (a letterhead without numbering), where docxtpl fills one part
    more than once (footnotes), or where headers and footers share a part.

    Args:
        template: the letterhead, opened and never filled.
        packed: the .docx of any letter on it, as docxtpl and `pack` made it.
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
    if not {DOCUMENT, CORE, _TYPES}.issubset(names) or not isinstance(_related(part, RT.NUMBERING), XmlPart):
        return None
    return _compiled(template, packed, environment)


def _compiled(template: Template, packed: bytes, environment: SlotEnvironment) -> Compiled:
    part = template.docx.part
    sources = dict(template.sources())
    numbering, styles, settings = (_related(part, kind) for kind in (RT.NUMBERING, RT.STYLES, RT.SETTINGS))
    lists = numbering_part(numbering.element)
    prepared = {name: _prepared(xml) for name, xml in sources.items()}
    return Compiled(
        root=_without_body(template.docx.element),
        body=prepared.pop(DOCUMENT),
        margins=prepared,
        only_prints=all(
            only_prints(environment.parse(xml)) and not any(mark in xml for mark in MARKS)
            for xml in sources.values()
        ),
        relations=part.partname.rels_uri.lstrip("/"),
        links=_link_parts(part),
        numbering=_name(numbering),
        lists=lists,
        translated={_name(one): one.blob for one in (styles, settings)},
        packed={**_entries(packed), _name(numbering): entry(_name(numbering), lists.unchanged)},
    )


def _without_body(root: Any) -> bytes:  # noqa: ANN401 - python-docx has no types
    """The document part with an empty body."""
    emptied = copy.deepcopy(root)
    body = emptied.body
    emptied.replace(body, body.makeelement(body.tag, nsmap=body.nsmap))
    written: bytes = serialize_part_xml(emptied)
    return written


def _link_parts(part: Part) -> LinkParts:
    own = Relationships(part.partname.baseURI)
    for relation in part.rels.values():
        own.add_relationship(relation.reltype, relation._target, relation.rId, relation.is_external)
    taken = frozenset(own)
    known = {
        r.target_ref: r.rId for r in reversed(own.values()) if r.is_external and r.reltype == RT.HYPERLINK
    }
    unchanged = _bytes(own.xml)
    ident = own.get_or_add_ext_rel(RT.HYPERLINK, _MARK)
    before, after = _bytes(own.xml).decode().split(link(ident, _MARK))
    return LinkParts(taken, known, unchanged, before, after)


def _bytes(xml: str | bytes) -> bytes:
    return xml if isinstance(xml, bytes) else xml.encode()


def _prepared(xml: str) -> str:
    """As `DocxTemplate.render_xml_part` prepares a part: a line of the source for each paragraph."""
    return re.sub(r"<w:p([ >])", r"\n<w:p\1", xml)


def _margins(template: Template, uri: str) -> Iterator[tuple[str, Part]]:
    found: Iterator[tuple[str, Part]] = template.get_headers_footers(uri)
    return found


def _related(part: Part, kind: str) -> Any:  # noqa: ANN401 - python-docx does not say which part it is
    return next(r.target_part for r in part.rels.values() if r.reltype == kind)


def _name(part: Part) -> str:
    return str(part.partname).lstrip("/")


def _entries(packed: bytes) -> dict[str, Entry]:
    """The entries of a .docx in their order."""
    with zipfile.ZipFile(io.BytesIO(packed)) as package:
        return {name: entry(name, package.read(name)) for name in package.namelist()}
