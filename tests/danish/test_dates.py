import datetime

import pytest

from letters.danish import dato


@pytest.mark.parametrize(
    ("date", "text"),
    [
        (datetime.date(2021, 8, 13), "13.\u00a0august 2021"),
        (datetime.date(2024, 2, 29), "29.\u00a0februar 2024"),
        (datetime.date(2021, 1, 1), "1.\u00a0januar 2021"),
    ],
)
def test_a_date_reads_as_in_prose_and_holds_its_day(date, text):
    assert dato(date) == text


@pytest.mark.parametrize("month", range(1, 13))
def test_months_are_those_of_cldr(month):
    from babel.dates import format_date

    date = datetime.date(1987, month, 30 if month != 2 else 5)
    assert dato(date) == format_date(date, "d.'\u00a0'MMMM y", locale="da")
