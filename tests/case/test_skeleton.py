"""`letters new` writes a case file that is valid as it stands and names all that may be filled in."""

from __future__ import annotations

import re

import pytest
from case_library import ANSWERS, GARDEN, LIBRARY

from letters.case.forms import form_of
from letters.case.read import read_case
from letters.case.shapes import models_in
from letters.case.skeleton import skeleton
from letters.case.spec import FieldType, Matter, Outcome
from letters.records import fields_of

KINDS = [
    (GARDEN, Matter.DECISION, Outcome.GRANTED),
    (GARDEN, Matter.DECISION, Outcome.PARTLY_GRANTED),
    (GARDEN, Matter.DECISION, Outcome.REJECTED),
    (GARDEN, Matter.DECISION, None),
    (GARDEN, Matter.HEARING, Outcome.PARTLY_GRANTED),
    (GARDEN, Matter.HEARING, None),
    (ANSWERS, Matter.REPLY, None),
]


def _same(text: str) -> str:
    return text


def _names(model) -> set[str]:
    inner = {m for field in fields_of(model).values() for m in models_in(field.type)}
    return set(fields_of(model)).union(*map(_names, inner))


@pytest.mark.parametrize(("spec", "matter", "outcome"), KINDS)
def test_is_a_valid_case_as_it_stands(spec, matter, outcome):
    text = skeleton(spec, matter, outcome, LIBRARY, _same)
    case = read_case(text.encode(), "new.yaml", LIBRARY).case
    assert type(case) is form_of(matter, outcome or Outcome.REJECTED)
    assert case.case_type == spec.code


@pytest.mark.parametrize(("spec", "matter", "outcome"), KINDS)
def test_names_every_field(spec, matter, outcome):
    text = skeleton(spec, matter, outcome, LIBRARY, _same)
    named = set(re.findall(r"^[ #-]*([a-z_]+):", text, re.MULTILINE))
    assert _names(form_of(matter, outcome)) - {"facts", "reasons"} <= named
    assert set(spec.fields) <= named


@pytest.mark.parametrize("outcome", Outcome)
def test_names_each_ground_that_may_be_chosen_with_its_facts(outcome):
    text = skeleton(GARDEN, Matter.DECISION, outcome, LIBRARY, _same)
    for ground in GARDEN.grounds.values():
        assert (f"ground: {ground.code}\n" in text) is (outcome in ground.outcomes)
        assert (f"# {ground.title} ({ground.provision}; " in text) is (outcome in ground.outcomes)
        if outcome in ground.outcomes:
            for field in ground.fields.values():
                assert re.search(rf"{field.name}: .*# {field.title}", text)


def test_every_ground_can_be_taken_in_by_removing_the_comment_signs():
    text = skeleton(GARDEN, Matter.DECISION, Outcome.REJECTED, LIBRARY, _same)
    start, end = text.index("reasons:"), text.index("assessment:")
    woken = re.sub(r"^  # ( *)(?=- |  )", r"  \1", text[start:end], flags=re.MULTILINE)
    case = read_case((text[:start] + woken + text[end:]).encode(), "new.yaml", LIBRARY).case
    assert [reason.ground for reason in case.reasons] == [
        "venteliste",
        "restance",
        "naboer",
        "skader",
        "sent",
    ]


def test_every_optional_field_can_be_taken_in_by_removing_the_comment_signs():
    text = skeleton(ANSWERS, Matter.REPLY, None, LIBRARY, _same)
    optional = ("law_date", "regime", "contact", "delivery", "acknowledged", "show", "headings", "opening")
    for name in (*optional, "salutation", "closing", "attachments", "appendices"):
        block = re.search(rf"^# {name}:.*\n(#   .*\n)*", text, re.MULTILINE)
        woken = re.sub(r"^# ", "", block[0], flags=re.MULTILINE)
        read = read_case(text.replace(block[0], woken).encode(), "new.yaml", LIBRARY)
        assert name in fields_of(type(read.case))
        assert name in read.places.positions


def test_shows_no_cpr_number():
    for spec, matter, outcome in KINDS:
        assert not re.search(r"\d{6}-?\d{4}\b", skeleton(spec, matter, outcome, LIBRARY, _same))


def test_titles_are_translated_and_the_library_speaks_for_itself():
    text = skeleton(GARDEN, Matter.DECISION, Outcome.REJECTED, LIBRARY, str.upper)
    assert "# SIGNATORY" in text
    assert "# Havens navn" in text


def test_a_choice_names_its_words():
    assert GARDEN.grounds["restance"].fields["kind"].type is FieldType.CHOICE
    text = skeleton(GARDEN, Matter.DECISION, Outcome.REJECTED, LIBRARY, _same)
    assert "kind: leje  # Hvad der skyldes (leje: leje, vand: vandafgift)" in text
