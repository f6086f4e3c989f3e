"""What each kind of letter must say whatever the case: forvaltningslovens §§ 22-25, found before any case.

The rules of `checks` judge finished letters; here the wording is judged, so that a sample that happens to
take the right way hides nothing.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from letters.case.spec import Matter
from letters.document.model import Role
from letters.problems import N_, Place, Problem, Severity
from letters.upkeep.names import ASSESSMENT, CONSIDERATIONS, ROUTE, Entry, route_codes
from letters.upkeep.walk import Said
from letters.wording.library import OUTCOMES, CaseType, Library, WordingFile

_AGAINST = frozenset({"partly-granted", "rejected"})
#: Kind of letter -> the roles that it always has.
_ROLES: Mapping[str, tuple[Role, ...]] = {
    "granted": (Role.RESULT, Role.SIGNATURE),
    "partly-granted": (Role.RESULT, Role.REASONS, Role.SIGNATURE),
    "rejected": (Role.RESULT, Role.REASONS, Role.SIGNATURE),
    "hearing": (Role.HEARING, Role.REASONS, Role.SIGNATURE),
    "reply": (Role.QUESTIONS, Role.ANSWERS, Role.SIGNATURE),
    "appendix": (Role.FACTS, Role.SIGNATURE),
    "extract": (Role.FACTS, Role.SIGNATURE),
}
_IN_A_GROUND = frozenset({Role.REASONS, Role.FACTS, Role.CONSIDERATIONS, Role.LAW, Role.ASSESSMENT})


def duty_problems(
    library: Library, entry: Entry, wording: WordingFile, said: Said, grounds: Mapping[str, Said]
) -> Iterator[Problem]:
    """What a kind of letter lacks, or says without being allowed to.

    Args:
        said: what the whole letter says.
        grounds: name of a ground's wording -> what it says.
    """
    place = Place(wording.path)
    for role in _ROLES[entry.key]:
        if role.value not in said.maybe:
            message = N_("the letter {letter} has no section with the role {role}")
            help_ = N_("include the text that says it, or correct the roles in the heads of its texts")
            yield _lacks("template.role-missing", message, place, help_, letter=entry.title, role=role.value)
        elif not said.has(role):
            message = N_("the letter {letter} has a section with the role {role} in some cases only")
            help_ = N_("take it out of the condition: every such letter needs it")
            yield _lacks(
                "template.role-sometimes", message, place, help_, letter=entry.title, role=role.value
            )
    if entry.case_type is None:
        return
    case_type = library.case_types[entry.case_type]
    yield from _guidance(library, case_type, entry, place, said)
    if OUTCOMES.get(entry.key) in case_type.spec.assessment and ASSESSMENT not in said.surely:
        message = N_("the letter {letter} must print the overall assessment, and does not always do so")
        yield _lacks(
            "template.assessment-not-printed",
            message,
            place,
            N_("print {{{{ assessment }}}}"),
            letter=entry.title,
        )
    yield from _grounds(library, case_type, entry, grounds)


def _lacks(code: str, message: str, place: Place, help: str, see: str = "", **args: object) -> Problem:
    return Problem(code, Severity.ERROR, message, place, args, help, see)


def _guidance(
    library: Library, case_type: CaseType, entry: Entry, place: Place, said: Said
) -> Iterator[Problem]:
    see = "forvaltningslovens § 25"
    if entry.key in ("hearing", "reply"):
        if Role.GUIDANCE.value in said.maybe:
            message = N_("the letter {letter} decides nothing, and its wording tells how to complain")
            help_ = N_("take the complaint guidance out of the wording")
            yield _lacks("template.guidance-forbidden", message, place, help_, see, letter=entry.title)
        return
    codes = route_codes(case_type)
    if entry.key not in _AGAINST or not codes:
        return
    if not said.has(Role.GUIDANCE):
        message = N_("the letter {letter} can be appealed, and its wording does not always tell how")
        help_ = N_(
            "include the complaint guidance outside of any condition, in a section with the role guidance"
        )
        yield _lacks("template.guidance-missing", message, place, help_, see, letter=entry.title)
        return
    versions = [version for code in codes for version in library.routes.get(code, ())]
    for name in ("body", "deadline", "competence"):
        if any(name in version.texts for version in versions) and f"{ROUTE}{name}" not in said.maybe:
            message = N_("the complaint guidance of the letter {letter} never prints {name} of the route")
            help_ = N_("print {{{{ route.{name} }}}} for each route")
            yield _lacks(
                "template.guidance-incomplete", message, place, help_, see, letter=entry.title, name=name
            )


def _grounds(
    library: Library, case_type: CaseType, entry: Entry, grounds: Mapping[str, Said]
) -> Iterator[Problem]:
    if entry.key in _AGAINST and not entry.grounds:
        message = N_("no ground can carry the outcome {outcome}, so that no such case can be written")
        help_ = N_("add a ground with the outcome in its head, or take the wording out of sagstype.yaml")
        place = Place(f"{library.root}/{case_type.code}/sagstype.yaml")
        yield _lacks("template.no-ground", message, place, help_, outcome=entry.key)
    for name, said in grounds.items():
        file = library.files[name][-1]
        spec = file.ground
        if spec is None:
            continue
        weighed = spec.discretionary and (entry.key in _AGAINST or entry.key == Matter.HEARING.value)
        if weighed and CONSIDERATIONS not in said.surely:
            message = N_(
                "the rule leaves discretion, and the text does not always print the main considerations"
            )
            help_ = N_("print {{{{ reason.considerations }}}} in a paragraph of its own")
            see = "forvaltningslovens § 24, stk. 1, 2. pkt."
            yield _lacks(
                "template.considerations-not-printed", message, Place(file.path), help_, see, name=name
            )
        for role in sorted(said.maybe & {one.value for one in Role} - {one.value for one in _IN_A_GROUND}):
            message = N_("a ground has a text with the role {role}")
            help_ = N_("a ground's roles are: {roles}")
            roles = ", ".join(sorted(one.value for one in _IN_A_GROUND))
            yield _lacks("template.ground-role", message, Place(file.path), help_, role=role, roles=roles)
