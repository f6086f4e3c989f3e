"""Lines drawn as in an earlier letter, and the glyphs of a new one read from Pango at once.

How a line is written into a page depends on its glyphs and on the widths that its fonts have in this PDF so
far: a glyph's width is noted where it is first used, rounded at that size. So a drawn line is kept with the
widths it was written for, and written anew from its glyphs where a letter's fonts have others.
"""

from __future__ import annotations

import copy
import struct
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from weasyprint.draw import text as draw
from weasyprint.pdf.fonts import Font
from weasyprint.text.ffi import FROM_UNITS, ffi, gobject, pango
from weasyprint.text.fonts import get_pango_font_key

from letters.render.pdf.fast.lines import take_shaped, text_key
from letters.render.pdf.fast.memory import Memory
from letters.render.pdf.fast.styles import memory_of
from letters.render.pdf.fast.walks import traits_of
from letters.render.pdf.fast.writing import to_bytes

plain = draw.draw_first_line
plain_text = draw.draw_text

#: PangoGlyphInfo: glyph, width, x offset, y offset, attributes.
_GLYPH = struct.Struct("=Iiiii")
_SIZE = ffi.sizeof("PangoGlyphInfo")
_EMPTY = 0x0FFFFFFF  # PANGO_GLYPH_EMPTY
_UNKNOWN = 0x10000000  # PANGO_GLYPH_UNKNOWN_FLAG


@dataclass(slots=True)
class _Run:
    """Glyphs of one font at one size.

    Attributes:
        font: see `Memory.fonts`.
        glyphs: PangoGlyphInfo after PangoGlyphInfo.
        size: of the font, in px.
        new: whether a font begins here; the run goes on with that of the run before otherwise.
        first: for each glyph, where it is first used in the run, its width at this size in thousandths of the
            size, and the text it stands for.
        own: the widths of `first`.
        mask: a bit for each glyph of `first` at its width, see `_mask`; 0 for a letter that leaves nothing.
        widths: those it was last written with.
        written: what was written.
    """

    font: tuple[int, float]
    glyphs: tuple[bytes, ...]
    size: float
    first: tuple[tuple[int, int, str], ...]
    own: tuple[int, ...]
    mask: int = 0
    widths: tuple[int, ...] = ()
    written: bytes = b""


#: What WeasyPrint draws itself: glyphs that are no plain outlines, or run from right to left, or rise.
_NOT_PLAIN: tuple[_Run, ...] = (_Run((0, 0.0), (), 0.0, (), ()),)


def draw_first_line(
    stream: Any,
    textbox: Any,
    text_overflow: Any,
    block_ellipsis: Any,
    matrix: Any,
) -> Any:
    """Draw the line of a text box, as WeasyPrint's function of this name does."""
    style = textbox.style
    memory = memory_of(style)
    if memory is None or block_ellipsis != "none" or style["font_size"] < 1e-6:
        return plain(stream, textbox, text_overflow, block_ellipsis, matrix)
    if not textbox.text.strip():
        return []
    layout = textbox.pango_layout
    width = layout.max_width if text_overflow == "ellipsis" else None
    key = (layout.text, text_key(style), layout.justification_spacing, width)
    weight = len(layout.text) + 10
    runs = memory.drawn.get(key, weight)
    if runs is None:
        runs = _read(layout, width, memory)
        if memory.remember:
            memory.drawn.put(key, runs, weight)
    if runs is _NOT_PLAIN:
        return plain(stream, textbox, text_overflow, block_ellipsis, matrix)
    stream.set_text_matrix(*matrix.values)
    _show(stream, runs, memory)
    return []


def draw_text(stream: Any, textbox: Any, offset_x: float, text_overflow: Any, block_ellipsis: Any) -> None:
    """Draw a text box, as WeasyPrint's function of this name does."""
    style = textbox.style
    traits = traits_of(style)
    if traits is not None and traits.plain_text and block_ellipsis == "none" and textbox.text.strip():
        memory, layout = style.memory, textbox.pango_layout
        width = layout.max_width if text_overflow == "ellipsis" else None
        key = (layout.text, text_key(style), layout.justification_spacing, width)
        runs = memory.drawn.get(key, len(layout.text) + 10)
        if runs is not None and runs is not _NOT_PLAIN:
            opacity, color = traits.paint
            if stream._current_color != color or stream._current_alpha != opacity:
                stream.set_color(style["color"])
            stream.begin_text()
            x, y = textbox.position_x, textbox.position_y + textbox.baseline
            stream.stream.append(b"1 0 0 -1 %b %b Tm" % (to_bytes(x), to_bytes(y)))
            _show(stream, runs, memory)
            stream.end_text()
            return
    plain_text(stream, textbox, offset_x, text_overflow, block_ellipsis)


def _show(stream: Any, runs: tuple[_Run, ...], memory: Memory) -> None:
    for run in runs:
        font = _font(stream, run.font, memory)
        stream.set_font_size(font.hash, run.size)
        stream.stream.append(_written(run, font))


def _font(stream: Any, key: tuple[int, float], memory: Memory) -> Any:
    """The letter's object for a font; at first use a copy of the one that was made for the same size."""
    font = stream._fonts.get(key[0])
    if font is None:
        font = copy.copy(memory.fonts[key][0])
        font.widths, font.to_unicode, font.missing = {}, {}, {}
        font.variations = dict(font.variations)
        font.memory = memory
        stream._fonts[key[0]] = font
    return font


def _written(run: _Run, font: Any) -> bytes:
    """The glyphs as WeasyPrint writes them into a letter whose font is `font`, which learns them."""
    known = font.__dict__.get("mask", 0)
    if run.mask & ~known or not run.mask:
        widths, texts = font.widths, font.to_unicode
        now = []
        for glyph, width, text in run.first:
            now.append(widths.setdefault(glyph, width))
            if glyph not in texts:
                texts[glyph] = text
        used = tuple(now)
        if used == run.own:
            font.mask = known | run.mask
    else:  # each glyph is known, at this width
        used = run.own
    if (used is not run.widths and used != run.widths) or not run.written:
        run.widths, run.written = used, _write(run, font.widths)
    return run.written


def _write(run: _Run, widths: dict[int, int]) -> bytes:
    size = run.size
    parts: list[str] = ["["]
    for glyphs in run.glyphs:
        parts.append("<")
        for glyph, width, x_offset, _, _ in _GLYPH.iter_unpack(glyphs):
            if glyph == _EMPTY:
                parts.append(f">{-width / size}<")
                continue
            offset = x_offset / size
            if offset:
                parts.append(f">{-offset}<")
            parts.append(f"{glyph:04x}")
            kerning = widths[glyph] + offset - width * 1000 * FROM_UNITS / size
            if kerning:
                parts.append(f">{int(kerning)}<")
        if parts[-1][-1] == "<":
            parts[-1] = parts[-1][:-1]
        else:
            parts.append(">")
    return "".join([*parts, "] TJ"]).encode("ascii")


# Reading a line from Pango


def _read(layout: Any, width: float | None, memory: Memory) -> tuple[_Run, ...]:
    shaped = take_shaped(layout) if width is None else None
    if shaped is not None:
        return _runs(shaped[0], layout, memory)
    pango.pango_layout_set_single_paragraph_mode(layout.layout, True)
    if width is not None:
        pango.pango_layout_set_width(layout.layout, int(width * draw.TO_UNITS))
        pango.pango_layout_set_ellipsize(layout.layout, pango.PANGO_ELLIPSIZE_END)
    line, _ = layout.get_first_line()
    return _runs(line, layout, memory)


def _runs(line: Any, layout: Any, memory: Memory) -> tuple[_Run, ...]:
    text = layout.text.encode()
    runs: list[_Run] = []
    for pango_font, items in _by_font(line):
        run = _run(pango_font, items, text, layout, memory)
        if run is None:
            return _NOT_PLAIN
        runs.append(run)
    return tuple(runs)


def _by_font(line: Any) -> Iterator[tuple[Any, list[Any]]]:
    """The glyph items of a line, those that follow each other in one font together."""
    before, items = None, []
    node = line.runs[0]
    while node != ffi.NULL:
        item, node = node.data, node.next
        pango_font = item.item.analysis.font
        if before is not None and pango_font != before:
            yield before, items
            items = []
        before = pango_font
        items.append(item)
    if before is not None:
        yield before, items


def _run(pango_font: Any, items: list[Any], text: bytes, layout: Any, memory: Memory) -> _Run | None:
    hash_, description, size = get_pango_font_key(pango_font)
    key = (hash_, size)
    if key not in memory.fonts:
        # WeasyPrint's object points to Pango's, which lives as long as somebody holds it. Its layout would
        # hold it, too, and with it the letter's text.
        held = ffi.gc(gobject.g_object_ref(pango_font), gobject.g_object_unref)
        memory.fonts[key] = (Font(pango_font, description, size), held)
    font = memory.fonts[key][0]
    if font.png or font.svg or font.colr or font.bitmap:
        return None
    first: dict[int, tuple[int, int, str]] = {}
    all_glyphs = []
    for item in items:
        if item.item.analysis.level % 2:
            return None
        count = item.glyphs.num_glyphs
        glyphs = bytes(ffi.buffer(item.glyphs.glyphs, count * _SIZE))
        clusters = ffi.unpack(item.glyphs.log_clusters, count)
        start, ends = item.item.offset, [*clusters[1:], item.item.length]
        for place, (glyph, _, _, rise, _) in enumerate(_GLYPH.iter_unpack(glyphs)):
            if glyph == _EMPTY:
                continue
            if rise or glyph & _UNKNOWN:
                return None
            if glyph not in first:
                stands_for = text[start + clusters[place] : start + ends[place]].decode()
                first[glyph] = (glyph, _width(pango_font, glyph, size), stands_for)
        all_glyphs.append(glyphs)
    found = tuple(first.values())
    own = tuple(width for _, width, _ in found)
    return _Run(
        key, tuple(all_glyphs), size, found, own, _mask(found, hash_, memory) if memory.remember else 0
    )


def _mask(glyphs: Iterable[tuple[int, int, str]], font: str, memory: Memory) -> int:
    """A bit for each of some glyphs at its width, so that a font is asked for all of them at once."""
    places = memory.places
    mask = 0
    for glyph, width, _ in glyphs:
        mask |= 1 << places.setdefault((font, glyph, width), len(places))
    return mask


def _width(pango_font: Any, glyph: int, size: float) -> int:
    """A glyph's advance in thousandths of the font's size."""
    box = ffi.new("PangoRectangle *")
    pango.pango_font_get_glyph_extents(pango_font, glyph, ffi.NULL, box)
    width: int = round(box.width * 1000 * FROM_UNITS / size)
    return width
