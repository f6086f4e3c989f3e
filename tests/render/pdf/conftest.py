from __future__ import annotations

import shutil
import zlib
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace

import pydyf
import pytest
from pdf_samples import LETTERHEAD, rich

from letters.render.pdf import DEFAULT_FONT_DIRS, PdfRenderer
from letters.render.pdf.fast import writing


@pytest.fixture(scope="session")
def renderer() -> PdfRenderer:
    return PdfRenderer(LETTERHEAD, DEFAULT_FONT_DIRS)


@pytest.fixture(scope="session")
def rich_pdf(renderer: PdfRenderer) -> bytes:
    return renderer.render(rich())


@pytest.fixture
def letterhead(tmp_path: Path) -> Path:
    """A copy of the letterhead to break."""
    return Path(shutil.copytree(LETTERHEAD, tmp_path / "brevpapir"))


@pytest.fixture(scope="module")
def level() -> Iterator[None]:
    """pydyf's own way compresses as hard as ours, so that files can be compared byte for byte."""
    with pytest.MonkeyPatch.context() as patch:
        same = SimpleNamespace(compressobj=lambda level: zlib.compressobj(writing.LEVEL))
        patch.setattr(pydyf, "zlib", same)
        yield
