"""The boxes in a page's margins, without those that are made to be thrown away.

Of a page's sixteen margin boxes a letterhead fills a few. WeasyPrint makes all of them before it asks which
have content, and copies the page's counters for each in depth.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from weasyprint.formatting_structure import boxes, build
from weasyprint.layout import page as pages

from letters.render.pdf.fast.styles import memory_of

plain = pages.make_margin_boxes

_EMPTY = ("normal", "inhibit", "none")
_CORNERS = ("@top-left-corner", "@top-right-corner", "@bottom-left-corner", "@bottom-right-corner")


def make_margin_boxes(context: Any, page: Any, state: Any) -> Iterator[Any]:
    """The laid out boxes in the margins of a page, as WeasyPrint's function of this name yields them."""
    if memory_of(page.style) is None:
        yield from plain(context, page, state)
        return
    maker = _Maker(context, page, state)
    made = [box for side in _sides(page) for box in maker.side(*side)]
    made += [box for corner in _corners(page) for box in maker.corner(*corner)]
    for box in made:
        yield pages.margin_box_content_layout(context, page, box)


def _sides(page: Any) -> Iterator[tuple[str, bool, tuple[float, float], float, float]]:
    """Name of a side, whether it is upright, its size and where it begins."""
    width, height = page.border_width(), page.border_height()
    yield "top", False, (width, page.margin_top), page.margin_left, 0
    yield "bottom", False, (width, page.margin_bottom), page.margin_left, page.margin_top + height
    yield "left", True, (page.margin_left, height), 0, page.margin_top
    yield "right", True, (page.margin_right, height), page.margin_left + width, page.margin_top


def _corners(page: Any) -> Iterator[tuple[str, float, float, float, float]]:
    """Name of a corner, its size and where it begins."""
    end_x = page.margin_left + page.border_width()
    end_y = page.margin_top + page.border_height()
    for name in _CORNERS:
        top, left = name.startswith("@top"), "left" in name
        yield (
            name,
            page.margin_left if left else page.margin_right,
            page.margin_top if top else page.margin_bottom,
            0 if left else end_x,
            0 if top else end_y,
        )


class _Maker:
    def __init__(self, context: Any, page: Any, state: Any) -> None:
        self._context, self._page, self._state = context, page, state

    def side(self, name: str, upright: bool, size: tuple[float, float], x: float, y: float) -> Iterator[Any]:
        """The boxes of a side that have content; each gets its place beside its neighbours."""
        places = ("top", "middle", "bottom") if upright else ("left", "center", "right")
        styles = [(f"@{name}-{place}", self._style(f"@{name}-{place}")) for place in places]
        if all(style["content"] in _EMPTY for _, style in styles):
            return
        side = [self._box(keyword, style, size) for keyword, style in styles]
        fixed, variable = size if upright else size[::-1]
        pages.compute_variable_dimension(self._context, side, upright, variable)
        for box, offset in zip(side, (0, 0.5, 1), strict=True):
            if not box.is_generated:
                continue
            box.position_x, box.position_y = x, y
            if upright:
                box.position_y += offset * (variable - box.margin_height())
            else:
                box.position_x += offset * (variable - box.margin_width())
            pages.compute_fixed_dimension(self._context, box, fixed, not upright, name in ("top", "left"))
            yield box

    def corner(self, keyword: str, width: float, height: float, x: float, y: float) -> Iterator[Any]:
        style = self._style(keyword)
        if style["content"] in _EMPTY:
            return
        box = self._box(keyword, style, (width, height))
        box.position_x, box.position_y = x, y
        pages.compute_fixed_dimension(self._context, box, height, True, "top" in keyword)
        pages.compute_fixed_dimension(self._context, box, width, False, "left" in keyword)
        yield box

    def _style(self, keyword: str) -> Any:
        style = self._context.style_for(self._page.page_type, keyword)
        return self._page.style.anonymous_style if style is None else style

    def _box(self, keyword: str, style: Any, size: tuple[float, float]) -> Any:
        """A margin box with its content, which may be none when it stands beside one with content."""
        pages._standardize_page_based_counters(style, keyword)
        box = boxes.MarginBox(keyword, style)
        box.is_generated = style["content"] not in _EMPTY
        if box.is_generated:
            box = self._filled(box)
        pages.resolve_percentages(box, size)
        if not box.is_generated:
            box.width = box.height = 0
            for side in ("top", "right", "bottom", "left"):
                box._reset_spacing(side)
        return box

    def _filled(self, box: Any) -> Any:
        context, page = self._context, self._page
        depth, counters, scopes, groups = self._state
        # What content may change, the page's own counters left alone.
        depth, counters = [*depth], {name: [*values] for name, values in counters.items()}
        build.update_counters((depth, counters, [*map(set, scopes), set()], groups), box.style)
        box.children = build.content_to_boxes(
            box.style,
            box,
            depth,
            counters,
            context.get_image_from_uri,
            context.target_collector,
            context.counter_style,
            context,
            page,
        )
        box.process_whitespace()
        box.process_text_transform()
        return build.create_anonymous_boxes(box)
