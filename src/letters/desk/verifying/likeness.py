"""Whether two files of one letter say the same: their words, and then their structure.

Bytes differ for many reasons that no reader sees; words and structure are what a letter is.
"""

from __future__ import annotations

import enum
import re
from collections.abc import Sequence
from pathlib import PurePath

from msgspec import Struct

from letters.problems import LettersError
from letters.reading.pdf_text import PdfBlock, read_pdf
from letters.reading.word_package import WordPackage
from letters.reading.word_text import WordParagraph, read_word

_BEFORE, _AFTER = 3, 6  # words shown around a difference
_LONGEST = 160  # characters of an excerpt
_CIVIL_NUMBER = re.compile(r"(?<!\d)(\d{6})[- \u00a0]?\d{4}(?!\d)")


class Kind(enum.Enum):
    """What differs: the words; else how they are set, such as a heading that became a paragraph.

    UNREADABLE: one of the files cannot be read as what its name says. HUSHED: something of an appendix, which
    is not told.
    """

    WORDS = "words"
    STRUCTURE = "structure"
    UNREADABLE = "unreadable"
    HUSHED = "hushed"


class Difference(Struct, frozen=True):
    """The first difference of two files.

    Attributes:
        first, second: what stands there in each, with some words around it.
    """

    kind: Kind
    first: str = ""
    second: str = ""


def difference(name: str, first: bytes, second: bytes) -> Difference | None:
    """The first difference in words, else in structure; None when both are the same.

    Args:
        name: the file's name; its ending tells how it is read.
    """
    read = _READERS.get(PurePath(name).suffix, _text)
    try:
        one, other = read(first, name), read(second, name)
    except LettersError:
        return Difference(Kind.UNREADABLE)
    if one.letters != other.letters:
        return Difference(Kind.WORDS, *first_words(one.words, other.words))
    for before, now in zip(one.blocks, other.blocks, strict=False):
        if before != now:
            return Difference(Kind.STRUCTURE, masked(before), masked(now))
    if len(one.blocks) != len(other.blocks):
        return Difference(Kind.STRUCTURE, *(masked(text.blocks[-1]) for text in (one, other)))
    return None


def first_words(first: Sequence[str], second: Sequence[str]) -> tuple[str, str]:
    """The first words that differ in each, with some around them."""
    pairs = enumerate(zip(first, second, strict=False))
    index = next((i for i, (one, other) in pairs if one != other), min(len(first), len(second)))
    start = max(0, index - _BEFORE)
    return _excerpt(first, start, index), _excerpt(second, start, index)


def masked(text: str) -> str:
    """The text with the last four figures of every CPR number hidden."""
    return _CIVIL_NUMBER.sub(r"\1-xxxx", text)


def _excerpt(words: Sequence[str], start: int, index: int) -> str:
    stop = min(len(words), index + _AFTER)
    text = masked(" ".join(words[start:stop]))
    text = text if len(text) <= _LONGEST else text[:_LONGEST]
    return f"{'… ' if start else ''}{text}{' …' if stop < len(words) else ''}"


class _Read(Struct, frozen=True):
    """A file as words and structure.

    Attributes:
        letters: the text without white space, which is what must be the same.
        blocks: each block's kind and its words.
    """

    letters: str
    words: tuple[str, ...]
    blocks: tuple[str, ...]


def _word(data: bytes, name: str) -> _Read:
    paragraphs = read_word(WordPackage(data, name)).paragraphs
    words = tuple(word for p in paragraphs for word in (*p.label_words, *p.words))
    return _Read("".join(words), words, tuple(map(_paragraph, paragraphs)))


def _paragraph(paragraph: WordParagraph) -> str:
    head = ", ".join(part for part in (paragraph.place, paragraph.style) if part)
    return f"[{head}] {' '.join((*paragraph.label.split(), *paragraph.words))}"[:_LONGEST]


def _pdf(data: bytes, name: str) -> _Read:
    blocks = read_pdf(data, name)
    words = tuple(word for block in blocks for word in block.words)
    return _Read("".join(words), words, tuple(map(_block, blocks)))


def _block(block: PdfBlock) -> str:
    """Lines may break elsewhere in another version, so the words' borders are no structure."""
    return f"[{' '.join(block.tags)}] {block.letters}"[:_LONGEST]


def _text(data: bytes, name: str) -> _Read:
    lines = data.decode("utf-8", "replace").split("\n")
    words = tuple(word for line in lines for word in line.split())
    return _Read("".join(words), words, tuple(lines))


_READERS = {".docx": _word, ".pdf": _pdf}
