"""What a case type asks of its case files: fields, grounds and who may sign for which sender.

The wording room reads these from the library (`sagstype.yaml`, the heads of `grunde/*.md`) and hands them
to the case room, so that a case file is checked against both in one go. No code names a case type.
"""

from __future__ import annotations

import enum
from collections.abc import Mapping
from types import MappingProxyType

from msgspec import Struct, field


class Matter(enum.Enum):
    """What kind of letter a case file asks for."""

    DECISION = "decision"
    HEARING = "hearing"
    REPLY = "reply"


class Outcome(enum.Enum):
    """What was decided; for a hearing, what is intended."""

    GRANTED = "granted"
    PARTLY_GRANTED = "partly-granted"
    REJECTED = "rejected"


class FieldType(enum.Enum):
    """The types a library may ask for.

    TEXT: one line, never markup. PROSE: Markdown in the closed vocabulary. DATE: ISO. NUMBER: a whole
    number from 0. KRONER: an amount with at most two decimals and a decimal point. YES_NO: true or false.
    CHOICE: one of `FieldSpec.choices`. TEXTS: a list of TEXT. ROWS: a list of groups, each with the fields in
    `FieldSpec.columns`.
    """

    TEXT = "text"
    PROSE = "prose"
    DATE = "date"
    NUMBER = "number"
    KRONER = "kroner"
    YES_NO = "yes-no"
    CHOICE = "choice"
    TEXTS = "texts"
    ROWS = "rows"


class FieldSpec(Struct, frozen=True):
    """One field that the library asks for.

    Attributes:
        title: Danish, shown in forms, skeletons and problems.
        example: a Danish example value for the skeleton; empty when none is given.
        choices: code -> Danish text printed in the letter; only for CHOICE.
        columns: the fields of each row, none of them ROWS itself; only for ROWS.
    """

    name: str
    type: FieldType
    title: str
    required: bool = True
    example: str = ""
    choices: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    columns: Mapping[str, FieldSpec] = field(default_factory=lambda: MappingProxyType({}))


class GroundSpec(Struct, frozen=True):
    """A ground (grund) that a decision may rest on.

    Attributes:
        outcomes: outcomes that the ground can carry.
        part: the part of the decision it belongs to, a key of the case type's `parts`.
        discretionary: whether the rule leaves discretion, so that `considerations` are required
            (forvaltningslovens § 24, stk. 1, 2. pkt.).
        provision: the legal basis as a Danish citation.
        only: case-type field -> the choices under which the ground may be used; a ground of one act is no
            ground under another. Empty for a ground that fits every case.
    """

    code: str
    title: str
    outcomes: frozenset[Outcome]
    part: str
    provision: str
    discretionary: bool
    fields: Mapping[str, FieldSpec]
    only: Mapping[str, frozenset[str]] = field(default_factory=lambda: MappingProxyType({}))


TERMS: Mapping[Outcome, tuple[str, ...]] = MappingProxyType(
    {Outcome.GRANTED: ("effective",), Outcome.PARTLY_GRANTED: ("effective", "granted", "refused")}
)
"""What `decision` says of an outcome unless the case type says otherwise."""


class CaseTypeSpec(Struct, frozen=True):
    """What a folder of the library asks of its case files.

    Attributes:
        title: Danish name of the case type.
        matters: the matters there is wording for.
        outcomes: the outcomes there is wording for; empty for a reply.
        fields: the case type's own fields, given under `facts:` in the case file.
        grounds: code -> ground.
        parts: the parts of a decision in the library's order: code -> Danish name.
        assessment: outcomes whose decision needs an individual overall assessment.
        terms: outcome -> the fields of `decision` that it needs: effective, granted, refused. An approval of
            benefits has a first day; a reply to a request for documents has none.
    """

    code: str
    title: str
    matters: frozenset[Matter]
    outcomes: frozenset[Outcome]
    fields: Mapping[str, FieldSpec]
    grounds: Mapping[str, GroundSpec]
    parts: Mapping[str, str]
    assessment: frozenset[Outcome]
    terms: Mapping[Outcome, tuple[str, ...]] = field(default_factory=lambda: TERMS)


class LibrarySpec(Struct, frozen=True):
    """What a case file may name in the library.

    Attributes:
        senders: codes of sender profiles.
        regimes: codes of transitional rules (`regime:` in a case file).
    """

    case_types: Mapping[str, CaseTypeSpec]
    senders: frozenset[str]
    regimes: frozenset[str]
