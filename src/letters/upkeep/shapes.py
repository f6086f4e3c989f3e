"""What a name of the wording language can hold, before any case is there."""

from __future__ import annotations

import enum
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import reduce
from types import MappingProxyType


class Kind(enum.Enum):
    """The kinds of values. NOTHING: a name that a kind of letter always leaves out."""

    TEXT = "text"
    DATE = "a date"
    NUMBER = "a number"
    YES_NO = "yes or no"
    PROSE = "prose"
    LIST = "a list"
    RECORD = "a group of fields"
    NOTHING = "nothing"


_NO_FIELDS: Mapping[str, Shape] = MappingProxyType({})


@dataclass(frozen=True)
class Shape:
    """What a value can be.

    Attributes:
        optional: a case may leave it out.
        values: the texts it can be; None for any.
        fields: of a group of fields, and the forms of a term.
        alternatives: of a group of fields that is one of several kinds; `fields` is empty then.
        item: of a list.
        empty: whether a list can have nothing in it.
        partial: there in some cases only; where it is not, its name is undefined.
        open: of a group that its owners may add names to: any name may be asked for with `is defined`.
        origin: the field of the library that it comes from: a ground's file, a colon, the field.
    """

    kind: Kind
    optional: bool = False
    values: frozenset[str] | None = None
    fields: Mapping[str, Shape] = field(default_factory=lambda: _NO_FIELDS)
    alternatives: tuple[Shape, ...] = ()
    item: Shape | None = None
    empty: bool = True
    partial: bool = False
    open: bool = False
    origin: str = ""

    @property
    def names(self) -> tuple[str, ...]:
        """The names below it."""
        if self.alternatives:
            return tuple(dict.fromkeys(name for one in self.alternatives for name in one.names))
        return tuple(self.fields)

    def get(self, name: str) -> Shape | None:
        """What stands below it; None when there is no such name."""
        if not self.alternatives:
            return self.fields.get(name)
        found = [one.get(name) for one in self.alternatives]
        there = [one for one in found if one is not None]
        return joined(there, partial=len(there) < len(found)) if there else None

    @property
    def can_be_true(self) -> bool:
        """Whether a test of it can come out true."""
        if self.kind is Kind.LIST:
            return self.item is not None
        return self.kind is not Kind.NOTHING and self.values != frozenset({""})

    @property
    def can_be_false(self) -> bool:
        if self.optional or self.kind in (Kind.NOTHING, Kind.YES_NO):
            return True
        if self.kind is Kind.NUMBER:
            return False  # a wording's zero is an object of its own, and true
        return self.kind is Kind.LIST and (self.empty or self.item is None)

    def present(self) -> Shape:
        """The same where a test of it came out true."""
        if self.kind is Kind.LIST:
            return replace(self, optional=False, empty=False)
        return replace(self, optional=False, partial=False)

    def absent(self) -> Shape:
        """The same where a test of it came out false."""
        if self.kind is Kind.LIST and not self.optional:
            return replace(self, item=None)
        return self if self.kind is Kind.YES_NO else replace(self, kind=Kind.NOTHING, optional=True)

    def narrowed(self, name: str, values: frozenset[str]) -> Shape | None:
        """A group whose text `name` is one of `values`; None when it cannot be."""
        if not self.alternatives:
            one = self.fields.get(name)
            if one is None:
                return self
            left = values if one.values is None else one.values & values
            return replace(self, fields={**self.fields, name: replace(one, values=left)}) if left else None
        kept = [found for one in self.alternatives if (found := one.narrowed(name, values)) is not None]
        return replace(self, alternatives=tuple(kept)) if kept else None


def joined(shapes: Iterable[Shape], *, partial: bool = False) -> Shape:
    """What a value is that is one of several."""
    one = reduce(_join, shapes)
    return replace(one, partial=True) if partial else one


def _join(one: Shape, other: Shape) -> Shape:
    if Kind.NOTHING in (one.kind, other.kind):
        there = other if one.kind is Kind.NOTHING else one
        return replace(there, optional=True)
    if one.kind is not other.kind:
        return replace(one, kind=Kind.TEXT, values=None, fields=_NO_FIELDS, item=None)
    values = None if one.values is None or other.values is None else one.values | other.values
    fields = {
        name: joined(found, partial=len(found) < 2)
        for name in dict.fromkeys((*one.fields, *other.fields))
        if (found := [s for s in (one.fields.get(name), other.fields.get(name)) if s is not None])
    }
    items = [item for item in (one.item, other.item) if item is not None]
    return Shape(
        one.kind,
        one.optional or other.optional,
        values,
        fields,
        (*one.alternatives, *other.alternatives),
        joined(items) if items else None,
        one.empty or other.empty,
        one.partial or other.partial,
        one.open or other.open,
        one.origin or other.origin,
    )


def text(*values: str, optional: bool = False, origin: str = "") -> Shape:
    """A text; one of some when they are named."""
    return Shape(Kind.TEXT, optional, frozenset(values) if values else None, origin=origin)


def record(fields: Mapping[str, Shape]) -> Shape:
    """A group of fields."""
    return Shape(Kind.RECORD, fields=fields)


def list_of(item: Shape | None, *, empty: bool = True, optional: bool = False, origin: str = "") -> Shape:
    """A list; `item` is None for one that is always empty."""
    return Shape(Kind.LIST, optional, item=item, empty=empty, origin=origin)


YES_NO = Shape(Kind.YES_NO)
NOTHING = Shape(Kind.NOTHING, optional=True)
PROSE = Shape(Kind.PROSE)
NUMBER = Shape(Kind.NUMBER)
