"""Characters that no Word file can hold: where a letter has them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from letters.document.model import Inline, Letter, Link, List, Text
from letters.document.walk import blocks, lines, nested
from letters.problems import N_, Place, Problem, Severity
from letters.render.docx.xml import unwritable


def unwritable_problems(letter: Letter) -> tuple[Problem, ...]:
    """A problem for each such character, once in each field of the case."""
    found = {
        (character, field): _problem(character, field)
        for text, field in _written(letter)
        for character in unwritable(text)
    }
    return tuple(found.values())


def _written(letter: Letter) -> Iterator[tuple[str, str | None]]:
    """Every text that is written into a Word file, and the field it came from."""
    yield from _inlines(letter.heading or ())
    for block in blocks(letter):
        for line in lines(block):
            yield from _inlines(line)
        if isinstance(block, List):
            yield from ((item.label, None) for item in block.items)
    slots = letter.slots
    yield from ((text, None) for text in (slots.notice, slots.return_line))
    yield from ((line.text, line.field) for line in slots.address)
    for fact in slots.column:
        yield from ((line.text, line.field) for line in fact.lines)
        yield fact.label, None
    furniture = (slots.sender, slots.mark, slots.classification, slots.running, slots.page_label)
    yield from ((text, None) for text in (*furniture, slots.logo_alt, letter.title))


def _inlines(children: Iterable[Inline]) -> Iterator[tuple[str, str | None]]:
    for child in nested(children):
        if isinstance(child, Text):
            yield child.text, child.field
        elif isinstance(child, Link):
            yield child.target, None


def _problem(character: str, field: str | None) -> Problem:
    return Problem(
        code="render.docx-character",
        severity=Severity.FATAL,
        message=N_("the text holds the character {character}, which no Word file can hold"),
        place=Place("", field=field),
        args={"character": f"U+{ord(character):04X}"},
        help=N_("remove the character; it often comes along when text is copied from another program"),
    )
