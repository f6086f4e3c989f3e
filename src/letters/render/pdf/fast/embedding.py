"""What a file carries that many letters share: parts of fonts, and the colour profile.

A letter carries of each font the glyphs that it uses. Letters of a kind mostly use the same ones, those of
their clauses; then the part of the font is the same, and so is what it is compressed to. A set of glyphs is
kept when it comes a second time.
"""

from __future__ import annotations

import copy
from dataclasses import dataclass
from typing import Any

from weasyprint.css import ColorProfile
from weasyprint.pdf.fonts import Font

from letters.render.pdf.fast.memory import Memory
from letters.render.pdf.fast.writing import Kept

plain = Font._harfbuzz_subset


@dataclass(frozen=True, slots=True)
class _Part:
    """A part of a font.

    Attributes:
        face: HarfBuzz's object for the whole font, kept so that its identity is no other's.
    """

    face: Any
    content: Kept


def harfbuzz_subset(font: Any, to_unicode: dict[int, str], hinting: bool) -> None:
    """Leave the glyphs in a font that are used, as WeasyPrint's method of this name does."""
    memory: Memory | None = getattr(font, "memory", None)
    if memory is None or font.missing:
        plain(font, to_unicode, hinting)
        return
    key = (id(font.hb_face), frozenset(to_unicode), hinting)
    found: _Part | None = memory.parts.get(key)
    if found is not None:
        font.file_content = found.content
        return
    whole = font.file_content
    plain(font, to_unicode, hinting)
    if memory.remember and font.file_content is not whole:  # else it was warned of
        font.file_content = Kept(font.file_content)
        memory.parts.put(key, _Part(font.hb_face, font.file_content))


_profiles: dict[str, Any] = {}


def color_profile(file_object: Any, src: str, rendering_intent: Any, components: Any) -> Any:
    """The profile of colours that WeasyPrint carries with it and puts into each file."""
    found = _profiles.get(src)
    if found is None:
        found = _profiles[src] = _Profile(file_object, src, rendering_intent, components)
    else:
        file_object.close()
    return copy.copy(found)


class _Profile(ColorProfile):  # type: ignore[misc] # WeasyPrint has no types
    """A profile that is written out once."""

    def __init__(self, *args: Any) -> None:
        super().__init__(*args)
        self.kept = Kept(super().content)

    @property
    def content(self) -> Kept:
        return self.kept
