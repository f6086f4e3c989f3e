"""Bytes -> ConfidentialAppendix, with every problem at once, and none of the file's words in any of them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from typing import cast

from msgspec import Struct
from msgspec.structs import replace

from letters.case.confidential import ConfidentialAppendix, Person, Receiver
from letters.case.forms import Form, unknown, validate
from letters.case.models import Case, Model
from letters.case.read import Places
from letters.case.reader import read_tree
from letters.case.shapes import models_in
from letters.case.tree import MAX_BYTES, Path, Tree, fatal, field_name
from letters.problems import N_, CaseError, LettersError, Problem, Severity
from letters.records import fields_of

_LOOKS_LIKE = re.compile(rb"""\bmatter["']?\s*:\s*["']?appendix\b""")
_SECRECY = "forvaltningslovens § 27"
# What an argument may hold that is ours: field names, limits, dates of fields compared, code points.
_HARMLESS = frozenset(
    ("limit", "line", "known", "near", "early", "late", "first", "second", "last", "year", "character",
     "what", "number", "count")
)  # fmt: skip


class ReadAppendix(Struct, frozen=True):
    """An appendix, where its fields stand, and what is wrong with it but leaves it readable."""

    appendix: ConfidentialAppendix
    places: Places
    problems: tuple[Problem, ...]


def is_appendix(data: bytes, file: str) -> bool:
    """Whether a case file says that it is a confidential appendix; False when it cannot be read."""
    if not _LOOKS_LIKE.search(data[: MAX_BYTES + 1]):
        return False
    try:
        return read_tree(data, file).at(("matter",)) == "appendix"
    except CaseError:
        # Broken, but it may hold what an appendix holds: better to be silent about its words.
        return True


def read_appendix(data: bytes, file: str, senders: Iterable[str]) -> ReadAppendix:
    """Read an appendix.

    Args:
        file: the file as the user named it.
        senders: the codes of the library's sender profiles.
    Raises:
        CaseError: with every problem; nothing in them quotes the file.
    """
    try:
        return _read(data, file, frozenset(senders))
    except LettersError as error:
        raise CaseError(hushed(problem) for problem in error.problems) from None


def _read(data: bytes, file: str, senders: frozenset[str]) -> ReadAppendix:
    tree = read_tree(data, file)
    # The form belongs to the open half, whose union of cases must not know an appendix.
    form = Form(cast("type[Case]", ConfidentialAppendix), None, None, False, tree.root, ())
    made, problems = validate(form, tree)
    problems += tree.problems
    sender = tree.at(("sender",))
    if isinstance(sender, str) and sender not in senders:
        problems.append(unknown("case.unknown-sender", tree, ("sender",), sender, senders))
    if made is None or problems:
        raise CaseError(sorted(problems, key=lambda p: (p.place.line or 0, p.place.column or 0, p.code)))
    appendix = cast("ConfidentialAppendix", made)
    found = list(_checked(appendix, tree))
    if any(problem.severity is Severity.FATAL for problem in found):
        raise CaseError(found)
    named = {field_name(path): position for path, position in tree.positions.items()}
    return ReadAppendix(appendix, Places(file, named), tuple(hushed(problem) for problem in found))


# What an appendix must be beyond its fields


def _checked(appendix: ConfidentialAppendix, tree: Tree) -> Iterator[Problem]:
    if names_someone(appendix.title, appendix.people):
        yield fatal(
            "secrecy.title-names-person",
            N_("the title names a person of the appendix, and the title stands in the open letter"),
            tree.place(("title",)),
            help=N_("choose a title that says what it is, not whom it is about: gennemgang af to sager"),
            see=_SECRECY,
        )
    for index, receiver in enumerate(appendix.recipients):
        yield from _receiver(appendix, receiver, index, tree)
    yield from _order(appendix, tree)
    yield from _twice(appendix, tree)


def names_someone(text: str, people: Iterable[Person]) -> bool:
    """Whether a text holds a name, a part of a name or a number of one of the people."""
    words = set(_words(text))
    bare = re.sub(r"[^0-9a-zæøå]", "", text.casefold())
    for person in people:
        names = " ".join((person.name, *person.other_names))
        parts = {part for part in _words(names) if len(part) > 1}
        if words & (parts | {f"{part}s" for part in parts}):
            return True
        numbers = (person.cpr.digits if person.cpr else "", person.case_number or "")
        if any(number and re.sub(r"\W|_", "", number.casefold()) in bare for number in numbers):
            return True
    return False


def _words(text: str) -> list[str]:
    return re.findall(r"[^\W\d_]+", unicodedata.normalize("NFC", text).casefold())


def _receiver(
    appendix: ConfidentialAppendix, receiver: Receiver, index: int, tree: Tree
) -> Iterator[Problem]:
    path: Path = ("recipients", index, "basis")
    for number, basis in enumerate(receiver.basis):
        yield from _basis(appendix, receiver, index, number, tree)
        if basis.kind == "right-of-access" and basis.provision is None:
            where = (*path, number, "provision")
            yield fatal(
                "case.missing",
                N_("{field} is missing"),
                tree.place(where),
                help=N_("a right of access needs the provision that gives it: forvaltningslovens § 9"),
                field=field_name(where),
            )
    uncovered = [
        number
        for number, person in enumerate(appendix.people, 1)
        if not receiver.is_person(person) and not any(basis.covers(number) for basis in receiver.basis)
    ]
    if uncovered:
        yield Problem(
            "secrecy.no-basis",
            Severity.ERROR,
            N_("no basis is recorded on which this receiver may know what stands about person {number}"),
            tree.place(path),
            {"number": ", ".join(map(str, uncovered))},
            N_("add `basis:` (a consent, power of attorney or right of access), or leave the receiver out"),
            "forvaltningslovens §§ 27 og 28",
        )


def _basis(
    appendix: ConfidentialAppendix, receiver: Receiver, index: int, number: int, tree: Tree
) -> Iterator[Problem]:
    basis = receiver.basis[number]
    path: Path = ("recipients", index, "basis", number)
    if basis.date > appendix.date:
        yield fatal(
            "case.date-order",
            N_("{late} ({second}) lies before {early} ({first})"),
            tree.place((*path, "date")),
            help=N_("check the year and the order of day and month"),
            early=field_name((*path, "date")), late="date",
            first=basis.date.isoformat(), second=appendix.date.isoformat(),
        )  # fmt: skip
    for place, person in enumerate(basis.people or ()):
        if not 1 <= person <= len(appendix.people):
            yield fatal(
                "case.no-such-person",
                N_("the file holds no person {number}; they are counted from 1 to {count}"),
                tree.place((*path, "people", place)),
                number=person,
                count=len(appendix.people),
            )


def _order(appendix: ConfidentialAppendix, tree: Tree) -> Iterator[Problem]:
    """Secrecy can be imposed only on an outsider to whom there was no duty to give (§ 27, stk. 6)."""
    free = [b for r in appendix.recipients for b in r.basis if b.kind != "right-of-access"]
    if appendix.secrecy_order and not free:
        yield Problem(
            "secrecy.order-without-ground",
            Severity.ERROR,
            N_("nobody receives the appendix without having a right to it, so no secrecy can be imposed"),
            tree.place(("secrecy_order",)),
            help=N_("take `secrecy_order:` out, or record who receives it by consent or power of attorney"),
            see="forvaltningslovens § 27, stk. 6",
        )


def _twice(appendix: ConfidentialAppendix, tree: Tree) -> Iterator[Problem]:
    seen: set[tuple[str, str | None]] = set()
    for index, person in enumerate(appendix.people):
        key = (person.name.casefold(), person.cpr)
        if key in seen:
            message = N_("person {number} stands in the appendix already")
            yield fatal("case.person-twice", message, tree.place(("people", index)), number=index + 1)
        seen.add(key)


# Silence about what the file holds


def hushed(problem: Problem) -> Problem:
    """The same problem without any word of the file: what was quoted becomes "…"."""
    field = problem.place.field
    place = replace(problem.place, field=_known_field(field)) if field else problem.place
    args = {name: _hushed_arg(name, value) for name, value in problem.args.items()}
    return replace(problem, place=place, args=args)


def _hushed_arg(name: str, value: object) -> object:
    if name in _HARMLESS:
        return value
    if name == "field":
        return _known_field(str(value))
    if name == "reason":
        return re.sub(r"'[^']*'|\"[^\"]*\"|“[^”]*”", "…", str(value))
    return "…"


def _known_field(field: str) -> str:
    return re.sub(r"[^.\[\]]+", lambda m: m[0] if m[0] in _FIELDS or m[0].isdecimal() else "…", field)


def _fields() -> Iterator[str]:
    waiting: list[type[Model]] = [ConfidentialAppendix]
    while waiting:
        for name, info in fields_of(waiting.pop()).items():
            yield name
            waiting += models_in(info.type)


_FIELDS = frozenset(_fields()) | {"slots", "sections"}
