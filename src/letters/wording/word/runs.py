"""The text of one paragraph of a Word file, and what in it a wording cannot hold."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from urllib.parse import unquote

from lxml import etree

from letters.problems import N_
from letters.reading.word_numbers import W
from letters.wording.word.looks import Looks
from letters.wording.word.model import Piece, Pieces

_R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_W14 = "{http://schemas.microsoft.com/office/word/2010/wordml}"
#: Changes that wait for somebody to accept or reject them (ISO 29500-1, 17.13.5).
TRACKED = frozenset(
    f"{W}{name}"
    for name in (
        *("ins", "del", "moveFrom", "moveTo", "moveFromRangeStart", "moveToRangeStart"),
        *("cellIns", "cellDel", "cellMerge", "pPrChange", "rPrChange", "tblPrChange", "trPrChange"),
        *("tcPrChange", "sectPrChange", "numberingChange", "tblGridChange", "tblPrExChange"),
    )
)
_NOTHING = frozenset(
    f"{W}{name}"
    for name in (
        *("pPr", "rPr", "bookmarkStart", "bookmarkEnd", "proofErr", "permStart", "permEnd"),
        *("commentRangeStart", "commentRangeEnd", "commentReference", "annotationRef", "softHyphen"),
        *("lastRenderedPageBreak", "sdtPr", "sdtEndPr", "smartTagPr", "customXmlPr", "fldData"),
    )
)
_THROUGH = frozenset(f"{W}{name}" for name in ("smartTag", "customXml", "sdtContent", "dir", "bdo"))
_REFUSED: Mapping[str, str] = {
    f"{W}drawing": N_("a picture, a drawing or a text box"),
    f"{W}pict": N_("a picture, a drawing or a text box"),
    f"{W}object": N_("an embedded object"),
    f"{W}control": N_("a form control"),
    f"{W}footnoteReference": N_("a footnote"),
    f"{W}endnoteReference": N_("an endnote"),
    f"{W}sym": N_("a character of a symbol font"),
    f"{W}ptab": N_("a tab"),
    f"{W}ruby": N_("text with a reading above it"),
    f"{W}contentPart": N_("handwriting"),
    f"{W}subDoc": N_("another document"),
    f"{W}pgNum": N_("a field"),
    f"{_M}oMath": N_("an equation"),
    f"{_M}oMathPara": N_("an equation"),
}
_HYPERLINK = re.compile(r'\s*HYPERLINK\s+"([^"]+)"', re.IGNORECASE)
_OTHER = N_("something that is no text")
_FIELD = N_("a field")

#: Reports what a paragraph holds: an untranslated name, and what it is called there or nothing.
Report = Callable[[str, str], None]


@dataclass
class Runs:
    """Reads paragraphs; a field may reach over several.

    Args:
        links: relation id -> address.
        keep_fields: give fields and content controls as pieces instead of reporting them.
    """

    looks: Looks
    links: Mapping[str, str]
    report: Report
    keep_fields: bool = False
    fields: list[_Field] = field(default_factory=list)

    def read(self, paragraph: etree._Element) -> Pieces:
        """The pieces of a paragraph, in the order of reading."""
        return tuple(self._children(paragraph, paragraph, "", ""))

    def _children(
        self, element: etree._Element, paragraph: etree._Element, link: str, control: str
    ) -> Iterator[Piece]:
        for child in element.iterchildren(etree.Element):
            tag = str(child.tag)
            if tag in _NOTHING or tag in TRACKED:  # tracked changes are told for the paragraph as a whole
                continue
            if tag == f"{W}r":
                yield from self._run(child, paragraph, link, control)
            elif tag == f"{W}hyperlink":
                yield from self._children(child, paragraph, self._address(child), control)
            elif tag == f"{W}fldSimple":
                instruction = " ".join(child.get(f"{W}instr", "").split())
                yield from self._result(instruction, child, paragraph, link)
            elif tag == f"{W}sdt":
                yield from self._control(child, paragraph, link)
            elif tag == f"{_MC}AlternateContent":
                self.report(_REFUSED[f"{W}drawing"], "")
            elif tag in _THROUGH:
                yield from self._children(child, paragraph, link, control)
            else:
                self._refuse(child)

    def _run(
        self, run: etree._Element, paragraph: etree._Element, link: str, control: str
    ) -> Iterator[Piece]:
        bold, italic = self.looks.bold_italic(run, paragraph)
        told = False
        for child in run.iterchildren(etree.Element):
            tag = str(child.tag)
            if tag == f"{W}fldChar":
                yield from self._mark(child, bold, italic)
                continue
            if tag == f"{W}instrText":
                if self.fields:
                    self.fields[-1].instruction += child.text or ""
                continue
            if any(not entry.shown for entry in self.fields) or tag in _NOTHING:
                continue
            text = self._text(child)
            if text is None:
                continue
            if (
                not told
                and (what := self.looks.refused(run, bool(link or self._field_link())))
                and text.strip()
            ):
                self.report(what, "")
                told = True
            yield Piece(text, bold, italic, link or self._field_link(), control or self._field_name())

    def _text(self, child: etree._Element) -> str | None:
        match str(child.tag).removeprefix(W):
            case "t":
                return child.text or ""
            case "br" if child.get(f"{W}type", "textWrapping") == "textWrapping":
                return "\n"
            case "br":
                self.report(N_("a page or column break"), "")
                return None
            case "cr":
                return "\n"
            case "tab":
                return "\t"
            case "noBreakHyphen":
                return "\u2011"
            case _:
                self._refuse(child)
                return None

    def _refuse(self, element: etree._Element) -> None:
        tag = str(element.tag)
        if tag == f"{_MC}AlternateContent":
            tag = f"{W}drawing"
        self.report(_REFUSED.get(tag, _OTHER), "" if tag in _REFUSED else tag.rpartition("}")[2])

    def _address(self, hyperlink: etree._Element) -> str:
        address = self.links.get(hyperlink.get(f"{_R}id", ""), "")
        if not address:
            self.report(N_("a link to a place in a document"), "")
        anchor = hyperlink.get(f"{W}anchor", "")
        return _with_tags(address + (f"#{anchor}" if address and anchor else ""))

    # Fields

    def _mark(self, mark: etree._Element, bold: bool, italic: bool) -> Iterator[Piece]:
        kind = mark.get(f"{W}fldCharType", "")
        if kind == "begin":
            self.fields.append(_Field(form=_form_name(mark)))
        elif kind == "separate" and self.fields:
            entry = self.fields[-1]
            entry.shown = self.keep_fields or bool(_HYPERLINK.match(entry.instruction))
            entry.separated = True
            self._told(entry)
        elif kind == "end" and self.fields:
            entry = self.fields.pop()
            if not entry.separated:
                self._told(entry)
                if self.keep_fields:
                    yield Piece("…", bold, italic, "", entry.name)

    def _told(self, entry: _Field) -> None:
        if not self.keep_fields and not _HYPERLINK.match(entry.instruction):
            self.report(_FIELD, entry.name)

    def _field_link(self) -> str:
        for entry in reversed(self.fields):
            if match := _HYPERLINK.match(entry.instruction):
                return _with_tags(match[1])
        return ""

    def _field_name(self) -> str:
        if not self.keep_fields:
            return ""
        return next((e.name for e in self.fields if not _HYPERLINK.match(e.instruction)), "")

    def _result(
        self, instruction: str, simple: etree._Element, paragraph: etree._Element, link: str
    ) -> Iterator[Piece]:
        if match := _HYPERLINK.match(instruction):
            yield from self._children(simple, paragraph, _with_tags(match[1]), "")
        elif self.keep_fields:
            found = tuple(self._children(simple, paragraph, link, instruction))
            yield from found or (Piece("…", field=instruction),)
        else:
            self.report(_FIELD, instruction)

    def _control(self, control: etree._Element, paragraph: etree._Element, link: str) -> Iterator[Piece]:
        name = control_name(control)
        if control.find(f"{W}sdtPr/{W}showingPlcHdr") is not None and not self.keep_fields:
            self.report(N_("a content control that is not filled in"), name)
            return
        yield from self._children(control, paragraph, link, f"SDT {name}" if self.keep_fields else "")


def control_name(control: etree._Element) -> str:
    """What a content control is called."""
    for kind in ("alias", "tag"):
        mark = control.find(f"{W}sdtPr/{W}{kind}")
        if mark is not None and mark.get(f"{W}val"):
            return str(mark.get(f"{W}val"))
    return "".join(t.text or "" for t in control.iter(f"{W}t"))[:40]


def _form_name(mark: etree._Element) -> str:
    name = mark.find(f"{W}ffData/{W}name")
    return "" if name is None else name.get(f"{W}val", "")


def _with_tags(address: str) -> str:
    """An address in which Word has written the braces of a tag as numbers."""
    return unquote(address) if re.search("%7B(?:%7B|%25)", address, re.IGNORECASE) else address


@dataclass
class _Field:
    """A field that is being read."""

    instruction: str = ""
    form: str = ""
    shown: bool = False
    separated: bool = False

    @property
    def name(self) -> str:
        words = " ".join(self.instruction.split())
        return f"{words} {self.form}".strip() if words.startswith("FORM") else words
