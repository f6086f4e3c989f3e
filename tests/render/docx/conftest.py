from pathlib import Path

import pytest

from letters.render.docx import DocxRenderer

LETTERHEAD = Path(__file__).parents[3] / "templates/da/brevpapir/lindehoej/letterhead.docx"


@pytest.fixture(scope="session")
def letterhead() -> Path:
    return LETTERHEAD


@pytest.fixture(scope="session")
def renderer(letterhead: Path) -> DocxRenderer:
    return DocxRenderer(letterhead)
