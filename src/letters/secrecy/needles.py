"""Secrets turned into what the guard looks for in a `View`, with the rule each must meet."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from letters.secrecy.dates import year_words
from letters.secrecy.forms import Rule, forms
from letters.secrecy.normal import fold, squeeze, words
from letters.secrecy.secrets import RUN, Kind, Secret, Secrets

# So many first letters of a run of words are looked up at each word.
_HEAD = 12


@dataclass(frozen=True, slots=True, repr=False)
class Needle:
    """One thing to look for.

    Attributes:
        text: squeezed.
        tokens: the words it is written with ("O'Brien" has two); empty when the rule does not ask.
        anchor: a part of `text` that many needles share, looked for first.
    """

    text: str
    kind: Kind
    owner: str
    rule: Rule
    tokens: tuple[str, ...]
    anchor: str

    def __repr__(self) -> str:
        return f"<Needle {self.kind.value} of {self.owner}>"


@dataclass(frozen=True, slots=True, repr=False)
class Runs:
    """The runs of words of all accounts, found by their first letters.

    Attributes:
        length: how many letters `heads` have.
        heads: first letters -> the squeezed runs that begin so, and whose they are.
    """

    length: int
    heads: dict[str, list[tuple[str, str]]]

    def __repr__(self) -> str:
        return f"<Runs: {len(self.heads)}>"


@dataclass(frozen=True, slots=True, repr=False)
class Search:
    """All that the guard looks for.

    Attributes:
        groups: needles by their anchor.
        ordinary: words that stand in lower case in innocent texts.
    """

    groups: tuple[tuple[str, tuple[Needle, ...]], ...]
    runs: Runs
    ordinary: frozenset[str]

    @property
    def is_empty(self) -> bool:
        """Whether there is no secret to look for, only what resembles a CPR number."""
        return not (self.groups or self.runs.heads)

    def __repr__(self) -> str:
        return f"<Search: {len(self.groups)}>"


@lru_cache(maxsize=8)
def prepare(secrets: Secrets, innocent_texts: tuple[str, ...]) -> Search:
    """Make secrets ready. The last few are kept, since an appendix is compared with several letters."""
    runs = [secret for secret in secrets.items if secret.kind is Kind.ACCOUNT_RUN]
    others = [secret for secret in secrets.items if secret.kind is not Kind.ACCOUNT_RUN]
    innocent_runs, ordinary = _innocent(innocent_texts)
    groups: dict[str, list[Needle]] = {}
    for needle in dict.fromkeys(needle for secret in others for needle in _needles(secret)):
        groups.setdefault(needle.anchor, []).append(needle)
    frozen = tuple((anchor, tuple(needles)) for anchor, needles in groups.items())
    return Search(frozen, _runs(runs, innocent_runs), ordinary)


@lru_cache(maxsize=8)
def _innocent(texts: tuple[str, ...]) -> tuple[frozenset[str], frozenset[str]]:
    runs: set[str] = set()
    lower: set[str] = set()
    for text in texts:
        found = words(text)
        runs.update(map("".join, zip(*(found[i:] for i in range(RUN)), strict=False)))
        lower.update(re.findall(r"\b[a-z]+\b", fold(text)))
    return frozenset(runs), frozenset(lower)


def _runs(secrets: Iterable[Secret], innocent: frozenset[str]) -> Runs:
    runs = [(squeeze(secret.text), secret.owner) for secret in secrets]
    runs = [run for run in runs if run[0] not in innocent]
    length = min((_HEAD, *(len(run) for run, _ in runs)))
    heads: dict[str, list[tuple[str, str]]] = {}
    for run, owner in runs:
        heads.setdefault(run[:length], []).append((run, owner))
    return Runs(length, heads)


def _needles(secret: Secret) -> Iterator[Needle]:
    for text, rule, tokens in forms(secret):
        anchor = _anchor(secret, text, tokens)
        yield Needle(text, secret.kind, secret.owner, rule, tokens, anchor)


def _anchor(secret: Secret, text: str, tokens: tuple[str, ...]) -> str:
    """A date has hundreds of forms, but each holds the year, or month and year."""
    if secret.kind is not Kind.BIRTH_DATE:
        return text
    year = secret.text[:4]
    if year in text:
        return year
    if tokens:
        return "".join(tokens[-2:] if tokens[-1] == year[2:] else tokens[:2])
    return next((words for words in year_words(int(year)) if text.endswith(words)), text)
