"""The same letter gives the same file everywhere; what the system lacks is told."""

from __future__ import annotations

import os
import subprocess
import sys
from importlib.abc import MetaPathFinder
from pathlib import Path

import pytest
from pdf_samples import LETTERHEAD, letter, paragraph, rich

from letters.problems import OutputError, Severity
from letters.render.pdf import DEFAULT_FONT_DIRS, PdfRenderer

HERE = Path(__file__).parent
SOURCE = HERE.parents[2] / "src"

DRAW = """
import sys
from pdf_samples import LETTERHEAD, rich
from letters.render.pdf import DEFAULT_FONT_DIRS, PdfRenderer
sys.stdout.buffer.write(PdfRenderer(LETTERHEAD, DEFAULT_FONT_DIRS).render(rich()))
"""


def python(code: str, folder: Path, **environment: str) -> bytes:
    base = {**os.environ, "PYTHONPATH": f"{SOURCE}{os.pathsep}{HERE}", **environment}
    return subprocess.run(
        [sys.executable, "-c", code], env=base, cwd=folder, capture_output=True, check=True
    ).stdout


def test_same_bytes_everywhere(renderer: PdfRenderer, rich_pdf: bytes, tmp_path: Path) -> None:
    renderer.render(letter(paragraph("Et andet brev ind imellem.")))
    assert renderer.render(rich()) == rich_pdf
    first = {"PYTHONHASHSEED": "1", "TZ": "America/Los_Angeles", "LC_ALL": "C", "HOME": str(tmp_path)}
    second = {"PYTHONHASHSEED": "2", "TZ": "Asia/Tokyo", "LC_ALL": "C.UTF-8"}
    assert python(DRAW, tmp_path, **first) == rich_pdf
    assert python(DRAW, HERE, **second) == rich_pdf


def test_the_folder_of_the_letterhead_leaves_no_trace(letterhead: Path, rich_pdf: bytes) -> None:
    assert PdfRenderer(letterhead, DEFAULT_FONT_DIRS).render(rich()) == rich_pdf


def test_importing_the_room_is_quick(tmp_path: Path) -> None:
    code = (
        "import sys, letters.render.pdf; print('weasyprint' in sys.modules, 'fontTools.ttLib' in sys.modules)"
    )
    assert python(code, tmp_path).split() == [b"False", b"False"]


class _NoPango(MetaPathFinder):
    def find_spec(self, fullname: str, *_: object) -> None:
        if fullname == "weasyprint":
            raise OSError("cannot load library 'libpango-1.0-0'\nand a long explanation")


def test_pango_is_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "meta_path", [_NoPango(), *sys.meta_path])
    monkeypatch.delitem(sys.modules, "weasyprint", raising=False)
    monkeypatch.delitem(sys.modules, "letters.render.pdf.engine", raising=False)
    with pytest.raises(OutputError) as caught:
        PdfRenderer(LETTERHEAD, DEFAULT_FONT_DIRS).start()
    (problem,) = caught.value.problems
    assert problem.code == "render.pango-missing"
    assert problem.args["reason"] == "cannot load library 'libpango-1.0-0'"
    assert "libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0" in problem.help


def test_the_subset_library_is_there(renderer: PdfRenderer) -> None:
    assert renderer.start() == []


def test_the_subset_library_is_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    import weasyprint.pdf.fonts

    import letters.render.pdf.engine as engine

    monkeypatch.setattr(engine, "harfbuzz_subset", None)
    monkeypatch.setattr(weasyprint.pdf.fonts, "harfbuzz_subset", None)
    renderer = PdfRenderer(LETTERHEAD, DEFAULT_FONT_DIRS)
    (problem,) = renderer.start()
    assert (problem.code, problem.severity) == ("render.subset-missing", Severity.WARNING)
    assert renderer.render(letter(paragraph("x"))).startswith(b"%PDF")


def test_the_environment_is_left_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FONTCONFIG_FILE", "/somewhere/fonts.conf")
    PdfRenderer(LETTERHEAD, DEFAULT_FONT_DIRS).start()
    assert os.environ["FONTCONFIG_FILE"] == "/somewhere/fonts.conf"
