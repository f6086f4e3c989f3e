"""What differs between two letters, word by word, in the whole letter as it is read."""

from __future__ import annotations

import enum
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import groupby
from typing import assert_never

from letters.document.model import (
    Block,
    Heading,
    Letter,
    List,
    Paragraph,
    Quote,
    Signature,
    Slots,
    Table,
)
from letters.document.walk import labels, lines, plain

#: Paragraphs with fewer words in common than this are not one paragraph that was changed.
_ALIKE = 0.4
#: So many equal words between two changes do not part them: a lawyer reads phrases, not words.
_GAP = 2


class Mark(enum.Enum):
    """What became of some words."""

    SAME = "same"
    GONE = "gone"
    NEW = "new"


@dataclass(frozen=True, slots=True)
class Line:
    """A paragraph of a letter.

    Attributes:
        style: `frame` (address and column), `title`, `heading1` to `heading3`, `paragraph`, `item`, `row`,
            `quote` or `signature`.
        text: its words, with a list's label before them.
    """

    style: str
    text: str


@dataclass(frozen=True, slots=True)
class Piece:
    mark: Mark
    text: str


@dataclass(frozen=True, slots=True)
class Redlined:
    """A paragraph of either letter or both.

    Attributes:
        pieces: in reading order, with their spaces.
    """

    style: str
    pieces: tuple[Piece, ...]

    @property
    def mark(self) -> Mark | None:
        """What became of the paragraph as a whole; None where it was changed inside."""
        marks = {piece.mark for piece in self.pieces}
        return marks.pop() if len(marks) == 1 else None

    @property
    def is_changed(self) -> bool:
        return self.mark is not Mark.SAME


def redline(before: Letter | None, after: Letter | None) -> tuple[Redlined, ...]:
    """Both letters as one, with what went and what came.

    Args:
        before, after: None for a letter that was not there, or is not any more.
    """
    first, second = (tuple(letter_lines(one)) if one else () for one in (before, after))
    matcher = SequenceMatcher(None, first, second, autojunk=False)
    rows: list[Redlined] = []
    for kind, i1, i2, j1, j2 in matcher.get_opcodes():
        if kind == "equal":
            rows += (_whole(line, Mark.SAME) for line in second[j1:j2])
        else:
            rows += _paired(first[i1:i2], second[j1:j2])
    return tuple(rows)


def _whole(line: Line, mark: Mark) -> Redlined:
    return Redlined(line.style, (Piece(mark, line.text),))


def _paired(gone: Sequence[Line], new: Sequence[Line]) -> Iterator[Redlined]:
    """Paragraphs that differ: those that are alike, changed inside; the others, gone and new."""
    at = 0
    for line in gone:
        found = next((i for i in range(at, len(new)) if _alike(line, new[i])), None)
        if found is None:
            yield _whole(line, Mark.GONE)
            continue
        yield from (_whole(one, Mark.NEW) for one in new[at:found])
        yield Redlined(new[found].style, tuple(_pieces(line.text, new[found].text)))
        at = found + 1
    yield from (_whole(one, Mark.NEW) for one in new[at:])


def _alike(one: Line, other: Line) -> bool:
    if one.style.rstrip("123") != other.style.rstrip("123"):
        return False
    return SequenceMatcher(None, one.text.split(), other.text.split(), autojunk=False).ratio() >= _ALIKE


def _pieces(before: str, after: str) -> Iterator[Piece]:
    first, second = before.split(" "), after.split(" ")
    marked: list[tuple[Mark, list[str]]] = []
    for kind, i1, i2, j1, j2 in SequenceMatcher(None, first, second, autojunk=False).get_opcodes():
        if kind == "equal":
            marked.append((Mark.SAME, second[j1:j2]))
        else:
            marked += [(Mark.GONE, first[i1:i2]), (Mark.NEW, second[j1:j2])]
    words = [entry for entry in _joined_up(marked) if entry[1]]
    lead = ""
    for index, (mark, row) in enumerate(words):
        ahead = {other for other, _ in words[index + 1 :]}
        follows = {kept: bool(ahead & {Mark.SAME, kept}) for kept in (Mark.GONE, Mark.NEW)}
        before, after = lead, ""
        lead = ""
        if mark is not Mark.SAME:
            after = " " if follows[mark] else ""
        elif all(follows.values()):
            after = " "
        elif any(follows.values()):  # one text ends here: the space belongs to what the other one has besides
            lead = " "
        yield Piece(mark, before + " ".join(row) + after)


def _joined_up(marked: Sequence[tuple[Mark, list[str]]]) -> list[tuple[Mark, list[str]]]:
    """Changes with only a word or two between them as one change, what went before what came."""
    runs: list[tuple[bool, list[tuple[Mark, list[str]]]]] = [
        (same, list(group)) for same, group in groupby(marked, lambda entry: entry[0] is Mark.SAME)
    ]
    out: list[tuple[Mark, list[str]]] = []
    gone: list[str] = []
    new: list[str] = []
    for index, (same, group) in enumerate(runs):
        words = [word for _, row in group for word in row]
        between = same and 0 < index < len(runs) - 1 and len(words) <= _GAP
        if not same:
            gone += (word for mark, row in group if mark is Mark.GONE for word in row)
            new += (word for mark, row in group if mark is Mark.NEW for word in row)
        elif between and gone and new:
            gone, new = gone + words, new + words
        else:
            out += [(Mark.GONE, gone), (Mark.NEW, new), (Mark.SAME, words)]
            gone, new = [], []
    return [*out, (Mark.GONE, gone), (Mark.NEW, new)]


# A letter as lines


def letter_lines(letter: Letter) -> Iterator[Line]:
    """The paragraphs of a letter in reading order."""
    yield from (Line("frame", text) for text in _frame(letter.slots) if text)
    if letter.heading:
        yield _line("title", plain(letter.heading, " "))
    for section in letter.sections:
        yield from _blocks(section.blocks, None, "paragraph")


def _frame(slots: Slots) -> Iterator[str]:
    yield from (slots.notice, slots.return_line, *(line.text for line in slots.address))
    for fact in slots.column:
        yield ": ".join(part for part in (fact.label, ", ".join(line.text for line in fact.lines)) if part)


def _blocks(blocks: Iterable[Block], parent: int | None, style: str) -> Iterator[Line]:
    for block in blocks:
        match block:
            case Heading():
                yield _line(f"heading{block.level}", plain(block.children, " "))
            case Paragraph():
                yield _line(style, plain(block.children, " "))
            case Table():
                yield _line("row", " | ".join(plain(column.head, " ") for column in block.columns))
                yield from (_line("row", " | ".join(plain(cell, " ") for cell in row)) for row in block.rows)
            case Signature():
                yield from (_line("signature", plain(one, " ")) for one in lines(block))
            case List():
                yield from _list(block, parent)
            case Quote():
                yield from _blocks(block.blocks, None, "quote")
            case _:
                assert_never(block)


def _list(listing: List, parent: int | None) -> Iterator[Line]:
    for item, label in zip(listing.items, labels(listing, parent), strict=True):
        inner = list(_blocks(item.blocks, item.number or None, "item"))
        yield from (
            Line(line.style, f"{label} {line.text}") if not index else line
            for index, line in enumerate(inner)
        )


def _line(style: str, text: str) -> Line:
    return Line(style, " ".join(text.split(" ")))
