"""Complaint guidance: forvaltningsloven § 25.

Required when the party does not get everything and can appeal; left to the library when everything is
granted; forbidden where nothing is decided. What the guidance must say comes from the route of each touched
part (`klageveje.yaml`).
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator

from letters.case.spec import Matter
from letters.checks.reading import names, said
from letters.checks.rules import Reading, lacks, wrong
from letters.checks.sentences import sentences
from letters.danish import dato
from letters.document.model import Role
from letters.problems import N_, Problem

_SEE = "forvaltningslovens § 25"
# How long the authority itself takes with a complaint is no time limit for it.
_LAST_DAY = re.compile(
    r"\b(?:senest|inden|frist\w*|sidste dag)\b[^.;]{0,60}?\b(?P<day>\d{1,2}\. (?:januar|februar|marts|april"
    r"|maj|juni|juli|august|september|oktober|november|december)(?: \d{4})?)",
    re.IGNORECASE,
)
_OF_THE_DECISION = re.compile(r"\b(?:afgørelse|brev|medde)", re.IGNORECASE)


def only_for_decisions(reading: Reading) -> Iterator[Problem]:
    """A hearing and a reply decide nothing, so that nobody can complain of them."""
    if reading.facts.matter is Matter.DECISION:
        return
    line = next(reading.of_roles(Role.GUIDANCE), None)
    if line is not None:
        yield wrong(
            line.place(0),
            "law.guidance-forbidden",
            N_("the letter decides nothing, and yet it tells how to complain"),
            _SEE,
            N_("take the complaint guidance out of the wording"),
        )


def route_known(reading: Reading) -> Iterator[Problem]:
    """A part that can be appealed has a route on the date of the law."""
    for route in reading.facts.routes:
        if route.body is None and reading.facts.against:
            yield lacks(
                reading,
                "law.route-unknown",
                N_("the library has no complaint route for {part} on {date}"),
                _SEE,
                N_("add the version that applied then to klageveje.yaml"),
                part=" og ".join(route.parts),
                date=reading.facts.law_date.isoformat(),
            )


def guidance_given(reading: Reading) -> Iterator[Problem]:
    """An appealable decision against the party tells how to complain."""
    facts = reading.facts
    if facts.against and any(r.body for r in facts.routes) and not reading.has(Role.GUIDANCE):
        yield lacks(
            reading,
            "law.guidance-missing",
            N_("the decision can be appealed, and the letter does not tell how"),
            _SEE,
            N_("include the complaint guidance, in a section with the role guidance"),
        )


def _guidance(reading: Reading) -> str:
    """What the guidance says; empty when none is given or needed, and other rules say so."""
    return said(reading.lines, Role.GUIDANCE) if reading.facts.matter is Matter.DECISION else ""


def body_named(reading: Reading) -> Iterator[Problem]:
    """The body of every touched part's route is named."""
    guidance = _guidance(reading)
    for route in reading.facts.routes:
        if guidance and route.body and not names(guidance, route.body):
            yield lacks(
                reading,
                "law.guidance-body",
                N_("the complaint guidance does not name {body}, where one complains of {part}"),
                _SEE,
                N_("print `route.body` of every route"),
                body=route.body,
                part=" og ".join(route.parts),
            )


def no_other_body(reading: Reading) -> Iterator[Problem]:
    """A body that decides no part of this case is not named as one to complain to."""
    own = {route.body for route in reading.facts.routes}
    if not own or reading.facts.matter is not Matter.DECISION:
        return
    for line in reading.of_roles(Role.GUIDANCE):
        for body in sorted(reading.facts.bodies - own):
            if names(line.text, body):
                yield wrong(
                    line.place(line.text.index(body)),
                    "law.guidance-other-body",
                    N_("the complaint guidance names {body}, which decides no part of this complaint"),
                    _SEE,
                    N_("print `route.body` instead of a fixed name"),
                    body=body,
                )


def handed_in(reading: Reading) -> Iterator[Problem]:
    """The guidance says where to hand the complaint in: at the authority that decided.

    Source: retssikkerhedslovens § 66; offentlighedslovens § 37; the procedure is told by § 25.
    """
    guidance = _guidance(reading)
    if guidance and not any(names(guidance, way) for way in reading.facts.handed_in):
        yield lacks(
            reading,
            "law.guidance-handed-in",
            N_("the complaint guidance does not say where to send the complaint"),
            _SEE,
            N_("print the sender's address or e-mail: the authority looks at the decision again first"),
        )


def deadline_told(reading: Reading) -> Iterator[Problem]:
    """Any time limit for the complaint is told: one that runs from the decision, not from the complaint."""
    guidance = _guidance(reading)
    limits = [s.text for s in sentences(guidance.replace("\n", " ")) if _OF_THE_DECISION.search(s.text)]
    for route in reading.facts.routes:
        if guidance and route.deadline and not any(names(limit, route.deadline) for limit in limits):
            yield lacks(
                reading,
                "law.guidance-deadline",
                N_("the complaint guidance does not tell the deadline, {deadline}"),
                _SEE,
                N_("print `route.deadline`"),
                deadline=route.deadline,
            )


def last_day_named(reading: Reading) -> Iterator[Problem]:
    """The last day for a complaint is named where the case file asks for it."""
    guidance = _guidance(reading)
    for route in reading.facts.routes:
        if guidance and route.last_day and not names(guidance, _written(route.last_day)):
            yield lacks(
                reading,
                "law.guidance-last-day",
                N_("the complaint guidance does not name the last day, {date}"),
                _SEE,
                N_("print `route.last_day` where it is not none"),
                date=route.last_day.isoformat(),
            )


def _written(day: dt.date) -> str:
    return dato(day).replace("\u00a0", " ")


def no_fixed_day(reading: Reading) -> Iterator[Problem]:
    """A wording has no last day of its own: it would be that of another letter."""
    for line in reading.of_roles(Role.GUIDANCE):
        for found in _LAST_DAY.finditer(line.text):
            if line.field(found.start("day")) is None and not line.is_quoted(found.start()):
                yield wrong(
                    line.place(found.start()),
                    "law.guidance-fixed-day",
                    N_('the complaint guidance has a fixed last day, "{day}"'),
                    _SEE,
                    N_("print `route.deadline`, and `route.last_day` where it is not none"),
                    day=found["day"],
                )


def competence_told(reading: Reading) -> Iterator[Problem]:
    """Special limits of the body's competence are told, where the route says that there are any."""
    guidance = _guidance(reading)
    for route in reading.facts.routes:
        if guidance and route.competence and not names(guidance, route.competence):
            yield lacks(
                reading,
                "law.guidance-competence",
                N_("the complaint guidance does not say that {body} only decides on {competence}"),
                "forvaltningslovens § 25; PAV 9.1.13",
                N_("print `route.competence`"),
                body=route.body,
                competence=route.competence,
            )


RULES = (
    only_for_decisions,
    route_known,
    guidance_given,
    body_named,
    no_other_body,
    handed_in,
    deadline_told,
    last_day_named,
    no_fixed_day,
    competence_told,
)
