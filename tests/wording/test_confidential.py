"""Composing appendices and extracts with the shipped wording: numbers agree, and nobody reads of another."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from letters.case.confidential import ConfidentialAppendix
from letters.case.confidential_read import read_appendix
from letters.document.model import Letter, Role, Status
from letters.document.walk import plain
from letters.problems import LetterError, TemplateError
from letters.render.text import render_text
from letters.wording.confidential import AppendixComposer
from letters.wording.load import load_library

ROOT = Path(__file__).parents[2]
LIBRARY = ROOT / "templates" / "da"
FIXTURE = ROOT / "fixtures" / "bilag" / "to-sager.yaml"
GOOD = FIXTURE.read_text(encoding="utf-8")
WITHOUT_CPR = re.sub(r"    cpr: .*\n", "", GOOD)
ONE, OTHER = "Leyla Karimova", "Yonas Tesfamariam"
NEVER = ("010180", "020280", "0008", "Fyrremosevej", "Gravhøjsstien", "99 90 73 11", "yonas.t@post.example")


@pytest.fixture(scope="module")
def composer() -> AppendixComposer:
    return AppendixComposer(load_library(LIBRARY))


def read(composer: AppendixComposer, text: str = GOOD) -> ConfidentialAppendix:
    return read_appendix(text.encode(), "bilag.yaml", composer.library.senders).appendix


def places(composer: AppendixComposer, text: str):
    return read_appendix(text.encode(), "bilag.yaml", composer.library.senders).places.place


def appendix(composer: AppendixComposer, text: str = GOOD, status: Status = Status.FINAL) -> Letter:
    return composer.appendix(read(composer, text), status, places(composer, text)).letter


def extracts(composer: AppendixComposer, text: str = GOOD, status: Status = Status.FINAL) -> list[Letter]:
    made = composer.extracts(read(composer, text), status, places(composer, text))
    return [composed.letter for composed in made]


def words(letter: Letter) -> str:
    return " ".join(render_text(letter).split())


def one_person(text: str = GOOD) -> str:
    start, end = text.index(f"  - name: {OTHER}"), text.index("signatory:")
    return text[:start] + text[end:]


def test_the_appendix_holds_everybody_and_says_what_it_is(composer):
    letter = appendix(composer)
    text = words(letter)
    assert ONE in text
    assert OTHER in text
    assert letter.title == "Fortroligt bilag: gennemgang af to sager"
    assert letter.slots.classification == "FORTROLIGT. Følsomme personoplysninger"
    assert letter.slots.address == ()
    assert {section.role for section in letter.sections} >= {Role.OPENING, Role.FACTS, Role.LAW}


def test_a_draft_is_marked_and_classified_too(composer):
    for letter in (appendix(composer, status=Status.DRAFT), *extracts(composer, status=Status.DRAFT)):
        assert letter.slots.mark == "UDKAST"
        assert letter.slots.classification.startswith("FORTROLIGT")


def test_a_shared_appendix_gives_one_extract_for_each_person(composer):
    first, second = extracts(composer)
    for letter, own, other in ((first, ONE, OTHER), (second, OTHER, ONE)):
        text = words(letter)
        assert f"Kære {own}" in text
        assert not [part for part in other.split() if part in text]
        assert letter.title == "Uddrag af fortroligt bilag: gennemgang af to sager"
        assert letter.slots.classification.startswith("FORTROLIGT")


def test_an_extract_shares_no_seven_words_of_another_account(composer):
    people = read(composer).people
    for letter, other in zip(extracts(composer), reversed(people), strict=True):
        text = words(letter)
        told = f"{other.account} {other.outcome}".split()
        runs = {" ".join(told[i : i + 7]) for i in range(len(told) - 6)}
        assert len(runs) > 40
        assert not [run for run in runs if run in text]
        assert (other.case_number or "") not in text


def test_an_appendix_that_may_not_be_shared_has_no_extracts(composer):
    text = GOOD.replace("sharing: people-concerned", "sharing: none")
    assert extracts(composer, text) == []
    assert "Nej. Bilaget må ikke deles med andre, heller ikke med de personer, det handler om." in words(
        appendix(composer, text)
    )


def test_cpr_address_phone_and_email_are_never_printed(composer):
    for letter in (appendix(composer), *extracts(composer)):
        text = words(letter) + letter.title + repr(letter.slots)
        assert not [secret for secret in NEVER if secret in text]
        assert "****" not in text
        assert "udeladt" in text


@pytest.mark.parametrize(
    ("text", "said", "not_said"),
    [
        (GOOD, "Det handler om enkeltpersoner", "Det handler om en person"),
        (one_person(), "Det handler om en person", "enkeltpersoner"),
        (one_person(), "må gerne deles med den person, de handler om.", "men ikke med de andre"),
        (GOOD, "men ikke med de andre, som bilaget handler om.", "deles med den person"),
        (one_person(GOOD.replace("sharing: people-concerned", "sharing: none")),
         "heller ikke med den person, det handler om.", "de personer"),
        (GOOD, "CPR-numrene er udeladt. De står i sagerne.", "CPR-nummeret"),
        (one_person(), "CPR-nummeret er udeladt. Det står i sagen.", "CPR-numrene"),
        (WITHOUT_CPR, "Opbevar bilaget", "udeladt"),
        (GOOD.replace("sharing: people-concerned", "sharing: none"),
         "kan bede om aktindsigt efter reglerne i forvaltningslovens kapitel", "Brug det uddrag"),
        (GOOD, "Brug det uddrag", "aktindsigt"),
        (GOOD, "pålægger vi jer tavshedspligt, jf. forvaltningslovens\N{NO-BREAK SPACE}§", "vi dig"),
        (GOOD.replace("secrecy_order: true\n", ""), "Hvem må få bilaget", "tavshedspligt, jf. § 27, stk. 6"),
    ],
)  # fmt: skip
def test_number_and_person_agree(composer, text, said, not_said):
    told = words(appendix(composer, text))
    assert said.replace("\N{NO-BREAK SPACE}", " ") in told.replace("\N{NO-BREAK SPACE}", " ")
    assert not_said not in told


def test_one_receiver_without_organisation_is_addressed_as_you(composer):
    told = words(appendix(composer, GOOD.replace("    organisation: Regnbuebroen Lindehøj\n", "")))
    assert "pålægger vi dig tavshedspligt" in told


@pytest.mark.parametrize(
    ("basis", "said"),
    [
        ("kind: consent", "samtykke af 20. august 2021 fra Leyla Karimova og Yonas Tesfamariam"),
        ("kind: power-of-attorney", "fuldmagt af 20. august 2021 fra Leyla Karimova og Yonas Tesfamariam"),
        (
            "kind: right-of-access\n        provision: forvaltningslovens § 9",
            "ret til aktindsigt efter forvaltningslovens § 9 (anmodning af 20. august 2021)",
        ),
    ],
)
def test_the_appendix_says_on_what_basis_it_is_given(composer, basis, said):
    told = words(appendix(composer, GOOD.replace("kind: consent", basis)))
    assert said in told.replace("\N{NO-BREAK SPACE}", " ")


def test_an_appendix_without_receivers_says_nothing_of_them(composer):
    start, end = GOOD.index("recipients:"), GOOD.index("secrecy_order:")
    text = (GOOD[:start] + GOOD[end:]).replace("secrecy_order: true\n", "")
    assert "Hvem må få bilaget" not in words(appendix(composer, text))


def test_names_are_the_headings_of_their_parts(composer):
    headings = [
        plain(block.children)
        for section in appendix(composer).sections
        if section.role is Role.FACTS
        for block in section.blocks
        if getattr(block, "level", 0) == 1
    ]
    assert headings == [f"{ONE}, sag 2020-0187345-2", f"{OTHER}, sag 2021-0034410-7"]


def test_somebody_without_a_case_number_has_a_name_for_heading(composer):
    text = re.sub(r'    case_number: "20.*\n', "", GOOD)
    told = words(appendix(composer, text))
    assert ", sag 20" not in told
    assert f"{ONE} Sagen" in told
    assert "Om din sag CPR-nummer: udeladt" in words(extracts(composer, text)[0])


def test_forbidden_prose_is_told_at_the_file_s_own_person(composer):
    text = GOOD.replace("Yonas søgte i februar", "Yonas <b>søgte</b> i februar")
    with pytest.raises(LetterError) as raised:
        appendix(composer, text)
    assert [problem.place.field for problem in raised.value.problems] == ["people[1].account"]


def test_a_library_without_words_of_secrecy_makes_no_appendix(tmp_path):
    copy = tmp_path / "da"
    shutil.copytree(LIBRARY, copy)
    file = copy / "fortrolighed.yaml"
    file.write_text(file.read_text(encoding="utf-8").replace("sensitive:", "sensitiv:"), encoding="utf-8")
    with pytest.raises(TemplateError):
        AppendixComposer(load_library(copy))
    file.unlink()
    with pytest.raises(TemplateError) as raised:
        AppendixComposer(load_library(copy))
    assert [problem.code for problem in raised.value.problems] == ["library.unreadable"]
