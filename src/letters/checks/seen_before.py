"""What rules found in a line before: most lines of a letter are the library's and come again in the next.

A line is known again by a digest of its text under a key of this process; the text itself is not kept, since
it may hold what a case says. What is kept says how many words there are, or whether something was found.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable
from typing import Generic, TypeVar

_Seen = TypeVar("_Seen")
_MOST = 2_000
_KEY = os.urandom(64)


def digest(text: str) -> bytes:
    """A text as it is known again."""
    return hashlib.blake2b(text.encode("utf-8", "surrogatepass"), key=_KEY, digest_size=32).digest()


class SeenBefore(Generic[_Seen]):
    """What was found in texts, by their digests; those that were not asked for lately go.

    It must depend on nothing but the text.
    """

    def __init__(self, most: int = _MOST) -> None:
        self._most = most
        self._known: dict[bytes, _Seen] = {}

    def __len__(self) -> int:
        return len(self._known)

    def get(self, known_as: bytes, find: Callable[[], _Seen]) -> _Seen:
        """What was found in a text, or is found now.

        Args:
            known_as: the text's digest.
        """
        found = self._known.pop(known_as, None)
        if found is None:
            found = find()
        self.add(known_as, found)
        return found

    def add(self, known_as: bytes, found: _Seen) -> None:
        self._known[known_as] = found  # it is the newest now
        if len(self._known) > self._most:
            self._known.pop(next(iter(self._known)), None)
