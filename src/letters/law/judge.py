"""The citations of a text, each with its verdict on a date.

"lovens § 18" and a bare "§ 18" belong to the act that the same text named last; a text is a paragraph, so
that nothing is carried from one matter to another.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from types import MappingProxyType

from msgspec import Struct

from letters.law.acts import Act, Register
from letters.law.citation import Citation
from letters.law.find import Found, find_citations
from letters.law.names import POINTING_BACK
from letters.law.resolve import Status, Verdict, resolve

_AS_THE_LAW_IS: Mapping[Citation, dt.date] = MappingProxyType({})

#: Nothing is known to be wrong: what the register does not list may well be there.
_RIGHT = frozenset({Status.EXISTS, Status.UNVERIFIED, Status.UNLISTED})


class Judged(Struct, frozen=True):
    """A citation where it stands, and what the register says of it."""

    found: Found
    verdict: Verdict

    @property
    def address(self) -> str:
        """The address of the act's text; empty when the citation is wrong or the text is not known."""
        return self.verdict.eli if self.verdict.status in _RIGHT else ""


def judge(
    text: str,
    register: Register,
    on: dt.date,
    *,
    regime: str | None = None,
    as_of: Mapping[Citation, dt.date] = _AS_THE_LAW_IS,
) -> tuple[Judged, ...]:
    """Find and judge every citation of a text.

    Args:
        on: the date whose law counts.
        regime: a transitional rule that keeps older texts in force; None for the ordinary law.
        as_of: citations that are declared to be of the law of another date.
    """
    if as_of:
        return _judge(text, register, on, regime, as_of)
    before = register.judged_before
    key = before.key(text, on, regime)
    known = before.find(key)
    if known is None:
        known = _judge(text, register, on, regime, as_of)
        before.add(key, known)
    return known


def _judge(
    text: str, register: Register, on: dt.date, regime: str | None, as_of: Mapping[Citation, dt.date]
) -> tuple[Judged, ...]:
    judged: list[Judged] = []
    named: list[Act] = []
    for found in find_citations(text, register.known):
        citation = found.citation
        context = _meant(citation, named)
        day = as_of.get(citation, on)
        verdict = resolve(citation, register, day, regime=regime, context=context)
        if verdict.act is not None:
            named.append(verdict.act)
        judged.append(Judged(found, verdict))
    return tuple(judged)


def _meant(citation: Citation, named: list[Act]) -> Act | None:
    """The act that a citation points back to: the last one named, of the kind that it says."""
    if citation.act is None:
        return named[-1] if named else None
    if citation.act not in POINTING_BACK:
        return None
    return next((act for act in reversed(named) if act.name.endswith(citation.act)), None)
