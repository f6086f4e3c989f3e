"""What becomes of a citation on a date: does the act know such a place, and was it in force?

A verdict is data. `problem` turns it into what a user reads; how severe that is, the checks decide.
"""

from __future__ import annotations

import datetime as dt
import enum
from collections.abc import Mapping
from types import MappingProxyType

from msgspec import Struct, field

from letters.law.acts import Act, AmendingAct, Path, Provision, Register, Version
from letters.law.citation import Citation, Designation
from letters.law.fields import expand
from letters.law.names import POINTING_BACK
from letters.law.writing import write_designation, write_level, write_path
from letters.problems import N_, Place, Problem, Severity


class Status(enum.Enum):
    """Verdicts, from the best to the worst; a citation of several places gets the worst of theirs.

    UNVERIFIED: it exists by an entry that nobody has verified. NO_ACT: it names no act of its own. UNLISTED:
    the register does not know the place on that date, and does not claim to. MOVED: another rule stands
    there on that date; the one meant stands elsewhere. REPEALED: an older text is cited than the one in
    force.
    """

    EXISTS = "exists"
    UNVERIFIED = "unverified"
    NO_ACT = "no-act"
    UNLISTED = "unlisted"
    AMBIGUOUS = "ambiguous"
    REPEALED = "repealed"
    MOVED = "moved"
    NOT_IN_FORCE = "not-in-force"
    NO_SUCH_PLACE = "no-such-place"
    UNKNOWN_ACT = "unknown-act"


_ORDER = list(Status)


class Verdict(Struct, frozen=True):
    """What the register says of a citation on a date.

    Attributes:
        act: None when it is not known.
        version: the text of the act to cite on that date; None when none is registered.
        provisions: the provisions cited that exist on that date.
        eli: the address to link to; empty when there is none.
        message, help, args: for a `Problem`; empty when all is well.
    """

    status: Status
    citation: Citation
    act: Act | None = None
    version: Version | None = None
    provisions: tuple[Provision, ...] = ()
    eli: str = ""
    message: str = ""
    help: str = ""
    args: Mapping[str, object] = field(default_factory=lambda: MappingProxyType({}))

    def problem(self, severity: Severity, place: Place) -> Problem | None:
        """The verdict as a problem `law.<status>`; None when the citation is right."""
        if self.status is Status.EXISTS:
            return None
        return Problem(f"law.{self.status.value}", severity, self.message, place, self.args, self.help)


class _Finding(Struct, frozen=True):
    """The outcome for one place."""

    status: Status
    message: str = ""
    help: str = ""
    args: Mapping[str, object] = field(default_factory=lambda: MappingProxyType({}))
    provision: Provision | None = None


def resolve(
    citation: Citation,
    register: Register,
    on: dt.date,
    *,
    regime: str | None = None,
    context: Act | None = None,
) -> Verdict:
    """Look a citation up as of a date.

    Args:
        on: the date whose law counts, usually the letter's.
        regime: a transitional rule that keeps older texts in force; None for the ordinary law.
        context: the act that "lovens § 18" or "§ 18" points back to; None when nothing was named before.
    """
    named = _named(citation, register, on, regime, context)
    if isinstance(named, _Finding):
        return Verdict(named.status, citation, message=named.message, help=named.help, args=named.args)
    act, document = named
    if isinstance(document, AmendingAct):
        return Verdict(Status.EXISTS, citation, act, eli=document.eli)
    version = act.version(on, regime)
    findings = [_document(act, document, version, on), *_places(act, citation, version, on)]
    worst = max(findings, key=lambda one: _ORDER.index(one.status))
    return Verdict(
        status=worst.status,
        citation=citation,
        act=act,
        version=version,
        provisions=tuple(one.provision for one in findings if one.provision is not None),
        eli=_eli(document, version),
        message=worst.message,
        help=worst.help,
        args=worst.args,
    )


def _eli(document: Version | None, version: Version | None) -> str:
    one = document or version
    return one.eli if one is not None else ""


# The act

_Named = tuple[Act, Version | AmendingAct | None]


def _named(
    citation: Citation, register: Register, on: dt.date, regime: str | None, context: Act | None
) -> _Named | _Finding:
    """The act that a citation means, and the document, if one is cited by number or by a version's own
    name.
    """
    document = register.document(citation.designation) if citation.designation is not None else None
    if citation.act is None or citation.act in POINTING_BACK:
        if document is not None:
            return document
        if citation.designation is not None:
            return _unknown_document(citation.designation, register)
        return (context, None) if context is not None else _Finding(Status.NO_ACT, N_("no act is named"))
    act = register.act(citation.act)
    if act is None:
        return _unknown_act(citation.act, register)
    if citation.designation is not None and document is None:
        return _unknown_document(citation.designation, register)
    if document is not None and document[0] is not act:
        args = {"name": citation.act, "other": document[0].name}
        return _Finding(Status.AMBIGUOUS, N_("{name} is named, but the number is of {other}"), "", args)
    own = next((one for one in act.versions if one.name.casefold() == citation.act.casefold()), None)
    return act, own if document is None else document[1]


def _unknown_act(name: str, register: Register) -> _Finding:
    from difflib import get_close_matches  # only a slip needs it

    names = {one.casefold(): one for act in register.acts for one in act.names}
    near = get_close_matches(name.casefold(), list(names), 2, 0.75)
    best = [names[one] for one in near]
    owners = {register.act(one) for one in best}
    args: dict[str, object] = {"name": name, "near": ", ".join(best)}
    if len(owners) > 1 and len(near) > 1 and len(near[0]) == len(near[1]):
        return _Finding(Status.AMBIGUOUS, N_("{name} may be several acts: {near}"), "", args)
    help_ = N_("did you mean {near}?") if best else N_("add the act to the register")
    return _Finding(Status.UNKNOWN_ACT, N_("the register knows no act called {name}"), help_, args)


def _unknown_document(cited: Designation, register: Register) -> _Finding:
    near = [
        write_designation(one.designation)
        for act in register.acts
        for one in act.versions
        if one.designation.number == cited.number or (cited.date and one.designation.date == cited.date)
    ]
    args = {"name": write_designation(cited), "near": ", ".join(near[:3])}
    help_ = N_("did you mean {near}?") if near else ""
    return _Finding(Status.UNKNOWN_ACT, N_("the register knows no {name}"), help_, args)


def _document(act: Act, cited: Version | None, version: Version | None, on: dt.date) -> _Finding:
    """Whether the act has a text on the date, and whether the text cited is that one."""
    args: dict[str, object] = {"name": act.name, "date": on.isoformat()}
    if cited is not None and cited is not version:
        args["cited"] = write_designation(cited.designation)
        args["right"] = write_designation(version.designation) if version is not None else ""
        if cited.period.start is not None and on < cited.period.start:
            return _Finding(
                Status.NOT_IN_FORCE, N_("{cited} was not in force yet on {date}"), _write_right(args), args
            )
        return _Finding(Status.REPEALED, N_("{cited} no longer applies on {date}"), _write_right(args), args)
    if version is not None:
        verified = version.source.verified
        return _Finding(Status.EXISTS) if verified else _Finding(Status.UNVERIFIED, _UNVERIFIED, "", args)
    ends = [one.period.end for one in act.versions]
    if None not in ends and all(end is not None and end < on for end in ends):
        return _Finding(Status.NOT_IN_FORCE, N_("{name} no longer applies on {date}"), "", args)
    return _Finding(Status.UNLISTED, N_("the register has no text of {name} for {date}"), "", args)


_UNVERIFIED = N_("what the register says of {name} is not verified")


def _write_right(args: Mapping[str, object]) -> str:
    return N_("write {right}") if args["right"] else ""


# The places


def _places(act: Act, citation: Citation, version: Version | None, on: dt.date) -> list[_Finding]:
    paths = [one for path in citation.paths() for one in expand(path)]
    return [_place(act, path, version, on) for path in paths]


def _place(act: Act, path: Path, version: Version | None, on: dt.date) -> _Finding:
    above: Provision | None = None
    for size in range(1, len(path) + 1):
        here = act.provision(path[:size], on)
        if here is None:
            return _missing(act, path, size, above, version, on)
        above = here
    if above is None or above.source.verified:
        return _Finding(Status.EXISTS, provision=above)
    return _Finding(Status.UNVERIFIED, _UNVERIFIED, "", {"name": _spoken(act, path)}, above)


def _missing(
    act: Act, path: Path, size: int, above: Provision | None, version: Version | None, on: dt.date
) -> _Finding:
    """Why there is no entry for the first `size` levels of a path on the date."""
    level = path[size - 1]
    args: dict[str, object] = {"name": _spoken(act, path[:size]), "date": on.isoformat()}
    read = version is None or version.read
    others = act.by_place.get(write_path(path)) or act.by_place.get(write_path(path[:size]), ())
    if others and (read or others[-1].moved_to):
        return _at_another_time(act, others[-1], args | {"name": _spoken(act, others[-1].path)})
    if above is not None and level.unit in above.closed and read:
        return _no_such(act, path[: size - 1], level.unit.value, write_level(level), args)
    if above is not None and level.unit.value == "pkt.":  # sentences are listed only where they matter
        return _Finding(Status.EXISTS, provision=above)
    return _Finding(Status.UNLISTED, N_("the register does not list {name} for {date}"), "", args)


def _at_another_time(act: Act, other: Provision, args: dict[str, object]) -> _Finding:
    start, end = other.period.start, other.period.end
    args |= {"start": start.isoformat() if start else "", "end": end.isoformat() if end else ""}
    if other.moved_to:
        args["moved"] = f"{act.genitive} {other.moved_to}"
        return _Finding(
            Status.MOVED, N_("{name} is another rule on {date}"), N_("the rule is {moved} then"), args
        )
    message = N_("{name} was not in force on {date}")
    help_ = N_("it is in force from {start}") if start and not end else N_("it was in force until {end}")
    return _Finding(Status.NOT_IN_FORCE, message, help_, args)


def _no_such(act: Act, parent: Path, unit: str, wrong: str, args: dict[str, object]) -> _Finding:
    siblings = [one for one in act.provisions if one.path[:-1] == parent and one.path[-1].unit.value == unit]
    args |= {"wrong": wrong, "unit": unit, "parent": _spoken(act, parent)}
    if not siblings:
        message = N_("{name} does not exist: {parent} has no {unit}")
        return _Finding(Status.NO_SUCH_PLACE, message, N_("write {parent}"), args)
    args["listed"] = ", ".join(dict.fromkeys(write_level(one.path[-1]) for one in siblings))
    message = N_("{name} does not exist: {parent} has only {listed}")
    return _Finding(Status.NO_SUCH_PLACE, message, N_("choose one of {listed}"), args)


def _spoken(act: Act, path: Path) -> str:
    return f"{act.genitive} {write_path(path)}" if path else act.name
