"""The numbers of a reply's questions, and whether each question is answered.

Questions keep the numbers their sender gave them. A number that is left out follows the one before it: 1,
2, 3; below a question 1a, 1b or, where its other parts are written so, 1.1, 1.2.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from letters.case.fields import FieldError, plain_text
from letters.case.tree import Path, Tree, fatal, shown
from letters.problems import N_, Problem, Severity

_TOP = re.compile(r"([1-9][0-9]{0,3})(?:[a-z]|\.[1-9][0-9]{0,2})?")
_PART = re.compile(r"([1-9][0-9]{0,3})(?:([a-z])|\.([1-9][0-9]{0,2}))")
_WHOLE = re.compile(r"[1-9][0-9]{0,3}")


@dataclass
class Numbered:
    """The number of every question and sub-question by its path, in reading order."""

    numbers: dict[Path, str] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)


def check_questions(tree: Tree) -> Numbered:
    """Number the questions of a reply and check that each has its answer."""
    found = Numbered()
    questions = _entries(tree, ("questions",))
    labels = {path: _label(tree, path) for path, _ in questions}
    _free_labels(tree, labels, found)
    last = 0
    for path, _ in questions:
        label = labels[path]
        number = label or str(last + 1)
        match = _TOP.fullmatch(number)
        last = int(match[1]) if match else last
        found.numbers[path] = number
        _parts(tree, path, number, found)
    _unique(tree, found)
    found.problems += _answers(tree, found.numbers)
    return found


def _entries(tree: Tree, path: Path) -> list[tuple[Path, Mapping[str, object]]]:
    listed = tree.at(path)
    entries = enumerate(listed) if isinstance(listed, list) else ()
    return [((*path, i), entry) for i, entry in entries if isinstance(entry, dict)]


def _label(tree: Tree, path: Path) -> str | None:
    """The number as the file gives it; None when it is left out or no text, which is told elsewhere."""
    try:
        return plain_text(tree.at((*path, "number")))
    except FieldError:
        return None


def _free_labels(tree: Tree, labels: Mapping[Path, str | None], found: Numbered) -> None:
    """Labels such as A, B, C stand only when every question has its label, since none can be filled in."""
    if all(labels.values()):
        return
    for path, label in labels.items():
        if label and not _TOP.fullmatch(label):
            found.problems.append(
                _bad_number(tree, path, label, N_("write 1, 1a or 2.3, or give every question its own label"))
            )


def _parts(tree: Tree, parent: Path, number: str, found: Numbered) -> None:
    parts = _entries(tree, (*parent, "parts"))
    labels = [_label(tree, path) for path, _ in parts]
    if not _WHOLE.fullmatch(number):
        _parts_of_label(tree, parts, labels, found)
        return
    decimal = any(label and "." in label for label in labels)
    last = 0
    for (path, _), label in zip(parts, labels, strict=True):
        last = _own(tree, path, label, number, found) if label else last + 1
        found.numbers[path] = label or _filled(number, last, decimal)
        if not label and not _PART.fullmatch(found.numbers[path]):
            found.problems.append(
                _bad_number(tree, path, found.numbers[path], N_("give this sub-question its number"))
            )


def _own(tree: Tree, path: Path, label: str, parent: str, found: Numbered) -> int:
    match = _PART.fullmatch(label)
    if match and match[1] == parent:
        return int(match[3]) if match[3] else ord(match[2]) - ord("a") + 1
    help = N_("a sub-question of {parent} is numbered {parent}a or {parent}.1, or its number is left out")
    found.problems.append(_bad_number(tree, path, label, help, parent=parent))
    return 0


def _filled(parent: str, position: int, decimal: bool) -> str:
    return f"{parent}.{position}" if decimal else f"{parent}{chr(ord('a') + position - 1)}"


def _parts_of_label(
    tree: Tree, parts: list[tuple[Path, Mapping[str, object]]], labels: list[str | None], found: Numbered
) -> None:
    """Below a question that is labelled A or 1a nothing can be filled in."""
    for (path, _), label in zip(parts, labels, strict=True):
        if label:
            found.numbers[path] = label
        elif (*path, "number") not in tree.positions:
            help = N_("give each sub-question its own number, since its question's is no whole number")
            place = tree.place((*path, "number"))
            found.problems.append(
                fatal("case.question-number", N_("the sub-question has no number"), place, help=help)
            )


def _bad_number(tree: Tree, path: Path, label: str, help: str, parent: str = "") -> Problem:
    place = tree.place((*path, "number"))
    message = N_('"{number}" is no number of a question here')
    args = {"number": shown(label), "parent": shown(parent)}
    return Problem("case.question-number", Severity.FATAL, message, place, args, help)


def _unique(tree: Tree, found: Numbered) -> None:
    first: dict[str, Path] = {}
    for path, number in found.numbers.items():
        other = first.setdefault(number, path)
        if other != path:
            found.problems.append(
                fatal(
                    "case.question-number-twice",
                    N_('two questions have the number "{number}"; the first is on line {line}'),
                    tree.place((*path, "number")),
                    help=N_("give each number once; one that is left out follows the one before it"),
                    number=shown(number),
                    line=tree.place(other).line,
                )
            )


def _answers(tree: Tree, numbers: Mapping[Path, str]) -> Iterator[Problem]:
    answered: set[str] = set()
    for path, number in numbers.items():
        question = tree.at(path)
        fields = question if isinstance(question, dict) else {}
        given = [name for name in ("answer", "answered_with") if name in fields]
        if len(given) == 2:
            yield fatal(
                "case.two-answers",
                N_('question {number} has both "answer" and "answered_with"'),
                tree.place((*path, "answered_with"), key=True),
                help=N_("keep one of them"),
                number=shown(number),
            )
        elif not given and not fields.get("parts"):
            yield fatal(
                "case.unanswered",
                N_("question {number} has no answer"),
                tree.place(path),
                help=N_(
                    "add `answer:`; if it cannot be answered, say why there; "
                    "if another answer serves it too, add `answered_with:` with that question's number"
                ),
                number=shown(number),
            )
        elif given == ["answered_with"]:
            yield from _reference(tree, path, number, answered)
        if "answer" in fields:
            answered.add(number)


def _reference(tree: Tree, path: Path, number: str, answered: set[str]) -> Iterator[Problem]:
    try:
        target = plain_text(tree.at((*path, "answered_with")))
    except FieldError:
        return
    if target not in answered:
        yield fatal(
            "case.answered-with",
            N_('question {number} is answered with "{target}", which is no earlier question with an answer'),
            tree.place((*path, "answered_with")),
            help=N_("earlier questions with an answer: {known}") if answered else "",
            number=shown(number),
            target=shown(target),
            known=", ".join(map(shown, sorted(answered)[:30])),
        )
