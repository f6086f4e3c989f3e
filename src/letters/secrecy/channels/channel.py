"""One text found in a document, and how it is to be judged."""

from __future__ import annotations

import enum
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import unquote

if TYPE_CHECKING:
    from letters.secrecy.channels.pieces import Pieces

# It begins with what is rare, so that a text is passed over at the speed of C.
_CAMEL = re.compile(r"[A-ZÆØÅ](?<=[a-zæøåé0-9].)")
_BETWEEN_WORDS = re.compile(r"(?<=[a-zæøåé0-9])(?=[A-ZÆØÅ])")

#: Files in files (an attached document with an attachment ...) are followed this deep.
MAX_DEPTH = 4
#: One document may hold this many bytes when everything in it is unpacked.
MAX_BYTES = 200_000_000


class Role(enum.Enum):
    """What a text is, which decides how strictly it is judged."""

    BODY = enum.auto()
    """What a reader reads: the party's own CPR number may stand here in a decision."""
    TEXT = enum.auto()
    """Other text for people: headers, comments, properties, alternative texts."""
    NAME = enum.auto()
    """Names of files, addresses of links."""
    MARKUP = enum.auto()
    """Values inside the file's own language, such as attributes; full of numbers that mean nothing."""
    NOISE = enum.auto()
    """What can be read in bytes that are no text."""


@dataclass(frozen=True, slots=True, repr=False)
class Channel:
    """One text of a document.

    Attributes:
        where: the place in the document; never a name that the document brings itself, which may be a secret.
        unit: what a line of `text` is, such as "line" or "paragraph"; empty when counting tells nothing.
        labels: one place for each line of `text`, more telling than `where`, worked out only for a finding;
            empty when there are none.
    """

    where: str
    text: str
    role: Role = Role.TEXT
    unit: str = ""
    labels: tuple[Callable[[], str], ...] = ()

    def __repr__(self) -> str:
        return f"<Channel {self.where}>"

    def place(self, line: int) -> str:
        """The place of a 0-based line."""
        if line < len(self.labels):
            return self.labels[line]()
        return f"{self.where}, {self.unit} {line + 1}" if self.unit else self.where


class Unreadable(Exception):
    """Something in a document cannot be read, so nobody knows what it holds.

    Attributes:
        where: the place in the document, without any name of its own.
        reason: a word for people: "encrypted", "damaged", "too large".
    """

    def __init__(self, where: str, reason: str) -> None:
        self.where = where
        self.reason = reason
        super().__init__(f"{where}: {reason}")


class Budget:
    """Counts unpacked bytes of one document, so that a small file cannot become endless.

    Args:
        pieces: what passes over pieces that are known to be clean; None reads all of them.
    """

    def __init__(self, limit: int = MAX_BYTES, pieces: Pieces | None = None) -> None:
        self.left = limit
        self.pieces = pieces

    def more(self) -> int:
        """So many bytes are unpacked at most: one more than may be taken, so that none is left out unseen."""
        return max(self.left, 0) + 1

    def take(self, size: int, where: str) -> None:
        """Raises: Unreadable: when the limit is passed."""
        self.left -= size
        if self.left < 0:
            raise Unreadable(where, "too large")


def spelled_out(name: str) -> str:
    """A name, its percent signs decoded, and its words divided at capitals: "BrevAmalNoor.pdf"."""
    plain = unquote(name) if "%" in name else name
    divided = plain if plain.islower() else _CAMEL.sub(r" \g<0>", plain)
    if divided == name:
        return name
    return "\t".join(dict.fromkeys((name, plain, divided)))


def all_spelled_out(names: Iterable[str]) -> list[str]:
    """Each of many names as `spelled_out` writes it, their words divided all together."""
    found = list(names)
    together = "\n".join(found)
    if "%" in together or together.count("\n") >= len(found):
        return list(map(spelled_out, found))
    divided = _BETWEEN_WORDS.sub(" ", together)
    if divided == together:
        return found
    return [
        name if name == words else f"{name}\t{words}"
        for name, words in zip(found, divided.split("\n"), strict=True)
    ]


#: Reads a file inside a file: its bytes, its place, how deep it lies, what may still be unpacked.
FileChannels = Callable[[bytes, str, int, Budget], Iterator[Channel]]
