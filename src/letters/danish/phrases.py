"""Names and words inside a Danish sentence."""

from __future__ import annotations

import string
import unicodedata
from collections.abc import Sequence

_CLOSERS = "\"'”“’»«›‹)]}"
_OPENERS = "\"'”“„‘’»«›‹([{"


def ejefald(name: str) -> str:
    """The genitive of a name.

    A name that ends in s, x or z takes an apostrophe alone (Lars', Alex', Aziz', SAS'). An abbreviation in
    capitals without a point, a figure or a symbol takes 's (KL's, Afdeling 2's). Everything else takes s,
    after a point too (Christian 4.s). A name written wholly in capitals is no abbreviation (AMAL NOORs).
    What stands inside closing quotes and parentheses decides the ending, which is put after them.

    Raises:
        ValueError: if `name` is blank.
    Source: Retskrivningsordbogen (Dansk Sprognævn 2012), § 6 and § 21.

    >>> ejefald("Jobcentret Lindehøj"), ejefald("Lars"), ejefald("KL")
    ('Jobcentret Lindehøjs', "Lars'", "KL's")
    """
    core = unicodedata.normalize("NFC", name.rstrip(_CLOSERS + string.whitespace))
    if not core.strip(_OPENERS):
        raise ValueError("a blank name has no genitive")
    return name.rstrip() + _genitive_ending(core)


def _genitive_ending(core: str) -> str:
    last = core[-1]
    if last.lower() in "sxz":
        return "'"
    if last == ".":
        return "s"
    return "'s" if not last.isalpha() or _ends_in_abbreviation(core) else "s"


def _ends_in_abbreviation(core: str) -> bool:
    """Whether the last word is in capitals while the name as a whole is not."""
    *others, last = core.split()
    return last.isupper() and not any(word.isupper() and len(word) > 1 for word in others)


def liste(texts: Sequence[str]) -> str:
    """Join texts as a sentence does, without a comma before "og".

    Raises:
        ValueError: if there is nothing to join.

    >>> liste(["a", "b", "c"])
    'a, b og c'
    """
    if not texts:
        raise ValueError("an empty list has no text")
    *first, last = texts
    return f"{', '.join(first)} og {last}" if first else last


def stort(text: str) -> str:
    """Give a text a capital first letter, behind opening quotes and parentheses; the rest stays as it is.

    >>> stort("økonomisk hjælp"), stort("»iværk«")
    ('Økonomisk hjælp', '»Iværk«')
    """
    start = len(text) - len(text.lstrip(_OPENERS))
    return text[:start] + text[start : start + 1].title() + text[start + 1 :]
