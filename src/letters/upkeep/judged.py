"""The library's own words, judged: language, leftovers, words that the library knows better, citations.

Each citation is looked up on every day from which its text or the law that it cites changes.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from msgspec.structs import replace

from letters.case.spec import Matter
from letters.checks.citations import check_citations
from letters.checks.facts import Facts
from letters.checks.language import check_language
from letters.checks.letter import check_letter
from letters.checks.reading import Line, names, read_lines
from letters.document.model import Letter
from letters.law.acts import Act, Register
from letters.law.find import find_citations
from letters.law.judge import judge
from letters.law.resolve import Status
from letters.problems import N_, Place, Problem, Severity
from letters.upkeep.asked import Locate
from letters.upkeep.specimens import STAND_IN, Specimen
from letters.wording.library import Library, WordingFile

# What a letter is told when a case meets it; or what only the whole letter shows.
_NOT_HERE = frozenset({"language.mixed-address", "law.historic-unused"})
_BRACKETS = re.compile(r"\[[^\[\]]{1,80}\]|‹[^›]{1,80}›|_{3,}|\.{4,}|…{2,}")
_WRONG: Mapping[Status, Severity] = {
    Status.UNKNOWN_ACT: Severity.WARNING,
    Status.AMBIGUOUS: Severity.WARNING,
    Status.UNLISTED: Severity.WARNING,
    Status.REPEALED: Severity.ERROR,
    Status.MOVED: Severity.ERROR,
    Status.NOT_IN_FORCE: Severity.ERROR,
    Status.NO_SUCH_PLACE: Severity.ERROR,
}


@dataclass
class Judgement:
    """What was found in the library's words.

    Attributes:
        problems: each once, however many specimens show it.
        cited: names of the acts that are cited -> the places.
    """

    problems: dict[tuple[str, Place, str], Problem] = field(default_factory=dict)
    cited: dict[str, set[tuple[str, int]]] = field(default_factory=dict)

    def add(self, problem: Problem) -> None:
        key = (problem.code, problem.place, str(problem.args.get("found", problem.args.get("name", ""))))
        self.problems.setdefault(key, problem)


def judge_texts(
    library: Library, register: Register, specimens: Iterable[Specimen], first: dt.date
) -> Judgement:
    """Judge every wording file.

    Args:
        first: the first day that letters can be dated.
    """
    found = Judgement()
    for specimen in specimens:
        for problem in specimen.problems:
            found.add(problem)
        if specimen.letter is not None:
            for problem in _in_words(library, specimen.letter):
                found.add(problem)
            for problem in check_citations(specimen.letter, _facts(specimen.file, first), Register(())):
                if problem.code not in _NOT_HERE:
                    found.add(problem)  # the form alone: a register without acts knows nothing else
            for line in read_lines(specimen.letter):
                span = _span(library, specimen.file, first)
                _citations(line.text, _of(line, specimen.file), register, span, found)
    return found


def judge_data(
    library: Library, register: Register, locate: Locate, first: dt.date, found: Judgement
) -> None:
    """Judge the citations of data: the legal basis of each ground, and what complaint routes cite."""
    for versions in library.files.values():
        for version in versions:
            if version.ground is not None:
                place = locate(version.path, ("provision",))
                span = _span(library, version, first)
                _citations(version.ground.provision, place, register, span, found)
                if not find_citations(version.ground.provision, register.known):
                    found.add(_no_citation(version.ground.provision, place))
    path = f"{library.root}/klageveje.yaml"
    for code, routes in library.routes.items():
        for index, route in enumerate(routes):
            until = routes[index + 1].since if index + 1 < len(routes) else None
            for key, text in route.texts.items():
                place = locate(path, ("routes", code, "versions", index, key))
                _citations(text, place, register, (max(route.since, first), until), found)


def _no_citation(provision: str, place: Place) -> Problem:
    message = N_("“{provision}” is no citation of a rule")
    help_ = N_("write it as in a letter: integrationslovens § 18, stk. 2")
    return Problem("template.provision", Severity.ERROR, message, place, {"provision": provision}, help_)


# Words


def _in_words(library: Library, letter: Letter) -> Iterator[Problem]:
    for problem in (*check_language(letter), *check_letter(letter)):
        if problem.code not in _NOT_HERE:
            yield problem
    for line in read_lines(letter):
        if (left := _BRACKETS.search(line.text)) and not line.is_quoted(left.start()):
            message = N_("this looks like a place left open: {found}")
            help_ = N_("write {{{{ ... }}}} with the name of a field, or the words that belong here")
            yield Problem(
                "template.placeholder", Severity.ERROR, message, line.place(0), {"found": left[0]}, help_
            )
        yield from _known_better(library, line)


def _known_better(library: Library, line: Line) -> Iterator[Problem]:
    """Words that the library dates, written out."""
    for code, versions in library.terms.items():
        if len({version.text for version in versions}) < 2:
            continue
        words = {text for version in versions for text in (version.text, *version.forms.values())}
        for word in sorted(words, key=len, reverse=True):
            if names(line.text, word):
                message = N_(
                    "“{found}” is a word that changes with the date of the law, and is written out here"
                )
                help_ = N_("write {{{{ ord.{name} }}}}, or one of its forms")
                args = {"found": word, "name": code}
                yield Problem("template.term-written", Severity.ERROR, message, line.place(0), args, help_)
                break
    bodies = {version.texts.get("body", "") for versions in library.routes.values() for version in versions}
    for body in sorted(bodies, key=len, reverse=True):
        if names(line.text, body) and STAND_IN not in body:
            message = N_("the complaint body {found} is written out, and not every case has it")
            help_ = N_("write {{{{ route.body }}}}")
            yield Problem(
                "template.body-written",
                Severity.ERROR,
                message,
                line.place(0),
                {"found": body, "name": body},
                help_,
            )
            return


# Citations


def _facts(file: WordingFile, date: dt.date) -> Facts:
    return Facts(Matter.DECISION, None, date, file.path, "", (), ("", ""))


_Days = tuple[dt.date, dt.date | None]  # from, until and not included; None is open


def _span(library: Library, file: WordingFile, first: dt.date) -> _Days:
    later = [other.since for other in library.files[file.name] if other.since > file.since]
    return max(file.since, first), min(later, default=None)


def _citations(text: str, at: Place, register: Register, span: _Days, found: Judgement) -> None:
    """Judge the citations of a text on each day from which something changes."""
    cited = find_citations(text, register.known)
    if not cited:
        return
    acts = [act for one in judge(text, register, span[0]) if (act := one.verdict.act) is not None]
    for act in acts:
        found.cited.setdefault(act.name, set()).add((at.file, at.line or 0))
    days = _days(acts, span)
    unlisted: dict[int, list[Problem]] = {}
    for day in days:
        for one in judge(text, register, day):
            severity = _WRONG.get(one.verdict.status)
            problem = one.verdict.problem(severity, at) if severity else None
            if problem is None:
                continue
            words = text[one.found.start : one.found.end]
            problem = replace(problem, args={**problem.args, "found": words, "day": day.isoformat()})
            if one.verdict.status is Status.UNLISTED:
                unlisted.setdefault(one.found.start, []).append(problem)
            else:
                found.add(problem)
    for problems in unlisted.values():
        if len(problems) == len(days):  # a text that nobody has read says nothing of one that was
            found.add(problems[-1])


def _days(acts: Iterable[Act], span: _Days) -> list[dt.date]:
    start, until = span
    days = {start}
    for act in acts:
        for period in (*(one.period for one in act.versions), *(one.period for one in act.provisions)):
            days |= {day for day in (period.start, _after(period.end)) if day is not None}
    return sorted(day for day in days if start <= day and (until is None or day < until))


def _after(day: dt.date | None) -> dt.date | None:
    return day + dt.timedelta(days=1) if day is not None else None


def _of(line: Line, file: WordingFile) -> Place:
    place = line.place(0)
    return place if place.file else Place(file.path, file.body_line)
