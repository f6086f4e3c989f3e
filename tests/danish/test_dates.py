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
