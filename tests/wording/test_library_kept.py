"""A wording library that an earlier run read: the same in all it says, and never an old one."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from letters.kept import NOTHING, Kept
from letters.kept.folder import Folder
from letters.problems import TemplateError
from letters.wording import kept as kept_module
from letters.wording.kept import open_library
from letters.wording.library import Library
from letters.wording.load import load_library

TEMPLATES = Path(__file__).parents[2] / "templates" / "da"
CODES = ("language.passive", "language.long-sentence")


@pytest.fixture
def kept(tmp_path: Path) -> Kept:
    return Kept(Folder(tmp_path / "kept"))


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return Path(shutil.copytree(TEMPLATES, tmp_path / "da"))


@pytest.fixture
def read(monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    """Every library that is read, and not found kept."""
    roots: list[Path] = []

    def noted(root: Path, codes: tuple[str, ...]) -> Library:
        roots.append(root)
        return load_library(root, codes)

    monkeypatch.setattr(kept_module, "load_library", noted)
    return roots


def test_it_is_read_once_and_the_same(root: Path, kept: Kept, read: list[Path]) -> None:
    usual = load_library(root, CODES)
    assert open_library(root, CODES, kept) == usual
    warm = open_library(root, CODES, kept)
    assert warm == usual
    assert read == [root]
    assert list(warm.files) == list(usual.files)  # in the same order
    assert list(warm.case_types) == list(usual.case_types)
    for name, case_type in usual.case_types.items():
        assert list(warm.case_types[name].spec.fields) == list(case_type.spec.fields)
        assert list(warm.case_types[name].wordings) == list(case_type.wordings)
    assert open_library(root, CODES, NOTHING) == usual


CHANGES: dict[str, Callable[[Path], object]] = {
    "a wording": lambda root: _append(root / "standardtekster/klagevejledning.md", "\nOg mere.\n"),
    "a head": lambda root: _append(root / "ordliste.yaml", "\n# a remark\n"),
    "a sender": lambda root: _append(root / "brevpapir/lindehoej/afsender.yaml", "\n# a remark\n"),
    "a new version": lambda root: shutil.copy(
        root / "standardtekster/klagevejledning.md", root / "standardtekster/klagevejledning@2030-01-01.md"
    ),
    "a file less": lambda root: next((root / "standardtekster").glob("*.md")).unlink(),
    "a folder more": lambda root: (root / "aktindsigt/grunde/ny.md").mkdir(),
    "a pipe": lambda root: os.mkfifo(root / "standardtekster/roer.md"),
    "another kind of file": lambda root: (root / "standardtekster/brev.doc").write_bytes(b""),
}


@pytest.mark.parametrize("change", CHANGES)
def test_a_change_is_seen_at_once(root: Path, kept: Kept, read: list[Path], change: str) -> None:
    open_library(root, CODES, kept)
    CHANGES[change](root)
    told = [_opened(root, kept), _opened(root, NOTHING), _opened(root, kept)]
    assert len(read) >= 3  # before, and each time in between that could not be kept
    assert told[0] == told[1] == told[2]


def test_a_change_that_the_time_does_not_show_is_seen(root: Path, kept: Kept) -> None:
    file = root / "standardtekster/klagevejledning.md"
    open_library(root, CODES, kept)
    text, times = file.read_text("utf-8"), file.stat()
    changed = text[:-4] + "abc\n"
    file.write_text(changed, "utf-8")
    os.utime(file, ns=(times.st_atime_ns, times.st_mtime_ns))
    (version,) = open_library(root, CODES, kept).files["standardtekster/klagevejledning"][-1:]
    assert version.body.endswith("abc\n")


def test_another_root_or_other_codes_are_another_library(root: Path, kept: Kept, read: list[Path]) -> None:
    open_library(root, CODES, kept)
    assert open_library(TEMPLATES, CODES, kept).root == str(TEMPLATES)
    open_library(root, CODES[:1], kept)
    assert read == [root, TEMPLATES, root]


def test_a_link_is_never_passed_over(root: Path, kept: Kept, read: list[Path], tmp_path: Path) -> None:
    """Where it leads may change without a file of the library changing."""
    file = root / "standardtekster/klagevejledning.md"
    inside = root / "standardtekster/zzz.txt"
    file.rename(inside)
    file.symlink_to(inside)
    open_library(root, CODES, kept)
    open_library(root, CODES, kept)
    assert len(read) == 2
    outside = tmp_path / "outside.md"
    inside.rename(outside)
    file.unlink()
    file.symlink_to(outside)
    with pytest.raises(TemplateError):
        open_library(root, CODES, kept)


def test_a_fault_is_told_every_time(root: Path, kept: Kept, tmp_path: Path) -> None:
    _append(root / "aktindsigt/sagstype.yaml", "\nnoget: andet\n")
    for _ in ("once", "twice"):
        assert open_library(root, CODES, kept).faults == load_library(root, CODES).faults != {}
    _append(root / "bibliotek.yaml", "\nnoget: andet\n")
    for _ in ("once", "twice"):
        with pytest.raises(TemplateError):
            open_library(root, CODES, kept)
    assert not (tmp_path / "kept").exists()


def _append(file: Path, text: str) -> None:
    with file.open("a", encoding="utf-8") as opened:
        opened.write(text)


def _opened(root: Path, kept: Kept) -> object:
    try:
        return open_library(root, CODES, kept)
    except TemplateError as error:
        return error.problems


def test_nothing_is_looked_through_where_nothing_is_kept(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(_: Path) -> list[str]:
        raise AssertionError("the library is read twice")

    monkeypatch.setattr(kept_module, "_contents", refused)
    assert open_library(root, CODES, NOTHING) == load_library(root, CODES)
