"""Reading the places of a citation ("§ 18, stk. 2, jf. stk. 1") forward from a position in a clean text.

Everything reads from left to right, tries a bounded number of steps and goes back at most to where it began,
so that a whole text is read in linear time. What differs from the right form is a `Slip`, not a failure.
"""

from __future__ import annotations

import enum
import re
from collections.abc import Callable
from typing import NamedTuple

from letters.law.citation import CONJUNCTIONS, Join, Level, Place, Span, Unit
from letters.law.names import NO_NAMES, Known


class SlipKind(enum.Enum):
    """What was written otherwise than Lovtidende writes it."""

    GENITIVE = "genitive"  # "folkeskoleloven § 26"
    SPACE = "space"  # "§18", "§ 18a", "nr.3"
    COMMA = "comma"  # "§ 18 stk. 2"
    ABBREVIATION = "abbreviation"  # "jfr.", "stk 2", "art. 9", "paragraf 18"
    SIGN = "sign"  # "§ 18 og 19", "§§ 18"
    LOST_SIGN = "lost-sign"  # "dagtilbudslovens 32, stk. 1"
    RANGE = "range"  # "§§ 58 a-c"
    ORDER = "order"  # "stk. 8, pkt. 3", "lov om social service § 52"


class Slip(NamedTuple):
    """A slip and the stretch of text it stands in."""

    kind: SlipKind
    start: int
    end: int


class Reader:
    """A text, how far it is read, and the slips met so far.

    Attributes:
        far: the furthest that was read before going back.
    """

    def __init__(self, text: str, pos: int, known: Known = NO_NAMES) -> None:
        self.text = text
        self.pos = self.far = pos
        self.known = known
        self.slips: list[Slip] = []

    def take(self, pattern: re.Pattern[str]) -> re.Match[str] | None:
        found = pattern.match(self.text, self.pos)
        if found is not None:
            self.pos = found.end()
        return found

    def sees(self, pattern: re.Pattern[str]) -> bool:
        return pattern.match(self.text, self.pos) is not None

    def slip(self, kind: SlipKind, start: int, end: int | None = None) -> None:
        self.slips.append(Slip(kind, start, self.pos if end is None else end))

    def mark(self) -> tuple[int, int]:
        return self.pos, len(self.slips)

    def reset(self, mark: tuple[int, int]) -> None:
        self.far = max(self.far, self.pos)
        self.pos = mark[0]
        del self.slips[mark[1] :]


# Labels

_NUMBER = re.compile(r"[1-9]\d{0,3}(?!\d)")
_SMALL = re.compile(r"[1-9]\d{0,2}(?!\d)")
_ROMAN = re.compile(r"[IVXLC]{1,7}(?!\w)")
_ADDED = re.compile(r"( ?)([a-zæøå])(?!\w)")
_CLOSE_ADDED = re.compile(r"[a-z](?!\w)")
_LITRA = re.compile(r"([a-zæøå])\1?(?!\w)")
_NO_LABEL = re.compile(r"\.\w|\. ?\d|-(?!([a-zæøå])\1(?!\w))[a-zæøå]{2}|['’]")
_PREPOSITION = re.compile(
    r" (?!(?:og|eller|samt|jf|i|finder|gælder|er|skal|kan|har|må|vil|bliver|indeholder|omfatter|giver"
    r"|fremgår|medfører|stk|nr|litra|\d{1,2}\. ?pkt)\b)"
)
_COUNTED = re.compile(
    r"\.(?=[ \d]?[a-zæøå])|\.-?\d|\.,| ?%"
    r"| (?:kr|kroner|personer|børn|voksne|måneders?|ugers?|dages?|års?|timer|gange|ansøgninger|sager"
    r"|afgørelser|procent|pct|bilag|sider|øre|arbejdsdage|hverdage|familier)\b"
)


def _label(reader: Reader, unit: Unit) -> str | None:
    match unit:
        case Unit.LETTER:
            return _letter(reader)
        case Unit.ARTICLE:
            return _article(reader)
        case Unit.PART | Unit.ANNEX if roman := reader.take(_ROMAN):
            return roman.group()
        case Unit.SUBSECTION | Unit.NUMBER:
            found = reader.take(_SMALL)
            return found.group() if found else None
        case Unit.PART | Unit.ANNEX:
            return _numbered(reader, _SMALL)
        case _:
            return _numbered(reader, _NUMBER)


def _letter(reader: Reader) -> str | None:
    found = _LITRA.match(reader.text, reader.pos)
    if found is None or _NO_LABEL.match(reader.text, found.end()):
        return None
    if found.group() == "i" and _PREPOSITION.match(reader.text, found.end()):
        return None
    reader.pos = found.end()
    return found.group()


def _article(reader: Reader) -> str | None:
    number = reader.take(_NUMBER)
    if number is None:
        return None
    added = reader.take(_CLOSE_ADDED)
    return number.group() + (added.group() if added else "")


def _numbered(reader: Reader, pattern: re.Pattern[str]) -> str | None:
    """A number and perhaps a letter: "18 a". In "§ 14 i lov om" the i is a preposition."""
    number = reader.take(pattern)
    if number is None:
        return None
    added = _ADDED.match(reader.text, reader.pos)
    if added is None or not _is_label(reader.text, added):
        return number.group()
    reader.pos = added.end()
    if not added[1]:
        reader.slip(SlipKind.SPACE, number.start())
    return f"{number.group()} {added[2]}"


def _is_label(text: str, added: re.Match[str]) -> bool:
    if _NO_LABEL.match(text, added.end()):
        return False
    return added[2] != "i" or not added[1] or _PREPOSITION.match(text, added.end()) is None


# Lists and ranges

_DASH = re.compile(r" ?[-–—] ?(?=[\da-zæøåIVXLC])")
_COMMA_ITEM = re.compile(r", ?(?=[\da-zæøåIVXLC])")
_AND_ITEM = re.compile(r" (og|eller|samt) (?=[\da-zæøåIVXLC])")
_MOST_ITEMS = 60


def _span(reader: Reader, unit: Unit) -> Span | None:
    start = reader.pos
    first = _label(reader, unit)
    if first is None:
        return None
    mark = reader.mark()
    if reader.take(_DASH):
        last = _range_end(reader, unit, first, start)
        if last is not None:
            return Span(first, last)
    reader.reset(mark)
    return Span(first)


def _range_end(reader: Reader, unit: Unit, first: str, start: int) -> str | None:
    last = _label(reader, unit)
    if last is None and " " in first and (letter := reader.take(_CLOSE_ADDED)):
        reader.slip(SlipKind.RANGE, start)
        last = f"{first.split(' ')[0]} {letter.group()}"
    return None if reader.text[reader.pos : reader.pos + 1].isalnum() else last


def _spans(reader: Reader, unit: Unit) -> tuple[tuple[Span, ...], str] | None:
    first = _span(reader, unit)
    if first is None:
        return None
    spans, more = [first], True
    begin = mark = reader.mark()
    while more and len(spans) < _MOST_ITEMS:
        mark = reader.mark()
        more = reader.take(_COMMA_ITEM) is not None and _add(reader, unit, spans)
    reader.reset(mark)
    if conjunction := reader.take(_AND_ITEM):
        if _add(reader, unit, spans):
            return tuple(spans), conjunction[1]
        reader.reset(mark)
    if len(spans) > 1:  # no closing conjunction: what follows the comma is something else
        reader.reset(begin)
    return (first,), "og"


def _add(reader: Reader, unit: Unit, spans: list[Span]) -> bool:
    span = _span(reader, unit)
    if span is None or reader.sees(_COUNTED):
        return False
    spans.append(span)
    return True


# Levels

_HEADS: tuple[tuple[Unit, re.Pattern[str]], ...] = (
    (Unit.SECTION, re.compile(r"(?:§§|§ ?§|§|[Pp]aragraf(?:fer|ferne|fen)?(?= ))( ?)(?=\d)")),
    (Unit.SUBSECTION, re.compile(r"(?:[Ss]tk\.?|[Ss]tykke)( ?)(?=\d)")),
    (Unit.NUMBER, re.compile(r"[Nn]r\.?( ?)(?=\d)")),
    (Unit.LETTER, re.compile(r"[Ll]it(?:ra|t?\.)( ?)(?=\w)")),
    (Unit.CHAPTER, re.compile(r"(?:[Kk]apit(?:el|lerne|ler)|[Kk]ap\.)( ?)(?=\d)")),
    (Unit.ARTICLE, re.compile(r"(?:[Aa]rtik(?:el|lerne|ler)|[Aa]rt\.)( ?)(?=\d)")),
    (Unit.PART, re.compile(r"[Aa]fsnit( ?)(?=[\dIVXLC])")),
    (Unit.ANNEX, re.compile(r"[Bb]ilag( ?)(?=[\dIVXLC])")),
)
_FULL = frozenset(unit.value for unit in Unit) | {"§§"}
_SENTENCES = re.compile(
    r"((?:[1-9]\d?\.?(?:-[1-9]\d?\.?)?(?:, | og | eller | samt )){0,9}[1-9]\d?\.?(?:-[1-9]\d?\.?)?)( ?)"
    r"(?:pkt|punktum|punktummer)\b(\.?)"
)
_SENTENCE_PARTS = re.compile(r"([1-9]\d?)\.?(?:-([1-9]\d?)\.?)?")
_SENTENCE_AFTER = re.compile(r"pkt\. ?([1-9]\d?)(?!\d)")


def _level(reader: Reader) -> Level | None:
    for unit, head in _HEADS:
        mark, start = reader.mark(), reader.pos
        found = reader.take(head)
        if found is not None and (spans := _spans(reader, unit)) is not None:
            level = Level(unit, *spans)
            _check_head(reader, level, found, start)
            return level
        reader.reset(mark)
    return _sentences(reader) or _sentence_after(reader)


def _check_head(reader: Reader, level: Level, head: re.Match[str], start: int) -> None:
    """Report how a level's sign was written."""
    sign = head.group().rstrip().lower()
    if not head[1]:
        reader.slip(SlipKind.SPACE, start)
    if sign not in _FULL and not sign.startswith(("kapit", "artik")):
        reader.slip(SlipKind.SIGN if "§" in sign else SlipKind.ABBREVIATION, start)
    elif level.unit is Unit.SECTION and (sign == "§§") is not level.several:
        reader.slip(SlipKind.SIGN, start)


def _sentences(reader: Reader) -> Level | None:
    start = reader.pos
    found = reader.take(_SENTENCES)
    if found is None:
        return None
    spans = tuple(Span(one[1], one[2]) for one in _SENTENCE_PARTS.finditer(found[1]))
    ordinals = sum(1 + (span.last is not None) for span in spans)
    if found[1].count(".") != ordinals:
        reader.slip(SlipKind.ABBREVIATION, start)
    if not found[2]:
        reader.slip(SlipKind.SPACE, start)
    if not found[3] and not found.group().endswith(("punktum", "punktummer")):
        reader.slip(SlipKind.ABBREVIATION, start)
    words = [word for word in found[1].split(" ") if word in CONJUNCTIONS]
    return Level(Unit.SENTENCE, spans, words[-1] if words else "og")


def _sentence_after(reader: Reader) -> Level | None:
    start = reader.pos
    found = reader.take(_SENTENCE_AFTER)
    if found is None:
        return None
    reader.slip(SlipKind.ORDER, start)
    return Level(Unit.SENTENCE, (Span(found[1]),))


# Places

_BETWEEN = re.compile(r"(,?)( ?)")
_MOST_PLACES = 40
_JOINED = re.compile(r"(,?)( ?)(jf\. dog|jf\.|jfr\.|jvf\.|jf|og|eller|samt) ")
_COMMA = re.compile(r", ?")
_JOINS = {join.value: join for join in Join if join not in (Join.FIRST, Join.COMMA)}


def read_place(reader: Reader, join: Join = Join.FIRST) -> Place | None:
    """One path, as deep as it goes."""
    first = _level(reader)
    return None if first is None else _descend(reader, first, join)


def read_lost_sign(reader: Reader) -> Place | None:
    """A path whose § was lost: "32, stk. 1" after "dagtilbudslovens"."""
    start = reader.pos
    spans = _spans(reader, Unit.SECTION)
    if spans is None:
        return None
    reader.slip(SlipKind.LOST_SIGN, start)
    return _descend(reader, Level(Unit.SECTION, *spans), Join.FIRST)


def _descend(reader: Reader, first: Level, join: Join) -> Place:
    levels = [first]
    while (level := _deeper(reader, levels[-1])) is not None:
        levels.append(level)
    return Place(tuple(levels), join)


def _deeper(reader: Reader, above: Level) -> Level | None:
    mark = reader.mark()
    between = reader.take(_BETWEEN)
    if between is not None and between.group():
        level = _level(reader)
        if level is not None and level.unit.depth > above.unit.depth:
            _check_between(reader, between)
            return level
    reader.reset(mark)
    return None


def _check_between(reader: Reader, between: re.Match[str]) -> None:
    if not between[1]:
        reader.slip(SlipKind.COMMA, between.start(), between.end() + 1)
    if not between[2]:
        reader.slip(SlipKind.SPACE, between.start(), between.end() + 1)


def read_places(reader: Reader, first: Place, stops: Callable[[Reader], bool]) -> tuple[Place, ...]:
    """All places that hang together with the first: "§ 18, stk. 2, jf. stk. 1".

    Args:
        stops: whether the place just read belongs to another act, so that it must be given back.
    """
    places = [first]
    while len(places) < _MOST_PLACES:
        mark = reader.mark()
        place = _joined_place(reader)
        if place is None or stops(reader):
            reader.reset(mark)
            break
        places.append(place)
    return tuple(places)


def _joined_place(reader: Reader) -> Place | None:
    start = reader.pos
    joined = reader.take(_JOINED)
    if joined is None:
        return read_place(reader, Join.COMMA) if reader.take(_COMMA) else None
    if joined[3] not in _JOINS:
        reader.slip(SlipKind.ABBREVIATION, joined.start(3), joined.end(3))
    join = _JOINS.get(joined[3], Join.SEE)
    if join in (Join.SEE, Join.SEE_HOWEVER) and not joined[1]:
        reader.slip(SlipKind.COMMA, start)
    return read_place(reader, join)
