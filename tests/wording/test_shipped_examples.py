"""The shipped library and its examples belong together: all that it can say is said by some example."""

from __future__ import annotations

import functools
import io
import re
import tokenize
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest
from shipped_wording import COMPOSER, LIBRARY

from examples import ROOT, example_cases
from letters.case.models import Reply
from letters.case.read import ReadCase, read_case
from letters.case.skeleton import skeleton
from letters.case.spec import Matter, Outcome
from letters.document.model import Role, Status
from letters.wording.compose import Composed
from letters.wording.view import wording_key


@functools.cache
def made(case: Path) -> tuple[ReadCase, Composed]:
    read = read_case(case.read_bytes(), case.name, LIBRARY.spec())
    return read, COMPOSER.compose(read.case, Status.FINAL, read.places.place)


def of_type(code: str) -> Iterator[tuple[ReadCase, Composed]]:
    return (pair for pair in map(made, example_cases()) if pair[0].case.case_type == code)


@pytest.mark.parametrize("code", sorted(LIBRARY.case_types))
def test_every_ground_and_wording_has_an_example(code: str) -> None:
    kind = LIBRARY.case_types[code]
    cases = [read.case for read, _ in of_type(code)]
    assert {wording_key(case) for case in cases} == kind.wordings.keys()
    argued = {reason.ground for case in cases if not isinstance(case, Reply) for reason in case.reasons}
    assert argued == kind.spec.grounds.keys()


def reached(names: Iterable[str]) -> set[str]:
    """Wordings and all that they include."""
    waiting, found = list(names), set()
    while waiting:
        name = waiting.pop()
        if name not in found:
            found.add(name)
            waiting += re.findall(r'include "([^"]+)"', LIBRARY.files[name][-1].body)
    return found


@pytest.mark.parametrize("code", sorted(LIBRARY.case_types))
def test_every_file_of_its_wording_is_printed_by_an_example(code: str) -> None:
    kind = LIBRARY.case_types[code]
    printed = {path for _, composed in of_type(code) for path in composed.wordings}
    used = reached([*kind.wordings.values(), *kind.ground_names.values()])
    assert {name for name in used if LIBRARY.files[name][-1].path not in printed} == set()


@pytest.mark.parametrize("case", example_cases(), ids=lambda case: case.stem)
def test_what_was_weighed_keeps_its_role(case: Path) -> None:
    read, composed = made(case)
    reasons = () if isinstance(read.case, Reply) else read.case.reasons
    weighed = {reason.ground for reason in reasons if reason.considerations}
    found = {s.ground for s in composed.letter.sections if s.role is Role.CONSIDERATIONS}
    assert found == weighed


STARTS = [
    (code, matter, outcome)
    for code, kind in LIBRARY.case_types.items()
    for matter in sorted(kind.matters, key=lambda matter: matter.value)
    for outcome in ([None] if matter is Matter.REPLY else sorted(kind.spec.outcomes, key=lambda o: o.value))
    if (matter, outcome) != (Matter.HEARING, Outcome.GRANTED)
]


@pytest.mark.parametrize(("code", "matter", "outcome"), STARTS)
def test_what_letters_new_writes_makes_a_letter(code: str, matter: Matter, outcome: Outcome | None) -> None:
    start = skeleton(LIBRARY.case_types[code].spec, matter, outcome, LIBRARY.spec(), str)
    read = read_case(start.encode(), "sag.yaml", LIBRARY.spec())
    assert COMPOSER.compose(read.case, Status.DRAFT, read.places.place).letter.sections


def test_no_code_names_a_case_type_or_a_ground() -> None:
    names = {*LIBRARY.case_types, *(g for kind in LIBRARY.case_types.values() for g in kind.spec.grounds)}
    name = re.compile(rf"(?<![\w-])(?:{'|'.join(sorted(names))})(?![\w-])")
    found = [
        f"{path.relative_to(ROOT)}:{token.start[0]}: {match.group()}"
        for path in sorted((ROOT / "src").rglob("*.py"))
        for token in tokenize.generate_tokens(io.StringIO(path.read_text(encoding="utf-8")).readline)
        # A command that the help shows names a case type or a file as any user would.
        if not token.string.startswith('"letters ')
        for match in name.finditer(token.string.replace("_", "-"))
    ]
    assert found == []
