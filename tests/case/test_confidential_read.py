"""Reading a confidential appendix: what it must hold, and that no problem quotes it."""

from __future__ import annotations

from pathlib import Path

import msgspec
import pytest
from rich.pretty import pretty_repr

from letters.case.confidential import ConfidentialAppendix
from letters.case.confidential_read import ReadAppendix, hushed, is_appendix, names_someone, read_appendix
from letters.case.read import read_case
from letters.problems import N_, CaseError, Place, Problem, Severity

from case_library import LIBRARY  # isort: skip

GOOD = (Path(__file__).parent / "appendix.yaml").read_text(encoding="utf-8")
SECRETS = ("Amira", "Solbakke", "Karlo", "Vestermark", "010180", "020280", "2020-77", "søgte", "Bo Bak")


def read(text: str, file: str = "bilag.yaml") -> ReadAppendix:
    return read_appendix(text.encode(), file, LIBRARY.senders)


def changed(*pairs: tuple[str, str]) -> str:
    text = GOOD
    for old, new in pairs:
        assert old in text
        text = text.replace(old, new, 1)
    return text


def refused(text: str) -> list[Problem]:
    with pytest.raises(CaseError) as raised:
        read(text)
    assert raised.value.__suppress_context__
    return list(raised.value.problems)


def test_an_appendix_is_read():
    found = read(GOOD)
    assert found.problems == ()
    assert [person.name for person in found.appendix.people] == ["Amira Solbakke", "Karlo Vestermark"]
    assert found.places.place("people[1].account").line == 24


def test_no_repr_shows_a_word_of_it():
    found = read(GOOD)
    for shown in (repr(found), pretty_repr(found), pretty_repr(found.appendix)):
        assert not [secret for secret in SECRETS if secret in shown]


@pytest.mark.parametrize(
    ("change", "code", "field"),
    [
        (("id: to-sager\n", ""), "case.missing", "id"),
        (("id: to-sager", "id: To Sager"), "case.not-a-code", "id"),
        (("title: gennemgang af to sager\n", ""), "case.missing", "title"),
        (("classification: c", "classification: d"), "case.unknown-choice", "classification"),
        (("sharing: people-concerned", "sharing: alle"), "case.unknown-choice", "sharing"),
        (("sender: sekretariat", "sender: sekretariet"), "case.unknown-sender", "sender"),
        (("    account: Amira søgte om en have.\n", ""), "case.missing", "people[0].account"),
        (("    outcome: Hun fik den.\n", ""), "case.missing", "people[0].outcome"),
        (("    legal_basis: havelovens § 2\n", ""), "case.missing", "people[0].legal_basis"),
        (("cpr: 010180-0008", "cpr: 010180-00089"), "case.not-a-cpr", "people[0].cpr"),
        (("cpr: 010180-0008", "cpr: 310280-0008"), "case.cpr-date", "people[0].cpr"),
        (("cpr: 010180-0008", "Amira: 010180-0008"), "case.unknown-key", "people[0].…"),
        (("date: 2021-09-10", "date: Karlo Vestermark"), "case.not-a-date", "date"),
        (("people: [1]", "people: [3]"), "case.no-such-person", "recipients[0].basis[0].people[0]"),
        (("people: [1]", "people: [Karlo]"), "case.not-a-number", "recipients[0].basis[0].people[0]"),
        (("date: 2021-08-20", "date: 2021-09-20"), "case.date-order", "recipients[0].basis[0].date"),
        (("kind: consent", "kind: right-of-access"), "case.missing", "recipients[0].basis[0].provision"),
        (("kind: consent", "kind: Amira"), "case.unknown-choice", "recipients[0].basis[0].kind"),
        (("Karlo Vestermark\n    cpr: 020280-0009", "amira solbakke\n    cpr: 010180-0008"),
         "case.person-twice", "people[1]"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_told_without_a_word_of_the_file(change, code, field):
    problems = refused(changed(change))
    assert [(p.code, p.place.field) for p in problems if p.code == code] == [(code, field)]
    told = " ".join(f"{p.text()} {p.help.format_map(dict(p.args))} {p.place}" for p in problems)
    assert not [secret for secret in SECRETS if secret in told]


@pytest.mark.parametrize(
    "title",
    [
        "gennemgang af Solbakkes sag",
        "gennemgang af AMIRAS og en anden sag",
        "sagerne om Karlo Vestermark",
        "sag 2020-77",
        "sag 2020 77",
        "notat 0101800008",
    ],
)
def test_a_title_that_names_a_person_is_refused(title):
    problems = refused(changed(("title: gennemgang af to sager", f"title: {title}")))
    assert [p.code for p in problems] == ["secrecy.title-names-person"]
    assert title not in str(CaseError(problems))


def test_a_title_of_ordinary_words_names_nobody():
    assert not names_someone("gennemgang af to sager om haver", read(GOOD).appendix.people)


def test_an_organisation_needs_a_basis_for_every_person():
    text = changed(("      - {kind: power-of-attorney, date: 2021-08-21, people: [2]}\n", ""))
    (problem,) = read(text).problems
    assert (problem.code, problem.severity) == ("secrecy.no-basis", Severity.ERROR)
    assert problem.args["number"] == "2"


def test_an_organisation_without_any_basis_is_an_error():
    start, end = GOOD.index("    basis:"), GOOD.index("people:\n  - name")
    (problem,) = read(GOOD[:start] + GOOD[end:]).problems
    assert (problem.code, problem.args["number"]) == ("secrecy.no-basis", "1, 2")


def test_a_person_needs_no_basis_for_what_is_their_own():
    start, end = GOOD.index("    organisation:"), GOOD.index("people:\n  - name")
    text = (GOOD[:start] + GOOD[end:]).replace("name: Bo Bak", "name: amira solbakke")
    (problem,) = read(text).problems
    assert (problem.code, problem.args["number"]) == ("secrecy.no-basis", "2")


def test_secrecy_is_imposed_only_where_there_is_no_right():
    order = ("people:\n  - name: Amira", "secrecy_order: true\npeople:\n  - name: Amira")
    assert read(changed(order)).problems == ()
    access = "{kind: right-of-access, date: 2021-08-20, provision: forvaltningslovens § 9"
    text = changed(
        order,
        ("{kind: consent, date: 2021-08-20", access),
        ("{kind: power-of-attorney, date: 2021-08-21", access),
    )
    (problem,) = read(text).problems
    assert (problem.code, problem.severity) == ("secrecy.order-without-ground", Severity.ERROR)


def test_alone_holds_one_person_and_what_holds_for_them():
    alone = read(changed(("sharing:", "opening: Om Amira og Karlo.\nsharing:"))).appendix.alone(0)
    assert [person.name for person in alone.people] == ["Amira Solbakke"]
    assert alone.opening is None
    assert [basis.kind for receiver in alone.recipients for basis in receiver.basis] == ["consent"]
    left = str(msgspec.to_builtins(alone, enc_hook=str))
    assert not [word for word in ("Karlo", "Vestermark", "020280", "to haver", "Bo Bak") if word in left]


def test_a_receiver_who_is_a_person_of_the_appendix_is_not_named_to_the_other():
    start, end = GOOD.index("    organisation:"), GOOD.index("people:\n  - name")
    text = (GOOD[:start] + GOOD[end:]).replace("name: Bo Bak", "name: Karlo Vestermark")
    assert read(text).appendix.alone(0).recipients == ()


def test_an_appendix_is_known_by_its_matter():
    assert is_appendix(GOOD.encode(), "bilag.yaml")
    assert is_appendix(b'{"id": "x", "matter": "appendix"}', "bilag.json")
    assert not is_appendix(b"matter: reply\nanswer: |\n  matter: appendix\n", "svar.yaml")
    assert not is_appendix(b"\xff\xfe", "bilag.yaml")


def test_a_broken_file_that_says_it_is_an_appendix_counts_as_one():
    assert is_appendix(GOOD.replace("outcome:", "outcome: 'Amira").encode(), "bilag.yaml")


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("    cpr: 010180-0008", "    ? [Amira Solbakke] : x"),
        ("account: Amira", "account: 'Amira"),
        ("account: Amira", "account: *Amira"),
        ("account: Amira", "account: !Solbakke Amira"),
        ("account: Amira", "account: %Amira: Solbakke: x"),
        ("    cpr: 010180-0008", "    Amira: 1\n    Amira: 2"),
        ("    cpr: 010180-0008", "    cpr: 010180\u200b-0008"),
        ("    cpr: 010180-0008", "    Amira Solbakke:"),
    ],
)
def test_a_broken_file_is_told_without_a_word_of_it(old, new):
    problems = refused(changed((old, new)))
    told = " ".join(f"{p.text()} {p.help.format_map(dict(p.args))} {p.place}" for p in problems)
    assert not [secret for secret in SECRETS if secret in told]
    assert all(p.place.line for p in problems)


def test_the_open_half_does_not_read_an_appendix():
    with pytest.raises(CaseError) as raised:
        read_case(GOOD.encode(), "bilag.yaml", LIBRARY)
    assert "case.unknown-matter" in {problem.code for problem in raised.value.problems}
    assert ConfidentialAppendix.__name__ not in str(raised.value)


@pytest.mark.parametrize("matter", ["Appendix", "apendix", "appendiks"])
def test_a_misspelt_matter_is_told_without_a_word_of_the_appendix(matter):
    text = changed(("matter: appendix", f"matter: {matter}"))
    with pytest.raises(CaseError) as raised:
        read_case(text.encode(), "bilag.yaml", LIBRARY)
    (problem,) = raised.value.problems
    told = problem.help.format_map(dict(problem.args))
    assert told == "did you mean appendix? Known are: appendix, decision, hearing, reply"


def test_hushing_keeps_what_helps():
    problem = Problem(
        "x.y", Severity.FATAL, N_("{value} {limit} {reason} {field}"),
        Place("f", 3, 4, "people[0].Amira.cpr"),
        {"value": "Amira", "limit": 7, "reason": "found 'Amira' here", "field": "people[0].Amira"},
    )  # fmt: skip
    quiet = hushed(problem)
    assert quiet.text() == "… 7 found … here people[0].…"
    assert quiet.place == Place("f", 3, 4, "people[0].….cpr")
