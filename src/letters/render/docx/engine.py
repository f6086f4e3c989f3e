"""docxtpl, with its doors closed: nothing is read leniently, and case text is never looked at twice."""

from __future__ import annotations

import io
from collections.abc import Iterator

from docxtpl import DocxTemplate
from lxml import etree


class Template(DocxTemplate):  # type: ignore[misc]  # docxtpl has no types
    """One rendering of a letterhead.

    Args:
        data: the letterhead's bytes.
        patched: kept between renderings: a part's XML -> the same XML as docxtpl's Jinja source.
    """

    def __init__(self, data: bytes, patched: dict[str, str]) -> None:
        super().__init__(io.BytesIO(data))
        self._patched = patched
        self.init_docx()

    def patch_xml(self, src_xml: str) -> str:
        """docxtpl's own, remembered: it depends on the letterhead alone and takes longer than the rest."""
        if src_xml not in self._patched:
            self._patched[src_xml] = super().patch_xml(src_xml)
        return self._patched[src_xml]

    def fix_tables(self, xml: str) -> etree._Element:
        """Parse the finished body. docxtpl does so with recovery, which drops text without a word."""
        return etree.fromstring(xml)

    def resolve_listing(self, xml: str) -> str:
        """Nothing: our paragraphs, tabs and breaks are elements already."""
        return xml

    def sources(self) -> Iterator[tuple[str, str]]:
        """Name and Jinja source of every part that has slots."""
        yield "word/document.xml", self.patch_xml(self.get_xml())
        for uri in (self.HEADER_URI, self.FOOTER_URI):
            for _, part in self.get_headers_footers(uri):
                yield str(part.partname).lstrip("/"), self.patch_xml(self.get_part_xml(part))
