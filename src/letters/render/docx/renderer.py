"""The stage Letter -> .docx. It draws what the Letter says and decides nothing else."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path

from docx.document import Document as WordDocument
from docx.opc.constants import CONTENT_TYPE as CT
from docx.opc.constants import RELATIONSHIP_TYPE as RT
from docx.opc.packuri import PackURI
from docx.opc.part import XmlPart
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
from letters.render.docx.numbering_part import add_lists
from letters.render.docx.package import core_properties, pack
from letters.render.docx.runs import RunWriter
from letters.render.docx.shell import Shell, compiled
from letters.render.docx.slots import SlotEnvironment, all_texts, slot_values
from letters.render.docx.specimen import check_specimens
from letters.render.docx.unwritable import unwritable_problems
from letters.render.docx.xml import W_NS, W, writable


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
        relations = template.docx.part.rels
        body, numberer = self._body(letter, lambda to: relations.get_or_add_ext_rel(RT.HYPERLINK, to))
        template.render(slot_values(letter, body), self._environment)
        if numberer.instances():
            add_lists(_numbering_root(template.docx.part), numberer)
        return _finish(template, letter)

    def _filled(self, letter: Letter, shell: Shell) -> bytes:
        links = shell.links()
        body, numberer = self._body(letter, links.relate)
        return shell.fill(letter, body, links, numberer, _language(letter), _core(letter))

    def _body(self, letter: Letter, relate: Callable[[str], str]) -> tuple[str, Numberer]:
        """The body's elements, the links noted by `relate`, and the lists that were met."""
        head = self._letterhead
        runs = RunWriter(head.styles, relate)
        numberer = Numberer(head.indents, head.first_definition, head.first_instance)
        body = body_xml(
            BlockWriter(runs, numberer, head.text_width, head.list_gap).pieces(letter), head.styles
        )
        everything = "".join((body, *runs.links, *all_texts(letter.slots), letter.title))
        if not writable(everything) and (problems := unwritable_problems(letter)):
            raise RenderError(problems)
        return body, numberer


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
