"""Letters are the same whether or not earlier runs kept anything, and nothing of a letter is kept."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import pytest
import yaml
from msgspec import msgpack

from examples import ROOT
from letters.kept import Kept, Maker
from letters.kept.folder import Folder

CASES = [
    ROOT / "fixtures/besvarelse/01-praksis-og-tal.yaml",
    ROOT / "fixtures/integrationsansvar/14-afslag-egevang.yaml",
]
APPENDIX = ROOT / "fixtures/bilag/to-sager.yaml"
PASSWORD = "violin kastanje trappe seksten"


def drafted(out: Path, library: Path, *more: object, **environ: str) -> dict[str, bytes]:
    """Every file of the letters of `CASES`, made by a process of its own."""
    command = [
        sys.executable,
        "-m",
        "letters.cli",
        "draft",
        *CASES,
        "--out",
        out,
        "--templates",
        library,
        "--json",
        *more,
    ]
    done = subprocess.run(
        [str(one) for one in command],
        env={**os.environ, **environ},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert "kept" not in done.stderr
    return {str(path.relative_to(out)): path.read_bytes() for path in out.rglob("*") if path.is_file()}


@dataclass(frozen=True)
class Runs:
    """A library, the folder that its runs kept, and what came of the runs."""

    library: Path
    kept: Path
    without: Mapping[str, bytes]
    cold: Mapping[str, bytes]
    warm: Mapping[str, bytes]
    appendix: Mapping[str, bytes]


@pytest.fixture(scope="module")
def runs(tmp_path_factory: pytest.TempPathFactory) -> Runs:
    base = tmp_path_factory.mktemp("runs")
    library = base / "library"
    shutil.copytree(ROOT / "templates/da", library)
    kept = base / "kept"
    closed = (APPENDIX, "--against", APPENDIX)
    off = drafted(base / "off", library, LETTERS_CACHE_DIR=str(kept), LETTERS_NO_CACHE="1")
    assert not kept.exists()
    return Runs(
        library,
        kept,
        off,
        cold=drafted(base / "cold", library, LETTERS_CACHE_DIR=str(kept)),
        warm=drafted(base / "warm", library, LETTERS_CACHE_DIR=str(kept)),
        appendix=drafted(
            base / "closed", library, *closed, LETTERS_CACHE_DIR=str(kept), LETTERS_PASSWORD=PASSWORD
        ),
    )


def test_letters_are_the_same_byte_for_byte(runs: Runs) -> None:
    assert len(runs.without) == 4 * len(CASES)
    assert runs.without == runs.cold
    assert runs.without == runs.warm


def test_something_is_kept(runs: Runs) -> None:
    kinds = {file.name.rpartition("-")[0] for file in runs.kept.iterdir()}
    assert kinds == {"font", "law", "word", "wording"}


# Nothing of a letter


def test_nothing_of_a_case_or_a_letter_is_kept(runs: Runs) -> None:
    """No value of the case files and of the appendix stands in what was kept, packed or not."""
    assert any("to-sager" in name and name.endswith(".docx") for name in runs.appendix)
    kept = b"\0".join(_everything(runs.kept))
    public = "\n".join(_public(runs.library))
    values = {
        value for path in (*CASES, APPENDIX) for value in _values(yaml.safe_load(path.read_text("utf-8")))
    }
    own = {value for value in values if value not in public}
    assert {"Leyla Karimova", "010180-0008", "2020-0187345-2"} <= own
    assert len(own) > 60
    assert [
        value for value in own if any(value.encode(code) in kept for code in ("utf-8", "utf-16-le"))
    ] == []


def test_the_search_would_find_it(tmp_path: Path) -> None:
    """However it were packed."""
    packed = zlib.compressobj(9, zlib.DEFLATED, -15)
    deflated = packed.compress(b"<w:t>Leyla Karimova</w:t>") + packed.flush()
    local = b"PK\3\4" + bytes(22) + (1).to_bytes(2, "little") + bytes(2) + b"n" + deflated
    for value in (
        "Leyla Karimova",
        {"a": ["Leyla Karimova"]},
        b"Leyla Karimova",
        [local],
        zlib.compress(b"Leyla Karimova"),
    ):
        folder = tmp_path / str(len(list(tmp_path.iterdir())))
        Kept(Folder(folder)).put("thing", Maker(("kept",)), (), value)
        assert b"Leyla Karimova" in b"\0".join(_everything(folder))


def _everything(folder: Path) -> Iterator[bytes]:
    for file in folder.iterdir():
        data = file.read_bytes()
        yield file.name.encode()
        yield data
        yield from _inside(msgpack.decode(data[26:]))


def _inside(value: object) -> Iterator[bytes]:
    if isinstance(value, str):
        yield value.encode()
    elif isinstance(value, bytes):
        yield value
        yield from _inflated(value)
    elif isinstance(value, dict):
        for pair in value.items():
            yield from _inside(list(pair))
    elif isinstance(value, list):
        for one in value:
            yield from _inside(one)


def _inflated(data: bytes) -> Iterator[bytes]:
    at = data.find(b"PK\3\4")
    starts = [(0, 15)]
    while at >= 0:
        name, extra = (int.from_bytes(data[at + place : at + place + 2], "little") for place in (26, 28))
        starts.append((at + 30 + name + extra, -15))
        at = data.find(b"PK\3\4", at + 4)
    for start, window in starts:
        try:
            found = zlib.decompressobj(window).decompress(data[start:])
        except zlib.error:
            continue
        yield found
        yield from _inflated(found)


def _public(library: Path) -> Iterator[str]:
    for path in library.rglob("*"):
        if path.suffix in (".md", ".yaml", ".html", ".css"):
            yield path.read_text("utf-8")
        elif path.suffix == ".docx":
            yield b"\n".join(_inflated(path.read_bytes())).decode("utf-8", "replace")


def _values(value: object) -> Iterator[str]:
    if isinstance(value, dict):
        for one in value.values():
            yield from _values(one)
    elif isinstance(value, list):
        for one in value:
            yield from _values(one)
    elif isinstance(value, str):
        yield from (line.strip() for line in (value, *value.splitlines()) if len(line.strip()) > 3)
