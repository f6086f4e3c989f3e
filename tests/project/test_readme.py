"""What the README says is so: its case file, its commands, its files."""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
README = (ROOT / "README.md").read_text(encoding="utf-8")
COMMANDS = [
    line.removeprefix("$ ").replace(".venv/bin/", "")
    for block in re.findall(r"```console\n(.*?)```", README, re.DOTALL)
    for line in block.splitlines()
    if line.startswith("$ ")
]


@pytest.fixture(scope="module")
def checkout(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder that looks like the checkout, to write in."""
    folder = tmp_path_factory.mktemp("checkout")
    shutil.copytree(ROOT / "fixtures", folder / "fixtures")
    return folder


def test_the_case_file_shown_is_the_one_shipped() -> None:
    (shown,) = re.findall(r"```yaml\n(.*?)```", README, re.DOTALL)
    assert shown == (ROOT / "fixtures/integrationsansvar/02-afslag-en-grund.yaml").read_text(encoding="utf-8")


def test_there_are_commands() -> None:
    assert len(COMMANDS) >= 6


@pytest.mark.parametrize("command", COMMANDS)
def test_command_works(command: str, checkout: Path) -> None:
    program, *arguments = shlex.split(command)
    assert program == "letters"
    done = subprocess.run(
        [sys.executable, "-m", "letters.cli", *arguments],
        cwd=checkout,
        capture_output=True,
        text=True,
        env={**os.environ, "LC_ALL": "C.UTF-8", "LETTERS_TEMPLATES": str(ROOT / "templates" / "da")},
        check=False,
    )
    assert done.returncode == 0, done.stderr
    if "--out" in arguments:
        made = checkout / arguments[-1] / Path(arguments[1]).stem
        assert sorted(file.name for file in made.iterdir()) == [
            "letter.docx",
            "letter.pdf",
            "letter.txt",
            "manifest.json",
        ]


def test_links_lead_somewhere() -> None:
    targets = [target for target in re.findall(r"\]\(([^)#]+)\)", README) if "://" not in target]
    assert targets
    missing = [target for target in targets if not (ROOT / target).exists()]
    assert missing == []


def test_every_command_of_the_table_exists() -> None:
    named = set(re.findall(r"^\| `letters (\w+)", README, re.MULTILINE))
    done = subprocess.run(
        [sys.executable, "-m", "letters.cli", "--help"], capture_output=True, text=True, check=True
    )
    assert named
    assert named <= set(done.stdout.split())
