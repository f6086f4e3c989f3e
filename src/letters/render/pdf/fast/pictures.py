"""The letterhead's drawings, drawn as in an earlier letter.

What an SVG picture writes into a page depends on its size, on its place, and on the colours and opacity that
the page has by then. One that writes something besides into the file (a gradient, a picture, text) is drawn
anew each time.
"""

from __future__ import annotations

from typing import Any

import pydyf
from msgspec import Struct
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


class _Drawing(Struct, frozen=True):
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
    """Draw a picture, once, since drawing may change it; and see what it needed."""
    start, before = len(stream.stream), _contents(stream)
    plain(picture, stream, width, height, style)
    written, states = tuple(stream.stream[start:]), stream._resources["ExtGState"]
    names = [item[1:-3].decode("ascii") for item in written if type(item) is bytes and item.endswith(b" gs")]
    if (
        before != _contents(stream)
        or any(type(item) is not bytes for item in written)
        or any(name[:1] not in ("A", "a") for name in names)
        or b"BT" in written
    ):
        return _Drawing(picture, None)
    opacities = tuple((name, tuple(states[name].items())) for name in dict.fromkeys(names))
    return _Drawing(picture, written, opacities, tuple(getattr(stream, name) for name in _STATE))


def _contents(stream: Any) -> tuple[Any, ...]:
    """What a page has of everything but opacity."""
    resources = stream._resources
    kinds = ("XObject", "Pattern", "Shading", "ColorSpace")
    return (*(tuple(resources[kind]) for kind in kinds), tuple(stream._images), tuple(stream._fonts))
