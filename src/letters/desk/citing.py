"""What becomes of a finished letter's citations: in full at the first mention, and linked to the law."""

from __future__ import annotations

import datetime as dt

from letters.case.models import Case
from letters.document.model import Letter
from letters.law.acts import Register
from letters.law.citation import Citation
from letters.law.find import NotACitationError, parse
from letters.wording.citations import introduce_acts, link_citations
from letters.wording.library import Library
from letters.wording.view import law_date


def cited(letter: Letter, case: Case, library: Library, register: Register) -> Letter:
    """The letter with its citations as the library will have them, on the date of the case's law."""
    on = law_date(case)
    if library.introduces_acts:
        letter = introduce_acts(letter, register, on, case.regime)
    return link_citations(letter, register, on, case.regime, _historic(case, register))


def _historic(case: Case, register: Register) -> dict[Citation, dt.date]:
    """The citations of older law that the case declares; the checks tell of those that cannot be read."""
    declared: dict[Citation, dt.date] = {}
    for one in case.historic:
        try:
            declared[parse(one.citation, register.known)] = one.as_of
        except NotACitationError:
            continue
    return declared
