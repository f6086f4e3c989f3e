"""Deadlines: the last day for a complaint, and working days for access to documents.

Dates come in, dates go out; nothing here reads a clock or writes Danish text.

Which days are closed is a choice, because the law leaves a doubt. The public holidays are certain. Some
authorities are also closed on grundlovsdag, 24 and 31 December and the Friday after Ascension;
forældelseslovens § 27, stk. 2, names the first three for that act only. `Calendar` makes the choice
explicit; a date printed in a letter is the later one, so that no citizen is told too early a day.
"""

from __future__ import annotations

import datetime as dt
import enum
import re
from collections.abc import Callable
from functools import lru_cache

COMPLAINT_WEEKS = 4
"""Weeks in the complaint period (retssikkerhedslovens § 67)."""

_DAY = dt.timedelta(days=1)
_SATURDAY = 5
_SUNDAY = 6


class Calendar(enum.Enum):
    """Which days are closed beside Saturdays and Sundays.

    HOLIDAYS: the public holidays (store bededag to 2023, bekendtgørelse nr. 270 af 7. marts 2023).
    EXTRA_DAYS: also grundlovsdag, 24 and 31 December and the Friday after Ascension.
    """

    HOLIDAYS = "holidays"
    EXTRA_DAYS = "extra-days"


class Channel(enum.Enum):
    """How a decision reaches its reader; the values are the case file's (`delivery.channel`)."""

    DIGITAL_POST = "digital-post"
    LETTER = "letter"
    HANDED_OVER = "handed-over"


def is_working_day(day: dt.date, calendar: Calendar = Calendar.HOLIDAYS) -> bool:
    """Whether `day` is none of Saturday, Sunday and the calendar's closed days."""
    return day.weekday() < _SATURDAY and day not in _closed(day.year, calendar)


def next_working_day(day: dt.date, calendar: Calendar = Calendar.HOLIDAYS) -> dt.date:
    """`day` itself, or the first working day after it."""
    while not is_working_day(day, calendar):
        day += _DAY
    return day


def add_working_days(received: dt.date, days: int, calendar: Calendar = Calendar.HOLIDAYS) -> dt.date:
    """The last of `days` working days after `received`; the day of receipt does not count.

    Access to documents counts so: 7 days to answer, 14 before a complaint over delay, 20 for the complaint
    body (offentlighedslovens §§ 36-39; forvaltningslovens § 16, stk. 2). That the day of receipt does not
    count is the customary reading; the acts do not say it.

    Raises:
        ValueError: if `days` is below 1.
    """
    if days < 1:
        raise ValueError("at least one working day")
    return _count(received, days, lambda day: is_working_day(day, calendar))


def complaint_deadline(
    received: dt.date, calendar: Calendar = Calendar.EXTRA_DAYS, weeks: int = COMPLAINT_WEEKS
) -> dt.date:
    """The last day for a complaint over a decision received on `received`.

    The day of receipt does not count; a last day that is a Saturday, Sunday or closed day moves
    to the next working day. The complaint may come in until midnight.

    Source: retssikkerhedslovens § 67, stk. 1; Vejledning om beregning af klagefrister (nr. 9533 af 26. juni
    2018).
    """
    return next_working_day(received + dt.timedelta(weeks=weeks), calendar)


def received_on(
    channel: Channel, sent: dt.date, *, post_days: int | None = None, saturday_counts: bool = False
) -> dt.date | None:
    """The day a decision counts as received, or None when that is not known.

    Digital Post is received when it is available (lov om Digital Post § 10, nr. 1); Ankestyrelsen assumes
    the day of dispatch. For a letter on paper the number of days is open since the mail changed hands at the
    end of 2025, so there is no default.

    Args:
        post_days: weekdays (hverdage) that a letter takes; None when unknown. Unused for the other channels.
        saturday_counts: whether a Saturday is such a weekday.
    Raises:
        ValueError: if `post_days` is below 1.
    """
    if channel is not Channel.LETTER:
        return sent
    if post_days is None:
        return None
    if post_days < 1:
        raise ValueError("a letter takes at least one weekday")
    return _count(sent, post_days, lambda day: _is_weekday(day, saturday_counts=saturday_counts))


_WEEKS = re.compile(r"([1-9]\d?) uger?")


def printable_last_day(channel: Channel, sent: dt.date | None, deadline: str) -> dt.date | None:
    """The last day for a complaint that a letter may name; None when it must only state the rule.

    Only Digital Post with a known day of dispatch allows a date. Where the calendars differ, the later day
    is given.

    Args:
        deadline: the route's, as a letter prints it; one that is not in weeks ("4 uger") gives no day, nor
            does an empty one: without a legal basis there is no deadline.
    """
    weeks = _WEEKS.fullmatch(deadline)
    if channel is not Channel.DIGITAL_POST or sent is None or weeks is None:
        return None
    return max(complaint_deadline(sent, calendar, int(weeks[1])) for calendar in Calendar)


def _count(start: dt.date, days: int, counts: Callable[[dt.date], bool]) -> dt.date:
    day = start
    while days:
        day += _DAY
        days -= counts(day)
    return day


def _is_weekday(day: dt.date, *, saturday_counts: bool) -> bool:
    last = _SUNDAY if saturday_counts else _SATURDAY
    return day.weekday() < last and day not in _closed(day.year, Calendar.HOLIDAYS)


#: Days after Easter Sunday: skærtorsdag, langfredag, påskedag, 2. påskedag, Kristi himmelfartsdag, pinsedag,
#: 2. pinsedag.
_MOVING: tuple[int, ...] = (-3, -2, 0, 1, 39, 49, 50)
_BEDEDAG, _LAST_BEDEDAG = 26, 2023  # bekendtgørelse nr. 270 af 7. marts 2023
_FIXED: tuple[tuple[int, int], ...] = ((1, 1), (12, 25), (12, 26))

#: Grundlovsdag, 24 and 31 December, and the Friday after Ascension, in days after Easter Sunday.
_EXTRA_FIXED = ((6, 5), (12, 24), (12, 31))
_EXTRA_MOVING = (40,)


@lru_cache(maxsize=256)
def _closed(year: int, calendar: Calendar) -> frozenset[dt.date]:
    from dateutil.easter import easter  # only for letters with a deadline

    moving, fixed = _MOVING, _FIXED
    if year <= _LAST_BEDEDAG:
        moving += (_BEDEDAG,)
    if calendar is Calendar.EXTRA_DAYS:
        moving, fixed = moving + _EXTRA_MOVING, fixed + _EXTRA_FIXED
    sunday = easter(year)
    return frozenset([*(sunday + days * _DAY for days in moving), *(dt.date(year, *day) for day in fixed)])
