"""The guide for legal staff, followed word by word in a copy of the checkout: each edit, file and command."""

from __future__ import annotations

import io
import re
import shlex
import shutil
import subprocess
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from examples import ROOT
from letters.cli import main
from letters.cli.templates import MODULES

GUIDE = ROOT / "templates" / "da" / "LÆSMIG.md"
_STEP = re.compile(
    r"Ret i\s+`(?P<edit>[^`]+)`:\n\n```diff\n(?P<diff>.*?)\n```"
    r"|[Gg]em som\s+`(?P<file>[^`]+)`:\n\n```(?:yaml|markdown)\n(?P<text>.*?\n)```"
    r"|Kopiér\s+`(?P<source>[^`]+)`\s+til\s+`(?P<target>[^`]+)`"
    r"|Lav mappen `(?P<folder>[^`]+)`"
    r"|(?P<commands>(?:^    letters [^\n]*\n)+)",
    re.DOTALL | re.MULTILINE,
)


def steps() -> Iterator[tuple[re.Match[str], bool]]:
    """Each step in order, and whether the sentence before it says that it fails."""
    text = GUIDE.read_text("utf-8")
    for match in _STEP.finditer(text):
        before = text[: match.start()].rstrip().rpartition("\n\n")[2]
        yield match, "giver det en fejl" in before


def edit(path: Path, diff: str) -> None:
    old = "\n".join(line[1:] for line in diff.splitlines() if line.startswith("-"))
    new = "\n".join(line[1:] for line in diff.splitlines() if line.startswith("+"))
    if path.suffix == ".docx":
        edit_word(path, old, new)
        return
    text = path.read_text("utf-8")
    assert text.count(old) == 1, (path, old)
    path.write_text(text.replace(old, new), "utf-8")


def edit_word(path: Path, old: str, new: str) -> None:
    """What somebody does in Word: the sentence is another, and Word saves all parts anew."""
    out = io.BytesIO()
    with zipfile.ZipFile(path) as archive, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as saved:
        for name in archive.namelist():
            data = archive.read(name)
            if name == "word/document.xml":
                assert data.count(old.encode()) == 1
                data = data.replace(old.encode(), new.encode())
            saved.writestr(name, data)
    path.write_bytes(out.getvalue())


def test_the_guide_works_as_it_is_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for folder in ("templates", "fixtures"):
        shutil.copytree(ROOT / folder, tmp_path / folder)
    for command in (("init", "-q"), ("add", "-A"), ("commit", "-qm", "før")):
        settings = ("-c", "user.name=Bo Lund", "-c", "user.email=bo@lindehoej.example")
        subprocess.run(["git", *settings, *command], cwd=tmp_path, check=True, capture_output=True)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("LETTERS_TEMPLATES", "templates/da")
    done = {"edit": 0, "file": 0, "source": 0, "folder": 0, "commands": 0}
    for match, fails in steps():
        kind = next(name for name in done if match[name])
        done[kind] += 1
        if kind == "edit":
            edit(Path(match["edit"]), match["diff"])
        elif kind == "file":
            Path(match["file"]).parent.mkdir(exist_ok=True)
            Path(match["file"]).write_text(match["text"], "utf-8")
        elif kind == "folder":
            Path(match["folder"]).mkdir()
        elif kind == "source":
            shutil.copyfile(match["source"], match["target"])
        else:
            for line in match["commands"].strip().splitlines():
                code = main(shlex.split(line)[1:])
                printed = capsys.readouterr()
                assert code == (1 if fails else 0), f"{line}\n{printed.err}"
                assert fails or "error[" not in printed.err
    assert done["edit"] >= 7
    assert done["file"] >= 3
    assert done["source"] >= 2
    assert done["commands"] >= 7
    assert Path("breve/01-afslag-tre-grunde/letter.docx").is_file()
    assert not Path("templates/da/integrationsansvar/uden-godkendelse.docx").exists()
    text = Path("templates/da/integrationsansvar/uden-godkendelse.md").read_text("utf-8")
    assert text == (ROOT / "templates/da/integrationsansvar/uden-godkendelse.md").read_text("utf-8").replace(
        "programmet, som skal føre", "programmet, der skal føre"
    )


def test_every_command_that_the_guide_names_is_there() -> None:
    named = set(re.findall(r"letters templates ([a-z-]+)", GUIDE.read_text("utf-8")))
    assert named
    assert named <= set(MODULES)
