"""What an appendix is started from is valid, names all that may be filled in, and fits its schema."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from case_library import LIBRARY
from test_schema import _fits, _load

from letters.case.confidential import ConfidentialAppendix
from letters.case.confidential_read import ReadAppendix, read_appendix
from letters.case.confidential_start import appendix_message_ids, appendix_schema, appendix_skeleton
from letters.case.schema import json_schema
from letters.case.shapes import models_in
from letters.records import fields_of

FIXTURE = Path(__file__).parents[2] / "fixtures" / "bilag" / "to-sager.yaml"
GOOD = (Path(__file__).parent / "appendix.yaml").read_text(encoding="utf-8")


def same(text: str) -> str:
    return text


SKELETON = appendix_skeleton(LIBRARY.senders, same)
SCHEMA = appendix_schema(LIBRARY.senders, same)


def read(text: str) -> ReadAppendix:
    return read_appendix(text.encode(), "bilag-1.yaml", LIBRARY.senders)


def names(model) -> set[str]:
    inner = {m for field in fields_of(model).values() for m in models_in(field.type)}
    return set(fields_of(model)).union(*map(names, inner))


def woken(name: str, text: str = SKELETON) -> str:
    """The skeleton with one optional field taken in; what is optional in it stays a comment."""
    block = re.search(rf"^( *)# {name}:.*\n(?:\1#   .*\n)*", text, re.MULTILINE)
    assert block, name
    return text.replace(block[0], re.sub(rf"^{block[1]}# ", block[1], block[0], flags=re.MULTILINE), 1)


def test_is_a_valid_appendix_as_it_stands():
    found = read(SKELETON)
    assert found.problems == ()
    assert len(found.appendix.people) == 1


def test_names_every_field():
    assert names(ConfidentialAppendix) <= set(re.findall(r"^[ #-]*([a-z_]+):", SKELETON, re.MULTILINE))


@pytest.mark.parametrize(
    "name",
    ["recipients", "opening", "contact", "allowed", "acknowledged", "other_names", "case_number", "address",
     "phone", "email", "protected"],
)  # fmt: skip
def test_every_optional_field_can_be_taken_in_by_removing_the_comment_signs(name):
    assert {name, f"people[0].{name}"} & read(woken(name)).places.positions.keys()


def test_a_receiver_can_be_given_a_basis_for_some_of_the_people():
    text = woken("recipients")
    for name in ("organisation", "basis", "people"):
        text = woken(name, text)
    (receiver,) = read(text).appendix.recipients
    assert receiver.organisation
    assert [basis.people for basis in receiver.basis] == [(1,)]


def test_the_title_of_the_example_names_nobody_and_no_number_is_a_cpr_number():
    assert not re.search(r"\d{6}-?\d{4}\b", SKELETON + json.dumps(SCHEMA))


@pytest.mark.parametrize(
    "text", [SKELETON, woken("recipients"), GOOD], ids=["skeleton", "receivers", "example"]
)
def test_an_appendix_fits_its_schema_and_no_open_one(text):
    assert _fits(_load(text), SCHEMA, SCHEMA)
    open_schema = json_schema(LIBRARY, None, same)
    assert not _fits(_load(text), open_schema, open_schema)


BAD = {
    "a required field": lambda c: c.pop("title"),
    "an unknown key": lambda c: c.update(titel="x"),
    "an unknown sender": lambda c: c.update(sender="have"),
    "an unknown class": lambda c: c.update(classification="secret"),
    "another matter": lambda c: c.update(matter="reply"),
    "nobody": lambda c: c.update(people=[]),
    "a person without an account": lambda c: c["people"][0].pop("account"),
    "a receiver without a name": lambda c: c.update(recipients=[{"organisation": "Foreningen"}]),
    "an unknown basis": lambda c: c.update(recipients=[{"name": "F", "basis": [{"kind": "wish"}]}]),
}


@pytest.mark.parametrize("change", BAD.values(), ids=BAD)
def test_what_the_reader_refuses_does_not_fit(change):
    value = _load(SKELETON)
    assert _fits(value, SCHEMA, SCHEMA)
    change(value)
    assert not _fits(value, SCHEMA, SCHEMA)


def test_titles_and_descriptions_are_translated_and_every_field_has_one():
    schema = appendix_schema(LIBRARY.senders, "da:{}".format)
    assert schema["title"].startswith("da:")
    for definition in schema["$defs"].values():
        for field in definition["properties"].values():
            assert field["title"].removeprefix("da:") in appendix_message_ids()
            assert field.get("description", "da:").startswith("da:")
    assert "# SIGNATORY" in appendix_skeleton(LIBRARY.senders, str.upper)
