"""The leak guard: looks through finished documents for every secret of the appendices.

It works on bytes, whoever made them, so it judges a file that was edited in Word as well as one just drawn.
What it cannot read stops the letter.
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass

from letters.secrecy.channels import Channel, CleanPieces, Pieces, Role, Unreadable, channels
from letters.secrecy.cpr import civil_numbers
from letters.secrecy.findings import CPR_LIKE, UNREADABLE, Finding
from letters.secrecy.needles import Search, prepare
from letters.secrecy.normal import View, fold, squeeze, view, words
from letters.secrecy.readings import other_readings
from letters.secrecy.search import ENOUGH, Hit, hits
from letters.secrecy.secrets import Allowed, Kind, Secrets

_NAMES = (Kind.NAME, Kind.NAME_PART, Kind.INITIALS)
_MAY_BE_ALLOWED = (Kind.NAME_PART, Kind.INITIALS)
_WITHIN_LARGER = {
    Kind.NAME_PART: (Kind.NAME, Kind.EMAIL),
    Kind.INITIALS: (Kind.NAME, Kind.EMAIL),
    Kind.BIRTH_DATE: (Kind.CPR,),
}
# What a reader of a damaged file may raise unforeseen: no file passes for having broken its reader.
_BROKEN = (struct.error, zlib.error, ValueError, LookupError, ArithmeticError, RuntimeError, OSError)
_GREETINGS = frozenset({"kaere", "hej", "til", "att", "goddag", "dear"})
_LONGEST_GREETING = 10
# Where a guard without secrets found nothing; of this process, and no text.
_CLEAN = CleanPieces()


@dataclass(frozen=True, slots=True, repr=False)
class _Innocence:
    """What may stand although it looks like a secret; all squeezed.

    Attributes:
        phrases: allowed words that consist of several ("Holm Allé"); names' parts may stand inside them.
        case_number: the open letter's own; empty when it has none.
        recipients: the names of the recipients.
        familiar: owners who are recipients, too.
        civil_numbers: CPR numbers that belong in the text of this letter.
    """

    phrases: tuple[str, ...]
    case_number: str
    recipients: frozenset[str]
    familiar: frozenset[str]
    civil_numbers: frozenset[str]


def guard(
    documents: Mapping[str, bytes],
    secrets: Secrets,
    *,
    allowed: Collection[Allowed] = (),
    own_case_number: str | None = None,
    innocent_texts: Iterable[str] = (),
    recipients: Collection[str] = (),
    own_cprs: Collection[str] = (),
) -> tuple[Finding, ...]:
    """Look through finished open documents for secrets, and for anything that looks like a CPR number.

    Args:
        documents: each name as the recipient or the archive will see it -> its bytes (DOCX, PDF, text, JSON).
        secrets: of all appendices; may be empty, then only CPR numbers are looked for.
        allowed: words of the open case file. A single word may stand anywhere, several words ("Holm Allé")
            only together. Only parts of names and initials can be allowed, never a whole name.
        own_case_number: the open letter's; None when it has none.
        innocent_texts: the wording library, the laws, the inquiry: runs of words that also stand there are no
            leak.
        recipients: names of the open letter's recipients. Where one is in the appendix, too, the name in the
            address and the salutation is a warning.
        own_cprs: CPR numbers that belong in the running text, as the party's in a decision. They are still
            reported in file names, headers, titles and properties.
    Returns:
        Findings in the order of the documents, each place once; empty when nothing was found.
    """
    own = squeeze(own_case_number or "")
    search = prepare(_sought(secrets, allowed, own), tuple(innocent_texts))
    names = frozenset(map(squeeze, recipients))
    innocence = _Innocence(
        tuple(squeeze(item.word) for item in allowed if len(words(item.word)) > 1),
        own,
        names,
        frozenset(s.owner for s in secrets.items if s.kind is Kind.NAME and squeeze(s.text) in names),
        frozenset(map(squeeze, own_cprs)),
    )
    found: dict[tuple[str, str, str, str], Finding] = {}
    for number, (name, data) in enumerate(documents.items(), 1):
        shown = f"document {number}" if _names_somebody(name, search) else name
        for finding in _document(name, shown, data, search, innocence):
            key = (finding.kind, finding.owner, finding.document, finding.where)
            if key not in found or (finding.sure and not found[key].sure):
                found[key] = finding
    return tuple(found.values())


def _sought(secrets: Secrets, allowed: Collection[Allowed], own_case_number: str) -> Secrets:
    free = {squeeze(item.word) for item in allowed if len(words(item.word)) == 1}
    return Secrets(
        tuple(
            secret
            for secret in secrets.items
            if not (secret.kind in _MAY_BE_ALLOWED and squeeze(secret.text) in free)
            and not (
                secret.kind is Kind.NAME and squeeze(secret.text) in free and len(words(secret.text)) == 1
            )
            and not (secret.kind is Kind.CASE_NUMBER and squeeze(secret.text) == own_case_number)
        )
    )


def _names_somebody(name: str, search: Search) -> bool:
    spelled = next(channels(name, b"")).text
    if search.is_empty:
        return any(civil_numbers(fold(spelled)))
    name_view = view(spelled)
    return any(hits(name_view, search, noise=False)) or any(civil_numbers(name_view.folded))


def _document(name: str, shown: str, data: bytes, search: Search, innocence: _Innocence) -> Iterator[Finding]:
    pieces = Pieces(_CLEAN) if search.is_empty else None
    try:
        for channel in channels(name, data, pieces):
            for finding in search_channel(channel, shown, search, innocence):
                if pieces is not None:
                    pieces.told += 1
                yield finding
    except Unreadable as error:
        yield Finding(UNREADABLE, "", shown, error.where, sure=True, reason=error.reason)
    except _BROKEN:
        yield Finding(UNREADABLE, "", shown, "file", sure=True, reason="damaged")


def search_channel(
    channel: Channel, document: str, search: Search, innocence: _Innocence
) -> Iterator[Finding]:
    """Every finding in one text of a document, however it is read."""
    if search.is_empty:
        yield from _numbers_alone(channel, document, innocence)
        return
    written = view(channel.text)
    yield from _search_reading(channel, written, document, search, innocence)
    if channel.role is not Role.NOISE:
        for reading in other_readings(channel.text, written.folded):
            yield from _search_reading(channel, view(reading), document, search, innocence)


def _numbers_alone(channel: Channel, document: str, innocence: _Innocence) -> Iterator[Finding]:
    """What resembles a CPR number, for which a text need not be taken apart into words."""
    folded = fold(channel.text)
    yield from _suspects(channel, document, folded, [], innocence)
    if channel.role is not Role.NOISE:
        for reading in other_readings(channel.text, folded):
            yield from _suspects(channel, document, fold(reading), [], innocence)


def _search_reading(
    channel: Channel, text: View, document: str, search: Search, innocence: _Innocence
) -> Iterator[Finding]:
    if not text.tokens:
        return
    noise = channel.role is Role.NOISE
    found = [hit for hit in hits(text, search, noise=noise) if not _is_innocent(text, hit, innocence)]
    if channel.role is Role.MARKUP:
        found = [hit for hit in found if hit.kind is not Kind.INITIALS]  # full of capitals
    for hit in found:
        if not _is_within_larger(hit, found):
            sure = hit.sure and not (channel.role is Role.BODY and _is_addressed(text, hit, innocence))
            yield Finding(hit.kind.value, hit.owner, document, channel.place(text.line_of(hit.first)), sure)
    known = [text.spans[hit.first][0] for hit in found if hit.kind is Kind.CPR]
    yield from _suspects(channel, document, text.folded, known, innocence)


def _suspects(
    channel: Channel, document: str, folded: str, known: list[int], innocence: _Innocence
) -> Iterator[Finding]:
    markup = channel.role in (Role.MARKUP, Role.NOISE)
    told = {True: 0, False: 0}
    for suspect in civil_numbers(folded, markup=markup):
        belongs = channel.role is Role.BODY and suspect.number in innocence.civil_numbers
        if not belongs and suspect.start not in known and told[suspect.sure] < ENOUGH:
            told[suspect.sure] += 1
            line = folded.count("\n", 0, suspect.start)
            yield Finding(CPR_LIKE, "", document, channel.place(line), suspect.sure)


# What is no leak


def _is_innocent(text: View, hit: Hit, innocence: _Innocence) -> bool:
    if hit.kind in _MAY_BE_ALLOWED:
        return any(_lies_inside(text, hit, phrase) for phrase in innocence.phrases)
    return hit.kind is Kind.CASE_NUMBER and _lies_inside(text, hit, innocence.case_number)


def _lies_inside(text: View, hit: Hit, phrase: str) -> bool:
    """Whether an occurrence of a phrase covers the hit."""
    start, end = text.starts[hit.first], text.end_of(hit.last)
    at = text.squeezed.find(phrase, max(0, end - len(phrase))) if phrase else -1
    return 0 <= at <= start


def _is_within_larger(hit: Hit, found: list[Hit]) -> bool:
    larger = _WITHIN_LARGER.get(hit.kind, ())
    return any(
        other.kind in larger and other.sure and other.owner == hit.owner and other.first <= hit.first
        and hit.last <= other.last
        for other in found
    )  # fmt: skip


def _is_addressed(text: View, hit: Hit, innocence: _Innocence) -> bool:
    """Whether a recipient who is also in the appendix is named in the address or the salutation."""
    if hit.owner not in innocence.familiar or hit.kind not in (*_NAMES, Kind.ADDRESS):
        return False
    line = _line(text, hit)
    if hit.kind is Kind.ADDRESS:
        return len(line) <= _LONGEST_GREETING
    greets = bool(line) and line[0] in _GREETINGS and len(line) <= _LONGEST_GREETING
    return greets or "".join(line) in innocence.recipients


def _line(text: View, hit: Hit) -> list[str]:
    start = text.folded.rfind("\n", 0, text.spans[hit.first][0]) + 1
    end = text.folded.find("\n", text.spans[hit.last][1])
    return words(text.folded[start : end if end >= 0 else None])
