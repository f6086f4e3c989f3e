"""Loading the register of acts: `love/*.yaml` of a library, one file an act.

Everything that is wrong is reported at once with file and line, and then nothing is loaded: a register that
contradicts itself cannot vouch for a letter.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import combinations
from pathlib import Path as FilePath
from typing import TypeVar

import yaml

from letters.kept import NOTHING, Kept, Maker
from letters.law.acts import (
    Act,
    AmendingAct,
    ComplaintRoute,
    Origin,
    Period,
    Provision,
    Register,
    TermChange,
    Version,
    key,
)
from letters.law.citation import Unit
from letters.law.fields import Fields
from letters.law.writing import genitive, write_path
from letters.law.yaml_reader import fault, read_yaml
from letters.problems import N_, Problem, TemplateError

_NO_BODY = "ingen"  # said outright: a forgotten body must not read as "cannot be appealed"
_UNITS = {unit.value: unit for unit in Unit}


_MAKER = Maker(("law",), ("yaml",), (getattr(yaml, "__with_libyaml__", False),))


def load_register(directory: FilePath, kept: Kept = NOTHING) -> Register:
    """Read every `*.yaml` of a directory.

    Args:
        kept: where a register without faults is kept between runs.
    Raises:
        TemplateError: with every problem of every file.
    """
    files: dict[str, str] = {}
    problems: list[Problem] = []
    for path in sorted(directory.glob("*.yaml")):
        try:
            files[str(path)] = path.read_text("utf-8")
        except (OSError, UnicodeDecodeError):
            problems.append(fault("unreadable", N_("the file cannot be read as UTF-8 text"), str(path), None))
    if problems:
        raise TemplateError(problems)
    made_of = [part for file in files.items() for part in file]
    acts = kept.get("law", _MAKER, made_of, tuple[Act, ...])
    if acts is not None:
        return Register(acts)
    register = read_register(files)
    kept.put("law", _MAKER, made_of, register.acts)
    return register


def read_register(files: Mapping[str, str]) -> Register:
    """Make a register of file name -> text.

    Raises:
        TemplateError: with every problem of every file.
    """
    problems: list[Problem] = []
    acts = [act for file, text in files.items() if (act := _read_file(text, file, problems)) is not None]
    for act in acts:
        problems.extend(_act_problems(act))
    problems.extend(_name_problems(acts))
    problems.extend(_cycles(acts))
    if problems:
        raise TemplateError(problems)
    return Register(tuple(acts))


# Reading


def _read_file(text: str, file: str, problems: list[Problem]) -> Act | None:
    try:
        fields = Fields(read_yaml(text, file), file, problems)
    except TemplateError as error:
        problems.extend(error.problems)
        return None
    act = _act(fields)
    fields.close()
    return act


def _act(fields: Fields) -> Act:
    name = fields.text("name", required=True)
    return Act(
        name=name,
        title=fields.text("title", required=True),
        genitive=fields.text("genitive") or genitive(name),
        aliases=fields.texts("aliases"),
        source=fields.source(),
        versions=tuple(_each(fields, "versions", _version)),
        amendments=tuple(_each(fields, "amendments", _amendment)),
        provisions=tuple(_each(fields, "provisions", _provision)),
        complaints=tuple(_each(fields, "complaints", _complaint)),
        origin=fields.origin,
    )


_T = TypeVar("_T")


def _each(fields: Fields, name: str, read: Callable[[Fields], _T | None]) -> Iterator[_T]:
    for entry in fields.several(name):
        one = read(entry)
        entry.close()
        if one is not None:
            yield one


def _version(fields: Fields) -> Version | None:
    designation, period, source = fields.designation(), fields.period(), fields.source()
    eli, name, regimes = fields.text("eli", required=True), fields.text("name"), fields.texts("regimes")
    read = fields.flag("read", default=True)
    if period.start is None:
        fields.fault("field-missing", N_("{key} is missing"), key="from")
    if designation is None:
        return None
    return Version(designation, period, eli, source, name, frozenset(regimes), read, fields.origin)


def _amendment(fields: Fields) -> AmendingAct | None:
    designation, source, at = fields.designation(), fields.source(), fields.text("at")
    eli, in_force = fields.text("eli", required=True), fields.date("from")
    terms, changed_by = tuple(_each(fields, "terms", _term)), fields.texts("changed_by")
    if designation is None:
        return None
    return AmendingAct(designation, source, eli, at, in_force, terms, changed_by, fields.origin)


def _term(fields: Fields) -> TermChange:
    old, new = fields.text("old", required=True), fields.text("new", required=True)
    return TermChange(old, new, frozenset(fields.texts("kept_for")))


def _provision(fields: Fields) -> Provision | None:
    path = fields.path("at")
    closed = fields.texts("closed")
    unknown = [unit for unit in closed if unit not in _UNITS]
    if unknown:
        fields.fault("no-unit", N_("no level of an act: {value}"), value=", ".join(unknown))
    entry = Provision(
        path=path or (),
        meaning=fields.text("meaning", required=True),
        source=fields.source(),
        period=fields.period(),
        closed=frozenset(_UNITS[unit] for unit in closed if unit in _UNITS),
        discretionary=fields.flag("discretionary"),
        chapter=fields.text("chapter"),
        moved_to=fields.text("moved_to"),
        origin=fields.origin,
    )
    return entry if path is not None else None


def _complaint(fields: Fields) -> ComplaintRoute:
    body = fields.text("body", required=True)
    return ComplaintRoute(
        places=fields.paths("for"),
        body="" if body == _NO_BODY else body,
        basis=fields.text("basis", required=True),
        procedure=fields.text("procedure"),
        source=fields.source(),
        period=fields.period(),
        origin=fields.origin,
    )


# What must hold inside an act


def _act_problems(act: Act) -> Iterator[Problem]:
    if not act.versions:
        yield _at(act.origin, "no-version", N_("{name} has no version"), name=act.name)
        return
    yield from _overlaps("version", [(act.name, one.period, one.origin) for one in act.versions])
    places = [(write_path(one.path), one.period, one.origin) for one in act.provisions]
    yield from _overlaps("provision", places)
    yield from _overlaps(
        "complaint",
        [
            (write_path(path), one.period, one.origin)
            for one in act.complaints
            for path in one.places or ((),)
        ],
    )
    yield from _orphans(act)
    yield from _outside(act)


def _overlaps(what: str, entries: Sequence[tuple[str, Period, Origin]]) -> Iterator[Problem]:
    by_key: dict[str, list[tuple[Period, Origin]]] = {}
    for name, period, origin in entries:
        by_key.setdefault(name, []).append((period, origin))
    for name, group in by_key.items():
        for (first, _), (second, origin) in combinations(group, 2):
            if first.overlaps(second):
                message = N_("two entries for {name} are in force at the same time")
                yield _at(origin, f"{what}-overlap", message, name=name)


def _orphans(act: Act) -> Iterator[Problem]:
    for one in act.provisions:
        parents = act.by_place.get(write_path(one.path[:-1]), ())
        if len(one.path) > 1 and not any(parent.period.overlaps(one.period) for parent in parents):
            message = N_("{name} has no {parent} above it at that time")
            above = write_path(one.path[:-1])
            yield _at(one.origin, "no-parent", message, name=write_path(one.path), parent=above)


def _outside(act: Act) -> Iterator[Problem]:
    """Dates that no version of the act reaches."""
    reach = [one.period for one in act.versions]
    dated: list[tuple[Period, Origin]] = [(one.period, one.origin) for one in act.provisions]
    dated += [(one.period, one.origin) for one in act.complaints]
    dated += [(Period(one.in_force, one.in_force), one.origin) for one in act.amendments if one.in_force]
    for period, origin in dated:
        for day in (period.start, period.end):
            if day is not None and not any(one.holds(day) for one in reach):
                message = N_("no version of {name} reaches {date}")
                yield _at(origin, "outside-versions", message, name=act.name, date=day.isoformat())
    for version in act.versions:
        issued, start = version.designation.date, version.period.start
        if issued and start and start < issued:
            message = N_("{date} lies before the date of issue")
            yield _at(version.origin, "before-issue", message, date=start.isoformat())


# What must hold between acts


def _name_problems(acts: Iterable[Act]) -> Iterator[Problem]:
    owner: dict[str, Act] = {}
    for act in acts:
        for name in dict.fromkeys(name.casefold() for name in (*act.names, act.genitive)):
            other = owner.setdefault(name, act)
            if other is not act:
                short = name == act.name.casefold() == other.name.casefold()
                code = "duplicate-name" if short else "ambiguous-name"
                message = N_("{name} is a name of two acts; the other one is in {other}, line {row}")
                yield _at(
                    act.origin, code, message, name=name, other=other.origin.file, row=other.origin.line
                )


def _cycles(acts: Iterable[Act]) -> Iterator[Problem]:
    """Documents that, over one or more steps, change themselves."""
    changed: dict[str, tuple[tuple[str, ...], Origin]] = {}
    for act in acts:
        for one in act.amendments:
            before, origin = changed.get(key(one.designation), ((), one.origin))
            changed[key(one.designation)] = ((*before, *one.changed_by), origin)
    for start, (_, origin) in changed.items():
        if start in _reached(start, changed):
            yield _at(origin, "amendment-cycle", N_("{name} changes itself by way of others"), name=start)


def _reached(start: str, changed: Mapping[str, tuple[tuple[str, ...], Origin]]) -> set[str]:
    seen: set[str] = set()
    ahead = list(changed[start][0])
    while ahead:
        one = ahead.pop()
        if one not in seen:
            seen.add(one)
            ahead.extend(changed[one][0] if one in changed else ())
    return seen


def _at(origin: Origin, code: str, message: str, **args: object) -> Problem:
    return fault(code, message, origin.file, origin.line, **args)
