"""Deadlines against the table of known cases and a plain counter that shares no code with them."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from letters.law import deadlines
from letters.law.deadlines import (
    Calendar,
    Channel,
    add_working_days,
    complaint_deadline,
    is_working_day,
    next_working_day,
    printable_last_day,
    received_on,
)

D = dt.date.fromisoformat
DAYS = st.dates(dt.date(2000, 1, 1), dt.date(2040, 12, 31))

COMPLAINTS = [
    ("2021-09-01", "2021-09-29", "2021-09-29"),
    ("2023-04-07", "2023-05-08", "2023-05-08"),  # store bededag 2023
    ("2024-03-29", "2024-04-26", "2024-04-26"),  # no store bededag any more
    ("2024-03-02", "2024-04-02", "2024-04-02"),  # Easter chain
    ("2024-02-29", "2024-04-02", "2024-04-02"),  # leap day, from skærtorsdag
    ("2025-05-02", "2025-05-30", "2025-06-02"),  # Friday after Ascension
    ("2025-05-08", "2025-06-05", "2025-06-06"),  # grundlovsdag
    ("2025-11-26", "2025-12-24", "2025-12-29"),
    ("2025-11-28", "2025-12-29", "2025-12-29"),
    ("2025-12-03", "2025-12-31", "2026-01-02"),
    ("2025-12-04", "2026-01-02", "2026-01-02"),
    ("2026-05-08", "2026-06-05", "2026-06-08"),  # grundlovsdag before a weekend
]


@pytest.mark.parametrize(("received", "holidays", "extra"), COMPLAINTS)
def test_complaint_deadline(received: str, holidays: str, extra: str) -> None:
    assert complaint_deadline(D(received), Calendar.HOLIDAYS) == D(holidays)
    assert complaint_deadline(D(received), Calendar.EXTRA_DAYS) == D(extra)


@pytest.mark.parametrize(
    ("received", "expected"),
    [
        ("2024-03-22", ("2024-04-05", "2024-04-16", "2024-04-24")),
        ("2025-05-26", ("2025-06-05", "2025-06-17", "2025-06-25")),
        ("2025-01-06", ("2025-01-15", "2025-01-24", "2025-02-03")),
    ],
)
def test_working_days_for_access(received: str, expected: tuple[str, ...]) -> None:
    found = tuple(add_working_days(D(received), days) for days in (7, 14, 20))
    assert found == tuple(map(D, expected))


def test_working_days_with_extra_days() -> None:
    found = [add_working_days(D("2025-05-26"), days, Calendar.EXTRA_DAYS) for days in (7, 14, 20)]
    assert found == [D("2025-06-10"), D("2025-06-19"), D("2025-06-27")]


def test_counting_no_working_days_is_refused() -> None:
    with pytest.raises(ValueError, match="working day"):
        add_working_days(D("2025-01-06"), 0)


def test_paper_has_no_known_day_of_receipt() -> None:
    assert received_on(Channel.LETTER, D("2026-03-02")) is None


def test_paper_with_a_stated_number_of_weekdays() -> None:
    monday = D("2026-03-02")
    assert received_on(Channel.LETTER, monday, post_days=6) == D("2026-03-10")
    assert received_on(Channel.LETTER, monday, post_days=6, saturday_counts=True) == D("2026-03-09")
    assert received_on(Channel.LETTER, D("2026-04-01"), post_days=1) == D("2026-04-07")  # over Easter
    with pytest.raises(ValueError, match="weekday"):
        received_on(Channel.LETTER, monday, post_days=0)


@pytest.mark.parametrize("channel", [Channel.DIGITAL_POST, Channel.HANDED_OVER])
def test_other_channels_arrive_the_same_day(channel: Channel) -> None:
    assert received_on(channel, D("2026-03-01")) == D("2026-03-01")


def test_a_letter_names_a_day_only_for_sent_digital_post() -> None:
    assert printable_last_day(Channel.DIGITAL_POST, D("2025-12-03"), "4 uger") == D("2026-01-02")
    assert printable_last_day(Channel.DIGITAL_POST, None, "4 uger") is None
    assert printable_last_day(Channel.LETTER, D("2025-12-03"), "4 uger") is None
    assert printable_last_day(Channel.HANDED_OVER, D("2025-12-03"), "4 uger") is None


@pytest.mark.parametrize(("received", "holidays", "extra"), COMPLAINTS)
def test_the_day_that_a_letter_names_is_the_later_one(received: str, holidays: str, extra: str) -> None:
    named = printable_last_day(Channel.DIGITAL_POST, D(received), "4 uger")
    assert named == max(D(holidays), D(extra))


def test_the_day_follows_the_deadline_of_the_route() -> None:
    sent = D("2026-03-02")
    assert printable_last_day(Channel.DIGITAL_POST, sent, "8 uger") == D("2026-04-27")
    for none in ("", "14 dage", "snarest", "0 uger"):
        assert printable_last_day(Channel.DIGITAL_POST, sent, none) is None


# A plain counter: Easter from the golden number and epact, holidays as offsets, day by day.


def _easter(year: int) -> dt.date:
    golden = year % 19 + 1
    century = year // 100 + 1
    solar, lunar = 3 * century // 4 - 12, (8 * century + 5) // 25 - 5
    sunday = 5 * year // 4 - solar - 10
    epact = (11 * golden + 20 + lunar - solar) % 30
    if (epact == 25 and golden > 11) or epact == 24:
        epact += 1
    full = 44 - epact + (30 if 44 - epact < 21 else 0)
    full += 7 - (sunday + full) % 7
    return dt.date(year, 3, 1) + dt.timedelta(days=full - 1)


def _plain_closed(day: dt.date, calendar: Calendar) -> bool:
    offset = (day - _easter(day.year)).days
    closed = day.weekday() in (5, 6) or (day.month, day.day) in {(1, 1), (12, 25), (12, 26)}
    closed = closed or offset in {-3, -2, 0, 1, 39, 49, 50} or (offset == 26 and day.year < 2024)
    if calendar is Calendar.EXTRA_DAYS:
        closed = closed or offset == 40 or (day.month, day.day) in {(6, 5), (12, 24), (12, 31)}
    return closed


def test_every_day_is_closed_as_the_plain_counter_says() -> None:
    day = dt.date(2000, 1, 1)
    while day < dt.date(2041, 3, 1):
        for calendar in Calendar:
            assert is_working_day(day, calendar) is not _plain_closed(day, calendar), day
        day += dt.timedelta(days=1)


def test_public_holidays_are_those_that_others_know() -> None:
    from holidays import country_holidays

    for year in range(1900, 2101):  # they know none after
        assert deadlines._closed(year, Calendar.HOLIDAYS) == frozenset(country_holidays("DK", years=year))


@given(DAYS, st.sampled_from(Calendar))
def test_complaint_deadline_by_plain_counting(received: dt.date, calendar: Calendar) -> None:
    day = received
    for _ in range(28):
        day += dt.timedelta(days=1)
    while _plain_closed(day, calendar):
        day += dt.timedelta(days=1)
    assert complaint_deadline(received, calendar) == day


@given(DAYS, st.integers(1, 40), st.sampled_from(Calendar))
def test_working_days_by_plain_counting(received: dt.date, days: int, calendar: Calendar) -> None:
    day, left = received, days
    while left:
        day += dt.timedelta(days=1)
        left -= not _plain_closed(day, calendar)
    assert add_working_days(received, days, calendar) == day


@given(DAYS)
def test_extra_days_never_shorten(received: dt.date) -> None:
    plain = complaint_deadline(received, Calendar.HOLIDAYS)
    assert complaint_deadline(received, Calendar.EXTRA_DAYS) >= plain
    assert next_working_day(received) >= received
