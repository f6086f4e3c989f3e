"""Each judge reports the defect it is there for. A checker that was never seen to report is no checker."""

import pikepdf
import pytest

from judges import (
    MissingJudgeError,
    difference,
    errors,
    judge_docx,
    judge_pdf,
    judge_pdfs,
    open_in_libreoffice,
    words_of_docx,
    words_of_pdf,
)
from judges.specimens import BODY, make_docx, make_pdf, spoil_docx, spoil_pdf
from judges.tagged import tagged_words
from judges.words import count, printed_words, surplus

DOCUMENT, STYLES, CORE = "word/document.xml", "word/styles.xml", "docProps/core.xml"
RELATIONS = "word/_rels/document.xml.rels"


def reported(findings):
    return {finding.code for finding in findings if finding.level == "error"}


def test_sound_pdf_passes(tmp_path):
    assert errors(judge_pdf(make_pdf(tmp_path / "sound.pdf"), ("ua1",))) == []


@pytest.mark.parametrize(
    ("code", "change"),
    [
        ("title", {"head": ""}),
        ("lang", {"html": ""}),
        ("lang", {"html": 'lang="en"'}),
        ("heading", {"body": BODY.replace("h2>", "h3>")}),
        ("heading", {"body": BODY.replace("h1>", "p>").replace("h2>", "p>")}),
        ("table", {"body": BODY + "<table><tr><td>1</td><td>2</td></tr></table>"}),
        (
            "alt",
            {"body": BODY + '<img src="data:image/svg+xml,<svg xmlns=%22http://www.w3.org/2000/svg%22/>">'},
        ),
        ("leftover", {"body": BODY + "<p>Kære {{ navn }}</p>"}),
        ("leftover", {"body": BODY + "<p>Beløb: None kr.</p>"}),
        ("leftover", {"body": BODY + "<p>Hansen &amp;amp; Søn</p>"}),
    ],
)
def test_pdf_defects_of_making(tmp_path, code, change):
    assert code in reported(judge_pdf(make_pdf(tmp_path / "bad.pdf", **change), ()))


@pytest.mark.parametrize(
    ("code", "spoil"),
    [
        ("title", lambda pdf: pdf.docinfo.update({"/Title": "Andet"})),
        ("tags", lambda pdf: pdf.Root.__delitem__("/StructTreeRoot")),
        ("tags", lambda pdf: pdf.Root.__delitem__("/MarkInfo")),
        (
            "active",
            lambda pdf: pdf.Root.__setitem__("/OpenAction", pikepdf.Dictionary(S=pikepdf.Name.JavaScript)),
        ),
        ("font", lambda pdf: [font_file(o) for o in pdf.objects]),
    ],
)
def test_pdf_defects_of_objects(tmp_path, code, spoil):
    assert code in reported(judge_pdf(spoil_pdf(make_pdf(tmp_path / "bad.pdf"), spoil), ()))


def font_file(thing):
    if isinstance(thing, pikepdf.Dictionary) and "/FontFile2" in thing:
        del thing["/FontFile2"]


def test_pdf_that_is_none(tmp_path):
    (tmp_path / "bad.pdf").write_bytes(b"junk")
    assert reported(judge_pdf(tmp_path / "bad.pdf", ())) == {"open"}


def test_verapdf_judges_each_file_of_a_batch(tmp_path):
    sound, bad = make_pdf(tmp_path / "sound.pdf"), make_pdf(tmp_path / "bad.pdf", html="")
    found = judge_pdfs([bad, sound], ("ua1",))
    assert "verapdf" in reported(found[bad])
    assert errors(found[sound]) == []


@pytest.mark.parametrize("where", ["text", "properties"])
def test_forbidden_text_in_a_pdf(tmp_path, where):
    secret = "Hemmelig Adresse 7"
    body = BODY + f"<p>{secret}</p>" if where == "text" else BODY
    head = (
        f'<title>Afslag</title><meta name="keywords" content="{secret}">'
        if where == "properties"
        else "<title>A</title>"
    )
    path = make_pdf(tmp_path / "leak.pdf", body, head)
    assert "forbidden" in reported(judge_pdf(path, (), forbidden=[secret]))
    assert secret not in str(judge_pdf(path, (), forbidden=[secret]))


@pytest.mark.parametrize(
    "lock", [{"owner": "", "user": "kodeord-1"}, None, {"owner": "e", "user": "k", "R": 4}]
)
def test_weak_locks(tmp_path, lock):
    path = make_pdf(tmp_path / "locked.pdf")
    if lock:
        with pikepdf.open(path, allow_overwriting_input=True) as pdf:
            pdf.save(path, encryption=pikepdf.Encryption(**lock))
    password = lock["user"] if lock else ""
    assert "encryption" in reported(judge_pdf(path, (), password=password, expect_encrypted=True))


def test_good_lock_passes(tmp_path):
    path = make_pdf(tmp_path / "locked.pdf")
    with pikepdf.open(path, allow_overwriting_input=True) as pdf:
        pdf.save(path, encryption=pikepdf.Encryption(owner="langt-ejerkodeord", user="kodeord-1", R=6))
    assert errors(judge_pdf(path, ("ua1",), password="kodeord-1", expect_encrypted=True)) == []


def test_sound_docx_passes(tmp_path):
    path = make_docx(tmp_path / "sound.docx")
    assert errors(judge_docx(path)) == []
    assert errors(open_in_libreoffice([path], tmp_path)[path]) == []


@pytest.mark.parametrize(
    ("codes", "changes"),
    [
        ({"title"}, {CORE: ("<dc:title>Afslag</dc:title>", "<dc:title></dc:title>")}),
        ({"lang"}, {STYLES: ("da-DK", "en-US")}),
        ({"heading"}, {DOCUMENT: ('w:val="Heading2"', 'w:val="Heading3"')}),
        ({"heading"}, {DOCUMENT: ('w:val="Heading1"', 'w:val="Normal"')}),
        ({"leftover"}, {DOCUMENT: ("Kære Amal", "Kære {{ navn }}")}),
        ({"leftover"}, {DOCUMENT: ("Kære Amal", "Kære &amp;amp; None")}),
        ({"table"}, {DOCUMENT: ("<w:tblHeader/>", "")}),
        ({"structure"}, {DOCUMENT: ("<w:p><w:r><w:t>felt 3</w:t></w:r></w:p>", "")}),
        ({"privacy"}, {DOCUMENT: ("<w:r><w:t>Kære", '<w:ins w:id="1" w:author="x"/><w:r><w:t>Kære')}),
        ({"privacy"}, {DOCUMENT: ("<w:r><w:t>Kære", "<w:r><w:rPr><w:vanish/></w:rPr><w:t>Kære")}),
        ({"sdk", "xsd"}, {DOCUMENT: ("<w:t>Kære", "<w:nonsense/><w:t>Kære")}),
        ({"xml", "package"}, {DOCUMENT: ("</w:body>", "")}),
        ({"package"}, {RELATIONS: ("styles.xml", "stylez.xml")}),
        ({"external"}, {RELATIONS: ('"numbering.xml"', '"https://x.example/n" TargetMode="External"')}),
        ({"reader", "package"}, {RELATIONS: ("media/image1.png", "media/image2.png")}),
        ({"alt"}, {}),
    ],
)  # fmt: skip
def test_docx_defects(tmp_path, codes, changes):
    path = make_docx(tmp_path / "bad.docx", picture="reader" in codes or "alt" in codes)
    assert codes <= reported(judge_docx(spoil_docx(path, changes)))


def test_forbidden_text_in_a_docx_over_runs(tmp_path):
    path = make_docx(tmp_path / "leak.docx")
    spoil_docx(path, {DOCUMENT: ("Kære Amal", "Hemme</w:t></w:r><w:r><w:t>lig")})
    assert "forbidden" in reported(judge_docx(path, forbidden=["hemmelig"]))


def test_docx_that_is_none(tmp_path):
    (tmp_path / "bad.docx").write_bytes(b"junk")
    assert reported(judge_docx(tmp_path / "bad.docx")) == {"zip"}


def test_libreoffice_that_cannot_open_a_file(tmp_path):
    sound, bad = make_docx(tmp_path / "sound.docx"), make_docx(tmp_path / "bad.docx")
    spoil_docx(bad, {DOCUMENT: ("<w:body>", "<w:body><")})
    found = open_in_libreoffice([bad, sound], tmp_path)
    assert reported(found[bad]) == {"office"}
    assert errors(found[sound]) == []


def test_missing_judge_is_an_error(tmp_path, monkeypatch):
    path = make_docx(tmp_path / "sound.docx")
    monkeypatch.setenv("PATH", "")
    with pytest.raises(MissingJudgeError, match="pandoc"):
        judge_docx(path)


def test_words_of_both_files(tmp_path):
    pdf, word = make_pdf(tmp_path / "a.pdf", "<h1>Et to</h1><p>tre</p>"), make_docx(tmp_path / "a.docx")
    assert words_of_pdf(pdf).split() == ["Et", "totre"]
    assert tagged_words(pdf).split() == ["Et", "totre"]
    assert printed_words(pdf) == {"Et": 1, "to": 1, "tre": 1}
    assert "Kære Amal" in words_of_docx([word], tmp_path)[word]


both_readers = pytest.mark.parametrize("words", [words_of_pdf, tagged_words])


@both_readers
def test_heads_of_a_table_over_two_pages_count_once(tmp_path, words):
    table = BODY[BODY.index("<table>") :]
    over_two = table.replace('<tr><th scope="row">', '<tr style="break-before: page"><th scope="row">')
    first_row = '<tbody><tr><th scope="row">2020</th><td>299</td></tr>'
    path = make_pdf(tmp_path / "a.pdf", "<h1>Et</h1>" + over_two.replace("<tbody>", first_row))
    assert printed_words(path)["Antal"] == 2
    assert words(path).count("Antal") == 1


@both_readers
def test_heads_of_two_tables_count_twice(tmp_path, words):
    table = BODY[BODY.index("<table>") :]
    path = make_pdf(tmp_path / "a.pdf", f"<h1>Et</h1>{table}<p>og</p>{table}")
    assert words(path).count("Antal") == 2


@pytest.mark.parametrize(
    ("first", "second", "same"),
    [
        ("Selvforsørgelses- og\nhjemrejse\u2010\nprogram", "Selvforsørgelses- og hjemrejseprogram", True),
        ("1. Hvor mange?", "Hvor mange?", False),
        ("Ja, § 18", "Ja, 18", False),
        ("et to", "to et", False),
        ("et to", "et to tre", False),
    ],
)
def test_difference(first, second, same):
    assert (difference(first, second) == "") is same


def test_surplus_sees_a_lost_space():
    assert surplus(count("en ogto"), count("en og to")) == ["ogto"]
