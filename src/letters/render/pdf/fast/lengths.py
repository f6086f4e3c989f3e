"""Used lengths kept on a style: the same style in a box of the same size has the same margins and widths."""

from __future__ import annotations

from typing import Any

from weasyprint.formatting_structure import boxes
from weasyprint.layout import percent

from letters.render.pdf.fast.styles import memory_of

plain = percent.resolve_percentages

#: What `resolve_percentages` sets on a box (CSS 2.1, 10.2).
_SET = (
    *(f"margin_{side}" for side in ("left", "right", "top", "bottom")),
    *(f"padding_{side}" for side in ("left", "right", "top", "bottom")),
    *("width", "min_width", "max_width", "height", "min_height", "max_height"),
    *(f"border_{side}_width" for side in ("left", "right", "top", "bottom")),
)

#: Sizes of containing blocks that are kept for a style. Most have one, or a few where pages break otherwise.
_SIZES = 50


def resolve_percentages(box: Any, containing_block: Any) -> None:
    """Set used values as attributes of the box, as WeasyPrint's function of this name does."""
    style = box.style
    if (
        memory_of(style) is None
        or isinstance(box, boxes.PageBox)
        or style["border_collapse"] == "collapse"  # the borders are those of the table then
    ):
        plain(box, containing_block)
        return
    if isinstance(containing_block, boxes.Box):
        size = (containing_block.width, containing_block.height)
    else:
        size = (containing_block[0], containing_block[1])
    lengths = style.derived.lengths
    found = lengths.get(size)
    if found is None:
        plain(box, containing_block)
        attributes = box.__dict__
        if len(lengths) >= _SIZES:
            lengths.clear()
        lengths[size] = {name: attributes[name] for name in _SET}
    else:
        box.__dict__.update(found)
