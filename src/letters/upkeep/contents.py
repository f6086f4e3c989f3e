"""What a library holds: its texts by kind, and the fields that a case type asks for."""

from __future__ import annotations

import datetime as dt
import difflib
import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from letters.case.spec import FieldSpec
from letters.problems import N_, Place, Problem, Severity, TemplateError
from letters.wording.library import CaseType, Library, WordingFile

LETTER, GROUND, CLAUSE = "letter", "ground", "clause"


@dataclass(frozen=True, slots=True)
class Text:
    """A wording with all its versions.

    Attributes:
        kind: letter, ground or clause.
        keys: of a letter, what it is for (`rejected`, `hearing`); of a ground, the outcomes it can carry.
    """

    name: str
    kind: str
    title: str
    keys: tuple[str, ...]
    versions: tuple[WordingFile, ...]


def texts(library: Library) -> tuple[Text, ...]:
    """Every wording: those of each case type, its letters first, then the clauses that all share."""
    letters: dict[str, list[str]] = {}
    for case_type in library.case_types.values():
        for key, name in case_type.wordings.items():
            letters.setdefault(name, []).append(key)
    found = [_text(name, versions, letters) for name, versions in library.files.items()]
    folders = [
        *library.case_types,
        *sorted({one.name.split("/")[0] for one in found} - set(library.case_types)),
    ]
    rank = {LETTER: 0, CLAUSE: 1, GROUND: 2}
    return tuple(sorted(found, key=lambda t: (folders.index(t.name.split("/")[0]), rank[t.kind])))


def _text(name: str, versions: tuple[WordingFile, ...], letters: Mapping[str, list[str]]) -> Text:
    newest = versions[-1]
    if name in letters:
        return Text(name, LETTER, newest.title, tuple(letters[name]), versions)
    if newest.ground:
        outcomes = tuple(sorted(one.value for one in newest.ground.outcomes))
        return Text(name, GROUND, newest.title, outcomes, versions)
    return Text(name, CLAUSE, newest.title, (), versions)


def find_text(library: Library, name: str) -> Text:
    """The wording of that name: in full, as a file below the library, or by its last part alone.

    Raises:
        TemplateError: there is none, or several.
    """
    every = {one.name: one for one in texts(library)}
    by_path = {os.path.abspath(version.path): one for one in every.values() for version in one.versions}
    wanted = name.removesuffix(".md").removesuffix(".docx").partition("@")[0]
    fitting = [one for one in every.values() if one.name == wanted or one.name.endswith(f"/{wanted}")]
    exact = every.get(wanted) or by_path.get(os.path.abspath(name))
    if exact or len(fitting) == 1:
        return exact or fitting[0]
    if fitting:
        names = ", ".join(one.name for one in fitting)
        raise TemplateError(
            [_named("templates.several", N_("{name} may be several texts: {names}"), name, names)]
        )
    short = [*every, *(key.rsplit("/", 1)[1] for key in every)]
    near = difflib.get_close_matches(wanted, short, n=1)
    help_ = N_("did you mean {names}?") if near else N_("`letters templates list` names them all")
    message = N_("the library has no text called {name}")
    raise TemplateError([_named("templates.unknown-text", message, name, "".join(near), help_)])


def find_case_type(library: Library, code: str) -> CaseType:
    """The case type of that code.

    Raises:
        TemplateError: there is none, or its folder is at fault.
    """
    library.refuse_faulty(code)
    if code in library.case_types:
        return library.case_types[code]
    near = difflib.get_close_matches(code, library.case_types, n=1)
    help_ = N_("did you mean {names}?") if near else N_("known here: {names}")
    names = "".join(near) or ", ".join(library.case_types)
    message = N_("the library has no case type called {name}")
    raise TemplateError([_named("templates.unknown-case-type", message, code, names, help_)])


def _named(code: str, message: str, name: str, names: str, help: str = "") -> Problem:
    return Problem(code, Severity.ERROR, message, Place(""), {"name": name, "names": names}, help)


# Fields


@dataclass(frozen=True, slots=True)
class Field:
    """A field that case files fill in.

    Attributes:
        name: as a wording names it: `facts.documents`, `reason.facts.network`; a column as `row.title`.
        ground: the code of the ground that asks for it; None for the case type's own.
    """

    name: str
    spec: FieldSpec
    ground: str | None


def fields(case_type: CaseType) -> Iterator[Field]:
    """Every field that a case type and its grounds ask for, in the library's order."""
    for spec in case_type.spec.fields.values():
        yield from _with_columns("facts", spec, None)
    for code in case_type.grounds_order:
        for spec in case_type.spec.grounds[code].fields.values():
            yield from _with_columns("reason.facts", spec, code)


def _with_columns(owner: str, spec: FieldSpec, ground: str | None) -> Iterator[Field]:
    name = f"{owner}.{spec.name}"
    yield Field(name, spec, ground)
    for column in spec.columns.values():
        yield Field(f"{name}[].{column.name}", column, ground)


def version_at(text: Text, date: dt.date | None) -> WordingFile:
    """The version of a text that applies on a date; the newest for None.

    Raises:
        TemplateError: all versions begin later.
    """
    fitting = [version for version in text.versions if date is None or version.since <= date]
    if fitting:
        return fitting[-1]
    message = N_("{name} has no version that applies on {date}; the first one begins on {first}")
    first = text.versions[0].since.isoformat()
    args = {"name": text.name, "date": date.isoformat() if date else "", "first": first}
    raise TemplateError(
        [Problem("templates.not-yet", Severity.ERROR, message, Place(text.versions[0].path), args)]
    )
