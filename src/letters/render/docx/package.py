"""The parts of a .docx as a package: how a letter is packed."""

from __future__ import annotations

import io
import zipfile

from letters.render.docx.archive import archive, entry
from letters.render.docx.xml import escape

CORE = "docProps/core.xml"


def core_properties(*, title: str, author: str, date: str, language: str) -> bytes:
    """The part docProps/core.xml. `date` is ISO; noon, so that it is that day all over Europe."""
    stamp = f"{escape(date)}T12:00:00Z"
    return (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
        '<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties"'
        ' xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/"'
        ' xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
        f"<dc:title>{escape(title)}</dc:title><dc:creator>{escape(author)}</dc:creator>"
        f"<cp:lastModifiedBy>{escape(author)}</cp:lastModifiedBy>"
        f'<dcterms:created xsi:type="dcterms:W3CDTF">{stamp}</dcterms:created>'
        f'<dcterms:modified xsi:type="dcterms:W3CDTF">{stamp}</dcterms:modified>'
        f"<dc:language>{escape(language)}</dc:language></cp:coreProperties>"
    ).encode()


def pack(saved: bytes, core: bytes) -> bytes:
    """Pack a saved document again with its core properties, in a fixed order and with a fixed date."""
    with zipfile.ZipFile(io.BytesIO(saved)) as source:
        names = sorted(source.namelist(), key=lambda name: (name != "[Content_Types].xml", name))
        return archive(entry(name, core if name == CORE else source.read(name)) for name in names)
