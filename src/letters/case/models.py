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

from pydantic import BaseModel, ConfigDict, Field, PlainSerializer, StringConstraints

from letters.case.fields import CivilNumber, HeadingText, IsoDate, PlainText, ProseText, YesNo

Code = Annotated[str, StringConstraints(pattern=r"^[a-z0-9][a-z0-9-]*$", max_length=80)]

# Read as any mapping; `read_case` puts the typed values of the library's fields in their place.
Facts = Annotated[Mapping[str, Any], PlainSerializer(dict)]

_OneFact = str | dt.date | int | Decimal | bool | tuple[str, ...]
FactValue = _OneFact | tuple[Mapping[str, _OneFact], ...]


class Model(BaseModel):
    """Frozen, closed, and silent about its contents: a repr never shows a citizen's data."""

    # What validates a model is built when something is validated by it: a letter needs one of six models, and
    # those within are built with it.
    model_config = ConfigDict(extra="forbid", frozen=True, hide_input_in_errors=True, defer_build=True)

    def __repr__(self) -> str:
        return f"<{type(self).__name__}>"

    __str__ = __repr__


class Address(Model):
    """A postal address. Danish, unless `country` says otherwise."""

    street: PlainText = Field(title="Street and number", description="With floor and door")
    postcode: PlainText = Field(title="Postcode", description="Four digits in Denmark")
    city: PlainText = Field(title="City")
    co: PlainText | None = Field(None, title="c/o", description="Who the recipient lives with")
    place: PlainText | None = Field(None, title="Place name", description="A line above the street")
    country: PlainText | None = Field(None, title="Country", description="Only for addresses abroad")


class Recipient(Model):
    name: PlainText = Field(title="Name")
    title: PlainText | None = Field(None, title="Title or office", description="Printed under the name")
    organisation: PlainText | None = Field(None, title="Organisation", description="Printed under the name")
    address: Address | None = Field(None, title="Address", description="Left out when nothing is posted")
    protected: YesNo = Field(False, title="Protected name and address")


class Party(Model):
    """The person decided about, when that is not the recipient."""

    name: PlainText = Field(title="Name")
    cpr: CivilNumber | None = Field(None, title="CPR number")


class Representative(Model):
    """That the recipient represents the party (forvaltningslovens § 8)."""

    basis: PlainText = Field(title="Basis", description="Such as: fuldmagt af 3. juni 2021")


class Application(Model):
    received: IsoDate = Field(title="Received on")


class Reason(Model):
    """A ground and what it rests on in this case. `facts` are the fields that the ground asks for."""

    ground: Code = Field(title="Ground")
    facts: Facts = Field(default_factory=dict, title="Facts")
    considerations: ProseText | None = Field(
        None, title="Main considerations", description="Required where the rule leaves discretion"
    )


class View(Model):
    """An argument of the party's own, and the answer to it."""

    argument: ProseText = Field(title="Argument")
    answer: ProseText = Field(title="Answer")


class HearingHeld(Model):
    status: Literal["held"] = Field(title="Hearing")
    deadline: IsoDate = Field(title="Deadline that was given")
    reply: IsoDate | None = Field(None, title="Reply received on", description="Left out when none came")


class HearingNotNeeded(Model):
    status: Literal["not-needed"] = Field(title="Hearing")
    why: PlainText = Field(title="Why", description="Such as: alle oplysninger kommer fra parten selv")


class HearingException(Model):
    status: Literal["exception"] = Field(title="Hearing")
    number: Literal["1", "2", "3", "4", "5", "6"] = Field(
        title="Number", description="Forvaltningslovens § 19, stk. 2, nr. 1-6"
    )
    why: PlainText = Field(title="Why")


HearingRecord = Annotated[HearingHeld | HearingNotNeeded | HearingException, Field(discriminator="status")]


class Delivery(Model):
    channel: Literal["digital-post", "letter", "handed-over"] = Field(title="Channel")
    sent: IsoDate | None = Field(None, title="Sent on")
    last_day: YesNo = Field(
        False,
        title="Name the last day for a complaint",
        description="Only for Digital Post with a known day of dispatch; left out, the rule alone is printed",
    )


class Acknowledged(Model):
    """A warning that was seen and accepted."""

    code: PlainText = Field(title="Problem code")
    reason: PlainText = Field(title="Reason")


class Historic(Model):
    """A citation of the law as it was, which is right although the law has changed since."""

    citation: PlainText = Field(title="Citation", description="As it stands in the letter")
    as_of: IsoDate = Field(title="As the law was on")


class AllowedWord(Model):
    """A word that is a secret of an appendix and an ordinary word here; the guard passes over it."""

    word: PlainText = Field(title="Word")
    reason: PlainText = Field(title="Reason")


class Signatory(Model):
    name: PlainText = Field(title="Name")
    title: PlainText = Field(title="Title")


class Contact(Model):
    """Whom to ask; each part left out is not printed."""

    name: PlainText | None = Field(None, title="Name")
    phone: PlainText | None = Field(None, title="Phone")
    email: PlainText | None = Field(None, title="E-mail")


class Appendix(Model):
    """A confidential appendix: what the open letter may know of it, and no more."""

    id: Code = Field(title="Id")
    title: PlainText = Field(title="Neutral title")
    sharing: Literal["people-concerned", "none"] = Field(title="May be shared with")
    gender: Literal["common", "neuter", "plural"] = Field(
        "common", title="Gender of the title", description="en gennemgang, et notat, flere notater"
    )


class Show(Model):
    """What the letter prints of its own frame."""

    date: YesNo = Field(True, title="Date")
    case_number: YesNo = Field(True, title="Case number")
    address: YesNo = Field(True, title="Address")
    contact: YesNo = Field(True, title="Unit and contact")
    title: YesNo = Field(True, title="Printed title")


class _Common(Model):
    case_type: Code = Field(title="Case type")
    case_number: PlainText = Field(title="Case number")
    date: IsoDate = Field(title="Date of the letter")
    law_date: IsoDate | None = Field(
        None, title="Date of the law", description="Which law and terms apply; left out: the letter's date"
    )
    regime: Code | None = Field(None, title="Transitional rule")
    sender: Code = Field(title="Sender profile")
    recipients: tuple[Recipient, ...] = Field(min_length=1, max_length=20, title="Recipients")
    signatory: Signatory = Field(title="Signatory")
    contact: Contact | None = Field(None, title="Contact", description="Left out: the sender profile's own")
    delivery: Delivery | None = Field(None, title="Delivery")
    acknowledged: tuple[Acknowledged, ...] = Field((), title="Acknowledged warnings")
    historic: tuple[Historic, ...] = Field(
        (), max_length=50, title="Historic citations", description="Citations of the law as it was"
    )
    show: Show = Field(default_factory=Show, title="What is printed")
    attach_tables: YesNo = Field(
        False,
        title="Attach the tables as data",
        description="The PDF carries each table of the letter as a CSV file, too",
    )
    facts: Facts = Field(default_factory=dict, title="The case type's own fields")


class _OfAParty(_Common):
    party: Party | None = Field(None, title="Party", description="If not the recipient")
    representative: Representative | None = Field(None, title="Representative")
    application: Application = Field(title="Application")


class _Decision(_OfAParty):
    matter: Literal["decision"] = Field(title="Matter")
    views: tuple[View, ...] = Field((), title="The party's views")


class Terms(Model):
    """What was decided, where the wording asks for it. The case type says what must be there (`terms`).

    `granted` and `refused` are noun phrases: "integrationsansvaret for dig", "at anvise dig en bolig".
    """

    effective: IsoDate | None = Field(None, title="Applies from")
    granted: PlainText | None = Field(None, title="What is granted")
    refused: PlainText | None = Field(None, title="What is refused")


class Granted(_Decision):
    """Full approval: grounds may be left out (forvaltningslovens § 22)."""

    outcome: Literal["granted"] = Field(title="Outcome")
    reasons: tuple[Reason, ...] = Field((), max_length=20, title="Reasons")
    assessment: ProseText | None = Field(None, title="Overall assessment")
    decision: Terms | None = Field(None, title="Decision")
    hearing: HearingRecord | None = Field(None, title="Hearing")


class PartlyGranted(_Decision):
    outcome: Literal["partly-granted"] = Field(title="Outcome")
    reasons: tuple[Reason, ...] = Field(min_length=1, max_length=20, title="Reasons")
    assessment: ProseText | None = Field(None, title="Overall assessment")
    decision: Terms | None = Field(None, title="Decision")
    hearing: HearingRecord = Field(title="Hearing")


class Rejected(_Decision):
    outcome: Literal["rejected"] = Field(title="Outcome")
    reasons: tuple[Reason, ...] = Field(min_length=1, max_length=20, title="Reasons")
    assessment: ProseText | None = Field(None, title="Overall assessment")
    decision: Terms | None = Field(None, title="Decision")
    hearing: HearingRecord = Field(title="Hearing")


class HearingTerms(Model):
    """What a hearing letter asks: the deadline, and which decision is intended."""

    deadline: IsoDate = Field(title="Deadline for the reply")
    intended: Literal["rejected", "partly-granted"] = Field(title="Intended outcome")


class Hearing(_OfAParty):
    """Partshøring (forvaltningslovens § 19): the intended decision and its grounds; nothing is decided."""

    matter: Literal["hearing"] = Field(title="Matter")
    reasons: tuple[Reason, ...] = Field(min_length=1, max_length=20, title="Intended reasons")
    decision: Terms | None = Field(None, title="Intended decision")
    hearing: HearingTerms = Field(title="Hearing")


class Inquiry(Model):
    """The inquiry that is replied to.

    `about` ends the sentence "henvendelse om ...": a noun phrase.
    """

    date: IsoDate = Field(title="Date of the inquiry")
    about: PlainText = Field(title="What it is about")
    received: IsoDate | None = Field(None, title="Received on")


class Part(Model):
    """A sub-question; the same as a question without parts of its own."""

    number: PlainText | None = Field(None, title="Number")
    text: ProseText = Field(title="Question")
    status: Literal["answered", "partly", "cannot"] | None = Field(None, title="Status")
    answer: ProseText | None = Field(None, title="Answer")
    answered_with: PlainText | None = Field(None, title="Answered together with")


class Question(Model):
    """A question as its sender numbered it: 1, 1a or 2.3; left out, it is numbered in order.

    Exactly one of `answer` and `answered_with` unless the question only holds `parts`. `answered_with`
    names the number of an earlier question whose answer serves this one too ("Ad 2 og 3").
    """

    number: PlainText | None = Field(None, title="Number")
    text: ProseText = Field(title="Question")
    parts: tuple[Part, ...] = Field((), max_length=26, title="Sub-questions")
    status: Literal["answered", "partly", "cannot"] | None = Field(None, title="Status")
    answer: ProseText | None = Field(None, title="Answer")
    answered_with: PlainText | None = Field(None, title="Answered together with")


class Headings(Model):
    """Headings that replace the library's word for word."""

    title: HeadingText | None = Field(None, title="Title of the letter")
    questions: HeadingText | None = Field(None, title="Heading above the questions")
    answers: HeadingText | None = Field(None, title="Heading above the answers")


class Reply(_Common):
    """A numbered reply. It decides nothing, so it carries neither grounds nor complaint guidance."""

    matter: Literal["reply"] = Field(title="Matter")
    inquiry: Inquiry = Field(title="Inquiry")
    questions: tuple[Question, ...] = Field(min_length=1, max_length=200, title="Questions")
    salutation: PlainText | None = Field(None, title="Salutation", description="Replaces the library's")
    opening: ProseText | None = Field(None, title="Opening", description="Replaces the library's")
    before_questions: ProseText | None = Field(
        None, title="Before the questions", description="Replaces the library's"
    )
    headings: Headings = Field(default_factory=Headings, title="Headings")
    closing: ProseText | None = Field(None, title="Closing", description="Replaces the library's")
    attachments: tuple[PlainText, ...] | None = Field(
        None, max_length=50, title="Lines after the signature", description="Replaces the library's"
    )
    appendices: tuple[Appendix, ...] = Field((), max_length=20, title="Confidential appendices")
    allowed: tuple[AllowedWord, ...] = Field(
        (),
        max_length=100,
        title="Allowed words",
        description="Ordinary words that are also names of an appendix",
    )


Case = Granted | PartlyGranted | Rejected | Hearing | Reply
