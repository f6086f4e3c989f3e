"""Which model a case file is read as, and what is wrong with it, in words for the person who wrote it.

The model is picked here by `matter` and `outcome`, and where they are wrong by what else the file holds, so
that a slip in those two hides nothing of the rest.
"""

from __future__ import annotations

from collections.abc import Iterable

from msgspec import Struct

from letters import records
from letters.case.fields import FieldError, no_group
from letters.case.models import Case, Granted, Hearing, PartlyGranted, Rejected, Reply
from letters.case.spec import Matter, Outcome
from letters.case.tree import Path, Tree, fatal, field_name, nearest, shown
from letters.problems import N_, Problem, Severity
from letters.records import Fault, Unreadable, Wrong

_DECISIONS: dict[Outcome, type[Case]] = {
    Outcome.GRANTED: Granted,
    Outcome.PARTLY_GRANTED: PartlyGranted,
    Outcome.REJECTED: Rejected,
}
_INTENDED = ("rejected", "partly-granted")
_FEW = 20
_SEE: dict[Path, str] = {
    ("reasons",): "forvaltningslovens §§ 22 og 24",
    ("hearing",): "forvaltningslovens § 19",
    ("representative",): "forvaltningslovens § 8",
}


class Form(Struct, frozen=True):
    """What a case file is read as.

    Attributes:
        model: None when even a guess is impossible.
        outcome: of a decision; for a hearing the intended one; None when unknown or there is none.
        guessed: whether matter or outcome were guessed from the rest of the file.
        root: the file's values, a misspelt matter or outcome set right.
    """

    model: type[Case] | None
    matter: Matter | None
    outcome: Outcome | None
    guessed: bool
    root: dict[str, object]
    problems: tuple[Problem, ...]


# A matter that this half cannot read, only name.
_CONFIDENTIAL = "appendix"


def form_of(matter: Matter, outcome: Outcome | None) -> type[Case]:
    """The model of a matter; decisions have one for each outcome."""
    if matter is Matter.DECISION and outcome:
        return _DECISIONS[outcome]
    if matter is Matter.DECISION:
        return Rejected
    return Hearing if matter is Matter.HEARING else Reply


def choose_form(tree: Tree) -> Form:
    """Pick the model by `matter` and `outcome`; where they are wrong, by what was probably meant."""
    problems: list[Problem] = []
    matter = _choice(tree, ("matter",), [m.value for m in Matter], problems) or _matter_by_keys(tree)
    if matter is None:
        return Form(None, None, None, True, tree.root, tuple(problems))
    root = {**tree.root, "matter": matter}
    outcome: str | None = None
    guessed = False
    if matter == Matter.DECISION.value:
        outcome = _choice(tree, ("outcome",), [o.value for o in Outcome], problems)
        guessed = outcome is None
        root["outcome"] = outcome or Outcome.REJECTED.value
    elif matter == Matter.HEARING.value:
        intended = tree.at(("hearing", "intended"))
        outcome = intended if isinstance(intended, str) and intended in _INTENDED else None
    known = Outcome(outcome) if outcome else None
    model = form_of(Matter(matter), known)
    return Form(model, Matter(matter), known, guessed, root, tuple(problems))


def _choice(tree: Tree, path: Path, known: list[str], problems: list[Problem]) -> str | None:
    value = tree.at(path)
    if isinstance(value, str) and value in known:
        return value
    if path in tree.empty:
        return None
    if value is None:
        problems.append(missing(path, tree))
        return None
    told = [*known, _CONFIDENTIAL] if path == ("matter",) else known
    problems.append(unknown(f"case.unknown-{path[-1]}", tree, path, value, told))
    return nearest(value, known) if isinstance(value, str) else None


def _matter_by_keys(tree: Tree) -> str | None:
    """What only one matter has tells it."""
    if {"questions", "inquiry"} & tree.root.keys():
        return Matter.REPLY.value
    if "outcome" in tree.root:
        return Matter.DECISION.value
    return Matter.HEARING.value if tree.at(("hearing", "intended")) is not None else None


def validate(form: Form, tree: Tree) -> tuple[Case | None, list[Problem]]:
    """Build the typed case, or say all that keeps it from being built."""
    if form.model is None:
        return None, []
    try:
        return records.read(form.root, form.model), []
    except Unreadable as error:
        return None, [_problem(fault, tree) for fault in error.faults if not _told(fault, tree, form)]


def _told(fault: Fault, tree: Tree, form: Form) -> bool:
    """Whether something else tells of it: that the value is empty, or that the outcome is unknown."""
    if any(fault.path[:length] in tree.empty for length in range(1, len(fault.path) + 1)):
        return True
    gone = fault.wrong in (Wrong.MISSING, Wrong.TOO_FEW)
    return gone and form.guessed and fault.path in (("hearing",), ("reasons",))


def _problem(fault: Fault, tree: Tree) -> Problem:
    path = fault.path
    match fault.wrong:
        case Wrong.VALUE if isinstance(fault.error, FieldError):
            return of_fault(fault.error, tree, path)
        case Wrong.MISSING | Wrong.TOO_FEW:
            return missing(path, tree)
        case Wrong.UNKNOWN_KEY:
            return unknown("case.unknown-key", tree, path, path[-1], fault.known, key=True)
        case Wrong.NO_CHOICE:
            return unknown("case.unknown-choice", tree, path, tree.at(path), fault.known)
        case Wrong.TOO_MANY:
            return fatal(
                "case.too-many", N_("there are more than {limit}"), tree.place(path), limit=fault.limit
            )
        case Wrong.NO_LIST:
            message = N_("here a list is expected")
            help = N_('begin each entry on a line of its own with "- "')
            return fatal("case.wrong-type", message, tree.place(path), help=help)
        case Wrong.NO_GROUP:
            return of_fault(no_group(), tree, path)
    return fatal("case.unfit", N_("this value does not fit here"), tree.place(path))


def missing(path: Path, tree: Tree) -> Problem:
    """A field that must be there is not."""
    code = "case.reasons-missing" if path == ("reasons",) else "case.missing"
    message = N_("{field} is missing")
    see = _SEE.get(path, "")
    return fatal(code, message, tree.place(path), help=N_("fill it in"), see=see, field=field_name(path))


def of_fault(fault: FieldError, tree: Tree, path: Path) -> Problem:
    """A value's fault where the value stands."""
    return Problem(fault.code, Severity.FATAL, fault.message, tree.place(path), fault.details, fault.help)


def unknown(
    code: str, tree: Tree, path: Path, value: object, known: Iterable[str], *, key: bool = False
) -> Problem:
    """Something is not known; the nearest known is suggested, and all are listed when they are few."""
    names = sorted(known)
    near = nearest(value, names)
    help = choice_help(near, names)
    args = {"value": shown(value), "near": near or "", "known": ", ".join(names)}
    return fatal(code, N_('"{value}" is not known here'), tree.place(path, key=key), help=help, **args)


def choice_help(near: str | None, known: list[str]) -> str:
    """The help for an unknown name, in the fields {near} and {known}."""
    few = 0 < len(known) <= _FEW
    if near:
        return N_("did you mean {near}? Known are: {known}") if few else N_("did you mean {near}?")
    return N_("known are: {known}") if few else ""
