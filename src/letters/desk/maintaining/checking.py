"""`templates check`: a library as a whole, and the letters of its samples."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from letters.desk.maintaining.samples import Bench, Sample, composed, uncovered
from letters.desk.maintaining.sources import Sources
from letters.desk.maintaining.versions import issued_in, issued_problems
from letters.problems import N_, Place, Problem, Severity, TemplateError
from letters.upkeep.check import Overview, overview
from letters.wording.library import Library

#: What a letter is told -> what its wording is told of the same fault.
_SAME = {
    "law.guidance-missing": "template.guidance-missing",
    "law.guidance-forbidden": "template.guidance-forbidden",
    "law.term-other-date": "template.term-written",
}
#: What a sample's letter is told that the library is not at fault for.
_OF_THE_CASE = frozenset({"law.unverified", "case.acknowledged-unused", "law.historic-unused"})


@dataclass(frozen=True)
class CheckedLibrary:
    """A library and what is wrong with it.

    Attributes:
        texts: how many wording files there are; 0 when the library cannot be read at all.
        letters: how many kinds of letters it can make.
        samples: those that were tried.
        problems: in the order of files and lines, each with the words that stand there.
    """

    texts: int
    letters: int
    samples: tuple[Sample, ...]
    problems: tuple[Problem, ...]


def check_templates(root: Path, samples: Sequence[Path], issued: Sequence[Path] = ()) -> CheckedLibrary:
    """Look for everything that is wrong with a library.

    Args:
        samples: its sample cases; without any, nothing is said of grounds and letters that lack one.
        issued: folders with final letters, whose texts may not be edited any more.
    """
    try:
        bench = Bench.of(root)
    except TemplateError as error:
        return CheckedLibrary(0, 0, (), _ordered(error.problems, Sources(None)))
    sources = Sources(bench.composer.library)
    seen = overview(bench.composer, bench.register, bench.confidentiality, sources.locate)
    tried = tuple(composed(bench, samples, check=True))
    library = bench.composer.library
    told = {(problem.code, problem.place.file) for problem in seen.problems}
    problems = [
        *seen.problems,
        *(p for one in tried for p in one.problems if _concerns(p, library) and not _is_told(p, told)),
        *(_unsampled(library, seen, tried) if tried else ()),
        *issued_problems(root, issued_in(issued)),
    ]
    texts = sum(map(len, library.files.values()))
    return CheckedLibrary(texts, len(seen.entries), tried, _ordered(problems, sources))


def _concerns(problem: Problem, library: Library) -> bool:
    """Whether a sample's problem is the library's, or keeps the sample from being a letter."""
    if problem.code in _OF_THE_CASE:
        return False
    return problem.severity is not Severity.WARNING or problem.place.file.startswith(f"{library.root}/")


def _is_told(problem: Problem, told: Collection[tuple[str, str]]) -> bool:
    """Whether the wording itself was told of what this letter lacks."""
    return (_SAME.get(problem.code, ""), problem.place.file) in told


def _unsampled(library: Library, seen: Overview, samples: Sequence[Sample]) -> Iterator[Problem]:
    """Letters that no sample is, and grounds that no sample rests on."""
    missing = uncovered(seen.entries, samples)
    for entry, ground in missing:
        if ground is None:
            message = N_("no sample case is a letter {letter}")
            help_ = N_("write one with `letters new`, invent its people, and put it with the other samples")
            place = Place(library.files[entry.wording][-1].path)
            yield Problem(
                "template.letter-unsampled", Severity.ERROR, message, place, {"letter": entry.title}, help_
            )
    for case_type in library.case_types.values():
        used = {ground for one in samples if one.case_type == case_type.code for ground in one.grounds}
        for code in case_type.grounds_order:
            if code not in used:
                message = N_("no sample case rests on the ground {ground}")
                help_ = N_(
                    "write one with `letters new`, invent its people, and put it with the other samples"
                )
                path = library.files[case_type.ground_names[code]][-1].path
                args = {"ground": code}
                yield Problem("template.ground-unsampled", Severity.ERROR, message, Place(path), args, help_)


def _ordered(problems: Iterable[Problem], sources: Sources) -> tuple[Problem, ...]:
    """Each once, with the words at its place, by file and line."""
    told: dict[tuple[object, ...], Problem] = {}
    for problem in problems:
        place = problem.place
        about = str(problem.args.get("name", problem.args.get("found", "")))
        told.setdefault((problem.code, place.file, place.line, place.field, about), problem)
    ordered = sorted(told.values(), key=lambda p: (p.place.file, p.place.line or 0, p.code))
    return tuple(sources.quoted(problem) for problem in ordered)
