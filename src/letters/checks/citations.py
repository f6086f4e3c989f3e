"""Every citation of a finished letter, looked up on the date of its law.

Exempt are somebody else's words: quotations, and the questions that are answered. Law of another date may be
cited where the case file declares it (`historic:`).
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Iterator, Mapping

from letters.case.spec import Matter
from letters.checks.facts import Facts
from letters.checks.reading import Line, read_lines
from letters.document.model import Letter
from letters.document.model import Status as DocumentStatus
from letters.law.acts import Register
from letters.law.citation import Citation
from letters.law.find import NotACitationError, parse
from letters.law.judge import Judged, judge
from letters.law.resolve import Status
from letters.problems import N_, Place, Problem, Severity

_SEVERITIES: Mapping[Status, Severity] = {
    # What the register does not know may well be right, and nobody but a lawyer can say. A final decision
    # rests on what is verified only, unless the case file acknowledges it.
    Status.UNVERIFIED: Severity.WARNING,
    Status.UNLISTED: Severity.WARNING,
    Status.AMBIGUOUS: Severity.WARNING,
    Status.UNKNOWN_ACT: Severity.WARNING,
    # What it knows to be wrong does not go out.
    Status.REPEALED: Severity.ERROR,
    Status.MOVED: Severity.ERROR,
    Status.NOT_IN_FORCE: Severity.ERROR,
    Status.NO_SUCH_PLACE: Severity.ERROR,
}
_SLIP = re.compile(r"j(?<=\bj)(?:fr|vf)\.|§\d+|s(?<=\bs)tk\.\d+|n(?<=\bn)r\.\d+")


def check_citations(
    letter: Letter, facts: Facts, register: Register, lines: tuple[Line, ...] | None = None
) -> tuple[Problem, ...]:
    """What is wrong with the citations of a letter.

    Args:
        lines: the letter's, where they were read already.
        register: one without acts knows nothing, so that only the form of citations is looked at.
    """
    historic, problems = _historic(facts, register)
    final = letter.status is DocumentStatus.FINAL and facts.matter is Matter.DECISION
    severities = {**_SEVERITIES, Status.UNVERIFIED: Severity.ERROR} if final else _SEVERITIES
    used: set[Citation] = set()
    for line in read_lines(letter) if lines is None else lines:
        judged = judge(line.text, register, facts.law_date, regime=facts.regime, as_of=historic)
        used |= {one.found.citation for one in judged}
        problems += _told(
            line,
            [one for one in judged if not line.is_quoted(one.found.start)],
            severities if register.acts else {},
        )
    problems += _in_vain(facts, historic, used, register)
    return tuple(problems)


def _told(line: Line, judged: Iterable[Judged], severities: Mapping[Status, Severity]) -> Iterator[Problem]:
    spans = []
    for one in judged:
        found = one.found
        severity = severities.get(one.verdict.status)
        place = line.place(found.start)
        problem = one.verdict.problem(severity, place) if severity else None
        if problem is not None:
            yield problem
        # "jfr." stands before the citation that it leads to.
        start = min([found.start, *(slip.start for slip in found.slips)])
        if found.slips:
            lead = "jf. " if start < found.start else ""
            yield _slip(place, line.text[start : found.end], lead + found.right)
        spans.append((start, found.end))
    for loose in _SLIP.finditer(line.text):
        if not line.is_quoted(loose.start()) and not any(a <= loose.start() < b for a, b in spans):
            yield _slip(line.place(loose.start()), loose[0], "")


def _slip(place: Place, found: str, right: str) -> Problem:
    return Problem(
        "language.citation-form",
        Severity.WARNING,
        N_("“{found}” is not how law is cited"),
        place,
        {"found": found, "right": right},
        N_("write “{right}”") if right else N_("write “jf.”, and a space after § and after stk. and nr."),
    )


# Law of another date


def _historic(facts: Facts, register: Register) -> tuple[dict[Citation, dt.date], list[Problem]]:
    declared: dict[Citation, dt.date] = {}
    problems = []
    for one in facts.historic:
        try:
            declared[parse(one.citation, register.known)] = one.as_of
        except NotACitationError:
            problems.append(
                Problem(
                    "law.historic-unread",
                    Severity.ERROR,
                    N_("{citation} cannot be read as one citation"),
                    Place("", field=one.field),
                    {"citation": one.citation},
                    N_("write it as it stands in the letter: integrationslovens § 18, stk. 2"),
                )
            )
    return declared, problems


def _in_vain(
    facts: Facts, historic: Mapping[Citation, dt.date], used: set[Citation], register: Register
) -> Iterator[Problem]:
    """What is declared and not cited: most likely the citation was changed, and now is not looked up."""
    for one in facts.historic:
        try:
            citation = parse(one.citation, register.known)
        except NotACitationError:
            continue
        if citation in historic and citation not in used:
            yield Problem(
                "law.historic-unused",
                Severity.WARNING,
                N_("the letter does not cite {citation}"),
                Place("", field=one.field),
                {"citation": one.citation},
                N_("take it out, or write it as it stands in the letter"),
            )
