"""A letterhead's slots: the Jinja environment they run in and the values they get."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from jinja2 import StrictUndefined, Template
from jinja2.sandbox import ImmutableSandboxedEnvironment
from markupsafe import Markup

from letters.document.model import Fact, Letter, Slots
from letters.render.docx.xml import BREAK, escape, field_code, finished, run

_FIELDS = {"{page}": "PAGE", "{pages}": "NUMPAGES"}


class SlotError(Exception):
    """A slot prints something that is not one of the letter's texts."""


def _only_ours(value: object) -> Markup:
    """Let only finished XML through: a loop's number, a list or a quoted word is no text of the letter."""
    if isinstance(value, Markup):
        return value
    raise SlotError(type(value).__name__)


class SlotEnvironment(ImmutableSandboxedEnvironment):
    """Strict, sandboxed and escaping; compiles each part of the letterhead once in its life."""

    def __init__(self) -> None:
        super().__init__(undefined=StrictUndefined, autoescape=True, finalize=_only_ours)
        self._compiled: dict[str, Template] = {}

    def from_string(  # type: ignore[override]  # docxtpl gives a source and nothing else
        self, source: str
    ) -> Template:
        """The compiled `source`; docxtpl asks for the same few sources at every letter."""
        if source not in self._compiled:
            self._compiled[source] = super().from_string(source)
        return self._compiled[source]


def all_texts(slots: Slots) -> list[str]:
    """Every text of the slots."""
    furniture = [slots.sender, slots.mark, slots.classification, slots.running, slots.page_label]
    column = [text for fact in slots.column for text in (fact.label, *(line.text for line in fact.lines))]
    page = [slots.notice, slots.return_line, *(line.text for line in slots.address)]
    return [*page, *column, *furniture, slots.logo_alt]


def slot_values(letter: Letter, body: str) -> Mapping[str, Any]:
    """A value for every slot, all of them escaped already."""
    slots = letter.slots
    return {
        "notice": escape(slots.notice),
        "return_line": escape(slots.return_line),
        "address": [escape(line.text) for line in slots.address],
        "column": [
            {"label": escape(fact.label), "lines": finished(fact_lines(fact))} for fact in slots.column
        ],
        "body": finished(body),
        "sender": escape(slots.sender),
        "mark": escape(slots.mark),
        "classification": escape(slots.classification),
        "running": escape(slots.running),
        "page_label": finished(page_label(slots.page_label)),
        "logo_alt": escape(slots.logo_alt),
    }


def fact_lines(fact: Fact) -> str:
    """The lines are one paragraph, so that the next fact's distance is the style's business."""
    return BREAK.join([run(line.text) for line in fact.lines])


def page_label(label: str) -> str:
    """The label as runs, with Word's own fields for the two numbers."""
    return "".join(
        field_code(_FIELDS[piece]) if piece in _FIELDS else run(piece)
        for piece in re.split(r"(\{pages?\})", label)
        if piece
    )
