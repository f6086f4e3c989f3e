"""Letters of the examples, broken in one place: each edit is made in the letter's readable form."""

from __future__ import annotations

import functools
import re
from collections.abc import Callable
from dataclasses import replace
from typing import Any

from examples import ROOT, example_cases
from letters.case.read import read_case
from letters.checks.citations import check_citations
from letters.checks.facts import Facts
from letters.checks.language import check_language
from letters.checks.lawful import check_lawful
from letters.checks.letter import check_letter
from letters.desk.checking import facts_of
from letters.desk.citing import cited
from letters.document import dump, load
from letters.document.model import Letter, Status
from letters.law.acts import Register
from letters.law.register import load_register
from letters.problems import Problem
from letters.wording.compose import Composer
from letters.wording.load import load_library

Edit = Callable[[str], str]

FIXTURES = {f"{path.parent.name}/{path.stem}": path for path in example_cases()}


@functools.cache
def _composer() -> Composer:
    return Composer(load_library(ROOT / "templates" / "da"))


@functools.cache
def letter_and_facts(name: str, status: Status = Status.FINAL) -> tuple[Letter, Facts]:
    """A fixture's letter and what the rules know of its case."""
    path, composer = FIXTURES[name], _composer()
    read = read_case(path.read_bytes(), path.name, composer.library.spec())
    composed = composer.compose(read.case, status, read.places.place)
    return composed.letter, facts_of(read.case, composer.library, composed)


@functools.cache
def linked(name: str, status: Status = Status.FINAL) -> Letter:
    """A fixture's letter as the desk finishes it, with its citations linked."""
    letter, _ = letter_and_facts(name, status)
    path, library = FIXTURES[name], _composer().library
    case = read_case(path.read_bytes(), path.name, library.spec()).case
    return cited(letter, case, library, register())


@functools.cache
def register() -> Register:
    return load_register(ROOT / "templates" / "da" / "love")


def every_problem(letter: Letter, facts: Facts) -> list[Problem]:
    return [
        *check_letter(letter),
        *check_lawful(letter, facts),
        *check_citations(letter, facts, register()),
        *check_language(letter),
    ]


def broken(name: str, edit: Edit, **changed: Any) -> list[Problem]:
    """What is told of a fixture's letter after an edit of its readable form, and of its facts."""
    letter, facts = letter_and_facts(name)
    source = dump(letter)
    edited = edit(source)
    assert edited != source or changed, "the edit changes nothing"
    return every_problem(load(edited), replace(facts, **changed))


# Edits


def swap(old: str, new: str) -> Edit:
    def edit(source: str) -> str:
        assert old in source, old
        return source.replace(old, new)

    return edit


def drop_lines(holding: str) -> Edit:
    """Take out the lines that hold a text."""
    return lambda source: "".join(line for line in source.splitlines(True) if holding not in line)


def drop_sections(*heads: str) -> Edit:
    """Take out whole sections by the beginning of their head: "guidance", "reasons (netvaerk)"."""

    def edit(source: str) -> str:
        pieces = re.split(r"(?m)^(?=section )", source)
        return "".join(p for p in pieces if not p.startswith(tuple(f"section {head}" for head in heads)))

    return edit


def both(*edits: Edit) -> Edit:
    return lambda source: functools.reduce(lambda text, edit: edit(text), edits, source)


def unchanged(source: str) -> str:
    return source
