"""`templates where-used` and `templates expiring`: questions to a library that is read as a whole."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from msgspec import Struct

from letters.desk.maintaining.samples import Bench, composed
from letters.desk.maintaining.sources import Sources
from letters.problems import Place, Problem, Severity
from letters.upkeep import uses
from letters.upkeep.check import Overview, overview
from letters.upkeep.expiring import Expiring
from letters.upkeep.expiring import expiring as found_expiring


class Use(Struct, frozen=True):
    """A thing of the library, where it is used, and the samples whose letters print it."""

    used: uses.Used
    samples: tuple[Path, ...]


def where_used(root: Path, wanted: str, samples: Sequence[Path]) -> tuple[Use, ...]:
    """Where a text, a ground, an act or a term is used.

    Raises:
        TemplateError: the library is at fault, or has nothing of that name.
    """
    bench, sources, seen = _read(root)
    found = uses.where_used(wanted, bench.composer.library, bench.register, seen)
    tried = tuple(composed(bench, samples))
    return tuple(
        Use(
            replace(one, places=tuple(_quoted(place, sources) for place in one.places)),
            tuple(sample.path for sample in tried if sample.wordings & one.files),
        )
        for one in found
    )


def expiring(root: Path, today: dt.date, days: int) -> tuple[Expiring, ...]:
    """What ends, or is replaced, in the next days; see `upkeep.expiring`.

    Raises:
        TemplateError: the library is at fault.
    """
    bench, sources, seen = _read(root)
    cited = frozenset(seen.judgement.cited)
    return found_expiring(bench.composer.library, bench.register, sources.locate, today, days, cited)


def _read(root: Path) -> tuple[Bench, Sources, Overview]:
    bench = Bench.of(root)
    sources = Sources(bench.composer.library)
    return bench, sources, overview(bench.composer, bench.register, bench.confidentiality, sources.locate)


def _quoted(place: Place, sources: Sources) -> Place:
    """The place with the words that stand there."""
    return sources.quoted(Problem("", Severity.WARNING, "", place)).place
