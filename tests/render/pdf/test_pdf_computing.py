"""Values told from a property's name are those that WeasyPrint computes."""

from __future__ import annotations

import random
from typing import Any

import pytest
import tinycss2
from weasyprint import css
from weasyprint.css import ComputedStyle, InitialStyle
from weasyprint.css.properties import INITIAL_VALUES, Dimension

from letters.render.pdf.fast.computing import MasterStyle, check_math, plain_check_math

DECLARED = """
    font-size: 12pt; font-size: calc(1em + 2pt); line-height: 1.4; line-height: calc(10% + 1em); color: red;
    margin: 1em 2%; margin-inline-start: 3em; margin-block: 2pt; padding-inline: 4pt; padding: 1px;
    border: 1px solid; border-inline-end: 3px dotted green; inset-block-start: 4px; direction: rtl;
    float: left; display: flex; position: absolute; page: wide; text-decoration: underline;
    width: calc(100% - 2em); inline-size: 30mm; max-block-size: 20mm; letter-spacing: 1px; tab-size: 4;
    transform: rotate(3deg); --own: 2em; text-indent: var(--own); color: inherit; margin-left: initial;
    content: "x" counter(y); text-indent: calc(5% + 2px); background: url(x.png) 2% calc(1em + 3%);
    bleed: auto; marks: crop; font-family: A, "B c"; hyphens: auto; text-align-all: justify
"""


def cascaded(chance: random.Random) -> dict[str, Any]:
    declared = [one for one in DECLARED.split(";") if chance.random() < 0.3]
    content = tinycss2.parse_blocks_contents(";".join(declared))
    found = css.preprocess_declarations("https://x.invalid/", content)
    return {name: (value, (0, 0, (0, 0, 0))) for name, value, _ in found}


@pytest.mark.parametrize("seed", range(12))
def test_computed_values_are_weasyprints(seed: int) -> None:
    """Three generations with what is declared at random, asked for in any order."""
    chance = random.Random(seed)  # noqa: S311 - reproducible on purpose
    lines: dict[type[Any], list[Any]] = {MasterStyle: [], ComputedStyle: []}
    for _ in range(3):
        declared = cascaded(chance)
        names = [*INITIAL_VALUES]
        chance.shuffle(names)
        for kind, line in lines.items():
            parent, root = (line[-1], line[0]) if line else (None, InitialStyle(None))
            sizes = {"box": None, "area": None}
            made = kind(parent, dict(declared), None, root, "https://x.invalid/", None, sizes)
            line.append(made)
            for name in names:
                made[name]
        ours, plain = (line[-1] for line in lines.values())
        assert dict(ours) == dict(plain)
        assert ours.specified == plain.specified


def test_what_holds_a_calculation() -> None:
    function = tinycss2.parse_one_component_value("calc(1px + 2%)")
    other = tinycss2.parse_one_component_value("rgb(1, 2, 3)")
    nested = tinycss2.parse_one_component_value("attr(calc(1px))")
    for token in (
        function,
        other,
        nested,
        "auto",
        None,
        1,
        2.5,
        True,
        Dimension(1, "px"),
        (),
        ("a", function),
    ):
        assert bool(check_math(token)) is bool(plain_check_math(token))
    assert check_math(((Dimension(1, "%"), function), "x"))
