"""The date that a document bears, whoever wrote it: the law of that day counts for it."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from letters.law.citation import MONTHS
from letters.reading.documents import Kind, ReadParagraph

_LONG = rf"(?P<day>[0-3]?\d)\.? ?(?P<month>{'|'.join(MONTHS)}) (?P<year>\d{{4}})"
_SHORT = r"(?P<d>[0-3]?\d)[./-](?P<m>[01]?\d)[./-](?P<y>\d{4})"
_ISO = r"(?P<iso>\d{4}-\d\d-\d\d)"
# "Dato: 2. september 2021", "Lindehøj, den 2. september 2021", "2. september 2021"
_DATED = re.compile(
    rf"(?:(?:brev)?dato:? )?(?:[A-ZÆØÅ][\w .-]{{1,30}}, )?(?:den |d\. )?(?:{_LONG}|{_SHORT}|{_ISO})\.?",
    re.IGNORECASE,
)
_LABEL = re.compile(r"(?:brev)?dato\b:?", re.IGNORECASE)


def own_date(paragraphs: Sequence[ReadParagraph]) -> dt.date | None:
    """The date that stands alone in a paragraph, one with the label "Dato" first; None when there is none.

    A date in running text, or in a table, is about something else.
    """
    return next(_dates(paragraphs), None)


def _dates(paragraphs: Sequence[ReadParagraph]) -> Iterator[dt.date]:
    texts = [" ".join(one.text.split()) for one in paragraphs if one.kind is not Kind.CELL]
    labelled = [text for text in texts if _LABEL.match(text)]
    labelled += [f"{text} {after}" for text, after in pairwise(texts) if _LABEL.fullmatch(text)]
    for text in (*labelled, *texts):
        found = _DATED.fullmatch(text)
        day = _date(found) if found else None
        if day is not None:
            yield day


def _date(found: re.Match[str]) -> dt.date | None:
    try:
        if found["iso"]:
            return dt.date.fromisoformat(found["iso"])
        if found["month"]:
            return dt.date(int(found["year"]), MONTHS.index(found["month"].lower()) + 1, int(found["day"]))
        return dt.date(int(found["y"]), int(found["m"]), int(found["d"]))
    except ValueError:  # no such day
        return None
