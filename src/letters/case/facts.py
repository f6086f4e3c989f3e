"""The fields that the library asks for (`facts`): read by their types, each fault at its place."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import Any

from letters.case.fields import FieldError, iso_date, kroner, plain_text, prose_text, whole_number, yes_no
from letters.case.forms import choice_help, of_fault, unknown
from letters.case.models import FactValue
from letters.case.spec import FieldSpec, FieldType
from letters.case.tree import Path, Tree, fatal, nearest, shown
from letters.problems import N_, Problem

MOST_ENTRIES = 200


def read_facts(
    tree: Tree, path: Path, specs: Mapping[str, FieldSpec], problems: list[Problem]
) -> Mapping[str, Any]:
    """The typed values of a group of facts.

    Args:
        path: where the group stands; it may be missing.
        problems: takes up what is wrong. A group that is no group is told elsewhere.
    """
    given = tree.at(path)
    values: dict[str, FactValue] = {}
    if path in tree.empty or not isinstance(given, dict | None):
        return values
    for name, spec in specs.items():
        where = (*path, name)
        if where in tree.empty:
            continue
        if given is None or name not in given:
            problems += _missing(tree, where, spec)
            continue
        try:
            values[name] = _value(tree, where, spec, problems)
        except FieldError as fault:
            problems.append(of_fault(fault, tree, (*where, *fault.inside)))
    for name in given or ():
        if name not in specs:
            problems.append(unknown("case.unknown-fact", tree, (*path, name), name, specs, key=True))
    return MappingProxyType(values)


def _missing(tree: Tree, path: Path, spec: FieldSpec) -> Iterator[Problem]:
    if spec.required:
        in_row = isinstance(path[-2], int)
        yield fatal(
            "case.fact-missing",
            N_('the field "{name}" is missing: {title}'),
            tree.place(path),
            help=N_("add it to this entry of the list") if in_row else N_("add it under `facts:`"),
            name=spec.name,
            title=spec.title,
        )


def _value(tree: Tree, path: Path, spec: FieldSpec, problems: list[Problem]) -> FactValue:
    if spec.type is FieldType.ROWS:
        return _rows(tree, path, spec, problems)
    return fact_value(tree.at(path), spec)


def _rows(tree: Tree, path: Path, spec: FieldSpec, problems: list[Problem]) -> tuple[Mapping[str, Any], ...]:
    rows = []
    for index, entry in enumerate(_entries(tree.at(path))):
        where = (*path, index)
        if where not in tree.empty and not isinstance(entry, dict):
            message = N_("here a group of fields is expected")
            help = N_("begin each entry with a dash and its first field: `- name: ...`")
            problems.append(fatal("case.wrong-type", message, tree.place(where), help=help))
        rows.append(read_facts(tree, where, spec.columns, problems))
    return tuple(rows)


def fact_value(value: object, spec: FieldSpec) -> FactValue:
    """A single fact as the library's type says; rows are read by `read_facts`.

    Raises:
        FieldError: when the value is no such thing.
    """
    match spec.type:
        case FieldType.PROSE:
            return prose_text(value)
        case FieldType.DATE:
            return iso_date(value)
        case FieldType.NUMBER:
            return whole_number(value)
        case FieldType.KRONER:
            return kroner(value)
        case FieldType.YES_NO:
            return yes_no(value)
        case FieldType.CHOICE:
            return _chosen(value, spec)
        case FieldType.TEXTS:
            return _texts(value)
        case _:
            return plain_text(value)


def _chosen(value: object, spec: FieldSpec) -> str:
    code = plain_text(value)
    if code not in spec.choices:
        near = nearest(code, spec.choices)
        known = sorted(spec.choices)
        raise FieldError(
            "case.unknown-choice",
            N_('"{value}" is not known here'),
            choice_help(near, known),
            value=shown(code),
            near=near or "",
            known=", ".join(known),
        )
    return code


def _texts(value: object) -> tuple[str, ...]:
    texts = []
    for index, entry in enumerate(_entries(value)):
        try:
            texts.append(plain_text(entry))
        except FieldError as fault:
            fault.inside = (index,)
            raise
    return tuple(texts)


def _entries(value: object) -> list[object]:
    """The entries of a list.

    Raises:
        FieldError: when it is no list, empty or too long.
    """
    if not isinstance(value, list):
        message = N_("here a list is expected")
        raise FieldError("case.wrong-type", message, N_('begin each entry on a line of its own with "- "'))
    if not 0 < len(value) <= MOST_ENTRIES:
        message = N_("the list has no entries, or more than {limit}")
        help = N_("write at least one entry, or leave the field out")
        raise FieldError("case.too-many", message, help, limit=MOST_ENTRIES)
    return value
