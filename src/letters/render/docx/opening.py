"""Opening a letterhead: checked, tried out with specimens, and compiled where that is possible.

This and what it imports loads python-docx and docxtpl, which takes longer than making a letter.
"""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path

from docx.opc.constants import CONTENT_TYPE as CT
from docx.opc.constants import RELATIONSHIP_TYPE as RT
from docx.opc.packuri import PackURI
from docx.opc.part import XmlPart
from docx.oxml import parse_xml
from docx.parts.document import DocumentPart
from docx.parts.numbering import NumberingPart
from lxml import etree

from letters.document.model import Letter
from letters.render.docx.compiling import compiled
from letters.render.docx.engine import Template
from letters.render.docx.letterhead import open_letterhead
from letters.render.docx.numbering import Numberer
from letters.render.docx.numbering_xml import add_lists
from letters.render.docx.package import pack
from letters.render.docx.prepared import Compiled, Letterhead
from letters.render.docx.shell import set_language
from letters.render.docx.slots import SlotEnvironment, slot_values
from letters.render.docx.specimen import check_specimens as check_specimens
from letters.render.docx.xml import W_NS


class ByDocxtpl:
    """A letterhead as docxtpl fills it.

    Args:
        path: where it lies, for problems.
        data: its bytes.

    Raises:
        TemplateError: with every fault found in it.
    """

    def __init__(self, path: Path, data: bytes, environment: SlotEnvironment) -> None:
        self._environment = environment
        self._patched: dict[str, str] = {}
        opened = open_letterhead(path, data, environment, self._patched)
        self._data = opened.data
        self.head: Letterhead = opened.head

    def compiled(self, packed: bytes) -> Compiled | None:
        """The letterhead as it is filled without docxtpl; None where it cannot be.

        Args:
            packed: any letter that `draw` made.
        """
        return compiled(Template(self._data, self._patched), packed, self._environment)

    def draw(
        self,
        letter: Letter,
        write: Callable[[Callable[[str], str]], tuple[str, Numberer]],
        language: str,
        core: Callable[[], bytes],
    ) -> bytes:
        """The .docx of a letter.

        Args:
            write: gives the body's elements and its lists, and asks for the id of each link's relationship.
            core: the part docProps/core.xml.
        """
        template = Template(self._data, self._patched)
        document = template.docx
        body, numberer = write(lambda to: document.part.rels.get_or_add_ext_rel(RT.HYPERLINK, to))
        template.render(slot_values(letter, body), self._environment)
        if numberer.instances():
            add_lists(_numbering_root(document.part), numberer)
        for part in (document.styles.element, document.settings.element):
            set_language(part, language)
        saved = io.BytesIO()
        template.save(saved)
        return pack(saved.getvalue(), core())


def _numbering_root(document: DocumentPart) -> etree._Element:
    """Word drops the part when it saves a letterhead that has no list."""
    for relation in document.rels.values():
        if relation.reltype == RT.NUMBERING and isinstance(relation.target_part, XmlPart):
            return _root(relation.target_part)
    root = parse_xml(f'<w:numbering xmlns:w="{W_NS}"/>')
    part = NumberingPart(PackURI("/word/numbering.xml"), CT.WML_NUMBERING, root, document.package)
    document.relate_to(part, RT.NUMBERING)
    return _root(part)


def _root(part: XmlPart) -> etree._Element:
    root: etree._Element = part.element
    return root
