"""Names of acts: what ends like one, and those a register knows word for word.

The grammar recognises any definite act name by its ending ("folkeskoleloven"). Titles ("lov om Digital
Post"), names of several words ("Digital Post-loven") and abbreviations ("GDPR") end where only a register
can tell, so that it hands them in as `Known`.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from types import MappingProxyType

from msgspec import Struct, field

_DEFINITE = (
    *("loven", "bekendtgørelsen", "forordningen", "direktivet", "cirkulæret", "vejledningen", "anordningen"),
    *("konventionen", "traktaten", "charteret"),
)
POINTING_BACK = frozenset(_DEFINITE)
"""Names that only point back to an act named before."""

KIND_WORDS = r"(?:lov|bekendtgørelse|forordning|direktiv|cirkulære|vejledning|anordning)"
_ENDINGS = "|".join(_DEFINITE)
NAME = re.compile(rf"[\w/-]{{0,80}}(?:{_ENDINGS})(?!\w)", re.IGNORECASE)
_TREATIES = ("EMRK", "TEUF", "TEU")  # cited by nothing but these letters, whether a register has them or not
_TREATY = re.compile(rf"(?P<name>{'|'.join(_TREATIES)})(?P<s>(?:['’]s)?)(?!\w)")
_WHOLE = re.compile(rf"(?P<name>[\w/-]{{0,80}}(?:{_ENDINGS}))(?P<s>s?)", re.IGNORECASE)
_TITLE_HEAD = re.compile(rf"{KIND_WORDS}(?:en|n|et)? om(?= \w)", re.IGNORECASE)
_TITLE_WORD = re.compile(r" (?:m\.v\.|m\.fl\.|m\.m\.|[\w/+-]+(?![\w.]*\.\w))")
_TITLE_WORDS = 30

_VERBS = (
    "skal kan er har gælder finder må bliver blev vil var fremgår følger siger giver indeholder fastsætter",
    "bestemmer regulerer kræver betyder omfatter trådte træder bør blevet får fik",
)
_LINKS = "at når hvis som der eller men fordi da hvor hvorefter ikke også så jf"
_PEOPLE = "vi jeg du De kommunen han hun de dem os mig dig"
_NOT_IN_TITLES = frozenset(word for words in (*_VERBS, _LINKS, _PEOPLE) for word in words.split())


class Known(Struct, frozen=True):
    """Names that a register knows, found word for word.

    Make it with `know`; an empty one knows no names.
    """

    by_first: Mapping[str, tuple[str, ...]] = field(default_factory=lambda: MappingProxyType({}))
    by_last: Mapping[str, tuple[tuple[str, str, bool], ...]] = field(
        default_factory=lambda: MappingProxyType({})
    )


def know(names: Iterable[str]) -> Known:
    """Gather names for lookup by their first word, and by the last word of each of their forms."""
    first: dict[str, set[str]] = defaultdict(set)
    last: dict[str, set[tuple[str, str, bool]]] = defaultdict(set)
    for name in names:
        first[_first_word(name)].add(name)
        for form, owned in ((name, False), (f"{name}s", True), (f"{name}'s", True), (f"{name}’s", True)):
            folded = form.casefold()
            last[folded.rsplit(" ", 1)[-1]].add((folded, name, owned))
    return Known(
        MappingProxyType({word: tuple(sorted(group, key=_longest)) for word, group in first.items()}),
        MappingProxyType(
            {word: tuple(sorted(group, key=lambda e: _longest(e[0]))) for word, group in last.items()}
        ),
    )


NO_NAMES = Known()


def _longest(name: str) -> tuple[int, str]:
    return -len(name), name


_WORD_CHARS = re.compile(r"[\w/.+-]{1,80}")


def _first_word(text: str, pos: int = 0) -> str:
    found = _WORD_CHARS.match(text, pos)
    return found.group().casefold() if found else ""


def longest(known: Known) -> int:
    """How many characters the longest name has."""
    return max((len(name) for names in known.by_first.values() for name in names), default=0)


class Named(Struct, frozen=True):
    """A name found in a text.

    Attributes:
        owned: whether it stands in the genitive.
        definite: whether it ends as a definite act name does, so that a citation after it wants the genitive.
    """

    name: str
    start: int
    end: int
    owned: bool = False
    definite: bool = True


def name_before(text: str, end: int, floor: int, known: Known) -> Named | None:
    """The act name that ends exactly at `end`, and starts no earlier than `floor`."""
    floor = max(floor, end - _LONGEST_WORD - 1)
    start = 1 + max(floor - 1, *(text.rfind(mark, floor, end) for mark in " \n("))
    if end - start > _LONGEST_WORD:
        return None
    for folded, name, owned in known.by_last.get(text[start:end].strip("(»”“\"'").casefold(), ()):
        begin = end - len(folded)
        if begin >= floor and text[begin:end].casefold() == folded and not _inside_word(text, begin):
            return Named(name, begin, end, owned, _WHOLE.fullmatch(name) is not None)
    start = _skip_quotes(text, start, end)
    found = _WHOLE.fullmatch(text, start, end) or _TREATY.fullmatch(text, start, end)
    if found is None:
        return None
    return Named(plain_name(found["name"]), found.start(), end, bool(found["s"]))


_LONGEST_WORD = 100


def name_at(text: str, pos: int, known: Known) -> Named | None:
    """The act name that starts exactly at `pos`: known, definite, or a title as far as it can be told."""
    for name in known.by_first.get(_first_word(text, pos), ()):
        end = pos + len(name)
        if text[pos:end].casefold() == name.casefold() and not text[end : end + 1].isalnum():
            return Named(name, pos, end)
    return _title_at(text, pos) or _definite_at(text, pos)


def title_before(text: str, end: int, floor: int) -> Named | None:
    """A title ("lov om ...") that could end exactly at `end`."""
    heads = _title_heads(text, max(floor, end - 300), end)
    titles = (_title_at(text, head.start()) for head in heads)
    return next((title for title in titles if title is not None and title.end == end), None)


def _title_heads(text: str, start: int, end: int) -> Iterator[re.Match[str]]:
    heads = _TITLE_HEAD.finditer(text, start, end)
    return (head for head in heads if not _inside_word(text, head.start()))


def _title_at(text: str, pos: int) -> Named | None:
    head = _TITLE_HEAD.match(text, pos)
    if head is None:
        return None
    end = head.end()
    for _ in range(_TITLE_WORDS):
        word = _TITLE_WORD.match(text, end)
        if word is None or word.group()[1:] in _NOT_IN_TITLES:
            break
        end = word.end()
    while text[pos:end].endswith((" og", " i", " samt", " af")):
        end = text.rfind(" ", pos, end)
    return Named(plain_name(text[pos:end]), pos, end) if end > head.end() else None


def _definite_at(text: str, pos: int) -> Named | None:
    found = NAME.match(text, pos)
    if found is None and (treaty := _TREATY.match(text, pos)) is not None:
        return Named(treaty["name"], pos, treaty.end("name"))
    return Named(plain_name(found.group()), pos, found.end()) if found else None


def plain_name(name: str) -> str:
    """A name without the capital of a sentence's first word ("Integrationsloven"); "CPR-loven" stays."""
    first = name.split(" ", 1)[0]
    return name[0].lower() + name[1:] if first[1:].islower() and first[:1].isupper() else name


def _inside_word(text: str, pos: int) -> bool:
    return pos > 0 and (text[pos - 1].isalnum() or text[pos - 1] in "-_")


def _skip_quotes(text: str, start: int, end: int) -> int:
    while start < end and text[start] in "»”“\"'(":
        start += 1
    return start
