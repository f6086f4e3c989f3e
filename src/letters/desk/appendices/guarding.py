"""Open letters against their appendices: paired by id, for the guard alone.

What comes out of here are findings without a word of any appendix. Nothing of an appendix goes from here to
what composes or draws an open letter.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType

from msgspec.structs import replace

from letters.case.confidential import ConfidentialAppendix, Person
from letters.case.confidential_read import ReadAppendix, is_appendix, read_appendix
from letters.case.models import Appendix, Case, Reply
from letters.case.read import Places
from letters.desk.appendices.printed import open_problems
from letters.desk.appendices.unguarded import CODE as NOT_GUARDED
from letters.desk.appendices.unguarded import not_guarded
from letters.desk.files import read_bytes
from letters.document.model import Letter, Status
from letters.document.walk import texts
from letters.problems import N_, CaseError, Place, Problem, Severity
from letters.secrecy.channels.files import FILE_NAME
from letters.secrecy.findings import Finding
from letters.secrecy.guard import guard
from letters.secrecy.record import check_record
from letters.secrecy.secrets import Allowed, Secrets
from letters.secrecy.secrets import Person as Hidden
from letters.wording.library import Library

_SEE = "forvaltningsloven § 27"
_TEN_DIGITS = re.compile(r"(?<!\d)\d{6}[\s-]?\d{4}(?!\d)")


@dataclass(frozen=True, slots=True, repr=False)
class AtHand:
    """An appendix that open letters are compared with."""

    read: ReadAppendix
    data: bytes

    @property
    def appendix(self) -> ConfidentialAppendix:
        return self.read.appendix


@dataclass(frozen=True, slots=True, repr=False)
class Against:
    """What open letters are compared with.

    Attributes:
        appendices: by id.
        record: a guard record's file name and bytes; None without one.
    """

    appendices: Mapping[str, AtHand] = field(default_factory=lambda: MappingProxyType({}))
    record: tuple[str, bytes] | None = None


def read_against(paths: Sequence[Path], record: Path | None, senders: Iterable[str]) -> Against:
    """Read the appendices and the guard record that were named.

    Raises:
        CaseError: a file cannot be read, is no appendix, or two have the same id.
    """
    found: dict[str, AtHand] = {}
    problems: list[Problem] = []
    known = tuple(senders)
    for path in paths:
        try:
            one = _at_hand(path, known)
        except CaseError as error:
            problems += error.problems
            continue
        if one.appendix.id in found:
            message = N_("two appendices have the same id, and a letter cannot tell them apart")
            problems.append(_fatal("secrecy.same-id", message, one.read.places.place("id")))
        found[one.appendix.id] = one
    if problems:
        raise CaseError(problems)
    return Against(found, (str(record), read_bytes(record)) if record else None)


def _at_hand(path: Path, senders: Sequence[str]) -> AtHand:
    data = read_bytes(path)
    if not is_appendix(data, str(path)):
        message = N_("this is no confidential appendix; its matter would be appendix")
        raise CaseError([_fatal("secrecy.not-an-appendix", message, Place(str(path)))])
    return AtHand(read_appendix(data, str(path), senders), data)


def refuse_unpaired(named: Collection[str], against: Against) -> None:
    """Raise CaseError when an appendix is at hand that no letter names.

    Args:
        named: the ids that the letters name, all of them together.
    """
    problems = [
        replace(
            _fatal(
                "secrecy.other-appendix",
                N_("no letter here names the appendix {id}; nothing was compared with it"),
                one.read.places.place("id"),
                N_("name it under `appendices:` in the open case file, or take the right file"),
            ),
            args={"id": ident},
        )
        for ident, one in against.appendices.items()
        if ident not in named
    ]
    if problems:
        raise CaseError(problems)


# Looking through a letter


def guard_letter(
    case: Case,
    places: Places,
    letter: Letter,
    documents: Mapping[str, bytes],
    against: Against,
    status: Status,
    library: Library,
) -> tuple[Problem, ...]:
    """Look through a letter's finished files before they are written.

    Args:
        documents: name as it will be written -> bytes, the manifest among them.
    Returns:
        What was found, and which appendices nobody compared. See `stops`.
    """
    named = named_appendices(case)
    found = found_in(case, letter, documents, against, library)
    problems = [*open_problems(case, letter, places.place), *_placed(found, places.file)]
    for index, ref in enumerate(named):
        if ref.id in against.appendices:
            problems += _unlike(ref, against.appendices[ref.id].appendix, places, index)
    missing = {ref.id for ref in named} - set(against.appendices)
    problems += _unguarded(missing, documents, against, places, status)
    return tuple(problems)


def found_in(
    case: Case, letter: Letter, documents: Mapping[str, bytes], against: Against | None, library: Library
) -> list[Problem]:
    """What stands in documents and may not, whether they were just made or edited since.

    Args:
        letter: what the case makes; CPR numbers of its own text are no find.
        against: the appendices at hand; without any only CPR numbers are looked for.
    """
    known = against.appendices if against else {}
    paired = [known[ref.id] for ref in named_appendices(case) if ref.id in known]
    findings = guard(
        documents,
        secrets_of(one.appendix for one in paired),
        allowed=allowed_words(case),
        own_case_number=case.case_number,
        innocent_texts=innocent_texts(library, case) if paired else (),
        recipients=[recipient.name for recipient in case.recipients],
        own_cprs=_own_numbers(case, letter),
    )
    return [finding.problem() for finding in findings]


def _placed(found: Iterable[Problem], file: str) -> tuple[Problem, ...]:
    """What was found; in a file's name once, since all files have theirs from the case file.

    Its place is the case file's folder: the name of the file itself would repeat what was found.
    """
    folder = Place(str(Path(file).parent))
    problems = (replace(p, place=folder) if p.args.get("where") == FILE_NAME else p for p in found)
    return tuple({(p.code, p.place, p.text()): p for p in problems}.values())


def stops(problems: Iterable[Problem]) -> bool:
    """Whether the guard found what must not leave the house, not even as a draft."""
    return any(
        problem.severity is not Severity.WARNING and problem.code != NOT_GUARDED for problem in problems
    )


def named_appendices(case: Case) -> tuple[Appendix, ...]:
    """The appendices that an open case names."""
    return case.appendices if isinstance(case, Reply) else ()


def allowed_words(case: Case) -> tuple[Allowed, ...]:
    """The words that an open case allows, with their reasons."""
    return tuple(Allowed(a.word, a.reason) for a in case.allowed) if isinstance(case, Reply) else ()


def innocent_texts(library: Library, case: Case | None) -> Iterator[str]:
    """Texts whose words are no leak: the library, the laws, and what the other side wrote."""
    yield from (version.body for versions in library.files.values() for version in versions)
    for path in sorted((Path(library.root) / "love").glob("*.yaml")):
        yield path.read_text(encoding="utf-8", errors="replace")
    if isinstance(case, Reply):
        yield case.inquiry.about
        for question in case.questions:
            yield question.text
            yield from (part.text for part in question.parts)


def secrets_of(appendices: Iterable[ConfidentialAppendix]) -> Secrets:
    """Everything of some appendices that may not stand in an open letter."""
    return Secrets.from_people(
        _hidden(person, number, appendix)
        for appendix in appendices
        for number, person in enumerate(appendix.people, 1)
    )


def _hidden(person: Person, number: int, appendix: ConfidentialAppendix) -> Hidden:
    address = person.address
    lines = (address.street, address.co, address.place) if address else ()
    return Hidden(
        owner=f"person {number} (appendix {appendix.id})",
        names=(person.name, *person.other_names),
        cpr=person.cpr,
        addresses=tuple(line for line in lines if line),
        phones=(person.phone,) if person.phone else (),
        emails=(person.email,) if person.email else (),
        case_numbers=(person.case_number,) if person.case_number else (),
        accounts=(person.account, person.outcome),
    )


def _own_numbers(case: Case, letter: Letter) -> list[str]:
    """CPR numbers may stand in the text of a decision to the party and nowhere else."""
    to_party = not isinstance(case, Reply) and case.matter == "decision" and case.party is None
    if not to_party or len(case.recipients) > 1:
        return []
    apart = "\n\n".join([text.text for text in texts(letter)])  # further than figures of a number may be
    return [found[0] for found in _TEN_DIGITS.finditer(apart)]


def _unlike(ref: Appendix, appendix: ConfidentialAppendix, places: Places, index: int) -> Iterator[Problem]:
    """The open letter prints title and sharing, so they must be those of the appendix."""
    for name in ("title", "sharing"):
        if getattr(ref, name) != getattr(appendix, name):
            yield Problem(
                f"secrecy.other-{name}",
                Severity.ERROR,
                N_("{field} is not what the appendix says"),
                places.place(f"appendices[{index}].{name}"),
                {"field": f"appendices[{index}].{name}"},
                N_("write the same in both case files"),
            )


def _unguarded(
    missing: set[str], documents: Mapping[str, bytes], against: Against, places: Places, status: Status
) -> Iterator[Problem]:
    if not missing:
        return
    if against.record is not None:
        name, data = against.record
        yield from check_record(data, name, documents, missing)
        return
    yield not_guarded(places, status)


# Looking through an extract


def foreign_words(
    case: ConfidentialAppendix, index: int, documents: Mapping[str, bytes], library: Library, place: Place
) -> Iterator[Problem]:
    """What of the other people stands in the extract of one person. Each finding is fatal.

    Args:
        index: of the person in `case.people`, from 0.
        documents: name -> bytes of the extract, not sealed.
    """
    own = case.people[index]
    others = [
        _hidden(person, number, case) for number, person in enumerate(case.people, 1) if number != index + 1
    ]
    found = guard(
        documents,
        Secrets.from_people(others),
        allowed=[Allowed(a.word, a.reason) for a in case.allowed],
        own_case_number=case.case_number,
        innocent_texts=[*innocent_texts(library, None), own.account, own.outcome],
    )
    for finding in found:
        if finding.sure:
            yield _foreign(finding, place)


def _foreign(finding: Finding, place: Place) -> Problem:
    """Told where the person stands in the appendix's file."""
    help_ = N_(
        "tell each person's case without the others, or set `sharing: none`, so that no extract is made"
    )
    return replace(finding.problem(), severity=Severity.FATAL, place=place, help=help_)


def _fatal(code: str, message: str, place: Place, help_: str = "") -> Problem:
    return Problem(code, Severity.FATAL, message, place, help=help_, see=_SEE)
