from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from letters.danish import antal, flertal, kroner, talord


@pytest.mark.parametrize(
    ("number", "text"), [(0, "0"), (999, "999"), (1234, "1.234"), (12345678, "12.345.678"), (-1234, "-1.234")]
)
def test_thousands_are_set_apart(number, text):
    assert antal(number) == text


@pytest.mark.parametrize(
    ("amount", "text"),
    [
        ("1234.5", "1.234,50\u00a0kr."),
        ("10", "10\u00a0kr."),
        ("10.00", "10\u00a0kr."),
        ("0.05", "0,05\u00a0kr."),
        ("0", "0\u00a0kr."),
        ("-0.00", "0\u00a0kr."),
        ("-12.3", "-12,30\u00a0kr."),
        ("1E+3", "1.000\u00a0kr."),
        ("12.340", "12,34\u00a0kr."),
        (
            "1234567890123456789012345678901234.56",
            "1.234.567.890.123.456.789.012.345.678.901.234,56\u00a0kr.",
        ),
    ],
)
def test_an_amount_keeps_every_oere(amount, text):
    assert kroner(Decimal(amount)) == text


@given(st.decimals(allow_nan=False, allow_infinity=False, places=2, min_value=-(10**40), max_value=10**40))
def test_an_amount_can_be_read_back(amount):
    figures = kroner(amount).removesuffix("\u00a0kr.")
    assert Decimal(figures.replace(".", "").replace(",", ".")) == amount


@pytest.mark.parametrize(
    "amount", ["1.005", "0.001", "NaN", "Infinity", "-Infinity", "1E+999999999", "1E-999999999"]
)
def test_what_kroner_cannot_say_is_refused(amount):
    with pytest.raises(ValueError, match="amount"):
        kroner(Decimal(amount))


def test_small_counts_are_words():
    assert [talord(n) for n in (0, 1, 2, 12, 13, 1234)] == ["nul", "en", "to", "tolv", "13", "1.234"]
    assert talord(1, "et") == "et"
    assert talord(2, "et") == "to"
    assert talord(-1) == "-1"


def test_an_unknown_gender_is_refused():
    with pytest.raises(ValueError, match="genus"):
        talord(3, "neutrum")


def test_only_one_is_singular():
    assert [flertal(n, "sag", "sager") for n in (0, 1, 2)] == ["sager", "sag", "sager"]
