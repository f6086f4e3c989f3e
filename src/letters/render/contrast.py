"""How well a colour can be read on another. Source: WCAG 2.1, "contrast ratio" and "relative luminance"."""

from __future__ import annotations

Colour = tuple[float, float, float]  # red, green, blue, each from 0 to 1

ENOUGH = 4.5  # WCAG 2.1, 1.4.3; the relief for large letters is not used
WHITE: Colour = (1.0, 1.0, 1.0)


def ratio(one: Colour, other: Colour) -> float:
    """The contrast of two colours, from 1 to 21."""
    darker, lighter = sorted((_luminance(one), _luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def on(colour: Colour, alpha: float, ground: Colour) -> Colour:
    """What is seen of a half-transparent colour on a ground."""
    red, green, blue = (alpha * top + (1 - alpha) * below for top, below in zip(colour, ground, strict=True))
    return red, green, blue


def from_hex(digits: str) -> Colour | None:
    """The colour of six hexadecimal digits; None when they are none, such as Word's "auto"."""
    try:
        red, green, blue = bytes.fromhex(digits) if len(digits) == 6 else b""
    except ValueError:
        return None
    return red / 255, green / 255, blue / 255


def _luminance(colour: Colour) -> float:
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in colour
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
