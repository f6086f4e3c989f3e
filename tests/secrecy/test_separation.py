"""Open and confidential never meet: the contract holds, and breaking it is noticed."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
CONTRACT = "What makes an open letter knows nothing confidential"
OPEN = (
    "letters.case.models",
    "letters.case.read",
    "letters.wording.compose",
    "letters.wording.view",
    "letters.wording.frame",
    "letters.checks.letter",
    "letters.render.docx",
    "letters.render.pdf",
    "letters.render.text",
    "letters.desk",
)
CLOSED = ("letters.case.confidential", "letters.wording.confidential", "letters.secrecy")


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    shutil.copytree(ROOT / "src", tmp_path / "src", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    return tmp_path


def contracts(folder: Path) -> dict[str, bool]:
    """Name of each contract -> whether it is kept, in a checkout of its own."""
    program = Path(sys.executable).with_name("lint-imports")
    environment = {**os.environ, "PYTHONPATH": str(folder / "src"), "NO_COLOR": "1", "COLUMNS": "200"}
    ran = subprocess.run(
        [str(program), "--no-cache"], cwd=folder, env=environment, capture_output=True, text=True, check=False
    )
    assert "Contracts" in ran.stdout, ran.stdout + ran.stderr
    lines = [line.rsplit(" ", 1) for line in ran.stdout.splitlines() if line.endswith((" KEPT", " BROKEN"))]
    return {name: state == "KEPT" for name, state in lines}


def test_the_contract_is_kept(copy):
    assert contracts(copy)[CONTRACT]


@pytest.mark.parametrize(
    ("module", "line"),
    [
        ("wording/view.py", "from letters.case.confidential import Person"),
        ("wording/compose.py", "from letters.secrecy.secrets import Secrets"),
        ("case/read.py", "from letters.case.confidential_read import read_appendix"),
        ("render/text/letter.py", "from letters.secrecy.seal import Password"),
        # Not the composer itself, but something it has long imported.
        ("wording/library.py", "from letters.case.confidential import Person"),
    ],
)
def test_breaking_the_rule_breaks_the_contract(copy, module, line):
    file = copy / "src" / "letters" / module
    source = file.read_text(encoding="utf-8")
    broken = source.replace(
        "from __future__ import annotations\n", f"from __future__ import annotations\n\n{line}\n", 1
    )
    assert broken != source
    file.write_text(broken, encoding="utf-8")
    assert contracts(copy)[CONTRACT] is False


def test_nothing_confidential_is_even_loaded_by_what_makes_open_letters():
    code = (
        f"import sys\nfor name in {OPEN!r}: __import__(name)\n"
        f"print([name for name in sys.modules if name.startswith({CLOSED!r})])"
    )
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "src")}
    ran = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, env=environment
    )
    assert ran.stdout.strip() == "[]"
