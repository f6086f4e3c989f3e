"""Everything that can be found wrong with a library before any case is there."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from letters.law.acts import Register
from letters.problems import Problem
from letters.upkeep.asked import Locate, asked_problems
from letters.upkeep.duties import duty_problems
from letters.upkeep.judged import Judgement, judge_data, judge_texts
from letters.upkeep.names import Entry, entries
from letters.upkeep.parsed import Reader, parse
from letters.upkeep.reach import reach_problems
from letters.upkeep.specimens import specimens
from letters.upkeep.validity import beginning, periods, validity_problems
from letters.upkeep.walk import Said, Seen, Walk
from letters.wording.compose import Composer
from letters.wording.confidential import Confidentiality


@dataclass(frozen=True)
class Overview:
    """A library read as a whole.

    Attributes:
        said: of each kind of letter on its newest set of versions, what it says.
    """

    reader: Reader
    entries: tuple[Entry, ...]
    seen: Seen
    judgement: Judgement
    said: Mapping[str, Said]
    problems: tuple[Problem, ...]


def overview(
    composer: Composer, register: Register, confidentiality: Confidentiality | None, locate: Locate
) -> Overview:
    """Read a library as a whole, and tell what is wrong with it.

    Args:
        confidentiality: what it says of appendices; None for a library without them.
        locate: where a key of a file stands.
    """
    library = composer.library
    reader = parse(composer)
    kinds = entries(library, confidentiality)
    seen = Seen()
    said: dict[str, Said] = {}
    duties: list[Problem] = []
    for day in periods(library):
        chosen = library.at(day)
        for entry in kinds:
            if entry.wording not in chosen:
                continue
            walk = Walk(reader, entry, chosen, seen)
            said[entry.title] = walk.run()
            duties += duty_problems(
                library, entry, chosen[entry.wording], said[entry.title], walk.ground_said
            )
    first = beginning(library)
    judgement = judge_texts(library, register, specimens(reader), first)
    judge_data(library, register, locate, first, judgement)
    problems = (
        *(problem for faults in library.faults.values() for problem in faults),
        *reader.problems,
        *seen.problems.values(),
        *duties,
        *reach_problems(reader, seen),
        *(() if reader.is_broken else asked_problems(library, seen, locate)),
        *validity_problems(library, register, seen, locate, frozenset(judgement.cited)),
        *judgement.problems.values(),
    )
    return Overview(reader, kinds, seen, judgement, said, tuple(_once(problems)))


def _once(problems: tuple[Problem, ...]) -> Iterator[Problem]:
    told: set[tuple[object, ...]] = set()
    for problem in problems:
        key = (problem.code, problem.place, tuple(sorted((k, str(v)) for k, v in problem.args.items())))
        if key not in told:
            told.add(key)
            yield problem
