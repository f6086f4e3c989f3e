"""A redline as a Word file with tracked changes (ISO 29500-1, 17.13.5), to be accepted or rejected there."""

from __future__ import annotations

import io
import zipfile
from collections import Counter
from collections.abc import Iterable
from itertools import count

import docx
from docx.document import Document
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from lxml.etree import _Element

from letters.desk.maintaining.impact import ChangedLetter
from letters.upkeep.redline import Mark, Redlined

#: Who made the change, as Word shows it.
AUTHOR = "letters"
_STYLES = {
    "title": "Title",
    "heading1": "Heading 1",
    "heading2": "Heading 2",
    "heading3": "Heading 3",
    "quote": "Quote",
}
# A file says when it was made; the same redline gives the same file.
_DATE = "2020-01-01T00:00:00Z"
_FIRST_DAY = (1980, 1, 1, 0, 0, 0)  # of a ZIP


def file_names(changed: Iterable[ChangedLetter]) -> dict[str, ChangedLetter]:
    """The name of each letter's file: the sample's, with its folder's before it where two are the same."""
    letters = list(changed)
    counts = Counter(one.name for one in letters)
    names = [one.name if counts[one.name] == 1 else f"{one.sample.parent.name}-{one.name}" for one in letters]
    return dict(zip(names, letters, strict=True))


def redline_docx(changed: ChangedLetter) -> bytes:
    """The letter with its changes tracked: accepted it is the new letter, rejected the old one."""
    document: Document = docx.Document()
    document.core_properties.author = AUTHOR
    document.core_properties.title = changed.name
    language = document.styles.element.find(f".//{qn('w:lang')}")
    if language is not None:
        language.set(qn("w:val"), "da-DK")
    numbers = count(1)
    for line in changed.lines:
        _add(document, line, numbers)
    buffer = io.BytesIO()
    document.save(buffer)
    return _without_times(buffer.getvalue())


def _without_times(data: bytes) -> bytes:
    """The same package without the hour at which python-docx packed it."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as new:
        for part in old.infolist():
            new.writestr(zipfile.ZipInfo(part.filename, _FIRST_DAY), old.read(part), zipfile.ZIP_DEFLATED)
    return buffer.getvalue()


def _add(document: Document, line: Redlined, numbers: count[int]) -> None:
    paragraph = document.add_paragraph(style=_STYLES.get(line.style, "Normal"))
    if line.mark in (Mark.GONE, Mark.NEW):  # the paragraph's own end comes or goes with it
        properties = paragraph._p.get_or_add_pPr()
        marked = OxmlElement("w:rPr")
        marked.append(_tracked(line.mark, numbers))
        properties.append(marked)
    for piece in line.pieces:
        run = OxmlElement("w:r")
        words = OxmlElement("w:delText" if piece.mark is Mark.GONE else "w:t")
        words.text = piece.text
        words.set(qn("xml:space"), "preserve")
        run.append(words)
        if piece.mark is Mark.SAME:
            paragraph._p.append(run)
        else:
            tracked = _tracked(piece.mark, numbers)
            tracked.append(run)
            paragraph._p.append(tracked)


def _tracked(mark: Mark, numbers: count[int]) -> _Element:
    element = OxmlElement("w:del" if mark is Mark.GONE else "w:ins")
    element.set(qn("w:id"), str(next(numbers)))
    element.set(qn("w:author"), AUTHOR)
    element.set(qn("w:date"), _DATE)
    return element
