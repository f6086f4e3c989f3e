"""Anything that looks like a CPR number is told, whoever's it is."""

import docx_carriers
import pdf_carriers
import pytest

from letters.secrecy.cpr import check_holds, civil_numbers
from letters.secrecy.guard import guard
from letters.secrecy.normal import fold
from letters.secrecy.secrets import Secrets

NOBODY = Secrets()


def _found(text):
    return [suspect.sure for suspect in civil_numbers(fold(text))]


@pytest.mark.parametrize(
    "text",
    [
        "010180-0008",
        "0202800009",
        "211062 5629",
        "01.01.80-0008",
        "01 01 80 0008",
        "01/01/80/0008",
        "010180 - 0008",
        "010180_0008",
        "010180\u20110008",
        "0 1 0 1 8 0 0 0 0 8",
        "01011980-0008",
        "01.01.1980-0008",
        "010180-\n0008",
        "(010180-0008)",
        "x010180-0008x",
    ],
)
def test_a_number_whose_check_holds_is_an_error(text):
    assert _found(text) == [True]


def test_a_date_without_the_check_is_a_warning_and_an_error_near_cpr():
    assert not check_holds("1003388394")
    assert _found("nummeret 1003388394") == [False]
    assert _found("CPR-nr. 1003388394") == [True]
    assert _found("1003388394 (personnummer)") == [True]


@pytest.mark.parametrize("label", ["P-nr.", "P-nummer:", "EAN", "sagsnr.", "konto", "Tlf.", "faktura nr."])
def test_a_label_clears_only_its_own_number(label):
    assert _found(f"{label} 0101800008") == [False]
    assert _found(f"{label} 1003388394, og 0101800008") == [False, True]
    assert _found(f"{label} 010180-0008") == [True]
    assert _found(f"{label} for borgeren er 0101800008") == [True]
    assert _found(f"{label} og CPR 010180-0008") == [True]


def test_a_replacement_number_is_recognised():
    assert _found("cpr 610180-0008") == [True]


@pytest.mark.parametrize(
    "text", ["320180-0008", "011380-0008", "290281-0008", "12345678901", "5798009811578", "2021-0256547-1"]
)
def test_what_begins_with_no_date_is_nothing(text):
    assert _found(text) == []


def test_numbers_inside_a_hash_are_nothing():
    assert _found("a3f" + "0101800008" + "bc77d2e9f10c4aa5b6c7d8e9f0011223344") == []


@pytest.mark.parametrize("plants", [docx_carriers.PLANTS, pdf_carriers.PLANTS], ids=["DOCX", "PDF"])
def test_a_written_cpr_number_is_found_in_every_place(plants):
    for place, plant in plants.items():
        if place == "font name":
            continue  # a name of a font cannot hold one as it is written
        findings = guard(dict([plant("010180-0008")]), NOBODY)
        assert any(finding.sure and finding.kind == "cpr-like" for finding in findings), place


def test_markup_full_of_numbers_is_nothing():
    attributes = ' w:rsid="0101800008" w:x="1003388394" w:y="0202800009"'
    assert list(civil_numbers(attributes, markup=True)) == []


def test_the_partys_own_number_may_stand_in_the_text_and_nowhere_else():
    own = ["010180-0008"]
    for plants in (docx_carriers.PLANTS, pdf_carriers.PLANTS):
        visible = dict([plants["visible text"]("010180-0008")])
        assert guard(visible, NOBODY, own_cprs=own) == ()
        assert guard(visible, NOBODY, own_cprs=["020280-0009"])
    for place in ("header", "core property", "file name"):
        assert guard(dict([docx_carriers.PLANTS[place]("010180-0008")]), NOBODY, own_cprs=own)


def test_no_repr_shows_a_number():
    (suspect,) = civil_numbers("010180-0008")
    assert "0008" not in repr(suspect)
