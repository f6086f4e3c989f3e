"""Each rule of law by a letter that breaks just that rule, and every example letter by none."""

from __future__ import annotations

import datetime as dt
import inspect
import re
from dataclasses import replace
from typing import Any

import pytest
from broken_letters import (
    FIXTURES,
    Edit,
    both,
    broken,
    drop_lines,
    drop_sections,
    every_problem,
    letter_and_facts,
    linked,
    swap,
    unchanged,
)

from letters.checks import guidance, hearing, people, reasons, sender, structure, terms
from letters.checks.facts import RouteFacts
from letters.document.model import Role, Status
from letters.problems import Severity

REJECTED = "integrationsansvar/02-afslag-en-grund"
MANY = "integrationsansvar/01-afslag-tre-grunde"
TWO_ROUTES = "integrationsansvar/04-delvis-uden-bolig"
HEARING = "integrationsansvar/06-partshoering"
FOR_ANOTHER = "integrationsansvar/07-afslag-til-repraesentant"
GRANTED = "integrationsansvar/03-godkendelse-arbejde"
EXCEPTION = "integrationsansvar/12-afslag-uden-hoering"
UKRAINE = "integrationsansvar/08-godkendelse-to-modtagere"
ACCESS = "aktindsigt/02-delvis-med-tabel"
REPLY = "besvarelse/03-et-spoergsmaal"

VOLUNTARY = "integrationsansvar/13-godkendelse-frivillig"
UNFOUND = "aktindsigt/05-afslag-kan-ikke-findes"

OLD = "selvforsørgelses- og hjemrejseprogram"
PAIR = f"{OLD} eller introduktionsprogram"
GUIDANCE = "section guidance\n  # Klage\n  ¶ Du kan klage.\n\n"
NOT_CITED = both(
    swap("jf. offentlighedslovens §~9, stk.~1.", "som loven siger."),
    swap("jf. offentlighedslovens §~7.", "som loven siger."),
)
NETWORK = "{reasons[0].facts.network|din søster og to gode venner bor i Lindehøj}"
FIXED_DAY = "ske senest den 9.~april 2026, altså inden 4~uger"
WITH_LAST_DAY = RouteFacts(
    ("integrationsansvaret",),
    "Ankestyrelsens Beskæftigelsesudvalg",
    "4 uger",
    "retlige spørgsmål",
    dt.date(2026, 4, 9),
)
NO_BODY = "Du kan også skrive til Ankestyrelsen. Skriv gerne"

# What breaks -> the only code that it is told with; the facts of a case that are changed besides.
BROKEN: list[tuple[str, str, Edit, dict[str, Any]]] = [
    (
        "law.reasons-missing",
        MANY,
        drop_sections("reasons", "considerations", "assessment"),
        {"assessment": False},
    ),
    ("law.reasons-missing", HEARING, drop_sections("reasons", "considerations"), {}),
    ("law.ground-missing", MANY, drop_sections("reasons (netvaerk)", "considerations (netvaerk)"), {}),
    ("law.rules-missing", UNFOUND, NOT_CITED, {}),
    ("law.considerations-missing", MANY, drop_sections("considerations (jobmuligheder)"), {}),
    ("law.considerations-missing", HEARING, drop_sections("considerations"), {}),
    ("law.assessment-missing", REJECTED, drop_sections("assessment"), {}),
    ("law.facts-missing", MANY, swap(NETWORK, "du har venner her"), {}),
    ("law.facts-missing", MANY, swap("{reasons[2].facts.requested|16.~august 2021}", "sommeren"), {}),
    ("law.view-missing", MANY, drop_lines("{views[0].argument|"), {}),
    ("law.view-unanswered", MANY, drop_lines("{views[0].answer|"), {}),
    ("law.guidance-missing", REJECTED, drop_sections("guidance"), {}),
    ("law.guidance-missing", ACCESS, drop_sections("guidance"), {}),
    ("law.guidance-forbidden", HEARING, swap("section closing", f"{GUIDANCE}section closing"), {}),
    ("law.guidance-forbidden", REPLY, swap("section signature", f"{GUIDANCE}section signature"), {}),
    ("law.route-unknown", REJECTED, drop_sections("guidance"), {"routes": (RouteFacts(("bolig",), None),)}),
    ("law.guidance-body", REJECTED, swap("Ankestyrelsens Beskæftigelsesudvalg", "Klagenævnet"), {}),
    ("law.guidance-body", TWO_ROUTES, drop_lines("Anvisning af bolig: Klag til Ankestyrelsen"), {}),
    ("law.guidance-other-body", REJECTED, swap("Skriv gerne", NO_BODY), {}),
    ("law.guidance-other-body", ACCESS, swap("Skriv gerne", NO_BODY), {}),
    ("law.guidance-handed-in", REJECTED, drop_lines("Send klagen til os"), {}),
    ("law.guidance-deadline", REJECTED, swap("ske inden 4~uger efter", "ske hurtigt efter"), {}),
    ("law.guidance-last-day", REJECTED, unchanged, {"routes": (WITH_LAST_DAY,)}),
    ("law.guidance-fixed-day", REJECTED, swap("ske inden 4~uger", FIXED_DAY), {}),
    ("law.guidance-competence", REJECTED, swap("retlige spørgsmål", "nogle spørgsmål"), {}),
    ("law.hearing-missing", REJECTED, drop_sections("hearing"), {}),
    ("law.hearing-missing", EXCEPTION, swap("{hearing.why|", "{facts.x|"), {}),
    ("law.hearing-missing", ACCESS, drop_lines("{hearing.why|"), {}),
    ("law.hearing-deadline", HEARING, swap("senest den {hearing.deadline|26.~april 2024}", "snart"), {}),
    ("law.hearing-undecided", HEARING, swap("Vi har ikke afgjort sagen endnu. ", ""), {}),
    ("law.hearing-decides", HEARING, swap("section law", "section result\n  ¶ Nej.\n\nsection law"), {}),
    ("law.sender-missing", REJECTED, swap("sender Lindehøj Kommune", "sender Bakkeby Kommune"), {}),
    ("law.signatory-missing", REJECTED, drop_lines("line {signatory.title|"), {}),
    ("law.signatory-missing", REPLY, drop_lines("line {signatory.name|"), {}),
    ("law.draft-unmarked", REJECTED, swap("status final", "status draft"), {}),
    ("law.final-marked", REJECTED, swap("page-label", "mark UDKAST\npage-label"), {}),
    ("law.term-other-date", VOLUNTARY, swap("dit introduktionsprogram", f"dit {OLD}"), {}),
    ("law.term-other-date", VOLUNTARY, swap("dit introduktionsprogram", f"dit {PAIR}"), {}),
    (
        "law.term-other-date",
        MANY,
        swap("Du kan søge igen", "Kontanthjælp er en ydelse. Du kan søge igen"),
        {},
    ),
    ("law.term-other-date", UKRAINE, swap(PAIR, "introduktionsprogram"), {}),
    ("law.party-addressed", FOR_ANOTHER, swap("{party.name|Hamid Rezai} kan søge", "Du kan søge"), {}),
    ("law.party-unnamed", FOR_ANOTHER, unchanged, {"party": "Karim Noor"}),
    ("law.cpr-printed", FOR_ANOTHER, swap("basis|fuldmagt", "basis|010180-0008, fuldmagt"), {}),
    ("law.cpr-printed", MANY, swap("heading ", "heading 010180-0008: "), {}),
    ("law.cpr-printed", MANY, swap("{case_number|2021-", "{case_number|0101800008 2021-"), {}),
    ("law.cpr-printed", REPLY, swap("Tak for ", "Tak for 211062 5629 og "), {}),
    ("letter.heading-skipped", MANY, swap("  ## Venner og netværk", "  ### Venner og netværk"), {}),
    ("letter.heading-empty", MANY, swap("section law", "section law\n  # Mere"), {}),
]


@pytest.mark.parametrize(("code", "name", "edit", "changed"), BROKEN)
def test_a_letter_that_breaks_one_rule_is_told_with_its_code_alone(
    code: str, name: str, edit: Edit, changed: dict[str, Any]
) -> None:
    problems = broken(name, edit, **changed)
    assert {problem.code for problem in problems} == {code}, [p.text() for p in problems]
    assert all(problem.see or problem.code == "letter.heading-empty" for problem in problems)
    assert all(p.help.format_map(dict(p.args)) for p in problems if p.help)


def test_every_rule_has_a_letter_that_breaks_it() -> None:
    rooms = (guidance, hearing, people, reasons, sender, structure, terms)
    source = "".join(inspect.getsource(room) for room in rooms)
    codes = set(re.findall(r'"((?:law|letter)\.[a-z-]+)"', source))
    assert codes == {code for code, *_ in BROKEN}


@pytest.mark.parametrize("name", FIXTURES)
@pytest.mark.parametrize("status", Status)
def test_every_example_is_clean(name: str, status: Status) -> None:
    letter, facts = letter_and_facts(name, status)
    for one in (letter, linked(name, status)):
        assert [(p.code, p.text()) for p in every_problem(one, facts)] == []


# What is no fault


def test_a_full_approval_needs_neither_grounds_nor_guidance_nor_hearing() -> None:
    edit = drop_sections("reasons", "considerations", "assessment", "guidance", "hearing", "law")
    assert broken(GRANTED, edit, grounds=(), assessment=False) == []


def test_a_full_approval_may_tell_how_to_complain() -> None:
    text = (
        "section guidance\n  # Klage\n  ¶ Du kan klage over afgørelsen til Ankestyrelsens "
        "Beskæftigelsesudvalg inden 4~uger. Det ser på retlige spørgsmål. "
        "Skriv til Jobcenter Lindehøj.\n\n"
    )
    assert broken(GRANTED, swap("section closing", f"{text}section closing")) == []


def test_a_decision_that_cannot_be_appealed_needs_no_guidance() -> None:
    assert broken(REJECTED, drop_sections("guidance"), routes=()) == []


def test_a_genitive_of_a_body_names_no_other_body() -> None:
    """ "Ankestyrelsens Beskæftigelsesudvalg" does not name Ankestyrelsen."""
    letter, facts = letter_and_facts(REJECTED)
    assert "Ankestyrelsen" in facts.bodies
    assert every_problem(letter, facts) == []


def test_a_case_that_says_the_old_term_is_asked_to_look() -> None:
    (problem,) = broken(VOLUNTARY, swap("på aftenhold på vores sprogcenter", f"på et gammelt {OLD}"))
    assert (problem.code, problem.severity) == ("law.term-other-date", Severity.WARNING)
    assert problem.place.field == "reasons[0].considerations"


def test_one_half_of_a_pair_is_asked_about_and_no_error() -> None:
    (problem,) = broken(MANY, swap("Regler\n  ¶ ", "Regler\n  ¶ Et introduktionsprogram er en plan. "))
    assert (problem.code, problem.severity) == ("law.term-other-date", Severity.WARNING)


def test_an_old_term_in_a_quotation_stands() -> None:
    assert broken(VOLUNTARY, swap("på aftenhold på vores sprogcenter", f"på “et {OLD}”")) == []


def test_the_law_date_counts_and_not_the_letters_own() -> None:
    letter, facts = letter_and_facts(REJECTED)
    assert every_problem(replace(letter, date="2026-01-01"), facts) == []


def test_a_case_may_speak_to_a_representative_about_their_own_arguments() -> None:
    views = "  ¶ {views[0].argument|Du skriver, at det haster.}\n  ¶ {views[0].answer|Det ved vi.}\n"
    text = f"section views\n  # Synspunkter\n{views}\nsection law"
    assert broken(FOR_ANOTHER, swap("section law", text), views=1) == []


def test_a_case_that_addresses_the_representative_as_the_party_is_asked_to_look() -> None:
    (problem,) = broken(
        FOR_ANOTHER, swap("Det vil blive afbrudt, hvis han flytter", "Det afbrydes, hvis du flytter")
    )
    assert (problem.code, problem.severity) == ("law.party-addressed", Severity.WARNING)
    assert problem.place.field == "reasons[1].considerations"


def test_the_only_reader_may_see_the_own_number_but_is_asked() -> None:
    edit = swap("Du kan søge igen", "Dit CPR-nummer er 010180-0008. Du kan søge igen")
    (problem,) = broken(REJECTED, edit)
    assert (problem.code, problem.severity) == ("law.cpr-printed", Severity.WARNING)


def test_no_message_holds_a_number() -> None:
    for name, edit in (
        (REPLY, swap("Tak for ", "Tak for  211062-5629 og ")),
        (REJECTED, swap("Du kan søge igen", "CPR 010180-0008 010180-0008 og og")),
    ):
        problems = broken(name, edit)
        assert problems
        assert not [
            p for p in problems if "5629" in str(p.args) or "0008" in str(p.args) or "0008" in p.text()
        ]


@pytest.mark.parametrize("number", ["2021-0256547-1", "1234567890", "99 90 12 00", "9990120012345"])
def test_other_numbers_are_no_cpr_numbers(number: str) -> None:
    assert broken(REJECTED, swap("Du kan søge igen", f"Sag {number}. Du kan søge igen")) == []


def test_an_unsigned_reply_is_a_warning_and_an_unsigned_decision_an_error() -> None:
    (reply,) = broken(REPLY, drop_lines("line {signatory.title|"))
    (decision,) = broken(REJECTED, drop_lines("line {signatory.title|"))
    assert (reply.severity, decision.severity) == (Severity.WARNING, Severity.ERROR)


def test_a_wrong_wording_is_told_at_its_line() -> None:
    letter, facts = letter_and_facts(HEARING)
    guidance = next(section for section in letter.sections if section.role.value == "closing")
    changed = replace(letter, sections=(*letter.sections, replace(guidance, role=Role.GUIDANCE)))
    (problem,) = every_problem(changed, facts)
    assert problem.code == "law.guidance-forbidden"
    assert problem.place.file.endswith("standardtekster/kontakt.md")
    assert problem.place.line


def test_what_is_missing_is_told_of_the_wording_that_the_letter_began_with() -> None:
    (problem,) = broken(REJECTED, drop_sections("guidance"))
    assert problem.place.file.endswith("integrationsansvar/afslag.md")
