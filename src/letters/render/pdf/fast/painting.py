"""Lines painted without asking each of their boxes what it is not.

Most lines have no background, no border and no outline, nothing in them points elsewhere, and all of it is
painted in its turn. A style says so once; here a line as a whole is known for it (`calm`), and the walks pass
by its boxes.
"""

from __future__ import annotations

from typing import Any

from weasyprint import draw
from weasyprint.formatting_structure.boxes import InlineBox, LineBox, TextBox
from weasyprint.stacking import StackingContext

from letters.render.pdf.fast.walks import traits_of

plain = draw.draw_inline_level


def draw_inline_level(
    stream: Any,
    page: Any,
    box: Any,
    offset_x: float = 0,
    text_overflow: Any = "clip",
    block_ellipsis: Any = "none",
) -> None:
    """Draw a line or what stands in it, as WeasyPrint's function of this name does."""
    kind = type(box)
    traits = traits_of(box.style) if kind is LineBox or kind is InlineBox else None
    if traits is None or not traits.unframed:
        plain(stream, page, box, offset_x, text_overflow, block_ellipsis)
        return
    if kind is LineBox:
        text_overflow, block_ellipsis = box.text_overflow, box.block_ellipsis
    tags, out, left = stream._tags, stream.stream, box.position_x
    last = len(box.children) - 1
    for place, child in enumerate(box.children):
        ellipsis = block_ellipsis if place == last else "none"
        if type(child) is not TextBox:
            inner = offset_x if isinstance(child, StackingContext) else offset_x + child.position_x - left
            draw_inline_level(stream, page, child, inner, text_overflow, ellipsis)
            continue
        inner = offset_x + child.position_x - left
        if tags is None:
            draw.draw_text(stream, child, inner, text_overflow, ellipsis)
            continue
        number = len(tags)
        assert child not in tags  # noqa: S101 - as WeasyPrint does
        tags[child] = {"tag": "Span", "mcid": number}
        out.append(b"/Span\n<</MCID %d>>\nBDC" % number)
        draw.draw_text(stream, child, inner, text_overflow, ellipsis)
        out.append(b"EMC")
