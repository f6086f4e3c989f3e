"""A Letter's body line by line, as the rules read it."""

from __future__ import annotations

import enum
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

from letters.checks.seen_before import digest
from letters.checks.sentences import Sentence, sentences
from letters.document.model import (
    Block,
    Heading,
    Inline,
    Letter,
    LineBreak,
    List,
    Paragraph,
    Quote,
    Role,
    Section,
    Signature,
    Table,
    Text,
    Wording,
)
from letters.document.walk import lines, nested
from letters.problems import Place

# Statutes quote with »«, letters with ” ” or “ ”.
_QUOTED = re.compile('»[^»«]*«|“[^“”]*”|„[^„“”]*[“”]|”[^”]*”|"[^"]*"')


class Kind(enum.Enum):
    HEADING = "heading"
    PARAGRAPH = "paragraph"
    ITEM = "item"
    CELL = "cell"
    SIGNATURE = "signature"


@dataclass(frozen=True)
class Line:
    """What is read as one: a paragraph, a heading, a cell, a line of the signature.

    Attributes:
        text: with plain spaces in place of no-break spaces; a hard line break is a line feed.
        section: the section it stands in; None for the printed title.
        number: how many lines of the letter come before it.
        quoted: somebody else's words: a quotation, or a question that is answered.
    """

    text: str
    texts: tuple[tuple[int, Text | None], ...]
    kind: Kind
    section: Section | None
    number: int
    block: Block | None
    wording: Wording | None
    quoted: bool

    def source(self, at: int) -> Text | None:
        """The text that holds an offset."""
        return next((text for start, text in reversed(self.texts) if start <= at), None)

    def field(self, at: int) -> str | None:
        """The case field that an offset came from; None for the library's words."""
        source = self.source(at)
        return source.field if source else None

    def place(self, at: int) -> Place:
        """Where what stands at an offset was written: the case's field, or the wording's line."""
        if field := self.field(at):
            return Place("", field=field)
        return Place(self.wording.file, self.wording.line) if self.wording else Place("")

    @cached_property
    def quotations(self) -> tuple[tuple[int, int], ...]:
        """The stretches inside quotation marks."""
        return tuple(found.span() for found in _QUOTED.finditer(self.text))

    @cached_property
    def sentences(self) -> tuple[Sentence, ...]:
        """The sentences of the text."""
        return tuple(sentences(self.text))

    @cached_property
    def digest(self) -> bytes:
        """What the text is known again by, see `letters.checks.seen_before`."""
        return digest(self.text)

    def is_quoted(self, at: int) -> bool:
        return self.quoted or any(start <= at < end for start, end in self.quotations)


def read_lines(letter: Letter) -> tuple[Line, ...]:
    """Every line of the body in reading order, the printed title first."""
    found: list[Line] = []
    if letter.heading:
        found.append(_line(letter.heading, Kind.HEADING, None, 0, None, None, quoted=False))
    for section in letter.sections:
        for block in section.blocks:
            for inner, kind, quoted in _inner(block, item=False, quoted=section.role is Role.QUESTIONS):
                wording = inner.wording or block.wording
                for run in lines(inner):
                    found.append(_line(run, kind, section, len(found), inner, wording, quoted=quoted))
    return tuple(found)


def _inner(block: Block, *, item: bool, quoted: bool) -> Iterator[tuple[Block, Kind, bool]]:
    match block:
        case Heading():
            yield block, Kind.HEADING, quoted
        case Paragraph():
            yield block, Kind.ITEM if item else Kind.PARAGRAPH, quoted
        case Table():
            yield block, Kind.CELL, quoted
        case Signature():
            yield block, Kind.SIGNATURE, quoted
        case List():
            for entry in block.items:
                for inner in entry.blocks:
                    yield from _inner(inner, item=True, quoted=quoted)
        case Quote():
            for inner in block.blocks:
                yield from _inner(inner, item=item, quoted=True)


def _line(
    run: Iterable[Inline],
    kind: Kind,
    section: Section | None,
    number: int,
    block: Block | None,
    wording: Wording | None,
    *,
    quoted: bool,
) -> Line:
    pieces: list[str] = []
    texts: list[tuple[int, Text | None]] = []
    length = 0
    for inline in nested(run):
        if isinstance(inline, Text | LineBreak):
            piece = inline.text if isinstance(inline, Text) else "\n"
            texts.append((length, inline if isinstance(inline, Text) else None))
            pieces.append(piece)
            length += len(piece)
    text = "".join(pieces).replace("\u00a0", " ").replace("\u202f", " ")
    return Line(text, tuple(texts), kind, section, number, block, wording, quoted)


def said(found: Iterable[Line], *roles: Role) -> str:
    """What sections of some roles say, headings left out; of all sections without roles."""
    return "\n".join(
        line.text
        for line in found
        if line.kind is not Kind.HEADING and line.section and (not roles or line.section.role in roles)
    )


def names(text: str, words: str) -> bool:
    """Whether a text holds some words as they stand, not inside or at the head of a longer word."""
    return bool(words) and re.search(rf"(?<!\w){re.escape(words)}(?!\w)", text) is not None


def prints(found: Iterable[Line], field: str) -> bool:
    """Whether a field of the case, or something inside it, is printed in the body."""
    return any(
        text is not None and text.field is not None and _is_in(text.field, field)
        for line in found
        for _, text in line.texts
    )


def _is_in(field: str, outer: str) -> bool:
    return field == outer or field.startswith((f"{outer}.", f"{outer}["))


def stretches(found: Iterable[Line]) -> Iterator[tuple[Line, ...]]:
    """The lines below each section heading (level 1), with that heading; first those above any."""
    own: list[Line] = []
    for line in found:
        if own and isinstance(line.block, Heading) and line.block.level == 1:
            yield tuple(own)
            own = []
        own.append(line)
    if own:
        yield tuple(own)


def headings(found: Iterable[Line]) -> Iterator[tuple[Line, Heading, Line | None]]:
    """Each heading with the line after it; None after the last line."""
    row = [*found, None]
    for line, after in pairwise(row):
        if line is not None and isinstance(line.block, Heading):
            yield line, line.block, after
