"""A letterhead in Word: opened, cleaned and checked once; every fault is a problem with its place."""

from __future__ import annotations

import io
from collections.abc import Mapping
from pathlib import Path

from docx.document import Document as WordDocument
from docx.opc.constants import RELATIONSHIP_TYPE as RT
from lxml import etree
from msgspec import Struct

from letters.problems import TemplateError
from letters.render.docx import faults, names
from letters.render.docx.engine import Template
from letters.render.docx.package import clean
from letters.render.docx.slots import SlotEnvironment
from letters.render.docx.xml import W

_TWIP = 635  # English Metric Units, which python-docx counts in


class Letterhead(Struct, frozen=True):
    """A letterhead ready for use.

    Attributes:
        data: the cleaned .docx.
        styles: style name -> id.
        indents: list style name -> its `w:ind` element as text; empty when it has none.
        list_gap: the space below `Body Text` in twips, which the end of a list gets too.
        text_width: of the text column, in twips.
        first_definition: the first free `w:abstractNumId`; `first_instance` the first free `w:numId`.
    """

    data: bytes
    styles: Mapping[str, str]
    indents: Mapping[str, str]
    list_gap: int
    text_width: int
    first_definition: int
    first_instance: int


def open_letterhead(path: Path, environment: SlotEnvironment, patched: dict[str, str]) -> Letterhead:
    """Read and check a letterhead.

    Args:
        patched: see `Template`.

    Raises:
        TemplateError: when it is no Word file, or lacks a part, a style or a slot, or has an unknown slot.
    """
    data = faults.read_bytes(path)
    if problems := list(faults.missing_parts(path, data)):
        raise TemplateError(problems)
    document = faults.open_document(path, data)
    problems = [*faults.lost_relations(path, document), *faults.tracked_changes(path, document)]
    clean(document)
    cleaned = io.BytesIO()
    document.save(cleaned)
    sources = dict(Template(cleaned.getvalue(), patched).sources())
    problems += faults.style_problems(path, document)
    problems += faults.slot_problems(path, sources, environment)
    if problems:
        raise TemplateError(problems)
    return _letterhead(document, cleaned.getvalue())


def _letterhead(document: WordDocument, data: bytes) -> Letterhead:
    styles = document.styles.element
    ids = {
        name: ident for kind in faults.STYLE_TYPES for name, ident in faults.style_ids(styles, kind).items()
    }
    relations = document.part.rels.values()
    numbering = [part.target_part.element for part in relations if part.reltype == RT.NUMBERING]
    return Letterhead(
        data=data,
        styles=ids,
        indents={name: _indent(styles, ids[name]) for name in _LIST_STYLES},
        list_gap=_space_after(styles, ids[names.BODY]),
        text_width=_text_width(document),
        first_definition=_next_id(numbering, "abstractNum", "abstractNumId"),
        first_instance=_next_id(numbering, "num", "numId"),
    )


_LIST_STYLES = (*names.BULLETS, *names.NUMBERS, *names.LITERALS, *names.QUOTED_LIST)


def _indent(styles: etree._Element, ident: str) -> str:
    """The style's own indent, for the numbering's levels: Word lets a level's indent win over the style's."""
    found = styles.find(f"{W}style[@{W}styleId='{ident}']/{W}pPr/{W}ind")
    if found is None:
        return ""
    values = "".join(f' w:{etree.QName(key).localname}="{found.get(key)}"' for key in found.attrib)
    return f"<w:ind{values}/>"


def _space_after(styles: etree._Element, ident: str) -> int:
    found = styles.find(f"{W}style[@{W}styleId='{ident}']/{W}pPr/{W}spacing")
    return 0 if found is None else int(found.get(f"{W}after", "0"))


def _text_width(document: WordDocument) -> int:
    section = document.sections[-1]
    lengths = (section.page_width, section.left_margin, section.right_margin)
    width, left, right = (length or 0 for length in lengths)
    return round((width - left - right) / _TWIP)


def _next_id(numbering: list[etree._Element], tag: str, attribute: str) -> int:
    """0 stands for "no list" among the instances, so counting begins at 1."""
    taken = [int(entry.get(f"{W}{attribute}", "0")) for root in numbering for entry in root.iter(f"{W}{tag}")]
    return 1 + max(taken, default=0)
