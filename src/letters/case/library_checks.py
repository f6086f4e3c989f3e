"""A case file against the library: what it names must be there, and what the library asks for must be given.

Works on the tree, not on the typed case, so that these faults come together with all others.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from letters.case.facts import read_facts
from letters.case.forms import Form, missing, unknown
from letters.case.models import FactValue
from letters.case.spec import CaseTypeSpec, GroundSpec, LibrarySpec, Matter, Outcome
from letters.case.tree import Path, Tree, fatal, nearest
from letters.problems import N_, Problem

_CONSIDERATIONS = "forvaltningslovens § 24, stk. 1, 2. pkt."


@dataclass
class Checked:
    """What the checks found.

    Attributes:
        facts: the typed facts at each `facts` of the file.
    """

    problems: list[Problem] = field(default_factory=list)
    facts: dict[Path, Mapping[str, FactValue]] = field(default_factory=dict)


def check_library(tree: Tree, form: Form, library: LibrarySpec) -> Checked:
    """Check all that a case file takes from the library."""
    found = Checked()
    _known(tree, ("sender",), library.senders, found)
    _known(tree, ("regime",), library.regimes, found)
    code = _known(tree, ("case_type",), library.case_types, found)
    if code is None:
        return found
    spec = library.case_types[code]
    found.problems += _wording(tree, form, spec)
    found.facts[("facts",)] = read_facts(tree, ("facts",), spec.fields, found.problems)
    if form.matter is not Matter.REPLY:
        _check_reasons(tree, form, spec, found)
        found.problems += _assessment(tree, form, spec)
        found.problems += _terms(tree, form, spec)
    return found


def _known(
    tree: Tree, path: Path, known: Mapping[str, object] | frozenset[str], found: Checked
) -> str | None:
    """The named entry of the library, or the nearest when the name is misspelt; None without any."""
    code = tree.at(path)
    if not isinstance(code, str) or code in known:
        return code if isinstance(code, str) else None
    found.problems.append(unknown(f"case.unknown-{path[-1]}".replace("_", "-"), tree, path, code, known))
    return nearest(code, known)


def _wording(tree: Tree, form: Form, spec: CaseTypeSpec) -> Iterator[Problem]:
    if form.matter and form.matter not in spec.matters:
        known = ", ".join(sorted(m.value for m in spec.matters))
        yield fatal(
            "case.no-wording",
            N_('the case type "{case_type}" has no wording for the matter "{value}"'),
            tree.place(("matter",)),
            help=N_("it has wording for: {known}"),
            case_type=spec.code,
            value=form.matter.value,
            known=known,
        )
    elif form.outcome and Matter.DECISION in spec.matters and form.outcome not in spec.outcomes:
        path = ("outcome",) if form.matter is Matter.DECISION else ("hearing", "intended")
        yield fatal(
            "case.no-wording",
            N_('the case type "{case_type}" has no wording for the outcome "{value}"'),
            tree.place(path),
            help=N_("it has wording for: {known}"),
            case_type=spec.code,
            value=form.outcome.value,
            known=_outcomes(spec.outcomes),
        )


def _outcomes(outcomes: frozenset[Outcome]) -> str:
    return ", ".join(outcome.value for outcome in Outcome if outcome in outcomes)


def _check_reasons(tree: Tree, form: Form, spec: CaseTypeSpec, found: Checked) -> None:
    reasons = tree.at(("reasons",))
    seen: dict[str, Path] = {}
    for index, reason in enumerate(reasons if isinstance(reasons, list) else ()):
        path: Path = ("reasons", index)
        code = reason.get("ground") if isinstance(reason, dict) else None
        if not isinstance(code, str):
            continue
        if code in spec.grounds:
            found.problems += _ground(tree, form, spec, spec.grounds[code], path)
            found.problems += _fitting(tree, spec, spec.grounds[code], path)
            found.problems += _twice(tree, code, path, seen)
            facts = (*path, "facts")
            found.facts[facts] = read_facts(tree, facts, spec.grounds[code].fields, found.problems)
        else:
            found.problems.append(unknown("case.unknown-ground", tree, (*path, "ground"), code, spec.grounds))


def _ground(tree: Tree, form: Form, spec: CaseTypeSpec, ground: GroundSpec, path: Path) -> Iterator[Problem]:
    if form.outcome and form.outcome not in ground.outcomes:
        others = [c for c, g in spec.grounds.items() if form.outcome in g.outcomes]
        yield fatal(
            "case.ground-outcome",
            N_('the ground "{ground}" cannot carry the outcome "{outcome}"; it can carry: {outcomes}'),
            tree.place((*path, "ground")),
            help=N_('grounds for "{outcome}": {grounds}') if others else "",
            ground=ground.code,
            outcome=form.outcome.value,
            outcomes=_outcomes(ground.outcomes),
            grounds=", ".join(others),
        )
    against = form.matter is Matter.HEARING or form.outcome in (Outcome.PARTLY_GRANTED, Outcome.REJECTED)
    considerations = (*path, "considerations")
    missing = considerations not in tree.empty and tree.at(considerations) is None
    if ground.discretionary and against and missing:
        yield fatal(
            "case.considerations-missing",
            N_('the ground "{ground}" leaves discretion, but the main considerations are missing'),
            tree.place(considerations),
            help=N_("add `considerations:` with what weighed in this case"),
            see=_CONSIDERATIONS,
            ground=ground.code,
        )


def _fitting(tree: Tree, spec: CaseTypeSpec, ground: GroundSpec, path: Path) -> Iterator[Problem]:
    """A ground of one act is none under another: the case's choice must be one that the ground allows."""
    for name, allowed in ground.only.items():
        chosen = tree.at(("facts", name))
        choices = spec.fields[name].choices
        if isinstance(chosen, str) and chosen in choices and chosen not in allowed:
            yield fatal(
                "case.ground-choice",
                N_('the ground "{ground}" cannot be used when {field} is "{value}"'),
                tree.place((*path, "ground")),
                help=N_("it can be used when {field} is: {allowed}"),
                ground=ground.code,
                field=f"facts.{name}",
                value=chosen,
                allowed=", ".join(sorted(allowed)),
            )


def _twice(tree: Tree, code: str, path: Path, seen: dict[str, Path]) -> Iterator[Problem]:
    first = seen.setdefault(code, path)
    if first != path:
        yield fatal(
            "case.ground-twice",
            N_('the ground "{ground}" is given twice; the first is on line {line}'),
            tree.place((*path, "ground")),
            help=N_("put all facts of a ground into one reason"),
            ground=code,
            line=tree.place((*first, "ground")).line,
        )


def _assessment(tree: Tree, form: Form, spec: CaseTypeSpec) -> Iterator[Problem]:
    path: Path = ("assessment",)
    if form.matter is not Matter.DECISION or form.outcome not in spec.assessment or path in tree.empty:
        return
    if tree.at(path) is None:
        yield fatal(
            "case.assessment-missing",
            N_('a decision with the outcome "{outcome}" needs an overall assessment of this very case'),
            tree.place(path),
            help=N_("add `assessment:` with what was weighed against what, and why it led to this outcome"),
            outcome=form.outcome.value if form.outcome else "",
        )


def _terms(tree: Tree, form: Form, spec: CaseTypeSpec) -> Iterator[Problem]:
    """What `decision` must say of the outcome."""
    group: Path = ("decision",)
    if form.matter is not Matter.DECISION or not form.outcome or group in tree.empty:
        return
    if not isinstance(tree.at(group), dict | None):
        return  # told as a wrong type already
    for name in spec.terms.get(form.outcome, ()):
        path = (*group, name)
        if path not in tree.empty and tree.at(path) is None:
            yield missing(path, tree)
