"""Finding needles in a text: where they stand and whether the place counts.

Everything here works on squeezed text first (one `str.find` a needle, at the speed of C), and looks at words,
gaps and capitals only where something was found.
"""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct

from letters.secrecy.forms import Rule
from letters.secrecy.needles import Needle, Runs, Search
from letters.secrecy.normal import BROKEN, View
from letters.secrecy.ordinary import ORDINARY
from letters.secrecy.secrets import Kind

#: So many places of one secret in one text are told; the reader searches for the rest.
ENOUGH = 20
_ENDINGS = ("", "s", "es")
# What Danish puts behind a name without a hyphen: "Karimovasagen".
_COMPOUNDS = ("sag", "sags", "sagen", "sagens", "sager", "sagerne", "familien", "familiens")
_SHORTEST_IN_COMPOUND = 4
# A name this long is no word by chance when only a sign or two stand in it ("Ley-la", "Ley_la", "Ley**la").
_DIVIDED = 5
_MOST_SIGNS = 2
# So long a word may be torn apart at odd places, as text drawn piece by piece is.
_TORN = 8
_MOST_TEARS = 2
# In the bytes of fonts and pictures, shorter words come up by chance.
_SHORTEST_IN_NOISE = 4


class Hit(Struct, frozen=True):
    """A place where something was found, by its first and last word. `sure` is False for a mere warning."""

    kind: Kind
    owner: str
    first: int
    last: int
    sure: bool


def hits(view: View, search: Search, *, noise: bool) -> Iterator[Hit]:
    """Every secret in a text, each needle at its first place that counts, a sure one if there is any.

    Args:
        noise: whether the text is what can be read in bytes that are no text; short forms are left out then.
    """
    for anchor, needles in search.groups:
        if anchor in view.squeezed:
            for needle in needles:
                if not (noise and _is_short(needle)):
                    yield from _best(view, needle, search)
    yield from _run_hits(view, search.runs)


def _is_short(needle: Needle) -> bool:
    return needle.rule in (Rule.EXACT, Rule.INITIALS) or len(needle.text) < _SHORTEST_IN_NOISE


def _best(view: View, needle: Needle, search: Search) -> Iterator[Hit]:
    """The sure places, or else the first doubtful one."""
    doubtful: Hit | None = None
    found = 0
    for start in _places(view.squeezed, needle.text):
        hit = _hit(view, needle, start, search)
        if hit is not None and hit.sure:
            found += 1
            yield hit
        doubtful = doubtful or hit
        if found == ENOUGH:
            return
    if doubtful is not None and not found:
        yield doubtful


def _places(text: str, part: str) -> Iterator[int]:
    start = text.find(part)
    while start >= 0:
        yield start
        start = text.find(part, start + 1)


def _hit(view: View, needle: Needle, start: int, search: Search) -> Hit | None:
    end = start + len(needle.text)
    first, last = view.token_at(start), view.token_at(end - 1)
    sure = _verdict(view, needle, start, end, first, last, search)
    return None if sure is None else Hit(needle.kind, needle.owner, first, last, sure)


def _verdict(
    view: View, needle: Needle, start: int, end: int, first: int, last: int, search: Search
) -> bool | None:
    """True: a leak. False: perhaps. None: nothing."""
    match needle.rule:
        case Rule.ANYWHERE:
            # "Natali Hansen" is not Ali Hansen.
            whole = _begins(view, start, first) and _ends(view, end, last)
            return needle.kind is not Kind.NAME or first == last or whole
        case Rule.WORD:
            return _word(view, needle, start, end, first, last, search)
        case Rule.PHRASE:
            return True if _begins(view, start, first) and _ends(view, end, last) else None
        case Rule.FIGURES:
            return _whole_number(view, start, end, first, last)
        case Rule.NUMBER:
            return True if _whole_number(view, start, end, first, last) else None
        case Rule.PHONE:
            return True if _phone(view, start, end, first, last) else None
        case Rule.EXACT:
            return _exact(view, needle, start, first)
        case Rule.INITIALS:
            return _initials(view, needle, start, first, last)


# Words


def _begins(view: View, start: int, first: int) -> bool:
    return view.starts[first] == start or view.squeezed[start - 1].isdigit() != view.squeezed[start].isdigit()


def _ends(view: View, end: int, last: int) -> bool:
    rest = view.squeezed[end : view.end_of(last)]
    return rest in _ENDINGS or rest[0].isdigit() != view.squeezed[end - 1].isdigit()


def _is_compound(view: View, needle: Needle, end: int, last: int) -> bool:
    rest = view.squeezed[end : view.end_of(last)]
    return rest in _COMPOUNDS and len(needle.text) >= _SHORTEST_IN_COMPOUND


def _word(
    view: View, needle: Needle, start: int, end: int, first: int, last: int, search: Search
) -> bool | None:
    named = needle.kind in (Kind.NAME, Kind.NAME_PART)
    ends = _ends(view, end, last) or (named and _is_compound(view, needle, end, last))
    if not (ends and _begins(view, start, first)):
        return None
    if first != last and not _is_written_so(view, needle, first, last) and not _torn(view, first, last):
        return None
    if not named:
        return True
    return _as_name(view, needle.text, start, first, search) and not _inside_spaced(view, first, last)


def _is_written_so(view: View, needle: Needle, first: int, last: int) -> bool:
    """Whether the words are those of the secret itself, such as "O'Brien"; the last with its ending."""
    found, own = view.tokens[first : last + 1], needle.tokens
    return len(found) == len(own) and tuple(found[:-1]) == own[:-1] and found[-1].startswith(own[-1])


def _torn(view: View, first: int, last: int) -> bool:
    """Whether the words from `first` to `last` read as one word that was spaced out or broken."""
    pieces = view.tokens[first : last + 1]
    if len(pieces) > 2 and all(len(piece) == 1 for piece in pieces):
        return True
    gaps = [view.gap_before(i) for i in range(first + 1, last + 1)]
    if all(gap == BROKEN for gap in gaps):
        return True
    if len(gaps) == 1 and _is_signs(gaps[0]) and "".join(pieces).isalpha():
        return sum(map(len, pieces)) >= _DIVIDED
    return sum(map(len, pieces)) >= _TORN and len(pieces) <= _MOST_TEARS + 1


def _is_signs(gap: str) -> bool:
    return 0 < len(gap) <= _MOST_SIGNS and not any(char.isspace() for char in gap)


def _inside_spaced(view: View, first: int, last: int) -> bool:
    """Whether spaced-out letters go on before or after: "H o l m" within "B o r n h o l m"."""
    if first == last:
        return False
    inner = view.gap_before(last)
    before = first > 0 and len(view.tokens[first - 1]) == 1 and view.gap_before(first) == inner
    after = (
        last + 1 < len(view.tokens)
        and len(view.tokens[last + 1]) == 1
        and view.tokens[last + 1] != "s"
        and view.gap_after(last) == inner
    )
    return before or after


def _as_name(view: View, text: str, start: int, first: int, search: Search) -> bool | None:
    """How surely a word is meant as a name; two letters, or an ordinary word in lower case, perhaps."""
    offset = view.spans[first][0] + start - view.starts[first]
    capital = view.folded[offset].isupper()
    if len(text) == 2:
        return False if capital else None
    return capital or (text not in ORDINARY and text not in search.ordinary)


# Figures


def _whole_number(view: View, start: int, end: int, first: int, last: int) -> bool:
    return not _figure_before(view, start, first) and not _figure_after(view, end, last)


def _figure_before(view: View, start: int, first: int) -> bool:
    text = view.squeezed
    return view.starts[first] != start and text[start].isdigit() and text[start - 1].isdigit()


def _figure_after(view: View, end: int, last: int) -> bool:
    text = view.squeezed
    return view.end_of(last) != end and text[end - 1].isdigit() and text[end].isdigit()


def _phone(view: View, start: int, end: int, first: int, last: int) -> bool:
    if _figure_after(view, end, last):
        return False
    before = view.squeezed[view.starts[first] : start]
    return before in ("45", "0045") or not before[-1:].isdigit()


def _exact(view: View, needle: Needle, start: int, first: int) -> bool | None:
    count = len(needle.tokens)
    whole = view.starts[first] == start and tuple(view.tokens[first : first + count]) == needle.tokens
    return True if whole else None


def _initials(view: View, needle: Needle, start: int, first: int, last: int) -> bool | None:
    if view.starts[first] != start or view.end_of(last) != start + len(needle.text):
        return None
    written = view.folded[view.spans[first][0] : view.spans[last][1] + 1]
    letters = [ch for ch in written if ch.isalpha()]
    if not all(ch.isupper() for ch in letters[: len(needle.text)]):
        return None
    pieces = last - first + 1
    return False if pieces == 1 or (pieces == len(needle.text) and "." in written) else None


# Accounts


def _run_hits(view: View, runs: Runs) -> Iterator[Hit]:
    """The first word of every run that stands in the text, a long passage once."""
    if not runs.heads:
        return
    text, length, heads = view.squeezed, runs.length, runs.heads
    reported: dict[str, int] = {}
    for token, start in enumerate(view.starts):
        if text[start : start + length] not in heads:
            continue
        for run, owner in heads[text[start : start + length]]:
            end = start + len(run)
            if text.startswith(run, start) and _ends(view, end, last := view.token_at(end - 1)):
                if token > reported.get(owner, -1):
                    yield Hit(Kind.ACCOUNT_RUN, owner, token, last, sure=True)
                reported[owner] = last
