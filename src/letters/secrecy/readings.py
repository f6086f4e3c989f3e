"""Other readings of a text: numbers spoken out, letters typed for figures, signs written as %C3%B8.

The guard searches them like the text itself. They keep its lines, so that a finding tells the right place.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator
from urllib.parse import unquote

from letters.secrecy.dates import below_hundred
from letters.secrecy.normal import lower_words, squeeze

# Danish number words -> figures; "en" and "et" are the same one, and "én" folds to "en".
_FIGURES = {squeeze(below_hundred(number)): str(number) for number in range(100)} | {"et": "1"}
# So many number words in a row are a number that was read aloud, not "to eller tre".
_FEWEST = 4
_IS_NUMBER = frozenset(word.encode() for word in _FIGURES).__contains__
_NUMBER_WORD = re.compile(r"[a-zé]+")

# O for 0, l and I for 1, in a row of at least nine of them with four figures among them.
_MISTYPED = re.compile(
    r"(?<![A-Za-z0-9])(?=(?:[-./ OoIl]*\d){4})[0-9OoIl](?:[-./ ]?[0-9OoIl]){8,}(?![A-Za-z0-9])"
)
_TYPED_FOR_FIGURES = re.compile(r"\d[-./ ]?[OoIl][-./ ]?\d")
_MEANT = str.maketrans("OoIl", "0011")
# For a search at the speed of C: what may be a figure (as "?" stands for all beyond Latin-1) is 1, a letter
# typed for one is 2; what may stand between them falls out.
_TYPED_KINDS = bytes(
    ord("1" if chr(c).isdigit() or chr(c) == "?" else "2" if chr(c) in "OoIl" else "0") for c in range(256)
)
_TYPED_BETWEEN = b"-./ "

_PERCENT = re.compile(r"(?:%[0-9A-Fa-f]{2})+")


def other_readings(text: str, folded: str) -> Iterator[str]:
    """Every reading that differs from the text itself.

    Args:
        folded: the text, folded, by which most texts are seen to have no other reading.
    """
    if "%" in text and (plain := _PERCENT.sub(_unquoted, text)) != text:
        yield plain
    if _may_be_spoken(folded):
        plain = text.replace("é", "e")
        if (figures := _spoken().sub(_in_figures, plain)) != plain:
            yield figures
    if _may_be_mistyped(text) and _TYPED_FOR_FIGURES.search(text):
        yield _MISTYPED.sub(lambda found: found[0].translate(_MEANT), text)


@functools.cache
def _spoken() -> re.Pattern[str]:
    """A row of number words; compiled for the first text that may hold one, since that takes long."""
    word = "|".join(sorted(_FIGURES, key=len, reverse=True))
    return re.compile(rf"\b(?:(?:{word})\b[ \t,.;:/-]{{0,3}}){{{_FEWEST},}}", re.IGNORECASE)


def _may_be_spoken(folded: str) -> bool:
    """Whether enough number words stand there, two of them side by side.

    Of a row of four the two in the middle are words of their own in every text; the first and the last may
    be joined to something when the text is folded.
    """
    spoken = bytes(map(_IS_NUMBER, lower_words(folded)))
    return spoken.count(1) >= _FEWEST and b"\1\1" in spoken


def may_read_otherwise(text: str, folded: str) -> bool:
    """Whether a text, or one that it is a part of, may have another reading in which it is not the same.

    Args:
        text: begins and ends where no number goes on, and has no percent sign.
    """
    return (
        b"\1\1" in bytes(map(_IS_NUMBER, lower_words(folded)))
        or _MISTYPED.sub(lambda found: found[0].translate(_MEANT), text) != text
    )


def _may_be_mistyped(text: str) -> bool:
    """Whether `_TYPED_FOR_FIGURES` may find something: all that it finds is 121 here."""
    return b"121" in text.encode("latin-1", "replace").translate(_TYPED_KINDS, _TYPED_BETWEEN)


def _unquoted(found: re.Match[str]) -> str:
    return unquote(found[0]).replace("\n", " ")


def _in_figures(found: re.Match[str]) -> str:
    return _NUMBER_WORD.sub(lambda word: _FIGURES.get(word[0], word[0]), found[0].lower()) + " "
