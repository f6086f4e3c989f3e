"""The example appendix and its extracts, sealed and opened, before every judge."""

from __future__ import annotations

from pathlib import Path

import pytest

from judges import difference, errors, judge_docx, judge_pdf, words_of_docx, words_of_pdf
from letters.case.confidential_read import read_appendix
from letters.desk import Desk
from letters.desk.appendices.confidential import Profile, Protection
from letters.document.model import Status
from letters.render.pdf import DEFAULT_FONT_DIRS
from letters.secrecy.seal import Password, open_sealed

ROOT = Path(__file__).parents[2]
APPENDIX = ROOT / "fixtures" / "bilag" / "to-sager.yaml"
PASSWORD = "violin kastanje trappe seksten"
NAMES = ("appendix", "person-1", "person-2")


@pytest.fixture(scope="module")
def desk() -> Desk:
    return Desk(ROOT / "templates" / "da", DEFAULT_FONT_DIRS)


def make(desk: Desk, out: Path, protection: Protection) -> Path:
    (made,) = desk.make([APPENDIX], out, Status.FINAL, force=False, protection=protection)
    assert made.folder, made.problems
    return made.folder


@pytest.fixture(scope="module")
def sealed(desk, tmp_path_factory) -> Path:
    return make(desk, tmp_path_factory.mktemp("sealed"), Protection(password=Password(PASSWORD)))


@pytest.fixture(scope="module")
def journal(desk, tmp_path_factory) -> Path:
    return make(desk, tmp_path_factory.mktemp("journal"), Protection(Profile.JOURNAL))


@pytest.fixture(scope="module")
def foreign(desk) -> dict[str, list[str]]:
    """What may not stand in each document: in an extract, whatever identifies the other person."""
    people = read_appendix(APPENDIX.read_bytes(), "x.yaml", desk.composer.library.senders).appendix.people
    secrets = []
    for person in people:
        assert person.cpr
        texts = [*person.name.split(), person.cpr, person.cpr.digits, person.case_number or ""]
        secrets.append(texts + ([person.address.street] if person.address else []))
    numbers = [person.cpr or "" for person in people]
    return {"appendix": numbers, "person-1": [*secrets[1], *numbers], "person-2": [*secrets[0], *numbers]}


@pytest.mark.parametrize("name", NAMES)
def test_a_sealed_pdf_is_accessible_encrypted_and_of_one_person(sealed, foreign, name):
    found = judge_pdf(
        sealed / f"{name}.pdf", ("ua1",), password=PASSWORD, forbidden=foreign[name], expect_encrypted=True
    )
    assert errors(found) == []


@pytest.mark.parametrize("name", NAMES)
def test_a_pdf_for_the_archive_is_an_archive_file_too(journal, foreign, name):
    assert errors(judge_pdf(journal / f"{name}.pdf", ("ua1", "2a"), forbidden=foreign[name])) == []


@pytest.mark.parametrize("name", NAMES)
def test_a_sealed_word_file_opens_to_a_sound_one(sealed, foreign, name, tmp_path):
    opened = tmp_path / "opened.docx"
    opened.write_bytes(open_sealed((sealed / f"{name}.docx").read_bytes(), Password(PASSWORD)))
    assert errors(judge_docx(opened, forbidden=foreign[name])) == []


def test_word_and_pdf_say_the_same(journal, tmp_path):
    paths = [journal / f"{name}.docx" for name in NAMES]
    words = words_of_docx(paths, tmp_path)
    for name, path in zip(NAMES, paths, strict=True):
        assert difference(words_of_pdf(journal / f"{name}.pdf"), words[path]) == ""
