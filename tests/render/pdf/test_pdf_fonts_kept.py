"""What was read in fonts, found again by the next run."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from fontTools.ttLib import TTFont
from pdf_samples import LETTERHEAD, letter, paragraph

from letters.kept import Kept
from letters.kept.folder import Folder
from letters.problems import TemplateError
from letters.render.pdf import DEFAULT_FONT_DIRS, PdfRenderer
from letters.render.pdf import fonts as fonts_module
from letters.render.pdf.fonts import Font


@pytest.fixture
def kept(tmp_path: Path) -> Kept:
    return Kept(Folder(tmp_path / "kept"))


@pytest.fixture
def own_fonts(tmp_path: Path, renderer: PdfRenderer) -> Path:
    folder = tmp_path / "fonts"
    folder.mkdir()
    for font in renderer.fonts:
        shutil.copy(font.path, folder)
    return folder


@pytest.fixture
def unread(monkeypatch: pytest.MonkeyPatch) -> list[bytes]:
    """Every font that is read from now on."""
    read: list[bytes] = []
    parsed = fonts_module._parsed

    def noted(data: bytes) -> object:
        read.append(data)
        return parsed(data)

    monkeypatch.setattr(fonts_module, "_parsed", noted)
    return read


def opened(folder: Path, kept: Kept) -> tuple[Font, ...]:
    return PdfRenderer(LETTERHEAD, (folder,), kept).fonts


def test_a_font_is_read_once(own_fonts: Path, kept: Kept, unread: list[bytes]) -> None:
    cold = opened(own_fonts, kept)
    assert len(unread) == len({font.data for font in cold})
    del unread[:]
    assert opened(own_fonts, kept) == cold
    assert unread == []


def test_what_is_kept_of_a_font_is_what_is_in_it(renderer: PdfRenderer, kept: Kept) -> None:
    for _ in ("cold", "warm"):
        for font in PdfRenderer(LETTERHEAD, DEFAULT_FONT_DIRS, kept).fonts:
            with TTFont(font.path) as ttf:
                assert font.characters == frozenset(ttf.getBestCmap())
                assert font.version == ttf["name"].getDebugName(5)
    assert PdfRenderer(LETTERHEAD, DEFAULT_FONT_DIRS, kept).fonts == renderer.fonts


def test_a_font_that_changes_is_read_again(own_fonts: Path, kept: Kept) -> None:
    """At once, also when neither its name nor its time says so."""
    before = opened(own_fonts, kept)
    path = before[0].path
    times = path.stat()
    with TTFont(path) as ttf:
        for table in ttf["cmap"].tables:
            table.cmap.pop(ord("ß"), None)
        ttf.save(path)
    os.utime(path, ns=(times.st_atime_ns, times.st_mtime_ns))
    after = opened(own_fonts, kept)
    assert ord("ß") in before[0].characters
    assert after[0].characters == before[0].characters - {ord("ß")}
    assert after[0].sha256 != before[0].sha256


def test_a_broken_or_locked_font_is_told_with_and_without(own_fonts: Path, kept: Kept) -> None:
    broken, locked = sorted(own_fonts.glob("LiberationSans-*.ttf"))[:2]
    broken.write_bytes(b"no font")
    with TTFont(locked) as ttf:
        ttf["OS/2"].fsType = 2
        ttf.save(locked)
    told = []
    for _ in ("cold", "warm"):
        with pytest.raises(TemplateError) as caught:
            opened(own_fonts, kept)
        told.append(caught.value.problems)
    with pytest.raises(TemplateError) as caught:
        PdfRenderer(LETTERHEAD, (own_fonts,))
    assert told == [caught.value.problems] * 2
    assert {p.code for p in caught.value.problems} == {"letterhead.font-unusable", "letterhead.font-locked"}


def test_a_letter_is_the_same_with_and_without(renderer: PdfRenderer, kept: Kept) -> None:
    source = letter(paragraph("Et brev til Åse Ørsted."))
    cold = PdfRenderer(LETTERHEAD, DEFAULT_FONT_DIRS, kept).draw(source)
    warm = PdfRenderer(LETTERHEAD, DEFAULT_FONT_DIRS, kept).draw(source)
    assert cold == warm == renderer.draw(source)


def test_no_fonttools_is_loaded_for_fonts_that_are_known(tmp_path: Path) -> None:
    code = f"""
import sys
from pathlib import Path
from letters.kept import Kept
from letters.kept.folder import Folder
from letters.render.pdf import DEFAULT_FONT_DIRS, PdfRenderer
from pdf_samples import LETTERHEAD, rich
made = PdfRenderer(LETTERHEAD, DEFAULT_FONT_DIRS, Kept(Folder(Path({str(tmp_path / "kept")!r}))))
assert made.draw(rich()).startswith(b"%PDF")
print(any(name.startswith("fontTools") for name in sys.modules))
"""
    here = Path(__file__).parent
    told = [
        subprocess.run([sys.executable, "-c", code], cwd=here, capture_output=True, text=True, check=True)
        for _ in ("cold", "warm")
    ]
    assert [one.stdout for one in told] == ["True\n", "False\n"]
