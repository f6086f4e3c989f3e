"""Who sends the letter, and whether it is final: forvaltningsloven § 32 b."""

from __future__ import annotations

from collections.abc import Iterator

from letters.case.spec import Matter
from letters.checks.reading import Kind
from letters.checks.rules import Reading, lacks, wrong
from letters.document.model import Status
from letters.problems import N_, Place, Problem, Severity

_SEE = "forvaltningslovens § 32 b"


def sender_named(reading: Reading) -> Iterator[Problem]:
    """Every page names the authority that sends the letter."""
    sender = reading.letter.slots.sender
    if not sender.strip() or sender != reading.facts.authority:
        yield lacks(
            reading,
            "law.sender-missing",
            N_("the letter does not name {authority} as its sender"),
            _SEE,
            authority=reading.facts.authority,
        )


def signed(reading: Reading) -> Iterator[Problem]:
    """Name and title of who signs; a reply, which decides nothing, should have them."""
    lines = {line.text.strip() for line in reading.lines if line.kind is Kind.SIGNATURE}
    missing = [what for what in reading.facts.signatory if what not in lines]
    if missing:
        severity = Severity.WARNING if reading.facts.matter is Matter.REPLY else Severity.ERROR
        yield wrong(
            Place(reading.facts.wording),
            "law.signatory-missing",
            N_("the signature lacks {what}"),
            _SEE,
            N_("print `signatory.name` and `signatory.title`, each on its own line of the signature"),
            severity=severity,
            what=", ".join(missing),
        )


def drafts_marked(reading: Reading) -> Iterator[Problem]:
    """A draft says so at its top and on every page."""
    slots = reading.letter.slots
    if reading.letter.status is Status.DRAFT and not (slots.mark.strip() and slots.notice.strip()):
        yield lacks(
            reading,
            "law.draft-unmarked",
            N_("the draft is not marked as one"),
            _SEE,
            N_("fill in `draft` and `draft_notice` in bibliotek.yaml"),
        )


def finals_unmarked(reading: Reading) -> Iterator[Problem]:
    """A final letter leaves no doubt that it is final."""
    slots = reading.letter.slots
    if reading.letter.status is Status.FINAL and (slots.mark or slots.notice):
        yield lacks(
            reading,
            "law.final-marked",
            N_("the final letter is marked as a draft"),
            _SEE,
        )


RULES = (sender_named, signed, drafts_marked, finals_unmarked)
