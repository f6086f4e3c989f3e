"""What of a library is replaced, or ends without a successor, within some days."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from letters.law.acts import Act, Register
from letters.law.writing import write_designation, write_path
from letters.problems import Place
from letters.upkeep.asked import Locate
from letters.wording.library import Library

TEXT, TERM, ROUTE, LAW = "text", "term", "route", "law"


@dataclass(frozen=True, slots=True)
class Expiring:
    """Something that applies for the last time.

    Attributes:
        kind: text, term, route or law.
        last: the last day that it applies.
        after: what follows it; empty when nothing does.
    """

    kind: str
    name: str
    last: dt.date
    after: str
    place: Place


def expiring(
    library: Library, register: Register, locate: Locate, today: dt.date, days: int, cited: frozenset[str]
) -> tuple[Expiring, ...]:
    """Everything whose last day lies in the next days, and law that has ended without a successor.

    Args:
        today: the first day that counts.
        days: how many days from then on.
        cited: names of the acts that the library cites; others do not matter to it.
    """
    until = today + dt.timedelta(days=days)
    found = [
        *_texts(library),
        *_data(library, locate),
        *(one for act in register.acts if act.name in cited for one in _law(act, today)),
    ]
    soon = (one for one in found if (today <= one.last <= until) or (one.last < today and not one.after))
    return tuple(sorted(soon, key=lambda one: (one.last, one.kind, one.name)))


def _before(day: dt.date) -> dt.date:
    return day - dt.timedelta(days=1)


def _texts(library: Library) -> Iterator[Expiring]:
    for name, versions in library.files.items():
        for version, following in pairwise(versions):
            if following.since > version.since:
                yield Expiring(TEXT, name, _before(following.since), following.path, Place(version.path))


def _data(library: Library, locate: Locate) -> Iterator[Expiring]:
    for code, terms in library.terms.items():
        plain = [version for version in terms if not version.regimes]
        place = locate(f"{library.root}/ordliste.yaml", ("terms", code))
        yield from _replaced(TERM, code, [(v.since, v.text) for v in plain], place)
    for code, routes in library.routes.items():
        place = locate(f"{library.root}/klageveje.yaml", ("routes", code))
        yield from _replaced(ROUTE, code, [(v.since, v.texts.get("body", "")) for v in routes], place)


def _replaced(
    kind: str, name: str, versions: Sequence[tuple[dt.date, str]], place: Place
) -> Iterator[Expiring]:
    for (since, _), (following, text) in pairwise(versions):
        if following > since:
            yield Expiring(kind, name, _before(following), text, place)


def _law(act: Act, today: dt.date) -> Iterator[Expiring]:
    for version in act.versions:
        end = version.period.end
        if end is None:
            continue
        later = [one for one in act.versions if one.period.start is not None and one.period.start > end]
        after = min(later, key=lambda one: one.period.start or dt.date.max, default=None)
        name = f"{act.name}: {write_designation(version.designation)}"
        place = Place(version.origin.file, version.origin.line)
        yield Expiring(LAW, name, end, write_designation(after.designation) if after else "", place)
    for rule in act.provisions:
        end = rule.period.end
        if end is None or end < today:
            continue
        there = act.by_place.get(write_path(rule.path), ())
        later_rule = next(
            (one for one in there if one.period.start is not None and one.period.start > end), None
        )
        after_text = rule.moved_to or (later_rule.meaning if later_rule else "")
        name = f"{act.genitive} {write_path(rule.path)}"
        yield Expiring(LAW, name, end, after_text, Place(rule.origin.file, rule.origin.line))
