"""What a typesetter does to Danish text: spaces that do not break, dashes between years.

Both functions keep the length of a text: they exchange single characters. A caller may therefore set several
runs of one line as one string and cut it up again.
"""

from __future__ import annotations

import itertools
import re
from functools import lru_cache

NO_BREAK_SPACE = "\u00a0"
EN_DASH = "\u2013"

_OPENERS = "([{\"'”“„‘»«›‹"
_CLOSERS = ")]}\"'”“’»«›‹.,;:!?"


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


# Words that hold the number after them.
_BEFORE_NUMBER = _words(
    "§ §§ stk. stk nr. nr litra pkt. punkt kapitel kap. artikel art. afsnit bilag side s. "
    "kl. klokken d. ca. tlf."
)

# Abbreviations of several parts, as the steps from one part to the next.
_STEPS = frozenset(
    step
    for abbreviation in (
        *(
            "f. eks.",
            "f. ex.",
            "bl. a.",
            "m. v.",
            "m. m.",
            "m. fl.",
            "m. h. t.",
            "o. l.",
            "o. lign.",
            "o. m.",
        ),
        *("d. v. s.", "d. å.", "d. d.", "p. t.", "p. g. a.", "t. o. m.", "i. h. t.", "mio. kr.", "mia. kr."),
    )
    for step in itertools.pairwise(abbreviation.split())
)

# Small words that may follow a number but are never what is counted; the line may break before them.
_NOT_COUNTED = _words(
    "og eller samt men i på til fra for af om ved med efter før under over mod hos er var bliver blev har "
    "havde kan skal vil må at der som den det de du vi jeg han hun man ikke også dog så når hvis da fordi "
    "finder fremgår"
)

_NUMBER = r"(?:\d{1,3}(?:\.\d{3})+|\d+)(?:,\d+)?"
_NUMBERS = re.compile(rf"[-−]?{_NUMBER}(?:[-–]{_NUMBER})?")  # "481", "1.234,5", "10-12"
_YEAR = re.compile(r"(?:\d+[-–])?(?:1[89]|2[01])\d\d")
_ORDINAL = re.compile(r"\d{1,3}\.")
_PAIR = re.compile(r"\d\d")
_LETTER = re.compile(r"[a-zæøå](?:-(?:\d+|[a-zæøå]))?")
_ROMAN = re.compile(r"[IVXLC]+(?:-[IVXLC]+)?")
_YEARS = re.compile(
    r"(?<![\w\-–/.,:=?&#%])((?:1[89]|2[01])\d\d)-((?:1[89]|2[01])\d\d)(?![\w\-–/=&#%]|[.,:]\w)"
)


@lru_cache(maxsize=2048)  # the same clauses come again in every letter of a kind
def no_breaks(text: str) -> str:
    """Set the no-break spaces that Danish typography wants, and change nothing else.

    They hold "§ 18 a", "§§ 22-24", "stk. 2", "nr. 3", "litra b", "2. pkt.", "kapitel 3", "artikel 9",
    "kl. 10", "99 90 10 00", "13. august", "481 ansøgninger", "10 kr." and "f. eks." together. The line
    may break after a year. Takes time in proportion to the text.

    >>> no_breaks("efter § 18, stk. 2, den 13. august 2021")
    'efter §\\xa018, stk.\\xa02, den 13.\\xa0august 2021'
    """
    parts = re.split(r"(\s)", text)  # words at even places, the white space between them at odd ones
    for i in range(1, len(parts), 2):
        before = parts[i - 3] if i >= 3 else ""
        if parts[i] == " " and _hold(before, parts[i - 1], parts[i + 1]):
            parts[i] = NO_BREAK_SPACE
    return "".join(parts)


def year_dashes(text: str) -> str:
    """Put an en dash between two years, 1800 to 2199, the first before the second: "2017-2021".

    Longer strings of figures and hyphens (case numbers, ISO dates) and addresses of the web stay as they are.
    """
    return _YEARS.sub(_dash, text)


def _dash(match: re.Match[str]) -> str:
    first, second = match.groups()
    return f"{first}{EN_DASH}{second}" if first < second else match[0]


def _hold(before: str, left: str, right: str) -> bool:
    """Whether the line may not break between `left` and `right`; `before` is the word before them."""
    if not left or not right:
        return False
    left = left.lstrip(_OPENERS)
    return (
        _marks_number(left.lower(), right)
        or _is_ordinal_of(left, right)
        or _is_count_of(before, left, right)
        or _is_phone_number(left, right)
        or (left.lower(), right.rstrip(",;:)").lower()) in _STEPS
    )


def _marks_number(marker: str, right: str) -> bool:
    if marker not in _BEFORE_NUMBER:
        return False
    word = right.rstrip(_CLOSERS)
    if marker == "litra":
        return bool(_LETTER.fullmatch(word))
    return right[0].isdigit() or (marker in ("kapitel", "afsnit", "bilag") and bool(_ROMAN.fullmatch(word)))


def _is_ordinal_of(left: str, right: str) -> bool:
    # "13. august", "2. pkt."; of "2.-4. pkt." the last of the range is looked at.
    return bool(_ORDINAL.fullmatch(left.rsplit("-", 1)[-1])) and _is_counted(right.rstrip(_CLOSERS))


def _is_count_of(before: str, left: str, right: str) -> bool:
    word = right.rstrip(_CLOSERS)
    marked = before.lstrip(_OPENERS).lower() in _BEFORE_NUMBER
    if _LETTER.fullmatch(word) and (marked or _LETTER.fullmatch(left)):
        # "§ 18 a", "§§ 58 a-58 c"; the i of "§ 14 i lov om" is a preposition, that of "§ 43 i," is not.
        return left[-1:].isdigit() and (word != "i" or right != "i")
    if marked or before.isdigit() or not _NUMBERS.fullmatch(left) or _YEAR.fullmatch(left):
        return False
    return right[0] in "%‰" or _is_counted(word)


def _is_phone_number(left: str, right: str) -> bool:
    # Danish telephone numbers are written in pairs: "99 90 10 00".
    return bool(_PAIR.fullmatch(left) and _PAIR.fullmatch(right.rstrip(_CLOSERS)))


def _is_counted(word: str) -> bool:
    return word[:1].islower() and word not in _NOT_COUNTED
