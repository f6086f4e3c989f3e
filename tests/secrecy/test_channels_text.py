"""Texts inside texts: escapes, tags, encodings."""

import base64

import docx_carriers
import pdf_carriers
import pikepdf
import pytest
from docx_carriers import jpeg
from leak_people import SECRETS

from letters.secrecy.channels.channel import spelled_out
from letters.secrecy.channels.sfnt import font_names, without_outlines
from letters.secrecy.guard import guard

NAME = "Samira Nørgaard Holm"


@pytest.mark.parametrize(
    "data",
    [
        NAME.encode("utf-16"),
        NAME.encode("utf-8-sig"),
        NAME.encode("latin-1"),
        rb"{\rtf1 Samira N\'f8rgaard Holm}",
        rb"{\rtf1 Samira N\u248?rgaard Holm}",
        b"<p>Samira <b>N</b>&oslash;rgaard Holm</p>",
        b"<p>Samira N&#xf8;r<i>ga</i>ard Holm</p>",
        b"Samira N=C3=B8rga=\r\nard Holm",
        b"Samira N=F8rgaard Holm",
        rb'{"a": ["Samira N\u00f8rgaard Holm"]}',
        rb"var a = 'Samira N\xf8rgaard Holm';",
        b"picture: " + base64.encodebytes(jpeg(NAME)),
        b"<svg><image href='data:image/jpeg;base64," + base64.b64encode(jpeg(NAME)) + b"'/></svg>",
    ],
)
def test_a_text_is_read_as_a_program_shows_it(data):
    for document in (
        {"letter.bin": data},
        {"letter.docx": docx_carriers.packed({**docx_carriers.parts(), "word/afchunk.mht": data})},
        dict([pdf_carriers._changed(lambda pdf, _: pdf.attachments.__setitem__("a", data))("")]),
    ):
        assert "name" in {f.kind for f in guard(document, SECRETS) if f.sure}


def test_the_thumbnail_in_xmp_is_read():
    def change(pdf, text):
        packet = (
            '<x:xmpmeta xmlns:x="adobe:ns:meta/"><r:RDF xmlns:r="http://www.w3.org/1999/02/22-rdf-syntax-ns#">'
            '<r:Description r:about="" xmlns:g="http://ns.adobe.com/xap/1.0/g/img/">'
            f"<g:image>{text}</g:image></r:Description></r:RDF></x:xmpmeta>"
        )
        stream = pdf.make_stream(packet.encode())
        stream.stream_dict.update({"/Type": pikepdf.Name.Metadata, "/Subtype": pikepdf.Name.XML})
        pdf.Root.Metadata = stream

    plant = pdf_carriers._changed(change)
    assert guard(dict([plant(base64.b64encode(jpeg(NAME)).decode())]), SECRETS)
    assert guard(dict([plant(base64.b64encode(jpeg("Borger")).decode())]), SECRETS) == ()


def test_too_many_revisions_are_refused():
    (finding,) = guard({"letter.pdf": pdf_carriers.clean() + b"%%EOF\n" * 50}, SECRETS)
    assert finding.reason == "too many revisions"


def test_names_are_divided_at_capitals_and_decoded():
    assert spelled_out("Brev%20AmalNoor.pdf").split("\t")[-1] == "Brev Amal Noor.pdf"


def test_a_damaged_font_has_no_names_and_stays_whole():
    assert font_names(b"\0\1\0\0\0\5") == []
    assert font_names(b"") == []
    assert without_outlines(b"\0\1\0\0\0\5abc") == b"\0\1\0\0\0\5abc"
