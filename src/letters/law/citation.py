"""What a Danish citation of law is.

A `Citation` is one reference to one act: "integrationslovens § 18, stk. 2, jf. stk. 1". It is independent of
how it was typed; `letters.law.writing.write` gives the one right form, `letters.law.find.parse` reads it
back.

Source of the forms: the order and punctuation that Lovtidende uses ("§ 2, stk. 6, nr. 9, litra a, 2. pkt.").
"""

from __future__ import annotations

import datetime as dt
import enum
import itertools
import re

from msgspec import Struct

MONTHS = (
    *("januar", "februar", "marts", "april", "maj", "juni"),
    *("juli", "august", "september", "oktober", "november", "december"),
)


class Unit(enum.Enum):
    """A level of an act; the value is its Danish sign."""

    SECTION = "§"
    CHAPTER = "kapitel"
    PART = "afsnit"
    ANNEX = "bilag"
    ARTICLE = "artikel"
    SUBSECTION = "stk."
    NUMBER = "nr."
    LETTER = "litra"
    SENTENCE = "pkt."

    @property
    def depth(self) -> int:
        """0 for what stands directly in an act; a sentence (pkt.) is deepest."""
        return _DEPTHS.get(self, 0)


_DEPTHS = {Unit.SUBSECTION: 1, Unit.NUMBER: 2, Unit.LETTER: 3, Unit.SENTENCE: 4}

_LETTERED = re.compile(r"[1-9]\d{0,3}( [a-zæøå])?")
_ROMAN = re.compile(r"[IVXLC]{1,7}|[1-9]\d{0,2}( [a-zæøå])?")
_LABELS = {
    Unit.SECTION: _LETTERED,
    Unit.CHAPTER: _LETTERED,
    Unit.PART: _ROMAN,
    Unit.ANNEX: _ROMAN,
    Unit.ARTICLE: re.compile(r"[1-9]\d{0,3}[a-z]?"),
    Unit.SUBSECTION: re.compile(r"[1-9]\d{0,2}"),
    Unit.NUMBER: re.compile(r"[1-9]\d{0,2}"),
    Unit.LETTER: re.compile(r"([a-zæøå])\1?"),
    Unit.SENTENCE: re.compile(r"[1-9]\d?"),
}

CONJUNCTIONS = ("og", "eller", "samt")


class Span(Struct, frozen=True):
    """One label ("18 a") or a range of them ("22-24").

    Attributes:
        last: the end of a range, its number repeated ("58 a" to "58 c"); None for a single label.
    """

    first: str
    last: str | None = None


class Level(Struct, frozen=True):
    """One level of a place: "§§ 18 og 19", "litra a-d", "1. og 2. pkt.".

    Raises:
        ValueError: for a label that the unit cannot have, an empty list or an unknown conjunction.
    """

    unit: Unit
    spans: tuple[Span, ...]
    conjunction: str = "og"

    def __post_init__(self) -> None:
        label = _LABELS[self.unit]
        ends = [end for span in self.spans for end in (span.first, span.last) if end is not None]
        if not ends or self.conjunction not in CONJUNCTIONS or not all(label.fullmatch(end) for end in ends):
            raise ValueError(f"no level of a Danish act: {self}")

    @property
    def several(self) -> bool:
        return len(self.spans) > 1 or self.spans[0].last is not None

    def singles(self) -> tuple[Level, ...]:
        """One level for each label; of a long range, or one over letters with numbers, only the ends."""
        labels = dict.fromkeys(label for span in self.spans for label in _between(span))
        return tuple(Level(self.unit, (Span(label),)) for label in labels)


_LONGEST_RANGE = 200


def _between(span: Span) -> tuple[str, ...]:
    """The labels of a span in order."""
    first, last = span.first, span.last
    if last is None:
        return (first,)
    if first.isdecimal() and last.isdecimal() and 0 < int(last) - int(first) <= _LONGEST_RANGE:
        return tuple(map(str, range(int(first), int(last) + 1)))
    if len(first) == len(last) == 1 and first.islower() and first < last <= "z":
        return tuple(map(chr, range(ord(first), ord(last) + 1)))
    return (first, last)


class Join(enum.Enum):
    """How a place hangs on the one before it."""

    FIRST = ""
    COMMA = ","
    AND = "og"
    OR = "eller"
    TOGETHER = "samt"
    SEE = "jf."
    SEE_HOWEVER = "jf. dog"


class Place(Struct, frozen=True):
    """A path into an act: "§ 18, stk. 2".

    After a join it may be relative to the place before: "§ 18, stk. 2, jf. stk. 1".

    Raises:
        ValueError: for a path that is empty or does not go deeper from level to level.
    """

    levels: tuple[Level, ...]
    join: Join = Join.FIRST

    def __post_init__(self) -> None:
        depths = [level.unit.depth for level in self.levels]
        if not depths or any(deeper <= depth for depth, deeper in itertools.pairwise(depths)):
            raise ValueError(f"no path into an act: {self}")

    @property
    def relative(self) -> bool:
        return self.levels[0].unit.depth > 0


class Kind(enum.Enum):
    """Kinds of document; the value is how register files name them: Retsinformation's sign, or the word."""

    LOV = "LOV"
    LBK = "LBK"
    BEK = "BEK"
    CIR = "CIR"
    VEJ = "VEJ"
    ANO = "ANO"
    REGULATION = "forordning"
    DIRECTIVE = "direktiv"

    @property
    def word(self) -> str:
        return _KIND_WORDS.get(self.value, self.value)

    @property
    def sign(self) -> str:
        """Retsinformation's short sign; empty for EU acts, which have none."""
        return self.value if self.value in _KIND_WORDS else ""

    @property
    def european(self) -> bool:
        return not self.sign


_KIND_WORDS = {
    "LOV": "lov",
    "LBK": "lovbekendtgørelse",
    "BEK": "bekendtgørelse",
    "CIR": "cirkulære",
    "VEJ": "vejledning",
    "ANO": "anordning",
}

_NATIONAL_NUMBER = re.compile(r"[1-9]\d{0,4}")
_EU_NUMBER = re.compile(r"(\((EU|EF|EØF)\) )?(nr\. )?\d{2,4}/\d{1,4}(/(EU|EF|EØF))?")


class Designation(Struct, frozen=True):
    """A document by kind, number and date.

    Attributes:
        number: "1146"; for an EU act as it is cited: "(EU) 2016/679", "95/46/EF".
        date: date of issue; None when it is not given.
        short: written with Retsinformation's sign, "LBK nr. 989 af 27/08/2024".
    Raises:
        ValueError: for a number that the kind cannot have, or a short sign for an EU act.
    """

    kind: Kind
    number: str
    date: dt.date | None = None
    short: bool = False

    def __post_init__(self) -> None:
        form = _EU_NUMBER if self.kind.european else _NATIONAL_NUMBER
        if not form.fullmatch(self.number) or (self.short and self.kind.european):
            raise ValueError(f"no designation: {self}")


class Amendment(Struct, frozen=True):
    """A document that changed another one, and the place in it that did so, if that is named."""

    designation: Designation
    place: Place | None = None


AMENDED_BY = (
    "som ændret ved",
    "som ændret bl.a. ved",
    "som senest ændret ved",
    "med de ændringer, der følger af",
    "med senere ændringer",
)


class Amended(Struct, frozen=True):
    """The tail of a designation: "som ændret ved § 1 i lov nr. 638 af 12. juni 2013".

    Attributes:
        phrase: one of `AMENDED_BY`; the last of them names no documents.
        latest: what follows "og senest ved"; None when nothing does.
    """

    phrase: str
    by: tuple[Amendment, ...] = ()
    latest: Amendment | None = None

    def __post_init__(self) -> None:
        if self.phrase not in AMENDED_BY or bool(self.by) is (self.phrase == AMENDED_BY[-1]):
            raise ValueError(f"no amendment phrase: {self}")


class Form(enum.Enum):
    """How act and place stand together.

    GENITIVE: "integrationslovens § 18". IN: "§ 18 i lov om ...". COMMA: "bekendtgørelsen om ..., § 12",
    "forordning (EU) 2016/679, artikel 15".
    ALONE: a place without an act, or an act without a place.
    """

    GENITIVE = "genitive"
    IN = "in"
    COMMA = "comma"
    ALONE = "alone"


class Citation(Struct, frozen=True):
    """One reference to one act.

    Attributes:
        places: empty when the act as a whole is meant.
        act: the act's name in its base form, "integrationsloven" or "lov om Digital Post"; None when it is
        not
            named. "loven" and its like point back to an act named before.
        short_name: the name in brackets after a title, "lov om ... (integrationsloven)"; empty when none.
        designation: kind, number and date, if given.
        amended: what follows the designation, if anything.
    Raises:
        ValueError: for parts that do not go together, such as a form without an act.
    """

    places: tuple[Place, ...] = ()
    act: str | None = None
    form: Form = Form.ALONE
    short_name: str = ""
    designation: Designation | None = None
    amended: Amended | None = None

    def __post_init__(self) -> None:
        named = self.act is not None or self.designation is not None
        if not self._well_joined() or not (self.places or named):
            raise ValueError(f"no citation: {self}")
        if self.places and named is (self.form is Form.ALONE):
            raise ValueError(f"the form does not fit what is cited: {self}")
        if self.places and named and self.places[0].relative:
            raise ValueError(f"an act is cited from its outermost level: {self}")
        if self.form is Form.GENITIVE and (self.act is None or self.short_name):
            raise ValueError(f"no genitive without a plain name: {self}")
        if self.form is Form.COMMA and not self._one_name():
            raise ValueError(f"a comma stands after a name alone: {self}")
        if (self.short_name and self.act is None) or (self.amended and self.designation is None):
            raise ValueError(f"nothing to hang on: {self}")

    def _one_name(self) -> bool:
        """Whether the act is named once, in words or as an EU act's number."""
        if self.designation is None:
            return self.act is not None and not self.short_name
        return self.act is None and self.designation.kind.european and self.amended is None

    def _well_joined(self) -> bool:
        joins = [place.join for place in self.places]
        if Join.FIRST in joins[1:] or joins[:1] not in ([], [Join.FIRST]):
            return False
        return all(
            place.join is not Join.COMMA or place.levels[0].unit.depth <= before.levels[-1].unit.depth
            for before, place in itertools.pairwise(self.places)
        )

    def paths(self) -> tuple[tuple[Level, ...], ...]:
        """Every place in full: a relative one inherits what lies above it in the place before."""
        full: list[tuple[Level, ...]] = []
        for place in self.places:
            above = full[-1] if full and place.relative else ()
            depth = place.levels[0].unit.depth
            full.append((*(level for level in above if level.unit.depth < depth), *place.levels))
        return tuple(full)
