"""What a letterhead may bring into a letter, and what must not come along."""

from __future__ import annotations

from docx.document import Document as WordDocument
from docx.opc.constants import CONTENT_TYPE as CT
from docx.opc.constants import RELATIONSHIP_TYPE as RT
from docx.opc.part import XmlPart
from lxml import etree

from letters.render.docx.xml import W

_KEPT = {
    RT.STYLES,
    RT.NUMBERING,
    RT.SETTINGS,
    RT.FONT_TABLE,
    RT.THEME,
    RT.HEADER,
    RT.FOOTER,
    RT.FOOTNOTES,
    RT.ENDNOTES,
    RT.IMAGE,
    RT.HYPERLINK,
}
# What Word keeps for itself or for the people who work on the letterhead; none of it is for the recipient.
_LEFTOVERS = {
    f"{W}{name}"
    for name in (
        "rsids",
        "attachedTemplate",
        "proofErr",
        "lastRenderedPageBreak",
        "commentRangeStart",
        "commentRangeEnd",
        "commentReference",
        "documentProtection",
        "writeProtection",
        "docVars",
        "mailMerge",
        "trackRevisions",
    )
}
_EXTENSION_IDS = ("docId", "paraId", "textId")  # w14:docId and its kin: random numbers


def clean(document: WordDocument) -> None:
    """Remove from an opened letterhead (python-docx) whatever tells of its makers, and all revision ids."""
    package = document.part.package
    for key, relation in list(package.rels.items()):
        if relation.reltype != RT.OFFICE_DOCUMENT:
            del package.rels[key]
    for key, relation in list(document.part.rels.items()):
        if relation.reltype not in _KEPT:
            del document.part.rels[key]
    for part in list(package.iter_parts()):
        if part.content_type == CT.WML_SETTINGS:
            part.rels.clear()  # the template's path on its maker's machine
        if isinstance(part, XmlPart):
            _clean_xml(part.element)


def _clean_xml(root: etree._Element) -> None:
    for element in list(root.iter(etree.Element)):
        for name in list(element.attrib):
            local = etree.QName(name).localname
            if local.startswith("rsid") or local in _EXTENSION_IDS:
                del element.attrib[name]
        local = etree.QName(element).localname
        go_back = local == "bookmarkStart" and element.get(f"{W}name") == "_GoBack"
        if go_back:
            _remove_bookmark_end(root, element.get(f"{W}id"))
        if element.tag in _LEFTOVERS or local in _EXTENSION_IDS or go_back:
            _remove(element)


def _remove_bookmark_end(root: etree._Element, ident: str | None) -> None:
    for end in list(root.iter(f"{W}bookmarkEnd")):
        if end.get(f"{W}id") == ident:
            _remove(end)


def _remove(element: etree._Element) -> None:
    parent = element.getparent()
    if parent is not None:
        parent.remove(element)
