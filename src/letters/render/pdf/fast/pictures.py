"""The letterhead's drawings, drawn as in an earlier letter.

What an SVG picture writes into a page depends on its size, on its place, and on the colours and opacity that
the page has by then. One that writes something besides into the file (a gradient, a picture, text) is drawn
anew each time.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pydyf
from weasyprint.images import SVGImage

from letters.render.pdf.fast.styles import memory_of

plain = SVGImage.draw

_STATE = (
    "_current_color",
    "_current_color_stroke",
    "_current_alpha",
    "_current_alpha_stroke",
    "_current_font",
)


@dataclass(frozen=True, slots=True)
class _Drawing:
    """What a picture writes.

    Attributes:
        picture: kept, so that its identity is no other's.
        written: what it adds to the page; None when it is to be drawn anew.
        opacities: the name of each degree of opacity, and what it stands for.
        state: of the page afterwards.
    """

    picture: Any
    written: tuple[Any, ...] | None
    opacities: tuple[tuple[str, tuple[tuple[str, float], ...]], ...] = ()
    state: tuple[Any, ...] = ()


def draw(picture: Any, stream: Any, concrete_width: float, concrete_height: float, style: Any) -> None:
    """Draw an SVG picture, as `SVGImage.draw` does."""
    memory = memory_of(style)
    if memory is None:
        plain(picture, stream, concrete_width, concrete_height, style)
        return
    state = tuple(getattr(stream, name) for name in _STATE)
    key = (id(picture), concrete_width, concrete_height, stream.ctm.values, state)
    found = memory.pictures.get(key)
    if found is None:
        found = _drawn(picture, stream, concrete_width, concrete_height, style)
        if memory.remember:
            memory.pictures.put(key, found)
        if found.written is not None:
            return
    if found.written is None:
        plain(picture, stream, concrete_width, concrete_height, style)
        return
    stream.stream.extend(found.written)
    states = stream._resources["ExtGState"]
    for name, values in found.opacities:
        if name not in states:
            states[name] = pydyf.Dictionary(dict(values))
    for name, value in zip(_STATE, found.state, strict=True):
        setattr(stream, name, value)


def _drawn(picture: Any, stream: Any, width: float, height: float, style: Any) -> _Drawing:
    """Draw a picture with nothing in the file, to see what it needs; take it back when that is much."""
    before, fonts, resources = len(stream.stream), dict(stream._fonts), stream._resources
    state = tuple(getattr(stream, name) for name in _STATE)
    alone = pydyf.Dictionary(
        {name: pydyf.Dictionary() if isinstance(value, dict) else value for name, value in resources.items()}
    )
    alone["ColorSpace"] = resources["ColorSpace"]
    spaces, images = len(resources["ColorSpace"]), len(stream._images)
    stream._resources = alone
    try:
        plain(picture, stream, width, height, style)
    finally:
        stream._resources = resources
    written, states = tuple(stream.stream[before:]), alone["ExtGState"]
    others = (value for name, value in alone.items() if name not in ("ExtGState", "ColorSpace"))
    if (
        any(isinstance(value, dict) and value for value in others)
        or any(name[:1] not in ("A", "a") for name in states)
        or len(resources["ColorSpace"]) != spaces
        or len(stream._images) != images
        or stream._fonts.keys() != fonts.keys()
        or b"BT" in written
    ):
        del stream.stream[before:]
        for name, value in zip(_STATE, state, strict=True):
            setattr(stream, name, value)
        return _Drawing(picture, None)
    for name, value in states.items():
        resources["ExtGState"].setdefault(name, value)
    opacities = tuple((name, tuple(value.items())) for name, value in states.items())
    return _Drawing(picture, written, opacities, tuple(getattr(stream, name) for name in _STATE))
