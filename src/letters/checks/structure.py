"""Headings that a screen reader can follow: PDF/UA (ISO 14289-1) asks for levels without gaps."""

from __future__ import annotations

from collections.abc import Iterator

from letters.checks.reading import headings
from letters.checks.rules import Reading, wrong
from letters.document.model import Heading
from letters.problems import N_, Problem

_SEE = "PDF/UA (ISO 14289-1)"


def levels_unbroken(reading: Reading) -> Iterator[Problem]:
    """A heading lies at most one level below the one before it."""
    before = 0
    for line, heading, _ in headings(reading.lines):
        if heading.level > before + 1:
            yield wrong(
                line.place(0),
                "letter.heading-skipped",
                N_('the heading "{heading}" lies {levels} levels below the one before it'),
                _SEE,
                N_("begin a section with ##, and go one level down at a time"),
                heading=line.text,
                levels=heading.level - before,
            )
        before = heading.level


def sections_filled(reading: Reading) -> Iterator[Problem]:
    """A heading has something below it."""
    for line, heading, after in headings(reading.lines):
        if after is None or (isinstance(after.block, Heading) and after.block.level <= heading.level):
            yield wrong(
                line.place(0),
                "letter.heading-empty",
                N_('nothing stands below the heading "{heading}"'),
                "",
                N_("put the heading inside the same condition as its text"),
                heading=line.text,
            )


RULES = (levels_unbroken, sections_filled)
