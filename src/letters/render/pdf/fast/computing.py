"""Values of a style that follow from nothing but its parent's or the property's own beginning.

WeasyPrint computes each of some two hundred properties by one function that first asks for everything that
could be the case. For most properties of most elements nothing is: nobody declared them. These are known from
the property's name alone; the others go WeasyPrint's own way.
"""

from __future__ import annotations

from functools import cached_property
from typing import Any

from weasyprint.css import ComputedStyle, functions
from weasyprint.css.computed_values import PHYSICAL_FUNCTIONS
from weasyprint.css.properties import INHERITED, INITIAL_NOT_COMPUTED, INITIAL_VALUES, Dimension

plain_check_math = functions.check_math

#: What is never a function of CSS, nor holds one.
_PLAIN = frozenset({str, int, float, bool, type(None), Dimension})


def check_math(token: Any) -> Any:
    """As WeasyPrint's: whether a value is, or holds, a calculation."""
    kind = type(token)
    if kind in _PLAIN:
        return None
    if kind is tuple:
        return any(map(check_math, token))
    return plain_check_math(token)


#: What depends on more than WeasyPrint's general rule: see `ComputedStyle.__missing__`.
_SPECIAL = frozenset({"page", "position", "float", "display"})
_SIMPLE = frozenset(
    key for key in INITIAL_VALUES if key not in _SPECIAL and not key.startswith(("text_decoration_", "__"))
)
_INHERITED = _SIMPLE & INHERITED
_INITIAL = _SIMPLE - INHERITED - INITIAL_NOT_COMPUTED

#: The properties that say the same as a physical one, in a direction of text.
_LOGICAL = frozenset(
    name(block="ttb", inline=inline) for name in PHYSICAL_FUNCTIONS.values() for inline in ("ltr", "rtl")
)


class MasterStyle(ComputedStyle):  # type: ignore[misc] # WeasyPrint has no types
    """A computed style whose undeclared properties are told without a look at what they are not."""

    @cached_property
    def _physical(self) -> bool:
        """Whether a physical property may be declared by a logical one."""
        return not _LOGICAL.isdisjoint(self.cascaded)

    def __missing__(self, key: str) -> Any:
        if key not in self.cascaded:
            if key in PHYSICAL_FUNCTIONS:
                self["direction"]  # WeasyPrint asks for it first
                if self._physical:
                    return super().__missing__(key)
            if key in _INITIAL:
                value = self[key] = INITIAL_VALUES[key]
                return value
            if key in _INHERITED and self.parent_style is not None:
                value = self.parent_style[key]
                if not check_math(value):
                    self[key] = value
                    return value
        return super().__missing__(key)
