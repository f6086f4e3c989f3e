"""The use cases of `letters law`: what the register holds, on a date."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

from msgspec import Struct

from letters.desk.manifest import LAW
from letters.law.acts import Act, AmendingAct, ComplaintRoute, Provision, Register, Version
from letters.law.citation import Citation
from letters.law.find import NotACitationError, parse
from letters.law.register import load_register
from letters.law.resolve import Status, Verdict, resolve
from letters.law.writing import write_path
from letters.problems import N_, CaseError, Place, Problem, Severity


class Looked(Struct, frozen=True):
    """What the register says of a citation on a date.

    Attributes:
        version: the text of the act to cite; None when none is registered for the date.
        provisions: those cited, each with its subdivisions that are in force; all sections of an act that is
            cited as a whole.
        complaint: the route for decisions by the first of them; None when not known.
        amendments: what changed the act after the text to cite, and before the date; the earliest first.
        elsewhere: what stands, or stood, at the places cited on other dates.
    """

    citation: Citation
    verdict: Verdict
    version: Version | None
    provisions: tuple[Provision, ...]
    complaint: ComplaintRoute | None
    amendments: tuple[AmendingAct, ...] = ()
    elsewhere: tuple[Provision, ...] = ()


def open_register(templates: Path) -> Register:
    """The register of a library.

    Raises:
        TemplateError: with every fault of its files.
    """
    return load_register(templates / LAW)


def look_up(text: str, register: Register, on: dt.date, regime: str | None = None) -> Looked:
    """Look up one citation, or an act by its name.

    Raises:
        CaseError: the text is not one citation.
    """
    try:
        citation = parse(text, register.known)
    except NotACitationError:
        raise CaseError([_unread(text)]) from None
    verdict = resolve(citation, register, on, regime=regime)
    act = verdict.act
    if act is None:
        return Looked(citation, verdict, None, (), None)
    first = next(iter(citation.paths()), ())
    provisions = tuple(dict.fromkeys(_below(act, verdict, on)))
    return Looked(
        citation,
        verdict,
        verdict.version,
        provisions,
        act.complaint(first, on) if citation.places else None,
        tuple(_amendments(act, verdict.version, on)),
        tuple(one for one in act.provisions if one.path in citation.paths() and not one.period.holds(on)),
    )


def _amendments(act: Act, version: Version | None, on: dt.date) -> Iterator[AmendingAct]:
    issued = version.designation.date if version is not None else None
    for one in sorted(act.amendments, key=lambda one: one.designation.date or dt.date.min):
        day = one.designation.date
        if day is not None and (issued is None or issued < day) and (one.in_force or day) <= on:
            yield one


def _below(act: Act, verdict: Verdict, on: dt.date) -> Iterator[Provision]:
    wanted = [provision.path for provision in verdict.provisions]
    if not wanted and verdict.citation.places:
        return
    for provision in act.provisions:
        if provision.period.holds(on):
            path = provision.path
            if any(path[: len(one)] == one for one in wanted) or (not wanted and len(path) == 1):
                yield provision


def _unread(text: str) -> Problem:
    return Problem(
        "law.not-a-citation",
        Severity.FATAL,
        N_("“{text}” cannot be read as one citation"),
        Place(""),
        {"text": text[:200]},
        N_("write it as in a letter: integrationslovens § 18, stk. 2"),
    )


def place_of(provision: Provision) -> str:
    """A provision's place in its act, "§ 18, stk. 2"."""
    return write_path(provision.path)


def is_right(status: Status) -> bool:
    """Whether nothing is known to be wrong with a citation."""
    return status in (Status.EXISTS, Status.UNVERIFIED, Status.UNLISTED, Status.NO_ACT)
