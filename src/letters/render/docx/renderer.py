"""The stage Letter -> .docx. It draws what the Letter says and decides nothing else."""

from __future__ import annotations

import functools
import io
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from docx.document import Document as WordDocument
from docx.opc.constants import CONTENT_TYPE as CT
from docx.opc.constants import RELATIONSHIP_TYPE as RT
from docx.opc.packuri import PackURI
from docx.opc.part import XmlPart
from docx.opc.rel import Relationships
from docx.oxml import parse_xml
from docx.parts.document import DocumentPart
from docx.parts.numbering import NumberingPart
from lxml import etree

from letters.document.model import Letter
from letters.problems import RenderError
from letters.render.docx.blocks import BlockWriter, body_xml
from letters.render.docx.engine import Template
from letters.render.docx.languages import with_region
from letters.render.docx.letterhead import Letterhead, open_letterhead
from letters.render.docx.numbering import Numberer
from letters.render.docx.package import core_properties, pack
from letters.render.docx.runs import RunWriter
from letters.render.docx.shell import Shell, compiled
from letters.render.docx.slots import SlotEnvironment, slot_values
from letters.render.docx.specimen import check_specimens
from letters.render.docx.xml import W_NS, W


class DocxRenderer:
    """Draws letters on one letterhead; lives as long as the process. One thread at a time.

    Args:
        letterhead: a .docx with slots, and with the styles that `names` lists.
        compile_: fill the letterhead compiled where that is possible, and let docxtpl make each letter anew
            where not. The files are the same.

    Raises:
        TemplateError: with every fault found in the letterhead.
    """

    def __init__(self, letterhead: Path, *, compile_: bool = True) -> None:
        self._environment = SlotEnvironment()
        self._patched: dict[str, str] = {}
        self._letterhead: Letterhead = open_letterhead(letterhead, self._environment, self._patched)
        self._shell: Shell | None = None
        self._compile = compile_
        check_specimens(self._specimen, str(letterhead))

    def _specimen(self, letter: Letter) -> bytes:
        """As `render`. The first specimen tells docxtpl's parts; the others, like letters, are filled."""
        made = self.render(letter)
        if self._compile:
            self._compile = False
            template = Template(self._letterhead.data, self._patched)
            self._shell = compiled(template, made, self._environment, _set_language)
        return made

    def render(self, letter: Letter) -> bytes:
        """The letter as a .docx; the same letter always gives the same bytes.

        Raises:
            RenderError: when the letter holds characters that no Word file can hold.
        """
        if self._shell is not None:
            return self._filled(letter, self._shell)
        template = Template(self._letterhead.data, self._patched)
        values, numberer = self._written(letter, template.docx.part.rels)
        template.render(values, self._environment)
        if numberer.instances():
            _add_numbering(_numbering_root(template.docx.part), numberer)
        return _finish(template, letter)

    def _filled(self, letter: Letter, shell: Shell) -> bytes:
        relations = shell.relations()
        values, numberer = self._written(letter, relations)
        number = functools.partial(_add_numbering, numberer=numberer) if numberer.instances() else None
        return shell.fill(values, relations, number, _language(letter), _core(letter))

    def _written(self, letter: Letter, relations: Relationships) -> tuple[Mapping[str, Any], Numberer]:
        """What the slots get, the links noted among the relations, and the lists that were met."""
        head = self._letterhead
        runs = RunWriter(head.styles, lambda target: relations.get_or_add_ext_rel(RT.HYPERLINK, target))
        numberer = Numberer(head.indents, head.first_definition, head.first_instance)
        writer = BlockWriter(runs, numberer, head.text_width, head.list_gap)
        body = body_xml(writer.pieces(letter), head.styles)
        values = slot_values(letter, runs, body)
        runs.text(letter.title)
        if runs.problems:
            raise RenderError(runs.problems)
        return values, numberer


def _add_numbering(root: etree._Element, numberer: Numberer) -> None:
    """Put the letter's lists into the numbering part; the schema wants definitions before instances."""
    first = next((place for place, child in enumerate(root) if child.tag == f"{W}num"), len(root))
    for place, definition in enumerate(numberer.definitions(), first):
        root.insert(place, _element(definition))
    after = 1 + max(place for place, child in enumerate(root) if child.tag in (f"{W}num", f"{W}abstractNum"))
    for place, instance in enumerate(numberer.instances(), after):
        root.insert(place, _element(instance))


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


def _element(xml: str) -> etree._Element:
    name = xml[1 : xml.index(" ")]
    return parse_xml(xml.replace(f"<{name}", f'<{name} xmlns:w="{W_NS}"', 1))


def _finish(template: Template, letter: Letter) -> bytes:
    _set_language(template.docx, _language(letter))
    saved = io.BytesIO()
    template.save(saved)
    return pack(saved.getvalue(), _core(letter))


def _language(letter: Letter) -> str:
    return with_region(letter.language)


def _core(letter: Letter) -> bytes:
    return core_properties(
        title=letter.title, author=letter.slots.sender, date=letter.date, language=_language(letter)
    )


def _set_language(document: WordDocument, language: str) -> None:
    """The letter's language, not that of the machine on which the letterhead was edited."""
    for part in (document.styles.element, document.settings.element):
        for element in part.iter(f"{W}lang", f"{W}themeFontLang"):
            element.set(f"{W}val", language)
