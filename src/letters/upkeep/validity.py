"""Dates: gaps and overlaps between the versions of texts, terms, complaint routes and laws."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterator

from letters.law.acts import Act, Register
from letters.problems import N_, Place, Problem, Severity
from letters.upkeep.asked import Locate
from letters.upkeep.names import TERM, route_codes
from letters.upkeep.walk import Seen
from letters.wording.library import Library

_FIRST = dt.date(2000, 1, 1)


def beginning(library: Library) -> dt.date:
    """The first day that letters can be dated: no term and no complaint route is known before it."""
    terms = [version.since for versions in library.terms.values() for version in versions]
    routes = [version.since for versions in library.routes.values() for version in versions]
    return min((*terms, *routes), default=_FIRST)


def periods(library: Library) -> list[dt.date]:
    """The first days of the sets of versions that letters can be made with."""
    first = beginning(library)
    later = {file.since for versions in library.files.values() for file in versions if file.since > first}
    return sorted({first, *later})


def validity_problems(
    library: Library, register: Register, seen: Seen, locate: Locate, cited: frozenset[str]
) -> Iterator[Problem]:
    """Every gap and overlap.

    Args:
        cited: names of the acts that the wording cites.
    """
    first = beginning(library)
    yield from _files(library)
    yield from _letters(library, first)
    yield from _terms(library, seen, locate, first)
    yield from _routes(library, locate, first)
    for act in register.acts:
        if act.name in cited:
            yield from _law(act, first)


def _problem(code: str, message: str, place: Place, help: str, **args: object) -> Problem:
    return Problem(code, Severity.ERROR, message, place, args, help)


def _files(library: Library) -> Iterator[Problem]:
    for name, versions in library.files.items():
        dates = Counter(version.since for version in versions)
        for version in versions:
            if dates[version.since] > 1 and version is not next(
                v for v in versions if v.since == version.since
            ):
                yield _problem(
                    "library.version-twice",
                    N_("{name} has two files for the same date"),
                    Place(version.path),
                    N_("keep one of them, or give this one a date of its own"),
                    name=name,
                )


def _letters(library: Library, first: dt.date) -> Iterator[Problem]:
    """A letter that begins later than the case type's other letters was most likely renamed, not copied."""
    for case_type in library.case_types.values():
        begins = {name: library.files[name][0].since for name in case_type.wordings.values()}
        earliest = max(min(begins.values()), first)
        for name, since in begins.items():
            if since > earliest:
                yield _problem(
                    "library.version-gap",
                    N_("{name} has no version before {date}, and the case type's other letters do"),
                    Place(library.files[name][0].path),
                    N_("keep the earlier version beside it: copy the file instead of renaming it"),
                    name=name,
                    date=since.isoformat(),
                )


def _terms(library: Library, seen: Seen, locate: Locate, first: dt.date) -> Iterator[Problem]:
    path = f"{library.root}/ordliste.yaml"
    for code, versions in library.terms.items():
        place = locate(path, ("terms", code))
        for (since, _), count in Counter((v.since, v.regimes) for v in versions).items():
            if count > 1:
                yield _overlap(code, since, place)
        plain = [version.since for version in versions if not version.regimes]
        if f"{TERM}{code}" in seen.uses and (not plain or min(plain) > first):
            yield _gap(code, min(plain, default=dt.date.max), first, place)


def _routes(library: Library, locate: Locate, first: dt.date) -> Iterator[Problem]:
    path = f"{library.root}/klageveje.yaml"
    used = {code for case_type in library.case_types.values() for code in route_codes(case_type)}
    for code, versions in library.routes.items():
        place = locate(path, ("routes", code))
        for since, count in Counter(version.since for version in versions).items():
            if count > 1:
                yield _overlap(code, since, place)
        if code in used and versions and versions[0].since > first:
            yield _gap(code, versions[0].since, first, place)


def _overlap(code: str, since: dt.date, place: Place) -> Problem:
    message = N_("two versions of {name} begin on {date}")
    help_ = N_("give each version a date of its own, or take one of them out")
    return _problem("library.version-overlap", message, place, help_, name=code, date=since.isoformat())


def _gap(code: str, since: dt.date, first: dt.date, place: Place) -> Problem:
    message = N_("{name} has no version before {date}, and letters from {first} on use it")
    help_ = N_("add the version that applied before, or use the name in a later version of the texts only")
    return _problem(
        "library.version-gap",
        message,
        place,
        help_,
        name=code,
        date=since.isoformat(),
        first=first.isoformat(),
    )


def _law(act: Act, first: dt.date) -> Iterator[Problem]:
    plain = sorted(
        (one for one in act.versions if one.period.start is not None and not one.regimes),
        key=lambda one: one.period.start or dt.date.min,
    )
    for index, version in enumerate(plain[1:], 1):
        end, start = plain[index - 1].period.end, version.period.start
        if end is not None and start is not None and first <= start and start > end + dt.timedelta(days=1):
            yield _problem(
                "law.version-gap",
                N_("{name} has no text between {end} and {start}, and the wording cites it"),
                Place(version.origin.file, version.origin.line),
                N_("correct the dates, or add the version between them"),
                name=act.name,
                end=end.isoformat(),
                start=start.isoformat(),
            )
    if plain and (end := plain[-1].period.end) is not None and end >= first:
        open_ended = any(one.period.end is None for one in act.versions)
        if not open_ended:
            yield _problem(
                "law.version-ends",
                N_("{name} has no text after {end}, and the wording cites it"),
                Place(plain[-1].origin.file, plain[-1].origin.line),
                N_("add the version that applies from then on, or cite the act that replaced it"),
                name=act.name,
                end=end.isoformat(),
            )
