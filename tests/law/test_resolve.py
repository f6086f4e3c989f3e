"""Citations against the shipped register on given dates."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from letters.law.acts import Register
from letters.law.find import parse
from letters.law.register import load_register
from letters.law.resolve import Status, Verdict, resolve
from letters.law.writing import write_path
from letters.problems import Place, Severity

REGISTER = load_register(Path(__file__).parents[2] / "templates" / "da" / "love")


@pytest.fixture(scope="module")
def register() -> Register:
    return REGISTER


def _verdict(register: Register, text: str, on: str, regime: str | None = None) -> Verdict:
    return resolve(parse(text, register.known), register, dt.date.fromisoformat(on), regime=regime)


def _help(verdict: Verdict) -> str:
    return verdict.help.format_map(dict(verdict.args))


@pytest.mark.parametrize(
    ("text", "on", "status"),
    [
        ("integrationslovens § 18, stk. 2", "2021-09-02", Status.EXISTS),
        ("integrationslovens § 18, stk. 2, 1. pkt.", "2021-09-02", Status.EXISTS),
        ("§ 18, stk. 2, i lov om integration af udlændinge i Danmark", "2021-09-02", Status.EXISTS),
        ("integrationslovens § 18, stk. 1 og 2, jf. stk. 3", "2021-09-02", Status.EXISTS),
        ("integrationslovens §§ 35-39", "2021-09-02", Status.EXISTS),
        ("integrationslovens § 18, stk. 2, nr. 1", "2021-09-02", Status.NO_SUCH_PLACE),
        ("integrationslovens § 18, stk. 2-4", "2021-09-02", Status.NO_SUCH_PLACE),
        ("integrationslovens § 18, stk. 3", "2019-06-01", Status.NOT_IN_FORCE),
        ("integrationslovens § 18, stk. 3", "2020-01-01", Status.EXISTS),
        ("integrationslovens § 18", "2006-01-01", Status.UNLISTED),
        ("integrationslovens § 999", "2021-09-02", Status.UNLISTED),
        ("integratonslovens § 18", "2021-09-02", Status.UNKNOWN_ACT),
        ("boligplaceringsbekendtgørelsens § 12, stk. 1", "2021-09-02", Status.EXISTS),
        ("bekendtgørelsen om boligplacering af flygtninge, § 12, stk. 1", "2021-09-02", Status.EXISTS),
        ("boligplaceringsbekendtgørelsens § 14", "2021-09-02", Status.MOVED),
        ("boligplaceringsbekendtgørelsens § 14", "2018-03-31", Status.EXISTS),
        ("boligplaceringsbekendtgørelsens § 12", "2018-03-31", Status.MOVED),
        ("boligplaceringsbekendtgørelsens § 21", "2022-05-04", Status.MOVED),
        ("boligplaceringsbekendtgørelsens § 21", "2022-05-05", Status.EXISTS),
        ("boligplaceringsbekendtgørelsens § 22 a", "2023-01-01", Status.UNVERIFIED),
        ("forvaltningslovens § 19, stk. 2, nr. 6", "2021-09-02", Status.EXISTS),
        ("forvaltningslovens § 19, stk. 2, nr. 7", "2021-09-02", Status.NO_SUCH_PLACE),
        ("forvaltningslovens § 9 a, stk. 2", "2024-06-30", Status.NOT_IN_FORCE),
        ("forvaltningslovens § 9 a, stk. 2", "2024-07-01", Status.EXISTS),
        ("forvaltningslovens § 24", "2013-01-01", Status.UNLISTED),
        ("2012-forvaltningslovens § 15, stk. 1, nr. 3", "2013-01-01", Status.EXISTS),
        ("offentlighedslovens § 30, nr. 3", "2025-01-01", Status.NO_SUCH_PLACE),
        ("retssikkerhedslovens § 67, stk. 1", "2021-09-02", Status.EXISTS),
        ("retssikkerhedslovens § 66", "2021-09-02", Status.UNVERIFIED),
        ("retssikkerhedslovens § 66", "2026-01-05", Status.EXISTS),
        ("Digital Post-lovens § 10, nr. 1", "2025-01-01", Status.EXISTS),
        ("databeskyttelsesforordningens artikel 9, stk. 1", "2025-01-01", Status.UNVERIFIED),
        ("databeskyttelsesforordningens artikel 9, stk. 1", "2010-01-01", Status.UNLISTED),
        ("integrationsloven, jf. lovbekendtgørelse nr. 1146 af 22. juni 2020", "2021-09-02", Status.EXISTS),
        (
            "integrationsloven, jf. lovbekendtgørelse nr. 1127 af 11. oktober 2017",
            "2021-09-02",
            Status.REPEALED,
        ),
        (
            "integrationsloven, jf. lovbekendtgørelse nr. 1146 af 22. juni 2020",
            "2019-01-01",
            Status.NOT_IN_FORCE,
        ),
        (
            "integrationsloven, jf. lovbekendtgørelse nr. 1146 af 23. juni 2020",
            "2021-09-02",
            Status.UNKNOWN_ACT,
        ),
        (
            "forvaltningsloven, jf. lovbekendtgørelse nr. 1146 af 22. juni 2020",
            "2021-09-02",
            Status.AMBIGUOUS,
        ),
        ("LBK nr. 1146 af 22/06/2020", "2021-09-02", Status.EXISTS),
        ("§ 12, stk. 1, i bekendtgørelse nr. 1290 af 31. august 2020", "2021-09-02", Status.EXISTS),
        ("§ 3 i lov nr. 1654 af 30. december 2024", "2025-06-01", Status.EXISTS),
        ("artikel 9 i forordning (EU) 2016/679", "2025-06-01", Status.UNVERIFIED),
        ("§ 18, stk. 2", "2021-09-02", Status.NO_ACT),
        ("lovens § 18", "2021-09-02", Status.NO_ACT),
    ],
)
def test_verdicts(register: Register, text: str, on: str, status: Status) -> None:
    verdict = _verdict(register, text, on)
    assert verdict.status is status
    problem = verdict.problem(Severity.ERROR, Place("brev"))
    assert (problem is None) is (status is Status.EXISTS)
    if problem is not None:
        assert problem.code == f"law.{status.value}"
        assert problem.text()
        assert "{" not in problem.text() + _help(verdict)


def test_the_help_gives_the_right_form(register: Register) -> None:
    no_numbers = _verdict(register, "integrationslovens § 18, stk. 2, nr. 1", "2021-09-02")
    assert _help(no_numbers) == "write integrationslovens § 18, stk. 2"
    moved = _verdict(register, "boligplaceringsbekendtgørelsens § 12, stk. 1", "2017-01-01")
    assert "boligplaceringsbekendtgørelsens § 14, stk. 1" in _help(moved)
    older = _verdict(register, "2012-forvaltningslovens § 15, stk. 1, nr. 3", "2021-09-02")
    assert "forvaltningslovens § 15 b, nr. 1" in _help(older)
    repealed = _verdict(register, "lovbekendtgørelse nr. 1127 af 11. oktober 2017", "2021-09-02")
    assert _help(repealed) == "write lovbekendtgørelse nr. 1146 af 22. juni 2020"
    typo = _verdict(register, "integratonslovens § 18", "2021-09-02")
    assert _help(typo) == "did you mean integrationsloven?"


def test_a_citation_leads_to_the_text_of_its_date(register: Register) -> None:
    for on, eli in (("2019-01-01", "2017/1127"), ("2020-02-01", "2020/1"), ("2026-03-01", "2020/1146")):
        assert _verdict(register, "integrationslovens § 18", on).eli.endswith(f"/eli/lta/{eli}")


def test_a_transitional_rule_keeps_the_older_text(register: Register) -> None:
    text = "bekendtgørelse nr. 1307 af 7. september 2020"
    assert _verdict(register, text, "2025-06-01").status is Status.REPEALED
    assert _verdict(register, text, "2025-06-01", "ukraine").status is Status.EXISTS


def test_lovens_points_back_to_the_act_before(register: Register) -> None:
    act = register.act("integrationsloven")
    verdict = resolve(parse("lovens § 18, stk. 2, nr. 1"), register, dt.date(2021, 9, 2), context=act)
    assert verdict.status is Status.NO_SUCH_PLACE
    assert verdict.act is act


@pytest.mark.parametrize("act", REGISTER.acts, ids=lambda act: act.name)
def test_every_provision_of_the_register_resolves_on_its_own_days(act) -> None:
    for one in act.provisions:
        on = one.period.start or one.period.end or act.versions[-1].period.start
        place = write_path(one.path)
        verdict = resolve(parse(f"{act.genitive} {place}", REGISTER.known), REGISTER, on)
        assert verdict.status in (Status.EXISTS, Status.UNVERIFIED), (place, on)
        assert verdict.provisions == (one,)


@settings(max_examples=100, deadline=None)
@given(
    st.sampled_from(["integrationslovens", "forvaltningslovens", "lovens", "ukendtlovens"]),
    st.integers(1, 999),
    st.integers(1, 999),
    st.dates(),
)
def test_every_citation_gets_a_verdict(act: str, section: int, stk: int, on: dt.date) -> None:
    verdict = resolve(parse(f"{act} §§ {section}-{section + stk}, stk. {stk}"), REGISTER, on)
    assert verdict.status in Status
