"""No code is ever used again for something else."""

from __future__ import annotations

import importlib.util
import subprocess

import pytest

from examples import ROOT

_SPEC = importlib.util.spec_from_file_location("codes_tool", ROOT / "tools" / "codes.py")
tool = importlib.util.module_from_spec(_SPEC)
_SPEC.loader.exec_module(tool)


def test_the_register_is_in_step():
    assert tool.faults() == [], "run: python tools/codes.py"


def test_it_holds_each_kind_of_code():
    known = tool.read()
    assert {kind for kind, _ in known} == {"case-type", "ground", "problem", "route", "term", "text"}
    for code in ("law.repealed", "template.undefined", "library.version-gap"):
        assert ("problem", code) in known
    assert known["ground", "integrationsansvar/netvaerk"] == ("active", "integrationslovens § 18, stk. 2")


@pytest.fixture
def register(monkeypatch, tmp_path):
    """A copy of the register to change."""
    copy = tmp_path / "codes.txt"
    copy.write_text(tool.REGISTER.read_text("utf-8"), "utf-8")
    monkeypatch.setattr(tool, "REGISTER", copy)
    return copy


def change(register, old, new):
    text = register.read_text("utf-8")
    assert old in text
    register.write_text(text.replace(old, new), "utf-8")


def test_a_code_that_comes_back_is_refused(register):
    change(register, "problem | template.undefined | active", "problem | template.undefined | retired")
    assert tool.faults() == ["problem template.undefined was retired and is there again"]
    assert tool.main() == 1


def test_a_ground_with_another_legal_basis_is_refused(register):
    line = "ground | integrationsansvar/storby | active | integrationslovens § 18, stk."
    change(register, f"{line} 2", f"{line} 1")
    assert len(tool.faults()) == 1
    assert tool.main() == 1


def test_what_is_gone_is_retired_and_stays(register):
    change(register, "text | standardtekster/hilsen | active |", "text | standardtekster/farvel | active |")
    assert len(tool.faults()) == 2
    assert tool.main() == 0
    known = tool.read()
    assert known["text", "standardtekster/farvel"][0] == "retired"
    assert known["text", "standardtekster/hilsen"][0] == "active"


def test_no_line_was_ever_taken_out():
    command = ["git", "log", "--format=", "-p", "--", "tests/project/codes.txt"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    removed = [line[1:] for line in done.stdout.splitlines() if line.startswith("-") and "|" in line]
    known = tool.read()
    for line in removed:
        kind, code, *_ = (cell.strip() for cell in line.split("|"))
        assert (kind, code) in known, line
