"""A letterhead in Word: opened, cleaned and checked once; every fault is a problem with its place."""

from __future__ import annotations

import io
from pathlib import Path

from docx.document import Document as WordDocument
from docx.opc.constants import RELATIONSHIP_TYPE as RT
from lxml import etree
from msgspec import Struct

from letters.problems import TemplateError
from letters.render.docx import faults, names
from letters.render.docx.cleaning import clean
from letters.render.docx.engine import Template
from letters.render.docx.prepared import Letterhead
from letters.render.docx.slots import SlotEnvironment
from letters.render.docx.xml import W

_TWIP = 635  # English Metric Units, which python-docx counts in


class Opened(Struct, frozen=True):
    """A letterhead that python-docx has opened and that is in order.

    Attributes:
        data: the cleaned .docx.
    """

    head: Letterhead
    data: bytes


def open_letterhead(path: Path, data: bytes, environment: SlotEnvironment, patched: dict[str, str]) -> Opened:
    """Check a letterhead.

    Args:
        data: the file's bytes.
        patched: see `Template`.

    Raises:
        TemplateError: when it is no Word file, or lacks a part, a style or a slot, or has an unknown slot.
    """
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
    return Opened(_letterhead(document), cleaned.getvalue())


def _letterhead(document: WordDocument) -> Letterhead:
    styles = document.styles.element
    ids = {
        name: ident for kind in faults.STYLE_TYPES for name, ident in faults.style_ids(styles, kind).items()
    }
    relations = document.part.rels.values()
    numbering = [part.target_part.element for part in relations if part.reltype == RT.NUMBERING]
    return Letterhead(
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
