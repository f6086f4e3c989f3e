"""The warnings of the checks: those that a library may make errors of."""

from __future__ import annotations

WARNINGS = frozenset(
    (
        *("language.citation-form", "language.date-form", "language.doubled-word", "language.double-space"),
        *("language.drafting-note", "language.lix", "language.long-sentence", "language.missing-space"),
        *("language.mixed-address", "language.number-form", "language.space-before-sign"),
        *("law.ambiguous", "law.cpr-printed", "law.historic-unused", "law.party-addressed"),
        *(
            "law.signatory-missing",
            "law.term-other-date",
            "law.unknown-act",
            "law.unlisted",
            "law.unverified",
        ),
        "letter.no-table",
        "letter.placeholder",
    )
)
