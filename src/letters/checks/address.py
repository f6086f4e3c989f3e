"""A letter speaks to its reader in one way: du, I or De."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from letters.checks.reading import Line
from letters.checks.seen_before import SeenBefore
from letters.problems import N_, Problem, Severity

# "I" and "De" at the head of a sentence may be "in" and "they", so they count inside one only; a Roman
# numeral stands behind a word for what it numbers.
_SPEAKS = re.compile(
    r"(?<![\w-])(?:(?P<du>[Dd]u|[Dd]ig|[Dd]in|[Dd]it|[Dd]ine)|(?P<I>(?<=[a-zæøå,] )I|[Jj]er|[Jj]eres)"
    r"|(?P<De>(?<=[a-zæøå,] )(?:De|Dem|Deres)))(?![\w-])"
)
_NUMERAL = re.compile(
    r"\b(?:afsnit|kapitel|bilag|del|bind|klasse|litra|type|fase|christian|frederik) $", re.IGNORECASE
)


# How a line that is no quotation speaks to its reader, by its text.
_WAYS = SeenBefore[frozenset[str]]()


@dataclass(frozen=True)
class _Speech:
    form: str
    word: str
    line: Line
    at: int


def mixed_address(lines: Iterable[Line]) -> Iterator[Problem]:
    """Tell the first place that speaks otherwise than most of the letter does."""
    own = [line for line in lines if not line.quoted]
    ways = {way for line in own for way in _WAYS.get(line.digest, lambda: _ways(line))}  # noqa: B023 - used at once
    if len(ways) < 2:
        return
    found = [speech for line in own for speech in _spoken(line)]
    usual = Counter(speech.form for speech in found).most_common(1)
    for speech in found:
        form = usual[0][0]
        if speech.form != form and not _means_more_people(speech, form, found):
            yield Problem(
                "language.mixed-address",
                Severity.WARNING,
                N_("“{word}” mixes ways to address the reader: the letter mostly says {usual}"),
                speech.line.place(speech.at),
                {"word": speech.word, "usual": form},
                N_("address the reader in one way: du, I or De"),
            )
            return


def _spoken(line: Line) -> Iterator[_Speech]:
    for speech in _SPEAKS.finditer(line.text):
        if not line.is_quoted(speech.start()) and not _NUMERAL.search(line.text, 0, speech.start()):
            yield _Speech(speech.lastgroup or "", speech[0], line, speech.start())


def _ways(line: Line) -> frozenset[str]:
    return frozenset(speech.form for speech in _spoken(line))


def _means_more_people(speech: _Speech, usual: str, found: Iterable[_Speech]) -> bool:
    """Whether a case says I beside du: "I kan besøge hinanden, og du har ..." means the reader and others."""
    beside = any(other.form == usual for other in found if other.line is speech.line)
    return usual == "du" and speech.form == "I" and beside and speech.line.field(speech.at) is not None
