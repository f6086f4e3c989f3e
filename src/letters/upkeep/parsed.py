"""Every wording file as Jinja reads it, with what is wrong with its syntax."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import jinja2
from jinja2 import nodes
from msgspec.structs import replace

from letters.problems import Place, Problem
from letters.wording.compose import Composer, template_source
from letters.wording.engine import Environment, TemplateFault
from letters.wording.library import WordingFile


@dataclass(frozen=True)
class Parsed:
    """A wording file.

    Attributes:
        tree: None when it cannot be read; `problem` says why.
    """

    file: WordingFile
    tree: nodes.Template | None
    problem: Problem | None = None


@dataclass(frozen=True)
class Reader:
    """A library's wording, parsed.

    Attributes:
        files: path -> parsed.
        filters, tests: the names that the wording language has.
    """

    composer: Composer
    files: Mapping[str, Parsed]
    filters: frozenset[str]
    tests: frozenset[str]

    def place(self, path: str, body_line: int) -> Place:
        """Where a line of what Jinja was given stands."""
        found = self.composer.place(path, body_line)
        return Place(found.file, found.line)

    @property
    def is_broken(self) -> bool:
        """Whether something cannot be read, so that nobody knows what it would have used."""
        return bool(self.composer.library.faults) or any(one.tree is None for one in self.files.values())

    @property
    def problems(self) -> Iterator[Problem]:
        """What is wrong with the syntax of files, each file's first fault."""
        return (one.problem for one in self.files.values() if one.problem is not None)


def bare_name(written: str) -> str:
    """The name of a wording as an include may write it, with or without its ending."""
    return written.removesuffix(".md").removesuffix(".docx")


def parse(composer: Composer) -> Reader:
    """Parse every version of every wording of a library."""
    environment = Environment(jinja2.DictLoader({}), composer.library.first_lines)
    files = {
        file.path: _parsed(composer, environment, file)
        for versions in composer.library.files.values()
        for file in versions
    }
    spelled = frozenset(name for name in environment.filters if not name.startswith("-"))
    return Reader(composer, files, spelled, frozenset(environment.tests))


def _parsed(composer: Composer, environment: Environment, file: WordingFile) -> Parsed:
    source = template_source(file)
    try:
        tree = environment.parse(source, file.name, file.path)
        environment.compile(source, file.name, file.path)  # names of filters are looked up only then
    except (jinja2.TemplateError, RecursionError) as error:
        fault = TemplateFault.of(environment, file.path, error, {})
        place = composer.place(file.path, fault.body_line)
        return Parsed(file, None, replace(fault.problem, place=Place(place.file, place.line)))
    return Parsed(file, tree)
