"""Access to documents: each ground cites the act that was chosen, and the guidance is that act's."""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import replace

import pytest
from shipped_wording import COMPOSER, LIBRARY

from letters.case.read import read_case
from letters.case.spec import FieldSpec, FieldType, GroundSpec
from letters.document.model import Letter, Role, Section, Status
from letters.document.words import words
from letters.law.deadlines import Calendar, add_working_days
from letters.problems import CaseError, LetterError

KIND = LIBRARY.case_types["aktindsigt"].spec
GENITIVES = {"ofl": "offentlighedslovens", "fvl": "forvaltningslovens"}
SAMPLES = {FieldType.DATE: "2026-03-03", FieldType.NUMBER: "40", FieldType.YES_NO: "ja"}


def sample(spec: FieldSpec) -> str:
    return spec.example or SAMPLES.get(spec.type) or next(iter(spec.choices))


def request(act: str, *grounds: GroundSpec, **changes: object) -> dict[str, object]:
    reasons = [
        {
            "ground": ground.code,
            "facts": {name: sample(spec) for name, spec in ground.fields.items()},
            **({"considerations": "Det vejer tungt."} if ground.discretionary else {}),
        }
        for ground in grounds
    ]
    return {
        "matter": "decision",
        "case_type": "aktindsigt",
        "outcome": "rejected",
        "case_number": "2026-1",
        "date": "2026-03-06",
        "sender": "jobcenter-integration",
        "recipients": [{"name": "Amal Haddad"}],
        "application": {"received": "2026-03-02"},
        "facts": {"act": act, "request": "sagen", "complaint": "aktindsigt-ankestyrelsen"},
        "reasons": reasons,
        "assessment": "Vi har set på sagen.",
        "hearing": {"status": "not-needed", "why": "intet er ukendt"},
        "signatory": {"name": "Bo Lund", "title": "Jurist"},
        **changes,
    }


def compose(case: dict[str, object]) -> Letter:
    read = read_case(json.dumps(case).encode(), "sag.json", LIBRARY.spec())
    return COMPOSER.compose(read.case, Status.FINAL, read.places.place).letter


def text(letter: Letter, *roles: Role, ground: str | None = None) -> str:
    kept = [s for s in letter.sections if s.role in roles and (ground is None or s.ground == ground)]
    return said(letter, kept)


def said(letter: Letter, sections: list[Section]) -> str:
    only = replace(letter, sections=tuple(sections), heading=None)
    return " ".join(words(only)).replace("\xa0", " ")


@pytest.mark.parametrize("act", GENITIVES)
@pytest.mark.parametrize("ground", KIND.grounds.values(), ids=KIND.grounds)
def test_a_ground_cites_the_act_that_was_chosen(ground: GroundSpec, act: str) -> None:
    if act not in ground.only.get("act", frozenset(GENITIVES)):
        with pytest.raises(CaseError) as caught:
            compose(request(act, ground))
        assert [problem.code for problem in caught.value.problems] == ["case.ground-choice"]
        return
    letter = compose(request(act, ground))
    argued = text(letter, Role.REASONS, ground=ground.code)
    (other,) = GENITIVES.keys() - {act}
    assert f"{GENITIVES[act]} §" in argued
    assert GENITIVES[other] not in argued + text(letter, Role.LAW, Role.GUIDANCE, Role.ASSESSMENT)
    if act == "ofl":
        assert ground.provision in argued
    assert GENITIVES[act].removesuffix("s") in text(letter, Role.LAW)


@pytest.mark.parametrize("act", GENITIVES)
def test_meroffentlighed_is_for_exceptions_alone(act: str) -> None:
    for code, considered in (("private-forhold", True), ("ikke-identificeret", False)):
        assessed = text(compose(request(act, KIND.grounds[code])), Role.ASSESSMENT)
        assert ("meroffentlighed" in assessed) is considered


@pytest.mark.parametrize(("complaint", "body"), KIND.fields["complaint"].choices.items())
def test_the_guidance_names_the_body_and_no_deadline(complaint: str, body: str) -> None:
    facts = {"act": "ofl", "request": "sagen", "complaint": complaint}
    guidance = text(compose(request("ofl", KIND.grounds["private-forhold"], facts=facts)), Role.GUIDANCE)
    assert body.split(" (")[0] in guidance
    assert "senest 7 arbejdsdage" in guidance
    assert "uger" not in guidance
    assert "offentlighedslovens § 3" in guidance


def test_an_approval_has_no_guidance_and_no_first_day() -> None:
    case = request("fvl", outcome="granted")
    for left_out in ("reasons", "assessment", "hearing"):
        del case[left_out]
    letter = compose(case)
    assert not [s for s in letter.sections if s.role in (Role.GUIDANCE, Role.REASONS)]
    assert "fuld aktindsigt" in text(letter, Role.RESULT)


def test_a_part_must_be_named() -> None:
    with pytest.raises(CaseError) as caught:
        compose(request("ofl", KIND.grounds["private-forhold"], outcome="partly-granted"))
    found = {(problem.code, problem.place.field) for problem in caught.value.problems}
    assert found == {("case.missing", "decision.granted"), ("case.missing", "decision.refused")}


def test_a_late_answer_is_explained() -> None:
    last = add_working_days(dt.date(2026, 3, 2), 7, Calendar.EXTRA_DAYS)
    ground = KIND.grounds["private-forhold"]
    assert "inden 7 arbejdsdage, som loven kræver" in text(
        compose(request("ofl", ground, date=last.isoformat())), Role.HEARING
    )
    late = (last + dt.timedelta(days=1)).isoformat()
    with pytest.raises(LetterError) as caught:
        compose(request("ofl", ground, date=late))
    (problem,) = caught.value.problems
    assert (problem.code, problem.place.field) == ("case.late-unexplained", "facts.delay")
    assert last.isoformat() in problem.text()
    facts = {"act": "ofl", "request": "sagen", "complaint": "aktindsigt-tilsyn", "delay": "sagen er stor"}
    found = text(compose(request("ofl", ground, date=late, facts=facts)), Role.HEARING)
    assert "Det har taget længere tid, fordi sagen er stor." in found
