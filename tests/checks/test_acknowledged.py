"""What a case file acknowledges is told no more, and what the library will not have is an error."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path

import pytest

from examples import ROOT
from letters.checks.codes import WARNINGS
from letters.desk import Desk
from letters.desk.checking import settled
from letters.document.model import Status
from letters.problems import Place, Problem, Severity, TemplateError
from letters.render.pdf import DEFAULT_FONT_DIRS
from letters.wording.load import load_library

CASE = ROOT / "fixtures" / "integrationsansvar" / "02-afslag-en-grund.yaml"
SLIP = "den 2/9-2021 var du om om morgenen i Lindehøj"


@pytest.fixture(scope="module")
def desk() -> Desk:
    return Desk(ROOT / "templates" / "da", DEFAULT_FONT_DIRS)


def case_with(folder: Path, acknowledged: str = "", wish: str = SLIP) -> Path:
    text = CASE.read_text("utf-8")
    changed = re.sub(r"(?m)^( +wish:).*$", rf"\1 {wish}", text)
    assert wish in changed
    path = folder / "sag.yaml"
    path.write_text(changed + acknowledged, "utf-8")
    return path


def accept(*codes: str) -> str:
    return "acknowledged:\n" + "".join(f"  - {{code: {code}, reason: Set af Mette}}\n" for code in codes)


def told(desk: Desk, path: Path) -> list[tuple[str, str]]:
    return sorted((problem.code, problem.severity.value) for problem in desk.check(path))


DATE, TWICE = "language.date-form", "language.doubled-word"


def test_warnings_are_told(desk: Desk, tmp_path: Path) -> None:
    assert told(desk, case_with(tmp_path)) == [(DATE, "warning"), (TWICE, "warning")]


def test_an_acknowledged_warning_is_told_no_more(desk: Desk, tmp_path: Path) -> None:
    assert told(desk, case_with(tmp_path, accept(DATE))) == [(TWICE, "warning")]
    assert told(desk, case_with(tmp_path, accept(DATE, TWICE))) == []


def test_an_acknowledged_warning_is_in_the_manifest(desk: Desk, tmp_path: Path) -> None:
    path = case_with(tmp_path, accept(DATE, TWICE))
    (made,) = desk.make([path], tmp_path / "out", Status.FINAL, force=False)
    assert made.problems == ()
    record = json.loads((tmp_path / "out" / "sag" / "manifest.json").read_text("utf-8"))
    assert record["acknowledged"] == [{"code": code, "reason": "Set af Mette"} for code in (DATE, TWICE)]
    assert record["problems"] == []


def test_what_is_acknowledged_in_vain_is_told_at_its_line(desk: Desk, tmp_path: Path) -> None:
    path = case_with(tmp_path, accept(DATE, TWICE, "language.lix"))
    (problem,) = desk.check(path)
    assert (problem.code, problem.severity) == ("case.acknowledged-unused", Severity.WARNING)
    assert problem.place.field == "acknowledged[2].code"
    line = path.read_text("utf-8").splitlines()[(problem.place.line or 0) - 1]
    assert "language.lix" in line


def test_an_error_cannot_be_acknowledged(desk: Desk, tmp_path: Path) -> None:
    path = case_with(tmp_path, accept("letter.blank"), "du vil bo i byen")
    read = desk.prepare(path, Status.DRAFT).read
    blank = Problem("letter.blank", Severity.ERROR, "an empty paragraph is printed", Place("x.md", 3))
    assert [p.code for p in settled([blank], read)] == ["letter.blank", "case.acknowledged-unused"]


def test_that_nobody_guarded_a_letter_cannot_be_acknowledged(desk: Desk, tmp_path: Path) -> None:
    reply = ROOT / "fixtures" / "besvarelse" / "01-praksis-og-tal.yaml"
    path = tmp_path / "svar.yaml"
    path.write_text(reply.read_text("utf-8") + "\n" + accept("secrecy.not-guarded"), "utf-8")
    found = told(desk, path)
    assert ("secrecy.not-guarded", "warning") in found
    assert ("case.acknowledged-unused", "warning") in found


# The library's own choice


def library_with(folder: Path, checks: str) -> Path:
    root = folder / "library"
    shutil.copytree(ROOT / "templates" / "da", root)
    with (root / "bibliotek.yaml").open("a", encoding="utf-8") as file:
        file.write(checks)
    return root


def test_a_library_makes_errors_of_what_it_will_not_have(tmp_path: Path) -> None:
    strict = Desk(library_with(tmp_path, f"checks:\n  error: [{TWICE}]\n"), DEFAULT_FONT_DIRS)
    path = case_with(tmp_path, accept(DATE, TWICE))
    assert told(strict, path) == [("case.acknowledged-unused", "warning"), (TWICE, "error")]
    (made,) = strict.make([path], tmp_path / "out", Status.FINAL, force=False)
    assert made.folder is None


def library_faults(root: Path) -> list[Problem]:
    with pytest.raises(TemplateError) as caught:
        load_library(root, WARNINGS)
    return list(caught.value.problems)


def test_a_code_that_no_check_has_is_told_with_the_nearest(tmp_path: Path) -> None:
    (problem,) = library_faults(library_with(tmp_path, "checks:\n  error: [language.doubled-wrod]\n"))
    assert problem.code == "library.unknown-name"
    assert problem.args["near"] == TWICE
    assert problem.place.line


def test_only_error_stands_under_checks(tmp_path: Path) -> None:
    (problem,) = library_faults(library_with(tmp_path, f"checks:\n  errors: [{TWICE}]\n"))
    assert problem.code == "library.unknown-key"
