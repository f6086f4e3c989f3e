"""The types of a loaded wording library."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from msgspec import Struct, field
from msgspec.structs import replace

from letters.case.spec import CaseTypeSpec, GroundSpec, LibrarySpec, Matter, Outcome
from letters.document.model import Role
from letters.problems import Problem, TemplateError


class WordingFile(Struct, frozen=True):
    """One version of one wording.

    Attributes:
        name: as an include names it, `standardtekster/klagevejledning`, without version and ending.
        path: the file as problems name it, relative to the library.
        since: first date it applies to; `date.min` for the first version.
        title: for people who maintain the library; the document title of a letter.
        lead: the role of text before the first section heading; None when there is none.
        body: Markdown + Jinja.
        body_line: the file's line on which `body` begins, from 1.
        roles: place of each `##` heading, as `place_of` gives it -> role of its section.
        ground: what a ground's head says; None in other files.
        paragraphs: of a Word file, for each line the paragraph that it came from, head and body; else empty.
        texts: of a Word file, number of a paragraph -> its text.
    """

    name: str
    path: str
    since: dt.date
    title: str
    lead: Role | None
    body: str
    body_line: int
    roles: Mapping[int, Role]
    ground: GroundSpec | None = None
    paragraphs: tuple[int, ...] = ()
    texts: Mapping[int, str] = field(default_factory=dict)

    def place_of(self, line: int) -> int:
        """The line as a reader of the file counts: the paragraph in a Word file, else the line itself."""
        return self.paragraphs[min(line, len(self.paragraphs)) - 1] if self.paragraphs else line


class TermVersion(Struct, frozen=True):
    """A term's wording from a date; under a regime, `regimes` names it and the version beats the others."""

    since: dt.date
    text: str
    forms: Mapping[str, str]
    regimes: frozenset[str]


class RouteVersion(Struct, frozen=True):
    """A complaint route from a date: `body`, `basis` and whatever else the library says of it."""

    since: dt.date
    texts: Mapping[str, str]


class Sender(Struct, frozen=True):
    """A sender profile of a letterhead."""

    code: str
    letterhead: str
    authority: str
    logo_alt: str
    return_address: str
    unit: str
    address: tuple[str, ...]
    texts: Mapping[str, str]


class Parts(Struct, frozen=True):
    """The parts of a decision and where one complains of each.

    Attributes:
        titles: code -> Danish name.
        routes: part -> code of its complaint route.
        route_fields: part -> the choice field whose code names the route in each case.
    """

    titles: Mapping[str, str]
    routes: Mapping[str, str]
    route_fields: Mapping[str, str]

    def route(self, part: str, facts: Mapping[str, object]) -> str | None:
        """The code of a part's complaint route in a case with these facts; None for a part without one."""
        field = self.route_fields.get(part)
        chosen = facts.get(field) if field else self.routes.get(part)
        return chosen if isinstance(chosen, str) else None


class AnswerWithin(Struct, frozen=True):
    """How soon a request is to be answered.

    Attributes:
        working_days: after the day it came in.
        explained_by: the case type's field that says why it took longer.
    """

    working_days: int
    explained_by: str


class CaseType(Struct, frozen=True):
    """A folder of the library that letters are made from.

    Attributes:
        wordings: outcome or matter -> name of the wording.
        grounds_order: the order in which reasons are argued.
        ground_names: ground code -> name of its wording file.
        answer_within: None where no deadline is set.
    """

    code: str
    title: str
    matters: frozenset[Matter]
    wordings: Mapping[str, str]
    parts: Parts
    spec: CaseTypeSpec
    grounds_order: tuple[str, ...]
    ground_names: Mapping[str, str]
    answer_within: AnswerWithin | None


class Library(Struct, frozen=True):
    """Everything legal staff own, read and checked.

    Attributes:
        root: the directory as the user named it.
        labels: the letter's fixed words ("Dato"); keys in `load.LABELS`.
        files: name of a wording -> its versions, oldest first.
        faults: folder of a case type that cannot be used -> its problems; it is in neither `case_types` nor
            `files`.
        errors: codes of warnings that this library makes errors of.
        introduces_acts: whether an act's full designation stands where it is first cited.
        first_lines: path of a wording file -> the library-wide number of its first body line (`tokens`).
    """

    root: str
    language: str
    labels: Mapping[str, str]
    terms: Mapping[str, tuple[TermVersion, ...]]
    regimes: Mapping[str, str]
    routes: Mapping[str, tuple[RouteVersion, ...]]
    senders: Mapping[str, Sender]
    case_types: Mapping[str, CaseType]
    files: Mapping[str, tuple[WordingFile, ...]]
    first_lines: Mapping[str, int]
    faults: Mapping[str, tuple[Problem, ...]]
    errors: frozenset[str] = frozenset()
    introduces_acts: bool = False

    def refuse_faulty(self, case_type: str | None) -> None:
        """Raise TemplateError for a case type whose folder is at fault; say nothing of any other."""
        if found := self.faults.get(case_type or ""):
            raise TemplateError(found)

    def quoted(self, problem: Problem) -> Problem:
        """A problem in a Word file of the library with the text of its paragraph; any other as it is."""
        place = problem.place
        if place.text or not place.is_word or place.line is None:
            return problem
        found = (file for versions in self.files.values() for file in versions if file.path == place.file)
        texts = next((file.texts for file in found), {})
        from letters.wording.word.model import shortened  # only where a wording is written in Word

        return replace(problem, place=replace(place, text=shortened(texts.get(place.line, ""))))

    def spec(self) -> LibrarySpec:
        """What case files may name."""
        return LibrarySpec(
            {code: case_type.spec for code, case_type in self.case_types.items()},
            frozenset(self.senders),
            frozenset(self.regimes),
        )

    def at(self, date: dt.date) -> dict[str, WordingFile]:
        """The version of each wording that applies on a date; a wording that begins later is left out."""
        chosen = {}
        for name, versions in self.files.items():
            applicable = [version for version in versions if version.since <= date]
            if applicable:
                chosen[name] = applicable[-1]
        return chosen


OUTCOMES = {outcome.value: outcome for outcome in Outcome}
MATTERS = {matter.value: matter for matter in Matter}
