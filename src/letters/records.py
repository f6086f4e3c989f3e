"""Plain data -> frozen values: mappings read as `msgspec.Struct`s, with everything that is wrong at once.

msgspec's own `convert` stops at the first fault, while somebody who fills in a file wants to hear of all,
each where it stands. So groups, lists and choices are walked through here, and the values in them are read by
functions that the types name (`Read`) or, where they name none, by msgspec.

What a type may be made of: a Struct; `tuple[X, ...]` or `list[X]`; a Literal; `X | None`; a union of Structs
that differ in one Literal field; `Annotated[X, Read(function)]`; and what msgspec reads by itself.
`msgspec.Meta` gives a field's title and description and a list's length.
"""

from __future__ import annotations

import enum
import types
import typing
from collections.abc import Callable, Mapping
from functools import cache
from typing import Any, TypeVar

import msgspec
from msgspec import Meta, Struct

_T = TypeVar("_T", bound=Struct)

Path = tuple[str | int, ...]


class Read(Struct, frozen=True):
    """Says which function reads a value.

    Attributes:
        by: from what the file holds to the value; raises ValueError for what is none.
    """

    by: Callable[[Any], object]


class Wrong(enum.Enum):
    """What can be wrong with plain data."""

    MISSING = "missing"
    UNKNOWN_KEY = "unknown key"
    NO_GROUP = "no group of fields"
    NO_LIST = "no list"
    TOO_FEW = "too few"
    TOO_MANY = "too many"
    NO_CHOICE = "none of the known words"
    VALUE = "value"


class Fault(Struct, frozen=True):
    """What keeps data from being read.

    Attributes:
        path: where it is; what is missing has the path it should have.
        known: the words or keys that could stand there.
        limit: how many there may be at most; None where it is not about that.
        error: what the function that reads the value said; None where there was none.
    """

    path: Path
    wrong: Wrong
    known: tuple[str, ...] = ()
    limit: int | None = None
    error: ValueError | None = None


class Unreadable(ValueError):
    """Data that is no value of its type.

    Attributes:
        faults: all that is wrong, in the order in which the type has its fields.
    """

    def __init__(self, faults: tuple[Fault, ...]) -> None:
        super().__init__(f"{len(faults)} faults")
        self.faults = faults


def read(data: object, type_: type[_T]) -> _T:
    """Read plain data as a Struct.

    Args:
        data: as YAML and JSON readers give it: dict, list and scalars.
    Raises:
        Unreadable: with every fault.
    """
    faults: list[Fault] = []
    value = _reader(type_)(data, (), faults)
    if faults:
        raise Unreadable(tuple(faults))
    return typing.cast(_T, value)


# What the types say


class Field(Struct, frozen=True):
    """A field of a Struct.

    Attributes:
        key: what it is called in the data.
        type: its annotation, without the `Meta` of the field itself.
        default: None also where it is required.
        least, most: how many a list may hold; None: any number.
    """

    name: str
    key: str
    type: Any
    required: bool
    default: object = None
    title: str = ""
    description: str = ""
    least: int | None = None
    most: int | None = None


@cache
def fields_of(struct: type[Struct]) -> Mapping[str, Field]:
    """Name -> field, in the order in which the fields are written."""
    return {info.name: _field(info) for info in msgspec.structs.fields(struct)}


def _field(info: msgspec.structs.FieldInfo) -> Field:
    annotation, metas = info.type, []
    if typing.get_origin(annotation) is typing.Annotated:
        inner, *extras = typing.get_args(annotation)
        metas = [extra for extra in extras if isinstance(extra, Meta)]
        others = tuple(extra for extra in extras if not isinstance(extra, Meta) or _bounds(extra, inner))
        annotation = typing.Annotated[(inner, *others)] if others else inner
    default = info.default
    if info.default_factory is not msgspec.NODEFAULT:
        default = typing.cast("Callable[[], object]", info.default_factory)()
    return Field(
        info.name,
        info.encode_name,
        annotation,
        info.required,
        None if default is msgspec.NODEFAULT else default,
        next((meta.title for meta in metas if meta.title), ""),
        next((meta.description for meta in metas if meta.description), ""),
        next((meta.min_length for meta in metas if meta.min_length is not None), None),
        next((meta.max_length for meta in metas if meta.max_length is not None), None),
    )


def _bounds(meta: Meta, inner: object) -> bool:
    """Whether this bounds a scalar, which msgspec holds."""
    if any(typing.get_origin(one) in (tuple, list) for one in members(inner)):
        return False
    bounds = (meta.gt, meta.ge, meta.lt, meta.le, meta.multiple_of, meta.pattern, meta.min_length)
    return any(bound is not None for bound in (*bounds, meta.max_length))


def members(annotation: object) -> tuple[Any, ...]:
    """The types of a union without None; of anything else, itself."""
    if typing.get_origin(annotation) in (typing.Union, types.UnionType):
        return tuple(one for one in typing.get_args(annotation) if one is not type(None))
    return (annotation,)


def choices(annotation: object) -> tuple[str, ...]:
    """The words of a Literal, or of the Literals in it; empty where it has none."""
    if typing.get_origin(annotation) is typing.Literal:
        return tuple(str(word) for word in typing.get_args(annotation))
    return tuple(word for inner in typing.get_args(annotation) for word in choices(inner))


def read_by(annotation: object) -> Callable[[Any], object] | None:
    """The function that reads a scalar, or what a list or an optional holds; None where there is none."""
    if typing.get_origin(annotation) is typing.Annotated:
        for extra in typing.get_args(annotation)[1:]:
            if isinstance(extra, Read):
                return extra.by
    return next((by for inner in typing.get_args(annotation) if (by := read_by(inner))), None)


# Reading

_Reader = Callable[[object, Path, list[Fault]], object]


@cache
def _reader(annotation: Any) -> _Reader:  # noqa: ANN401 - any type
    alternatives = members(annotation)
    if alternatives != (annotation,):
        return _or_none(
            _one_of(alternatives) if len(alternatives) > 1 else _reader(alternatives[0]), annotation
        )
    if isinstance(annotation, type) and issubclass(annotation, Struct):
        return _group(annotation)
    origin = typing.get_origin(annotation)
    if origin is typing.Literal:
        return _word(annotation)
    if origin in (tuple, list):
        return _list(annotation, None, None)
    by = read_by(annotation) if origin is typing.Annotated else None
    return _scalar(by or (lambda value: msgspec.convert(value, annotation)))


def _or_none(reader: _Reader, annotation: object) -> _Reader:
    if type(None) not in typing.get_args(annotation):
        return reader
    return lambda value, path, faults: None if value is None else reader(value, path, faults)


def _scalar(by: Callable[[Any], object]) -> _Reader:
    def read_scalar(value: object, path: Path, faults: list[Fault]) -> object:
        try:
            return by(value)
        except ValueError as error:
            faults.append(Fault(path, Wrong.VALUE, error=error))
            return None

    return read_scalar


def _word(annotation: object) -> _Reader:
    words = typing.get_args(annotation)

    def read_word(value: object, path: Path, faults: list[Fault]) -> object:
        if isinstance(value, str) and value in words:
            return value
        faults.append(Fault(path, Wrong.NO_CHOICE, words))
        return None

    return read_word


def _list(annotation: object, least: int | None, most: int | None) -> _Reader:
    item, make = _reader(typing.get_args(annotation)[0]), typing.get_origin(annotation)

    def read_list(value: object, path: Path, faults: list[Fault]) -> object:
        if not isinstance(value, list | tuple):
            faults.append(Fault(path, Wrong.NO_LIST))
        elif most is not None and len(value) > most:
            faults.append(Fault(path, Wrong.TOO_MANY, limit=most))
        elif least is not None and len(value) < least:
            faults.append(Fault(path, Wrong.TOO_FEW, limit=least))
        else:
            return typing.cast("Callable[[Any], object]", make)(
                item(one, (*path, index), faults) for index, one in enumerate(value)
            )
        return None

    return read_list


def _group(struct: type[Struct]) -> _Reader:
    fields = tuple(fields_of(struct).values())
    keys = frozenset(field.key for field in fields)
    readers: list[tuple[Field, _Reader]] = []  # made when it is read: a group may hold one of its own kind

    def read_group(value: object, path: Path, faults: list[Fault]) -> object:
        if not isinstance(value, dict):
            faults.append(Fault(path, Wrong.NO_GROUP))
            return None
        if not readers:
            readers[:] = [(field, _field_reader(field)) for field in fields]
        before = len(faults)
        found: dict[str, object] = {}
        for field, reader in readers:
            if field.key in value:
                found[field.name] = reader(value[field.key], (*path, field.key), faults)
            elif field.required:
                faults.append(Fault((*path, field.key), Wrong.MISSING))
        if not keys.issuperset(value):
            known = tuple(sorted(keys.difference(value)))
            faults += (Fault((*path, key), Wrong.UNKNOWN_KEY, known) for key in value if key not in keys)
        if len(faults) > before:
            return None
        try:
            return struct(**found)
        except ValueError as error:
            faults.append(Fault(path, Wrong.VALUE, error=error))
            return None

    return read_group


def _field_reader(field: Field) -> _Reader:
    (first, *more) = members(field.type)
    if more or typing.get_origin(first) not in (tuple, list):
        return _reader(field.type)
    return _or_none(_list(first, field.least, field.most), field.type)


def _one_of(structs: tuple[Any, ...]) -> _Reader:
    """Structs that differ in the words of one field."""
    named = [{name for name, field in fields_of(one).items() if choices(field.type)} for one in structs]
    tag = next(name for name in fields_of(structs[0]) if all(name in names for names in named))
    by_word = {word: _reader(one) for one in structs for word in choices(fields_of(one)[tag].type)}

    def read_one(value: object, path: Path, faults: list[Fault]) -> object:
        if not isinstance(value, dict):
            faults.append(Fault(path, Wrong.NO_GROUP))
        elif tag not in value:
            faults.append(Fault((*path, tag), Wrong.MISSING))
        elif not isinstance(value[tag], str) or value[tag] not in by_word:
            faults.append(Fault((*path, tag), Wrong.NO_CHOICE, tuple(by_word)))
        else:
            return by_word[value[tag]](value, path, faults)
        return None

    return read_one
