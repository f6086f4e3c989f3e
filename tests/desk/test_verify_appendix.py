"""Verifying a confidential appendix: compared as its files open, and nothing that is told quotes it."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from letters.desk import Desk
from letters.desk.appendices.confidential import Profile, Protection
from letters.desk.verifying.verify import State, Verified, verify
from letters.document.model import Status
from letters.problems import LettersError
from letters.render.pdf import DEFAULT_FONT_DIRS
from letters.secrecy.seal import Password, open_sealed

ROOT = Path(__file__).parents[2]
APPENDIX = ROOT / "fixtures" / "bilag" / "to-sager.yaml"
PASSWORD = Password("violin kastanje trappe seksten")
SECRETS = ("Leyla", "Karimova", "Yonas", "Tesfamariam", "0187345", "0034410", "Fyrremosevej", "010180")


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    library = shutil.copytree(ROOT / "templates" / "da", tmp_path_factory.mktemp("library") / "da")
    return Desk(Path(library), DEFAULT_FONT_DIRS)


def made(desk: Desk, out: Path, protection: Protection) -> Path:
    (result,) = desk.make([APPENDIX], out, Status.DRAFT, force=False, protection=protection)
    assert result.folder, [problem.text() for problem in result.problems]
    return result.folder


@pytest.fixture(scope="module")
def original(desk: Desk, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return made(desk, tmp_path_factory.mktemp("sealed"), Protection(password=PASSWORD))


@pytest.fixture
def sealed(original: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(original, tmp_path / "confidential"))


def codes(found: Verified) -> list[tuple[str, str]]:
    for problem in found.problems:
        said = f"{problem.text()} {problem.args}"
        assert not any(secret in said for secret in SECRETS), problem.code
    return [(problem.code, Path(problem.place.file).name) for problem in found.problems]


def test_an_untouched_appendix_is_the_same(desk: Desk, sealed: Path) -> None:
    """The encrypted files have other bytes each time; what they open to has not."""
    found = verify(desk, sealed, APPENDIX, lambda: PASSWORD)
    assert codes(found) == []
    assert len(found.outputs) >= 4
    assert set(found.outputs.values()) == {State.SAME}


def test_one_for_the_archive_needs_no_password(desk: Desk, tmp_path: Path) -> None:
    folder = made(desk, tmp_path, Protection(Profile.JOURNAL))

    def never() -> Password:
        raise AssertionError("asked for a password")

    found = verify(desk, folder, APPENDIX, never)
    assert (codes(found), set(found.outputs.values())) == ([], {State.SAME})


def test_a_file_without_its_password(desk: Desk, sealed: Path) -> None:
    file = sealed / "appendix.docx"
    file.write_bytes(open_sealed(file.read_bytes(), PASSWORD))
    assert codes(verify(desk, sealed, APPENDIX, lambda: PASSWORD)) == [("verify.not-sealed", "appendix.docx")]


def test_an_exchanged_file_is_told_without_its_words(desk: Desk, sealed: Path) -> None:
    shutil.copy(sealed / "person-1.docx", sealed / "person-2.docx")
    found = verify(desk, sealed, APPENDIX, lambda: PASSWORD)
    assert codes(found) == [("verify.output-edited", "person-2.docx")]
    assert found.outputs["person-2.docx"] is State.DIFFERENT


def test_another_case_is_told_without_its_words(desk: Desk, sealed: Path, tmp_path: Path) -> None:
    case = tmp_path / APPENDIX.name
    text = APPENDIX.read_text(encoding="utf-8")
    assert "Leyla" in text
    case.write_text(text.replace("Leyla", "Laila"), encoding="utf-8")
    found = codes(verify(desk, sealed, case, lambda: PASSWORD))
    assert found[0] == ("verify.case-changed", APPENDIX.name)
    assert ("verify.output-differs", "appendix.pdf") in found


def code_of(desk: Desk, path: Path, password: Password | None) -> str:
    with pytest.raises(LettersError) as caught:
        verify(desk, path, APPENDIX, lambda: password)
    (problem,) = caught.value.problems
    return problem.code


def test_passwords_that_do_not_open_it(desk: Desk, sealed: Path) -> None:
    assert code_of(desk, sealed, None) == "verify.no-password"
    assert code_of(desk, sealed, Password("en helt anden lang kode 7")) == "secrecy.wrong-password"


def test_what_is_recorded_of_an_appendix(desk: Desk, sealed: Path) -> None:
    file = sealed / "manifest.json"
    record = json.loads(file.read_text(encoding="utf-8"))
    for name in ("appendix", "classification"):
        changed = {**record, "confidential": {**record["confidential"], name: "andet"}}
        file.write_text(json.dumps(changed), encoding="utf-8")
        found = codes(verify(desk, sealed, APPENDIX, lambda: PASSWORD))
        assert found == [("verify.confidential-differs", "manifest.json")]
    record["confidential"]["profile"] = "andet"
    file.write_text(json.dumps(record), encoding="utf-8")
    assert code_of(desk, sealed, PASSWORD) == "verify.no-manifest"
