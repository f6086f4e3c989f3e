"""What no letter may show: the leftovers of a wording.

Only the library's own words are looked at. What a case file says is printed as it is, braces included.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from letters.document.model import Block, Letter, Text, Wording
from letters.document.walk import blocks, inlines
from letters.problems import N_, Place, Problem, Severity

_LEFTOVER = re.compile(r"\{\{|\}\}|\{%|%\}|\{#|#\}|\[\s*\]|\(\s*\)|\bTODO\b|\bXX+\b|\b(?:None|nan|NaN)\b")


def check_letter(letter: Letter) -> tuple[Problem, ...]:
    """Every problem of a finished letter."""
    return tuple(_leftovers(letter))


def _leftovers(letter: Letter) -> Iterator[Problem]:
    for block in blocks(letter):
        own = "".join(i.text if isinstance(i, Text) and i.field is None else "\0" for i in inlines(block))
        if found := _LEFTOVER.search(own):
            yield _problem(
                "letter.leftover",
                N_("a leftover of the wording is printed: {text}"),
                block,
                N_("fill it in or take it out of the wording"),
                text=found.group(),
            )
        elif not own.replace("\0", "x").strip():
            yield _problem("letter.blank", N_("an empty paragraph is printed"), block, "")


def _problem(code: str, message: str, block: Block, help: str, **args: object) -> Problem:
    wording: Wording | None = block.wording
    place = Place(wording.file, wording.line) if wording else Place("")
    return Problem(code, Severity.ERROR, message, place, args, help)
