"""Dated terms: a letter uses the words that the law used on its date.

What another period or regime called something is a fault of the wording when the library wrote it. In a
case's own words it is something to look at: an old document may be named by its old name.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache

from letters.checks.facts import TermFacts
from letters.checks.reading import Line
from letters.checks.rules import Reading, wrong
from letters.problems import N_, Problem, Severity

_EITHER = " eller "


def terms_of_the_date(reading: Reading) -> Iterator[Problem]:
    """No term of another period or regime is printed."""
    together = "\n".join(line.text for line in reading.lines)  # no term goes over the end of a line
    for term in reading.facts.terms:
        pattern = _pattern(term)
        if pattern is None or not any(found["other"] for found in pattern.finditer(together)):
            continue
        for line in reading.lines:
            for found in pattern.finditer(line.text):
                if found["other"] and not line.is_quoted(found.start()):
                    yield _told(reading, term, line, found)


@lru_cache(maxsize=256)
def _pattern(term: TermFacts) -> re.Pattern[str] | None:
    """The right texts first, so that "introduktionsprogram" inside a pair that is right is not found.

    None when the term has always been the same.
    """
    # Each half of a pair belongs to the same period as the pair.
    others = {*term.others, *(_halves(term.others) - _halves(term.right))} - set(term.right)
    if not others:
        return None
    right, other = (
        "|".join(map(re.escape, sorted(texts, key=len, reverse=True))) for texts in (term.right, others)
    )
    return re.compile(rf"(?<!\w)(?:(?P<right>{right})|(?P<other>{other}))s?(?!\w)", re.IGNORECASE)


def _halves(texts: Iterable[str]) -> set[str]:
    return {half.casefold() for text in texts for half in text.split(_EITHER)}


def _told(reading: Reading, term: TermFacts, line: Line, found: re.Match[str]) -> Problem:
    """In doubt a warning: the case's own words, and one half of a pair, may well be meant."""
    doubtful = line.field(found.start()) is not None or found["other"].casefold() in _halves(term.right)
    return wrong(
        line.place(found.start()),
        "law.term-other-date",
        N_('the letter says "{found}", but on {date} the law says "{right}"'),
        "ordliste.yaml",
        N_("in the wording use the term from ordliste.yaml; in a case file check what is meant"),
        severity=Severity.WARNING if doubtful else Severity.ERROR,
        found=found["other"],
        right=term.right[0],
        date=reading.facts.law_date.isoformat(),
    )


RULES = (terms_of_the_date,)
