"""What differs between two texts, word by word.

Paragraphs are matched first, then the words of those that differ.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher

from msgspec import Struct

from letters.reading.word_text import WordParagraph, WordText

#: Stands for the end of a paragraph among the words.
BREAK = "¶"
#: So many equal words between two changes at least as long do not part them: a sentence is read whole.
_GAP = 2


class Span(Struct, frozen=True):
    """Words of a paragraph of the first text; `start` equals `stop` where words were put in."""

    paragraph: int
    start: int
    stop: int


class Edit(Struct, frozen=True):
    """One change from the first text to the second.

    Attributes:
        paragraph: its index in the second text; where the paragraph is gone, of the one that follows.
        spans: the words of the first text that it is about.
        before, after: the words around it in its paragraph of the second text.
    """

    paragraph: int
    place: str
    spans: tuple[Span, ...]
    removed: str
    added: str
    before: tuple[str, ...] = ()
    after: tuple[str, ...] = ()


class _Row(Struct, frozen=True):
    """A paragraph and its index in its text."""

    index: int
    paragraph: WordParagraph


class _Token(Struct, frozen=True):
    """A word, or the end of a paragraph, with the paragraph's index and its own there."""

    text: str
    paragraph: int
    index: int


_Operation = tuple[str, int, int, int, int]  # as difflib's opcodes


def edits(first: WordText, second: WordText) -> Iterator[Edit]:
    """Every change, each part of the file by itself: body, headers, footers, notes."""
    places = dict.fromkeys(p.place for p in (*first.paragraphs, *second.paragraphs))
    for place in places:
        yield from _part_edits(place, _rows(first, place, second), _rows(second, place, first))


def _rows(text: WordText, place: str, other: WordText) -> list[_Row]:
    """The paragraphs of a part.

    Programs write headers and footers in another order, or once more for other pages: what stands in any of
    the other file's is left out.
    """
    rows = [_Row(index, p) for index, p in enumerate(text.paragraphs) if p.place == place]
    kind = place.partition(" ")[0]
    if kind not in ("header", "footer"):
        return rows
    known = {p.words for p in other.paragraphs if p.place.startswith(kind)}
    return [row for row in rows if row.paragraph.words not in known]


def _part_edits(place: str, first: Sequence[_Row], second: Sequence[_Row]) -> Iterator[Edit]:
    keys = [[row.paragraph.words for row in rows] for rows in (first, second)]
    for kind, i1, i2, j1, j2 in SequenceMatcher(None, keys[0], keys[1], autojunk=False).get_opcodes():
        if kind == "equal":
            yield from _label_edits(place, first[i1:i2], second[j1:j2])
        else:
            following = second[j2].index if j2 < len(second) else second[-1].index + 1 if second else 0
            yield from _word_edits(place, _tokens(first[i1:i2]), _tokens(second[j1:j2]), following)


def _label_edits(place: str, first: Sequence[_Row], second: Sequence[_Row]) -> Iterator[Edit]:
    """Paragraphs of the same words whose numbers differ: an item before them came or went."""
    for one, other in zip(first, second, strict=True):
        if one.paragraph.label_words != other.paragraph.label_words:
            span = Span(one.index, 0, 0)
            labels = [" ".join(row.paragraph.label_words) for row in (one, other)]
            yield Edit(other.index, place, (span,), labels[0], labels[1], after=other.paragraph.words)


def _tokens(rows: Sequence[_Row]) -> list[_Token]:
    tokens: list[_Token] = []
    for row in rows:
        words = row.paragraph.words
        tokens += (_Token(word, row.index, number) for number, word in enumerate(words))
        tokens.append(_Token(BREAK, row.index, len(words)))
    return tokens


def _word_edits(
    place: str, first: Sequence[_Token], second: Sequence[_Token], following: int
) -> Iterator[Edit]:
    texts = [[token.text for token in tokens] for tokens in (first, second)]
    operations = SequenceMatcher(None, texts[0], texts[1], autojunk=False).get_opcodes()
    for found in _grouped(operations, texts[0]):
        group = _whole(found, texts[0], texts[1])
        (_, i1, _, j1, _), (_, _, i2, _, j2) = group[0], group[-1]
        spans = [span for op in group if op[0] != "equal" for span in _spans(first, op[1], op[2])]
        yield Edit(
            second[j1].paragraph if j1 < len(second) else following,
            place,
            tuple(spans),
            " ".join(texts[0][i1:i2]),
            " ".join(texts[1][j1:j2]),
            tuple(_until_break(texts[1][:j1][::-1])[::-1]),
            () if texts[1][j1:j2][-1:] == [BREAK] else tuple(_until_break(texts[1][j2:])),
        )


def _grouped(operations: Sequence[_Operation], words: Sequence[str]) -> Iterator[list[_Operation]]:
    """The changes, those with little between them together."""
    group: list[_Operation] = []
    for place, operation in enumerate(operations):
        kind, i1, i2, _, _ = operation
        if kind != "equal":
            group.append(operation)
            continue
        around = (operations[place - 1 : place], operations[place + 1 : place + 2])
        sizes = [_size(ops[0]) if ops else 0 for ops in around]
        if group and BREAK not in words[i1:i2] and i2 - i1 <= min(_GAP, *sizes):
            group.append(operation)
            continue
        if group:
            yield group
        group = []
    if group:
        yield group


def _size(operation: _Operation) -> int:
    _, i1, i2, j1, j2 = operation
    return max(i2 - i1, j2 - j1)


def _whole(group: list[_Operation], first: Sequence[str], second: Sequence[str]) -> list[_Operation]:
    """A paragraph that came or went, told from its own first word and not from the break before it."""
    if len(group) > 1:
        return group
    kind, i1, i2, j1, j2 = group[0]
    words, start, stop = (first, i1, i2) if kind == "delete" else (second, j1, j2)
    if kind == "replace" or words[start] != BREAK or stop >= len(words) or words[stop] != BREAK:
        return group
    return [(kind, i1 + 1, i2 + 1, j1 + 1, j2 + 1)]


def _spans(tokens: Sequence[_Token], start: int, stop: int) -> Iterator[Span]:
    if start == stop:
        here = tokens[min(start, len(tokens) - 1)] if tokens else None
        if here is not None:
            at = here.index if start < len(tokens) else here.index + 1
            yield Span(here.paragraph, at, at)
        return
    paragraphs = dict.fromkeys(token.paragraph for token in tokens[start:stop])
    for paragraph in paragraphs:
        places = [token.index for token in tokens[start:stop] if token.paragraph == paragraph]
        yield Span(paragraph, places[0], places[-1] + 1)


def _until_break(words: Sequence[str]) -> list[str]:
    return list(words[: words.index(BREAK)] if BREAK in words else words)
