"""The numbering part of a letterhead, to which each letter adds its lists."""

from __future__ import annotations

import copy

from docx.opc.oxml import serialize_part_xml
from docx.oxml import parse_xml
from lxml import etree

from letters.render.docx.numbering import Numberer
from letters.render.docx.xml import W_NS, W

_DEFINITION, _INSTANCE = '<w:abstractNum w:abstractNumId="-1"/>', '<w:num w:numId="-1"/>'


class NumberingPart:
    """The part, ready for the lists of a letter.

    Args:
        root: the part's element, which stays as it is.
    """

    def __init__(self, root: etree._Element) -> None:
        self.unchanged: bytes = serialize_part_xml(root)
        marked = copy.deepcopy(root)
        _add(marked, [_DEFINITION], [_INSTANCE])
        before, rest = serialize_part_xml(marked).decode().split(_DEFINITION)
        self._pieces = (before, *rest.split(_INSTANCE))

    def with_lists(self, numberer: Numberer) -> bytes:
        """The part with a letter's definitions and instances."""
        before, between, after = self._pieces
        definitions, instances = "".join(numberer.definitions()), "".join(numberer.instances())
        return f"{before}{definitions}{between}{instances}{after}".encode()


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
