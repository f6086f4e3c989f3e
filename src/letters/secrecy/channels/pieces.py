"""Pieces of documents that are the same in every letter, such as a letterhead's styles, fonts and pictures.

A piece that was read to its end, and in which nothing was found, need not be read again by a guard that looks
for the same. That is so for a guard without secrets, which looks only for what resembles a CPR number. What
is kept of such a piece is a digest under a key of this process, and how many bytes it unpacked to; never a
text. A guard with secrets reads everything anew.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Iterator

from letters.secrecy.channels.channel import Budget, Channel, Role

_MOST = 2_000


class CleanPieces:
    """Digests of clean pieces, those that came up lately.

    Args:
        most: so many are kept.
    """

    def __init__(self, most: int = _MOST) -> None:
        self._key = os.urandom(64)
        self._most = most
        self._taken: dict[bytes, int] = {}

    def __len__(self) -> int:
        return len(self._taken)

    def digest(self, kind: str, contents: bytes) -> bytes:
        """A piece by all that its reading depends on."""
        about = hashlib.blake2b(key=self._key, digest_size=32)
        about.update(f"{len(kind)} {kind}".encode("utf-8", "surrogatepass"))
        about.update(contents)
        return about.digest()

    def taken(self, digest: bytes) -> int | None:
        """How many bytes a clean piece took of its document's budget; None when it is not known."""
        taken = self._taken.pop(digest, None)
        if taken is not None:
            self._taken[digest] = taken  # it is the newest now
        return taken

    def add(self, digest: bytes, taken: int) -> None:
        self._taken[digest] = taken
        while len(self._taken) > self._most:
            self._taken.pop(next(iter(self._taken)), None)


class Pieces:
    """Reads the pieces of one document and passes over the clean ones.

    Whoever takes the channels adds to `told` for each finding before asking for the next channel.
    """

    def __init__(self, clean: CleanPieces) -> None:
        self._clean = clean
        self.told = 0

    def channels(
        self, kind: str, contents: bytes, budget: Budget, where: str, read: Iterator[Channel]
    ) -> Iterator[Channel]:
        """The texts of a piece; none when it is known to be clean.

        What a reader reads is never passed over: it may hold the party's own number, and is another one in
        every letter.

        Args:
            kind: how the piece is read, and all that this depends on beside its contents.
            read: reads it; not touched when it is passed over.
        Raises:
            Unreadable: as `read` does; also when what is passed over would be too large for the document.
        """
        digest = self._clean.digest(kind, contents)
        taken = self._clean.taken(digest)
        if taken is not None:
            budget.take(taken, where)
            return
        told, left, body = self.told, budget.left, False
        for channel in read:
            body = body or channel.role is Role.BODY
            yield channel
        if self.told == told and not body:
            self._clean.add(digest, left - budget.left)

    def is_clean(self, kind: str, contents: bytes, look: Callable[[], bool]) -> bool:
        """Whether nothing is in a piece whose text is not told; looked through only when it is not known.

        Args:
            kind: as in `channels`.
            look: whether it is clean.
        """
        digest = self._clean.digest(kind, contents)
        if self._clean.taken(digest) is not None:
            return True
        if not look():
            return False
        self._clean.add(digest, 0)
        return True


def of_piece(
    kind: str, contents: bytes, budget: Budget, where: str, read: Iterator[Channel]
) -> Iterator[Channel]:
    """The texts of a piece, by the `Pieces` of its document if it has any; see there."""
    pieces = budget.pieces
    return read if pieces is None else pieces.channels(kind, contents, budget, where, read)
