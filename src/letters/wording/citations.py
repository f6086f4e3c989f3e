"""The citations of a finished letter: linked to the text of the law, and in full where it is first named.

What somebody else says stays as it is: quotations, questions, headings, titles of other documents, and what
is a link already.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping, Sequence
from types import MappingProxyType

from letters.document.model import Inline, Letter, Link, Text
from letters.document.walk import plain
from letters.law.acts import Act, Register, Version
from letters.law.citation import Citation, Form, Kind
from letters.law.judge import Judged, judge
from letters.law.writing import write
from letters.wording.cuts import Inlines, length, pieces, placed, with_lines
from letters.wording.typography import set_inlines

# Statutes quote with »«, letters with ” ” or “ ”.
_QUOTED = re.compile('»[^»«]*«|“[^“”]*”|„[^„“”]*[“”]|”[^”]*”|"[^"]*"')


def link_citations(
    letter: Letter,
    register: Register,
    on: dt.date,
    regime: str | None = None,
    as_of: Mapping[Citation, dt.date] = MappingProxyType({}),
) -> Letter:
    """The letter with each citation that is right linked to the act's text of that date.

    The words stay the same. A citation that is wrong, or whose text is not registered, gets no link.

    Args:
        on: the date whose law counts.
        regime: a transitional rule that keeps older texts in force; None for the ordinary law.
        as_of: citations that are declared to be of the law of another date.
    """

    def linked(line: Inlines) -> Inlines:
        source = plain(line)
        found = judge(source, register, on, regime=regime, as_of=as_of)
        targets = {(one.found.start, one.found.end): one.address for one in found if one.address}
        kept = _kept(line, source) if targets else ()
        return _linked(line, {span: to for span, to in targets.items() if not _touches(span, kept)})

    return with_lines(letter, linked)


def _touches(span: tuple[int, int], others: Sequence[tuple[int, int]]) -> bool:
    return any(span[0] < end and start < span[1] for start, end in others)


def _kept(line: Inlines, source: str) -> list[tuple[int, int]]:
    """The stretches of a line that stay as they are: links, and what stands in quotation marks."""
    found = [quoted.span() for quoted in _QUOTED.finditer(source)]
    return found + [(at, at + length(one)) for at, one in placed(line) if isinstance(one, Link)]


def _linked(line: Inlines, targets: Mapping[tuple[int, int], str]) -> Inlines:
    """A line with links around stretches of it, in order and without overlap."""
    if not targets:
        return line
    starts = {start: (end, target) for (start, end), target in targets.items()}
    out: list[Inline] = []
    inside: list[Inline] = []
    until, target = 0, ""
    for at, piece in pieces(line, sorted({edge for span in targets for edge in span})):
        if at >= until and inside:
            out.append(Link(target, tuple(inside)))
            inside = []
        if at in starts:
            until, target = starts[at]
        (inside if at < until else out).append(piece)
    return (*out, Link(target, tuple(inside))) if inside else tuple(out)


# The first mention


def introduce_acts(letter: Letter, register: Register, on: dt.date, regime: str | None = None) -> Letter:
    """The letter with each act in full where the library's own words cite it first.

    "integrationslovens § 18" becomes "§ 18 i lov om integration af udlændinge i Danmark (integrationsloven),
    jf. lovbekendtgørelse nr. 1146 af 22. juni 2020". What the case file says is never changed, nor is what is
    strong, emphasised or has a slip: the next mention is then taken for the first.

    Args:
        on: the date whose law counts.
        regime: a transitional rule that keeps older texts in force; None for the ordinary law.
    """
    introduced: set[str] = set()

    def in_full(line: Inlines) -> Inlines:
        source = plain(line)
        found = judge(source, register, on, regime=regime)
        kept = _kept(line, source) + _not_the_librarys(line) if found else ()
        new: dict[tuple[int, int], str] = {}
        for one in found:
            span, act = (one.found.start, one.found.end), one.verdict.act
            if act is None or act.name in introduced or _touches(span, kept):
                continue
            if words := _full(one):
                new[span] = words + (_CLOSING_COMMA if _GOES_ON.match(source, span[1]) else "")
            if words or one.found.citation.designation is not None:
                introduced.add(act.name)
        return _rewritten(line, new)

    return with_lines(letter, in_full)


_CLOSING_COMMA = ","
_GOES_ON = re.compile(r"\s+\w")


def _not_the_librarys(line: Inlines) -> list[tuple[int, int]]:
    return [
        (at, at + length(one))
        for at, one in placed(line)
        if not isinstance(one, Text) or one.field is not None
    ]


def _full(judged: Judged) -> str:
    """A citation with the act's full designation; empty when it has one, or must stay as it is."""
    citation, act, version = judged.found.citation, judged.verdict.act, judged.verdict.version
    if act is None or version is None or not judged.address or judged.found.slips:
        return ""
    if citation.designation is not None or not citation.places or citation.act is None:
        return ""
    return write(_with_title(citation, act, version))


def _with_title(citation: Citation, act: Act, version: Version) -> Citation:
    """A consolidated act by its title; one without a title of its own, and an order, by its name."""
    places, designation, one_word = citation.places, version.designation, " " not in act.name
    if one_word and (act.title == act.name or designation.kind is not Kind.LBK):
        return Citation(places, act.name, Form.GENITIVE, designation=designation)
    return Citation(places, act.title, Form.IN, act.name if one_word else "", designation)


def _rewritten(line: Inlines, new: Mapping[tuple[int, int], str]) -> Inlines:
    """A line with other words in place of stretches of the library's own text."""
    if not new:
        return line
    words = {start: text for (start, _), text in new.items()}
    dropped = [range(*span) for span in new]
    out: list[Inline] = []
    for at, piece in pieces(line, sorted({edge for span in new for edge in span})):
        if at in words:
            out.append(Text(words[at]))
        elif not any(at in gone for gone in dropped):
            out.append(piece)
    return set_inlines(tuple(out))
