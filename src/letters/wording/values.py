"""The values a wording sees, and nothing else: the sandbox lets templates touch only these.

Each value that came from the case file remembers its field, so that the Letter knows which words came from
data and a problem can point at the case file's line.
"""

from __future__ import annotations

import datetime as dt
import functools
from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Self

from msgspec import Struct

from letters.document.model import Block
from letters.document.walk import lines, plain, with_inner


class Merged(str):
    """A text value ready to be printed.

    Attributes:
        field: the case field it came from; None when the library or the program wrote it.
    """

    __slots__ = ("field",)

    field: str | None

    def __new__(cls, text: str, field: str | None = None) -> Self:
        self = super().__new__(cls, text)
        self.field = field
        return self


class Term(Merged):
    """A text with forms that a template may ask for: `ord.program.bestemt`, or the code of a choice."""

    __slots__ = ("forms",)

    forms: Mapping[str, str]

    @classmethod
    def of(cls, text: str, forms: Mapping[str, str], field: str | None = None) -> Self:
        self = cls(text, field)
        self.forms = forms
        return self


def field_of(value: object) -> str | None:
    """The case field a value came from, or None."""
    return getattr(value, "field", None)


@functools.total_ordering
class CaseDate(Struct, frozen=True):
    """A date, printable only through `|dato`."""

    value: dt.date
    field: str | None = None

    def __lt__(self, other: object) -> bool:
        return self.value < other.value if isinstance(other, CaseDate) else NotImplemented


@functools.total_ordering
class CaseNumber(Struct, frozen=True):
    """A number, printable only through `|antal`, `|kroner` or `|talord`."""

    value: int | Decimal
    field: str | None = None

    def __lt__(self, other: object) -> bool:
        if isinstance(other, CaseNumber):
            return self.value < other.value
        return self.value < other if isinstance(other, int | Decimal) else NotImplemented

    def __eq__(self, other: object) -> bool:
        return self.value == (other.value if isinstance(other, CaseNumber) else other)

    def __hash__(self) -> int:
        return hash(self.value)


class Prose(Struct, frozen=True):
    """Finished blocks that a wording prints as a whole: a prose field, or the list of questions."""

    blocks: tuple[Block, ...]
    field: str | None = None

    @property
    def length(self) -> int:
        """How many characters it prints, about."""
        return sum(
            len(plain(line)) for block in self.blocks for inner in with_inner(block) for line in lines(inner)
        )


class Record:
    """Named values, read in a template as `record.name`. It has no attributes of its own to reach for."""

    __slots__ = ("__values",)

    def __init__(self, values: Mapping[str, object]) -> None:
        self.__values = dict(values)

    def __getitem__(self, name: str) -> object:
        return self.__values[name]

    def __contains__(self, name: object) -> bool:
        return name in self.__values

    def __iter__(self) -> Iterator[str]:
        return iter(self.__values)

    def __bool__(self) -> bool:
        return True
