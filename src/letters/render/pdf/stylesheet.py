"""What letterhead.css says that no letter shows: colours that are hard to read, faces that nobody declared.

A rule's colour is held against the ground of the same rule, or white paper; a ground without a colour against
the colour of `html`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import tinycss2  # type: ignore[import-untyped]  # it brings no type information
from tinycss2.color4 import parse_color  # type: ignore[import-untyped]

from letters.problems import N_, Place, Problem, Severity
from letters.render import contrast
from letters.render.pdf.fonts import Family


@dataclass(slots=True)
class _Rule:
    """The declarations of one rule: name -> its last value's tokens."""

    name: str
    line: int
    values: dict[str, list[Any]] = field(default_factory=dict)


def stylesheet_problems(css: str, file: str, families: tuple[Family, ...]) -> list[Problem]:
    """Every rule of the stylesheet that is hard to read or names a face of its own."""
    rules = list(_rules(tinycss2.parse_stylesheet(css, skip_comments=True, skip_whitespace=True), ""))
    variables = {
        name: value for rule in rules for name, value in rule.values.items() if name.startswith("--")
    }
    ink = next((found for rule in rules if rule.name == "html" and (found := _ink(rule, variables))), BLACK)
    return [
        problem
        for rule in rules
        for problem in (_contrast(rule, variables, ink, file), _faces(rule, families, file))
        if problem
    ]


BLACK: contrast.Colour = (0.0, 0.0, 0.0)
_GROUND = ("background-color", "background")


def _rules(nodes: list[Any], outer: str) -> Iterator[_Rule]:
    for node in nodes:
        if node.type not in ("qualified-rule", "at-rule") or node.content is None:
            continue
        at = f"@{node.at_keyword} " if node.type == "at-rule" else ""
        rule = _Rule(f"{outer}{at}{tinycss2.serialize(node.prelude).strip()}".strip(), node.source_line)
        inner = tinycss2.parse_blocks_contents(node.content, skip_comments=True, skip_whitespace=True)
        for part in inner:
            if part.type == "declaration":
                rule.values[part.name if part.name.startswith("--") else part.lower_name] = part.value
        yield rule
        yield from _rules(inner, f"{rule.name} ")


def _colour(value: list[Any], variables: dict[str, list[Any]]) -> tuple[contrast.Colour, float] | None:
    """The first colour in a value and its opacity; None when it has none of its own."""
    for token in value:
        if token.type == "function" and token.lower_name == "var":
            name = tinycss2.serialize(token.arguments).strip()
            return _colour(variables.get(name, []), {})
        found = parse_color(token)
        if found is not None and found != "currentcolor":
            red, green, blue = found.to("srgb").coordinates
            return (red, green, blue), found.alpha
    return None


def _ink(rule: _Rule, variables: dict[str, list[Any]]) -> contrast.Colour | None:
    found = _colour(rule.values.get("color", []), variables)
    return found[0] if found else None


def _contrast(
    rule: _Rule, variables: dict[str, list[Any]], ink: contrast.Colour, file: str
) -> Problem | None:
    grounds = [_colour(rule.values[name], variables) for name in _GROUND if name in rule.values]
    colour = _colour(rule.values.get("color", []), variables)
    if colour is None and not any(grounds):
        return None
    ground = next((contrast.on(*found, contrast.WHITE) for found in grounds if found), contrast.WHITE)
    seen = contrast.on(*(colour or (ink, 1.0)), ground)
    reached = contrast.ratio(seen, ground)
    if reached >= contrast.ENOUGH:
        return None
    return low_contrast(Place(file, rule.line), rule.name, reached)


def low_contrast(place: Place, where: str, reached: float) -> Problem:
    return Problem(
        "letterhead.contrast",
        Severity.ERROR,
        N_("the text of “{where}” is hard to read: its contrast is {reached}:1"),
        place,
        {"where": where, "reached": f"{reached:.1f}"},
        help=N_("choose a darker colour, or a lighter ground: 4.5:1 is needed"),
        see="WCAG 2.1, 1.4.3",
    )


def _faces(rule: _Rule, families: tuple[Family, ...], file: str) -> Problem | None:
    if "font-family" not in rule.values or rule.name.startswith("@font-face"):
        return None
    named = _names(rule.values["font-family"])
    declared = [family.name for family in families]
    fallbacks = [family.name for family in families if family.fallback]
    if all(name in declared for name in named) and named[-len(fallbacks) or len(named) :] == fallbacks:
        return None
    return Problem(
        "letterhead.font-undeclared",
        Severity.ERROR,
        N_("“{where}” names fonts in letterhead.css: {named}"),
        Place(file, rule.line),
        {"where": rule.name, "named": ", ".join(named), "declared": ", ".join(declared)},
        help=N_("leave font-family out; the fonts of letterhead.yaml serve everywhere: {declared}"),
    )


def _names(value: list[Any]) -> list[str]:
    parts: list[list[str]] = [[]]
    for token in value:
        if token.type == "literal" and token.value == ",":
            parts.append([])
        elif token.type in ("ident", "string"):
            parts[-1].append(token.value)
    return [" ".join(part) for part in parts if part]
