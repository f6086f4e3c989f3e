"""The schema says what `read_case` does, as far as a schema can."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
import yaml
from case_library import ANSWERS, GARDEN, LIBRARY

from letters.case.schema import json_schema
from letters.case.shapes import all_models, message_ids
from letters.case.skeleton import skeleton
from letters.case.spec import Matter, Outcome

HERE = Path(__file__).parent
KNOWN = {"$ref", "$schema", "$defs", "title", "description", "default", "examples", "format"} | {
    *(
        "type",
        "const",
        "enum",
        "pattern",
        "minLength",
        "maxLength",
        "minimum",
        "minItems",
        "maxItems",
        "items",
    ),
    *("properties", "required", "additionalProperties", "allOf", "anyOf", "oneOf", "if", "then"),
}
TYPES = {
    "object": dict,
    "array": list,
    "string": str,
    "integer": int,
    "number": (int, float),
    "boolean": bool,
}


def _fits(value, schema, root) -> bool:
    """The keywords of JSON Schema 2020-12 that our schemas use; any other is an error."""
    if schema is True:
        return True
    assert set(schema) <= KNOWN, set(schema) - KNOWN
    return (
        _fits_alone(value, schema)
        and _fits_inside(value, schema, root)
        and _fits_choices(value, schema, root)
    )


def _fits_alone(value, schema) -> bool:
    text = value if isinstance(value, str) else None
    return (
        ("type" not in schema or isinstance(value, TYPES[schema["type"]]))
        and ("const" not in schema or value == schema["const"])
        and ("enum" not in schema or value in schema["enum"])
        and (text is None or re.search(schema.get("pattern", ""), text) is not None)
        and (text is None or schema.get("minLength", 0) <= len(text) <= schema.get("maxLength", len(text)))
        and (not isinstance(value, int) or value >= schema.get("minimum", value))
    )


def _fits_inside(value, schema, root) -> bool:
    if isinstance(value, list):
        sized = schema.get("minItems", 0) <= len(value) <= schema.get("maxItems", len(value))
        return sized and all(_fits(one, schema.get("items", True), root) for one in value)
    if isinstance(value, dict):
        known = schema.get("properties", {})
        closed = schema.get("additionalProperties") is False
        return (
            set(schema.get("required", ())) <= set(value)
            and not (closed and set(value) - set(known))
            and all(_fits(value[name], known[name], root) for name in known if name in value)
        )
    return True


def _fits_choices(value, schema, root) -> bool:
    if "$ref" in schema and not _fits(value, root["$defs"][schema["$ref"].removeprefix("#/$defs/")], root):
        return False
    if "if" in schema and _fits(value, schema["if"], root) and not _fits(value, schema["then"], root):
        return False
    return (
        all(_fits(value, one, root) for one in schema.get("allOf", ()))
        and ("anyOf" not in schema or any(_fits(value, one, root) for one in schema["anyOf"]))
        and ("oneOf" not in schema or sum(_fits(value, one, root) for one in schema["oneOf"]) == 1)
    )


def _same(text: str) -> str:
    return text


def _load(text: str):
    return yaml.load(text, Loader=yaml.BaseLoader)  # noqa: S506 (every scalar is text)


def _rejected():
    return _load((HERE / "rejected.yaml").read_text(encoding="utf-8"))


GOOD = [
    *((GARDEN, Matter.DECISION, outcome) for outcome in Outcome),
    (GARDEN, Matter.HEARING, Outcome.REJECTED),
    (ANSWERS, Matter.REPLY, None),
]


@pytest.mark.parametrize(("spec", "matter", "outcome"), GOOD)
def test_a_skeleton_fits_its_schema_and_no_other(spec, matter, outcome):
    value = _load(skeleton(spec, matter, outcome, LIBRARY, _same))
    for one in (None, *Matter):
        schema = json_schema(LIBRARY, one, _same)
        assert _fits(value, schema, schema) is (one in (None, matter))


@pytest.mark.parametrize("file", ["rejected.yaml", "reply.yaml"])
def test_a_good_case_fits(file):
    schema = json_schema(LIBRARY, None, _same)
    assert _fits(_load((HERE / file).read_text(encoding="utf-8")), schema, schema)


def _spoil(change):
    value = _rejected()
    change(value)
    return value


BAD = {
    "a required field": lambda c: c.pop("signatory"),
    "an unknown key": lambda c: c.update(signatur={}),
    "an unknown sender": lambda c: c.update(sender="have"),
    "an unknown case type": lambda c: c.update(case_type="andet"),
    "an unknown ground": lambda c: c["reasons"][0].update(ground="andet"),
    "a ground of another outcome": lambda c: c.update(reasons=[{"ground": "ledig"}]),
    "a missing fact": lambda c: c["reasons"][0]["facts"].pop("place"),
    "an unknown fact": lambda c: c["reasons"][0]["facts"].update(plads="1"),
    "a fact of another type": lambda c: c["reasons"][0]["facts"].update(place="nr. 1"),
    "an unknown choice": lambda c: c["reasons"][1]["facts"].update(kind="lån"),
    "a discretionary ground without considerations": lambda c: c["reasons"][1].pop("considerations"),
    "no assessment": lambda c: c.pop("assessment"),
    "no hearing record": lambda c: c.pop("hearing"),
    "a case type's missing field": lambda c: c["facts"].pop("garden"),
    "a number for a text": lambda c: c["party"].update(cpr=101800008),
    "null": lambda c: c.update(decision=None),
}


@pytest.mark.parametrize("change", BAD.values(), ids=BAD)
def test_what_the_reader_refuses_does_not_fit(change):
    schema = json_schema(LIBRARY, Matter.DECISION, _same)
    assert not _fits(_spoil(change), schema, schema)


def test_titles_and_descriptions_are_translated_and_every_field_has_one():
    schema = json_schema(LIBRARY, None, "da:{}".format)
    names = {model.__name__ for model in all_models()}
    assert set(schema["$defs"]) == names
    for definition in schema["$defs"].values():
        for field in definition["properties"].values():
            assert field["title"].startswith("da:")
            assert field["title"].removeprefix("da:") in message_ids()
            assert field.get("description", "da:").startswith("da:")


def test_prose_fields_are_marked():
    reason = json_schema(LIBRARY, None, _same)["$defs"]["Reason"]["properties"]
    assert reason["considerations"]["format"] == "prose"
    assert "format" not in reason["ground"]


def test_is_plain_json_without_a_cpr_number():
    text = json.dumps(json_schema(LIBRARY, None, _same))
    assert not re.search(r"\d{6}-?\d{4}\b", text)
    assert '"null"' not in text
