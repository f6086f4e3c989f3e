"""Hearing the party: forvaltningsloven § 19."""

from __future__ import annotations

import re
from collections.abc import Iterator

from letters.case.spec import Matter
from letters.checks.reading import prints
from letters.checks.rules import Reading, lacks, wrong
from letters.document.model import Role
from letters.problems import N_, Problem

_SEE = "forvaltningslovens § 19"
_UNDECIDED = re.compile(
    r"\b(?:ikke|endnu)\b[^.]{0,40}\b(?:afgjort|afgør|truffet|træffer|taget stilling|besluttet)\b"
    r"|\b(?:ingen|ikke) [^.]{0,20}\bafgørelse\b|\bfør (?:vi|kommunen) (?:afgør|træffer|beslutter)\b",
    re.IGNORECASE,
)


def hearing_told(reading: Reading) -> Iterator[Problem]:
    """A decision against the party says that the party was heard, or why not (stk. 1 and 2)."""
    if not reading.facts.against:
        return
    told = tuple(reading.of_roles(Role.HEARING))
    fields = reading.facts.hearing
    if not fields or not all(prints(told, field) for field in fields):
        yield lacks(
            reading,
            "law.hearing-missing",
            N_("the letter does not say that the party was heard, or why that was not needed"),
            _SEE,
            N_("print the deadline, or the reason for the exception, in a section with the role hearing"),
        )


def deadline_set(reading: Reading) -> Iterator[Problem]:
    """A hearing letter tells until when the party can answer."""
    if reading.facts.matter is Matter.HEARING and not prints(reading.lines, "hearing.deadline"):
        yield lacks(
            reading,
            "law.hearing-deadline",
            N_("the hearing letter does not say until when the party can answer"),
            _SEE,
            N_("print `hearing.deadline`"),
        )


def nothing_decided(reading: Reading) -> Iterator[Problem]:
    """A hearing letter says that nothing is decided yet."""
    if reading.facts.matter is not Matter.HEARING:
        return
    if not any(_UNDECIDED.search(line.text) for line in reading.of_roles(*Role) if not line.quoted):
        yield lacks(
            reading,
            "law.hearing-undecided",
            N_("the hearing letter does not say that nothing is decided yet"),
            _SEE,
            N_('write, for example: "Vi har ikke afgjort sagen endnu."'),
        )


def no_result(reading: Reading) -> Iterator[Problem]:
    """A hearing letter has no result: a decision before the answer makes the hearing idle."""
    line = next(reading.of_roles(Role.RESULT), None)
    if reading.facts.matter is Matter.HEARING and line is not None:
        yield wrong(
            line.place(0),
            "law.hearing-decides",
            N_("the hearing letter has a section that says what was decided"),
            _SEE,
            N_("give the section the role hearing, and write what is intended"),
        )


RULES = (hearing_told, deadline_set, nothing_decided, no_result)
