"""Every written form of a date that the guard looks for.

Chosen: day-month-year and year-month-day in figures with any separator or none, with or without zeros, with
two or four figures for the year; the month as a word or shortened (Danish, English), or in Roman figures; the
day as a word ("femte marts", "5te", "the fifth of March"); month before day ("March 5th, 1984"); the year
before all or in Danish words. Left out: a date without its year, an age, and American order in figures
(03/05/1984 is the third of May in Denmark).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from letters.secrecy.normal import squeeze

_MONTHS = "januar februar marts april maj juni juli august september oktober november december"
_IN_ENGLISH = "january february march april may june july august september october november december"
_NUMERALS = "i ii iii iv v vi vii viii ix x xi xii"
_ORDINALS = (
    "første anden tredje fjerde femte sjette syvende ottende niende tiende ellevte tolvte trettende "
    "fjortende femtende sekstende syttende attende nittende tyvende enogtyvende toogtyvende treogtyvende "
    "fireogtyvende femogtyvende seksogtyvende syvogtyvende otteogtyvende niogtyvende tredivte enogtredivte"
)
_ONES = (
    "nul en to tre fire fem seks syv otte ni "
    "ti elleve tolv tretten fjorten femten seksten sytten atten nitten"
)
_BY_TEN = "nul ti tyve tredive fyrre halvtreds tres halvfjerds firs halvfems"

_DANISH = _MONTHS.split()
_ENGLISH = _IN_ENGLISH.split()
_SHORT = {2: ["febr"], 3: ["mrt"], 9: ["sept", "septbr"], 10: ["oktbr"], 11: ["novbr"], 12: ["decbr"]}
_IN_ENGLISH_ORDINALS = (
    "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth "
    "fifteenth sixteenth seventeenth eighteenth nineteenth twentieth twentyfirst twentysecond twentythird "
    "twentyfourth twentyfifth twentysixth twentyseventh twentyeighth twentyninth thirtieth thirtyfirst"
)
# What is written behind the figures of a day: 1ste, 2den, 3dje, 4de, 5te, 7ende; 1st, 2nd, 3rd, 4th.
_BEHIND = {1: "ste", 2: "den", 3: "dje", 4: "de", 5: "te", 6: "te", 11: "te", 12: "te"}
_ENGLISH_BEHIND = {1: "st", 2: "nd", 3: "rd", 21: "st", 22: "nd", 23: "rd", 31: "st"}
_ROMAN = _NUMERALS.split()
_DAYS = _ORDINALS.split()
_ENGLISH_DAYS = _IN_ENGLISH_ORDINALS.split()
_BELOW_TWENTY = _ONES.split()
_TENS = _BY_TEN.split()


def squeezed_forms(day: dt.date) -> set[str]:
    """Forms that cannot be read as something else, without anything between letters and figures."""
    long_year, short_year = f"{day:%Y}", f"{day:%y}"
    forms = {f"{day:%d%m%Y}", f"{day:%Y%m%d}"}
    for month in _month_words(day.month):
        for number in (*_day_numbers(day), *_day_words(day)):
            forms.update(f"{number}{middle}{month}{year}" for year in (long_year, *year_words(day.year))
                         for middle in ("", "i", "of"))  # fmt: skip
            forms.update((f"{month}{number}{long_year}", f"{long_year}{number}{month}"))
            forms.add(f"{long_year}{month}{number}")
        forms.update(f"{word}{month}{short_year}" for word in _day_words(day))
    return forms


def exact_forms(day: dt.date) -> Iterator[tuple[str, ...]]:
    """Forms that mean the date only when their figures are divided just so."""
    years = (f"{day:%Y}", f"{day:%y}")
    months = (str(day.month), f"{day:%m}", _ROMAN[day.month - 1], squeeze(_DAYS[day.month - 1]))
    numbers = (*_day_numbers(day), *_day_words(day))
    for year in years:
        for month in dict.fromkeys(months):
            for number in numbers:
                yield (number, month, year)
                yield (number, "i", month, year)
            if month.isdigit():
                for number in _day_numbers(day)[:2]:
                    yield (year, month, number)
    for month in _month_words(day.month):
        for number in numbers:
            yield (number, month, years[1])
            yield (number, "i", month, years[1])


def short_forms(day: dt.date) -> tuple[str, str]:
    """Six figures in a row: as a CPR number begins, and with the year first."""
    return f"{day:%d%m%y}", f"{day:%y%m%d}"


def _day_numbers(day: dt.date) -> list[str]:
    plain, padded = str(day.day), f"{day:%d}"
    endings = ("te", "de", _BEHIND.get(day.day, "ende"), _ENGLISH_BEHIND.get(day.day, "th"))
    return [*dict.fromkeys((plain, padded)), *dict.fromkeys(f"{plain}{ending}" for ending in endings)]


def _day_words(day: dt.date) -> list[str]:
    return [squeeze(_DAYS[day.day - 1]), _ENGLISH_DAYS[day.day - 1]]


def _month_words(month: int) -> list[str]:
    danish, english = _DANISH[month - 1], _ENGLISH[month - 1]
    return list(dict.fromkeys([danish, english, danish[:3], english[:3], *_SHORT.get(month, [])]))


def year_words(year: int) -> list[str]:
    """A year in Danish words, without anything between them."""
    century, rest = divmod(year, 100)
    below = below_hundred(rest)
    if century == 19:
        full = [f"nittenhundrede{below}", f"nittenhundredeog{below}", f"nitten{below}"]
    else:
        full = [f"totusinde{below}", f"totusindeog{below}", f"tyve{below}"]
    return [*full, below]


def below_hundred(number: int) -> str:
    """A number from 0 to 99 in Danish words, without anything between them."""
    if number < 20:
        return _BELOW_TWENTY[number]
    tens, unit = divmod(number, 10)
    return (f"{_BELOW_TWENTY[unit]}og" if unit else "") + _TENS[tens]
