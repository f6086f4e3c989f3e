"""Text as the guard compares it: without case, diacritics, invisible characters, punctuation and spacing.

`View` keeps where words begin and end, so that "holm" is found in "H o l m" and in "Hol-" at a line's end,
but not in "Bornholm". Folding is one way and meant for comparing only; nothing of it is ever printed.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import accumulate

#: Stands where a word was broken by a hyphen at a line's end. Python counts it as white space.
BROKEN = "\x1f"

_NON_ASCII = re.compile(r"[^\x00-\x7f]+")
_LINE_ENDS = ("\r\n", "\r", "\v", "\f", "\x85", "\u2028", "\u2029")  # in this order
_ASCII = frozenset(map(chr, range(128)))
_USUAL = "æøåÆØÅ\xa0§–’“”é•\u2010"  # what Danish letters have, and hardly anything else
_MANY = 40  # so many kinds of characters are folded one by one
# pdfium writes U+0002 for a hyphen that it takes for the end of a line.
_HYPHEN_AT_END = re.compile(r"[-\x02][ \t]*\n[ \t]*")

# Danish and its neighbours are written out; other marks fall away (é, ü, ş).
_SPELLINGS = "aa Aa oe Oe ae Ae oe Oe ae Ae oe Oe ss d D th Th l L d D i ' ' ' ' - -"
_SPELLED = dict(
    zip(
        "åÅøØæÆöÖäÄœŒßðÐþÞłŁđĐı‘’´ʼ\ufffe−",
        _SPELLINGS.split(),
        strict=True,
    )
)

# Letters of other scripts that look like Latin ones (Unicode confusables, plain cases), and small capitals.
_LOOKALIKES = dict(
    zip(
        "аеорсухіјѕԁһӏкѵԝԛАВЕКМНОРСТУХІЈЅԌαορνικυχΑΒΕΖΗΙΚΜΝΟΡΤΥΧɑɡɩᴀʙᴄᴅᴇꜰɢʜɪᴊᴋʟᴍɴᴏᴘʀꜱᴛᴜᴠᴡʏᴢ",
        "aeopcyxijsdhlkvwqABEKMHOPCTYXIJSGaopvikuxABEZHIKMNOPTYXagiABCDEFGHIJKLMNOPRSTUVWYZ",
        strict=True,
    )
)
# Letters by their category that show nothing: the Hangul fillers and the empty Braille cell.
_BLANK = frozenset("\u115f\u1160\u3164\uffa0\u2800")
# From here on the letters are shown from right to left, whatever they are.
_REVERSED = re.compile("\u202e([^\u202c\n]*)\u202c?")

_SEPARATORS = {code: " " for code in range(128) if not chr(code).isalnum()}
_TO_WORDS = str.maketrans({**_SEPARATORS, ord("\n"): "\n", ord(BROKEN): BROKEN})
_TO_LOWER_WORDS = bytes(ord(chr(c).lower() if c < 128 and chr(c).isalnum() else " ") for c in range(256))


def fold(text: str) -> str:
    """ASCII with case and punctuation kept; words broken at a line's end are joined by `BROKEN`.

    A letter that has no Latin form becomes a code of its own, so that names in other scripts compare, too.
    """
    if not text.isascii():
        if "\u202e" in text:
            text = _REVERSED.sub(lambda part: f"{part[1]} {part[1][::-1]}", text)
        text = unicodedata.normalize("NFC", text)
        text = _with_plain_line_ends(text)
        text = _in_ascii(text)
    else:
        text = _with_plain_line_ends(text)
    text = text.replace(BROKEN, " ")
    return _HYPHEN_AT_END.sub(BROKEN, text) if _may_end_with_hyphen(text) else text


def _may_end_with_hyphen(text: str) -> bool:
    """Whether `_HYPHEN_AT_END` may find something in a text of ASCII."""
    if "\n" not in text:
        return False
    bare = text.encode("utf-8", "replace").translate(None, b" \t")
    return b"-\n" in bare or b"\2\n" in bare


def _with_plain_line_ends(text: str) -> str:
    for end in _LINE_ENDS:
        if end in text:
            text = text.replace(end, "\n")
    return text


def _in_ascii(text: str) -> str:
    """The text with its other characters folded; a few that come again and again are replaced at once."""
    for ch in _USUAL:
        if ch in text:
            text = text.replace(ch, _fold_character(ch))
    if text.isascii():
        return text
    others = set(text).difference(_ASCII)
    if len(others) > _MANY:
        return _NON_ASCII.sub(lambda run: "".join(map(_fold_character, run[0])), text)
    for ch in others:
        text = text.replace(ch, _fold_character(ch))
    return text


@lru_cache(maxsize=4096)
def _fold_character(ch: str) -> str:
    known = _SPELLED.get(ch) or _LOOKALIKES.get(ch)
    if known is not None:
        return known
    category = unicodedata.category(ch)
    if category in ("Cf", "Mn", "Me") or ch in _BLANK:
        return ""
    if category == "Pd":
        return "-"
    if category[0] in "LN" or (category == "So" and _is_one_letter(ch)):
        return _latin(ch)
    return " "


def _is_one_letter(ch: str) -> bool:
    """Whether a symbol is a letter in a circle or a square."""
    plain = unicodedata.normalize("NFKD", ch)
    return len(plain) == 1 and plain.isalpha()


def _latin(ch: str) -> str:
    plain = "".join(c for c in unicodedata.normalize("NFKD", ch) if not unicodedata.combining(c))
    if plain.isascii():
        return plain
    if len(plain) > 1:
        return "".join(map(_fold_character, plain))
    digit = unicodedata.digit(ch, None)
    return str(digit) if digit is not None else f"u{ord(ch):x}"


def squeeze(text: str) -> str:
    """Folded letters and digits in lower case, nothing between them."""
    return "".join(words(text))


def words(text: str) -> list[str]:
    """Folded words in lower case; a word broken at a line's end is two."""
    return fold(text).translate(_TO_WORDS).lower().split()


_MARKS = str.maketrans("åÅøØöÖæÆäÄ", "aAoOoOaAaA")


def without_marks(text: str) -> str:
    """A text as people write it who have no å, æ or ø (Soren for Søren, Ase for Åse)."""
    return unicodedata.normalize("NFC", text).translate(_MARKS)


@dataclass(frozen=True)
class View:
    """A text made ready for searching.

    Attributes:
        folded: see `fold`.
        tokens: the words in lower case, in order.
    """

    folded: str
    tokens: Sequence[str]

    def __repr__(self) -> str:
        return f"<View of {len(self.tokens)} words>"

    @cached_property
    def squeezed(self) -> str:
        """The words without anything between them."""
        return "".join(self.tokens)

    @cached_property
    def starts(self) -> Sequence[int]:
        """Where each word begins in `squeezed`."""
        return [0, *accumulate(map(len, self.tokens))][: len(self.tokens)]

    @cached_property
    def spans(self) -> list[tuple[int, int]]:
        """Where each word stands in `folded`."""
        return [match.span() for match in re.finditer(r"[0-9A-Za-z]+", self.folded)]

    def token_at(self, position: int) -> int:
        """The index of the word that holds a position of `squeezed`."""
        return bisect_right(self.starts, position) - 1

    def end_of(self, token: int) -> int:
        """Where a word ends in `squeezed`."""
        return self.starts[token] + len(self.tokens[token])

    def gap_before(self, token: int) -> str:
        """What stands in `folded` between a word and the one before it."""
        start = self.spans[token - 1][1] if token else 0
        return self.folded[start : self.spans[token][0]]

    def gap_after(self, token: int) -> str:
        """What stands in `folded` after a word, up to the next."""
        end = self.spans[token + 1][0] if token + 1 < len(self.spans) else len(self.folded)
        return self.folded[self.spans[token][1] : end]

    def line_of(self, token: int) -> int:
        """The 0-based line of a word; a line that ends with a hyphen counts."""
        before = self.folded[: self.spans[token][0]]
        return before.count("\n") + before.count(BROKEN)


def lower_words(folded: str) -> list[bytes]:
    """The words of a folded text, as those of its `View` but as bytes, which takes half the time."""
    return folded.encode("ascii", "replace").translate(_TO_LOWER_WORDS).split()


def view(text: str) -> View:
    """Make a text ready for searching."""
    folded = fold(text)
    return View(folded, folded.translate(_TO_WORDS).lower().split())
