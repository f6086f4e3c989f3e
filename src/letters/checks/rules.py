"""What a rule of law is, and how it tells what it found."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from letters.checks.facts import Facts
from letters.checks.reading import Kind, Line, read_lines
from letters.document.model import Letter, Role
from letters.problems import Place, Problem, Severity


@dataclass(frozen=True)
class Reading:
    """A finished Letter as the rules see it."""

    letter: Letter
    facts: Facts
    lines: tuple[Line, ...]

    @classmethod
    def of(cls, letter: Letter, facts: Facts) -> Reading:
        return cls(letter, facts, read_lines(letter))

    def has(self, *roles: Role) -> bool:
        """Whether a section of one of these roles says anything below its heading."""
        return any(bool(line.text.strip()) for line in self.of_roles(*roles))

    def of_roles(self, *roles: Role) -> Iterator[Line]:
        """The lines of sections of these roles, headings left out."""
        for line in self.lines:
            if line.section and line.section.role in roles and line.kind is not Kind.HEADING:
                yield line

    def of_ground(self, code: str, *roles: Role) -> Iterator[Line]:
        """The lines of sections that argue a ground, in these roles or in any, headings left out."""
        for line in self.lines:
            section = line.section
            fits = section is not None and section.ground == code and (not roles or section.role in roles)
            if fits and line.kind is not Kind.HEADING:
                yield line


Rule = Callable[[Reading], Iterator[Problem]]


def lacks(reading: Reading, code: str, message: str, see: str, help: str = "", **args: object) -> Problem:
    """An error about something that the letter does not say: told of the wording it began with."""
    return Problem(code, Severity.ERROR, message, Place(reading.facts.wording), args, help, see)


def wrong(
    place: Place,
    code: str,
    message: str,
    see: str,
    help: str = "",
    *,
    severity: Severity = Severity.ERROR,
    **args: object,
) -> Problem:
    """A fault with a place of its own."""
    return Problem(code, severity, message, place, args, help, see)
