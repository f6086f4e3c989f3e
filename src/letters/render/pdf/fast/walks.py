"""Walks over all boxes that pass by those with nothing to do.

WeasyPrint asks each box a dozen times whether it floats, has a background, an outline, an anchor, or is
painted out of turn. The answers follow from its style alone, and are nearly always no: they are found once a
style.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from weasyprint import anchors, stacking
from weasyprint.draw import border
from weasyprint.draw.color import get_color
from weasyprint.formatting_structure import boxes
from weasyprint.formatting_structure.boxes import Box, ParentBox
from weasyprint.layout import background, block

from letters.render.pdf.fast.styles import memory_of

plain_in_normal_flow = Box.is_in_normal_flow
plain_establishes = Box.establishes_formatting_context
plain_border = border.draw_border
plain_descendants = Box.descendants
plain_collapse_margin = block.collapse_margin
plain_page_values = ParentBox.page_values
plain_backgrounds = background.layout_box_backgrounds
plain_outline = border.draw_outline
plain_anchors = anchors.gather_anchors
plain_dispatch = stacking._dispatch

_FLOATED = ("left", "right", "inline-start", "inline-end")
_SIDES = ("top", "right", "bottom", "left")
_CORNERS = ("top_left", "top_right", "bottom_right", "bottom_left")
_NO_RADIUS = (0, "px")
#: What a box without a background gets.
_BARE = {f"border_{corner}_radius": (0, 0) for corner in _CORNERS} | {"background": None}


class Traits:
    """What a style says about each of its boxes.

    Attributes:
        in_flow: see `Box.is_in_normal_flow`.
        bare: no background, shadow, rounded corner or image at the border.
        outlined: an outline that can be seen.
        unnamed: nothing that others point to, or that moves what they see.
        plain_text: seen, and without a line under, over or through it.
        calm: painted in its turn, in the flow.
        unframed: bare, and without borders.
        quiet: all that is said of a box of a line whose boxes need not be visited; see `is_calm`.
        formatting: kind of box -> whether it begins a formatting context of its own.
        borderless: no border or rule between columns is drawn.
        paint: the names of its text's colour and opacity in a page; see `drawing`.
    """

    __slots__ = (
        *("bare", "borderless", "calm", "formatting", "in_flow", "outlined", "paint", "plain_text"),
        *("quiet", "unframed", "unnamed"),
    )

    def __init__(self, style: Any) -> None:
        position, floats = style["position"], style["float"]
        in_flow = floats not in (*_FLOATED, "footnote") and position not in ("absolute", "fixed")
        self.in_flow: bool = in_flow and position[0] not in ("running()", "note()")
        self.bare = _bare(style)
        seen = style["visibility"] == "visible" and style["outline_width"]
        self.outlined = bool(seen and get_color(style, "outline_color").alpha)
        self.unnamed: bool = (
            not style["transform"]
            and style["bookmark_level"] == "none"
            and not style["anchor"]
            and style["appearance"] != "auto"
        )
        self.plain_text: bool = (
            style["visibility"] == "visible"
            and style["text_decoration_line"] == "none"
            and style["font_size"] >= 1e-6
        )
        self.calm: bool = (
            position == "static"
            and floats not in _FLOATED
            and style["opacity"] >= 1
            and not style["transform"]
            and style["overflow"] == "visible"
        )
        self.unframed = self.bare and not any(style[f"border_{side}_width"] for side in _SIDES)
        self.borderless = (
            self.unframed
            and style["column_width"] == style["column_count"] == "auto"
            and style["border_collapse"] != "collapse"
        )
        self.formatting: dict[type, bool] = {}
        self.quiet = (
            self.unframed
            and self.calm
            and self.unnamed
            and self.in_flow
            and not (self.outlined or style["anchor"])
        )
        color = style["color"]
        self.paint = (f"a{color.alpha}", (color.space, *color.coordinates))


def is_calm(boxes_: Iterable[Any]) -> bool:
    """Whether no box of a line is asked for anything but its text, so that walks may pass by all of them."""
    for box in boxes_:
        traits = traits_of(box.style)
        if traits is None or not traits.quiet or box.is_form() or box.is_input():
            return False
        if box.link or box.missing_link or box.string_set or box.bookmark_label:
            return False
    return True


def _bare(style: Any) -> bool:
    images = (style["border_image_source"], style["mask_border_source"], *style["background_image"])
    return (
        all(kind == "none" for kind, _ in images)
        and style["visibility"] != "hidden"
        and get_color(style, "background_color").alpha == 0
        and not style["box_shadow"]
        and all(_NO_RADIUS in style[f"border_{corner}_radius"] for corner in _CORNERS)
    )


def traits_of(style: Any) -> Traits | None:
    """None for a style that is WeasyPrint's own."""
    try:
        derived = style.derived
    except AttributeError:
        return None
    found: Traits | None = derived.traits
    if found is None:
        found = derived.traits = Traits(style)
    return found


def is_in_normal_flow(box: Any) -> bool:
    """As WeasyPrint's method of this name."""
    traits = traits_of(box.style)
    if traits is None or "is_floated" in box.__dict__:  # said of what is laid out by flex
        return bool(plain_in_normal_flow(box))
    return traits.in_flow


def establishes_formatting_context(box: Any) -> bool:
    """As WeasyPrint's method of this name."""
    traits = traits_of(box.style)
    if traits is None or box.is_column or "is_floated" in box.__dict__:
        return bool(plain_establishes(box))
    kind = type(box)
    found = traits.formatting.get(kind)
    if found is None:
        found = traits.formatting[kind] = bool(plain_establishes(box))
    return found


def draw_border(stream: Any, box: Any) -> None:
    """Draw the borders of a box, as WeasyPrint's function of this name does."""
    traits = traits_of(box.style)
    if traits is None or not traits.borderless:
        plain_border(stream, box)


def descendants(box: Any, placeholders: bool = False) -> Iterator[Any]:
    """A box and those in it, as WeasyPrint's method of this name finds them, by one generator for all."""
    return _found(box, placeholders, "")


def page_descendants(page: Any, placeholders: bool = False) -> Iterator[Any]:
    """The boxes of a page that layout may ask for something: all but those inside of calm lines."""
    return _found(page, placeholders, "calm_line")


def _found(box: Any, placeholders: bool, closed: str) -> Iterator[Any]:
    """A box and those in it.

    Args:
        closed: what a box has whose own boxes are passed by; empty where there is none such.
    """
    yield box
    open_ = [iter(box.children)]
    while open_:
        for child in open_[-1]:
            if isinstance(child, Box):
                yield child
                if child.children and closed not in child.__dict__:
                    open_.append(iter(child.children))
                    break
            elif placeholders:
                yield from child.descendants(placeholders)
            else:
                yield child
        else:
            open_.pop()


def collapse_margin(adjoining_margins: Any) -> Any:
    """The margin that several become, as WeasyPrint's function of this name says."""
    highest = lowest = 0
    for margin in adjoining_margins:
        if margin > highest:
            highest = margin
        elif margin < lowest:
            lowest = margin
    return highest + lowest


def page_values(box: Any) -> tuple[Any, Any]:
    """The pages that a box begins and ends on by name, as WeasyPrint's method of this name finds them."""
    memory = memory_of(box.style)
    if memory is None or memory.named_pages:
        return plain_page_values(box)  # type: ignore[no-any-return]
    page = box.style["page"]
    return page, page


def layout_box_backgrounds(
    page: Any,
    box: Any,
    get_image_from_uri: Any,
    layout_children: bool = True,
    style: Any = None,
) -> None:
    """Give a box and those in it their backgrounds, as WeasyPrint's function of this name does."""
    if style is None and box is not page and isinstance(box, Box):
        traits = traits_of(box.style)
        if traits is not None and traits.bare:
            attributes = box.__dict__
            attributes.update(_BARE)
            if layout_children and "calm_line" not in attributes:
                for child in box.all_children():
                    layout_box_backgrounds(page, child, get_image_from_uri)
            return
    plain_backgrounds(page, box, get_image_from_uri, layout_children, style)


def draw_outline(stream: Any, box: Any) -> None:
    """Draw the outlines of a box and those in it, as WeasyPrint's function of this name does."""
    if "calm_line" in box.__dict__:
        return
    traits = traits_of(box.style)
    if traits is None or traits.outlined:
        plain_outline(stream, box)
        return
    for child in box.children:
        if isinstance(child, Box):
            draw_outline(stream, child)


def gather_anchors(
    box: Any,
    anchors: Any,
    links: Any,
    bookmarks: Any,
    forms: Any,
    parent_matrix: Any = None,
    parent_form: Any = None,
    parent_link: Any = None,
) -> None:
    """Note what is pointed to and points elsewhere, as WeasyPrint's function of this name does."""
    found = (anchors, links, bookmarks, forms)
    if box.link or parent_link or not isinstance(box, Box) or box.is_form():
        plain_anchors(box, *found, parent_matrix, parent_form, parent_link)
        return
    if "calm_line" in box.__dict__:
        return
    traits = traits_of(box.style)
    if traits is None or not traits.unnamed:
        plain_anchors(box, *found, parent_matrix, parent_form, parent_link)
        return
    for child in box.all_children():
        gather_anchors(child, *found, parent_matrix, parent_form, None)


_LINE = (boxes.LineBox, boxes.InlineBox)


def dispatch(
    box: Any,
    page: Any,
    child_contexts: Any,
    blocks: Any,
    floats: Any,
    blocks_and_cells: Any,
) -> Any:
    """Put a box where it is painted, as WeasyPrint's function `_dispatch` does.

    A line from which nothing was taken out is painted as it is; WeasyPrint paints a copy.
    """
    kind, where = type(box), (page, child_contexts, blocks, floats, blocks_and_cells)
    if kind is not boxes.TextBox and kind not in _LINE:
        return plain_dispatch(box, *where)
    if "calm_line" in box.__dict__:
        return box
    traits = traits_of(box.style)
    if traits is None or not traits.calm or box.is_grid_item:
        return plain_dispatch(box, *where)
    if kind is boxes.TextBox:
        return box
    children = [dispatch(child, *where) for child in box.children]
    if all(new is old for new, old in zip(children, box.children, strict=True)):
        return box
    return box.copy_with_children([child for child in children if child is not None])
