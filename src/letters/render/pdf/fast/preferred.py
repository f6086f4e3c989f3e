"""How narrow and how wide a text may be, kept between letters.

List marks, margins and columns are as wide as their text. What a text's widths are follows from what makes
up a line, see `boxes`; they are kept under the same key.
"""

from __future__ import annotations

from typing import Any

from weasyprint.formatting_structure.boxes import LineBox
from weasyprint.layout import preferred

from letters.render.pdf.fast.boxes import shape_of
from letters.render.pdf.fast.styles import memory_of

plain_min = preferred.inline_min_content_width
plain_max = preferred.inline_max_content_width


def inline_min_content_width(
    context: Any,
    box: Any,
    outer: bool = True,
    skip_stack: Any = None,
    first_line: bool = False,
    is_line_start: bool = False,
) -> float:
    """The width of a text's longest word, as WeasyPrint's function of this name gives it."""
    if type(box) is not LineBox or skip_stack is not None or first_line:
        width: float = plain_min(context, box, outer, skip_stack, first_line, is_line_start)
        return width
    asked = ("min", outer, is_line_start)
    return _kept(box, asked, lambda: plain_min(context, box, outer, is_line_start=is_line_start))


def inline_max_content_width(
    context: Any, box: Any, outer: bool = True, is_line_start: bool = False
) -> float:
    """The width of a text in one line, as WeasyPrint's function of this name gives it."""
    if type(box) is not LineBox:
        width: float = plain_max(context, box, outer, is_line_start)
        return width
    return _kept(box, ("max", outer, is_line_start), lambda: plain_max(context, box, outer, is_line_start))


def _kept(box: Any, asked: Any, compute: Any) -> float:
    memory = memory_of(box.style)
    shape = None if memory is None else shape_of(box)
    if memory is None or shape is None or shape.key is None:
        return compute()  # type: ignore[no-any-return]
    key = (shape.key, asked)
    found: float | None = memory.widths.get(key, len(shape.sources))
    if found is None:
        found = compute()
        if memory.remember:
            memory.widths.put(key, found, len(shape.sources))
    return found
