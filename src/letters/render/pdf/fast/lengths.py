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
_BORDERS = frozenset(_SET[-4:])
_BORDER = "border_top_width"

#: Sizes of containing blocks that are kept for a style. Most have one, or a few where pages break otherwise.
_SIZES = 50


def resolve_percentages(box: Any, containing_block: Any) -> None:
    """Set used values as attributes of the box, as WeasyPrint's function of this name does."""
    style = box.style
    if memory_of(style) is None or isinstance(box, boxes.PageBox):
        plain(box, containing_block)
        return
    attributes = box.__dict__
    # Borders that collapse are those of the table once it has found them.
    found_borders = _BORDER in attributes and style["border_collapse"] == "collapse"
    if found_borders and (style["box_sizing"] != "content-box" or not attributes.keys() >= _BORDERS):
        plain(box, containing_block)
        return
    if isinstance(containing_block, boxes.Box):
        size = (containing_block.width, containing_block.height, found_borders)
    else:
        size = (containing_block[0], containing_block[1], found_borders)
    lengths = style.derived.lengths
    found = lengths.get(size)
    if found is None:
        plain(box, containing_block)
        if len(lengths) >= _SIZES:
            lengths.clear()
        names = [name for name in _SET if name not in _BORDERS] if found_borders else _SET
        lengths[size] = {name: attributes[name] for name in names}
    else:
        attributes.update(found)
