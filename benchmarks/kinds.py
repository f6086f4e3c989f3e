"""The letters of the benchmark: a three-page reply and a two-page rejection, each time for somebody else.

A letter of a kind has another recipient, case number and date each time. Besides, a share of its paragraphs
is new: words in an order that was never seen, as long as the paragraph that they replace.
"""

from __future__ import annotations

import random
from dataclasses import replace
from pathlib import Path
from typing import Any

import yaml

from letters.document.model import Block, Item, Letter, List, Paragraph, Text
from letters.document.walk import plain

ROOT = Path(__file__).resolve().parents[1]
REPLY, REJECTION = "reply", "rejection"
KINDS = {REPLY: 3, REJECTION: 2}
"""Kind -> pages that the letter has in the PDF."""

_FIRST = ("Amal", "Bente", "Carl", "Dorthe", "Emil", "Fatima", "Grethe", "Hans", "Ingrid", "Jonas", "Karin")
_LAST = (
    "Aagaard",
    "Bruun",
    "Dam",
    "Friis",
    "Gade",
    "Holm",
    "Juhl",
    "Krogh",
    "Lund",
    "Nørgaard",
    "Ravn",
    "Toft",
)


def case_bytes(kind: str, number: int) -> bytes:
    """A case file of a kind."""
    choose = random.Random(f"{kind} {number}")
    case = _case(kind)
    year = "2021" if kind == REPLY else "2026"
    case["case_number"] = f"{year}-{number % 10000:04d}-{choose.randrange(10, 99)}"
    # The days that each may be answered on without being late.
    case["date"] = f"2021-09-{choose.randrange(1, 28):02d}" if kind == REPLY else f"2026-02-{23 + number % 5}"
    case["recipients"][0]["name"] = f"{choose.choice(_FIRST)} {choose.choice(_LAST)}"
    text: str = yaml.safe_dump(case, allow_unicode=True, sort_keys=False)
    return text.encode()


def _case(kind: str) -> dict[str, Any]:
    name = "besvarelse/01-praksis-og-tal" if kind == REPLY else "aktindsigt/06-afslag-ressourcer"
    case: dict[str, Any] = yaml.load((ROOT / f"fixtures/{name}.yaml").read_text("utf-8"), yaml.BaseLoader)
    if kind == REPLY:
        del case["appendices"]
        more = case["questions"]
        # Copies, since a YAML file of ours has no anchors.
        case["questions"] = [dict(question) for question in (*more, *more[1:], *more[2:3])]
    return case


def renewed(letter: Letter, share: float, number: int) -> Letter:
    """The letter with a share of its paragraphs new."""
    choose = random.Random(number)
    words = " ".join(plain(p.children, " ") for s in letter.sections for p in _paragraphs(s.blocks)).split()

    def block(one: Block) -> Block:
        match one:
            case Paragraph() if choose.random() < share:
                return replace(one, children=(Text(_prose(choose, words, len(plain(one.children, " ")))),))
            case List():
                return replace(one, items=tuple(item(each) for each in one.items))
            case _:
                return one

    def item(one: Item) -> Item:
        return replace(one, blocks=tuple(block(each) for each in one.blocks))  # type: ignore[arg-type]

    sections = tuple(replace(s, blocks=tuple(block(b) for b in s.blocks)) for s in letter.sections)
    return replace(letter, sections=sections)


def _paragraphs(blocks: tuple[Any, ...]) -> list[Paragraph]:
    return [block for block in blocks if isinstance(block, Paragraph)]


def _prose(choose: random.Random, words: list[str], length: int) -> str:
    chosen: list[str] = []
    size = 0
    while size < length:
        chosen.append(choose.choice(words))
        size += len(chosen[-1]) + 1
    return " ".join(chosen)
