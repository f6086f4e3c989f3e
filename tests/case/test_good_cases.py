"""What a good case file becomes."""

from __future__ import annotations

import datetime as dt
import json
from decimal import Decimal
from pathlib import Path

import pytest
import yaml
from case_library import LIBRARY
from rich.pretty import pretty_repr

from letters.case.models import Rejected, Reply
from letters.case.read import read_case
from letters.problems import CaseError, Place

HERE = Path(__file__).parent


def _read(name, *changes):
    text = (HERE / name).read_text(encoding="utf-8")
    for old, new in changes:
        assert old in text
        text = text.replace(old, new, 1)
    return read_case(text.encode(), name, LIBRARY)


def test_facts_have_the_types_of_the_library():
    case = _read("rejected.yaml").case
    assert isinstance(case, Rejected)
    assert dict(case.facts) == {"garden": "Lindehøj Nord, have 12"}
    assert dict(case.reasons[0].facts) == {"place": 17, "since": dt.date(2020, 5, 4)}
    assert dict(case.reasons[1].facts) == {
        "amount": Decimal("1234.50"),
        "reminded": True,
        "kind": "leje",
        "months": ("juni 2021", "juli 2021"),
    }
    assert case.reasons[1].considerations == "Lejen skal betales til tiden.\n\nDet er den ikke blevet."


def test_facts_cannot_be_changed():
    with pytest.raises(TypeError):
        _read("rejected.yaml").case.facts["garden"] = "en anden"


def test_fields_know_their_place():
    places = _read("rejected.yaml").places
    assert places.place("reasons[1].facts.kind") == Place("rejected.yaml", 29, 13, "reasons[1].facts.kind")
    assert places.place("signatory") == Place("rejected.yaml", 39, 1, "signatory")


def test_a_field_that_is_left_out_stands_where_its_parent_does():
    places = _read("rejected.yaml").places
    assert places.place("reasons[1].facts.other") == Place("rejected.yaml", 26, 5, "reasons[1].facts.other")
    assert places.place("regime") == Place("rejected.yaml", 1, 1, "regime")
    assert places.place(None) == Place("rejected.yaml", 1, 1, None)


def test_no_repr_shows_the_citizen():
    case = _read("rejected.yaml").case
    assert case.party.cpr == "010180-0008"
    for thing in (case, case.party, case.party.cpr, case.recipients, [case.party.cpr]):
        for shown in (repr(thing), pretty_repr(thing)):
            assert "0008" not in shown
            assert "Amal" not in shown


def test_a_case_can_be_dumped():
    assert _read("rejected.yaml").case.reasons[0].facts["place"] == 17


def _numbers(reply):
    assert isinstance(reply, Reply)
    return [(q.number, *(p.number for p in q.parts)) for q in reply.questions]


def test_questions_left_out_are_numbered_in_order():
    assert _numbers(_read("reply.yaml").case) == [("1",), ("2", "2a", "2b"), ("7",)]


@pytest.mark.parametrize(
    ("changes", "numbers"),
    [
        (
            [("  - text: Hvor mange", "  - number: 3\n    text: Hvor mange")],
            [("3",), ("4", "4a", "4b"), ("7",)],
        ),
        (
            [("      - text: I 2020?", "      - number: 2.3\n        text: I 2020?")],
            [("1",), ("2", "2.3", "2.4"), ("7",)],
        ),
        ([('  - number: "7"\n    text', "  - text")], [("1",), ("2", "2a", "2b"), ("3",)]),
        (
            [
                ("  - text: Hvor mange", "  - number: A\n    text: Hvor mange"),
                ("  - text: Hvem", "  - number: B\n    text: Hvem"),
                ("      - text: I 2020?", "      - number: i\n        text: I 2020?"),
                ("      - text: I 2021?", "      - number: ii\n        text: I 2021?"),
            ],
            [("A",), ("B", "i", "ii"), ("7",)],
        ),
    ],
)
def test_questions_keep_the_numbers_of_their_sender(changes, numbers):
    changes = [*changes, ("answered_with: 2a", f"answered_with: {numbers[1][1]}")]
    assert _numbers(_read("reply.yaml", *changes).case) == numbers


def test_json_says_the_same_as_yaml():
    text = (HERE / "reply.yaml").read_text(encoding="utf-8")
    data = yaml.load(text, Loader=yaml.BaseLoader)  # noqa: S506 (every scalar is text)
    again = read_case(json.dumps(data).encode(), "reply.json", LIBRARY)
    assert again.case == _read("reply.yaml").case


def test_json_keeps_numbers_booleans_and_amounts_exact():
    text = (HERE / "rejected.yaml").read_text(encoding="utf-8")
    data = yaml.load(text, Loader=yaml.BaseLoader)  # noqa: S506
    data["reasons"][0]["facts"]["place"] = 17
    data["reasons"][1]["facts"]["reminded"] = True
    written = json.dumps(data).replace('"1234.50"', "1234.10")
    case = read_case(written.encode(), "x.json", LIBRARY).case
    assert case.reasons[1].facts["amount"] == Decimal("1234.10")
    assert case.reasons[0].facts["place"] == 17


def test_a_cpr_number_as_json_number_would_lose_its_zero():
    text = (HERE / "rejected.yaml").read_text(encoding="utf-8")
    data = yaml.load(text, Loader=yaml.BaseLoader)  # noqa: S506
    data["party"]["cpr"] = 101800008
    with pytest.raises(CaseError) as caught:
        read_case(json.dumps(data, indent=1).encode(), "x.json", LIBRARY)
    (problem,) = caught.value.problems
    assert (problem.code, problem.place.field) == ("case.number-not-text", "party.cpr")
    assert "101800008" not in str(caught.value)
    assert "leading zero" in problem.help
