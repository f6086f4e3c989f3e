"""What is read in a Word file: tracked changes, fields, notes, and labels counted as Word counts them."""

from __future__ import annotations

import io
import zipfile

import pytest
from word_files import changed_parts, small

from letters.problems import LettersError
from letters.reading.word_package import WordPackage
from letters.reading.word_text import WordText, read_word


def read(data: bytes) -> WordText:
    return read_word(WordPackage(data, "brev.docx"))


def p(content: str, properties: str = "") -> str:
    return f"<w:p><w:pPr>{properties}</w:pPr>{content}</w:p>"


def r(text: str, properties: str = "") -> str:
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def texts(body: str, **parts: str) -> list[str]:
    return [paragraph.text for paragraph in read(small(body, **parts)).paragraphs]


# Text


def test_insertions_count_and_deletions_do_not() -> None:
    body = p(
        r("Vi siger ")
        + f'<w:ins w:id="1" w:author="A">{r("ja")}</w:ins>'
        + '<w:del w:id="2" w:author="A"><w:r><w:delText>nej</w:delText></w:r></w:del>'
        + f'<w:moveFrom w:id="3">{r(" i dag")}</w:moveFrom>'
        + r(".")
        + f'<w:moveTo w:id="4">{r(" I dag.")}</w:moveTo>'
    )
    found = read(small(body))
    assert [paragraph.text for paragraph in found.paragraphs] == ["Vi siger ja. I dag."]
    assert (found.insertions, found.deletions) == (2, 2)


def test_a_deleted_paragraph_mark_joins_two_paragraphs() -> None:
    gone = '<w:rPr><w:del w:id="1" w:author="A"/></w:rPr>'
    assert texts(p(r("Et "), gone) + p(r("afsnit.")) + p(r("Sidst"), gone)) == ["Et afsnit.", "Sidst"]


def test_a_deleted_row_is_gone() -> None:
    def row(text: str, mark: str = "") -> str:
        return f"<w:tr><w:trPr>{mark}</w:trPr><w:tc>{p(r(text))}</w:tc></w:tr>"

    body = f"<w:tbl>{row('en')}{row('to', '<w:del/>')}{row('tre')}</w:tbl>"
    assert texts(body) == ["en", "tre"]


def test_marks_inside_a_run() -> None:
    run = (
        "<w:r><w:t>a</w:t><w:tab/><w:t>b</w:t><w:br/><w:t>c</w:t><w:noBreakHyphen/><w:t>d</w:t><w:softHyphen/>"
        '<w:t>e\u00adf</w:t><w:sym w:font="Wingdings" w:char="2022"/></w:r>'
    )
    assert texts(p(run)) == ["a\tb\nc-def\u2022"]


def test_links_and_content_controls_are_text() -> None:
    body = p(f"<w:hyperlink>{r('et link')}</w:hyperlink>")
    body += f"<w:sdt><w:sdtPr/><w:sdtContent>{p(r('et felt'))}</w:sdtContent></w:sdt>"
    body += p(f"<w:sdt><w:sdtContent>{r('midt i')}</w:sdtContent></w:sdt>")
    assert texts(body) == ["et link", "et felt", "midt i"]


def test_page_numbers_are_signs_and_other_fields_their_result() -> None:
    def parts(instruction: str, result: str) -> str:
        marks = [f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>' for kind in ("begin", "separate", "end")]
        return f"{marks[0]}<w:r><w:instrText>{instruction}</w:instrText></w:r>{marks[1]}{r(result)}{marks[2]}"

    body = p(r("Side ") + parts(" PAGE ", "3") + r(" af ") + '<w:fldSimple w:instr=" NUMPAGES ">' + r("9"))
    body = body.replace(r("9"), r("9") + "</w:fldSimple>")
    body += p(parts(' REF brev \\h "', "afsnit 4"))
    assert texts(body) == ["Side # af #", "afsnit 4"]


def test_a_text_box_is_read_once_after_its_paragraph() -> None:
    box = f"<w:txbxContent>{p(r('i boksen'))}</w:txbxContent>"
    run = (
        f"<w:r><mc:AlternateContent><mc:Choice>{box}</mc:Choice><mc:Fallback>{box}</mc:Fallback>"
        "</mc:AlternateContent></w:r>"
    )
    assert texts(p(r("ved boksen") + run)) == ["ved boksen", "i boksen"]


def test_hidden_text_counts_and_is_told() -> None:
    found = read(small(p(r("synligt ") + r("skjult", "<w:vanish/>"))))
    assert found.paragraphs[0].text == "synligt skjult"
    assert found.hidden == 1


def test_notes_and_comments() -> None:
    comments = f'<w:comment w:id="1" w:author="Mette">{p(r("Er det"))}{p(r("rigtigt?"))}</w:comment>'
    notes = (
        f'<w:footnote w:type="separator">{p(r("--"))}</w:footnote><w:footnote>{p(r("En note."))}</w:footnote>'
    )
    found = read(small(p(r("Brevet.")), comments=comments, footnotes=notes))
    assert [(q.place, q.text) for q in found.paragraphs] == [("body", "Brevet."), ("footnote", "En note.")]
    assert found.comments == ("Er det rigtigt?",)


# Labels


def level(number: int, kind: str, pattern: str, more: str = "") -> str:
    return (
        f'<w:lvl w:ilvl="{number}"><w:start w:val="1"/><w:numFmt w:val="{kind}"/>{more}'
        f'<w:lvlText w:val="{pattern}"/></w:lvl>'
    )


def numbered(number: int, depth: int = 0) -> str:
    return f'<w:numPr><w:ilvl w:val="{depth}"/><w:numId w:val="{number}"/></w:numPr>'


def labels(marks: list[str], numbering: str, styles: str = "") -> list[str]:
    body = "".join(p(r("x"), mark) for mark in marks)
    return [paragraph.label for paragraph in read(small(body, numbering=numbering, styles=styles)).paragraphs]


def one_list(*levels: str) -> str:
    return f'<w:abstractNum w:abstractNumId="0">{"".join(levels)}</w:abstractNum>{instance(1)}'


def instance(number: int, more: str = "", of: int = 0) -> str:
    return f'<w:num w:numId="{number}"><w:abstractNumId w:val="{of}"/>{more}</w:num>'


def test_levels_count_and_begin_again() -> None:
    numbering = one_list(level(0, "decimal", "%1."), level(1, "lowerLetter", "%1%2."))
    marks = [numbered(1), numbered(1, 1), numbered(1, 1), numbered(1), numbered(1, 1), "", numbered(1)]
    assert labels(marks, numbering) == ["1.", "1a.", "1b.", "2.", "2a.", "", "3."]


def test_instances_go_on_unless_they_have_a_start_of_their_own() -> None:
    start = '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="7"/></w:lvlOverride>'
    numbering = one_list(level(0, "decimal", "%1.")) + instance(2) + instance(3, start)
    marks = [numbered(1), numbered(2), numbered(3), numbered(3), numbered(1)]
    assert labels(marks, numbering) == ["1.", "2.", "7.", "8.", "9."]


@pytest.mark.parametrize(
    ("kind", "wanted"),
    [
        ("decimal", ["1", "2", "3"]),
        ("decimalZero", ["01", "02", "03"]),
        ("upperLetter", ["A", "B", "C"]),
        ("lowerRoman", ["i", "ii", "iii"]),
        ("upperRoman", ["I", "II", "III"]),
        ("none", ["", "", ""]),
        ("bullet", ["•", "•", "•"]),
    ],
)
def test_kinds_of_numbers(kind: str, wanted: list[str]) -> None:
    assert labels([numbered(1)] * 3, one_list(level(0, kind, "%1"))) == wanted


def test_after_z_come_two_letters() -> None:
    assert labels([numbered(1)] * 28, one_list(level(0, "lowerLetter", "%1")))[25:] == ["z", "aa", "bb"]


def test_a_legal_list_shows_figures_only() -> None:
    numbering = one_list(level(0, "upperRoman", "%1"), level(1, "decimal", "%1.%2", "<w:isLgl/>"))
    assert labels([numbered(1), numbered(1, 1)], numbering) == ["I", "1.1"]


def test_a_list_that_begins_below_its_first_level() -> None:
    numbering = one_list(level(0, "decimal", "%1."), level(1, "decimal", "%1.%2."))
    assert labels([numbered(1, 1), numbered(1, 1), numbered(1)], numbering) == ["1.1.", "1.2.", "2."]


def test_a_style_brings_the_list_and_its_level() -> None:
    styles = (
        '<w:style w:type="paragraph" w:styleId="A"><w:name w:val="Punkt"/>'
        '<w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
        '<w:style w:type="paragraph" w:styleId="B"><w:name w:val="Under"/><w:basedOn w:val="A"/></w:style>'
    )
    numbering = one_list(level(0, "decimal", "%1."), level(1, "decimal", "(%2)", '<w:pStyle w:val="A"/>'))
    off = '<w:pStyle w:val="A"/><w:numPr><w:numId w:val="0"/></w:numPr>'
    assert labels(['<w:pStyle w:val="A"/>', '<w:pStyle w:val="B"/>', off], numbering, styles) == [
        "(1)",
        "(2)",
        "",
    ]


def test_an_override_changes_the_level_itself() -> None:
    own = f'<w:lvlOverride w:ilvl="0">{level(0, "lowerLetter", "%1)")}</w:lvlOverride>'
    assert labels([numbered(2), numbered(2)], one_list(level(0, "decimal", "%1.")) + instance(2, own)) == [
        "a)",
        "b)",
    ]


def test_nonsense_in_the_numbering_stops_nothing() -> None:
    numbering = one_list('<w:lvl w:ilvl="99"><w:start w:val="x"/></w:lvl>')
    assert labels([numbered(1, 44), numbered(7)], numbering) == ["", ""]


# Files that are refused


def code_of(data: bytes) -> str:
    with pytest.raises(LettersError) as caught:
        read(data)
    (problem,) = caught.value.problems
    assert problem.place.file == "brev.docx"
    return problem.code


def test_files_that_are_no_word_files() -> None:
    good = small(p(r("x")))
    empty = io.BytesIO()
    zipfile.ZipFile(empty, "w").close()
    assert code_of(b"") == "word.no-word-file"
    assert code_of(b"%PDF-1.7") == "word.no-word-file"
    assert code_of(empty.getvalue()) == "word.no-word-file"
    assert code_of(b"\xd0\xcf\x11\xe0 and so on") == "word.locked"
    assert code_of(b"PK" + bytes(30_000_001)) == "word.too-large"
    assert code_of(good[: len(good) // 2]) == "word.no-word-file"


def test_damaged_and_strict_files() -> None:
    good = small(p(r("x")))

    def swapped(old: bytes, new: bytes) -> bytes:
        return changed_parts(good, lambda name, data: data.replace(old, new))

    assert code_of(swapped(b"<w:body>", b"<w:body")) == "word.damaged"
    strict = b"http://purl.oclc.org/ooxml/wordprocessingml/main"
    main = b"http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    assert code_of(swapped(main, strict)) == "word.strict"


def test_entities_are_not_filled_in() -> None:
    bomb = b'<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;">]>'
    data = changed_parts(
        small(p(r("x"))),
        lambda name, part: bomb + part.replace(b">x<", b">&b;<") if name == "word/document.xml" else part,
    )
    assert "a" not in "".join(q.text for q in read(data).paragraphs)
