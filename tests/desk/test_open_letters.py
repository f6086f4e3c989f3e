"""The desk's use cases on real files: all of a letter or nothing, and never over another."""

from __future__ import annotations

import hashlib
import json
import shutil
from pathlib import Path

import pytest

from letters.desk import Desk, Made
from letters.document.model import Status
from letters.problems import OutputError, Place, Problem, Severity
from letters.render.pdf import DEFAULT_FONT_DIRS, PdfRenderer

ROOT = Path(__file__).parents[2]
CASE = ROOT / "fixtures" / "integrationsansvar" / "02-afslag-en-grund.yaml"
REPLY = ROOT / "fixtures" / "besvarelse" / "01-praksis-og-tal.yaml"
FILES = ["letter.docx", "letter.pdf", "letter.txt", "manifest.json"]


@pytest.fixture(scope="module")
def desk() -> Desk:
    return Desk(ROOT / "templates" / "da", DEFAULT_FONT_DIRS)


def made(desk: Desk, case: Path, out: Path, status: Status = Status.DRAFT, force: bool = False) -> Made:
    (one,) = desk.make([case], out, status, force=force)
    return one


def contents(folder: Path) -> dict[str, bytes]:
    return {file.name: file.read_bytes() for file in sorted(folder.iterdir())}


def test_a_draft_is_four_files(desk: Desk, tmp_path: Path) -> None:
    result = made(desk, CASE, tmp_path)
    assert result.folder == tmp_path / CASE.stem
    assert sorted(contents(tmp_path / CASE.stem)) == FILES
    assert sorted(file.name for file in result.files) == FILES
    assert (tmp_path / CASE.stem / "letter.txt").read_text(encoding="utf-8").startswith("UDKAST")
    assert [path.name for path in tmp_path.iterdir()] == [CASE.stem]


def test_a_final_letter_is_not_marked(desk: Desk, tmp_path: Path) -> None:
    made(desk, CASE, tmp_path, Status.FINAL)
    assert "UDKAST" not in (tmp_path / CASE.stem / "letter.txt").read_text(encoding="utf-8")


def test_the_same_case_gives_the_same_bytes(desk: Desk, tmp_path: Path) -> None:
    made(desk, CASE, tmp_path / "a")
    made(Desk(ROOT / "templates" / "da", DEFAULT_FONT_DIRS), CASE, tmp_path / "b")
    assert contents(tmp_path / "a" / CASE.stem) == contents(tmp_path / "b" / CASE.stem)


def test_the_manifest_tells_what_the_letter_was_made_from(desk: Desk, tmp_path: Path) -> None:
    made(desk, CASE, tmp_path)
    folder = tmp_path / CASE.stem
    record = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    assert record["status"] == "draft"
    assert record["case"]["sha256"] == hashlib.sha256(CASE.read_bytes()).hexdigest()
    assert "integrationsansvar/afslag.md" in record["wording"]
    assert "integrationsansvar/grunde/storby.md" in record["wording"]
    assert "integrationsansvar/grunde/netvaerk.md" not in record["wording"]
    for name, digest in record["outputs"].items():
        assert digest == hashlib.sha256((folder / name).read_bytes()).hexdigest()
    assert sorted(record["outputs"]) == FILES[:3]
    assert "LiberationSans-Regular.ttf" in record["fonts"]
    assert str(ROOT) not in json.dumps(record)


def test_nothing_is_overwritten_without_force(desk: Desk, tmp_path: Path) -> None:
    folder = tmp_path / CASE.stem
    folder.mkdir()
    (folder / "noter.txt").write_text("mine")
    with pytest.raises(OutputError) as caught:
        desk.make([CASE], tmp_path, Status.DRAFT, force=False)
    assert [problem.code for problem in caught.value.problems] == ["output.exists"]
    assert contents(folder) == {"noter.txt": b"mine"}


def test_force_replaces_the_letter(desk: Desk, tmp_path: Path) -> None:
    made(desk, CASE, tmp_path)
    (tmp_path / CASE.stem / "letter.txt").write_text("gammelt")
    assert made(desk, CASE, tmp_path, force=True).folder
    assert "gammelt" not in (tmp_path / CASE.stem / "letter.txt").read_text(encoding="utf-8")
    assert [path.name for path in tmp_path.iterdir()] == [CASE.stem]


def test_two_cases_of_one_name_are_refused_first(desk: Desk, tmp_path: Path) -> None:
    other = tmp_path / "andre" / CASE.name
    other.parent.mkdir()
    shutil.copy(CASE, other)
    with pytest.raises(OutputError) as caught:
        desk.make([CASE, other], tmp_path / "ud", Status.DRAFT, force=False)
    assert [problem.code for problem in caught.value.problems] == ["output.same-name", "output.same-name"]
    assert not (tmp_path / "ud").exists()


def test_a_bad_case_leaves_nothing_and_stops_no_other(desk: Desk, tmp_path: Path) -> None:
    bad = tmp_path / "daarlig.yaml"
    bad.write_text(
        CASE.read_text(encoding="utf-8").replace("ground: storby", "ground: stroby"), encoding="utf-8"
    )
    first, second = desk.make([bad, CASE], tmp_path / "ud", Status.DRAFT, force=False)
    assert first.folder is None
    assert first.problems[0].place.file == str(bad)
    assert second.folder is not None
    assert [path.name for path in (tmp_path / "ud").iterdir()] == [CASE.stem]


def test_a_glyph_that_no_font_has_is_placed_and_fatal(desk: Desk, tmp_path: Path) -> None:
    bad = tmp_path / "tegn.yaml"
    bad.write_text(
        CASE.read_text(encoding="utf-8").replace("Yusuf Abdi Warsame", "Yusuf 漢"), encoding="utf-8"
    )
    result = made(desk, bad, tmp_path / "ud")
    assert result.folder is None
    (problem,) = result.problems
    assert (problem.code, problem.place.field) == ("render.missing-glyph", "recipients[0].name")
    assert problem.place.line is not None


def test_a_letter_with_an_appendix_is_not_issued_unguarded(desk: Desk, tmp_path: Path) -> None:
    draft = made(desk, REPLY, tmp_path / "udkast")
    assert draft.folder
    assert "secrecy.not-guarded" in [problem.code for problem in draft.problems]
    final = made(desk, REPLY, tmp_path / "endelig", Status.FINAL)
    assert final.folder is None
    assert "secrecy.not-guarded" in [problem.code for problem in final.problems]


def test_an_unreadable_case_is_told(desk: Desk, tmp_path: Path) -> None:
    result = made(desk, tmp_path / "findes-ikke.yaml", tmp_path / "ud")
    assert [problem.code for problem in result.problems] == ["case.unreadable"]


def test_a_folder_that_cannot_be_made_is_told(desk: Desk, tmp_path: Path) -> None:
    (tmp_path / "fil").write_text("en fil, ingen mappe")
    result = made(desk, CASE, tmp_path / "fil" / "ud")
    assert result.outside
    assert [problem.code for problem in result.problems] == ["output.failed"]


def test_a_disk_that_refuses_leaves_nothing(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(self: Path, data: bytes) -> int:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "write_bytes", full)
    result = made(desk, CASE, tmp_path)
    assert result.outside
    assert [problem.code for problem in result.problems] == ["output.failed"]
    assert list(tmp_path.iterdir()) == []


def test_check_writes_nothing_and_tells_everything(desk: Desk, tmp_path: Path) -> None:
    assert desk.check(CASE) == ()
    bad = tmp_path / "sag.yaml"
    bad.write_text("matter: decision\n", encoding="utf-8")
    assert len(desk.check(bad)) > 3


LONG = {"adresse": "Meget Lange Vej " * 20, "tegn": "Vej 漢", "skjult": "Vej 9"}


@pytest.mark.parametrize("name", LONG)
def test_check_tells_what_a_draft_tells(desk: Desk, tmp_path: Path, name: str) -> None:
    """Some of it shows only when the letter is drawn."""
    case = tmp_path / f"{name}.yaml"
    case.write_text(CASE.read_text("utf-8").replace("Stationsgade 41", LONG[name].strip()), "utf-8")
    assert desk.check(case) == made(desk, case, tmp_path / "ud").problems


def test_what_is_found_while_drawing_names_its_case(desk: Desk, tmp_path: Path) -> None:
    """Two letters with the same fault are two problems: each has its file."""
    cases = [tmp_path / "en.yaml", tmp_path / "to.yaml"]
    for case in cases:
        case.write_text(CASE.read_text("utf-8").replace("2026-0031-2", "2026-0031-2 " * 800 + "x"), "utf-8")
    found = list(desk.make(cases, tmp_path / "ud", Status.DRAFT, force=False))
    for case, result in zip(cases, found, strict=True):
        assert result.folder is None
        assert result.problems
        assert {problem.place.file for problem in result.problems} == {str(case)}
    assert len({problem for result in found for problem in map(repr, result.problems)}) > 1


def test_a_fault_found_while_drawing_hides_no_other(desk: Desk, tmp_path: Path) -> None:
    case = tmp_path / "sag.yaml"
    text = CASE.read_text("utf-8").replace("Stationsgade 41", "Meget Lange Vej " * 19 + "41")
    case.write_text(text.replace("alle oplysninger kommer", "alle [udfyld] kommer"), "utf-8")
    codes = [problem.code for problem in made(desk, case, tmp_path / "ud").problems]
    assert "render.address-outside-window" in codes
    assert "letter.placeholder" in codes


def test_a_glyph_that_the_wording_lacks_is_told_at_its_line(tmp_path: Path) -> None:
    library = tmp_path / "da"
    shutil.copytree(ROOT / "templates" / "da", library)
    wording = library / "integrationsansvar" / "afslag.md"
    lines = wording.read_text("utf-8").rstrip("\n").count("\n") + 1
    wording.write_text(wording.read_text("utf-8").rstrip("\n") + "\n\nTegnet 漢.\n", "utf-8")
    (problem,) = Desk(library, DEFAULT_FONT_DIRS).check(CASE)
    assert problem.code == "render.missing-glyph"
    assert problem.place == Place(str(wording), lines + 2)


def test_what_the_machine_lacks_is_told_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    slow = Problem("render.subset-missing", Severity.WARNING, "slow", Place(""))
    monkeypatch.setattr(PdfRenderer, "start", lambda self: [slow])
    desk = Desk(ROOT / "templates" / "da", DEFAULT_FONT_DIRS)
    first, second = desk.make([CASE, REPLY], tmp_path, Status.DRAFT, force=False)
    assert slow in first.problems
    assert slow not in second.problems
    assert "subset-missing" not in (tmp_path / CASE.stem / "manifest.json").read_text(encoding="utf-8")


def test_a_case_type_at_fault_stops_only_its_own_letters(tmp_path: Path) -> None:
    library = tmp_path / "da"
    shutil.copytree(ROOT / "templates" / "da", library)
    wording = library / "integrationsansvar" / "godkendelse.md"
    wording.write_text("uden hoved\n", encoding="utf-8")
    found = list(
        Desk(library, DEFAULT_FONT_DIRS).make([CASE, REPLY], tmp_path / "ud", Status.DRAFT, force=False)
    )
    assert [result.folder is None for result in found] == [True, False]
    assert {problem.place.file for problem in found[0].problems} == {str(wording)}
