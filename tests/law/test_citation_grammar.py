"""What is written is read back, and the grammar's traps."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from letters.law.citation import (
    AMENDED_BY,
    Amended,
    Amendment,
    Citation,
    Designation,
    Form,
    Join,
    Kind,
    Level,
    Place,
    Span,
    Unit,
)
from letters.law.find import NotACitationError, find_citations, parse
from letters.law.grammar import SlipKind
from letters.law.writing import write

LETTERS = "abcdefghijklmnopqrstuvwxyzæøå"
NAMES = [
    *("integrationsloven", "forvaltningsloven", "CPR-loven", "databeskyttelsesforordningen"),
    *("boligplaceringsbekendtgørelsen", "2012-forvaltningsloven", "loven", "bekendtgørelsen"),
]
TITLES = [
    "lov om Digital Post fra offentlige afsendere",
    "lov om integration af udlændinge i Danmark",
    "bekendtgørelse om boligplacering af flygtninge",
    "bekendtgørelsen om boligplacering af flygtninge",
    "lov om retssikkerhed og administration på det sociale område",
    "lov om almene boliger m.v.",
]
OUTERMOST = [unit for unit in Unit if unit.depth == 0]
DEEPER = sorted((unit for unit in Unit if unit.depth), key=lambda unit: unit.depth)

numbers = st.integers(1, 9999).map(str)
small = st.integers(1, 999).map(str)
lettered = st.builds(lambda n, c: f"{n} {c}" if c else n, numbers, st.sampled_from(["", *LETTERS]))
roman = st.sampled_from(["I", "II", "IV", "IX", "XII"])


def _labels(unit: Unit) -> st.SearchStrategy[str]:
    match unit:
        case Unit.SECTION | Unit.CHAPTER:
            return lettered
        case Unit.PART | Unit.ANNEX:
            return roman | st.builds(lambda n, c: n + c, small, st.sampled_from(["", " a", " i"]))
        case Unit.ARTICLE:
            return st.builds(lambda n, c: n + c, numbers, st.sampled_from(["", *"abcxyz"]))
        case Unit.LETTER:
            return st.sampled_from([*LETTERS, "aa", "bb"])
        case Unit.SENTENCE:
            return st.integers(1, 99).map(str)
        case _:
            return small


def _spans(unit: Unit) -> st.SearchStrategy[Span]:
    return st.builds(Span, _labels(unit), st.none() | _labels(unit))


def _level(unit: Unit) -> st.SearchStrategy[Level]:
    spans = st.lists(_spans(unit), min_size=1, max_size=4).map(tuple)
    several = st.builds(Level, st.just(unit), spans, st.sampled_from(["og", "eller", "samt"]))
    return several.map(lambda level: level if len(level.spans) > 1 else Level(unit, level.spans))


@st.composite
def _place(draw: st.DrawFn, join: Join = Join.FIRST, relative: bool = False) -> Place:
    deeper = draw(st.lists(st.sampled_from(DEEPER), unique=True, max_size=3, min_size=int(relative)))
    units = sorted(deeper, key=lambda unit: unit.depth)
    if not relative:
        units = [draw(st.sampled_from(OUTERMOST)), *units]
    return Place(tuple(draw(_level(unit)) for unit in units), join)


@st.composite
def _places(draw: st.DrawFn) -> tuple[Place, ...]:
    places = [draw(_place())]
    for join in draw(
        st.lists(st.sampled_from([join for join in Join if join is not Join.FIRST]), max_size=3)
    ):
        place = draw(_place(join, draw(st.booleans())))
        too_deep = place.levels[0].unit.depth > places[-1].levels[-1].unit.depth
        places.append(Place(place.levels, Join.SEE) if join is Join.COMMA and too_deep else place)
    return tuple(places)


@st.composite
def _designation(draw: st.DrawFn) -> Designation:
    date = draw(st.none() | st.dates(dt.date(1849, 6, 5), dt.date(2099, 12, 31)))
    kind = draw(st.sampled_from(Kind))
    if kind.european:
        return Designation(kind, draw(st.sampled_from(["(EU) 2016/679", "95/46/EF", "nr. 2016/679"])), date)
    return Designation(kind, draw(st.integers(1, 99999).map(str)), date, draw(st.booleans()))


_amendments = st.builds(Amendment, _designation(), st.none() | _place())
_amended = st.just(Amended(AMENDED_BY[-1])) | st.builds(
    Amended,
    st.sampled_from(AMENDED_BY[:-1]),
    st.lists(_amendments, min_size=1, max_size=3).map(tuple),
    st.none() | _amendments,
)


@st.composite
def _citation(draw: st.DrawFn) -> Citation:
    designation = draw(st.none() | _designation())
    amended = draw(st.none() | _amended) if designation else None
    match draw(st.sampled_from(["genitive", "in", "in-document", "comma", "european", "place", "act"])):
        case "genitive":
            name = draw(st.sampled_from(NAMES))
            return Citation(draw(_places()), name, Form.GENITIVE, "", designation, amended)
        case "in":
            title, short = draw(st.sampled_from(TITLES)), draw(st.sampled_from(["", "integrationsloven"]))
            return Citation(draw(_places()), title, Form.IN, short, designation, amended)
        case "in-document":
            return Citation(
                draw(_places()), None, Form.IN, "", draw(_designation()), amended and draw(_amended)
            )
        case "comma":
            return Citation(draw(_places()), draw(st.sampled_from(TITLES + NAMES)), Form.COMMA)
        case "european":
            articles = draw(_places().filter(lambda places: places[0].levels[0].unit is Unit.ARTICLE))
            document = draw(_designation().filter(lambda one: one.kind.european))
            return Citation(articles, None, Form.COMMA, "", document)
        case "place":
            return Citation(draw(_places()))
        case _:
            return Citation((), draw(st.sampled_from(TITLES + NAMES)), Form.ALONE, "", designation, amended)


@settings(max_examples=200, deadline=None)
@given(_citation())
def test_what_is_written_is_read_back(citation: Citation) -> None:
    assert parse(write(citation)) == citation


@settings(max_examples=80, deadline=None)
@given(_citation())
def test_the_right_form_has_no_slips(citation: Citation) -> None:
    found = find_citations(f"Det følger af {write(citation)}")
    assert [one.slips for one in found] == [()] * len(found)
    assert len(found) <= 1


@settings(max_examples=50, deadline=None)
@given(_places())
def test_relative_places_reach_the_outermost_level(places: tuple[Place, ...]) -> None:
    assert all(path[0].unit.depth == 0 for path in Citation(places).paths())


@pytest.mark.parametrize(
    ("text", "letter"),
    [
        ("§ 14 i lov om social service", False),
        ("§ 43 i", True),
        ("§ 43 i, stk. 2", True),
        ("§ 43 i i lov om social service", True),
        ("kapitel 6 i", True),
        ("kapitel 6 i lov om social service", False),
    ],
)
def test_the_preposition_i_is_no_letter(text: str, letter: bool) -> None:
    level = parse(text).places[0].levels[0]
    assert level.spans[0].first.endswith(" i") is letter


@pytest.mark.parametrize(
    ("text", "right", "slips"),
    [
        ("§18", "§ 18", {SlipKind.SPACE}),
        ("§ 18a", "§ 18 a", {SlipKind.SPACE}),
        ("§ 18, stk.2, nr.3", "§ 18, stk. 2, nr. 3", {SlipKind.SPACE}),
        ("§ 18 stk. 2", "§ 18, stk. 2", {SlipKind.COMMA}),
        ("§ 18, stk 2", "§ 18, stk. 2", {SlipKind.ABBREVIATION}),
        ("§ 18, jfr. § 19", "§ 18, jf. § 19", {SlipKind.ABBREVIATION}),
        ("jfr. integrationslovens § 18", "integrationslovens § 18", {SlipKind.ABBREVIATION}),
        ("paragraf 18", "§ 18", {SlipKind.ABBREVIATION}),
        ("§ 18 og 19", "§§ 18 og 19", {SlipKind.SIGN}),
        ("§ 22-24", "§§ 22-24", {SlipKind.SIGN}),
        ("§§ 18", "§ 18", {SlipKind.SIGN}),
        ("§§ 58 a-c", "§§ 58 a-58 c", {SlipKind.RANGE}),
        ("§ 8, stk. 8, pkt. 3", "§ 8, stk. 8, 3. pkt.", {SlipKind.ORDER}),
        ("folkeskoleloven § 26", "folkeskolelovens § 26", {SlipKind.GENITIVE}),
        ("dagtilbudslovens 32, stk. 1", "dagtilbudslovens § 32, stk. 1", {SlipKind.LOST_SIGN}),
        ("lov om social service § 52", "§ 52 i lov om social service", {SlipKind.ORDER}),
        (
            "databeskyttelsesforordningens art. 9",
            "databeskyttelsesforordningens artikel 9",
            {SlipKind.ABBREVIATION},
        ),
        ("retssikkerhedslovens kap. 10", "retssikkerhedslovens kapitel 10", {SlipKind.ABBREVIATION}),
    ],
)
def test_slips_are_named_and_put_right(text: str, right: str, slips: set[SlipKind]) -> None:
    (found,) = find_citations(text)
    assert found.right == right
    assert {slip.kind for slip in found.slips} == slips


@pytest.mark.parametrize("text", ["", "§", "§ 18 og noget", "18", "se § 18", "§ 0", "lov nr."])
def test_anything_else_is_refused(text: str) -> None:
    with pytest.raises(NotACitationError):
        parse(text)


def test_wrong_parts_cannot_be_put_together() -> None:
    section = Level(Unit.SECTION, (Span("18"),))
    subsection = Level(Unit.SUBSECTION, (Span("2"),))
    with pytest.raises(ValueError, match="no level"):
        Level(Unit.SUBSECTION, (Span("2 a"),))
    with pytest.raises(ValueError, match="no path"):
        Place((subsection, section))
    with pytest.raises(ValueError, match="form"):
        Citation((Place((section,)),), "integrationsloven")
    with pytest.raises(ValueError, match="no designation"):
        Designation(Kind.LOV, "0145")
