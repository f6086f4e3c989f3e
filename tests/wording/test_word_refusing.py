"""What a wording in Word may not hold: each is refused at its paragraph, with the text there."""

from __future__ import annotations

import contextlib
import io
import struct
import time
import tracemalloc
import zipfile
import zlib
from pathlib import Path

import pytest
from mini import FILES, REJECTION, composer, letter, write_library
from word_documents import HEAD, data, document, field, paragraph, part, repacked, run, xml

from letters.problems import Problem, TemplateError
from letters.wording.load import load_library
from letters.wording.word.convert import to_word
from letters.wording.word.wording import read_wording

TEXT = "Her står afsnittet."
_ID = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def refused(file: bytes) -> list[Problem]:
    with pytest.raises(TemplateError) as caught:
        read_wording(file, "afslag.docx")
    for problem in caught.value.problems:
        assert problem.text()
        assert problem.help.format_map(dict(problem.args))
    return list(caught.value.problems)


PICTURE = '<w:drawing><wp:inline><wp:extent cx="1" cy="1"/></wp:inline></w:drawing>'
BOX = (
    '<mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wp:anchor><wps:txbx><w:txbxContent><w:p><w:r>'
    "<w:t>I en boks</w:t></w:r></w:p></w:txbxContent></wps:txbx></wp:anchor></w:drawing></mc:Choice>"
    "<mc:Fallback/></mc:AlternateContent>"
)
CONTENT = {
    "picture": (f"<w:r>{PICTURE}</w:r>", "picture"),
    "text box": (f"<w:r>{BOX}</w:r>", "text box"),
    "old picture": ("<w:r><w:pict><v:shape/></w:pict></w:r>", "picture"),
    "SmartArt": (f"<w:r>{PICTURE}</w:r>", "drawing"),
    "object": ('<w:r><w:object><o:OLEObject Type="Embed"/></w:object></w:r>', "object"),
    "footnote": ('<w:r><w:footnoteReference w:id="1"/></w:r>', "footnote"),
    "endnote": ('<w:r><w:endnoteReference w:id="1"/></w:r>', "endnote"),
    "symbol": ('<w:r><w:sym w:font="Wingdings" w:char="F0FE"/></w:r>', "symbol"),
    "equation": ("<m:oMath><m:r><m:t>x</m:t></m:r></m:oMath>", "equation"),
    "merge field": (field("MERGEFIELD navn", "«navn»"), "field"),
    "page field": (field("PAGE", "1"), "field"),
    "simple field": ('<w:fldSimple w:instr=" DATE "><w:r><w:t>i dag</w:t></w:r></w:fldSimple>', "field"),
    "field without result": (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>FILLIN</w:instrText></w:r>'
        '<w:r><w:fldChar w:fldCharType="end"/></w:r>',
        "field",
    ),
    "placeholder": (
        '<w:sdt><w:sdtPr><w:alias w:val="Navn"/><w:showingPlcHdr/></w:sdtPr><w:sdtContent>'
        "<w:r><w:t>Klik her</w:t></w:r></w:sdtContent></w:sdt>",
        "content control",
    ),
    "tab": ("<w:r><w:t>Navn:</w:t><w:tab/><w:t>Amal</w:t></w:r>", "tab"),
    "page break": ('<w:r><w:br w:type="page"/></w:r>', "break"),
    "inner link": ('<w:hyperlink w:anchor="her"><w:r><w:t>se her</w:t></w:r></w:hyperlink>', "link"),
    "unknown": ("<w:r><w:dayLong/></w:r>", "no text"),
}
LOOKS = {
    "strike": ("<w:strike/>", "struck-through"),
    "double strike": ("<w:dstrike/>", "struck-through"),
    "hidden": ("<w:vanish/>", "hidden"),
    "underlined": ('<w:u w:val="single"/>', "underlined"),
    "marked": ('<w:highlight w:val="yellow"/>', "highlighted"),
    "raised": ('<w:vertAlign w:val="superscript"/>', "raised"),
    "capitals": ("<w:caps/>", "capitals"),
    "small capitals": ("<w:smallCaps/>", "capitals"),
}


@pytest.mark.parametrize("name", CONTENT)
def test_content_that_no_letter_has(name: str) -> None:
    fragment, what = CONTENT[name]
    made = document()
    made.add_paragraph("Før.")
    paragraph(made, run(TEXT) + fragment)
    (problem,) = refused(data(made))
    assert problem.code == "word.content"
    assert what in str(problem.args["what"])
    # Six cells of the head, and one paragraph.
    assert problem.place.line == 8
    assert TEXT in problem.place.text


@pytest.mark.parametrize("name", LOOKS)
def test_looks_that_mean_something(name: str) -> None:
    looks, what = LOOKS[name]
    made = document()
    paragraph(made, run("Godt. ") + run(TEXT, looks))
    (problem,) = refused(data(made))
    assert problem.code == "word.content"
    assert what in str(problem.args["what"])
    assert TEXT in problem.place.text


def test_looks_that_are_switched_off_are_none() -> None:
    made = document()
    paragraph(made, run(TEXT, '<w:strike w:val="0"/><w:u w:val="none"/><w:b w:val="false"/>'))
    assert read_wording(data(made), "afslag.docx").text.endswith(f"\n{TEXT}\n")


TRACKED = {
    "insertion": f'<w:ins w:id="1" w:author="B" w:date="2026-01-01T00:00:00Z">{run("nyt")}</w:ins>',
    "deletion": '<w:del w:id="1" w:author="B"><w:r><w:delText>væk</w:delText></w:r></w:del>',
    "moved": f'<w:moveTo w:id="1" w:author="B">{run("flyttet")}</w:moveTo>',
    "format": run("x", '<w:b/><w:rPrChange w:id="1" w:author="B"><w:rPr/></w:rPrChange>'),
}


@pytest.mark.parametrize("name", TRACKED)
def test_tracked_changes_are_to_be_settled_first(name: str) -> None:
    made = document()
    paragraph(made, run(TEXT) + TRACKED[name])
    (problem,) = refused(data(made))
    assert problem.code == "word.tracked-changes"
    assert problem.place.line == 7
    assert TEXT in problem.place.text


def test_a_tracked_paragraph_mark_and_a_tracked_row() -> None:
    made = document()
    p = made.add_paragraph(TEXT)
    p._p.get_or_add_pPr().append(xml('<w:rPr><w:ins w:id="1" w:author="B"/></w:rPr>'))
    table = made.add_table(rows=2, cols=2)
    for cell in table._cells:
        cell.text = "x"
    table.rows[1]._tr.get_or_add_trPr().append(xml('<w:del w:id="2" w:author="B"/>'))
    assert {problem.code for problem in refused(data(made))} == {"word.tracked-changes"}


def test_tables_that_no_letter_has() -> None:
    made = document()
    nested = made.add_table(rows=1, cols=2)
    nested.cell(0, 0).text = "a"
    nested.cell(0, 1).add_table(rows=1, cols=1)
    made.add_paragraph("Imellem.")
    merged = made.add_table(rows=2, cols=2)
    for cell in merged._cells:
        cell.text = "x"
    merged.cell(1, 0).merge(merged.cell(1, 1)).text = "flettet"
    made.add_paragraph("Imellem.")
    tall = made.add_table(rows=1, cols=2)
    tall.cell(0, 0).text = "to\nlinjer"
    tall.cell(0, 1).text = "x"
    found = {str(problem.args["what"]) for problem in refused(data(made))}
    assert {"a table inside a table", "merged cells", "several lines in a cell of a table"} <= found


def test_a_numbered_heading_and_a_deep_list() -> None:
    made = document()
    heading = made.add_heading("Nummereret", 1)
    heading._p.get_or_add_pPr().append(xml('<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>'))
    deep = made.add_paragraph("dybt", style="List Bullet")
    deep._p.get_or_add_pPr().append(xml('<w:numPr><w:ilvl w:val="2"/><w:numId w:val="1"/></w:numPr>'))
    found = [str(problem.args["what"]) for problem in refused(data(made))]
    assert found == ["an automatically numbered heading", "a list more than two deep"]


def test_text_in_a_header_would_be_lost() -> None:
    made = document()
    made.add_paragraph("Tekst.")
    made.sections[0].header.paragraphs[0].text = "Lindehøj Kommune"
    (problem,) = refused(data(made))
    assert "Lindehøj Kommune" in problem.text()


def test_bold_that_ends_inside_a_word_after_a_mark() -> None:
    made = document()
    paragraph(made, run("Se ") + run("bilag (A)", "<w:b/>") + run("s indhold"))
    (problem,) = refused(data(made))
    assert problem.code == "word.looks"
    assert "bilag (A)s" in problem.place.text


def test_every_fault_is_told_at_once_in_order() -> None:
    made = document()
    paragraph(made, run("Et ") + CONTENT["footnote"][0])
    paragraph(made, run("To ") + TRACKED["insertion"])
    paragraph(made, run("Tre ", LOOKS["marked"][0]))
    assert [problem.place.line for problem in refused(data(made))] == [7, 8, 9]


# Files that are no wording at all


def plain_word() -> bytes:
    made = document()
    made.add_paragraph(TEXT)
    return data(made)


def relations(target: str, kind: str) -> bytes:
    rels = part(plain_word(), "word/_rels/document.xml.rels")
    extra = f'<Relationship Id="rIdX" Type="{_ID}/{kind}" Target="{target}" TargetMode="External"/>'
    return rels.replace(b"</Relationships>", extra.encode() + b"</Relationships>")


def settings_relations(target: str) -> bytes:
    return (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        f'<Relationship Id="rId1" Type="{_ID}/attachedTemplate" Target="{target}" TargetMode="External"/>'
        "</Relationships>"
    ).encode()


def bomb() -> bytes:
    """A document part of 2 GB of spaces in 2 MB, built without ever unpacking it."""
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    block = b" " * 10_000_000
    packed = b"".join(packer.compress(block) for _ in range(200)) + packer.flush()
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        with zipfile.ZipFile(io.BytesIO(plain_word())) as old:
            for name in old.namelist():
                if name != "word/document.xml":
                    archive.writestr(name, old.read(name))
        archive.writestr("word/document.xml", b"")
    file = bytearray(out.getvalue())
    name = b"word/document.xml"
    start = file.rindex(b"PK\x03\x04")
    central = file.index(b"PK\x01\x02")
    header = bytearray(file[start : start + 30 + len(name)])
    struct.pack_into("<H", header, 8, 8)
    struct.pack_into("<III", header, 14, 0, len(packed), 2_000_000_000)
    directory = bytearray(file[central:])
    entry = directory.rindex(b"PK\x01\x02")
    struct.pack_into("<H", directory, entry + 10, 8)
    struct.pack_into("<III", directory, entry + 16, 0, len(packed), 2_000_000_000)
    end = directory.rindex(b"PK\x05\x06")
    moved = start + len(header) + len(packed)
    struct.pack_into("<I", directory, end + 16, moved)
    return bytes(file[:start]) + bytes(header) + packed + bytes(directory)


def broken_document(text: bytes) -> bytes:
    return repacked(plain_word(), {"word/document.xml": text})


ENTITIES = (
    b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY a "aaaaaaaaaa">'
    + b"".join(f'<!ENTITY {chr(98 + i)} "{f"&{chr(97 + i)};" * 10}">'.encode() for i in range(9))
    + b'<!ENTITY x SYSTEM "file:///etc/passwd">]>'
    b'<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body><w:p><w:r>'
    b"<w:t>&j;&x;</w:t></w:r></w:p></w:body></w:document>"
)

FILES_REFUSED = {
    "empty": (b"", "word.no-word-file"),
    "text": (b"Kaere borger", "word.no-word-file"),
    "renamed PDF": (b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n" + b"x" * 1000, "word.no-word-file"),
    "other zip": (b"PK\x05\x06" + b"\0" * 18, "word.no-word-file"),
    "password or .doc": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 4096, "word.locked"),
    "cut off": (plain_word()[:2000], "word.no-word-file"),
    "damaged XML": (broken_document(b"<w:document"), "word.damaged"),
    "deep XML": (broken_document(b"<a>" * 100_000 + b"</a>" * 100_000), "word.damaged"),
    "large": (bytes(6_000_000), "word.too-large"),
    "zip bomb": (bomb(), "word.damaged"),
    "macros": (repacked(plain_word(), {"word/vbaProject.bin": b"x"}), "word.macros"),
    "ActiveX": (repacked(plain_word(), {"word/activeX/activeX1.bin": b"x"}), "word.macros"),
    "remote template": (
        repacked(
            plain_word(), {"word/_rels/settings.xml.rels": settings_relations("https://ond.example/t.dotm")}
        ),
        "word.external",
    ),
    "linked picture": (
        repacked(
            plain_word(), {"word/_rels/document.xml.rels": relations("https://ond.example/p.png", "image")}
        ),
        "word.external",
    ),
    "linked object": (
        repacked(plain_word(), {"word/_rels/document.xml.rels": relations("file:///c:/x.xls", "oleObject")}),
        "word.external",
    ),
    "frame": (
        repacked(plain_word(), {"word/_rels/document.xml.rels": relations("\\\\ond\\del", "frame")}),
        "word.external",
    ),
}


@pytest.mark.parametrize("name", FILES_REFUSED)
def test_files_that_are_no_wording(name: str) -> None:
    file, code = FILES_REFUSED[name]
    (problem,) = refused(file)
    assert problem.code == code, problem.text()
    assert problem.place.file == "afslag.docx"


def test_entities_are_not_followed() -> None:
    problems = refused(broken_document(ENTITIES))
    assert "root:" not in "".join(str(problem.args) + problem.place.text for problem in problems)


@pytest.mark.parametrize("text", ["{{" * 2_000_000, "a " * 2_000_000, "{% if a %}" * 500_000])
def test_a_paragraph_without_end(text: str) -> None:
    made = document()
    made.add_paragraph(text)
    (problem,) = refused(data(made))
    assert (problem.code, problem.place.line) == ("word.too-large", 7)


@pytest.mark.parametrize(
    "text", ["{{" * 3_900, "{%" * 3_900, "**" * 3_900, "[" * 7_900, "<" * 7_900, "{{ a }}" * 1_100]
)
def test_long_paragraphs_of_marks_are_read_in_time(text: str) -> None:
    made = document()
    for _ in range(3):
        made.add_paragraph().add_run(text).bold = True
    began = time.process_time()
    with contextlib.suppress(TemplateError):
        read_wording(data(made), "afslag.docx")
    assert time.process_time() - began < 60


def test_too_many_paragraphs() -> None:
    paragraphs = b"<w:p><w:r><w:t>x</w:t></w:r></w:p>" * 6_000
    text = part(plain_word(), "word/document.xml")
    file = broken_document(text.replace(b"<w:sectPr", paragraphs + b"<w:sectPr", 1))
    assert refused(file)[-1].code == "word.too-large"


# In the library


def in_word(name: str, text: str | None = None) -> bytes:
    return to_word(text or FILES[name], name)


def faults(root: Path) -> list[Problem]:
    try:
        library = load_library(root)
    except TemplateError as error:
        return list(error.problems)
    return [problem for found in library.faults.values() for problem in found]


def test_the_same_wording_twice_is_told(tmp_path: Path) -> None:
    root = write_library(tmp_path)
    (root / "proeve/nej.docx").write_bytes(in_word("proeve/nej.md"))
    (problem,) = faults(root)
    assert problem.code == "library.two-formats"
    assert {problem.args["first"], problem.args["second"]} == {"nej.md", "nej.docx"}


def test_dated_versions_in_either_format(tmp_path: Path) -> None:
    newer = FILES["proeve/nej.md"].replace("Vi siger nej", "Vi siger stadig nej")
    root = write_library(tmp_path)
    (root / "proeve/nej@2026-01-01.docx").write_bytes(in_word("nej.md", newer))
    library = load_library(root)
    assert [Path(version.path).name for version in library.files["proeve/nej"]] == [
        "nej.md",
        "nej@2026-01-01.docx",
    ]
    assert "stadig" in repr(letter(composer(root), REJECTION))


@pytest.mark.parametrize(
    "name", ["afslag.doc", "afslag.docm", "afslag.odt", "afslag.rtf", "afslag.DOCX", "afslag.pdf"]
)
def test_other_formats_are_told(tmp_path: Path, name: str) -> None:
    root = write_library(tmp_path)
    (root / "proeve" / name).write_bytes(b"x")
    (problem,) = faults(root)
    assert problem.code == "library.word-format"


def test_the_files_beside_an_open_document_are_passed_over(tmp_path: Path) -> None:
    root = write_library(tmp_path)
    (root / "proeve/~$nej.docx").write_bytes(b"x")
    (root / "proeve/.~lock.nej.docx#").write_bytes(b"x")
    assert faults(root) == []


def test_a_fault_of_a_letter_is_told_at_the_paragraph(tmp_path: Path) -> None:
    made = document((*HEAD, ("sections / Begrundelse", "reasons")))
    made.add_paragraph("Vi siger nej", style="Title")
    made.add_paragraph("Det gælder {{ facts.by }}.")
    made.add_heading("Begrundelse", 1)
    made.add_paragraph("Fordi.")
    root = write_library(tmp_path, {"proeve/nej.md": ""})
    (root / "proeve/nej.docx").write_bytes(data(made))
    with pytest.raises(TemplateError) as caught:
        letter(composer(root, {"proeve/nej.md": ""}), REJECTION)
    (problem,) = caught.value.problems
    assert problem.code == "template.undefined"
    assert problem.place.is_word
    assert problem.place.line == 10
    assert problem.place.text == "Det gælder {{ facts.by }}."


def test_a_fault_of_the_head_is_told_at_its_cell(tmp_path: Path) -> None:
    made = document((*HEAD, ("sections / Begrundelsen", "reasons")))
    made.add_paragraph("Vi siger nej", style="Title")
    made.add_heading("Begrundelse", 1)
    root = write_library(tmp_path, {"proeve/nej.md": ""})
    (root / "proeve/nej.docx").write_bytes(data(made))
    found = {(problem.code, problem.place.line, problem.place.text) for problem in faults(root)}
    assert ("template.section-role", 10, "Begrundelse") in found
    assert any(code == "template.section-unused" and line in (7, 8) for code, line, _ in found)


def test_200_megabytes_are_not_read(tmp_path: Path) -> None:
    root = write_library(tmp_path)
    with (root / "proeve/nej@2027-01-01.docx").open("wb") as file:
        file.write(plain_word())
        file.truncate(200_000_000)
    tracemalloc.start()
    try:
        (problem,) = faults(root)
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert problem.code == "library.too-large"
    assert peak < 30_000_000


def test_a_file_that_cannot_be_read_is_told_once(tmp_path: Path) -> None:
    root = write_library(tmp_path, {"proeve/grunde/venner.md": ""})
    (root / "proeve/grunde/venner.docx").write_bytes(b"%PDF-1.7")
    codes = [problem.code for problem in faults(root) if problem.place.file.endswith("venner.docx")]
    assert codes == ["word.no-word-file"]
