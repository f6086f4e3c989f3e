"""The guard on the project's own letters: silent as they come out, not silent when someone edits them."""

import io
from pathlib import Path

import docx
import pikepdf
import pypdfium2 as pdfium
import pytest
from leak_people import ACCOUNT, SECRETS

from letters.desk import Desk
from letters.document.model import Status
from letters.reading.finished_pdf import FinishedPdf
from letters.render.pdf.fonts import DEFAULT_FONT_DIRS
from letters.secrecy.guard import guard
from letters.secrecy.secrets import Person, Secrets

_ROOT = Path(__file__).parents[2]
_CASES = (
    "besvarelse/02-delspoergsmaal-og-tabel.yaml",
    "integrationsansvar/01-afslag-tre-grunde.yaml",
    "integrationsansvar/06-partshoering.yaml",
)


@pytest.fixture(scope="module")
def letters(tmp_path_factory):
    out = tmp_path_factory.mktemp("letters")
    desk = Desk(_ROOT / "templates" / "da", DEFAULT_FONT_DIRS)
    made = list(desk.make([_ROOT / "fixtures" / case for case in _CASES], out, Status.DRAFT, force=False))
    return [{path.name: path.read_bytes() for path in one.files} for one in made]


def test_letters_as_they_come_out_hold_nothing(letters):
    assert [sorted(files) for files in letters] == [
        ["letter.docx", "letter.pdf", "letter.txt", "manifest.json"]
    ] * len(_CASES)
    for files in letters:
        assert guard(files, SECRETS) == ()


def _edited_in_word(data):
    document = docx.Document(io.BytesIO(data))
    document.paragraphs[-1].add_run(f" Jf. bilaget: {ACCOUNT[:80]}")
    document.core_properties.comments = "Se også Yusufs sag"
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def test_a_letter_edited_in_word_is_judged_by_its_bytes(letters):
    findings = guard({"letter.docx": _edited_in_word(letters[0]["letter.docx"])}, SECRETS)
    assert {(finding.kind, finding.where.split(",")[0]) for finding in findings if finding.sure} == {
        ("account-run", "word/document.xml"),
        ("name-part", "docProps/core.xml"),
    }


def test_a_pdf_with_a_note_is_judged_by_its_bytes(letters):
    with pikepdf.open(io.BytesIO(letters[0]["letter.pdf"])) as pdf:
        pdf.docinfo["/Keywords"] = "Kjær-Aagesen"
        buffer = io.BytesIO()
        pdf.save(buffer, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    assert {finding.kind for finding in guard({"letter.pdf": buffer.getvalue()}, SECRETS)} == {"name-part"}


def test_a_word_of_the_letter_is_found_in_all_of_its_forms(letters):
    """The person whom the rejection is about stands in for one of the appendix."""
    secrets = Secrets.from_people([Person("p", names=("Amal Haddad",))])
    told = {finding.document for finding in guard(letters[1], secrets) if finding.sure}
    assert told == {"letter.docx", "letter.pdf", "letter.txt"}
    addressed = guard(letters[1], secrets, recipients=["Amal Haddad"])
    assert addressed
    assert not [finding for finding in addressed if finding.sure]


@pytest.mark.parametrize(
    "surname", ["Lang", "Mark", "Page", "Root", "White", "Kids", "Span", "Link", "Draft"]
)
def test_a_word_of_the_file_format_is_no_name(letters, surname):
    """Somebody may be called so, and no letter could leave the house."""
    person = Secrets.from_people([Person("p", names=(f"Xiomara {surname}",))])
    rewritten = io.BytesIO()
    with pikepdf.open(io.BytesIO(letters[0]["letter.pdf"])) as pdf:
        pdf.save(rewritten, object_stream_mode=pikepdf.ObjectStreamMode.disable)
    files = {name: data for name, data in letters[0].items() if name.startswith("letter")}
    assert guard({**files, "rewritten.pdf": rewritten.getvalue()}, person) == ()


def test_such_a_name_is_still_found_where_somebody_wrote_it(letters):
    person = Secrets.from_people([Person("p", names=("Xiomara Lang",))])
    with pikepdf.open(io.BytesIO(letters[0]["letter.pdf"])) as pdf:
        pdf.docinfo["/Keywords"] = "Lang"
        buffer = io.BytesIO()
        pdf.save(buffer)
    assert {finding.kind for finding in guard({"letter.pdf": buffer.getvalue()}, person)} == {"name-part"}


def test_pages_that_were_read_while_measuring_are_searched_like_any_other(letters):
    """What pdfium read in these bytes is taken over, of the first revision and of no file in another."""
    plain = letters[1]["letter.pdf"]
    finished = FinishedPdf(plain)
    finished.page_texts = ("Kære borger", "Yusuf Kjær-Aagesen")
    assert {(f.kind, f.where) for f in guard({"letter.pdf": finished}, SECRETS)} == {
        ("name", "page 2, line 1")
    }
    secrets = Secrets.from_people([Person("p", names=("Amal Haddad",))])
    with pdfium.PdfDocument(plain) as document:
        read = tuple(page.get_textpage().get_text_range() for page in document)
    finished.page_texts = read
    assert guard({"letter.pdf": finished}, secrets) == guard({"letter.pdf": plain}, secrets) != ()
    assert guard({"letter.pdf": finished + b"x"}, secrets) == guard({"letter.pdf": plain + b"x"}, secrets)
