"""The last touch before the PDF is written: what it claims to be, and a complete tag tree.

WeasyPrint writes one conformance claim. PDF/A allows a property it does not know only when the file describes
it (ISO 19005-2, 6.6.2.3.3), so the PDF/UA identifier (ISO 14289-1, 5) comes with its extension schema.
"""

from __future__ import annotations

from typing import Any
from xml.etree import ElementTree

from letters.render.pdf.tags import complete_tags

_RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
_PACKET_START = '<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>\n'
_PACKET_END = '\n<?xpacket end="w"?>'

# Readers of PDF/A look for these prefixes by name.
for _prefix, _uri in {
    "pdfuaid": "http://www.aiim.org/pdfua/ns/id/",
    "pdfaExtension": "http://www.aiim.org/pdfa/ns/extension/",
    "pdfaSchema": "http://www.aiim.org/pdfa/ns/schema#",
    "pdfaProperty": "http://www.aiim.org/pdfa/ns/property#",
}.items():
    ElementTree.register_namespace(_prefix, _uri)

_PDF_UA = ElementTree.fromstring(  # noqa: S314 - a constant
    f"""<rdf:RDF xmlns:rdf="{_RDF}"
    xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/"
    xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/"
    xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#"
    xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">
  <rdf:Description rdf:about="" pdfuaid:part="1"/>
  <rdf:Description rdf:about="">
    <pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">
      <pdfaSchema:schema>PDF/UA Universal Accessibility Schema</pdfaSchema:schema>
      <pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>
      <pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>
      <pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">
        <pdfaProperty:name>part</pdfaProperty:name>
        <pdfaProperty:valueType>Integer</pdfaProperty:valueType>
        <pdfaProperty:category>internal</pdfaProperty:category>
        <pdfaProperty:description>The part of ISO 14289 the file conforms to</pdfaProperty:description>
      </rdf:li></rdf:Seq></pdfaSchema:property>
    </rdf:li></rdf:Bag></pdfaExtension:schemas>
  </rdf:Description>
</rdf:RDF>"""
)


def finish_archive(document: Any, pdf: Any) -> None:  # noqa: ANN401 - WeasyPrint and pydyf have no types
    """A `finisher` of `weasyprint.Document.write_pdf` for PDF/A-2a that is PDF/UA-1, too."""
    _claim_pdf_ua(pdf)
    finish(document, pdf)


def finish(document: Any, pdf: Any) -> None:  # noqa: ANN401 - WeasyPrint and pydyf have no types
    """A `finisher` of `weasyprint.Document.write_pdf` for PDF/UA-1, which WeasyPrint claims itself."""
    complete_tags(document, pdf)
    if "AF" in pdf.catalog:
        pdf.catalog["AF"][:] = dict.fromkeys(pdf.catalog["AF"])  # WeasyPrint names each attached file twice


def _claim_pdf_ua(pdf: Any) -> None:  # noqa: ANN401 - pydyf has no types
    """Add the PDF/UA-1 identifier to the metadata stream."""
    stream = next(obj for obj in pdf.objects if getattr(obj, "extra", {}).get("Type") == "/Metadata")
    xmp = b"".join(part if isinstance(part, bytes) else part.data for part in stream.stream)
    root = ElementTree.fromstring(xmp)  # noqa: S314 - WeasyPrint wrote it a moment ago
    rdf = root.find(f"{{{_RDF}}}RDF")
    if rdf is None:
        raise AssertionError("the metadata holds no rdf:RDF")
    rdf.extend(_PDF_UA)
    packet = _PACKET_START + ElementTree.tostring(root, encoding="unicode") + _PACKET_END
    stream.stream = [packet.encode()]
