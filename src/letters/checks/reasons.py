"""Grounds: forvaltningsloven §§ 22 and 24, and the party's own arguments.

A hearing letter shows the intended grounds in the same way, so that the party can speak about them (§ 19).
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from letters.case.spec import Matter
from letters.checks.reading import prints
from letters.checks.rules import Reading, lacks
from letters.document.model import Role
from letters.problems import N_, Problem

_ARGUED = (Role.REASONS, Role.CONSIDERATIONS, Role.ASSESSMENT)
# Citations in full are found in `citations`; here any will do.
_CITED = re.compile(r"§|\bartik(?:el|ler)\b|\bkapitel \d")


def _needs_reasons(reading: Reading) -> bool:
    return reading.facts.against or reading.facts.matter is Matter.HEARING


def reasons_given(reading: Reading) -> Iterator[Problem]:
    """Every decision that is not fully favourable has grounds (§ 22)."""
    if _needs_reasons(reading) and not reading.has(*_ARGUED):
        yield lacks(
            reading,
            "law.reasons-missing",
            N_("the letter gives no grounds"),
            "forvaltningslovens § 22",
            N_("put back the sections with the role reasons, and include the ground's wording in them"),
        )


def grounds_argued(reading: Reading) -> Iterator[Problem]:
    """Each ground of the case is argued in the letter (§ 24, stk. 1)."""
    if not reading.has(*_ARGUED):
        return
    for ground in reading.facts.grounds:
        if not any(line.text.strip() for line in reading.of_ground(ground.code)):
            yield lacks(
                reading,
                "law.ground-missing",
                N_('the letter does not argue the ground "{ground}", which the case rests on'),
                "forvaltningslovens § 24, stk. 1",
                N_("include the ground's own wording"),
                ground=ground.code,
            )


def rules_named(reading: Reading) -> Iterator[Problem]:
    """Grounds name the rules of law (§ 24, stk. 1)."""
    if not _needs_reasons(reading) or not reading.has(*_ARGUED):
        return
    if not any(_CITED.search(line.text) for line in reading.of_roles(*_ARGUED, Role.LAW)):
        yield lacks(
            reading,
            "law.rules-missing",
            N_("the grounds name no rule of law"),
            "forvaltningslovens § 24, stk. 1",
            N_("cite the provision in the ground's wording or in a section with the role law"),
        )


def considerations_given(reading: Reading) -> Iterator[Problem]:
    """Where a rule leaves discretion, the main considerations are told (§ 24, stk. 1, 2. pkt.)."""
    if not _needs_reasons(reading):
        return
    for ground in reading.facts.grounds:
        argued = any(line.text.strip() for line in reading.of_ground(ground.code))
        if not ground.discretionary or not argued:
            continue
        own = any(line.text.strip() for line in reading.of_ground(ground.code, Role.CONSIDERATIONS))
        if not own and not prints(reading.lines, f"{ground.path}.considerations"):
            yield lacks(
                reading,
                "law.considerations-missing",
                N_('the ground "{ground}" leaves discretion, and the letter does not say what weighed'),
                "forvaltningslovens § 24, stk. 1, 2. pkt.",
                N_("print `reason.considerations` in the ground's wording"),
                ground=ground.code,
            )


def assessment_given(reading: Reading) -> Iterator[Problem]:
    """The overall assessment of the case is printed; it belongs to the main considerations."""
    if reading.facts.assessment and not prints(reading.lines, "assessment"):
        yield lacks(
            reading,
            "law.assessment-missing",
            N_("the letter does not print the overall assessment of this very case"),
            "forvaltningslovens § 24, stk. 1, 2. pkt.",
            N_("print `assessment` in the wording"),
        )


def facts_told(reading: Reading) -> Iterator[Problem]:
    """The facts that a ground rests on are told (§ 24, stk. 2)."""
    for ground in reading.facts.grounds:
        if not any(line.text.strip() for line in reading.of_ground(ground.code)):
            continue
        for field in ground.printed:
            if not prints(reading.lines, field):
                yield lacks(
                    reading,
                    "law.facts-missing",
                    N_('the letter does not print {field}, a fact of the ground "{ground}"'),
                    "forvaltningslovens § 24, stk. 2",
                    N_("print the field in the ground's wording"),
                    field=field,
                    ground=ground.code,
                )


def views_answered(reading: Reading) -> Iterator[Problem]:
    """Each argument of the party's own is repeated and answered."""
    for index in range(reading.facts.views):
        for part, code, message in (
            (
                "argument",
                "law.view-missing",
                N_("the letter does not print the party's argument no. {number}"),
            ),
            (
                "answer",
                "law.view-unanswered",
                N_("the letter does not answer the party's argument no. {number}"),
            ),
        ):
            if not prints(reading.lines, f"views[{index}].{part}"):
                yield lacks(
                    reading,
                    code,
                    message,
                    "Ankestyrelsen: At skrive en afgørelse (2016), punkt 4",
                    N_("print each view's argument and answer in a section with the role views"),
                    number=index + 1,
                )


RULES = (
    reasons_given,
    grounds_argued,
    rules_named,
    considerations_given,
    assessment_given,
    facts_told,
    views_answered,
)
