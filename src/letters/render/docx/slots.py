"""A letterhead's slots: the Jinja environment they run in and the values they get."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from jinja2 import StrictUndefined, Template
from jinja2.sandbox import ImmutableSandboxedEnvironment
from markupsafe import Markup

from letters.document.model import Fact, Letter
from letters.render.docx.runs import RunWriter
from letters.render.docx.xml import BREAK, escape, field_code, run

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


def slot_values(letter: Letter, runs: RunWriter, body: str) -> Mapping[str, Any]:
    """A value for every slot, all of them escaped already."""
    slots = letter.slots

    def text(value: str, field: str | None = None) -> Markup:
        return escape(runs.text(value, field))

    return {
        "notice": text(slots.notice),
        "return_line": text(slots.return_line),
        "address": [text(line.text, line.field) for line in slots.address],
        "column": [_fact(fact, runs) for fact in slots.column],
        "body": _finished(body),
        "sender": text(slots.sender),
        "mark": text(slots.mark),
        "classification": text(slots.classification),
        "running": text(slots.running),
        "page_label": _finished(_page_label(runs.text(slots.page_label))),
        "logo_alt": text(slots.logo_alt),
    }


def _fact(fact: Fact, runs: RunWriter) -> Mapping[str, Markup]:
    """The lines are one paragraph, so that the next fact's distance is the style's business."""
    lines = BREAK.join(run(runs.text(line.text, line.field)) for line in fact.lines)
    return {"label": escape(runs.text(fact.label)), "lines": _finished(lines)}


def _page_label(label: str) -> str:
    """The label as runs, with Word's own fields for the two numbers."""
    return "".join(
        field_code(_FIELDS[piece]) if piece in _FIELDS else run(piece)
        for piece in re.split(r"(\{pages?\})", label)
        if piece
    )


def _finished(xml: str) -> Markup:
    return Markup(xml)  # noqa: S704 (every text in it went through `escape`)
