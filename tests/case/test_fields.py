"""A field keeps its value as it was written, or refuses it by name."""

from __future__ import annotations

import datetime as dt
import json
import unicodedata
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from letters.case.facts import fact_value
from letters.case.fields import (
    CivilNumber,
    FieldError,
    heading_text,
    iso_date,
    kroner,
    plain_text,
    prose_text,
    whole_number,
    yes_no,
)
from letters.case.reader import read_tree
from letters.case.spec import FieldSpec, FieldType
from letters.problems import CaseError

HOSTILE = "& < > \" ' * _ # [ ] { } {{ }} {% %} \\ \\n 😀 § ½ e\u0301 <b>x</b> &amp; ${x} %s {0} ; --"


def _code(read, value) -> str:
    with pytest.raises(FieldError) as caught:
        read(value)
    return caught.value.code


def _kept(read, value):
    """What a value becomes, or else why it becomes nothing."""
    try:
        return read(value), None
    except FieldError as error:
        return None, error


@given(st.text(max_size=40))
def test_plain_text_is_kept_or_refused_by_name(text):
    kept, error = _kept(plain_text, text)
    if error:
        assert error.message.format_map(error.details)
    else:
        assert kept == unicodedata.normalize("NFC", text)


@given(st.text(alphabet=st.characters(categories=["L", "N", "P", "S", "M"]), min_size=1, max_size=40))
def test_letters_figures_and_signs_are_always_kept(text):
    assert plain_text(text) == unicodedata.normalize("NFC", text)


@given(st.text(max_size=40))
def test_plain_text_survives_json_and_yaml(text):
    for file in ("x.json", "x.yaml"):
        try:
            value = read_tree(json.dumps({"a": text}, ensure_ascii=False).encode(), file).root["a"]
        except (CaseError, UnicodeEncodeError):
            continue  # a character that no case file may hold, or half a character
        assert value == text


@given(st.text(alphabet="ab \n\t#-*>", max_size=40))
def test_prose_keeps_its_lines_or_is_refused_by_name(text):
    kept, error = _kept(prose_text, text)
    if error:
        assert error.code in ("case.empty", "case.character")
    else:
        assert kept in text
        assert text.replace(kept, "", 1).strip(" \n") == ""


def test_signs_of_every_markup_are_kept():
    assert plain_text(HOSTILE) == unicodedata.normalize("NFC", HOSTILE)
    assert prose_text(HOSTILE + "\n\n" + HOSTILE) == unicodedata.normalize("NFC", HOSTILE + "\n\n" + HOSTILE)


def test_a_very_long_word_is_kept_and_a_longer_one_refused():
    assert plain_text("å" * 10_000) == "å" * 10_000
    assert _code(plain_text, "å" * 10_001) == "case.too-long"
    assert _code(prose_text, "å" * 200_001) == "case.too-long"


def test_a_heading_leaves_room_for_what_it_stands_above():
    assert heading_text("å" * 500) == "å" * 500
    assert _code(heading_text, "å" * 501) == "case.too-long"


@pytest.mark.parametrize(
    ("value", "code"),
    [
        ("", "case.empty"),
        ("  ", "case.empty"),
        ("a\nb", "case.line-break"),
        ("a\rb", "case.line-break"),
        ("a\tb", "case.character"),
        ("a\u200bb", "case.character"),
        ("a\u202eb", "case.character"),
        ("a\ue000b", "case.character"),
        ("a\u2028b", "case.character"),
        ("a\ud800b", "case.character"),
        (" a", "case.outer-space"),
        ("a\u00a0", "case.outer-space"),
        (101800008, "case.number-not-text"),
        (Decimal("1.5"), "case.number-not-text"),
        (True, "case.wrong-type"),
        ([], "case.wrong-type"),
        ({}, "case.wrong-type"),
        (None, "case.wrong-type"),
    ],
)
def test_what_is_no_plain_text_is_refused_by_name(value, code):
    assert _code(plain_text, value) == code


def test_a_refused_character_is_named():
    with pytest.raises(FieldError) as caught:
        plain_text("a\u200bb\u202e")
    shown = caught.value.details["character"]
    assert shown == "U+200B ZERO WIDTH SPACE, U+202E RIGHT-TO-LEFT OVERRIDE"


def test_prose_takes_the_line_ends_of_windows():
    assert prose_text("a\r\n\r\nb\r\n") == "a\n\nb"
    assert _code(prose_text, "a\rb") == "case.character"
    assert _code(prose_text, "a\tb") == "case.character"


@given(st.dates(dt.date(1900, 1, 1), dt.date(2199, 12, 31)))
def test_a_date_is_read_back(day):
    assert iso_date(day.isoformat()) == day


@pytest.mark.parametrize(
    ("value", "code"),
    [
        ("2021-02-29", "case.no-such-date"),
        ("1899-12-31", "case.date-out-of-range"),
        ("2200-01-01", "case.date-out-of-range"),
        ("2021-9-2", "case.not-a-date"),
        ("2021-09-02T00:00:00", "case.not-a-date"),
        (" 2021-09-02", "case.not-a-date"),
        ("٢٠٢١-٠٩-٠٢", "case.not-a-date"),
        ("1630540800", "case.not-a-date"),
        (1630540800, "case.not-a-date"),
        (dt.date(2021, 9, 2), "case.not-a-date"),
    ],
)
def test_no_date_is_guessed(value, code):
    assert _code(iso_date, value) == code


@pytest.mark.parametrize("written", ["010180-0008", "020280-0009", "211062-5629", "2110625629"])
def test_a_cpr_number_is_read_and_masked(written):
    number = CivilNumber.read(written)
    assert number == f"{written.replace('-', '')[:6]}-{written[-4:]}"
    assert number.digits == written.replace("-", "")
    assert written[-4:] not in repr(number)
    assert written[-4:] not in repr({"cpr": number})


def test_modulus_11_never_rejects():
    # The serial is changed so that the check no longer holds.
    assert CivilNumber.read("010180" + "0009") == "010180" + "-0009"


@pytest.mark.parametrize(
    ("date", "serial", "exists"),
    [
        # 29 February of year 00: 1900 had none, 2000 had one.
        ("290200", "0", False),
        ("290200", "3", False),
        ("290200", "4", True),
        ("290200", "5", True),
        ("290200", "9", True),
        # 29 February of year 96: every century that the digit may give has one.
        ("290296", "0", True),
        ("290296", "5", True),
        ("310480", "0", False),
        ("610180", "0", False),
    ],
)
def test_the_seventh_digit_gives_the_century(date, serial, exists):
    if exists:
        assert CivilNumber.read(f"{date}{serial}000").digits.startswith(date)
    else:
        assert _code(CivilNumber.read, f"{date}{serial}000") == "case.cpr-date"


@pytest.mark.parametrize("value", ["010180 0008", "010180-000", "010180-00080", "DDMMÅÅ-NNNN", "٠١٠١٨٠٠٠٠٨"])
def test_what_has_another_form_is_no_cpr_number(value):
    assert _code(CivilNumber.read, value) == "case.not-a-cpr"


def test_yes_and_no():
    assert [yes_no(v) for v in (True, "true", "ja", False, "false", "nej")] == [True] * 3 + [False] * 3
    for value in ("yes", "", 1, None, "Ja nej"):
        assert _code(yes_no, value) == "case.not-yes-no"


@pytest.mark.parametrize("value", ["1.234", "-1", "1,5", "", "٣", Decimal("1.0"), True, -1, None, 10**20])
def test_a_whole_number_has_digits_only(value):
    assert _code(whole_number, value) == "case.not-a-number"


def test_numbers_and_amounts():
    assert whole_number("481") == whole_number(481) == 481
    assert kroner("1234.50") == kroner(Decimal("1234.50")) == Decimal("1234.50")
    assert kroner(7) == Decimal(7)


@pytest.mark.parametrize(
    "value", ["1.234,50", "1.234.50", "12.345", "1e3", "NaN", "", Decimal("1E+3"), True, []]
)
def test_an_amount_has_at_most_two_decimals(value):
    assert _code(kroner, value) == "case.not-an-amount"


@given(st.sampled_from(FieldType), st.text(max_size=20) | st.integers() | st.booleans() | st.none())
def test_a_fact_is_typed_or_refused_by_name(kind, value):
    spec = FieldSpec("x", kind, "X", choices={"leje": "leje"})
    fact, error = _kept(lambda given: fact_value(given, spec), value)
    if error:
        assert error.code.startswith("case.")
        assert (error.help or " ").format_map(error.details)
    else:
        assert isinstance(fact, str | dt.date | int | Decimal)
