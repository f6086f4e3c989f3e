"""Every check of a finished letter: what the rules must know of the case, and which warnings it accepts."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping

from msgspec.structs import replace

from letters.case.models import Case, Granted, Hearing, PartlyGranted, Rejected, Reply
from letters.case.read import ReadCase
from letters.case.spec import FieldSpec, FieldType, Matter, Outcome
from letters.checks.citations import check_citations
from letters.checks.facts import Facts, GroundFacts, Historic, RouteFacts, TermFacts
from letters.checks.language import check_language
from letters.checks.lawful import check_lawful
from letters.checks.letter import check_letter
from letters.checks.reading import read_lines
from letters.law.acts import Register
from letters.problems import N_, Problem, Severity
from letters.wording.compose import Composed
from letters.wording.library import CaseType, Library, TermVersion
from letters.wording.view import applicable, last_day, law_date, term_version

#: A choice or a yes decides what a wording says; the others are said themselves.
_NOT_PRINTED = frozenset({FieldType.CHOICE, FieldType.YES_NO})


#: The only error that a case file can take on itself.
UNVERIFIED = "law.unverified"
#: What the guard says of secrets is allowed word by word, never as a whole.
_NEVER_ACKNOWLEDGED = "secrecy."


def checked(read: ReadCase, composed: Composed, library: Library, register: Register) -> tuple[Problem, ...]:
    """Every problem of a finished letter, its place a field of the case or a line of the wording."""
    facts = facts_of(read.case, library, composed)
    letter = composed.letter
    lines = read_lines(letter)
    return (
        *check_letter(letter),
        *check_lawful(letter, facts, lines),
        *check_citations(letter, facts, register, lines),
        *check_language(letter, lines),
    )


def settled(problems: Iterable[Problem], read: ReadCase, errors: Collection[str] = ()) -> tuple[Problem, ...]:
    """The problems that are told: without those that the case file acknowledges.

    Warnings can be acknowledged, and that a final decision rests on law nobody has verified. What is
    acknowledged in vain is told itself, so that no old acknowledgement hides a new warning.

    Args:
        errors: codes of warnings that the library makes errors of.
    """
    accepted = {one.code for one in read.case.acknowledged if not one.code.startswith(_NEVER_ACKNOWLEDGED)}
    shown: list[Problem] = []
    hidden: set[str] = set()
    for problem in (raised(problem, errors) for problem in problems):
        if problem.code in accepted and _can_be_acknowledged(problem):
            hidden.add(problem.code)
        else:
            shown.append(problem)
    return (*shown, *_in_vain(read, hidden))


def raised(problem: Problem, errors: Collection[str]) -> Problem:
    """The problem, as an error if the library makes one of its warning."""
    is_error = problem.code in errors and problem.severity is Severity.WARNING
    return replace(problem, severity=Severity.ERROR) if is_error else problem


def _can_be_acknowledged(problem: Problem) -> bool:
    return problem.severity is Severity.WARNING or problem.code == UNVERIFIED


def _in_vain(read: ReadCase, hidden: Collection[str]) -> Iterator[Problem]:
    for index, one in enumerate(read.case.acknowledged):
        if one.code not in hidden:
            yield Problem(
                "case.acknowledged-unused",
                Severity.WARNING,
                N_("there is no warning {code} to acknowledge"),
                read.places.place(f"acknowledged[{index}].code"),
                {"code": one.code},
                N_("take it out; errors and what concerns secrecy cannot be acknowledged"),
            )


def facts_of(case: Case, library: Library, composed: Composed) -> Facts:
    """What the rules must know of a case."""
    sender = library.senders[case.sender]
    case_type = library.case_types[case.case_type]
    party = None if isinstance(case, Reply) else case.party
    texts = sender.texts
    ways = (
        sender.unit,
        sender.authority,
        texts.get("email", ""),
        texts.get("address_line", ""),
        *sender.address,
    )
    return Facts(
        matter=Matter(case.matter),
        outcome=_outcome(case),
        law_date=law_date(case),
        wording=library.at(case.date)[composed.name].path,
        authority=sender.authority,
        handed_in=tuple(way for way in ways if way),
        signatory=(case.signatory.name, case.signatory.title),
        regime=case.regime,
        grounds=tuple(_grounds(case, case_type)),
        routes=tuple(_routes(case, case_type, library)),
        bodies=frozenset(v.texts["body"] for versions in library.routes.values() for v in versions),
        hearing=_hearing(case),
        views=0 if isinstance(case, Hearing | Reply) else len(case.views),
        assessment=isinstance(case, Granted | PartlyGranted | Rejected) and case.assessment is not None,
        party=party.name if party else "",
        several=len(case.recipients) > 1,
        number=party.cpr.digits if party and party.cpr else "",
        terms=tuple(_terms(case, library)),
        historic=tuple(
            Historic(one.citation, one.as_of, f"historic[{index}].citation")
            for index, one in enumerate(case.historic)
        ),
    )


def _outcome(case: Case) -> Outcome | None:
    if isinstance(case, Reply):
        return None
    return Outcome(case.hearing.intended if isinstance(case, Hearing) else case.outcome)


def _hearing(case: Case) -> tuple[str, ...]:
    """The fields that say how the party was heard."""
    if isinstance(case, Reply | Hearing) or case.hearing is None:
        return ()
    match case.hearing.status:
        case "held":
            return ("hearing.deadline",)
        case "not-needed":
            return ("hearing.why",)
        case "exception":
            return ("hearing.why", "hearing.number")


def _grounds(case: Case, case_type: CaseType) -> Iterator[GroundFacts]:
    for index, reason in enumerate(() if isinstance(case, Reply) else case.reasons):
        spec, path = case_type.spec.grounds[reason.ground], f"reasons[{index}]"
        printed = _printed(reason.facts, spec.fields, f"{path}.facts")
        yield GroundFacts(reason.ground, spec.title, path, spec.discretionary, tuple(printed))


def _printed(given: Iterable[str], fields: Mapping[str, FieldSpec], path: str) -> Iterator[str]:
    for name in given:
        if fields[name].type not in _NOT_PRINTED:
            yield f"{path}.{name}"


def _routes(case: Case, case_type: CaseType, library: Library) -> Iterator[RouteFacts]:
    """Each route of the parts that the reasons touch."""
    if isinstance(case, Reply):
        return
    touched = {case_type.spec.grounds[reason.ground].part for reason in case.reasons}
    parts: dict[str, list[str]] = {}
    for part, title in case_type.parts.titles.items():
        code = case_type.parts.route(part, case.facts)
        if part in touched and code:
            parts.setdefault(code, []).append(title)
    for code, titles in parts.items():
        version = applicable(library.routes.get(code, ()), law_date(case))
        texts = version.texts if version else {}
        yield RouteFacts(
            tuple(titles),
            texts.get("body"),
            texts.get("deadline", ""),
            texts.get("competence", ""),
            last_day(case, version) if version else None,
        )


def _terms(case: Case, library: Library) -> Iterator[TermFacts]:
    for versions in library.terms.values():
        right = term_version(versions, case)
        if right is not None:
            own = _texts(right)
            others = {text for version in versions for text in _texts(version)} - set(own)
            yield TermFacts(own, tuple(sorted(others)))


def _texts(version: TermVersion) -> tuple[str, ...]:
    return (version.text, *(text for text in version.forms.values() if text != version.text))
