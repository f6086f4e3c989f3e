"""Writing a citation in the form that Lovtidende uses, with plain spaces and hyphens."""

from __future__ import annotations

from letters.law.citation import (
    MONTHS,
    Amended,
    Amendment,
    Citation,
    Designation,
    Form,
    Join,
    Level,
    Place,
    Span,
    Unit,
)


def write(citation: Citation) -> str:
    """A citation in the form that Lovtidende uses, with plain spaces and hyphens."""
    places = write_places(citation.places)
    act = _act(citation)
    if not places or not act:
        return act or places
    match citation.form:
        case Form.GENITIVE:
            tail = act.removeprefix(citation.act or "")
            return f"{genitive(citation.act or '')} {places}{tail}"
        case Form.COMMA:
            return f"{act}, {places}"
        case _:
            comma = "," if _long(citation.places) else ""
            return f"{places}{comma} i {act}"


def genitive(name: str) -> str:
    """The genitive of an act's name: -s on the definite form, 's after an abbreviation in capitals."""
    return f"{name}'s" if name.isupper() else f"{name}s"


def write_places(places: tuple[Place, ...]) -> str:
    text = ""
    for number, place in enumerate(places):
        text += _joint(places[:number], place.join) + ", ".join(map(write_level, place.levels))
    return text


def _joint(before: tuple[Place, ...], join: Join) -> str:
    match join:
        case Join.FIRST:
            return ""
        case Join.COMMA:
            return ", "
        case Join.SEE | Join.SEE_HOWEVER:
            return f", {join.value} "
        case _:
            return f"{',' if _long(before) else ''} {join.value} "


def _long(places: tuple[Place, ...]) -> bool:
    """Whether the last place has several levels, so that a comma closes it."""
    return len(places[-1].levels) > 1


def write_level(level: Level) -> str:
    if level.unit is Unit.SENTENCE:
        return _list([_span(span, ".") for span in level.spans], level.conjunction) + " pkt."
    sign = "§§" if level.unit is Unit.SECTION and level.several else level.unit.value
    return f"{sign} {_list([_span(span) for span in level.spans], level.conjunction)}"


def write_path(path: tuple[Level, ...]) -> str:
    return ", ".join(map(write_level, path))


def _span(span: Span, stop: str = "") -> str:
    return f"{span.first}{stop}" if span.last is None else f"{span.first}{stop}-{span.last}{stop}"


def _list(items: list[str], conjunction: str) -> str:
    return f" {conjunction} ".join([", ".join(items[:-1]), items[-1]] if len(items) > 1 else items)


def _act(citation: Citation) -> str:
    named = citation.act or ""
    if citation.short_name:
        named += f" ({citation.short_name})"
    if citation.designation is None:
        return named
    designation = write_designation(citation.designation) + write_amended(citation.amended)
    return f"{named}, jf. {designation}" if named else designation


def write_designation(designation: Designation) -> str:
    """ "lov nr. 145 af 25. marts 2002", or "LBK nr. 989 af 27/08/2024" in the short form."""
    kind = designation.kind
    number = designation.number if kind.european else f"nr. {designation.number}"
    text = f"{kind.sign if designation.short else kind.word} {number}"
    day = designation.date
    if day is None:
        return text
    if designation.short:
        return f"{text} af {day:%d/%m/%Y}"
    return f"{text} af {day.day}. {MONTHS[day.month - 1]} {day.year}"


def write_amended(amended: Amended | None) -> str:
    if amended is None:
        return ""
    text = f", {amended.phrase}"
    if amended.by:
        text += " " + _list([_amendment(one) for one in amended.by], "og")
    if amended.latest is not None:
        text += f" og senest ved {_amendment(amended.latest)}"
    return text


def _amendment(amendment: Amendment) -> str:
    document = write_designation(amendment.designation)
    if amendment.place is None:
        return document
    comma = "," if _long((amendment.place,)) else ""
    return f"{write_places((amendment.place,))}{comma} i {document}"
