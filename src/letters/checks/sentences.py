"""Danish prose divided into sentences and words, and its LIX.

A stop ends no sentence after an abbreviation ("jf.", "stk.", "bl.a.") or a day ("13. august"). LIX is the
number of words a sentence plus the share of long words (seven letters and more) in per cent; it is an
indicator and no more.
"""

from __future__ import annotations

import enum
import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from msgspec import Struct

#: Up to this many words a sentence is easily read (socialraadgiverne.dk).
MOST_WORDS = 25
_LONG_WORD = 7

_WORD = re.compile(r"[^\W_][\w’'./@:-]*", re.UNICODE)
_STOP = re.compile(r"[.!?:…]+[”“\"»«)]*(?=\s|$)")
# Without their last stop.
_ABBREVIATIONS = frozenset(
    (
        *("bl.a", "jf", "jfr", "jvf", "stk", "nr", "pkt", "fx", "f.eks", "ift", "iht", "hhv", "vedr", "ifm"),
        *("m.v", "d", "ca", "kr", "kl", "evt", "inkl", "ekskl", "pga", "mht", "dvs", "kap", "afd", "tlf"),
        *(
            "sml",
            "resp",
            "fr",
            "hr",
            "dr",
            "p.t",
            "a.h.t",
            "i.h.t",
            "i.f.t",
            "skt",
            "st",
            "litra",
            "bl",
            "red",
        ),
    )
)
# An act's full designation is looked up and not read: "jf. lovbekendtgørelse nr. 1146 af 22. juni 2020".
_DESIGNATION = re.compile(
    r" i lov om [^.;()\n]{3,200}(?= \()|,? jf\. (?:lov|lovbekendtgørelse|bekendtgørelse) nr\. \d{1,5} af"
    r" \d{1,2}\. [a-z]{3,9} \d{4}"
)
_NEXT = re.compile(r"\s*(\S)?")
_LONGEST_ABBREVIATION = 40
_LAST_WORD = re.compile(r"[\w.]+$")


class Band(enum.Enum):
    """How hard a text is to read by its LIX (sprogvaskeriet.dk)."""

    VERY_EASY = "very easy"
    EASY = "easy"
    MEDIUM = "medium"
    HARD = "hard"
    VERY_HARD = "very hard"


@dataclass(frozen=True)
class Sentence:
    """A sentence and where it begins in its text."""

    start: int
    text: str

    @cached_property
    def words(self) -> list[str]:
        """Those that are read, see `read_words`."""
        return read_words(self.text)


class Lix(Struct, frozen=True):
    """A text's LIX, rounded, and how many words it was counted from."""

    value: int
    words: int

    @property
    def band(self) -> Band:
        for limit, band in ((24, Band.VERY_EASY), (34, Band.EASY), (44, Band.MEDIUM), (54, Band.HARD)):
            if self.value <= limit:
                return band
        return Band.VERY_HARD


def read_words(text: str) -> list[str]:
    """The words of a text that are read: an act's full designation counts as its short name."""
    return words(_DESIGNATION.sub("", text))


def words(text: str) -> list[str]:
    """The words of a text; a number is a word, a sign is none."""
    return _WORD.findall(text)


def sentences(text: str) -> list[Sentence]:
    """The sentences of a text. A colon ends one where something else begins: a capital letter, a line."""
    found: list[Sentence] = []
    start = 0
    for stop in _STOP.finditer(text):
        if _ends(text, start, stop):
            found.append(_sentence(text, start, stop.end()))
            start = stop.end()
    if text[start:].strip():
        found.append(_sentence(text, start, len(text)))
    return found


def _sentence(text: str, start: int, end: int) -> Sentence:
    piece = text[start:end]
    return Sentence(start + len(piece) - len(piece.lstrip()), piece.strip())


def _ends(text: str, start: int, stop: re.Match[str]) -> bool:
    """Whether a stop closes a sentence; with a small letter the same one goes on ("13. august")."""
    after = _NEXT.match(text, stop.end())
    rest = after[1] if after and after[1] else ""
    if rest.islower():
        return False
    if stop[0][0] == ":":
        return rest.isupper()
    last = _LAST_WORD.search(text[max(start, stop.start() - _LONGEST_ABBREVIATION) : stop.start()])
    word = last[0] if last else ""
    abbreviated = word.casefold() in _ABBREVIATIONS or (len(word) == 1 and word.isupper())
    return not (rest and stop[0] == "." and abbreviated)


class Measure(Struct, frozen=True):
    """How much a text is to read.

    Attributes:
        sentences: those that have words.
        long: words of seven letters and more.
        most: how many words the longest sentence has.
    """

    sentences: int
    words: int
    long: int
    most: int


def measured(text: str) -> Measure:
    """How much a text is to read."""
    found = [sentence.words for sentence in sentences(text)]
    every = [word for one in found for word in one]
    counts = list(map(len, found))
    return Measure(sum(map(bool, counts)), len(every), sum(map(_is_long, every)), max(counts, default=0))


def lix(texts: list[str]) -> Lix | None:
    """The LIX of running text in several paragraphs; None when there are no words."""
    return lix_of(map(measured, texts))


def lix_of(running: Iterable[Measure]) -> Lix | None:
    """The same for text that is measured already."""
    found = list(running)
    words = sum(one.words for one in found)
    if not words:
        return None
    long = sum(one.long for one in found)
    return Lix(round(words / sum(one.sentences for one in found) + 100 * long / words), words)


def _is_long(word: str) -> bool:
    """Whether a word has so many letters; figures and signs in it do not count."""
    return len(word) >= _LONG_WORD and (word.isalpha() or sum(map(str.isalpha, word)) >= _LONG_WORD)
