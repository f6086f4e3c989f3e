"""Every bad case file says all that is wrong with it, where it stands, in our own words."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml
from case_library import LIBRARY

from letters.case.read import read_case
from letters.problems import CaseError, Problem, Severity

HERE = Path(__file__).parent
BAD = yaml.safe_load((HERE / "bad_cases.yaml").read_text(encoding="utf-8"))


def _changed(entry: dict) -> bytes:
    text = (HERE / entry["file"]).read_text(encoding="utf-8")
    for old, new in [(entry["replace"], entry["by"]), *entry.get("and", [])]:
        assert old in text, old
        text = text.replace(old, new, 1)
    return text.encode()


def _said(problem: Problem) -> str:
    return f"{problem.place.line or 0} {problem.place.field} {problem.code}"


@pytest.mark.parametrize("entry", BAD, ids=lambda entry: entry["name"])
def test_bad_case_says_what_is_wrong(entry):
    with pytest.raises(CaseError) as caught:
        read_case(_changed(entry), entry["file"], LIBRARY)
    problems = caught.value.problems
    assert [_said(p) for p in problems] == entry["says"]
    for problem in problems:
        assert problem.severity is Severity.FATAL
        assert problem.place.file == entry["file"]
        assert problem.text()
        assert problem.help.format_map(dict(problem.args))
        assert "0101800008" not in problem.text()
