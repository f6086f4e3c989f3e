"""Regular expressions found compiled: the very same, and none that a function made."""

from __future__ import annotations

import importlib
import os
import re
import subprocess
import sys
from array import array
from collections.abc import Iterator
from pathlib import Path

import pytest
from msgspec import structs

from letters.kept import NOTHING, Kept
from letters.kept.folder import Folder
from letters.kept.patterns import _KIND, _MAKER, Pattern, Patterns, keep_patterns

MODULE = r"""
import re

WORDS = re.compile("[a-zæøå\\ud800-\\udfff]+(?P<one>x)|(?P<two>\\b\\w{2,70}?\\s)", re.I)
BYTES = re.compile(b"(?s)^<[^>]{0,300}>.(?=\\xff)")
LONG = re.compile("|".join(f"ord{number}" for number in range(200)))
VERBOSE = re.compile('''
    (?<!\\d)  (?P<day> \\d\\d? ) [.\\u0600-\\u06ff]   # with a word
    ''', re.VERBOSE | re.MULTILINE)
SAME, FLAGGED = re.compile("i"), re.compile("i", re.A)

class Body:
    INSIDE = re.compile("in a class (body)")

def function(secret="hemmelighed"):
    return re.compile(secret)

CALLED = function("called while it is imported")
LISTED = [re.compile(f"listed {number}") for number in range(1)]
"""
NAMES = ("WORDS", "BYTES", "LONG", "VERBOSE", "SAME", "FLAGGED")


@pytest.fixture
def kept(tmp_path: Path) -> Kept:
    return Kept(Folder(tmp_path / "kept"))


@pytest.fixture(autouse=True)
def _usual_afterwards() -> Iterator[None]:
    compiler = importlib.import_module("re._compiler")
    before = {name: vars(compiler)[name] for name in ("compile", "_sre")}
    yield
    vars(compiler).update(before)


@pytest.fixture
def module(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    (tmp_path / "patterned_module.py").write_text(MODULE, "utf-8")
    monkeypatch.syspath_prepend(str(tmp_path))
    yield "patterned_module"
    sys.modules.pop("patterned_module", None)


def imported(module: str, kept: Kept) -> tuple[object, Patterns]:
    sys.modules.pop(module, None)
    re.purge()
    patterns = Patterns(kept)
    patterns.begin()
    found = importlib.import_module(module)
    vars(importlib.import_module("re._compiler")).update(compile=patterns._usual)
    return found, patterns


def test_a_pattern_is_compiled_once_and_is_the_same(module: str, kept: Kept) -> None:
    cold, patterns = imported(module, kept)
    assert not patterns._used
    patterns.keep()
    warm, patterns = imported(module, kept)
    assert not patterns._new
    assert len(patterns._used) == len(NAMES) + 1
    re.purge()
    for name in (*NAMES, "CALLED"):
        first, second = getattr(cold, name), getattr(warm, name)
        usual = re.compile(
            first.pattern, first.flags & ~re.U if isinstance(first.pattern, str) else first.flags
        )
        # Python calls two patterns equal when text, flags and the engine's code are.
        assert first is not second
        assert first == second == usual
        assert (second.groups, second.groupindex) == (usual.groups, usual.groupindex)
    assert warm.WORDS.search("abx")["one"] == "x"  # type: ignore[attr-defined]


def test_a_pattern_of_a_function_is_not_kept(module: str, kept: Kept, tmp_path: Path) -> None:
    found, patterns = imported(module, kept)
    patterns.begin()
    found.function()  # type: ignore[attr-defined]
    exec("re.compile('evaluated')", {"re": re})  # noqa: S102 - as templates are run
    re.compile("hemmelighed i en test")
    patterns.keep()
    kept_patterns = {one.asked[0] for one in kept.get(_KIND, _MAKER, (), tuple[Pattern, ...]) or ()}
    assert "in a class (body)" in kept_patterns
    assert len(kept_patterns) == len(NAMES)  # "i" is there twice
    everything = b"".join(file.read_bytes() for file in (tmp_path / "kept").iterdir())
    for secret in (b"hemmelighed", b"called while", b"evaluated", b"listed"):
        assert secret not in everything


def test_what_the_engine_does_not_take_is_compiled(module: str, kept: Kept) -> None:
    _, patterns = imported(module, kept)
    broken = [
        structs.replace(one, code=code)
        for one, code in zip(
            patterns._new.values(),
            (b"", b"\1", array("I", [2**32 - 1] * 5).tobytes(), array("I", [1, 2, 3]).tobytes()) * 2,
            strict=False,
        )
    ]
    kept.put(_KIND, _MAKER, (), broken)
    warm, patterns = imported(module, kept)
    assert not patterns._used
    re.purge()
    for name in NAMES:
        assert getattr(warm, name).pattern
    assert warm.LONG.match("ord17")  # type: ignore[attr-defined]


def test_a_fault_in_a_pattern_is_told_as_ever(kept: Kept) -> None:
    patterns = Patterns(kept)
    patterns.begin()
    with pytest.raises(re.error, match="unterminated"):
        re.compile("[a-")
    with pytest.raises(TypeError):
        re.compile(7)  # type: ignore[call-overload]
    patterns.keep()
    assert not patterns._new


def test_there_is_a_bound(kept: Kept, module: str, monkeypatch: pytest.MonkeyPatch) -> None:
    _, patterns = imported(module, kept)
    one = next(iter(patterns._new.values()))
    kept.put(_KIND, _MAKER, (), [structs.replace(one, flags=number) for number in range(300, 310)])
    monkeypatch.setattr("letters.kept.patterns._MOST", 12)
    _, patterns = imported(module, kept)
    patterns.keep()
    found = kept.get(_KIND, _MAKER, (), tuple[Pattern, ...]) or ()
    assert len(found) == len(NAMES) + 1


def test_nothing_is_changed_where_nothing_is_kept() -> None:
    compiler = importlib.import_module("re._compiler")
    before = compiler.compile
    keep_patterns(NOTHING)
    assert compiler.compile is before


def test_every_pattern_of_a_letter_is_the_same(tmp_path: Path) -> None:
    """Of our modules and of the libraries', as one command leaves them to the next."""
    root = Path(__file__).parents[2]
    command = [
        sys.executable,
        "-m",
        "letters.cli",
        "draft",
        str(root / "fixtures/besvarelse/03-et-spoergsmaal.yaml"),
        "--out",
        str(tmp_path),
    ]
    environ = {**os.environ, "LETTERS_CACHE_DIR": str(tmp_path / "kept")}
    subprocess.run(command, env=environ, capture_output=True, check=True)
    found = Kept(Folder(tmp_path / "kept")).get(_KIND, _MAKER, (), tuple[Pattern, ...]) or ()
    assert len(found) > 200
    re.purge()
    for one in found:
        assert one.compiled() == re.compile(*one.asked)
