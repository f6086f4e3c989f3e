"""The shipped register loads whole, and a faulty one is refused with file and line."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from letters.law.acts import Register
from letters.law.find import parse
from letters.law.register import load_register, read_register
from letters.problems import TemplateError

LAWS = Path(__file__).parents[2] / "templates" / "da" / "love"

GOOD = """\
name: prøveloven
title: lov om prøver
source: opdigtet
verified: true
versions:
  - kind: LBK
    number: 1
    date: 2020-01-01
    from: 2020-01-01
    to: 2022-12-31
    eli: https://example.org/1
    source: opdigtet
    verified: true
  - kind: LBK
    number: 2
    date: 2023-01-01
    from: 2023-01-01
    eli: https://example.org/2
    source: opdigtet
    verified: true
amendments:
  - kind: LOV
    number: 7
    date: 2021-05-01
    from: 2021-06-01
    changed_by: [LOV 8/2021]
    eli: https://example.org/7
    source: opdigtet
    verified: true
  - kind: LOV
    number: 8
    date: 2021-06-01
    eli: https://example.org/8
    source: opdigtet
    verified: true
provisions:
  - at: § 1
    meaning: En regel
    source: opdigtet
    verified: true
  - at: § 1, stk. 1
    meaning: Et stykke
    from: 2020-01-01
    to: 2021-12-31
    source: opdigtet
    verified: true
  - at: § 1, stk. 1
    meaning: Et andet stykke
    from: 2022-01-01
    source: opdigtet
    verified: true
"""


def _with(old: str, new: str, count: int = 1) -> str:
    assert old in GOOD
    return GOOD.replace(old, new, count)


def _faults(*texts: str) -> list[tuple[str, str, int | None]]:
    with pytest.raises(TemplateError) as caught:
        read_register({f"{number}.yaml": text for number, text in enumerate(texts)})
    assert all(problem.text() for problem in caught.value.problems)
    return [(one.code, one.place.file, one.place.line) for one in caught.value.problems]


@pytest.fixture(scope="module")
def register() -> Register:
    return load_register(LAWS)


def test_a_good_register_loads() -> None:
    (act,) = read_register({"a.yaml": GOOD}).acts
    assert (act.name, act.genitive, len(act.versions), len(act.provisions)) == (
        "prøveloven",
        "prøvelovens",
        2,
        3,
    )


@pytest.mark.parametrize(
    ("text", "code", "line"),
    [
        (_with("to: 2022-12-31", "to: 2023-06-30"), "law.version-overlap", 14),
        (_with("    to: 2021-12-31\n", ""), "law.provision-overlap", 46),
        (_with("- at: § 1\n", "- at: § 2\n"), "law.no-parent", 41),
        (_with("to: 2021-12-31", "to: 2019-12-31"), "law.period", 41),
        (_with("    from: 2022-01-01\n", "    from: 2019-01-01\n"), "law.outside-versions", 47),
        (_with("    from: 2021-06-01\n", "    from: 2019-06-01\n"), "law.outside-versions", 22),
        (_with("number: 8\n", "number: 8\n    changed_by: [LOV 7/2021]\n"), "law.amendment-cycle", 22),
        (_with("[LOV 8/2021]", "[LOV 7/2021]"), "law.amendment-cycle", 22),
        (_with("    from: 2023-01-01\n", "    from: 2022-12-31\n"), "law.before-issue", 14),
        (_with("2021-12-31", "2021-02-31"), "law.no-such-date", 44),
        (_with("§ 1, stk. 1", "paragraffen"), "law.no-place", 41),
        (_with("at: § 1, stk. 1", "at: §§ 1 og 2"), "law.no-place", 41),
        (_with("kind: LBK", "kind: XYZ"), "law.no-document", 6),
        (_with("meaning: En regel", "meening: En regel"), "law.unknown-key", 38),
        (_with("    meaning: En regel\n", ""), "law.field-missing", 37),
        (_with("verified: true", "verified: måske"), "law.not-a-flag", 4),
        (_with("title: lov om prøver", "title: [lov]"), "law.not-a-text", 2),
        (_with("name: prøveloven\n", "name: prøveloven\nname: igen\n"), "law.yaml-twice", 2),
        (_with("title: lov om prøver", "title: &a lov"), "law.yaml-machinery", 2),
        (_with("title: lov om prøver", "title: !!python/object:x lov"), "law.yaml-machinery", 2),
        (_with("versions:", "versions: ["), "law.yaml", 6),
        (_with("title: lov om prøver", "title: " + "[" * 30 + "]" * 30), "law.yaml-deep", 2),
        (GOOD + "complaints:\n  - basis: x\n    source: x\n    verified: true\n", "law.field-missing", 53),
        ("", "law.empty", None),
        ("- a", "law.not-a-mapping", 1),
    ],
)
def test_a_fault_is_refused_with_its_line(text: str, code: str, line: int | None) -> None:
    assert (code, "0.yaml", line) in _faults(text)


def test_two_acts_of_one_name_are_refused() -> None:
    assert ("law.duplicate-name", "1.yaml", 1) in _faults(GOOD, _with("lov om prøver", "lov om andet"))


def test_a_name_that_two_acts_share_is_refused() -> None:
    other = _with("name: prøveloven\n", "name: andenloven\naliases: [Prøveloven]\n").replace(
        "om prøver", "om andet"
    )
    assert ("law.ambiguous-name", "1.yaml", 1) in _faults(GOOD, other)


def test_a_cycle_over_two_files_is_refused() -> None:
    first = _with("[LOV 8/2021]", "[LOV 9/2022]")
    second = _with("name: prøveloven", "name: andenloven").replace("om prøver", "om andet")
    second = (
        second.replace("number: 7", "number: 9")
        .replace("2021-05-01", "2022-05-01")
        .replace("8/2021", "7/2021")
    )
    assert "law.amendment-cycle" in {code for code, _, _ in _faults(first, second)}


def test_all_faults_of_all_files_come_at_once() -> None:
    faults = _faults("- a", _with("kind: LBK", "kind: XYZ"))
    assert {file for _, file, _ in faults} == {"0.yaml", "1.yaml"}


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=80), st.integers(0, len(GOOD)))
def test_no_text_crashes_the_loader(text: str, at: int) -> None:
    try:
        read_register({"a.yaml": GOOD[:at] + text + GOOD[at:]})
    except TemplateError as error:
        assert error.problems


def test_binary_files_are_refused(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(TemplateError) as caught:
        load_register(tmp_path)
    assert [one.code for one in caught.value.problems] == ["law.unreadable"]


def test_the_shipped_register_holds_the_acts(register: Register) -> None:
    names = {act.name for act in register.acts}
    assert {
        "integrationsloven",
        "forvaltningsloven",
        "offentlighedsloven",
        "CPR-loven",
        "straffeloven",
    } <= names
    assert all(act.source.text and act.versions for act in register.acts)


@pytest.mark.parametrize("name", ["Integrationslovens", "lov om integration af udlændinge i Danmark", "GDPR"])
def test_an_act_is_found_by_any_of_its_names(register: Register, name: str) -> None:
    assert register.act(name) is not None


@pytest.mark.parametrize(
    ("place", "on", "body"),
    [
        ("§ 18, stk. 2", "2012-01-01", "beskæftigelsesankenævnet"),
        ("§ 18, stk. 2", "2021-09-02", "Ankestyrelsens Beskæftigelsesudvalg"),
        ("§ 12", "2021-09-02", "Ankestyrelsen"),
        ("§ 37", "2026-03-01", "Ankestyrelsen"),
        ("§ 42", "2021-09-02", ""),
    ],
)
def test_the_complaint_body_follows_place_and_date(
    register: Register, place: str, on: str, body: str
) -> None:
    act = register.act("integrationsloven")
    assert act is not None
    route = act.complaint(parse(place).paths()[0], dt.date.fromisoformat(on))
    assert route is not None
    assert route.body == body


def test_the_term_changed_with_the_amendment(register: Register) -> None:
    act = register.act("integrationsloven")
    assert act is not None
    (change,) = [(one.in_force, term.new, term.kept_for) for one in act.amendments for term in one.terms]
    assert change == (dt.date(2025, 1, 1), "introduktionsprogram", frozenset({"ukraine"}))
