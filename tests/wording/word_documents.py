"""Word files for tests: by python-docx, with pieces of raw XML where python-docx has no words for them."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterable
from xml.sax.saxutils import escape

import docx
from docx.document import Document
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from docx.text.paragraph import Paragraph

HEAD = (("Felt", "Værdi"), ("title", "Afslag"), ("lead", "result"))


def document(head: Iterable[tuple[str, str]] = HEAD) -> Document:
    """A document with the head's table."""
    made = docx.Document()
    rows = list(head)
    if rows:
        table = made.add_table(rows=0, cols=2)
        for row in rows:
            for cell, text in zip(table.add_row().cells, row, strict=True):
                cell.text = text
    return made


def data(made: Document) -> bytes:
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def xml(fragment: str) -> object:
    """An element; the usual prefixes are declared."""
    spaces = nsdecls("w", "r", "m", "wp", "a", "pic")
    extra = (
        ' xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
        ' xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"'
        ' xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office"'
    )
    return parse_xml(re.sub(r"^<([\w:]+)", rf"<\1 {spaces}{extra}", fragment, count=1))


def paragraph(made: Document, fragment: str, style: str | None = None) -> Paragraph:
    """A paragraph with raw runs."""
    added = made.add_paragraph(style=style)
    for child in list(xml(f"<w:p>{fragment}</w:p>")):  # type: ignore[call-overload]
        added._p.append(child)
    return added


def run(text: str, looks: str = "") -> str:
    return f'<w:r><w:rPr>{looks}</w:rPr><w:t xml:space="preserve">{escape(text)}</w:t></w:r>'


def field(instruction: str, result: str) -> str:
    """A field as Word writes it, in five runs."""
    return (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
        f'<w:r><w:instrText xml:space="preserve"> {escape(instruction)} </w:instrText></w:r>'
        '<w:r><w:fldChar w:fldCharType="separate"/></w:r>'
        f"{run(result)}"
        '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )


def repacked(file: bytes, changes: dict[str, bytes | None]) -> bytes:
    """The file with parts added or replaced; None takes one out."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(file)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            if name not in changes:
                new.writestr(name, old.read(name))
        for name, contents in changes.items():
            if contents is not None:
                new.writestr(name, contents)
    return out.getvalue()


def part(file: bytes, name: str) -> bytes:
    with zipfile.ZipFile(io.BytesIO(file)) as archive:
        return archive.read(name)
