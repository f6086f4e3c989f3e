"""The JSON Schema of case files, so that an editor completes and checks them and a form can be drawn.

The models give the fields; the library gives senders, case types, grounds and their facts. A schema cannot
say all that `read_case` checks (dates in their order, numbers of questions). What it refuses, `read_case`
refuses too, with one exception: YAML's unquoted numbers are text to `read_case`, while an editor asks for
quotes.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any, Literal, get_args, get_origin

from letters.case.facts import MOST_ENTRIES
from letters.case.fields import (
    LONGEST_CODE,
    LONGEST_HEADING,
    LONGEST_PLAIN,
    LONGEST_PROSE,
    CivilNumber,
    code,
    group,
    heading_text,
    iso_date,
    plain_text,
    prose_text,
    whole_number,
    yes_no,
)
from letters.case.models import Model
from letters.case.shapes import ROOTS, models_under
from letters.case.spec import CaseTypeSpec, FieldSpec, FieldType, GroundSpec, LibrarySpec, Matter, Outcome
from letters.problems import N_
from letters.records import Field, choices, fields_of, members, read_by

Schema = dict[str, Any]
Translate = Callable[[str], str]

DIALECT = "https://json-schema.org/draft/2020-12/schema"
_TITLES = {
    None: N_("Case file"),
    Matter.DECISION: N_("Decision"),
    Matter.HEARING: N_("Hearing of a party"),
    Matter.REPLY: N_("Reply"),
}
_PLAIN: Schema = {"type": "string", "minLength": 1, "maxLength": LONGEST_PLAIN}
_PROSE: Schema = {"type": "string", "minLength": 1, "maxLength": LONGEST_PROSE, "format": "prose"}
_DATE: Schema = {"type": "string", "format": "date"}
_NUMBER: Schema = {
    "anyOf": [{"type": "integer", "minimum": 0}, {"type": "string", "pattern": "^[0-9]{1,15}$"}]
}
_YES_NO: Schema = {"anyOf": [{"type": "boolean"}, {"enum": ["ja", "nej", "true", "false"]}]}
# By the function that reads it.
_SCALARS: Mapping[object, Schema] = {
    plain_text: _PLAIN,
    heading_text: {"type": "string", "minLength": 1, "maxLength": LONGEST_HEADING},
    prose_text: _PROSE,
    iso_date: _DATE,
    yes_no: _YES_NO,
    whole_number: _NUMBER,
    code: {"type": "string", "pattern": "^[a-z0-9][a-z0-9-]*$", "maxLength": LONGEST_CODE},
    CivilNumber.read: {"type": "string", "pattern": "^([0-9]{6})-?([0-9]{4})$"},
    group: {"type": "object", "additionalProperties": True},
}
_VALUES: Mapping[FieldType, Schema] = {
    FieldType.TEXT: _PLAIN,
    FieldType.PROSE: _PROSE,
    FieldType.DATE: _DATE,
    FieldType.NUMBER: _NUMBER,
    FieldType.KRONER: {
        "anyOf": [{"type": "number"}, {"type": "string", "pattern": "^-?[0-9]{1,15}(\\.[0-9]{1,2})?$"}]
    },
    FieldType.YES_NO: _YES_NO,
    FieldType.TEXTS: {"type": "array", "items": _PLAIN, "minItems": 1, "maxItems": MOST_ENTRIES},
}


def json_schema(library: LibrarySpec, matter: Matter | None, translate: Translate) -> Schema:
    """The schema of one matter's case files, or of all.

    Args:
        matter: None for a schema of every matter.
        translate: from the English titles of the models to the reader's language; the library's own titles
            are Danish and stay.
    """
    roots = [root for root in ROOTS if matter in (None, _matter(root))]
    definitions: Schema = {}
    for root in roots:
        definitions |= definitions_of(root, translate)
    names = dict.fromkeys(_matter(root).value for root in roots)
    return {
        "$schema": DIALECT,
        "title": translate(_TITLES[matter]),
        "type": "object",
        "properties": {"matter": {"enum": list(names)}, **_library(library, matter)},
        "required": ["matter"],
        "allOf": [*map(_choice, roots), *_case_types(library, matter)],
        "$defs": definitions,
    }


def _matter(root: type[Model]) -> Matter:
    return Matter(choices(fields_of(root)["matter"].type)[0])


def _choice(root: type[Model]) -> Schema:
    """If the file says so, it is this model."""
    deciding = [name for name in ("matter", "outcome") if name in fields_of(root)]
    says = {name: choices(fields_of(root)[name].type)[0] for name in deciding}
    return {"if": _if(**says), "then": {"$ref": f"#/$defs/{root.__name__}"}}


def _if(**values: str) -> Schema:
    return {
        "properties": {name: {"const": value} for name, value in values.items()},
        "required": list(values),
    }


def definitions_of(root: type[Model], translate: Translate) -> Schema:
    """Name -> schema of a model and all that it may hold."""
    return {model.__name__: _group(model, translate) for model in models_under((root,))}


def _group(model: type[Model], translate: Translate) -> Schema:
    fields = fields_of(model)
    found: Schema = {
        "type": "object",
        "properties": {name: _field(field, translate) for name, field in fields.items()},
        "additionalProperties": False,
    }
    required = [name for name, field in fields.items() if field.required]
    return {**found, "required": required} if required else found


def _field(field: Field, translate: Translate) -> Schema:
    """What may stand in a field. Optional fields are left out, never null."""
    found = {"title": translate(field.title)}
    if field.description:
        found["description"] = translate(field.description)
    bounds = {"minItems": field.least, "maxItems": field.most}
    found |= _type(field.type) | {name: bound for name, bound in bounds.items() if bound is not None}
    return {**found, "default": field.default} if isinstance(field.default, bool) else found


def _type(annotation: object) -> Schema:
    alternatives = members(annotation)
    if len(alternatives) > 1:
        return {"oneOf": [_type(one) for one in alternatives]}
    (one,) = alternatives
    if isinstance(one, type) and issubclass(one, Model):
        return {"$ref": f"#/$defs/{one.__name__}"}
    if get_origin(one) is tuple:
        return {"type": "array", "items": _type(get_args(one)[0])}
    if get_origin(one) is Literal:
        words = choices(one)
        return {"type": "string", **({"enum": list(words)} if len(words) > 1 else {"const": words[0]})}
    return _SCALARS[read_by(one)]


# What the library adds


def _library(library: LibrarySpec, matter: Matter | None) -> Schema:
    specs = [spec for spec in library.case_types.values() if matter is None or matter in spec.matters]
    found: Schema = {
        "case_type": _one_of((spec.code, spec.title) for spec in specs),
        "sender": {"enum": sorted(library.senders)},
    }
    if library.regimes:
        found["regime"] = {"enum": sorted(library.regimes)}
    return found


def _one_of(words: Iterable[tuple[str, str]]) -> Schema:
    return {"oneOf": [{"const": code, "title": title} for code, title in words]}


def _case_types(library: LibrarySpec, matter: Matter | None) -> list[Schema]:
    """If the file names this case type (and outcome), its facts and grounds are these."""
    found = []
    for spec in library.case_types.values():
        for one in sorted(spec.matters, key=lambda m: m.value):
            if matter in (None, one):
                found += _of_matter(spec, one)
    return found


def _of_matter(spec: CaseTypeSpec, matter: Matter) -> list[Schema]:
    here = {"case_type": spec.code, "matter": matter.value}
    facts = {"if": _if(**here), "then": _with_facts(spec.fields)}
    if matter is Matter.REPLY:
        return [facts]
    outcomes = [outcome for outcome in Outcome if outcome in spec.outcomes]
    if matter is Matter.HEARING:
        against = [outcome for outcome in outcomes if outcome is not Outcome.GRANTED]
        return [facts, *({"if": _intended(here, o), "then": _with_grounds(spec, matter, o)} for o in against)]
    known = {"if": _if(**here), "then": {"properties": {"outcome": {"enum": [o.value for o in outcomes]}}}}
    return [
        facts,
        known,
        *({"if": _if(**here, outcome=o.value), "then": _with_grounds(spec, matter, o)} for o in outcomes),
    ]


def _intended(here: Mapping[str, str], outcome: Outcome) -> Schema:
    condition = _if(**here)
    condition["properties"]["hearing"] = _if(intended=outcome.value)
    condition["required"].append("hearing")
    return condition


def _with_facts(fields: Mapping[str, FieldSpec]) -> Schema:
    """A group whose `facts` are these fields."""
    facts = _facts(fields)
    return {"properties": {"facts": facts}, "required": ["facts"] if facts["required"] else []}


def _facts(fields: Mapping[str, FieldSpec]) -> Schema:
    return {
        "type": "object",
        "properties": {name: _fact(spec) for name, spec in fields.items()},
        "required": [name for name, spec in fields.items() if spec.required],
        "additionalProperties": False,
    }


def _fact(spec: FieldSpec) -> Schema:
    if spec.type is FieldType.CHOICE:
        value = _one_of(spec.choices.items())
    elif spec.type is FieldType.ROWS:
        value = {"type": "array", "items": _facts(spec.columns), "minItems": 1, "maxItems": MOST_ENTRIES}
    else:
        value = _VALUES[spec.type]
    return {**value, "title": spec.title, **({"examples": [spec.example]} if spec.example else {})}


def _with_grounds(spec: CaseTypeSpec, matter: Matter, outcome: Outcome) -> Schema:
    """The grounds that fit the outcome, and what the outcome asks of the rest of the file."""
    grounds = [ground for ground in spec.grounds.values() if outcome in ground.outcomes]
    reason: Schema = {
        "properties": {"ground": _one_of((ground.code, ground.title) for ground in grounds)},
        "allOf": [{"if": _if(ground=g.code), "then": _of_ground(g, outcome)} for g in grounds],
    }
    found: Schema = {"properties": {"reasons": {"items": reason}}, "required": []}
    if matter is Matter.DECISION and outcome in spec.assessment:
        found["required"].append("assessment")
    if matter is Matter.DECISION and (terms := spec.terms.get(outcome)):
        found["properties"]["decision"] = {"required": list(terms)}
        found["required"].append("decision")
    return found


def _of_ground(ground: GroundSpec, outcome: Outcome) -> Schema:
    found = _with_facts(ground.fields)
    if ground.discretionary and outcome is not Outcome.GRANTED:
        found["required"] = [*found["required"], "considerations"]
    return found
