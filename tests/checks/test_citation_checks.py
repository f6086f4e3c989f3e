"""Citations of a finished letter are looked up on the date of its law."""

from __future__ import annotations

import datetime as dt
import inspect
import pkgutil
import re
from dataclasses import replace
from importlib import import_module
from pathlib import Path

import msgspec
import pytest
from broken_letters import ROOT, broken, letter_and_facts, register, swap
from test_acknowledged import accept, case_with
from test_acknowledged import told as told_by

import letters.checks
from letters.case.spec import Matter
from letters.checks.citations import check_citations
from letters.checks.codes import WARNINGS
from letters.checks.facts import Facts, Historic
from letters.desk import Desk
from letters.document.model import Letter, Paragraph, Quote, Role, Section, Text
from letters.document.model import Status as DocumentStatus
from letters.law.acts import Register
from letters.law.judge import judge
from letters.law.resolve import Status
from letters.problems import Problem, Severity
from letters.render.pdf import DEFAULT_FONT_DIRS

DAY = dt.date(2026, 3, 12)
REJECTED = "integrationsansvar/02-afslag-en-grund"


def letter_of(*blocks: Paragraph | Quote, role: Role = Role.RESULT) -> Letter:
    return replace(letter_and_facts(REJECTED)[0], sections=(Section(role, blocks),), heading=None)


def facts_on(day: dt.date, *historic: Historic, regime: str | None = None) -> Facts:
    return replace(letter_and_facts(REJECTED)[1], law_date=day, historic=historic, regime=regime)


def told(text: str, day: dt.date = DAY, *historic: Historic, regime: str | None = None) -> list[Problem]:
    letter = letter_of(Paragraph((Text(text),)))
    return list(check_citations(letter, facts_on(day, *historic, regime=regime), register()))


@pytest.mark.parametrize(
    ("text", "day", "code", "severity"),
    [
        ("Se integrationslovens § 18, stk. 2, nr. 1.", DAY, "law.no-such-place", Severity.ERROR),
        ("Se forvaltningslovens § 9 a, stk. 2.", dt.date(2021, 9, 2), "law.not-in-force", Severity.ERROR),
        (
            "Se § 18 i lov om integration af udlændinge i Danmark (integrationsloven), jf. lovbekendtgørelse "
            "nr. 1094 af 7. oktober 2014.",
            DAY,
            "law.repealed",
            Severity.ERROR,
        ),
        ("Se fiskepladslovens § 4.", DAY, "law.unknown-act", Severity.WARNING),
        ("Se lov nr. 99999 af 1. april 2021.", DAY, "law.unknown-act", Severity.WARNING),
        ("Se boligplaceringsbekendtgørelsens § 14.", dt.date(2023, 1, 9), "law.moved", Severity.ERROR),
        ("Se integrationslovens § 399.", DAY, "law.unlisted", Severity.WARNING),
        ("Se integrationsloven § 18, stk. 2.", DAY, "language.citation-form", Severity.WARNING),
        ("Se integrationslovens §18, stk. 2.", DAY, "language.citation-form", Severity.WARNING),
        ("Det følger, jfr. integrationslovens § 18.", DAY, "language.citation-form", Severity.WARNING),
        ("Det følger, jfr. ovenfor.", DAY, "language.citation-form", Severity.WARNING),
        ("Det er stk.2 i reglen.", DAY, "language.citation-form", Severity.WARNING),
    ],
)
def test_a_wrong_citation_is_told_alone(text: str, day: dt.date, code: str, severity: Severity) -> None:
    problems = told(text, day)
    assert [(p.code, p.severity) for p in problems] == [(code, severity)], [p.text() for p in problems]
    assert "{" not in problems[0].help.format_map(dict(problems[0].args))


def test_the_right_form_is_the_help() -> None:
    (problem,) = told("Se integrationsloven §18 stk. 2.")
    assert problem.args == {
        "found": "integrationsloven §18 stk. 2",
        "right": "integrationslovens § 18, stk. 2",
    }


@pytest.mark.parametrize(
    "text",
    [
        "Se integrationslovens § 18, stk. 2, og lovens § 19.",
        "Se forvaltningslovens § 19, stk. 2, nr. 3, og § 24.",
        "Der er en § 4 i lejekontrakten.",
        "Det står i loven.",
        "Stk. 1: Det gælder altid.",
    ],
)
def test_right_citations_are_not_told(text: str) -> None:
    assert told(text) == []


def test_the_place_is_the_cases_field_or_the_wordings_line() -> None:
    run = (Text("Se "), Text("integrationslovens § 18, stk. 2, nr. 1", "assessment"), Text("."))
    (problem,) = check_citations(letter_of(Paragraph(run)), facts_on(DAY), register())
    assert problem.place.field == "assessment"
    (problem,) = broken(REJECTED, swap("§~18 handler", "§~18, stk.~2, nr.~1, handler"))
    assert problem.code == "law.no-such-place"


def test_a_citation_over_the_words_of_library_and_case_is_one() -> None:
    run = (Text("Det følger af forvaltningslovens § 19, stk. 2, nr. "), Text("9", "hearing.number"))
    (problem,) = check_citations(letter_of(Paragraph(run)), facts_on(DAY), register())
    assert problem.code in ("law.no-such-place", "law.unlisted")


@pytest.mark.parametrize(
    ("status", "matter", "severity"),
    [
        (DocumentStatus.FINAL, Matter.DECISION, Severity.ERROR),
        (DocumentStatus.DRAFT, Matter.DECISION, Severity.WARNING),
        (DocumentStatus.FINAL, Matter.REPLY, Severity.WARNING),
    ],
)
def test_unverified_law_carries_no_final_decision(
    status: DocumentStatus, matter: Matter, severity: Severity
) -> None:
    text = Text("Se boligplaceringsbekendtgørelsens § 22 a.")
    letter = replace(letter_of(Paragraph((text,))), status=status)
    (problem,) = check_citations(letter, replace(facts_on(DAY), matter=matter), register())
    assert (problem.code, problem.severity) == ("law.unverified", severity)


# What is exempt


WRONG = "Se integrationslovens § 18, stk. 2, nr. 1, jfr. §18."


def test_quotations_and_questions_are_exempt() -> None:
    paragraph = Paragraph((Text(WRONG),))
    facts = facts_on(DAY)
    assert check_citations(letter_of(Quote((paragraph,))), facts, register()) == ()
    assert check_citations(letter_of(paragraph, role=Role.QUESTIONS), facts, register()) == ()
    assert told(f"Du skrev: “{WRONG}”") == []
    assert len(check_citations(letter_of(paragraph), facts, register())) == 2


def test_a_register_without_acts_knows_nothing_to_be_wrong() -> None:
    letter = letter_of(Paragraph((Text("Se prøvelovens § 9, stk. 1, jfr. § 3."),)))
    assert [p.code for p in check_citations(letter, facts_on(DAY), Register(()))] == [
        "language.citation-form"
    ]


def test_the_date_of_the_law_counts() -> None:
    text = "Se forvaltningslovens § 9 a, stk. 2."
    assert [p.code for p in told(text, dt.date(2024, 6, 30))] == ["law.not-in-force"]
    assert told(text, dt.date(2024, 7, 1)) == []


def test_a_transitional_regime_keeps_the_old_order() -> None:
    text = "Se bekendtgørelse nr. 1307 af 7. september 2020."
    day = dt.date(2025, 9, 4)
    assert [p.code for p in told(text, day)] == ["law.repealed"]
    assert told(text, day, regime="ukraine") == []


OLD = Historic("forvaltningslovens § 9 a, stk. 2", dt.date(2025, 1, 1), "historic[0].citation")


def test_a_declared_historic_citation_is_of_the_law_as_it_was() -> None:
    text = "Se forvaltningslovens § 9 a, stk. 2."
    assert told(text, dt.date(2021, 9, 2), OLD) == []
    wrong = msgspec.structs.replace(OLD, as_of=dt.date(2022, 1, 1))
    assert [p.code for p in told(text, dt.date(2021, 9, 2), wrong)] == ["law.not-in-force"]


def test_a_historic_citation_that_is_not_cited_is_told() -> None:
    (problem,) = told("Se forvaltningslovens § 9.", DAY, OLD)
    assert (problem.code, problem.severity) == ("law.historic-unused", Severity.WARNING)
    assert problem.place.field == "historic[0].citation"


def test_a_historic_citation_that_is_none_is_told() -> None:
    (problem,) = told(
        "Se forvaltningslovens § 9.", DAY, msgspec.structs.replace(OLD, citation="den gamle lov")
    )
    assert (problem.code, problem.severity) == ("law.historic-unread", Severity.ERROR)


# The shipped library


def test_every_citation_in_the_librarys_files_is_known() -> None:
    """Those in branches that no example reaches, too."""
    wrong, right = [], 0
    for path in sorted((ROOT / "templates" / "da").rglob("*.md")):
        for line in path.read_text("utf-8").splitlines():
            for one in judge(line, register(), dt.date(2026, 6, 1)):
                right += 1
                if one.verdict.status not in (Status.EXISTS, Status.NO_ACT):
                    wrong.append((path.name, one.found.right, one.verdict.status.value))
                assert not one.found.slips, (path.name, line)
    assert wrong == []
    assert right > 60


# Through the desk


@pytest.fixture(scope="module")
def desk() -> Desk:
    return Desk(ROOT / "templates" / "da", DEFAULT_FONT_DIRS)


def test_a_wrong_citation_cannot_be_acknowledged(desk: Desk, tmp_path: Path) -> None:
    wish = "du efter integrationslovens § 18, stk. 2, nr. 1, vil bo i byen"
    found = told_by(desk, case_with(tmp_path, accept("law.no-such-place"), wish))
    assert found == [("case.acknowledged-unused", "warning"), ("law.no-such-place", "error")]


def test_only_unverified_law_is_an_error_that_a_case_can_take_on(desk: Desk, tmp_path: Path) -> None:
    wish = "du vil bo her efter boligplaceringsbekendtgørelsens § 22 a"
    bare = case_with(tmp_path, "", wish)
    assert [p.code for p in desk.prepare(bare, DocumentStatus.FINAL).problems] == ["law.unverified"]
    assert desk.prepare(bare, DocumentStatus.FINAL).problems[0].severity is Severity.ERROR
    accepted = case_with(tmp_path, accept("law.unverified"), wish)
    assert desk.prepare(accepted, DocumentStatus.FINAL).problems == ()


def test_the_list_of_warnings_is_the_checks_own() -> None:
    """A code that is written nowhere in the checks could never be told."""
    modules = [
        import_module(f"letters.checks.{m.name}") for m in pkgutil.iter_modules(letters.checks.__path__)
    ]
    source = "".join(inspect.getsource(m) for m in modules if not m.__name__.endswith(".codes"))
    written = set(re.findall(r'"((?:language|law|letter)\.[a-z-]+)"', source))
    # Named by room law.
    verdicts = {"law.ambiguous", "law.unknown-act", "law.unlisted", "law.unverified"}
    assert written >= WARNINGS - verdicts
    assert {code for code in written if code.startswith("language.")} <= WARNINGS
