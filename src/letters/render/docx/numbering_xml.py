"""A letter's lists put into the numbering part of a letterhead that python-docx has opened."""

from __future__ import annotations

import copy

from docx.opc.oxml import serialize_part_xml
from docx.oxml import parse_xml
from lxml import etree

from letters.render.docx.numbering import Numberer
from letters.render.docx.numbering_part import NumberingPart
from letters.render.docx.xml import W_NS, W

_DEFINITION, _INSTANCE = '<w:abstractNum w:abstractNumId="-1"/>', '<w:num w:numId="-1"/>'


def numbering_part(root: etree._Element) -> NumberingPart:
    """The part whose element this is, which stays as it is."""
    marked = copy.deepcopy(root)
    _add(marked, [_DEFINITION], [_INSTANCE])
    before, rest = serialize_part_xml(marked).decode().split(_DEFINITION)
    between, after = rest.split(_INSTANCE)
    return NumberingPart(serialize_part_xml(root), (before, between, after))


def add_lists(root: etree._Element, numberer: Numberer) -> None:
    """Put the letter's lists into the numbering part."""
    _add(root, numberer.definitions(), numberer.instances())


def _add(root: etree._Element, definitions: list[str], instances: list[str]) -> None:
    """The schema wants definitions before instances."""
    first = next((place for place, child in enumerate(root) if child.tag == f"{W}num"), len(root))
    for place, definition in enumerate(definitions, first):
        root.insert(place, _element(definition))
    after = 1 + max(place for place, child in enumerate(root) if child.tag in (f"{W}num", f"{W}abstractNum"))
    for place, instance in enumerate(instances, after):
        root.insert(place, _element(instance))


def _element(xml: str) -> etree._Element:
    name = xml[1 : xml.index(" ")]
    return parse_xml(xml.replace(f"<{name}", f'<{name} xmlns:w="{W_NS}"', 1))
