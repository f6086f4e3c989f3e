"""Line breaks kept between letters, and what Pango needs for a style.

Where a line ends depends on the text, on the properties listed in `_TEXT`, on the width, and on nothing else
that a letter brings: `weasyprint.text.line_break.split_first_line` and what it calls read no more.
"""

from __future__ import annotations

import re
import sys
from typing import Any

from weasyprint.text import line_break
from weasyprint.text.constants import LST_TO_ISO, PANGO_DIRECTION
from weasyprint.text.ffi import FROM_UNITS, ffi, gobject, pango, unicode_to_char_p
from weasyprint.text.fonts import font_features, get_font_description
from weasyprint.text.line_break import Layout

from letters.render.pdf.fast.styles import memory_of

plain_split_first_line = line_break.split_first_line
plain_strut = line_break.strut
plain_setup = Layout.setup
plain_reactivate = Layout.reactivate
plain_deactivate = Layout.deactivate

#: What the breaking and drawing of a text depends on.
_FONT = (
    "font_family",
    "font_style",
    "font_stretch",
    "font_weight",
    "font_size",
    "font_kerning",
    "font_variant_ligatures",
    "font_variant_position",
    "font_variant_caps",
    "font_variant_numeric",
    "font_variant_alternates",
    "font_variant_east_asian",
    "font_feature_settings",
    "font_variation_settings",
    "font_language_override",
)
_TEXT = (
    *_FONT,
    "lang",
    "direction",
    "line_height",
    "white_space",
    "hyphens",
    "hyphenate_character",
    "hyphenate_limit_chars",
    "hyphenate_limit_zone",
    "letter_spacing",
    "word_spacing",
    "overflow_wrap",
    "word_break",
    "tab_size",
    "text_decoration_line",
)


def text_key(style: Any) -> str:
    """All of a kept style that the breaking and drawing of a text depends on."""
    derived = style.derived
    key: str | None = derived.text_key
    if key is None:
        key = derived.text_key = sys.intern(repr([style[name] for name in _TEXT]))
    return key


def split_first_line(
    text: str,
    style: Any,
    context: Any,
    max_width: float | None,
    justification_spacing: float,
    is_line_start: bool = True,
    minimum: bool = False,
) -> Any:
    """Fit as much as possible on one line, as WeasyPrint's function of this name does."""
    memory = memory_of(style)
    if memory is None:
        return plain_split_first_line(
            text, style, context, max_width, justification_spacing, is_line_start, minimum
        )
    key = (text, text_key(style), max_width, justification_spacing, is_line_start, minimum)
    found = memory.lines.get(key, len(text) + _ENTRY)
    if found is None:
        made = plain_split_first_line(
            text, style, context, max_width, justification_spacing, is_line_start, minimum
        )
        if memory.remember:
            memory.lines.put(key, (copied(made[0]), *made[1:]), len(text) + _ENTRY)
        return made
    return (copied(found[0]), *found[1:])


#: An entry's weight besides its text: some hundred bytes of objects.
_ENTRY = 200


def copied(layout: Any) -> Any:
    """A line's layout for another box; inactive, it holds nothing of Pango's."""
    new = Layout.__new__(Layout)
    new.__dict__.update(layout.__dict__)
    new.__dict__.pop("shaped", None)
    return new


def strut(style: Any) -> tuple[float, float]:
    """Line height and baseline of a style, as WeasyPrint's function of this name gives them."""
    if memory_of(style) is None:
        return plain_strut(style)  # type: ignore[no-any-return]
    derived = style.derived
    found: tuple[float, float] | None = derived.strut
    if found is None:
        found = derived.strut = plain_strut(style)
    return found


# Pango's objects


def setup(layout: Any, style: Any) -> None:
    """Prepare a layout for a style, as `Layout.setup` does, with the context of an earlier one."""
    memory = memory_of(style)
    if memory is None:
        plain_setup(layout, style)
        return
    key = text_key(style)
    found = memory.contexts.get(key)
    if found is None:
        found = memory.contexts[key] = _Context(style)
    found.apply(layout, style)


class _Context:
    """Pango's context, font description and measures for a kind of text."""

    def __init__(self, style: Any) -> None:
        self.context = ffi.gc(
            pango.pango_font_map_create_context(style.font_config.font_map), gobject.g_object_unref
        )
        pango.pango_context_set_round_glyph_positions(self.context, False)
        pango.pango_context_set_base_dir(self.context, PANGO_DIRECTION[style["direction"]])
        self.language = self._language(style)
        self.description = get_font_description(style)
        self.measures = self._measures() if style["text_decoration_line"] != "none" else _NO_MEASURES
        features = font_features(
            *(style[name] for name in ("font_kerning", "font_variant_ligatures", "font_variant_position")),
            *(style[name] for name in ("font_variant_caps", "font_variant_numeric")),
            *(style[name] for name in ("font_variant_alternates", "font_variant_east_asian")),
            style["font_feature_settings"],
        )
        self.features = bool(features)

    def _language(self, style: Any) -> Any:
        override = style["font_language_override"]
        name = LST_TO_ISO.get(override.lower(), override) if override != "normal" else style["lang"]
        if not name:
            return pango.pango_language_get_default()
        pointer, _alive = unicode_to_char_p(name)
        language = pango.pango_language_from_string(pointer)
        pango.pango_context_set_language(self.context, language)
        return language

    def _measures(self) -> dict[str, float]:
        metrics = ffi.gc(
            pango.pango_context_get_metrics(self.context, self.description, self.language),
            pango.pango_font_metrics_unref,
        )
        return {
            name: FROM_UNITS * getattr(pango, f"pango_font_metrics_get_{name}")(metrics) for name in _MEASURES
        }

    def apply(self, layout: Any, style: Any) -> None:
        if self.features:  # WeasyPrint adds to the list that carries them, so each layout needs its own
            plain_setup(layout, style)
            return
        layout.style = style
        layout.first_line_direction = 0
        layout.language = self.language
        layout.layout = ffi.gc(pango.pango_layout_new(self.context), gobject.g_object_unref)
        pango.pango_layout_set_auto_dir(layout.layout, False)
        pango.pango_layout_set_font_description(layout.layout, self.description)
        layout.__dict__.update(self.measures)


_MEASURES = (
    "ascent",
    "underline_position",
    "strikethrough_position",
    "underline_thickness",
    "strikethrough_thickness",
)
_NO_MEASURES = {"ascent": None, "underline_position": None, "strikethrough_position": None}


def reactivate(layout: Any, style: Any) -> None:
    """Make ready to draw, as `Layout.reactivate` does; for a kept style only when somebody asks Pango."""
    if memory_of(style) is None:
        plain_reactivate(layout, style)
    else:
        layout.asleep = style


def deactivate(layout: Any) -> None:
    """Let Pango's objects go, as `Layout.deactivate` does, but for a line's glyphs until it is drawn."""
    attributes = layout.__dict__
    if attributes.pop("asleep", None) is not None:
        return
    if not attributes.pop("awoken", False) and memory_of(layout.style) is not None:
        layout.shaped = layout.layout
    plain_deactivate(layout)


#: What ends a paragraph or a line for Pango.
_ENDS = re.compile("[\n\r\v\f\x85\u2028\u2029]")


def take_shaped(layout: Any) -> Any:
    """The line of a layout as it was measured, once, if it is the one that would be drawn; None otherwise.

    To be drawn, a layout is made again from the same text, with room between the words of a line that is
    justified, and breaks nothing. One that was measured as a single line without such room has its glyphs.

    Returns:
        Pango's line, and what it lives as long as.
    """
    shaped = layout.__dict__.pop("shaped", None)
    if shaped is None or layout.justification_spacing or _ENDS.search(layout.text):
        return None
    if pango.pango_layout_get_line_readonly(shaped, 1) != ffi.NULL:
        return None
    return pango.pango_layout_get_line_readonly(shaped, 0), shaped


def awake(layout: Any, name: str) -> Any:
    """`Layout.__getattr__`: a sleeping layout gets Pango's objects now."""
    style = layout.__dict__.pop("asleep", None)
    if style is None or name not in ("layout", "language", "style"):
        if style is not None:
            layout.asleep = style
        raise AttributeError(name)
    plain_reactivate(layout, style)
    layout.awoken = True
    return layout.__dict__[name]
