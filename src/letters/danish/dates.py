"""Dates in Danish prose."""

from __future__ import annotations

import datetime
from functools import lru_cache

from letters.danish.typography import NO_BREAK_SPACE


@lru_cache(maxsize=1024)
def dato(date: datetime.date) -> str:
    """Write a date as Danish prose does, with a no-break space between day and month.

    Source: CLDR, locale `da`.

    >>> dato(datetime.date(2021, 8, 13))
    '13.\\xa0august 2021'
    """
    from babel.dates import format_date  # costs start-up time that `letters --help` cannot spare

    return format_date(date, f"d.'{NO_BREAK_SPACE}'MMMM y", locale="da")
