"""Where something of the library is used: a text, a ground, an act, a term."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from letters.law.acts import Register
from letters.problems import N_, Place, Problem, Severity, TemplateError
from letters.upkeep.check import Overview
from letters.upkeep.names import TERM
from letters.wording.library import Library

TEXT, GROUND, ACT, TERMS = "text", "ground", "act", "term"


@dataclass(frozen=True, slots=True)
class Used:
    """A thing of the library and where it is used.

    Attributes:
        kind: text, ground, act or term.
        places: the lines that name it, in order.
        letters: the kinds of letters that can print it, such as `sagstype rejected`.
        files: the wording files that print it; a sample's letter is made from files.
    """

    kind: str
    name: str
    title: str
    places: tuple[Place, ...]
    letters: tuple[str, ...]
    files: frozenset[str]


def where_used(wanted: str, library: Library, register: Register, seen: Overview) -> tuple[Used, ...]:
    """Everything of that name: a clause and a ground may have the same one.

    Raises:
        TemplateError: nothing has it.
    """
    name = wanted.removesuffix(".md").removesuffix(".docx")
    found = (
        *_texts(name, library, seen),
        *_act(name, register, seen),
        *_term(name, library, seen),
    )
    if found:
        return found
    known = [
        *library.files,
        *(key.rsplit("/", 1)[1] for key in library.files),
        *library.terms,
        *(name for act in register.acts for name in act.names),
    ]
    near = difflib.get_close_matches(name, known, n=1)
    help_ = (
        N_("did you mean {names}?") if near else N_("name a text, a ground, an act or a term of the library")
    )
    message = N_("the library has nothing called {name}")
    args = {"name": wanted, "names": "".join(near)}
    raise TemplateError([Problem("templates.unknown-thing", Severity.ERROR, message, Place(""), args, help_)])


def _texts(name: str, library: Library, seen: Overview) -> Iterator[Used]:
    for key, versions in library.files.items():
        if key != name and not key.endswith(f"/{name}"):
            continue
        ground = versions[-1].ground
        places = [seen.reader.place(path, line) for path, line in seen.seen.inclusions.get(key, ())]
        if ground is not None:
            places = [*_compared(ground.code, key.split("/")[0], library, seen), *_named(places, seen)]
        files = frozenset(version.path for version in versions)
        letters = tuple(sorted(seen.seen.included.get(key, ())))
        kind = GROUND if ground is not None else TEXT
        yield Used(kind, key, versions[-1].title, _ordered(places), letters, files)


def _named(places: Iterable[Place], seen: Overview) -> Iterator[Place]:
    """The lines that include every ground say nothing of this one."""
    for place in places:
        if place.file not in {path for path, one in seen.reader.files.items() if one.file.ground is None}:
            yield place


def _compared(code: str, case_type: str, library: Library, seen: Overview) -> Iterator[Place]:
    """The conditions that ask for a ground."""
    for one in seen.seen.compared.values():
        asks = one.value == code and one.name.endswith(".ground") and code in one.known
        if asks and seen.reader.files[one.path].file.name.split("/")[0] in (case_type, "standardtekster"):
            yield seen.reader.place(one.path, one.node.lineno)


def _act(name: str, register: Register, seen: Overview) -> Iterator[Used]:
    act = register.act(name)
    if act is None:
        return
    places = [Place(file, line or None) for file, line in seen.judgement.cited.get(act.name, ())]
    files = frozenset(place.file for place in places)
    yield Used(ACT, act.name, act.title, _ordered(places), _letters(files, seen), files)


def _term(code: str, library: Library, seen: Overview) -> Iterator[Used]:
    texts = {code: {v.text for v in versions} for code, versions in library.terms.items()}
    for known, words in texts.items():
        if code != known and code not in words:
            continue
        places = [seen.reader.place(path, line) for path, line in seen.seen.uses.get(f"{TERM}{known}", ())]
        files = frozenset(place.file for place in places)
        title = ", ".join(version.text for version in library.terms[known] if not version.regimes)
        yield Used(TERMS, known, title, _ordered(places), _letters(files, seen), files)


def _letters(files: frozenset[str], seen: Overview) -> tuple[str, ...]:
    names = {one.file.name for path, one in seen.reader.files.items() if path in files}
    return tuple(sorted({letter for name in names for letter in seen.seen.included.get(name, ())}))


def _ordered(places: Iterable[Place]) -> tuple[Place, ...]:
    return tuple(sorted(set(places), key=lambda place: (place.file, place.line or 0)))
