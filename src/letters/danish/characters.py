"""Characters that may not stand in case text.

They are invisible, turn the direction of reading, or mean nothing outside one program. A letter that kept
them would not say what its reader sees; a letter that dropped them would silently change the case text.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Set

from msgspec import Struct

_NOTHING: frozenset[str] = frozenset()

# By general category (Unicode Standard, section 4.5); Cn holds the noncharacters, too.
_REFUSED = {
    "Cc": "CONTROL CHARACTER",
    "Cf": "FORMAT CHARACTER",
    "Cs": "SURROGATE",
    "Co": "PRIVATE USE CHARACTER",
    "Cn": "UNASSIGNED CHARACTER",
    "Zl": "LINE SEPARATOR",
    "Zp": "PARAGRAPH SEPARATOR",
}

# Control characters have no name of their own, only these aliases (Unicode NameAliases.txt).
_CONTROLS = {
    "\0": "NULL",
    "\a": "ALERT",
    "\b": "BACKSPACE",
    "\t": "CHARACTER TABULATION",
    "\n": "LINE FEED",
    "\v": "LINE TABULATION",
    "\f": "FORM FEED",
    "\r": "CARRIAGE RETURN",
    "\x1b": "ESCAPE",
    "\x7f": "DELETE",
    "\x85": "NEXT LINE",
}


class RefusedCharacter(Struct, frozen=True):
    """A character that may not stand.

    Attributes:
        index: where it first stands in the text, from 0.
        code: such as "U+200B".
        name: the Unicode name, such as "ZERO WIDTH SPACE"; what kind it is when Unicode gives no name.
    """

    index: int
    code: str
    name: str


def refused_characters(text: str, allowed: Set[str] = _NOTHING) -> tuple[RefusedCharacter, ...]:
    """Find the characters that may not stand in case text, each once, in the order of their first place.

    Refused are control and format characters (zero width, marks of direction, soft hyphen), surrogates,
    private use, unassigned code points and noncharacters, and the line and paragraph separators.

    Args:
        allowed: characters that the caller handles, such as newline and tab.
    Source: Unicode, general category.
    """
    if text.isprintable():  # none of the categories below, and no space but the usual one
        return ()
    wrong = {ch for ch in set(text) - allowed if unicodedata.category(ch) in _REFUSED}
    first: dict[str, int] = {}
    if wrong:
        for index, ch in enumerate(text):
            if ch in wrong:
                first.setdefault(ch, index)
    return tuple(RefusedCharacter(index, f"U+{ord(ch):04X}", _name(ch)) for ch, index in first.items())


def _name(ch: str) -> str:
    if _is_noncharacter(ord(ch)):
        return "NONCHARACTER"
    return _CONTROLS.get(ch) or unicodedata.name(ch, "") or _REFUSED[unicodedata.category(ch)]


def _is_noncharacter(code: int) -> bool:
    # The last two code points of each plane and one block (Unicode Standard, section 23.7).
    return code & 0xFFFE == 0xFFFE or 0xFDD0 <= code <= 0xFDEF
