"""What was judged before: most paragraphs of a letter are the library's and come again in the next one.

A text is known again by a digest under a key of this process and is not kept itself, since a paragraph may
hold what a case says. What is kept of it are its citations of law and what the register says of them.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Hashable
from typing import Generic, TypeVar

_Judged = TypeVar("_Judged")
_MOST = 2_000
# A text with more citations than a paragraph has is judged anew, so that what is kept stays small.
_MOST_CITATIONS = 8


class JudgedBefore(Generic[_Judged]):
    """Verdicts by their text and all else that they depend on; those that were not asked for lately go."""

    def __init__(self, most: int = _MOST) -> None:
        self._key = os.urandom(64)
        self._most = most
        self._known: dict[Hashable, tuple[_Judged, ...]] = {}

    def __len__(self) -> int:
        return len(self._known)

    def key(self, text: str, *others: Hashable) -> Hashable:
        """A text and what its verdicts depend on beside it."""
        digest = hashlib.blake2b(text.encode("utf-8", "surrogatepass"), key=self._key, digest_size=32)
        return digest.digest(), others

    def find(self, key: Hashable) -> tuple[_Judged, ...] | None:
        """The verdicts of a text; None when it was not judged lately."""
        found = self._known.pop(key, None)
        if found is not None:
            self._known[key] = found  # it is the newest now
        return found

    def add(self, key: Hashable, judged: tuple[_Judged, ...]) -> None:
        if len(judged) > _MOST_CITATIONS:
            return
        self._known[key] = judged
        while len(self._known) > self._most:
            self._known.pop(next(iter(self._known)), None)
