"""A register that an earlier run read: the same in every entry and line, and never an old one."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

from letters.kept import Kept
from letters.kept.folder import Folder
from letters.law import register as register_module
from letters.law.register import load_register
from letters.problems import TemplateError

LAWS = Path(__file__).parents[2] / "templates" / "da" / "love"
ACT = "integrationsloven.yaml"


@pytest.fixture
def kept(tmp_path: Path) -> Kept:
    return Kept(Folder(tmp_path / "kept"))


@pytest.fixture
def laws(tmp_path: Path) -> Path:
    return Path(shutil.copytree(LAWS, tmp_path / "love"))


@pytest.fixture
def read(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Every file that is read as YAML from now on."""
    files: list[str] = []
    usual = register_module.read_yaml

    def noted(text: str, file: str) -> object:
        files.append(Path(file).name)
        return usual(text, file)

    monkeypatch.setattr(register_module, "read_yaml", noted)
    return files


def told(laws: Path, kept: Kept) -> str:
    """Everything in the register, with files and lines."""
    return repr(load_register(laws, kept).acts)


def test_the_register_is_read_once(laws: Path, kept: Kept, read: list[str]) -> None:
    cold = told(laws, kept)
    assert read == sorted(file.name for file in LAWS.glob("*.yaml"))
    del read[:]
    assert told(laws, kept) == cold == repr(load_register(laws).acts)
    assert load_register(laws, kept) == load_register(laws)
    del read[:]
    told(laws, kept)
    assert read == []
    assert f"file='{laws / ACT}', line=" in cold


def test_a_change_is_seen_at_once(laws: Path, kept: Kept) -> None:
    """Also of a word only, and when the file's time says that there was none."""
    before = told(laws, kept)
    file = laws / ACT
    text, times = file.read_text("utf-8"), file.stat()
    assert "integrationsloven" in text
    file.write_text(text.replace("title: ", "title: Den ", 1), "utf-8")
    os.utime(file, ns=(times.st_atime_ns, times.st_mtime_ns))
    changed = told(laws, kept)
    assert changed != before
    assert "title='Den lov om" in changed
    file.write_text(f"\n{text}", "utf-8")
    moved = told(laws, kept)
    assert moved != before  # every line is one further down
    file.write_text(text, "utf-8")
    assert told(laws, kept) == before


def test_another_file_more_or_less_is_seen(laws: Path, kept: Kept) -> None:
    acts = len(load_register(laws, kept).acts)
    (laws / ACT).rename(laws / "omdoebt.yaml")
    assert f"file='{laws / 'omdoebt.yaml'}'" in told(laws, kept)
    (laws / "omdoebt.yaml").unlink()
    assert len(load_register(laws, kept).acts) == acts - 1


def test_another_folder_names_its_own_files(laws: Path, kept: Kept) -> None:
    assert f"file='{laws}" in told(laws, kept)
    assert f"file='{laws}" not in told(LAWS, kept)


def test_a_fault_is_told_every_time(laws: Path, kept: Kept, tmp_path: Path) -> None:
    (laws / ACT).write_text("name: integrationsloven\n", "utf-8")
    problems = []
    for _ in ("once", "twice"):
        with pytest.raises(TemplateError) as caught:
            load_register(laws, kept)
        problems.append(caught.value.problems)
    with pytest.raises(TemplateError) as caught:
        load_register(laws)
    assert problems == [caught.value.problems] * 2
    assert not (tmp_path / "kept").exists()
