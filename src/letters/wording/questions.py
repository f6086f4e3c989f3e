"""The numbered questions of a reply, and its answers, as values that a wording prints."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Mapping

from letters.case.models import Part, Question, Reply
from letters.document.model import Item, List, Numbering, Paragraph
from letters.problems import N_, Place, Problem, Severity
from letters.wording.values import Merged, Prose, Record

_WHOLE = re.compile(r"[1-9]\d*")
_LETTERED = re.compile(r"([1-9]\d*)([a-z])")
_DOTTED = re.compile(r"([1-9]\d*)\.([1-9]\d*)")


def question_list(case: Reply, prose: Mapping[str, Prose], problems: list[Problem]) -> Prose:
    """The questions as they were numbered by their sender."""
    numbers = [question.number or "" for question in case.questions]
    plain = all(_WHOLE.fullmatch(number) for number in numbers)
    rising = plain and all(int(a) < int(b) for a, b in itertools.pairwise(numbers))
    items = []
    for index, question in enumerate(case.questions):
        path = f"questions[{index}]"
        blocks = _text(prose, path, problems)
        if question.parts:
            if any(isinstance(block, List) for block in blocks):
                problems.append(_no_room(path))
            blocks = (*blocks, _parts(question, path, prose, problems))
        items.append(_item(blocks, question.number or "", int(question.number or 0) if rising else 0))
    return Prose((List(Numbering.DECIMAL if rising else Numbering.LITERAL, tuple(items)),), "questions")


def _item(blocks: tuple[Paragraph | List, ...], label: str, number: int) -> Item:
    return Item(blocks, number) if number else Item(blocks, 0, label)


def _parts(question: Question, path: str, prose: Mapping[str, Prose], problems: list[Problem]) -> List:
    numbering, numbers = _part_numbers(question)
    items = tuple(
        _item(_text(prose, f"{path}.parts[{index}]", problems), part.number or "", number)
        for index, (part, number) in enumerate(zip(question.parts, numbers, strict=True))
    )
    return List(numbering, items)


def _part_numbers(question: Question) -> tuple[Numbering, list[int]]:
    """How the parts are numbered, if it is one of the ways that Word can count; else literally."""
    for pattern, numbering in ((_LETTERED, Numbering.PARENT_LETTER), (_DOTTED, Numbering.PARENT_DECIMAL)):
        found = [pattern.fullmatch(part.number or "") for part in question.parts]
        if all(match and match[1] == question.number for match in found):
            numbers = [_counted(match[2]) for match in found if match]
            if all(a < b for a, b in itertools.pairwise(numbers)):
                return numbering, numbers
    return Numbering.LITERAL, [0] * len(question.parts)


def _counted(mark: str) -> int:
    return int(mark) if mark.isdigit() else ord(mark) - ord("a") + 1


def _text(prose: Mapping[str, Prose], path: str, problems: list[Problem]) -> tuple[Paragraph | List, ...]:
    blocks = prose[f"{path}.text"].blocks
    kept = tuple(block for block in blocks if isinstance(block, Paragraph | List))
    if len(kept) == len(blocks) and (not kept or isinstance(kept[0], Paragraph)) and not _deep(kept):
        return kept
    problems.append(
        Problem(
            "case.question-form",
            Severity.FATAL,
            N_("a question holds more than paragraphs and one plain list"),
            Place("", field=f"{path}.text"),
            help=N_("begin with a sentence; put tables, quotes and headings into the answer"),
        )
    )
    return ()


def _deep(blocks: tuple[Paragraph | List, ...]) -> bool:
    """More than one list, or a list inside a list: the question itself is an item already."""
    lists = [block for block in blocks if isinstance(block, List)]
    return len(lists) > 1 or any(
        isinstance(inner, List) for block in lists for item in block.items for inner in item.blocks
    )


def _no_room(path: str) -> Problem:
    return Problem(
        "case.question-list-and-parts",
        Severity.FATAL,
        N_("a question has both a list in its text and sub-questions"),
        Place("", field=f"{path}.text"),
        help=N_("write the list as sub-questions, or as a sentence"),
    )


def answers(case: Reply, prose: Mapping[str, Prose]) -> list[Record]:
    """The answers in order, each with the numbers of all questions it serves."""
    asked = list(_asked(case))
    return [
        Record({"numre": _numbers(question, path, asked), "tekst": prose[f"{path}.answer"]})
        for path, question in asked
        if question.answer is not None
    ]


def _asked(case: Reply) -> Iterator[tuple[str, Question | Part]]:
    for index, question in enumerate(case.questions):
        yield f"questions[{index}]", question
        for number, part in enumerate(question.parts):
            yield f"questions[{index}].parts[{number}]", part


def _numbers(question: Question | Part, path: str, asked: list[tuple[str, Question | Part]]) -> list[Merged]:
    own = [Merged(question.number or "", f"{path}.number")]
    return own + [
        Merged(other.number or "", f"{place}.number")
        for place, other in asked
        if other.answered_with is not None and other.answered_with == question.number
    ]
