"""The library's sample cases and the letters that a library makes of them.

A sample is a case file with invented people. A confidential appendix is one, too: it makes the appendix and
an extract for each person.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from letters.case.confidential_read import read_appendix
from letters.case.models import Case, Reply
from letters.case.read import ReadCase, named_case_type, read_case
from letters.checks.codes import WARNINGS
from letters.desk.appendices.appendix_files import holds_appendix
from letters.desk.checking import checked, settled
from letters.desk.citing import cited
from letters.desk.files import read_bytes
from letters.document.model import Letter, Status
from letters.law.acts import Register
from letters.law.register import load_register
from letters.problems import CaseError, LettersError, Problem
from letters.upkeep.names import Entry
from letters.wording.compose import Composed, Composer
from letters.wording.confidential import FILE, AppendixComposer, Confidentiality, load_confidentiality
from letters.wording.load import load_library
from letters.wording.view import wording_key

LAW = "love"


@dataclass(frozen=True)
class Bench:
    """A library and its law, opened to try samples on."""

    composer: Composer
    register: Register
    appendices: AppendixComposer | None

    @classmethod
    def of(cls, root: Path) -> Bench:
        """Open a library.

        Raises:
            TemplateError: it is at fault.
        """
        library = load_library(root, WARNINGS)
        register = load_register(root / LAW)
        closed = AppendixComposer(library) if (root / FILE).is_file() else None
        return cls(Composer(library), register, closed)

    @property
    def confidentiality(self) -> Confidentiality | None:
        """What the library says of appendices; None for one without them."""
        return load_confidentiality(self.composer.library) if self.appendices else None


class Sample(Struct, frozen=True):
    """A sample and what came of it.

    Attributes:
        letters: name -> letter: "" for a letter or an appendix, a number for the extract of a person. Empty
            when none can be made; the problems say why.
        wordings: the wording files that printed something.
        case_type: None for an appendix.
        key: as in `upkeep.names.Entry`.
        grounds: the grounds that it rests on.
    """

    path: Path
    letters: dict[str, Letter]
    problems: tuple[Problem, ...]
    wordings: frozenset[str] = frozenset()
    case_type: str | None = None
    key: str = ""
    grounds: tuple[str, ...] = ()


def composed(bench: Bench, paths: Iterable[Path], *, check: bool = False) -> Iterator[Sample]:
    """Each sample with its letters.

    Args:
        check: make drafts, which may rest on law that nobody has verified, and judge them.
    """
    return (_sample(bench, path, check=check) for path in paths)


def _sample(bench: Bench, path: Path, *, check: bool) -> Sample:
    try:
        data = read_bytes(path)
        if holds_appendix(path, data):
            return _appendix(bench, path, data)
        return _open(bench, path, data, check=check)
    except LettersError as error:
        return Sample(path, {}, error.problems)


def _open(bench: Bench, path: Path, data: bytes, *, check: bool) -> Sample:
    library = bench.composer.library
    try:
        read = read_case(data, str(path), library.spec())
    except CaseError:
        library.refuse_faulty(named_case_type(data, str(path)))
        raise
    case = read.case
    facts = (case.case_type, wording_key(case), tuple(_grounds(case)))
    status = Status.DRAFT if check else Status.FINAL
    try:
        made = bench.composer.compose(case, status, read.places.place)
    except LettersError as error:
        return Sample(path, {}, error.problems, frozenset(), *facts)
    letter = cited(made.letter, case, library, bench.register)
    problems = _judged(bench, read, replace(made, letter=letter)) if check else ()
    return Sample(path, {"": letter}, problems, frozenset(made.wordings), *facts)


def _grounds(case: Case) -> Iterator[str]:
    yield from () if isinstance(case, Reply) else (reason.ground for reason in case.reasons)


def _judged(bench: Bench, read: ReadCase, made: Composed) -> tuple[Problem, ...]:
    library = bench.composer.library
    found = checked(read, made, library, bench.register)
    placed = [
        replace(p, place=read.places.place(p.place.field)) if p.place.field and not p.place.file else p
        for p in found
    ]
    return settled(placed, read, library.errors)


def _appendix(bench: Bench, path: Path, data: bytes) -> Sample:
    if bench.appendices is None:
        return Sample(path, {}, ())
    library = bench.composer.library
    read = read_appendix(data, str(path), library.senders)
    place = read.places.place
    whole = bench.appendices.appendix(read.appendix, Status.FINAL, place)
    extracts = bench.appendices.extracts(read.appendix, Status.FINAL, place)
    letters = {"": whole.letter} | {str(n): one.letter for n, one in enumerate(extracts, 1)}
    wordings = frozenset().union(*(one.wordings for one in (whole, *extracts)))
    return Sample(path, letters, (), wordings, None, "appendix")


def uncovered(entries: Sequence[Entry], samples: Sequence[Sample]) -> list[tuple[Entry, str | None]]:
    """Kinds of letters without a sample (None), and the grounds that each can rest on without one."""
    have = {(one.case_type, one.key, ground) for one in samples for ground in (None, *one.grounds)}
    have |= {(None, "extract", None) for one in samples if one.key == "appendix" and len(one.letters) > 1}
    return [
        (entry, ground)
        for entry in entries
        for ground in (None, *(name.rsplit("/", 1)[1] for name in entry.grounds))
        if (entry.case_type, entry.key, ground) not in have
    ]
