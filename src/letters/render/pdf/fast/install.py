"""Puts the functions of this package in their places inside WeasyPrint, once in a process.

A replaced function does something of its own only for a style that a `Memory` stands behind. So documents
that others make in the same process are drawn as ever.
"""

from __future__ import annotations

import functools
import re
import sys
from types import ModuleType
from typing import Any

import pydyf
import weasyprint
from weasyprint import css, pdf
from weasyprint.draw import text as draw
from weasyprint.formatting_structure.boxes import Box, PageBox, ParentBox
from weasyprint.images import SVGImage
from weasyprint.pdf.fonts import Font
from weasyprint.text.ffi import ffi, pango
from weasyprint.text.line_break import Layout

from letters.render.pdf.fast import (
    boxes,
    building,
    computing,
    drawing,
    embedding,
    gate,
    lengths,
    lines,
    margins,
    painting,
    pictures,
    preferred,
    styles,
    tagging,
    walks,
    writing,
)
from letters.render.pdf.fast.declared import OURS
from letters.render.pdf.fast.memory import Memory

#: Lengths that depend on the page's size: what is computed with them differs before and after the first page.
#: They may also hide behind an escaped letter.
_VIEWPORT = re.compile(r"[0-9.](?:[sldp]?v(?:w|h|i|b|min|max)\b|[a-z]*\\)", re.IGNORECASE)

#: Style sheets that are read anew for each letter.
_MORE_SHEETS = re.compile(r"@import|<style|<link", re.IGNORECASE)

_OLDEST_PANGO = 14802  # before, WeasyPrint takes font sizes from elsewhere


def remember(font_config: Any, looks: str) -> Memory | None:
    """Let a `FontConfiguration` remember what letters have in common.

    Args:
        looks: the source of all style sheets that letters are drawn with, and of the frame they stand in.
    Returns:
        What it remembers with; None where letters are drawn as WeasyPrint does by itself: another version of
        it, or of Pango, lengths of the viewport, more style sheets than it knows, or switched off by hand.
    """
    if gate.switched_off() or _VIEWPORT.search(looks) or _MORE_SHEETS.search(looks) or not _fits():
        return None
    _install()
    memory = Memory()
    font_config.memory = memory
    return memory


@functools.cache
def _fits() -> bool:
    same = weasyprint.__version__ == gate.WEASYPRINT and gate.known()
    glyph = ffi.sizeof("PangoGlyphInfo") == drawing._GLYPH.size
    return bool(same and glyph and pango.pango_version() >= _OLDEST_PANGO)


@functools.cache
def _install() -> None:
    ffi.cdef(OURS)
    css.StyleFor = styles.KeptStyleFor
    pydyf._to_bytes = writing.to_bytes
    draw.draw_first_line = drawing.draw_first_line
    Layout.setup, Layout.reactivate, Layout.deactivate = lines.setup, lines.reactivate, lines.deactivate
    Layout.__getattr__ = lines.awake
    Box.is_in_normal_flow = walks.is_in_normal_flow
    Box.establishes_formatting_context = walks.establishes_formatting_context
    Box.descendants, PageBox.descendants = walks.descendants, walks.page_descendants
    ParentBox.page_values = walks.page_values
    SVGImage.draw = pictures.draw
    Font._harfbuzz_subset = embedding.harfbuzz_subset
    pdf.ColorProfile = embedding.color_profile
    for name, plain, ours in (
        ("split_first_line", lines.plain_split_first_line, lines.split_first_line),
        ("strut", lines.plain_strut, lines.strut),
        ("get_next_linebox", boxes.plain, boxes.get_next_linebox),
        ("line_box_verticality", boxes.plain_verticality, boxes.line_box_verticality),
        ("resolve_percentages", lengths.plain, lengths.resolve_percentages),
        ("layout_box_backgrounds", walks.plain_backgrounds, walks.layout_box_backgrounds),
        ("draw_border", walks.plain_border, walks.draw_border),
        ("create_anonymous_boxes", building.plain, building.create_anonymous_boxes),
        ("table_boxes_children", building.plain_table, building.table_boxes_children),
        ("make_margin_boxes", margins.plain, margins.make_margin_boxes),
        ("inline_min_content_width", preferred.plain_min, preferred.inline_min_content_width),
        ("inline_max_content_width", preferred.plain_max, preferred.inline_max_content_width),
        ("draw_outline", walks.plain_outline, walks.draw_outline),
        ("gather_anchors", walks.plain_anchors, walks.gather_anchors),
        ("draw_inline_level", painting.plain, painting.draw_inline_level),
        ("draw_text", drawing.plain_text, drawing.draw_text),
        ("check_math", computing.plain_check_math, computing.check_math),
        ("collapse_margin", walks.plain_collapse_margin, walks.collapse_margin),
        ("_dispatch", walks.plain_dispatch, walks.dispatch),
        ("_build_box_tree", tagging.plain, tagging.build_box_tree),
    ):
        for module in _weasyprint():
            if getattr(module, name, None) is plain:
                setattr(module, name, ours)


def _weasyprint() -> list[ModuleType]:
    """The modules that may have imported a function by its name."""
    return [module for name, module in sys.modules.items() if name.startswith("weasyprint.") and module]
