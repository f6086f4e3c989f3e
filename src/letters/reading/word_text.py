"""The text of a Word file, as somebody reads it who accepts every tracked change.

Insertions count as text, deletions do not; labels are counted as Word counts them; headers, footers and notes
are read too. Page numbers, which Word fills in anew, are read as "#".
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from lxml import etree
from msgspec import Struct

from letters.reading.word_numbers import BULLET, Labels, Styles, W
from letters.reading.word_package import WordPackage

_R_ID = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_DELETED = (f"{W}del", f"{W}moveFrom")
_INSERTED = (f"{W}ins", f"{W}moveTo")
_PAGE_FIELDS = re.compile(r"\s*(?:PAGE|NUMPAGES|SECTIONPAGES)\b", re.IGNORECASE)
_PAGE_NUMBER = "#"
_MARKS = {
    f"{W}br": "\n",
    f"{W}cr": "\n",
    f"{W}tab": "\t",
    f"{W}ptab": "\t",
    f"{W}noBreakHyphen": "-",
}
_NOT_PRINTED = {f"{W}{name}" for name in ("pPr", "rPr", "sdtPr", "sdtEndPr", "delText", "del", "moveFrom")}
_NOTE_SEPARATORS = ("separator", "continuationSeparator", "continuationNotice")


class WordParagraph(Struct, frozen=True):
    """A paragraph.

    Attributes:
        place: "body", "footnote", "endnote"; "header" or "footer" and the pages it is for: "header first",
            "header default", "header even".
        style: the name of its style in small letters.
        label: as Word counts it, "1a."; "•" for a bullet; empty when it has none.
        text: with line breaks and tabs; soft hyphens are left out.
    """

    place: str
    style: str
    label: str
    text: str

    @property
    def label_words(self) -> tuple[str, ...]:
        """The words of the label; a bullet is none."""
        return () if self.label == BULLET else tuple(self.label.split())

    @property
    def words(self) -> tuple[str, ...]:
        """The words of the text, divided at white space."""
        return tuple(self.text.split())


class WordText(Struct, frozen=True):
    """A Word file as text.

    Attributes:
        paragraphs: those with text, in reading order: body, headers, footers, notes.
        comments: the text of each comment.
        insertions: how many tracked insertions there are; `deletions` likewise.
        hidden: how many runs are hidden from view; their text counts.
    """

    paragraphs: tuple[WordParagraph, ...]
    comments: tuple[str, ...] = ()
    insertions: int = 0
    deletions: int = 0
    hidden: int = 0


def read_word(package: WordPackage) -> WordText:
    """Read the text of a Word file.

    Raises:
        LettersError: a part is damaged.
    """
    styles = Styles(package.relation("/styles"))
    reader = _Reader(styles, Labels(package.relation("/numbering"), styles))
    root = package.part(package.document)
    body = None if root is None else root.find(f"{W}body")
    found = list(reader.read("body", body))
    for place, part in _furniture(package, body):
        found += reader.read(place, part)
    for kind in ("footnote", "endnote"):
        for note in _notes(package.relation(f"/{kind}s"), kind):
            found += reader.read(kind, note)
    texts = [_squeezed(_Reader(styles, Labels(None, styles)), c) for c in _comments(package)]
    return WordText(
        tuple(paragraph for paragraph in found if paragraph.text.strip()),
        tuple(text for text in texts if text),
        reader.insertions,
        reader.deletions,
        reader.hidden,
    )


def _furniture(
    package: WordPackage, body: etree._Element | None
) -> Iterator[tuple[str, etree._Element | None]]:
    """Each header and footer once, in the order in which the sections name them."""
    parts = package.related(package.document)
    seen: set[str] = set()
    for kind in ("header", "footer"):
        for reference in [] if body is None else body.iter(f"{W}{kind}Reference"):
            _, name = parts.get(reference.get(_R_ID, ""), ("", ""))
            if name and name not in seen:
                seen.add(name)
                yield f"{kind} {reference.get(f'{W}type', 'default')}", package.part(name)


def _notes(root: etree._Element | None, kind: str) -> Iterator[etree._Element]:
    for note in [] if root is None else root.findall(f"{W}{kind}"):
        if note.get(f"{W}type") not in _NOTE_SEPARATORS:
            yield note


def _comments(package: WordPackage) -> Iterator[etree._Element]:
    root = package.relation("/comments")
    yield from [] if root is None else root.findall(f"{W}comment")


def _squeezed(reader: _Reader, comment: etree._Element) -> str:
    return " ".join(" ".join(p.words) for p in reader.read("comment", comment) if p.words)


@dataclass(slots=True)
class _Reader:
    """Walks a file once; keeps what reaches over paragraphs: the counters, open fields, joined paragraphs."""

    styles: Styles
    labels: Labels
    insertions: int = 0
    deletions: int = 0
    hidden: int = 0
    _fields: list[_Field] = field(default_factory=list)
    _boxes: list[etree._Element] = field(default_factory=list)
    _joined: str = ""

    def read(self, place: str, container: etree._Element | None) -> Iterator[WordParagraph]:
        """The paragraphs of a part, a cell or a text box."""
        for element in _paragraphs(container):
            style = element.find(f"{W}pPr/{W}pStyle")
            name = self.styles.name("" if style is None else style.get(f"{W}val", ""))
            text = self._joined + "".join(self._pieces(element))
            if _has(element, f"{W}pPr/{W}rPr", _DELETED):
                self.deletions += 1
                self._joined = text
                continue
            self._joined = ""
            self.insertions += _has(element, f"{W}pPr/{W}rPr", _INSERTED)
            yield WordParagraph(place, name, self.labels.next(element), text.replace("\u00ad", ""))
            boxes, self._boxes = self._boxes, []
            for box in boxes:
                yield from self.read(place, box)
        if self._joined:  # the mark of the very last paragraph was deleted
            text, self._joined = self._joined, ""
            yield WordParagraph(place, "", "", text)

    def _pieces(self, element: etree._Element) -> Iterator[str]:
        for child in element.iterchildren(etree.Element):
            tag = child.tag
            if tag in _DELETED:
                self.deletions += 1
            elif tag in _NOT_PRINTED:
                continue
            elif tag == f"{_MC}AlternateContent":
                yield from self._pieces(_first_choice(child))
            elif tag == f"{W}fldSimple" and _PAGE_FIELDS.match(child.get(f"{W}instr", "")):
                yield _PAGE_NUMBER
            elif tag == f"{W}txbxContent":
                self._boxes.append(child)
            elif tag == f"{W}r":
                self.hidden += child.find(f"{W}rPr/{W}vanish") is not None
                yield from self._run(child)
            else:
                self.insertions += tag in _INSERTED
                yield from self._pieces(child)

    def _run(self, run: etree._Element) -> Iterator[str]:
        for child in run.iterchildren(etree.Element):
            tag = child.tag
            if tag == f"{W}fldChar":
                yield self._field(child.get(f"{W}fldCharType", ""))
            elif tag == f"{W}instrText":
                if self._fields:
                    self._fields[-1].instruction += child.text or ""
            elif any(not entry.printed for entry in self._fields):
                continue  # the instruction of a field, or the number that a page has for now
            elif tag == f"{W}t":
                yield child.text or ""
            elif tag == f"{W}sym":
                yield _symbol(child.get(f"{W}char", ""))
            elif tag in _MARKS:
                yield _MARKS[str(tag)]
            elif tag not in _NOT_PRINTED:
                yield from self._pieces(_first_choice(child) if tag == f"{_MC}AlternateContent" else child)

    def _field(self, mark: str) -> str:
        if mark == "begin":
            self._fields.append(_Field())
        elif self._fields and mark == "separate":
            self._fields[-1].printed = not _PAGE_FIELDS.match(self._fields[-1].instruction)
        elif self._fields and mark == "end" and _PAGE_FIELDS.match(self._fields.pop().instruction):
            return _PAGE_NUMBER
        return ""


@dataclass(slots=True)
class _Field:
    """A field that is being read: what it asks for, and whether its result is being printed."""

    instruction: str = ""
    printed: bool = False


def _paragraphs(container: etree._Element | None) -> Iterator[etree._Element]:
    """The paragraphs in a container, those of tables and content controls too; deleted rows are left out."""
    for child in _children(container):
        if child.tag == f"{W}p":
            yield child
        elif child.tag == f"{W}tr" and _has(child, f"{W}trPr", _DELETED):
            continue
        elif child.tag == f"{_MC}AlternateContent":
            yield from _paragraphs(_first_choice(child))
        elif child.tag not in _NOT_PRINTED:
            yield from _paragraphs(child)


def _children(container: etree._Element | None) -> Iterable[etree._Element]:
    return () if container is None else container.iterchildren(etree.Element)


def _first_choice(alternatives: etree._Element) -> etree._Element:
    """Word's own way of drawing something; the others say the same again."""
    found = alternatives.find(f"{_MC}Choice")
    return alternatives if found is None else found


def _has(element: etree._Element, path: str, tags: Iterable[str]) -> bool:
    parent = element.find(path)
    return parent is not None and any(parent.find(tag) is not None for tag in tags)


def _symbol(code: str) -> str:
    """A character named by its code; symbol fonts use the private area from F000."""
    try:
        return chr(int(code, 16))
    except (ValueError, OverflowError):
        return ""
