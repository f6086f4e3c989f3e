"""The boxes of a line put together as in an earlier letter.

`weasyprint.layout.inline.get_next_linebox` takes as much of a paragraph as fits on a line and places it. What
comes of it depends on the paragraph's text and styles, on where in it the line begins, on the width and the
left edge, and on nothing else, as long as there are only texts and plain inline elements and nothing floats.
Heights are counted from the line's own top and moved to the page at the end, by the same addition.

Kept are measures and texts alone. Each box of a line is a copy of the letter's own box, so that elements,
links and styles are those of the letter.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from weasyprint.formatting_structure import boxes as kinds
from weasyprint.layout import inline

from letters.render.pdf.fast.lines import copied
from letters.render.pdf.fast.styles import memory_of
from letters.render.pdf.fast.walks import is_calm

plain = inline.get_next_linebox
plain_verticality = inline.line_box_verticality

_SIDES = ("top", "right", "bottom", "left")
_MEASURES = frozenset(
    {
        *(f"{what}_{side}" for what in ("margin", "padding") for side in _SIDES),
        *(f"border_{side}_width" for side in _SIDES),
        *(f"{bound}_{length}" for bound in ("min", "max") for length in ("width", "height")),
        *("position_x", "width", "height", "baseline", "text", "text_indent", "justification_spacing"),
    }
)
#: What a copy takes from the letter's own box, or is given besides.
_OWN = frozenset({"position_y", "children", "remove_decoration_sides", "pango_layout", "place", "shape"})


@dataclass(slots=True)
class _Part:
    """A box of a line.

    Attributes:
        place: of the box that it is a copy of, among those of the paragraph.
        y: from the line's top, before it is moved to the page.
    """

    place: int
    measures: dict[str, Any]
    y: float
    sides: tuple[str, ...]
    layout: Any
    children: tuple[_Part, ...] | None


@dataclass(slots=True)
class _Line:
    root: _Part
    top: float
    resume_at: Any


@dataclass(slots=True)
class _Shape:
    """What a paragraph is made of.

    Attributes:
        key: None for one that is laid out the usual way.
        sources: its boxes in order, the paragraph itself first.
        children: the paragraph's own, to see whether it is still the same.
        calm: whether walks pass by the boxes of its lines; see `walks.is_calm`.
    """

    key: Any
    sources: list[Any]
    children: Any
    calm: bool = False


_recorded: list[tuple[dict[int, float], float]] | None = None


def line_box_verticality(line: Any) -> Any:
    """As WeasyPrint's function of this name, which `_made` listens to."""
    bottom, top = plain_verticality(line)
    if _recorded is not None:
        _recorded.append(({id(box): box.position_y for box in line.descendants()}, top))
    return bottom, top


def get_next_linebox(
    context: Any,
    linebox: Any,
    position_y: float,
    bottom_space: float,
    skip_stack: Any,
    containing_block: Any,
    absolute_boxes: Any,
    fixed_boxes: Any,
    first_letter_style: Any,
    first_line_style: Any,
) -> Any:
    """A paragraph's next line and where the following begins, as WeasyPrint's function of this name does."""
    memory = memory_of(linebox.style)
    everything = (context, linebox, position_y, bottom_space, skip_stack, containing_block)
    rest = (absolute_boxes, fixed_boxes, first_letter_style, first_line_style)
    if memory is None or context.excluded_shapes or first_letter_style or first_line_style:
        return plain(*everything, *rest)
    shape = shape_of(linebox)
    block = _block_key(containing_block)
    if shape.key is None or block is None:
        return plain(*everything, *rest)
    key = (shape.key, _frozen(skip_stack), linebox.text_indent, block)
    found = memory.boxes.get(key, len(shape.sources))
    if found is not None:
        line, resume_at = _repeated(found, shape.sources, position_y)
    else:
        line, resume_at = _made(memory, key, shape, everything, rest)
    if shape.calm and line is not None:
        line.calm_line = True
    return line, resume_at


def _block_key(block: Any) -> Any:
    """What of the block around a paragraph decides about its lines."""
    if not isinstance(block, kinds.Box) or memory_of(block.style) is None:
        return None
    return (block.content_box_x(), block.width, block.height, block.style["direction"])


# What a paragraph is made of


def shape_of(linebox: Any) -> _Shape:
    """What a paragraph is made of; found once for all of its lines."""
    found: _Shape | None = linebox.__dict__.get("shape")
    if found is None or found.children is not linebox.children:
        sources: list[Any] = []
        key = _key(linebox, sources, root=True)
        found = _Shape(key, sources, linebox.children, key is not None and is_calm(sources))
        linebox.shape = found
    return found


def _key(box: Any, sources: list[Any], *, root: bool = False) -> Any:
    """Kind, style and text of a box and those in it; None when there is something that is not repeated."""
    style = box.style
    kind = type(box)
    expected = (kinds.LineBox,) if root else (kinds.TextBox, kinds.InlineBox)
    if kind not in expected or memory_of(style) is None or style.cut or box.is_leader:
        return None
    if style["position"] != "static" or style["float"] != "none" or box.first_letter_style:
        return None
    box.place = len(sources)
    sources.append(box)
    spaces = (box.leading_collapsible_space, box.trailing_collapsible_space)
    if kind is kinds.TextBox:
        return (style.derived, spaces, box.text, box.justification_spacing)
    children = []
    for child in box.children:
        key = _key(child, sources)
        if key is None:
            return None
        children.append(key)
    return (style.derived, spaces, kind, tuple(children), getattr(box, "text_overflow", None))


def _frozen(skip_stack: Any) -> Any:
    return None if skip_stack is None else tuple((i, _frozen(inner)) for i, inner in skip_stack.items())


def _thawed(resume_at: Any) -> Any:
    return None if resume_at is None else {i: _thawed(inner) for i, inner in resume_at}


# Recording


def _made(memory: Any, key: Any, shape: _Shape, everything: tuple[Any, ...], rest: tuple[Any, ...]) -> Any:
    global _recorded  # noqa: PLW0603 - a letter is laid out by one thread at a time
    _recorded = []
    try:
        line, resume_at = plain(*everything, *rest)
        recorded = _recorded
    finally:
        _recorded = None
    if memory.remember and line is not None and len(recorded) == 1:
        ys, top = recorded[0]
        root = _part(line, shape.sources, ys)
        if root is not None:
            memory.boxes.put(key, _Line(root, top, _frozen(resume_at)), len(shape.sources))
    return line, resume_at


def _part(box: Any, sources: list[Any], ys: dict[int, float]) -> _Part | None:
    place = box.__dict__.get("place")
    if place is None or place >= len(sources) or id(box) not in ys:
        return None
    own = sources[place].__dict__
    measures = {}
    for name, value in box.__dict__.items():
        if name in _MEASURES:
            measures[name] = value
        elif name not in _OWN and own.get(name, _Part) is not value:
            return None  # something of the letter's
    layout = box.__dict__.get("pango_layout")
    if isinstance(box, kinds.TextBox):
        if layout is None:
            return None
        return _Part(place, measures, ys[id(box)], tuple(box.remove_decoration_sides), copied(layout), None)
    children = [_part(child, sources, ys) for child in box.children]
    if None in children:
        return None
    sides = tuple(box.remove_decoration_sides)
    return _Part(place, measures, ys[id(box)], sides, None, tuple(part for part in children if part))


# Repeating


def _repeated(found: _Line, sources: list[Any], position_y: float) -> Any:
    line = _copy(found.root, sources, position_y - found.top)
    line.position_y = position_y
    return line, _thawed(found.resume_at)


def _copy(part: _Part, sources: list[Any], offset: float) -> Any:
    source = sources[part.place]
    box = source.copy()
    attributes = box.__dict__
    attributes.update(part.measures)
    attributes["position_y"] = part.y + offset
    attributes["remove_decoration_sides"] = set(part.sides)
    if part.children is None:
        attributes["pango_layout"] = copied(part.layout)
    else:
        children = [_copy(child, sources, offset) for child in part.children]
        box.children = children
    return box
