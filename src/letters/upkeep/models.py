"""The case file's types as shapes: what of a case every wording sees."""

from __future__ import annotations

import datetime as dt
import types
import typing
from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal
from functools import cache

from letters.case.confidential import Basis, ConfidentialAppendix, Person
from letters.case.fields import CivilNumber, ProseText
from letters.case.models import Granted, Hearing, Model, PartlyGranted, Rejected, Reply
from letters.records import Field, fields_of
from letters.upkeep.shapes import NOTHING, PROSE, YES_NO, Kind, Shape, joined, list_of, record, text

#: Key of `wordings:` in sagstype.yaml -> the type of its case files.
MODELS: Mapping[str, type[Model]] = {
    "granted": Granted,
    "partly-granted": PartlyGranted,
    "rejected": Rejected,
    "hearing": Hearing,
    "reply": Reply,
}
# What the library types, or the view takes out (`wording.view`, `wording.confidential`).
_ELSEWHERE = frozenset({"facts", "reasons", "questions"})
_NEVER_PRINTED = frozenset({"other_names", "address", "phone", "email", "protected"})


@cache
def model_names(model: type[Model]) -> Mapping[str, Shape]:
    """The names that a case file of a type gives to its wording."""
    return {name: shape for name, shape in _fields(model).items() if name not in _ELSEWHERE}


@cache
def appendix_names() -> Mapping[str, Shape]:
    """The names that an appendix's case file gives to its wording."""
    return _fields(ConfidentialAppendix)


@cache
def extract_names() -> Mapping[str, Shape]:
    """The same for an extract: one person, and the organisations that may know of them."""
    names = dict(appendix_names())
    receivers = names["recipients"]
    if receivers.item is not None:
        own = {name: shape for name, shape in receivers.item.fields.items() if name != "title"}
        own["organisation"], own["title"] = own["organisation"].present(), NOTHING
        own["basis"] = replace(own["basis"], empty=False)
        names["recipients"] = replace(receivers, item=record(own))
    names["opening"] = NOTHING
    return names


@cache
def _fields(model: type[Model]) -> Mapping[str, Shape]:
    hidden = _NEVER_PRINTED if model is Person else frozenset()
    return {name: _field(model, field) for name, field in fields_of(model).items() if name not in hidden}


def _field(model: type[Model], field: Field) -> Shape:
    if model is Basis and field.name == "people":
        return list_of(record({"name": text()}), empty=False)
    shape = _of(field.type)
    return replace(shape, empty=not field.least) if shape.kind is Kind.LIST else shape


def _of(hint: object) -> Shape:
    if hint == ProseText:
        return PROSE
    if hint is CivilNumber:
        return text()
    if hint is type(None):
        return NOTHING
    origin, args = typing.get_origin(hint), typing.get_args(hint)
    if origin is typing.Annotated:
        return _of(args[0])
    if origin is typing.Literal:
        return text(*args)
    if origin in (typing.Union, types.UnionType):
        return _union([_of(one) for one in args])
    if origin is tuple:
        return list_of(_of(args[0]))
    if hint is Basis:
        return _basis()
    if isinstance(hint, type) and issubclass(hint, Model):
        return record(_fields(hint))
    return _PLAIN.get(hint, record({}))


def _basis() -> Shape:
    """A right of access has a provision; what the reader checks, the type alone does not say."""
    fields = _fields(Basis)
    kinds = fields["kind"].values or frozenset()
    access = frozenset({"right-of-access"})
    others = record({**fields, "kind": text(*(kinds - access))})
    own = record({**fields, "kind": text(*access), "provision": fields["provision"].present()})
    return Shape(Kind.RECORD, alternatives=(others, own))


def _union(shapes: list[Shape]) -> Shape:
    groups = [one for one in shapes if one.kind is Kind.RECORD]
    if len(groups) < 2:
        return joined(shapes)
    one = Shape(Kind.RECORD, alternatives=tuple(groups))
    return replace(one, optional=len(groups) < len(shapes))


_PLAIN: Mapping[object, Shape] = {
    str: text(),
    bool: YES_NO,
    dt.date: Shape(Kind.DATE),
    int: Shape(Kind.NUMBER),
    Decimal: Shape(Kind.NUMBER),
}
