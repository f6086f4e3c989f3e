"""No value anywhere in a case file brings out anything but our own words.

Every field of good files is replaced in turn by values of every kind, and left out.
"""

from __future__ import annotations

import copy
import json
from pathlib import Path

import pytest
import yaml
from case_library import ANSWERS, GARDEN, LIBRARY

from letters.case.read import read_case
from letters.case.skeleton import skeleton
from letters.case.spec import Matter, Outcome
from letters.problems import CaseError

HERE = Path(__file__).parent
JUNK = [
    *("", " ", "x", "X y", "æ" * 81, "a" * 10_001, "2021-13-01", "{name} {0} %s", "010180-0008"),
    *(0, 1, -1, 1.5, True, False, None),
    *(
        [],
        {},
        [[]],
        [{}],
        [1],
        ["x"],
        [None],
        {"x": 1},
        {"status": []},
        {"status": "held", "x": {}},
        ["x"] * 201,
    ),
]


def _load(text: str):
    return yaml.load(text, Loader=yaml.BaseLoader)  # noqa: S506 (every scalar is text)


def _everything():
    """Good files that together use every field."""
    rejected = _load((HERE / "rejected.yaml").read_text(encoding="utf-8"))
    rejected |= {
        "law_date": "2021-01-01",
        "regime": "overgang-2020",
        "representative": {"basis": "fuldmagt"},
        "contact": {"name": "Bo", "phone": "99", "email": "a@b.example"},
        "delivery": {"channel": "letter", "sent": "2021-09-02", "last_day": "nej"},
        "acknowledged": [{"code": "a", "reason": "b"}],
        "show": {"date": "nej"},
        "views": [{"argument": "a", "answer": "b"}],
        "decision": {"effective": "2021-10-01", "granted": "a", "refused": "b"},
    }
    rejected["reasons"].append(
        {"ground": "skader", "facts": {"damages": [{"thing": "hegnet", "state": "gone", "price": "100"}]}}
    )
    excepted = {**rejected, "hearing": {"status": "exception", "number": "1", "why": "a"}}
    reply = _load((HERE / "reply.yaml").read_text(encoding="utf-8"))
    reply |= {
        "salutation": "a",
        "headings": {"title": "a"},
        "attachments": ["a"],
        "appendices": [{"id": "a", "title": "b", "sharing": "none"}],
    }
    hearing = _load(skeleton(GARDEN, Matter.HEARING, Outcome.REJECTED, LIBRARY, str))
    partly = _load(skeleton(GARDEN, Matter.DECISION, Outcome.PARTLY_GRANTED, LIBRARY, str))
    assert ANSWERS.code == reply["case_type"]
    return {"rejected": rejected, "excepted": excepted, "reply": reply, "hearing": hearing, "partly": partly}


def _paths(value, path=()):
    yield path
    entries = (
        value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    )
    for key, inner in entries:
        yield from _paths(inner, (*path, key))


def _replaced(case, path, junk):
    changed = copy.deepcopy(case)
    parent = changed
    for part in path[:-1]:
        parent = parent[part]
    if junk is ...:
        del parent[path[-1]]
    else:
        parent[path[-1]] = junk
    return changed


def _problems(case):
    try:
        read_case(json.dumps(case).encode(), "x.json", LIBRARY)
    except CaseError as error:
        found = error.problems
    else:
        return ()
    assert found
    return found


def _speaks_for_itself(problem) -> bool:
    said = problem.text() + problem.help.format_map(dict(problem.args)) + (problem.place.field or "")
    library = ("Expected `", "Object contains", "Object missing", "Invalid ")  # msgspec's words
    return problem.code != "case.unfit" and not any(word in said for word in library) and "0008" not in said


@pytest.mark.parametrize("name", _everything())
def test_every_fault_has_our_own_words(name):
    case = _everything()[name]
    assert _problems(case) == ()
    for path in list(_paths(case))[1:]:
        for junk in [*JUNK, ...]:
            for problem in _problems(_replaced(case, path, junk)):
                assert _speaks_for_itself(problem), (path, junk, problem)
                assert problem.place.line
