"""The names that each kind of letter gives to its wording: what `wording.view` fills, as shapes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from letters.case.spec import FieldSpec, FieldType, GroundSpec, Outcome
from letters.upkeep.models import MODELS, appendix_names, extract_names, model_names
from letters.upkeep.shapes import NOTHING, PROSE, YES_NO, Kind, Shape, joined, list_of, record, text
from letters.wording.confidential import Confidentiality
from letters.wording.library import OUTCOMES, CaseType, Library

#: Origins of what is no field of the library: the law asks for these.
ASSESSMENT, CONSIDERATIONS = "case:assessment", "case:considerations"
ROUTE, TERM = "route:", "ord:"

_PRONOUNS = ("Du", "du", "dig", "din", "dit", "dine", "sig", "sin", "sit", "sine")
# As `wording.view` has them: what some kinds of letters lack is none, not undefined.
_LEFT_OUT: Mapping[str, Shape] = {
    **dict.fromkeys(
        ("party", "representative", "application", "decision", "hearing", "assessment", "inquiry"), NOTHING
    ),
    **dict.fromkeys(("salutation", "opening", "before_questions", "closing", "attachments"), NOTHING),
    "views": list_of(None),
    "appendices": list_of(None),
    "headings": record({"title": NOTHING, "questions": NOTHING, "answers": NOTHING}),
}
_HEARD = frozenset({Outcome.REJECTED, Outcome.PARTLY_GRANTED})
_KINDS: Mapping[FieldType, Kind] = {
    FieldType.TEXT: Kind.TEXT,
    FieldType.PROSE: Kind.PROSE,
    FieldType.DATE: Kind.DATE,
    FieldType.NUMBER: Kind.NUMBER,
    FieldType.KRONER: Kind.NUMBER,
    FieldType.YES_NO: Kind.YES_NO,
}


@dataclass(frozen=True, slots=True)
class Entry:
    """A kind of letter: where reading of the library begins.

    Attributes:
        case_type: None for appendices.
        key: the key of `wordings:`, or `appendix` and `extract`.
        wording: the name of the wording that it begins with.
        names: what its wording sees.
        grounds: wording name of each ground it can rest on -> what `reason` is inside that ground.
    """

    case_type: str | None
    key: str
    wording: str
    names: Mapping[str, Shape]
    grounds: Mapping[str, Shape]

    @property
    def title(self) -> str:
        """As people name it: the case type, then the outcome."""
        return f"{self.case_type} {self.key}" if self.case_type else self.key


def entries(library: Library, confidentiality: Confidentiality | None) -> tuple[Entry, ...]:
    """Every kind of letter that a library can make."""
    letters = [
        entry(library, case_type, key)
        for case_type in library.case_types.values()
        for key in case_type.wordings
    ]
    closed = confidentiality.wordings.items() if confidentiality else ()
    return (*letters, *(_appendix(library, kind, name) for kind, name in closed))


def entry(library: Library, case_type: CaseType, key: str) -> Entry:
    """One kind of letter of a case type."""
    grounds = _grounds(case_type, key)
    reasons = {
        case_type.ground_names[code]: _reason(case_type, [spec], key) for code, spec in grounds.items()
    }
    any_reason = _reason(case_type, list(grounds.values()), key) if grounds else None
    route = _route(library, case_type)
    parts = _parts(case_type, route, grounds.values(), any_reason)
    reply = key == "reply"
    names = {
        **_LEFT_OUT,
        **_required(model_names(MODELS[key]), case_type, key),
        **_library_names(library),
        "outcome": NOTHING if reply else text(*_outcomes(key)),
        "facts": _facts(case_type.spec.fields, f"{case_type.code}/sagstype"),
        "reasons": list_of(any_reason, empty=reply or key == "granted"),
        "parts": parts,
        "routes": _routes(route, parts.item),
        "modtager_er_part": YES_NO,
        "flere": YES_NO,
        "parten": text(),
        **dict.fromkeys(_PRONOUNS, text()),
    }
    if reply:
        names["questions"] = list_of(record({"number": text()}), empty=False)
        names["spoergsmaal"] = PROSE
        answers = record({"numre": list_of(text(), empty=False), "tekst": PROSE})
        names["svarene"] = list_of(answers, empty=False)
    return Entry(case_type.code, key, case_type.wordings[key], names, reasons)


def _appendix(library: Library, kind: str, wording: str) -> Entry:
    own = extract_names() if kind == "extract" else appendix_names()
    names = {**own, "afsender": _sender(library), "flere": YES_NO}
    return Entry(None, kind, wording, names, {})


def _outcomes(key: str) -> tuple[str, ...]:
    return tuple(sorted(one.value for one in _HEARD)) if key == "hearing" else (key,)


def _required(names: Mapping[str, Shape], case_type: CaseType, key: str) -> dict[str, Shape]:
    """The case's own names; what the case type asks of the outcome is there."""
    found = dict(names)
    if "assessment" in found:
        found["assessment"] = replace(found["assessment"], origin=ASSESSMENT)
    outcome = OUTCOMES.get(key)
    if outcome in case_type.spec.assessment and "assessment" in found:
        found["assessment"] = found["assessment"].present()
    terms = case_type.spec.terms.get(outcome, ()) if outcome else ()
    if terms and "decision" in found:
        decision = found["decision"].present()
        fields = {name: s.present() if name in terms else s for name, s in decision.fields.items()}
        found["decision"] = replace(decision, fields=fields)
    return found


# Facts, reasons, parts, routes


def _facts(specs: Mapping[str, FieldSpec], owner: str) -> Shape:
    return record({name: field_shape(spec, f"{owner}:{name}") for name, spec in specs.items()})


def field_shape(spec: FieldSpec, origin: str) -> Shape:
    """What a field of the library gives to the wording."""
    optional = not spec.required
    match spec.type:
        case FieldType.CHOICE:
            code = Shape(Kind.TEXT, values=frozenset(spec.choices), origin=origin)
            values = frozenset(spec.choices.values())
            return Shape(Kind.TEXT, optional, values, {"kode": code}, origin=origin)
        case FieldType.TEXTS:
            return list_of(text(), empty=False, optional=optional, origin=origin)
        case FieldType.ROWS:
            columns = {n: field_shape(column, f"{origin}.{n}") for n, column in spec.columns.items()}
            return list_of(record(columns), empty=False, optional=optional, origin=origin)
        case _:
            return Shape(_KINDS[spec.type], optional, origin=origin)


def _grounds(case_type: CaseType, key: str) -> dict[str, GroundSpec]:
    """The grounds that a letter can rest on."""
    fitting = _HEARD if key == "hearing" else {OUTCOMES[key]} if key in OUTCOMES else frozenset()
    return {code: spec for code, spec in case_type.spec.grounds.items() if spec.outcomes & fitting}


def _reason(case_type: CaseType, specs: list[GroundSpec], key: str) -> Shape:
    """A reason that is one of some grounds."""
    facts = [_facts(spec.fields, case_type.ground_names[spec.code]) for spec in specs]
    weighed = all(spec.discretionary for spec in specs) and key != "granted"
    return record(
        {
            "ground": text(*(spec.code for spec in specs)),
            "title": text(),
            "provision": text(),
            "part": text(*(spec.part for spec in specs)),
            "discretionary": YES_NO,
            "facts": joined(facts),
            "considerations": replace(PROSE, optional=not weighed, origin=CONSIDERATIONS),
            "wording": text(*(case_type.ground_names[spec.code] for spec in specs)),
        }
    )


def _parts(case_type: CaseType, route: Shape, specs: Iterable[GroundSpec], reason: Shape | None) -> Shape:
    codes = sorted({spec.part for spec in specs})
    if not codes:
        return list_of(None)
    fields = {
        "code": text(*codes),
        "title": text(),
        "reasons": list_of(reason, empty=False),
        "route": replace(route, optional=True),
    }
    return list_of(record(fields))


def route_codes(case_type: CaseType) -> tuple[str, ...]:
    """The complaint routes that a case type's decisions can have."""
    chosen = [
        code
        for field in case_type.parts.route_fields.values()
        if field in case_type.spec.fields
        for code in case_type.spec.fields[field].choices
    ]
    return tuple(dict.fromkeys((*case_type.parts.routes.values(), *chosen)))


def _route(library: Library, case_type: CaseType) -> Shape:
    versions = [one for code in route_codes(case_type) for one in library.routes.get(code, ())]
    if not versions:
        return replace(record({}), open=True)
    shapes = [record({name: text(origin=f"{ROUTE}{name}") for name in one.texts}) for one in versions]
    route = joined(shapes)
    last_day = Shape(Kind.DATE, optional=True)  # when the case file asks for it
    return replace(route, fields={**route.fields, "last_day": last_day}, open=True)


def _routes(route: Shape, part: Shape | None) -> Shape:
    if part is None:
        return list_of(None)
    return list_of(replace(route, fields={**route.fields, "parts": list_of(part, empty=False)}))


# Words of the library


def _library_names(library: Library) -> dict[str, Shape]:
    return {
        "ord": record({code: _term(library, code) for code in library.terms}),
        "afsender": _sender(library),
    }


def _term(library: Library, code: str) -> Shape:
    forms = {name for version in library.terms[code] for name in version.forms}
    return Shape(
        Kind.TEXT,
        fields={form: text(origin=f"{TERM}{code}") for form in sorted(forms)},
        origin=f"{TERM}{code}",
    )


def _sender(library: Library) -> Shape:
    own = [record({name: text() for name in sender.texts}) for sender in library.senders.values()]
    fields = joined(own).fields if own else {}
    address = list_of(text(), empty=False)
    own_names = {"authority": text(), "unit": text(), "address": address}
    return replace(record({**fields, **own_names}), open=True)
