"""Plain and correct Danish: how hard the text is to read, and slips of the pen.

All of it is warnings; a library makes errors of those it will not have (`checks:` in bibliotek.yaml). Not
looked at: somebody else's words (quotations, the questions that are answered); for the length of sentences
and LIX also headings, lists and tables.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator

from msgspec.structs import replace

from letters.checks.address import mixed_address
from letters.checks.reading import Kind, Line, read_lines, stretches
from letters.checks.seen_before import SeenBefore
from letters.checks.sentences import MOST_WORDS, Band, Lix, Measure, Sentence, lix_of, measured, words
from letters.checks.slips import slips
from letters.document.model import Letter, Role
from letters.problems import N_, Place, Problem, Severity

#: Of fewer words LIX says nothing.
FEWEST_WORDS = 50

_MEASURED = SeenBefore[Measure]()
_NUMBER = re.compile(r"(?<!\d)\d{6}[- ]?\d{4}(?!\d)")
_BANDS = {
    Band.VERY_EASY: N_("very easy"),
    Band.EASY: N_("easy"),
    Band.MEDIUM: N_("medium"),
    Band.HARD: N_("hard"),
    Band.VERY_HARD: N_("very hard"),
}


def check_language(letter: Letter, lines: tuple[Line, ...] | None = None) -> tuple[Problem, ...]:
    """What a reader would stumble over; warnings, in reading order for each rule.

    Args:
        lines: the letter's, where they were read already.
    """
    if lines is None:
        lines = read_lines(letter)
    rules: tuple[Callable[[tuple[Line, ...]], Iterable[Problem]], ...] = (
        long_sentences,
        hard_sections,
        mixed_address,
        slips,
    )
    return tuple(_masked(problem) for rule in rules for problem in rule(lines))


def _masked(problem: Problem) -> Problem:
    """A problem quotes the letter, but no CPR number of it."""
    hidden = {k: _NUMBER.sub("******-****", v) if isinstance(v, str) else v for k, v in problem.args.items()}
    return replace(problem, args=hidden)


def section_lix(letter: Letter) -> tuple[tuple[str, Lix], ...]:
    """The LIX of each section with enough running text: its heading, empty for what stands above any."""
    return tuple((heading, found) for heading, _, found in _measured(read_lines(letter)))


def long_sentences(lines: Iterable[Line]) -> Iterator[Problem]:
    """A sentence has at most 25 words."""
    for line in lines:
        for sentence in line.sentences if _is_running(line) and _measure(line).most > MOST_WORDS else ():
            count = len(sentence.words)
            if count > MOST_WORDS:
                yield Problem(
                    "language.long-sentence",
                    Severity.WARNING,
                    N_("a sentence of {count} words: “{beginning} …”"),
                    _mostly(line, sentence),
                    {"count": count, "limit": MOST_WORDS, "beginning": " ".join(sentence.text.split()[:6])},
                    N_("divide it: at most {limit} words, and one message a sentence"),
                )


def hard_sections(lines: Iterable[Line]) -> Iterator[Problem]:
    """No section is very hard to read."""
    for heading, first, found in _measured(lines):
        if found.band is Band.VERY_HARD:
            yield Problem(
                "language.lix",
                Severity.WARNING,
                N_("the section “{heading}” is {band} to read: LIX {lix}"),
                first.place(0),
                {"heading": heading, "band": _BANDS[found.band], "lix": found.value},
                N_("shorter sentences and shorter words make it easier"),
            )


def _measured(lines: Iterable[Line]) -> Iterator[tuple[str, Line, Lix]]:
    for stretch in stretches(lines):
        running = [line for line in stretch if _is_running(line)]
        found = lix_of(map(_measure, running))
        if found and found.words >= FEWEST_WORDS:
            head = stretch[0].text if stretch[0].kind is Kind.HEADING else ""
            yield head, running[0], found


def _measure(line: Line) -> Measure:
    return _MEASURED.get(line.digest, lambda: measured(line.text))


def _is_running(line: Line) -> bool:
    """Whether a line is running text of the letter's own; an argument of the party's is that too."""
    attached = line.section is not None and line.section.role in (Role.ATTACHMENTS, Role.SIGNATURE)
    return line.kind is Kind.PARAGRAPH and not line.quoted and not attached


def _mostly(line: Line, sentence: Sentence) -> Place:
    """Where most of a sentence's words were written."""
    counted: dict[str | None, int] = {}
    at: dict[str | None, int] = {}
    end = sentence.start + len(sentence.text)
    for index, (start, text) in enumerate(line.texts):
        stop = line.texts[index + 1][0] if index + 1 < len(line.texts) else len(line.text)
        first, last = max(start, sentence.start), min(stop, end)
        if text is not None and first < last:
            counted[text.field] = counted.get(text.field, 0) + len(words(line.text[first:last]))
            at.setdefault(text.field, first)
    return line.place(at[max(counted, key=lambda field: counted[field])])
