"""The register's types: acts, their versions, provisions, complaint routes and amendments, all dated.

`Register` answers what was in force on a date. It is made by `letters.law.register` and never changes.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from letters.law.citation import Designation, Kind, Level, Unit
from letters.law.judged_before import JudgedBefore
from letters.law.names import Known, know
from letters.law.writing import genitive, write_path

Path = tuple[Level, ...]
"""A place in an act in full, one label a level: § 18, stk. 2."""


@dataclass(frozen=True, slots=True)
class Period:
    """From a day to a day, both included; None is open."""

    start: dt.date | None = None
    end: dt.date | None = None

    def holds(self, on: dt.date) -> bool:
        return (self.start is None or self.start <= on) and (self.end is None or on <= self.end)

    def overlaps(self, other: Period) -> bool:
        first, second = self.start or dt.date.min, other.start or dt.date.min
        return first <= (other.end or dt.date.max) and second <= (self.end or dt.date.max)


@dataclass(frozen=True, slots=True)
class Source:
    """Where an entry comes from, and whether it was verified there."""

    text: str
    verified: bool


@dataclass(frozen=True, slots=True)
class Origin:
    """The register file and line of an entry; never compared."""

    file: str
    line: int


@dataclass(frozen=True, slots=True)
class Version:
    """A promulgated text of an act.

    Attributes:
        period: when it is the text to cite. A consolidation is cited from its date of issue until the next
        one. eli: its address.
        name: a name of this version alone, "2012-forvaltningsloven"; empty when none.
        regimes: transitional rules under which it still applies after its period.
        read: whether the provisions in the register were read in this version, so that what is not listed
            is known not to exist where a level is closed.
    """

    designation: Designation
    period: Period
    eli: str
    source: Source
    name: str = ""
    regimes: frozenset[str] = frozenset()
    read: bool = True
    origin: Origin = field(default=Origin("", 0), compare=False)


@dataclass(frozen=True, slots=True)
class TermChange:
    """A term that an amendment replaced everywhere; under `kept_for` regimes the old one stays."""

    old: str
    new: str
    kept_for: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class AmendingAct:
    """A document that changed an act.

    Attributes:
        at: the paragraph in it that did so, as written ("§ 3"); empty when unknown.
        in_force: None when it is not known.
        changed_by: keys ("LOV 546/2022") of documents that changed this one in turn.
    """

    designation: Designation
    source: Source
    eli: str
    at: str = ""
    in_force: dt.date | None = None
    terms: tuple[TermChange, ...] = ()
    changed_by: tuple[str, ...] = ()
    origin: Origin = field(default=Origin("", 0), compare=False)


@dataclass(frozen=True, slots=True)
class Provision:
    """A rule and when it stood at this place.

    Attributes:
        meaning: one line in Danish.
        closed: kinds of children that are all listed; one of which none is listed does not exist here.
        discretionary: whether it leaves discretion (forvaltningslovens § 24, stk. 1, 2. pkt.).
        chapter: the chapter it stands in, as written; empty when not known.
        moved_to: where the same rule stands outside `period`, as written; empty when it did not move.
    """

    path: Path
    meaning: str
    source: Source
    period: Period = Period()
    closed: frozenset[Unit] = frozenset()
    discretionary: bool = False
    chapter: str = ""
    moved_to: str = ""
    origin: Origin = field(default=Origin("", 0), compare=False)


@dataclass(frozen=True, slots=True)
class ComplaintRoute:
    """Who hears complaints over decisions by a provision or chapter.

    Attributes:
        places: what it covers; empty for the whole act.
        body: the complaint body; empty when the decision cannot be appealed.
    """

    places: tuple[Path, ...]
    body: str
    basis: str
    procedure: str
    source: Source
    period: Period = Period()
    origin: Origin = field(default=Origin("", 0), compare=False)


@dataclass(frozen=True)
class Act:
    """An act or executive order with all that is known of it."""

    name: str
    title: str
    genitive: str
    aliases: tuple[str, ...]
    source: Source
    versions: tuple[Version, ...]
    amendments: tuple[AmendingAct, ...] = ()
    provisions: tuple[Provision, ...] = ()
    complaints: tuple[ComplaintRoute, ...] = ()
    origin: Origin = field(default=Origin("", 0), compare=False)

    @cached_property
    def names(self) -> tuple[str, ...]:
        """Every name that can stand for the act, versions' own names included."""
        return (self.name, self.title, *self.aliases, *(one.name for one in self.versions if one.name))

    @cached_property
    def by_place(self) -> Mapping[str, tuple[Provision, ...]]:
        places: dict[str, tuple[Provision, ...]] = {}
        for provision in self.provisions:
            key = write_path(provision.path)
            places[key] = (*places.get(key, ()), provision)
        return places

    def version(self, on: dt.date, regime: str | None = None) -> Version | None:
        """The text to cite on a date; None when none is registered for it."""
        kept = (one for one in self.versions if regime is not None and regime in one.regimes)
        now = (one for one in self.versions if one.period.holds(on))
        return next((one for one in kept if (one.period.start or on) <= on), None) or next(now, None)

    def provision(self, path: Path, on: dt.date) -> Provision | None:
        """The rule that stood at a place on a date; None when none is registered."""
        return next((one for one in self.by_place.get(write_path(path), ()) if one.period.holds(on)), None)

    def complaint(self, path: Path, on: dt.date) -> ComplaintRoute | None:
        """The route for decisions by a provision: its own, its chapter's, then the act's; None when not
        known.
        """
        section = self.provision(path[:1], on)
        chapter = section.chapter if section is not None else ""
        above = [write_path(path[:size]) for size in range(len(path), 0, -1)]
        for place in (*above, chapter):
            for route in self.complaints:
                if place and route.period.holds(on) and place in map(write_path, route.places):
                    return route
        return next((one for one in self.complaints if not one.places and one.period.holds(on)), None)


@dataclass(frozen=True)
class Register:
    """All acts, found by name or by number."""

    acts: tuple[Act, ...]

    @cached_property
    def known(self) -> Known:
        """The names to hand to `find_citations` and `parse`."""
        return know(name for act in self.acts for name in act.names)

    @cached_property
    def judged_before(self) -> JudgedBefore[Any]:
        """What `letters.law.judge` remembers of texts judged by this register."""
        return JudgedBefore()

    @cached_property
    def regimes(self) -> frozenset[str]:
        """The transitional rules that keep older texts or terms in force."""
        texts = (one.regimes for act in self.acts for one in act.versions)
        terms = (term.kept_for for act in self.acts for one in act.amendments for term in one.terms)
        return frozenset().union(*texts, *terms)

    @cached_property
    def _named(self) -> Mapping[str, Act]:
        return {name.casefold(): act for act in self.acts for name in act.names}

    def act(self, name: str) -> Act | None:
        """The act of that name, title or genitive, in small or capital letters."""
        named = self._named
        folded = name.casefold()
        return named.get(folded) or named.get(folded.removesuffix("s")) or self._by_genitive.get(folded)

    @cached_property
    def _by_genitive(self) -> Mapping[str, Act]:
        return {form.casefold(): act for act in self.acts for form in (act.genitive, genitive(act.name))}

    def document(self, designation: Designation) -> tuple[Act, Version | AmendingAct] | None:
        """The act, and the text of it or the amendment to it, of that kind, number and date."""
        for act in self.acts:
            documents: tuple[Version | AmendingAct, ...] = (*act.versions, *act.amendments)
            for one in documents:
                if same_document(one.designation, designation):
                    return act, one
        return None


def same_document(ours: Designation, cited: Designation) -> bool:
    """Whether a citation means this document; a date that is not given matches any."""
    if ours.kind is not cited.kind or (cited.date is not None and cited.date != ours.date):
        return False
    return bare_number(ours) == bare_number(cited)


def bare_number(designation: Designation) -> str:
    """The number without "(EU)" and "nr."."""
    return designation.number.rsplit(" ", 1)[-1]


def key(designation: Designation) -> str:
    """A document's key in register files, "LOV 546/2022"; EU acts carry their year in the number."""
    if designation.kind.european:
        return f"{designation.kind.word} {bare_number(designation)}"
    year = designation.date.year if designation.date else "?"
    return f"{designation.kind.sign} {designation.number}/{year}"


KINDS = {kind.value: kind for kind in Kind}
"""How register files name kinds: "LBK", "forordning"."""
