"""What the file tells beyond its text: properties, traces of its makers, and the same bytes every time."""

from __future__ import annotations

import hashlib
import io
import os
import subprocess
import sys
import zipfile
from pathlib import Path

from docx import Document
from docx_reader import names_in, part, raw, repacked
from docx_samples import EVERYTHING, letter, p
from lxml import etree

from letters.render.docx import DocxRenderer

PROGRAM = """
import hashlib, sys
from pathlib import Path
from docx_samples import EVERYTHING
from letters.render.docx import DocxRenderer
print(hashlib.sha256(DocxRenderer(Path(sys.argv[1])).render(EVERYTHING)).hexdigest())
"""


def test_the_same_letter_gives_the_same_bytes(renderer: DocxRenderer) -> None:
    first = renderer.render(EVERYTHING)
    renderer.render(letter(p("noget andet")))
    assert renderer.render(EVERYTHING) == first


def test_the_same_bytes_in_another_process_zone_and_hash_seed(
    renderer: DocxRenderer, letterhead: Path
) -> None:
    here = Path(__file__).parent
    environment = os.environ | {
        "TZ": "Pacific/Auckland",
        "PYTHONHASHSEED": "4711",
        "PYTHONPATH": os.pathsep.join([str(here), *sys.path]),
    }
    result = subprocess.run(
        [sys.executable, "-c", PROGRAM, str(letterhead)],
        env=environment,
        capture_output=True,
        text=True,
        check=True,
    )
    assert result.stdout.strip() == hashlib.sha256(renderer.render(EVERYTHING)).hexdigest()


def test_package_has_fixed_dates_and_starts_with_its_types(renderer: DocxRenderer) -> None:
    with zipfile.ZipFile(io.BytesIO(renderer.render(EVERYTHING))) as package:
        entries = package.infolist()
    assert entries[0].filename == "[Content_Types].xml"
    assert {(e.date_time, e.create_system) for e in entries} == {((1980, 1, 1, 0, 0, 0), 0)}


def test_properties(renderer: DocxRenderer) -> None:
    core = part(renderer.render(EVERYTHING), "docProps/core.xml")
    assert {etree.QName(e).localname: e.text for e in core} == {
        "title": "Svar på henvendelse",
        "creator": "Lindehøj Kommune",
        "lastModifiedBy": "Lindehøj Kommune",
        "created": "2021-09-02T12:00:00Z",
        "modified": "2021-09-02T12:00:00Z",
        "language": "da-DK",
    }


def test_nothing_but_the_letters_parts(renderer: DocxRenderer) -> None:
    assert names_in(renderer.render(EVERYTHING)) == [
        "[Content_Types].xml",
        "_rels/.rels",
        "docProps/core.xml",
        "word/_rels/document.xml.rels",
        "word/_rels/header1.xml.rels",
        "word/document.xml",
        "word/fontTable.xml",
        "word/footer1.xml",
        "word/header1.xml",
        "word/header2.xml",
        "word/media/logo.png",
        "word/numbering.xml",
        "word/settings.xml",
        "word/styles.xml",
    ]


def test_python_docx_opens_it(renderer: DocxRenderer) -> None:
    document = Document(io.BytesIO(renderer.render(EVERYTHING)))
    assert document.core_properties.author == "Lindehøj Kommune"
    assert len(document.tables) == 3


MAKER = "Template Author"


def test_traces_of_the_letterheads_makers_never_reach_a_letter(letterhead: Path, tmp_path: Path) -> None:
    path = tmp_path / "letterhead.docx"
    path.write_bytes(_edited_in_word(letterhead.read_bytes()))
    data = DocxRenderer(path).render(EVERYTHING)
    assert not [
        name for name in names_in(data) if "comments" in name or "custom" in name or "app.xml" in name
    ]
    for name in names_in(data):
        content = raw(data, name)
        for trace in (
            MAKER,
            "rsid",
            "paraId",
            "_GoBack",
            "proofErr",
            "attachedTemplate",
            "commentR",
            "docId",
        ):
            assert trace.encode() not in content, (name, trace)


def _edited_in_word(data: bytes) -> bytes:
    """What Word adds: ids of editing sessions, comments, its own properties, the template's path."""
    wordprocessing = "application/vnd.openxmlformats-officedocument.wordprocessingml"
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    additions = {
        "[Content_Types].xml": (
            "</Types>",
            f'<Override PartName="/word/comments.xml" ContentType="{wordprocessing}.comments+xml"/>'
            '<Override PartName="/docProps/app.xml"'
            ' ContentType="application/vnd.openxmlformats-officedocument.extended-properties+xml"/></Types>',
        ),
        "_rels/.rels": (
            "</Relationships>",
            f'<Relationship Id="rId9" Type="{office}/extended-properties" Target="docProps/app.xml"/>'
            "</Relationships>",
        ),
        "word/_rels/document.xml.rels": (
            "</Relationships>",
            f'<Relationship Id="rId9" Type="{office}/comments" Target="comments.xml"/></Relationships>',
        ),
        "word/document.xml": (
            "<w:r><w:t>{{ return_line }}",
            '<w:commentRangeStart w:id="0"/><w:bookmarkStart w:id="5" w:name="_GoBack"/>'
            '<w:bookmarkEnd w:id="5"/>'
            '<w:proofErr w:type="spellStart"/><w:r w:rsidR="00AB12CD"><w:t>{{ return_line }}',
        ),
        "word/header2.xml": (
            "<w:r><w:t>{{ running",
            '<w:r w:rsidRPr="00AB12CD"><w:t>{{ running',
        ),
        "word/settings.xml": (
            '<w:zoom w:percent="100"/>',
            f'<w:zoom w:percent="100"/><w:attachedTemplate xmlns:r="{office}" r:id="rId1"/>',
        ),
        "docProps/core.xml": (
            "<dc:title>Brevpapir</dc:title>",
            f"<dc:title>Brevpapir {{{{ x }}}}</dc:title><dc:creator>{MAKER}</dc:creator>",
        ),
    }  # fmt: skip

    def change(name: str, content: bytes) -> bytes:
        if name not in additions:
            return content
        old, new = (text.encode() for text in additions[name])
        assert old in content
        return content.replace(old, new)

    data = repacked(data, change)
    with zipfile.ZipFile(extended := io.BytesIO(data), "a") as package:
        package.writestr("word/comments.xml", _comments())
        package.writestr(
            "word/_rels/settings.xml.rels",
            '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
            f'<Relationship Id="rId1" Type="{office}/attachedTemplate" Target="file:///C:/{MAKER}.dotx"'
            ' TargetMode="External"/></Relationships>',
        )
        package.writestr(
            "docProps/app.xml",
            '<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties">'
            f"<Company>{MAKER}</Company></Properties>",
        )
    return extended.getvalue()


def _comments() -> str:
    return (
        '<w:comments xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">'
        f'<w:comment w:id="0" w:author="{MAKER}"><w:p><w:r><w:t>Husk!</w:t></w:r></w:p></w:comment>'
        "</w:comments>"
    )
