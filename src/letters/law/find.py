"""Finding citations in any text, and parsing one that stands alone.

A regular expression finds where a citation may begin (a "§", "kapitel 3", "lov nr. 145"); from there the
grammar reads forward, and the few words before are looked at for the act's name. How far it looks is bounded,
so that the time grows with the length of the text whatever it holds; what stands in the same surroundings as
before is not read again.

Left out on purpose: "stk. 2" without a "§", and "kapitel 3", "bilag 1" or "artikel 8" without an act, which
in a letter may be anything.
"""

from __future__ import annotations

import re

from msgspec import Struct
from msgspec.structs import replace

from letters.law.citation import Citation, Form, Place, Unit
from letters.law.clean import Clean
from letters.law.designations import names_act_after, read_amended, read_designation
from letters.law.grammar import Reader, Slip, SlipKind, read_lost_sign, read_place, read_places
from letters.law.names import NO_NAMES, Known, Named, name_at, name_before, title_before
from letters.law.seen import Found as Found
from letters.law.seen import Outcome, Seen, moved

_ANCHOR = re.compile(
    r"§(?=[ §]{0,2}\d)|[Pp]aragraf(?:fer|ferne|fen)? (?=\d)"
    r"|\b(?:[Kk]apit(?:el|ler|lerne)|[Kk]ap\.|[Aa]rtik(?:el|ler|lerne)|[Aa]rt\.|[Aa]fsnit|[Bb]ilag)"
    r" ?(?=[\dIVXLC])"
    r"|(?P<lost>(?:loven|bekendtgørelsen)s (?=\d{1,3}(?: ?[a-zæøå])?, ?(?:stk|nr)\.? ?\d))"
    r"|\b(?P<document>(?:[Ll]ov|[Ll]ovbekendtgørelse|[Bb]ekendtgørelse|[Cc]irkulære|[Vv]ejledning|[Aa]nordning"
    r"|LOV|LBK|BEK|CIR|VEJ|ANO) nr\.? ?(?=\d)|(?:[Ff]orordning|[Dd]irektiv) (?=\(E|nr\. \d|\d))"
)
_JF_BEFORE = re.compile(r"(?:jfr\.|jvf\.|jf) $")
_JF_DOCUMENT = re.compile(r",? (jf\.|jfr\.|jvf\.|jf) (?=[\w])")
_SHORT_NAME = re.compile(r" \(([^()\n]{3,60})\)")
_OTHER_OWNER = re.compile(r"[\w-]{2,60}(?:en|et|ne)s$")
_OTHER_RULES = re.compile(
    r",? i [\w-]{0,40}(?:kontrakten?|aftalen?|overenskomsten?|vedtægterne|vedtægten|regulativet|reglementet"
    r"|forretningsordenen|husordenen|betingelserne)\b"
)


class NotACitationError(ValueError):
    """A text that is no citation, or more than one."""


def find_citations(text: str, known: Known = NO_NAMES) -> tuple[Found, ...]:
    """Every citation of law in a text, in order and without overlap.

    Args:
        known: names of acts to recognise word for word, such as titles and abbreviations.
    """
    clean = Clean(text)
    found = _scan(clean.text, known, bare=False, seen=Seen(known))
    return tuple(found) if clean.same else tuple(_in_source(clean, one) for one in found)


def parse(text: str, known: Known = NO_NAMES) -> Citation:
    """The citation that a text consists of; here a bare "stk. 2", "kapitel 3" or "integrationsloven" counts,
    too.

    Raises:
        NotACitationError: if the text is anything else.
    """
    clean = Clean(text).text.strip()
    first = next(iter(_scan(clean, known, bare=True)), None)
    for found in (first, _bare_places(clean, known), _bare_act(clean, known)):
        if found is not None and (found.start, found.end) == (0, len(clean)):
            return found.citation
    raise NotACitationError(f"not one citation: {text[:80]!r}")


def _scan(text: str, known: Known, *, bare: bool, seen: Seen | None = None) -> list[Found]:
    found: list[Found] = []
    pos = 0
    while anchor := _ANCHOR.search(text, pos):
        floor = found[-1].end if found else 0
        start = anchor.start()
        again = seen.find(text, floor, start) if seen is not None else None
        if again is not None:
            pos = start + again.read
            if again.found is not None:
                found.append(moved(again.found, start))
            continue
        reader = Reader(text, start, known)
        one = _read(reader, anchor, floor, bare=bare)
        if one is not None:
            one = _with_jf_before(text, one, floor)
            found.append(one)
        pos = max(reader.pos, anchor.end())
        if seen is not None:
            seen.add(text, floor, start, Outcome(one and moved(one, -start), pos - start), reader.far)
    return found


def _read(reader: Reader, anchor: re.Match[str], floor: int, *, bare: bool) -> Found | None:
    if anchor["document"]:
        return _document(reader, floor)
    if anchor["lost"]:
        reader.pos = anchor.end()
    at = reader.pos
    place = read_lost_sign(reader) if anchor["lost"] else read_place(reader)
    return None if place is None else _place(reader, place, _before(reader, floor, at), bare)


# Before a citation


class _Before(Struct, frozen=True):
    """What stands before the first place: where the citation starts, and the act if it is named."""

    start: int
    act: str | None = None
    form: Form = Form.ALONE
    others: bool = False
    slip: Slip | None = None


def _before(reader: Reader, floor: int, at: int) -> _Before:
    text, known = reader.text, reader.known
    end = at - 1 if at > floor and text[at - 1] == " " else at
    if end > floor and text[end - 1] == ",":
        named = name_before(text, end - 1, floor, known) or title_before(text, end - 1, floor)
        if named is None or named.owned:
            return _Before(at)
        return _Before(named.start, named.name, Form.COMMA)
    named = name_before(text, end, floor, known)
    if named is not None:
        return _owner(named)
    title = title_before(text, end, floor)
    if title is not None:
        return _Before(title.start, title.name, Form.IN, slip=Slip(SlipKind.ORDER, title.start, end))
    return _Before(at, others=_OTHER_OWNER.search(text, max(floor, end - 70), end) is not None)


def _owner(named: Named) -> _Before:
    if named.owned or named.name.isupper():
        return _Before(named.start, named.name, Form.GENITIVE)
    if named.definite:
        slip = Slip(SlipKind.GENITIVE, named.start, named.end)
        return _Before(named.start, named.name, Form.GENITIVE, slip=slip)
    return _Before(named.start, named.name, Form.IN, slip=Slip(SlipKind.ORDER, named.start, named.end))


def _with_jf_before(text: str, found: Found, floor: int) -> Found:
    before = _JF_BEFORE.search(text, max(floor, found.start - 6), found.start)
    if before is None:
        return found
    slip = Slip(SlipKind.ABBREVIATION, before.start(), before.end() - 1)
    return found._replace(slips=(slip, *found.slips))


# From the first place on


def _place(reader: Reader, first: Place, before: _Before, bare: bool) -> Found | None:
    def stops(reader: Reader) -> bool:
        return before.act is not None and names_act_after(reader)

    places = read_places(reader, first, stops)
    citation = _with_act(reader, places, before)
    if citation.form is Form.ALONE and not bare:
        section = any(place.levels[0].unit is Unit.SECTION for place in places)
        if not section or before.others or _OTHER_RULES.match(reader.text, reader.pos):
            return None
    slips = reader.slips if before.slip is None else [before.slip, *reader.slips]
    return Found(before.start, reader.pos, citation, tuple(slips))


def _with_act(reader: Reader, places: tuple[Place, ...], before: _Before) -> Citation:
    if before.act is None:
        return _act_after(reader, places)
    citation = Citation(places, before.act, before.form)
    return citation if before.form is Form.COMMA else _with_designation(reader, citation)


_IN = re.compile(r",? i ")


def _act_after(reader: Reader, places: tuple[Place, ...]) -> Citation:
    """Look for " i lov om ..." or " i lov nr. ..." behind the places."""
    mark = reader.mark()
    if not places[0].relative and reader.take(_IN):
        designation = read_designation(reader)
        if designation is not None:
            return Citation(places, None, Form.IN, "", designation, read_amended(reader))
        named = name_at(reader.text, reader.pos, reader.known)
        if named is not None:
            reader.pos = named.end
            return _with_designation(reader, Citation(places, named.name, Form.IN, _short_name(reader)))
    reader.reset(mark)
    return Citation(places)


def _short_name(reader: Reader) -> str:
    mark = reader.mark()
    found = reader.take(_SHORT_NAME)
    named = None if found is None else name_at(found[1], 0, reader.known)
    if found is None or named is None or named.end != len(found[1]):
        reader.reset(mark)
        return ""
    return named.name


def _with_designation(reader: Reader, citation: Citation) -> Citation:
    mark = reader.mark()
    joined = reader.take(_JF_DOCUMENT)
    designation = read_designation(reader) if joined else None
    if joined is None or designation is None:
        reader.reset(mark)
        return citation
    if joined[1] != "jf.":
        reader.slip(SlipKind.ABBREVIATION, joined.start(1), joined.end(1))
    return replace(citation, designation=designation, amended=read_amended(reader))


# A document by number, and what stands before it


def _document(reader: Reader, floor: int) -> Found | None:
    start = reader.pos
    designation = read_designation(reader)
    if designation is None:
        return None
    amended = read_amended(reader)
    named = _named_before(reader, start, floor)
    if named is None:
        citation = Citation(designation=designation, amended=amended)
        if designation.kind.european and amended is None:
            citation = _with_articles(reader, citation)
        return Found(start, reader.pos, citation, tuple(reader.slips))
    act, short_name, begin = named
    citation = Citation((), act, Form.ALONE, short_name, designation, amended)
    return Found(begin, reader.pos, citation, tuple(reader.slips))


_TO_ARTICLE = re.compile(r"(,?) (?=[Aa]rtik|[Aa]rt\.|[Bb]ilag )")


def _with_articles(reader: Reader, citation: Citation) -> Citation:
    """An EU act by number and then its place: "direktiv 95/46/EF, artikel 7"."""
    mark, start = reader.mark(), reader.pos
    comma = reader.take(_TO_ARTICLE)
    first = read_place(reader) if comma is not None else None
    if comma is None or first is None or first.relative:
        reader.reset(mark)
        return citation
    if not comma[1]:
        reader.slip(SlipKind.COMMA, start, reader.pos)
    places = read_places(reader, first, names_act_after)
    return replace(citation, places=places, form=Form.COMMA)


_JF_END = re.compile(r",? (?:jf\.|jfr\.|jvf\.) $")


def _named_before(reader: Reader, start: int, floor: int) -> tuple[str, str, int] | None:
    """The name, short name and start of "lov om ... (kortnavn), jf. " before a designation."""
    text, known = reader.text, reader.known
    joined = _JF_END.search(text, max(floor, start - 7), start)
    if joined is None:
        return None
    end, short = joined.start(), ""
    opening = text.rfind(" (", max(floor, end - 70), end)
    if text[end - 1 : end] == ")" and opening >= 0:
        inner = name_at(text[opening + 2 : end - 1], 0, known)
        if inner is None or inner.end != end - 1 - (opening + 2):
            return None
        short, end = inner.name, opening
    title = title_before(text, end, floor)
    named = name_before(text, end, floor, known)
    best = min((one for one in (title, named) if one is not None), key=lambda one: one.start, default=None)
    return None if best is None or best.owned else (best.name, short, best.start)


# What only `parse` accepts


def _bare_places(text: str, known: Known) -> Found | None:
    reader = Reader(text, 0, known)
    first = read_place(reader)
    return None if first is None else _place(reader, first, _Before(0), bare=True)


def _bare_act(text: str, known: Known) -> Found | None:
    named = name_at(text, 0, known)
    if named is None:
        return None
    reader = Reader(text, named.end, known)
    citation = _with_designation(reader, Citation((), named.name, Form.ALONE, _short_name(reader)))
    return Found(0, reader.pos, citation, tuple(reader.slips))


def _in_source(clean: Clean, found: Found) -> Found:
    start, end = clean.source_span(found.start, found.end)
    slips = tuple(Slip(slip.kind, *clean.source_span(slip.start, slip.end)) for slip in found.slips)
    return Found(start, end, found.citation, slips)
