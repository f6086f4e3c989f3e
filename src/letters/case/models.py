"""The case file's types: what may stand in it, and nothing else.

A case is read strictly: unknown keys are refused, texts are texts, dates are ISO dates. The titles and
descriptions here are English sources of the forms that `letters schema` exports with Danish titles.

`PlainText` is one line that is printed as it stands. `ProseText` is Markdown in the wording's closed
vocabulary; the schema marks it with `"format": "prose"`.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from decimal import Decimal
from typing import Annotated, Any, Literal

from msgspec import Meta, Struct, field

from letters.case.fields import (
    CivilNumberText,
    Code,
    Facts,
    HeadingText,
    IsoDate,
    PlainText,
    ProseText,
    YesNo,
)

_OneFact = str | dt.date | int | Decimal | bool | tuple[str, ...]
FactValue = _OneFact | tuple[Mapping[str, _OneFact], ...]


class Model(Struct, frozen=True):
    """Frozen, closed, and silent about its contents: a repr never shows a citizen's data."""

    def __repr__(self) -> str:
        return f"<{type(self).__name__}>"

    __str__ = __repr__

    def __rich_repr__(self) -> list[tuple[str, Any]]:
        """Rich's way to show a value, in tracebacks with their variables, too."""
        return []


class Address(Model, frozen=True, kw_only=True):
    """A postal address. Danish, unless `country` says otherwise."""

    street: Annotated[PlainText, Meta(title="Street and number", description="With floor and door")]
    postcode: Annotated[PlainText, Meta(title="Postcode", description="Four digits in Denmark")]
    city: Annotated[PlainText, Meta(title="City")]
    co: Annotated[PlainText | None, Meta(title="c/o", description="Who the recipient lives with")] = None
    place: Annotated[PlainText | None, Meta(title="Place name", description="A line above the street")] = None
    country: Annotated[PlainText | None, Meta(title="Country", description="Only for addresses abroad")] = (
        None
    )


class Recipient(Model, frozen=True, kw_only=True):
    name: Annotated[PlainText, Meta(title="Name")]
    title: Annotated[
        PlainText | None, Meta(title="Title or office", description="Printed under the name")
    ] = None
    organisation: Annotated[
        PlainText | None, Meta(title="Organisation", description="Printed under the name")
    ] = None
    address: Annotated[
        Address | None, Meta(title="Address", description="Left out when nothing is posted")
    ] = None
    protected: Annotated[YesNo, Meta(title="Protected name and address")] = False


class Party(Model, frozen=True, kw_only=True):
    """The person decided about, when that is not the recipient."""

    name: Annotated[PlainText, Meta(title="Name")]
    cpr: Annotated[CivilNumberText | None, Meta(title="CPR number")] = None


class Representative(Model, frozen=True, kw_only=True):
    """That the recipient represents the party (forvaltningslovens § 8)."""

    basis: Annotated[PlainText, Meta(title="Basis", description="Such as: fuldmagt af 3. juni 2021")]


class Application(Model, frozen=True, kw_only=True):
    received: Annotated[IsoDate, Meta(title="Received on")]


class Reason(Model, frozen=True, kw_only=True):
    """A ground and what it rests on in this case. `facts` are the fields that the ground asks for."""

    ground: Annotated[Code, Meta(title="Ground")]
    facts: Annotated[Facts, Meta(title="Facts")] = field(default_factory=dict)
    considerations: Annotated[
        ProseText | None,
        Meta(title="Main considerations", description="Required where the rule leaves discretion"),
    ] = None


class View(Model, frozen=True, kw_only=True):
    """An argument of the party's own, and the answer to it."""

    argument: Annotated[ProseText, Meta(title="Argument")]
    answer: Annotated[ProseText, Meta(title="Answer")]


class HearingHeld(Model, frozen=True, kw_only=True):
    status: Annotated[Literal["held"], Meta(title="Hearing")]
    deadline: Annotated[IsoDate, Meta(title="Deadline that was given")]
    reply: Annotated[
        IsoDate | None, Meta(title="Reply received on", description="Left out when none came")
    ] = None


class HearingNotNeeded(Model, frozen=True, kw_only=True):
    status: Annotated[Literal["not-needed"], Meta(title="Hearing")]
    why: Annotated[
        PlainText, Meta(title="Why", description="Such as: alle oplysninger kommer fra parten selv")
    ]


class HearingException(Model, frozen=True, kw_only=True):
    status: Annotated[Literal["exception"], Meta(title="Hearing")]
    number: Annotated[
        Literal["1", "2", "3", "4", "5", "6"],
        Meta(title="Number", description="Forvaltningslovens § 19, stk. 2, nr. 1-6"),
    ]
    why: Annotated[PlainText, Meta(title="Why")]


HearingRecord = HearingHeld | HearingNotNeeded | HearingException


class Delivery(Model, frozen=True, kw_only=True):
    channel: Annotated[Literal["digital-post", "letter", "handed-over"], Meta(title="Channel")]
    sent: Annotated[IsoDate | None, Meta(title="Sent on")] = None
    last_day: Annotated[
        YesNo,
        Meta(
            title="Name the last day for a complaint",
            description="Only for Digital Post with a known day of dispatch;"
            " left out, the rule alone is printed",
        ),
    ] = False


class Acknowledged(Model, frozen=True, kw_only=True):
    """A warning that was seen and accepted."""

    code: Annotated[PlainText, Meta(title="Problem code")]
    reason: Annotated[PlainText, Meta(title="Reason")]


class Historic(Model, frozen=True, kw_only=True):
    """A citation of the law as it was, which is right although the law has changed since."""

    citation: Annotated[PlainText, Meta(title="Citation", description="As it stands in the letter")]
    as_of: Annotated[IsoDate, Meta(title="As the law was on")]


class AllowedWord(Model, frozen=True, kw_only=True):
    """A word that is a secret of an appendix and an ordinary word here; the guard passes over it."""

    word: Annotated[PlainText, Meta(title="Word")]
    reason: Annotated[PlainText, Meta(title="Reason")]


class Signatory(Model, frozen=True, kw_only=True):
    name: Annotated[PlainText, Meta(title="Name")]
    title: Annotated[PlainText, Meta(title="Title")]


class Contact(Model, frozen=True, kw_only=True):
    """Whom to ask; each part left out is not printed."""

    name: Annotated[PlainText | None, Meta(title="Name")] = None
    phone: Annotated[PlainText | None, Meta(title="Phone")] = None
    email: Annotated[PlainText | None, Meta(title="E-mail")] = None


class Appendix(Model, frozen=True, kw_only=True):
    """A confidential appendix: what the open letter may know of it, and no more."""

    id: Annotated[Code, Meta(title="Id")]
    title: Annotated[PlainText, Meta(title="Neutral title")]
    sharing: Annotated[Literal["people-concerned", "none"], Meta(title="May be shared with")]
    gender: Annotated[
        Literal["common", "neuter", "plural"],
        Meta(title="Gender of the title", description="en gennemgang, et notat, flere notater"),
    ] = "common"


class Show(Model, frozen=True, kw_only=True):
    """What the letter prints of its own frame."""

    date: Annotated[YesNo, Meta(title="Date")] = True
    case_number: Annotated[YesNo, Meta(title="Case number")] = True
    address: Annotated[YesNo, Meta(title="Address")] = True
    contact: Annotated[YesNo, Meta(title="Unit and contact")] = True
    title: Annotated[YesNo, Meta(title="Printed title")] = True


class _Common(Model, frozen=True, kw_only=True):
    case_type: Annotated[Code, Meta(title="Case type")]
    case_number: Annotated[PlainText, Meta(title="Case number")]
    date: Annotated[IsoDate, Meta(title="Date of the letter")]
    law_date: Annotated[
        IsoDate | None,
        Meta(title="Date of the law", description="Which law and terms apply; left out: the letter's date"),
    ] = None
    regime: Annotated[Code | None, Meta(title="Transitional rule")] = None
    sender: Annotated[Code, Meta(title="Sender profile")]
    recipients: Annotated[tuple[Recipient, ...], Meta(title="Recipients", min_length=1, max_length=20)]
    signatory: Annotated[Signatory, Meta(title="Signatory")]
    contact: Annotated[
        Contact | None, Meta(title="Contact", description="Left out: the sender profile's own")
    ] = None
    delivery: Annotated[Delivery | None, Meta(title="Delivery")] = None
    acknowledged: Annotated[tuple[Acknowledged, ...], Meta(title="Acknowledged warnings")] = ()
    historic: Annotated[
        tuple[Historic, ...],
        Meta(title="Historic citations", description="Citations of the law as it was", max_length=50),
    ] = ()
    show: Annotated[Show, Meta(title="What is printed")] = field(default_factory=Show)
    attach_tables: Annotated[
        YesNo,
        Meta(
            title="Attach the tables as data",
            description="The PDF carries each table of the letter as a CSV file, too",
        ),
    ] = False
    facts: Annotated[Facts, Meta(title="The case type's own fields")] = field(default_factory=dict)


class _OfAParty(_Common, frozen=True, kw_only=True):
    party: Annotated[Party | None, Meta(title="Party", description="If not the recipient")] = None
    representative: Annotated[Representative | None, Meta(title="Representative")] = None
    application: Annotated[Application, Meta(title="Application")]


class _Decision(_OfAParty, frozen=True, kw_only=True):
    matter: Annotated[Literal["decision"], Meta(title="Matter")]
    views: Annotated[tuple[View, ...], Meta(title="The party's views")] = ()


class Terms(Model, frozen=True, kw_only=True):
    """What was decided, where the wording asks for it. The case type says what must be there (`terms`).

    `granted` and `refused` are noun phrases: "integrationsansvaret for dig", "at anvise dig en bolig".
    """

    effective: Annotated[IsoDate | None, Meta(title="Applies from")] = None
    granted: Annotated[PlainText | None, Meta(title="What is granted")] = None
    refused: Annotated[PlainText | None, Meta(title="What is refused")] = None


class Granted(_Decision, frozen=True, kw_only=True):
    """Full approval: grounds may be left out (forvaltningslovens § 22)."""

    outcome: Annotated[Literal["granted"], Meta(title="Outcome")]
    reasons: Annotated[tuple[Reason, ...], Meta(title="Reasons", max_length=20)] = ()
    assessment: Annotated[ProseText | None, Meta(title="Overall assessment")] = None
    decision: Annotated[Terms | None, Meta(title="Decision")] = None
    hearing: Annotated[HearingRecord | None, Meta(title="Hearing")] = None


class PartlyGranted(_Decision, frozen=True, kw_only=True):
    outcome: Annotated[Literal["partly-granted"], Meta(title="Outcome")]
    reasons: Annotated[tuple[Reason, ...], Meta(title="Reasons", min_length=1, max_length=20)]
    assessment: Annotated[ProseText | None, Meta(title="Overall assessment")] = None
    decision: Annotated[Terms | None, Meta(title="Decision")] = None
    hearing: Annotated[HearingRecord, Meta(title="Hearing")]


class Rejected(_Decision, frozen=True, kw_only=True):
    outcome: Annotated[Literal["rejected"], Meta(title="Outcome")]
    reasons: Annotated[tuple[Reason, ...], Meta(title="Reasons", min_length=1, max_length=20)]
    assessment: Annotated[ProseText | None, Meta(title="Overall assessment")] = None
    decision: Annotated[Terms | None, Meta(title="Decision")] = None
    hearing: Annotated[HearingRecord, Meta(title="Hearing")]


class HearingTerms(Model, frozen=True, kw_only=True):
    """What a hearing letter asks: the deadline, and which decision is intended."""

    deadline: Annotated[IsoDate, Meta(title="Deadline for the reply")]
    intended: Annotated[Literal["rejected", "partly-granted"], Meta(title="Intended outcome")]


class Hearing(_OfAParty, frozen=True, kw_only=True):
    """Partshøring (forvaltningslovens § 19): the intended decision and its grounds; nothing is decided."""

    matter: Annotated[Literal["hearing"], Meta(title="Matter")]
    reasons: Annotated[tuple[Reason, ...], Meta(title="Intended reasons", min_length=1, max_length=20)]
    decision: Annotated[Terms | None, Meta(title="Intended decision")] = None
    hearing: Annotated[HearingTerms, Meta(title="Hearing")]


class Inquiry(Model, frozen=True, kw_only=True):
    """The inquiry that is replied to.

    `about` ends the sentence "henvendelse om ...": a noun phrase.
    """

    date: Annotated[IsoDate, Meta(title="Date of the inquiry")]
    about: Annotated[PlainText, Meta(title="What it is about")]
    received: Annotated[IsoDate | None, Meta(title="Received on")] = None


class Part(Model, frozen=True, kw_only=True):
    """A sub-question; the same as a question without parts of its own."""

    number: Annotated[PlainText | None, Meta(title="Number")] = None
    text: Annotated[ProseText, Meta(title="Question")]
    status: Annotated[Literal["answered", "partly", "cannot"] | None, Meta(title="Status")] = None
    answer: Annotated[ProseText | None, Meta(title="Answer")] = None
    answered_with: Annotated[PlainText | None, Meta(title="Answered together with")] = None


class Question(Model, frozen=True, kw_only=True):
    """A question as its sender numbered it: 1, 1a or 2.3; left out, it is numbered in order.

    Exactly one of `answer` and `answered_with` unless the question only holds `parts`. `answered_with`
    names the number of an earlier question whose answer serves this one too ("Ad 2 og 3").
    """

    number: Annotated[PlainText | None, Meta(title="Number")] = None
    text: Annotated[ProseText, Meta(title="Question")]
    parts: Annotated[tuple[Part, ...], Meta(title="Sub-questions", max_length=26)] = ()
    status: Annotated[Literal["answered", "partly", "cannot"] | None, Meta(title="Status")] = None
    answer: Annotated[ProseText | None, Meta(title="Answer")] = None
    answered_with: Annotated[PlainText | None, Meta(title="Answered together with")] = None


class Headings(Model, frozen=True, kw_only=True):
    """Headings that replace the library's word for word."""

    title: Annotated[HeadingText | None, Meta(title="Title of the letter")] = None
    questions: Annotated[HeadingText | None, Meta(title="Heading above the questions")] = None
    answers: Annotated[HeadingText | None, Meta(title="Heading above the answers")] = None


class Reply(_Common, frozen=True, kw_only=True):
    """A numbered reply. It decides nothing, so it carries neither grounds nor complaint guidance."""

    matter: Annotated[Literal["reply"], Meta(title="Matter")]
    inquiry: Annotated[Inquiry, Meta(title="Inquiry")]
    questions: Annotated[tuple[Question, ...], Meta(title="Questions", min_length=1, max_length=200)]
    salutation: Annotated[
        PlainText | None, Meta(title="Salutation", description="Replaces the library's")
    ] = None
    opening: Annotated[ProseText | None, Meta(title="Opening", description="Replaces the library's")] = None
    before_questions: Annotated[
        ProseText | None, Meta(title="Before the questions", description="Replaces the library's")
    ] = None
    headings: Annotated[Headings, Meta(title="Headings")] = field(default_factory=Headings)
    closing: Annotated[ProseText | None, Meta(title="Closing", description="Replaces the library's")] = None
    attachments: Annotated[
        tuple[PlainText, ...] | None,
        Meta(title="Lines after the signature", description="Replaces the library's", max_length=50),
    ] = None
    appendices: Annotated[tuple[Appendix, ...], Meta(title="Confidential appendices", max_length=20)] = ()
    allowed: Annotated[
        tuple[AllowedWord, ...],
        Meta(
            title="Allowed words",
            description="Ordinary words that are also names of an appendix",
            max_length=100,
        ),
    ] = ()


Case = Granted | PartlyGranted | Rejected | Hearing | Reply
