"""Which model a case file is read as, and what pydantic finds wrong with it, in our own words.

The model is picked here by `matter` and `outcome`, not by pydantic's union, so that a slip in those two hides
nothing of the rest and paths stay those of the file.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from msgspec import Struct
from pydantic import ValidationError
from pydantic_core import ErrorDetails

from letters.case.fields import FieldError
from letters.case.models import Case, Granted, Hearing, Model, PartlyGranted, Rejected, Reply
from letters.case.shapes import literals_in, models_in
from letters.case.spec import Matter, Outcome
from letters.case.tree import Path, Tree, fatal, field_name, nearest, shown
from letters.problems import N_, Problem, Severity

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
        return form.model.model_validate(form.root), []
    except ValidationError as error:
        details = error.errors(include_url=False, include_input=False)
    found = [_problem(detail, tree, form) for detail in details]
    return None, [problem for problem in found if problem]


def _problem(detail: ErrorDetails, tree: Tree, form: Form) -> Problem | None:
    path = _path(detail["loc"])
    if any(path[:length] in tree.empty for length in range(1, len(path) + 1)):
        return None
    if detail["type"] == "too_short" and tree.at(path):
        return (
            None  # pydantic counts only the entries that are right; what is wrong in the others is told there
        )
    if form.guessed and path in (("hearing",), ("reasons",)) and detail["type"] in ("missing", "too_short"):
        return None
    return _translate(detail["type"], path, detail.get("ctx", {}), tree, form)


def _path(loc: tuple[int | str, ...]) -> Path:
    """Pydantic puts the chosen member of a union into the path; only `hearing` has one."""
    return (loc[0], *loc[2:]) if loc[0] == "hearing" and len(loc) > 1 and loc[1] in _STATUSES else tuple(loc)


_STATUSES = ("held", "not-needed", "exception")


def _translate(kind: str, path: Path, ctx: dict[str, Any], tree: Tree, form: Form) -> Problem:
    """One of pydantic's errors as a problem. What is not listed here cannot come from our models."""
    place = tree.place(path)
    match kind:
        case "value_error" if isinstance(ctx.get("error"), FieldError):
            return of_fault(ctx["error"], tree, path)
        case "missing":
            return missing(path, tree)
        case "union_tag_not_found":
            return missing((*path, "status"), tree)
        case "extra_forbidden":
            return _unknown_key(path, tree, form)
        case "literal_error" | "union_tag_invalid":
            where = path if kind == "literal_error" else (*path, "status")
            known = re.findall(r"'([^']*)'", ctx.get("expected", "") or ctx.get("expected_tags", ""))
            return unknown("case.unknown-choice", tree, where, tree.at(where), known)
        case "string_type" | "string_pattern_mismatch" | "string_too_long":
            help = N_("a code is made of small letters a to z, digits and hyphens; a number stands in quotes")
            return fatal("case.not-a-code", N_("this is no code"), place, help=help)
        case "too_short":
            return missing(path, tree)
        case "too_long":
            message = N_("there are more than {limit}")
            return fatal("case.too-many", message, place, limit=ctx["max_length"])
        case "tuple_type":
            message = N_("here a list is expected")
            help = N_('begin each entry on a line of its own with "- "')
            return fatal("case.wrong-type", message, place, help=help)
        case "model_type" | "model_attributes_type" | "dict_type":
            message = N_("here a group of fields is expected")
            help = N_("put each field on a line of its own, indented: `name: ...`")
            return fatal("case.wrong-type", message, place, help=help)
    return fatal("case.unfit", N_("this value does not fit here"), place)


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


def _unknown_key(path: Path, tree: Tree, form: Form) -> Problem:
    known = {name for model in _models_at(form.model, path[:-1], tree) for name in model.model_fields}
    present = tree.at(path[:-1])
    names = sorted(known - set(present if isinstance(present, dict) else ()))
    return unknown("case.unknown-key", tree, path, path[-1], names, key=True)


def _models_at(model: type[Case] | None, path: Path, tree: Tree) -> list[type[Model]]:
    found: list[type[Model]] = [model] if model else []
    for part in path:
        if isinstance(part, str):
            fields = [m.model_fields[part] for m in found if part in m.model_fields]
            found = [inner for field in fields for inner in models_in(field.annotation)]
    status = tree.at((*path, "status"))
    return [m for m in found if status in _statuses(m)] or found


def _statuses(model: type[Model]) -> tuple[object, ...]:
    """The values of `status` that choose this model in a union."""
    return literals_in(model.model_fields["status"].annotation) if "status" in model.model_fields else ()
