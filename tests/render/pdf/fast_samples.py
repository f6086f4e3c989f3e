"""Renderers that draw by themselves and with what WeasyPrint is helped to remember."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from letters.render.pdf import DEFAULT_FONT_DIRS, PdfRenderer
from letters.render.pdf.fast import gate
from letters.render.pdf.fast.memory import Generations, Memory


def plain_renderer(letterhead: Path) -> PdfRenderer:
    """One that draws as WeasyPrint does by itself."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv(gate.SWITCH, "1")
        made = PdfRenderer(letterhead, DEFAULT_FONT_DIRS)
        made.start()
    assert made._engine._memory is None
    return made


def fast_renderer(letterhead: Path) -> PdfRenderer:
    made = PdfRenderer(letterhead, DEFAULT_FONT_DIRS)
    made.start()
    assert made._engine._memory is not None
    return made


def caches(memory: Memory) -> tuple[Generations[Any, Any], ...]:
    return (
        memory.styles,
        memory.matched,
        memory.pages,
        memory.lines,
        memory.boxes,
        memory.widths,
        memory.drawn,
        memory.pictures,
        memory.parts,
    )
