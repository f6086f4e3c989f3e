"""`compare` tells what was changed in Word, word by word, and where it belongs."""

from __future__ import annotations

import shutil
from copy import deepcopy
from pathlib import Path

import pytest
from lxml.etree import tostring
from word_files import Edited, W, changed_parts, plain, xml

from judges.readers import libreoffice
from letters.desk import Desk
from letters.desk.comparing.compare import Change, Compared, compare
from letters.desk.comparing.sources import sourced_words
from letters.document import words
from letters.document.model import Status
from letters.problems import LettersError, OutputError, Place, Severity
from letters.reading.word_package import WordPackage
from letters.reading.word_text import read_word
from letters.render.pdf import DEFAULT_FONT_DIRS

ROOT = Path(__file__).parents[2]
FIXTURES = ROOT / "fixtures"
CASE = FIXTURES / "integrationsansvar" / "02-afslag-en-grund.yaml"
REPLY = FIXTURES / "besvarelse" / "02-delspoergsmaal-og-tabel.yaml"
APPENDIX = FIXTURES / "bilag" / "to-sager.yaml"
WITH_APPENDIX = FIXTURES / "besvarelse" / "01-praksis-og-tal.yaml"
OPEN_CASES = sorted(path for path in FIXTURES.glob("*/*.*") if path.parent.name != "bilag")


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy, which nobody edits while the tests run."""
    return Path(shutil.copytree(ROOT / "templates" / "da", tmp_path_factory.mktemp("library") / "da"))


@pytest.fixture(scope="module")
def desk(library: Path) -> Desk:
    return Desk(library, DEFAULT_FONT_DIRS)


def word_file(desk: Desk, case: Path, folder: Path, status: Status = Status.DRAFT) -> Edited:
    path = folder / "letter.docx"
    path.write_bytes(desk.draw_docx(desk.prepare(case, status).letter))
    return Edited(path)


@pytest.fixture
def rejection(desk: Desk, tmp_path: Path) -> Edited:
    return word_file(desk, CASE, tmp_path)


@pytest.fixture
def reply(desk: Desk, tmp_path: Path) -> Edited:
    return word_file(desk, REPLY, tmp_path)


def compared(desk: Desk, edited: Edited, case: Path = CASE) -> Compared:
    return compare(desk, case, edited.save(edited.path))


def only(found: Compared) -> Change:
    (change,) = found.changes
    return change


def words_of(change: Change) -> tuple[str, str]:
    return change.removed, change.added


def line_of(file: Path, words: str) -> int:
    """The line of a file that holds some words."""
    lines = file.read_text(encoding="utf-8").split("\n")
    return next(number for number, line in enumerate(lines, 1) if words in line)


def change_nothing(name: str, data: bytes) -> bytes:
    return data


# Nothing changed


@pytest.mark.parametrize("case", OPEN_CASES, ids=lambda path: path.stem)
def test_an_untouched_letter_has_no_changes_and_every_word_a_source(
    case: Path, desk: Desk, tmp_path: Path
) -> None:
    letter = desk.prepare(case, Status.FINAL).letter
    assert tuple(word.text for word in sourced_words(letter)) == words(letter)
    edited = word_file(desk, case, tmp_path, Status.FINAL)
    found = compare(desk, case, edited.path)
    assert (found.status, found.changes, found.problems) == (Status.FINAL, (), ())
    body = [p for p in read_word(WordPackage(edited.path.read_bytes(), "")).paragraphs if p.place == "body"]
    assert tuple(word for p in body for word in (*p.label_words, *p.words)) == words(letter)


def test_a_draft_is_known_by_its_marks(desk: Desk, rejection: Edited) -> None:
    found = compared(desk, rejection)
    assert (found.status, found.changes, found.problems) == (Status.DRAFT, (), ())


# Words, and where they belong


def test_a_word_of_the_case(desk: Desk, rejection: Edited) -> None:
    rejection.retype("og går på sprogskole", "og arbejder på en skole")
    change = only(compared(desk, rejection))
    assert words_of(change) == ("går på sprogskole", "arbejder på en skole")
    assert (change.before, change.after) == ("Du er 24 år og", "i Sønderkær. Vi forstår, at")
    (place,) = change.fields
    assert (place.file, place.field) == (str(CASE), "assessment")
    assert place.line == line_of(CASE, "assessment:")
    assert change.wording is None


def test_a_word_of_the_wording(desk: Desk, library: Path, rejection: Edited) -> None:
    rejection.retype("Det skal ske inden 4 uger", "Det skal ske inden 8 uger")
    change = only(compared(desk, rejection))
    assert words_of(change) == ("4", "8")
    assert change.fields == ()
    assert change.wording
    file = library / "standardtekster" / "klagevejledning.md"
    assert change.wording.file == str(file)
    assert change.wording.line == line_of(file, "Det skal ske inden")


def test_words_of_both(desk: Desk, library: Path, rejection: Edited) -> None:
    rejection.retype("Sønderkær Kommune har fortsat", "Lindehøj Kommune har fra nu af")
    found = compared(desk, rejection)
    assert [words_of(change) for change in found.changes] == [
        ("Sønderkær", "Lindehøj"),
        ("fortsat", "fra nu af"),
    ]
    first, second = found.changes
    assert [place.field for place in first.fields] == ["facts.from_municipality"]
    assert first.wording is None
    assert second.fields == ()
    assert second.wording
    assert second.wording.file == str(library / "integrationsansvar" / "afslag.md")


def test_a_word_that_the_case_and_the_wording_make_together(desk: Desk, rejection: Edited) -> None:
    """In "integration@lindehoej.example." the address is a sender's and the full stop the wording's."""
    found = desk.prepare(CASE, Status.DRAFT).letter
    both = [word for word in sourced_words(found) if word.fields and word.own]
    assert both, "the example letter has no such word"
    rejection.retype(both[0].text.replace("\u00a0", " "), "noget")
    change = compared(desk, rejection).changes[0]
    assert change.fields
    assert change.wording


def test_words_put_into_a_field(desk: Desk, rejection: Edited) -> None:
    rejection.retype("Du er 24 år og går", "Du er 24 år gammel og går")
    change = only(compared(desk, rejection))
    assert words_of(change) == ("", "gammel")
    assert [place.field for place in change.fields] == ["assessment"]
    assert change.wording is None


def test_an_address_line(desk: Desk, rejection: Edited) -> None:
    rejection.retype("Stationsgade 41", "Stationsgade 14")
    change = only(compared(desk, rejection))
    assert words_of(change) == ("41", "14")
    assert [place.field for place in change.fields] == ["recipients[0].address.street"]


def test_changes_with_little_between_them_are_one(desk: Desk, rejection: Edited) -> None:
    rejection.retype("caféer, butikker og tilbud", "biografer, teatre og haller")
    assert words_of(only(compared(desk, rejection))) == (
        "caféer, butikker og tilbud",
        "biografer, teatre og haller",
    )


def test_white_space_is_no_change(desk: Desk, rejection: Edited) -> None:
    rejection.retype("Du er 24 år og", "Du  er 24\u00a0år og ")
    assert compared(desk, rejection).changes == ()


def test_no_civil_number_is_repeated(desk: Desk, rejection: Edited) -> None:
    rejection.retype("Du er 24 år", "Du, 010180-0008, er 24 år")
    assert words_of(only(compared(desk, rejection))) == ("Du", "Du, 010180-xxxx,")


# Paragraphs


def test_a_new_paragraph(desk: Desk, rejection: Edited) -> None:
    after = rejection.paragraph("Med venlig hilsen")
    after.addprevious(xml("<w:p><w:r><w:t>Vi ses snart.</w:t></w:r></w:p>"))
    change = only(compared(desk, rejection))
    assert words_of(change) == ("", "Vi ses snart. ¶")
    assert (change.before, change.after) == ("", "")


def test_a_paragraph_that_is_gone(desk: Desk, library: Path, rejection: Edited) -> None:
    gone = rejection.paragraph("Kontanthjælpen kan blive")
    gone.getparent().remove(gone)
    change = only(compared(desk, rejection))
    assert words_of(change) == ("Kontanthjælpen kan blive sat ned eller stoppe. ¶", "")
    assert change.wording
    assert change.wording.file == str(library / "integrationsansvar" / "uden-godkendelse.md")


def test_a_paragraph_divided_in_two(desk: Desk, rejection: Edited) -> None:
    rejection.retype("Du er 24 år og går på sprogskole i Sønderkær. Vi", "Vi")
    before = rejection.paragraph("Vi forstår, at du gerne vil bo")
    text = "Du er 24 år og går på sprogskole i Sønderkær."
    before.addprevious(xml(f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>"))
    change = only(compared(desk, rejection))
    assert words_of(change) == ("", "¶")
    assert change.before.endswith("sprogskole i Sønderkær.")


def test_an_item_put_in_moves_the_numbers_after_it(desk: Desk, reply: Edited) -> None:
    item = reply.paragraph("hjælpe med aftalen")
    new = deepcopy(item)
    for text in list(new.iter(f"{W}t")):
        text.text = ""
    next(new.iter(f"{W}t")).text = "holde møder"
    item.addprevious(new)
    found = compared(desk, reply, REPLY)
    assert [words_of(change) for change in found.changes] == [
        ("", "holde møder ¶"),
        ("2.", "3."),
        ("3.", "4."),
    ]


def test_a_changed_cell_of_a_table(desk: Desk, reply: Edited) -> None:
    reply.retype("81", "18")
    change = only(compared(desk, reply, REPLY))
    assert words_of(change) == ("81", "18")
    assert [place.field for place in change.fields] == ["questions[0].parts[0].answer"]


def test_header_and_footer(desk: Desk, rejection: Edited, tmp_path: Path) -> None:
    def change(name: str, data: bytes) -> bytes:
        if name.startswith("word/footer"):
            return data.replace(b"Side ", b"Fortrolig side ")
        return data.replace(b"2026-0031-2", b"2026-0031-3") if name.startswith("word/header") else data

    found = compare(desk, CASE, rejection.save(tmp_path / "andet.docx", change))
    assert [(c.place.split()[0], *words_of(c)) for c in found.changes] == [
        ("header", "2026-0031-2", "2026-0031-3"),
        ("footer", "Side", "Fortrolig side"),
    ]


def test_a_header_written_again_for_other_pages_is_none(desk: Desk, rejection: Edited) -> None:
    """LibreOffice does so when it saves, and puts what has a place of its own last."""
    section = next(rejection.root.iter(f"{W}sectPr"))
    reference = section.find(f"{W}headerReference")
    reference.addnext(even := deepcopy(reference))
    even.set(f"{W}type", "even")
    even.set("{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id", "r-even")
    relation = (
        b'<Relationship Id="r-even" Target="header9.xml"'
        b' Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/header"/></Relationships>'
    )
    header = xml(
        "<w:hdr><w:p><w:r><w:t>Lindehøj Kommune</w:t></w:r></w:p>"
        "<w:p><w:r><w:t>UDKAST</w:t></w:r></w:p></w:hdr>"
    )

    def change(name: str, data: bytes) -> bytes:
        return data.replace(b"</Relationships>", relation) if name == "word/_rels/document.xml.rels" else data

    saved = rejection.save(rejection.path, change)
    saved.write_bytes(
        changed_parts(saved.read_bytes(), change_nothing, {"word/header9.xml": tostring(header)})
    )
    there = {p.place for p in read_word(WordPackage(saved.read_bytes(), "")).paragraphs}
    assert "header even" in there
    assert compare(desk, CASE, saved).changes == ()


def test_saved_by_another_program_it_says_the_same(desk: Desk, reply: Edited, tmp_path: Path) -> None:
    """LibreOffice writes every part anew: styles, numbering, headers, frames."""
    (saved,) = libreoffice([reply.path], "docx", tmp_path / "saved").values()
    assert saved
    assert saved.read_bytes() != reply.path.read_bytes()
    found = compare(desk, REPLY, saved)
    assert (found.status, found.changes) == (Status.DRAFT, ())


# What else is told


def codes(found: Compared) -> list[str]:
    return [problem.code for problem in found.problems]


def test_tracked_changes_are_read_and_told(desk: Desk, rejection: Edited) -> None:
    paragraph = rejection.paragraph("Undervisningen i dansk")
    run = paragraph.find(f"{W}r")
    text = plain(paragraph)
    deleted = xml(f'<w:del w:id="1" w:author="A"><w:r><w:delText>{text}</w:delText></w:r></w:del>')
    inserted = xml(
        '<w:ins w:id="2" w:author="A"><w:r><w:t>Undervisningen i dansk stopper.</w:t></w:r></w:ins>'
    )
    for old in paragraph.findall(f"{W}r"):
        paragraph.remove(old)
    assert run is not None
    paragraph.extend([deleted, inserted])
    found = compared(desk, rejection)
    assert only(found).added.startswith("stopper")
    assert codes(found) == ["word.tracked-changes"]
    assert "1 insertions, 1 deletions" in found.problems[0].text()


def test_leftovers_and_open_places_in_new_words(desk: Desk, rejection: Edited) -> None:
    rejection.retype("Det skal ske inden 4 uger", "Det skal ske inden [antal] uger {{ her }}")
    found = compared(desk, rejection)
    assert sorted(codes(found)) == ["language.drafting-note", "letter.leftover", "letter.placeholder"]
    assert {problem.place.file for problem in found.problems} == {str(rejection.path)}
    assert {problem.place.field for problem in found.problems} == {f"¶ {only(found).paragraph}"}


def test_what_the_letter_itself_has_is_not_told_again(desk: Desk, tmp_path: Path) -> None:
    case = tmp_path / CASE.name
    case.write_bytes(CASE.read_bytes().replace(b"24 \xc3\xa5r", b"[alder] \xc3\xa5r"))
    edited = word_file(desk, case, tmp_path)
    edited.retype("Kære", "Hej")
    found = compared(desk, edited, case)
    assert len(found.changes) == 1
    assert found.problems == ()


def test_law_that_is_not_there_is_told(desk: Desk, rejection: Edited) -> None:
    rejection.retype(
        "Det skal ske inden 4 uger", "Det følger af integrationslovens § 18, stk. 17, at det skal ske"
    )
    found = compared(desk, rejection)
    assert codes(found) == ["law.no-such-place"]
    assert found.problems[0].severity is Severity.ERROR
    assert found.problems[0].place == Place(str(rejection.path), field=f"¶ {found.changes[0].paragraph}")


def test_law_is_looked_up_on_the_date_of_the_case(desk: Desk, rejection: Edited) -> None:
    """A citation that is right on the date is no fault."""
    rejection.retype(
        "Det skal ske inden 4 uger", "Efter integrationslovens § 18, stk. 2, skal det ske inden 4 uger"
    )
    assert codes(compared(desk, rejection)) == []


def test_slips_and_long_sentences_are_told(desk: Desk, rejection: Edited) -> None:
    rejection.retype(
        "Det skal ske inden 4 uger", "Det skal ske  ske inden 4 uger , jfr. integrationslovens §18"
    )
    assert {code.partition(".")[0] for code in codes(compared(desk, rejection))} == {"language"}


def test_a_long_sentence_put_into_the_text(desk: Desk, rejection: Edited) -> None:
    rejection.retype(
        "Undervisningen i dansk fortsætter.", "Undervisningen i dansk " + "og dansk " * 20 + "går i gang."
    )
    assert codes(compared(desk, rejection)) == ["language.long-sentence"]


def test_a_civil_number_put_into_the_text(desk: Desk, tmp_path: Path) -> None:
    edited = word_file(desk, REPLY, tmp_path)
    edited.retype("En person tæller", "Amal, 010180-0008, tæller")
    found = compared(desk, edited, REPLY)
    assert codes(found) == ["secrecy.cpr-like"]
    assert found.problems[0].place.file == str(edited.path)
    assert "0008" not in found.problems[0].text()


def test_a_secret_of_an_appendix_put_into_the_text(desk: Desk, tmp_path: Path) -> None:
    against = desk.against([APPENDIX], None)
    person = against.appendices["to-sager"].appendix.people[0].name
    edited = word_file(desk, WITH_APPENDIX, tmp_path)
    untouched = compare(desk, WITH_APPENDIX, edited.path, against)
    assert (untouched.changes, untouched.problems) == ((), ())
    edited.retype("Tak for", f"Hilsen fra {person}. Tak for")
    edited.save(edited.path)
    found = compare(desk, WITH_APPENDIX, edited.path, against)
    assert codes(found) == ["secrecy.leak-name"]
    assert person not in found.problems[0].text()
    assert codes(compare(desk, WITH_APPENDIX, edited.path)) == ["secrecy.not-guarded"]


def test_files_that_cannot_be_compared(desk: Desk, rejection: Edited, tmp_path: Path) -> None:
    for case, file, code in (
        (CASE, tmp_path / "findes-ikke.docx", "word.unreadable"),
        (CASE, CASE, "word.no-word-file"),
        (tmp_path / "findes-ikke.yaml", rejection.path, "case.unreadable"),
    ):
        with pytest.raises(LettersError) as caught:
            compare(desk, case, file)
        assert [problem.code for problem in caught.value.problems] == [code]


# An edited file is never issued


def test_issue_never_takes_an_edited_file_for_its_own(desk: Desk, tmp_path: Path) -> None:
    """It is refused, or replaced whole by what the case makes; nothing of it is kept."""
    (made,) = desk.make([CASE], tmp_path, Status.FINAL, force=False)
    assert made.folder
    untouched = {file.name: file.read_bytes() for file in made.folder.iterdir()}
    edited = Edited(made.folder / "letter.docx")
    edited.retype("overtager ikke", "overtager")
    edited.save(edited.path)
    with pytest.raises(OutputError) as caught:
        desk.make([CASE], tmp_path, Status.FINAL, force=False)
    assert [problem.code for problem in caught.value.problems] == ["output.exists"]
    (again,) = desk.make([CASE], tmp_path, Status.FINAL, force=True)
    assert again.folder
    assert {file.name: file.read_bytes() for file in again.folder.iterdir()} == untouched


def test_a_word_file_is_no_case(desk: Desk, rejection: Edited, tmp_path: Path) -> None:
    (made,) = desk.make([rejection.path], tmp_path / "ud", Status.FINAL, force=False)
    assert made.folder is None
    assert [problem.code for problem in made.problems] == ["case.unknown-format"]
    assert not (tmp_path / "ud").exists()
