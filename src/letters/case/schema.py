"""The JSON Schema of case files, so that an editor completes and checks them and a form can be drawn.

The models give the fields; the library gives senders, case types, grounds and their facts. A schema cannot
say all that `read_case` checks (dates in their order, numbers of questions). What it refuses, `read_case`
refuses too, with one exception: YAML's unquoted numbers are text to `read_case`, while an editor asks for
quotes.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from letters.case.facts import MOST_ENTRIES
from letters.case.fields import LONGEST_PLAIN, LONGEST_PROSE
from letters.case.models import Model
from letters.case.shapes import ROOTS, all_models, literals_in
from letters.case.spec import CaseTypeSpec, FieldSpec, FieldType, GroundSpec, LibrarySpec, Matter, Outcome
from letters.problems import N_

Schema = dict[str, Any]
Translate = Callable[[str], str]

DIALECT = "https://json-schema.org/draft/2020-12/schema"
_TITLES = {
    None: N_("Case file"),
    Matter.DECISION: N_("Decision"),
    Matter.HEARING: N_("Hearing of a party"),
    Matter.REPLY: N_("Reply"),
}
_MAPS = ("properties", "$defs")
_PLAIN: Schema = {"type": "string", "minLength": 1, "maxLength": LONGEST_PLAIN}
_VALUES: Mapping[FieldType, Schema] = {
    FieldType.TEXT: _PLAIN,
    FieldType.PROSE: {"type": "string", "minLength": 1, "maxLength": LONGEST_PROSE, "format": "prose"},
    FieldType.DATE: {"type": "string", "format": "date"},
    FieldType.NUMBER: {
        "anyOf": [{"type": "integer", "minimum": 0}, {"type": "string", "pattern": "^[0-9]{1,15}$"}]
    },
    FieldType.KRONER: {
        "anyOf": [{"type": "number"}, {"type": "string", "pattern": "^-?[0-9]{1,15}(\\.[0-9]{1,2})?$"}]
    },
    FieldType.YES_NO: {"anyOf": [{"type": "boolean"}, {"enum": ["ja", "nej", "true", "false"]}]},
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
        definitions |= definitions_of(root, all_models(), translate)
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
    return Matter(literals_in(root.model_fields["matter"].annotation)[0])


def _choice(root: type[Model]) -> Schema:
    """If the file says so, it is this model."""
    deciding = [name for name in ("matter", "outcome") if name in root.model_fields]
    says = {name: literals_in(root.model_fields[name].annotation)[0] for name in deciding}
    return {"if": _if(**says), "then": {"$ref": f"#/$defs/{root.__name__}"}}


def _if(**values: str) -> Schema:
    return {
        "properties": {name: {"const": value} for name, value in values.items()},
        "required": list(values),
    }


def definitions_of(root: type[Model], under: Iterable[type[Model]], translate: Translate) -> Schema:
    """Name -> schema of a model and all that it may hold.

    Args:
        under: the model and all that it may hold.
    """
    schema = root.model_json_schema()
    parts = {**schema.pop("$defs", {}), root.__name__: schema}
    models = {model.__name__: model for model in under}
    for name, part in parts.items():
        for field, described in part.get("properties", {}).items():
            described["title"] = models[name].model_fields[field].title  # pydantic forgets some beside a $ref
    return {name: _clean(part, translate) for name, part in parts.items()}


def _clean(model: Schema, translate: Translate) -> Schema:
    """A model without what only its programmers read: the class's name and docstring."""
    return {
        key: value for key, value in _node(model, translate).items() if key not in ("title", "description")
    }


def _node(schema: Schema, translate: Translate) -> Schema:
    node = {key: value for key, value in schema.items() if key != "discriminator"}
    if not isinstance(node.get("default"), bool):
        node.pop("default", None)
    options = [option for option in node.get("anyOf", []) if option != {"type": "null"}]
    if len(options) < len(node.get("anyOf", [])):
        # Optional fields are left out, never null.
        del node["anyOf"]
        node |= {"anyOf": options} if len(options) > 1 else options[0]
        node |= {key: schema[key] for key in ("title", "description") if key in schema}
    return {key: _part(key, value, translate) for key, value in node.items() if key != "discriminator"}


def _part(key: str, value: Any, translate: Translate) -> Any:  # noqa: ANN401 (any JSON)
    if key in _MAPS:
        return {name: _node(part, translate) for name, part in value.items()}
    if key in ("title", "description"):
        return translate(value)
    if isinstance(value, dict):
        return _node(value, translate)
    if isinstance(value, list):
        return [_node(part, translate) if isinstance(part, dict) else part for part in value]
    return value


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
