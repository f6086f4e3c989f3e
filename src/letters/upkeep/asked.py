"""What the library asks for and never uses: fields of case files, terms, complaint routes."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from letters.case.spec import FieldSpec, FieldType
from letters.problems import N_, Place, Problem, Severity
from letters.upkeep.names import TERM, route_codes
from letters.upkeep.walk import Seen
from letters.wording.library import CaseType, Library

#: Where a key stands: a file of the library, and the path of keys in it.
Locate = Callable[[str, tuple[str | int, ...]], Place]

#: These decide what a wording says; the others are said themselves.
_DECIDING = frozenset({FieldType.CHOICE, FieldType.YES_NO, FieldType.ROWS})


def asked_problems(library: Library, seen: Seen, locate: Locate) -> Iterator[Problem]:
    """Everything that is asked for in vain."""
    for case_type in library.case_types.values():
        path = f"{library.root}/{case_type.code}/sagstype.yaml"
        known = _used_by_code(case_type)
        owner = f"{case_type.code}/sagstype"
        yield from _fields(case_type.spec.fields, owner, path, seen, locate, known)
        for code, ground in case_type.spec.grounds.items():
            name = case_type.ground_names[code]
            yield from _fields(ground.fields, name, library.files[name][-1].path, seen, locate)
    yield from _terms(library, seen, locate)
    yield from _routes(library, locate)


def _used_by_code(case_type: CaseType) -> frozenset[str]:
    """The fields that choose a complaint route or a ground."""
    only = {name for ground in case_type.spec.grounds.values() for name in ground.only}
    return frozenset({*case_type.parts.route_fields.values(), *only})


def _fields(
    specs: Mapping[str, FieldSpec],
    owner: str,
    path: str,
    seen: Seen,
    locate: Locate,
    known: frozenset[str] = frozenset(),
) -> Iterator[Problem]:
    for name, spec in specs.items():
        origin = f"{owner}:{name}"
        if name not in known and not _is_used(spec, origin, seen):
            yield _unused(name, spec, locate(path, ("fields", name)), tested=origin in seen.uses)
        for column, inner in spec.columns.items():
            if origin in seen.uses and not _is_used(inner, f"{origin}.{column}", seen):
                place = locate(path, ("fields", name, "columns", column))
                yield _unused(f"{name}.{column}", inner, place, tested=f"{origin}.{column}" in seen.uses)


def _is_used(spec: FieldSpec, origin: str, seen: Seen) -> bool:
    return origin in (seen.uses if spec.type in _DECIDING else seen.printed)


def _unused(name: str, spec: FieldSpec, place: Place, *, tested: bool) -> Problem:
    message = (
        N_("the field {name} ({title}) is asked for and tested, but never printed")
        if tested
        else N_("the field {name} ({title}) is asked for, and no wording uses it")
    )
    help_ = N_("print it, or take it out: a caseworker fills it in for nothing")
    args = {"name": name, "title": spec.title}
    return Problem("template.field-unused", Severity.ERROR, message, place, args, help_)


def _terms(library: Library, seen: Seen, locate: Locate) -> Iterator[Problem]:
    for code in library.terms:
        if f"{TERM}{code}" not in seen.uses:
            message = N_("no wording uses the term {name}")
            help_ = N_("write {{{{ ord.{name} }}}} where the word stands, or take the term out")
            place = locate(f"{library.root}/ordliste.yaml", ("terms", code))
            yield Problem("library.term-unused", Severity.ERROR, message, place, {"name": code}, help_)


def _routes(library: Library, locate: Locate) -> Iterator[Problem]:
    used = {code for case_type in library.case_types.values() for code in route_codes(case_type)}
    for code in library.routes.keys() - used:
        message = N_("no case type uses the complaint route {name}")
        help_ = N_("name it under parts: in a sagstype.yaml, or take it out")
        place = locate(f"{library.root}/klageveje.yaml", ("routes", code))
        yield Problem("library.route-unused", Severity.ERROR, message, place, {"name": code}, help_)
