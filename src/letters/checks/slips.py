"""Slips of the pen: leftovers, doubled words, lost spaces, dates and numbers in a form not Danish."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator

from msgspec import Struct

from letters.checks.reading import Kind, Line
from letters.checks.seen_before import SeenBefore
from letters.problems import N_, Problem, Severity

_MONTH = "januar|februar|marts|april|maj|juni|juli|august|september|oktober|november|december"
_MONTHS = _MONTH.split("|")
_ADDRESS = re.compile(r"(?<!\S)\S*?(?:://|www\.|@)\S*")
# "LBK nr. 989 af 27/08/2024" is Retsinformation's own short form.
_OF_AN_ACT = re.compile(r"\b(?:LOV|LBK|BEK|CIR|VEJ|ANO) nr\.? \d{1,5} af $")
# "det det" can be right ("Er det det, du mener?").
_TWICE = frozenset({"det"})


def _written(found: re.Match[str]) -> str:
    """The long form of a date in figures; empty when it is none."""
    day, month, year = int(found["day"]), int(found["month"]), found["year"]
    if not (1 <= day <= 31 and 1 <= month <= 12):
        return ""
    return f"{day}. {_MONTHS[month - 1]} {f'20{year}' if len(year) == 2 else year}"


def _day(found: re.Match[str]) -> str:
    return f"{int(found['day'])}. {found['month'].lower()}"


def _number(found: re.Match[str]) -> str:
    return found[0].translate(str.maketrans(",.", ".,"))


def _no_act(found: re.Match[str]) -> bool:
    return not _OF_AN_ACT.search(found.string, 0, found.start())


def _not_lower(found: re.Match[str]) -> bool:
    """Whether a day and month are written otherwise than "2. september"."""
    return found[0] != _day(found)


def _no_name(found: re.Match[str]) -> bool:
    """Whether a doubled word is a slip: "Sirhan Sirhan" is none, and "I i" is none ("hvis I i maj ...")."""
    first, second = found[1], found[2]
    if first.casefold() in _TWICE or (len(first) == 1 and (first, second) != ("i", "i")):
        return False
    return not (first[0].isupper() and second[0].isupper())


class _Slip(Struct, frozen=True):
    """A pattern and what is said of it.

    Attributes:
        right: the right form of a match, for the help; None when there is no single one.
        counts: whether a match is a slip at all; None when each is.
        hint: what stands in every match and is found quickly, since it begins with what is rare.
        marks: what stands in every match if `hint` does not, one of them, in small letters.
    """

    code: str
    pattern: re.Pattern[str]
    message: str
    help: str
    right: Callable[[re.Match[str]], str] | None = None
    counts: Callable[[re.Match[str]], bool] | None = None
    hint: re.Pattern[str] | None = None
    marks: tuple[str, ...] = ()

    def may_stand_in(self, text: str, lower: str) -> bool:
        """Whether a match may stand in a text or a line of it.

        Args:
            lower: the same in small letters.
        """
        return any(mark in lower for mark in self.marks) or bool(self.hint and self.hint.search(text))


_DATE = ("language.date-form", N_("a date is written as “{found}”"), N_("write {right}"))
_FIGURES = (
    "language.number-form",
    N_("a number is written as “{found}”"),
    N_("write {right}: a point for thousands, a comma for decimals"),
)


def _date(pattern: str, counts: Callable[[re.Match[str]], bool], hint: str) -> _Slip:
    code, message, help_ = _DATE
    right = _day if counts is _not_lower else _written
    return _Slip(code, re.compile(pattern), message, help_, right, counts, re.compile(hint))


def _figures(pattern: str, hint: str) -> _Slip:
    code, message, help_ = _FIGURES
    return _Slip(code, re.compile(pattern), message, help_, _number, hint=re.compile(hint))


_SLIPS = (
    _date(
        r"(?<![\d./-])(?P<day>\d\d?)/(?P<month>\d\d?)[-/. ](?P<year>\d{4}|\d\d)(?![\d/-])", _no_act, r"/\d"
    ),
    _date(
        r"(?<![\d./-])(?P<day>\d\d?)([.-])(?P<month>\d\d?)\2(?P<year>\d{4}|\d\d)(?![\d/-]|\.\d)",
        _no_act,
        r"([.-])(?<=\d.)\d\d?\1\d",
    ),
    _date(r"(?<![\d-])(?P<year>(?:19|20)\d\d)-(?P<month>\d\d)-(?P<day>\d\d)(?![\d-])", _no_act, r"-\d\d-\d"),
    _date(
        rf"(?<![\d.,§])(?P<day>\d\d?)\.? (?P<month>(?i:{_MONTH}))(?=[ ,.;:!?)]|$)",
        _not_lower,
        rf" (?<=[\d.] )(?i:{_MONTH})",
    ),
    _figures(r"(?<![\d.,])(?:\d{1,3}(?:,\d{3})+\.\d+|\d{1,3}(?:,\d{3}){2,})(?![\d,])", r",\d{3}[.,]\d"),
    _figures(r"(?<![\d.,])\d+\.\d{1,2}(?= (?:kr|kroner|pct|procent|%))", r"\.\d\d? [kp%]"),
    _Slip(
        "language.doubled-word",
        re.compile(r"(?<![\w-])([^\W\d_]+) ((?i:\1))(?![\w-])"),
        N_("a word stands twice: “{found}”"),
        N_("take one of them out"),
        counts=_no_name,
        hint=re.compile(r"(?<![\w-])([^\W\d_]+) (?i:\1)"),
    ),
    _Slip(
        "language.double-space",
        re.compile(r"(?<=\S)  +(?=\S)"),
        N_("two spaces stand together: “{context}”"),
        N_("take one of them out"),
        marks=("  ",),
    ),
    _Slip(
        "language.missing-space",
        re.compile(r"(?<![\w.@/])\w*[a-zæøå]{2}(?:[.!?][A-ZÆØÅ][a-zæøå]|[,;][^\W\d_])\w*"),
        N_("a space is missing: “{found}”"),
        N_("put a space after the sign"),
        hint=re.compile(r"[.!?,;](?<=[a-zæøå].)[^\W\d_]"),
    ),
    _Slip(
        "language.space-before-sign",
        re.compile(r"(?<![^\W_])[^\W_]+ [,;.!?](?=\s|$)"),
        N_("a space stands before a sign: “{found}”"),
        N_("take the space out"),
        hint=re.compile(r" [,;.!?](?<=[^\W_]..)"),
    ),
    _Slip(
        "language.drafting-note",
        re.compile(
            r"\b(?:NB|OBS|FIXME|TBD|NOTE|HUSK)\b ?[:!]|\bTODO\b|\b[Xx]{2,}\b(?![-\d])|\*{2,}|\?{2,}"
            r"|\b[Nn]ote til sagsbehandler\w*|\b[Ll]orem ipsum\b|\{[^{}]{1,60}\}|<[^<>]{1,60}>"
            r"|\b(?:[Ss]let|[Ii]ndsæt|[Uu]dfyld) (?:her|det,? der ikke passer|selv|navn|dato|tekst)\b"
        ),
        N_("this looks like a note for whoever writes the letter: “{found}”"),
        N_("fill it in or take it out"),
        marks=(
            "nb",
            "obs",
            "fixme",
            "tbd",
            "note",
            "husk",
            "todo",
            "xx",
            "**",
            "??",
            "lorem",
            "{",
            "<",
            "slet ",
            "indsæt ",
            "udfyld ",
        ),
    ),
)


# Lines that were looked through, and whether there was no slip in them.
_WITHOUT = SeenBefore[bool]()


def slips(lines: Iterable[Line]) -> Iterator[Problem]:
    """Every slip, in reading order; each code at most once a line."""
    own = [
        line
        for line in lines
        if not (line.quoted or line.kind is Kind.SIGNATURE or _WITHOUT.get(line.digest, bool))
    ]
    # Most letters have hardly any: all lines are looked through together before each is looked at alone.
    together = "\n".join(line.text for line in own)
    lower = together.lower()
    some = [slip for slip in _SLIPS if slip.may_stand_in(together, lower)]
    for line in own:
        told: set[str] = set()
        addresses = [found.span() for found in _ADDRESS.finditer(line.text)] if some else []
        for slip in some:
            found = None if slip.code in told else _first(slip, line, addresses)
            if found is not None:
                told.add(slip.code)
                yield _told(slip, line, found)
        _WITHOUT.add(line.digest, not told)


def _first(slip: _Slip, line: Line, addresses: list[tuple[int, int]]) -> re.Match[str] | None:
    for found in slip.pattern.finditer(line.text):
        at = found.start()
        if line.is_quoted(at) or any(start <= at < end for start, end in addresses):
            continue
        if slip.counts is None or slip.counts(found):
            return found
    return None


def _told(slip: _Slip, line: Line, found: re.Match[str]) -> Problem:
    right = slip.right(found) if slip.right else ""
    context = line.text[max(0, found.start() - 12) : found.end() + 12]
    return Problem(
        slip.code,
        Severity.WARNING,
        slip.message,
        line.place(found.start()),
        {"found": found[0], "right": right, "context": context},
        slip.help if right or slip.right is None else N_("write it out: 2. september 2021"),
    )
