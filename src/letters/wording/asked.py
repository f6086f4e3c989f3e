"""What the library asks of case files, read from `sagstype.yaml` and the heads of `grunde/*.md`."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from types import MappingProxyType

from letters.case.spec import TERMS, FieldSpec, FieldType, GroundSpec, Outcome
from letters.problems import N_
from letters.wording.library import OUTCOMES, AnswerWithin, Parts
from letters.wording.source import Group

_DAYS = re.compile(r"[1-9][0-9]{0,2}")
_TERMS = ("effective", "granted", "refused")


def read_fields(head: Group) -> dict[str, FieldSpec]:
    """`fields:` of a case type or a ground."""
    return {name: _field(name, group) for name, group in head.groups("fields", required=False)}


def _field(name: str, group: Group, *, in_row: bool = False) -> FieldSpec:
    kinds = {kind.value: kind for kind in FieldType if not (in_row and kind is FieldType.ROWS)}
    kind = kinds.get(group.choice("type", kinds), FieldType.TEXT)
    choices = group.group("choices", required=kind is FieldType.CHOICE).rest()
    columns = group.groups("columns") if kind is FieldType.ROWS else ()
    spec = FieldSpec(
        name,
        kind,
        group.text("title"),
        group.flag("required", default=True),
        group.text("example", required=False),
        choices,
        {column: _field(column, inner, in_row=True) for column, inner in columns},
    )
    group.finish()
    return spec


def read_parts(head: Group, routes: Iterable[str], fields: Mapping[str, FieldSpec]) -> Parts:
    """`parts:` of a case type."""
    titles, fixed, chosen = {}, {}, {}
    for code, group in head.groups("parts", required=False):
        titles[code] = group.text("title")
        if "route" in group:
            fixed[code] = group.choice("route", routes)
        elif "route_from" in group:
            field = group.choice("route_from", _choice_fields(fields))
            chosen[code] = field
            for route in fields[field].choices if field in fields else ():
                group.known("route_from", route, routes)
        group.finish()
    return Parts(titles, fixed, chosen)


def _choice_fields(fields: Mapping[str, FieldSpec]) -> list[str]:
    return [name for name, spec in fields.items() if spec.type is FieldType.CHOICE]


def read_terms(head: Group) -> Mapping[Outcome, tuple[str, ...]]:
    """`terms:` of a case type: what `decision` says of each outcome; left out, the usual."""
    if "terms" not in head:
        return TERMS
    group = head.group("terms")
    terms = {outcome: group.texts(word, known=_TERMS) for word, outcome in OUTCOMES.items() if word in group}
    group.finish()
    return MappingProxyType(terms)


def read_answer_within(head: Group, fields: Mapping[str, FieldSpec]) -> AnswerWithin | None:
    """`answer_within:` of a case type; None when it is left out."""
    if "answer_within" not in head:
        return None
    group = head.group("answer_within")
    days = group.text("working_days")
    if not _DAYS.fullmatch(days):
        message = N_("{name} is not {what}")
        group.report(
            "library.wrong-type", message, "working_days", name="working_days", what=N_("a number of days")
        )
    explained_by = group.choice("explained_by", fields)
    group.finish()
    return AnswerWithin(int(days), explained_by) if _DAYS.fullmatch(days) else None


def read_ground(
    head: Group, code: str, title: str, parts: Mapping[str, str], fields: Mapping[str, FieldSpec]
) -> GroundSpec:
    """The head of a ground's file.

    Args:
        fields: the case type's own, which `only:` may name.
    """
    outcomes = head.texts("outcomes", required=True, known=OUTCOMES)
    return GroundSpec(
        code,
        title,
        frozenset(OUTCOMES.get(word, Outcome.REJECTED) for word in outcomes),
        head.choice("part", parts),
        head.text("provision"),
        head.flag("discretionary"),
        read_fields(head),
        _only(head, fields),
    )


def _only(head: Group, fields: Mapping[str, FieldSpec]) -> Mapping[str, frozenset[str]]:
    """`only:` of a ground: choice field -> the choices it fits."""
    group = head.group("only", required=False)
    only = {}
    for name in group.names():
        if name in _choice_fields(fields):
            only[name] = frozenset(group.texts(name, required=True, known=fields[name].choices))
        else:
            message = N_("the case type has no choice field {field}")
            group.report("library.unknown-name", message, name, field=name)
            group.asked.add(name)
    group.finish()
    return only
