"""Bytes -> Case: the case room's front door.

Everything that is wrong is found in one go: what the reader saw, what the models refuse, what the library
asks for, and what contradicts itself.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from msgspec import Struct
from msgspec.structs import replace

from letters.case.consistency import check_consistency
from letters.case.forms import choose_form, validate
from letters.case.library_checks import Checked, check_library
from letters.case.models import Case, Question, Reply
from letters.case.questions import Numbered, check_questions
from letters.case.reader import read_tree
from letters.case.spec import LibrarySpec, Matter
from letters.case.tree import Path, Position, Tree, field_name
from letters.problems import CaseError, Place, Problem


class Places(Struct, frozen=True):
    """Where each field of a case file stands.

    Attributes:
        file: the file as the user named it.
        positions: by field path, such as `reasons[0].facts.network`; "" is the file's beginning.
    """

    file: str
    positions: Mapping[str, Position]

    def place(self, field: str | None) -> Place:
        """Where a field stands; one that is not in the file stands where its nearest parent does."""
        name = field or ""
        while name and name not in self.positions:
            name = name[: max(name.rfind("."), name.rfind("["), 0)]
        position = self.positions.get(name)
        line, column = (position.line, position.column) if position else (None, None)
        return Place(self.file, line, column, field or None)


class ReadCase(Struct, frozen=True):
    """A case and where its fields stand in its file."""

    case: Case
    places: Places


def read_case(data: bytes, file: str, library: LibrarySpec) -> ReadCase:
    """Read a case file and check it against the library.

    The case that comes back is complete: facts have the types the library gives them, and every question of
    a reply has its number.

    Args:
        data: the whole file, YAML or JSON by the end of its name.
        file: the file as the user named it.

    Raises:
        CaseError: with all problems, in the order of the file.
    """
    tree = read_tree(data, file)
    form = choose_form(tree)
    case, problems = validate(form, tree)
    checked = check_library(tree, form, library)
    numbered = check_questions(tree) if form.matter is Matter.REPLY else Numbered()
    problems += [*tree.problems, *form.problems, *checked.problems, *numbered.problems]
    problems += check_consistency(tree, form)
    if problems or case is None:
        raise CaseError(sorted(_once(problems), key=_order))
    return ReadCase(_complete(case, checked, numbered), _places(tree))


def named_case_type(data: bytes, file: str) -> str | None:
    """The case type that a file names, whether there is one of that name or not; None when it names none."""
    try:
        name = read_tree(data, file).root.get("case_type")
    except CaseError:
        return None
    return name if isinstance(name, str) else None


def _once(problems: list[Problem]) -> list[Problem]:
    """A fault that two checks see is told once."""
    seen: dict[tuple[str, Place], Problem] = {}
    for problem in problems:
        seen.setdefault((problem.code, problem.place), problem)
    return list(seen.values())


def _order(problem: Problem) -> tuple[int, int, str, str]:
    place = problem.place
    return place.line or 0, place.column or 0, place.field or "", problem.code


def _places(tree: Tree) -> Places:
    named = {field_name(path): position for path, position in tree.positions.items()}
    return Places(tree.file, MappingProxyType(named))


def _complete(case: Case, checked: Checked, numbered: Numbered) -> Case:
    update: dict[str, object] = {"facts": checked.facts[("facts",)]}
    if isinstance(case, Reply):
        update["questions"] = tuple(
            _numbered(question, ("questions", i), numbered) for i, question in enumerate(case.questions)
        )
    else:
        update["reasons"] = tuple(
            replace(reason, facts=checked.facts[("reasons", i, "facts")])
            for i, reason in enumerate(case.reasons)
        )
    return replace(case, **update)


def _numbered(question: Question, path: Path, numbered: Numbered) -> Question:
    parts = tuple(
        replace(part, number=numbered.numbers[(*path, "parts", i)]) for i, part in enumerate(question.parts)
    )
    return replace(question, number=numbered.numbers[path], parts=parts)
