"""Every rule of law, over a finished Letter."""

from __future__ import annotations

from letters.checks import guidance, hearing, people, reasons, sender, structure, terms
from letters.checks.facts import Facts
from letters.checks.reading import Line
from letters.checks.rules import Reading, Rule
from letters.document.model import Letter
from letters.problems import Problem

RULES: tuple[Rule, ...] = (
    *reasons.RULES,
    *guidance.RULES,
    *hearing.RULES,
    *sender.RULES,
    *terms.RULES,
    *people.RULES,
    *structure.RULES,
)


def check_lawful(letter: Letter, facts: Facts, lines: tuple[Line, ...] | None = None) -> tuple[Problem, ...]:
    """What a lawyer would hold against a letter before it goes out.

    Args:
        lines: the letter's, where they were read already.
    Returns:
        Problems in the order of the rules; each names its source in `see`.
    """
    reading = Reading.of(letter, facts) if lines is None else Reading(letter, facts, lines)
    return tuple(problem for rule in RULES for problem in rule(reading))
