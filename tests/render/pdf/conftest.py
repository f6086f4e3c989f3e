from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from pdf_samples import LETTERHEAD, rich

from letters.render.pdf import DEFAULT_FONT_DIRS, PdfRenderer


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
