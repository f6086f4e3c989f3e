"""Seeded letters that share most of their text, as letters of one kind do, in ever other surroundings."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import replace

from pdf_samples import PROSE, letter, listing, paragraph, run, signature, table

from letters.document.model import (
    Block,
    Emphasis,
    Heading,
    Inline,
    Letter,
    LineBreak,
    Link,
    Numbering,
    Paragraph,
    Quote,
    Strong,
    Text,
)

CLAUSES = (
    PROSE,
    PROSE[:180],
    "Du kan klage over afgørelsen inden 4 uger. Klagen sendes til kommunen, som genvurderer afgørelsen.",
    "Personnummerlovens § 11, stk. 2, og 2017–2021; sag 2021-0142-77, 481 ansøgninger (heraf 12 afslag).",
    "Integrationsansvarsovertagelsesbeslutningsgrundlaget er vedlagt.",
    "AV To. fi ffl — “citat” og 50 % eller 1.234,50 kr.",
    "Kommunens",
)
ADDRESS = "https://www.lindehoej.example/klage-og-vejledning?a=1&b=2"


def letters(seed: int, count: int) -> Iterator[tuple[Letter, str]]:
    """Letters, each with a word that no other has, in its text and its address."""
    choose = random.Random(seed)  # noqa: S311 - reproducible on purpose
    for number in range(count):
        secret = f"Hemmelig{choose.randrange(10**9):09d}"
        blocks = [_block(choose, secret) for _ in range(choose.randrange(3, 14))]
        blocks.insert(choose.randrange(len(blocks)), paragraph(f"{choose.choice(CLAUSES)} {secret}"))
        made = letter(
            *blocks, signature(), draft=choose.random() < 0.5, heading=choose.choice((None, "Svar"))
        )
        slots = replace(made.slots, running=f"Sag {secret}", address=(Text(secret), *made.slots.address[1:]))
        language = choose.choice(("da", "da", "en"))
        yield replace(made, slots=slots, language=language, title=f"{made.title} {number}"), secret


def _block(choose: random.Random, secret: str) -> Block:
    text = choose.choice(CLAUSES)
    kinds = (
        lambda: paragraph(text),
        lambda: paragraph(f"{secret} {text}"),
        lambda: Paragraph(tuple(_inlines(choose, text))),
        lambda: Heading(choose.randrange(1, 4), run(text[:60])),
        lambda: Quote((paragraph(text), listing(Numbering.BULLET, text))),
        lambda: listing(choose.choice(list(Numbering)[:3]), text, f"{text} {secret}"),
        lambda: table(choose.randrange(1, 9)),
    )
    return choose.choice(kinds)()


def _inlines(choose: random.Random, text: str) -> Iterator[Inline]:
    """The text in pieces, each plain, strong, emphasised or a link."""
    words = text.split(" ")
    while words:
        size = choose.randrange(1, 12)
        piece = run(" ".join(words[:size]) + " ")
        words = words[size:]
        marked = (Strong(piece), Emphasis(piece), Strong((Emphasis(piece),)), Link(ADDRESS, piece))
        yield choose.choice((piece[0], piece[0], *marked))
        if choose.random() < 0.1:
            yield LineBreak()
