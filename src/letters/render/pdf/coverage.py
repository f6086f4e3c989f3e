"""What of a letter cannot be drawn: characters without a glyph, and labels without room.

A character without a glyph would come out as an empty box, so it is refused by name before anything is drawn.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from dataclasses import replace

from letters.document.model import Letter, List, Numbering, Text, Wording
from letters.document.walk import blocks, inlines, texts, with_inner
from letters.problems import N_, Place, Problem, Severity

#: A label stands in the margin of its list; this many letters leave the text room enough.
LONGEST_LABEL = 20


def undrawable(letter: Letter, characters: frozenset[int]) -> list[Problem]:
    """One problem for each character without a glyph and place it stands in, and for each label too long."""
    seen: dict[tuple[str, Place], None] = {}
    printed = list(_printed(letter))
    every = set("".join([text.text for text, _ in printed]))
    missing = {char for char in every if ord(char) not in characters}
    for text, wording in printed if missing else ():
        for char in text.text:
            if char in missing:
                seen.setdefault((char, _place(text, wording)))
    glyphs = [_missing_glyph(char, place) for char, place in seen]
    return glyphs + [_long_label(label) for label in _labels(letter) if len(label) > LONGEST_LABEL]


def _printed(letter: Letter) -> Iterator[tuple[Text, Wording | None]]:
    """Every text, with the place in the library of the block that it stands in."""
    slots = letter.slots
    names = (slots.sender, slots.mark, slots.classification, slots.page_label, slots.running, slots.logo_alt)
    yield from ((Text(text), None) for text in (letter.title, *names) if text)
    yield from ((text, None) for text in texts(replace(letter, sections=())))
    for section in letter.sections:
        for block in section.blocks:
            for inner in with_inner(block):
                for inline in inlines(inner):
                    if isinstance(inline, Text):
                        yield inline, inner.wording or block.wording
    yield from ((Text(label), None) for label in _labels(letter))


def _place(text: Text, wording: Wording | None) -> Place:
    """What a case file says is the case file's; what the library says has its line there."""
    if text.field or wording is None:
        return Place("", field=text.field)
    return Place(wording.file, wording.line)


def _labels(letter: Letter) -> Iterator[str]:
    for block in blocks(letter):
        if isinstance(block, List) and block.numbering is Numbering.LITERAL:
            yield from (item.label for item in block.items if item.label)


def _missing_glyph(char: str, place: Place) -> Problem:
    return Problem(
        "render.missing-glyph",
        Severity.FATAL,
        N_("no font of the letterhead has the character {character} ({name}, {code_point})"),
        place,
        {
            "character": char if char.isprintable() else "",
            "name": unicodedata.name(char, "control or unassigned character"),
            "code_point": f"U+{ord(char):04X}",
        },
        help=N_("write it in another way; the letter can only hold characters that every reader sees"),
    )


def _long_label(label: str) -> Problem:
    return Problem(
        "render.label-too-long",
        Severity.FATAL,
        N_("the number {label} has no room beside its text"),
        Place(""),
        {"label": f"{label[:LONGEST_LABEL]}…", "longest": LONGEST_LABEL},
        help=N_("a number has at most {longest} letters"),
    )
