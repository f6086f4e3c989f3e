"""What no letter may show: the leftovers of a wording.

Only the library's own words are looked at. What a case file says is printed as it is, braces included.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import assert_never

from letters.document.model import (
    Block,
    Emphasis,
    Foreign,
    Inline,
    Letter,
    LineBreak,
    Link,
    List,
    Quote,
    Strong,
    Table,
    Text,
    Wording,
)
from letters.document.walk import blocks, inlines, texts
from letters.problems import N_, Place, Problem, Severity

# Each begins with a sign and looks back only then, so that a text is passed over at the speed of C.
_LEFTOVER = re.compile(
    r"\{\{|\}\}|\{%|%\}|\{#|#\}|\[\s*\]|\(\s*\)|T(?<=\bT)ODO\b|X(?<=\bX)X+\b|N(?<=\bN)(?:one|aN)\b|n(?<=\bn)an\b"
)
_PLACEHOLDER = re.compile(r"\[[^\[\]]{1,60}\]")


def check_letter(letter: Letter) -> tuple[Problem, ...]:
    """Every problem of a finished letter."""
    return (*_leftovers(letter), *_placeholders(letter), *_nothing_attached(letter))


def _nothing_attached(letter: Letter) -> Iterator[Problem]:
    if letter.tables_attached and not any(isinstance(block, Table) for block in blocks(letter)):
        yield Problem(
            "letter.no-table",
            Severity.WARNING,
            N_("the letter has no table that could be attached as data"),
            Place("", field="attach_tables"),
            help=N_("take `attach_tables` out, or write the figures as a table"),
        )


def _placeholders(letter: Letter) -> Iterator[Problem]:
    """A case's text in square brackets is most likely a place that was meant to be filled in."""
    for text in texts(letter):
        if text.field is not None and "[" in text.text and (found := _PLACEHOLDER.search(text.text)):
            yield Problem(
                "letter.placeholder",
                Severity.WARNING,
                N_("a text in square brackets is printed: {text}"),
                Place("", field=text.field),
                {"text": found.group()},
                N_("fill it in, if it is a place left open"),
            )


def _leftovers(letter: Letter) -> Iterator[Problem]:
    for block in blocks(letter):
        own = "".join(_own(inline) for inline in inlines(block))
        if found := _LEFTOVER.search(own):
            yield _problem(
                "letter.leftover",
                N_("a leftover of the wording is printed: {text}"),
                block,
                N_("fill it in or take it out of the wording"),
                text=found.group(),
            )
        elif not isinstance(block, List | Quote) and not own.strip():
            yield _problem("letter.blank", N_("an empty paragraph is printed"), block, "")


def _own(inline: Inline) -> str:
    """The library's words; a mark in place of those from the case."""
    match inline:
        case Text():
            return inline.text if inline.field is None else "\0"
        case LineBreak():
            return "\n"
        case Strong() | Emphasis() | Link() | Foreign():
            return ""  # what it holds follows it
        case _:
            assert_never(inline)


def _problem(code: str, message: str, block: Block, help: str, **args: object) -> Problem:
    wording: Wording | None = block.wording
    place = Place(wording.file, wording.line) if wording else Place("")
    return Problem(code, Severity.ERROR, message, place, args, help)
