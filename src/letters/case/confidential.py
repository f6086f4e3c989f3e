"""The confidential appendix's case file: what may stand in it, and nothing else.

This is the confidential half of the case room. What reads, composes or draws an open letter may not import
it; a contract in pyproject.toml and a test hold that.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Literal

from pydantic import BeforeValidator, Field, WithJsonSchema

from letters.case.fields import CivilNumber, IsoDate, PlainText, ProseText, YesNo, whole_number
from letters.case.models import Acknowledged, Address, AllowedWord, Code, Contact, Model, Signatory

Number = Annotated[
    int,
    BeforeValidator(whole_number),
    WithJsonSchema({"anyOf": [{"type": "integer", "minimum": 0}, {"type": "string", "pattern": "^[0-9]+$"}]}),
]


class Person(Model):
    """A person whom the appendix is about.

    Other names, CPR number, address, phone and e-mail are never printed: the leak guard looks for them in
    the open letters.
    """

    name: PlainText = Field(title="Name")
    other_names: tuple[PlainText, ...] = Field(
        (),
        max_length=20,
        title="Other names",
        description="Former names, nicknames, relatives; never printed",
    )
    cpr: CivilNumber | None = Field(None, title="CPR number", description="Never printed")
    case_number: PlainText | None = Field(None, title="Case number")
    address: Address | None = Field(None, title="Address", description="Never printed")
    phone: PlainText | None = Field(None, title="Phone", description="Never printed")
    email: PlainText | None = Field(None, title="E-mail", description="Never printed")
    protected: YesNo = Field(False, title="Protected name and address")
    account: ProseText = Field(title="Account of the case")
    outcome: ProseText = Field(title="Outcome of the case")
    legal_basis: PlainText = Field(title="Legal basis", description="Such as: integrationslovens § 18")


class Basis(Model):
    """Why somebody may receive what stands about people.

    Attributes:
        date: of the consent or power of attorney; of the request for access.
        provision: of the right of access.
        people: numbers of the people it holds for, from 1 in the order of the file; None means all.
    """

    kind: Literal["consent", "power-of-attorney", "right-of-access"] = Field(title="Basis")
    date: IsoDate = Field(title="Date of the basis")
    provision: PlainText | None = Field(
        None, title="Provision", description="Required for a right of access: forvaltningslovens § 9"
    )
    people: tuple[Number, ...] | None = Field(
        None, min_length=1, max_length=50, title="For which people", description="Left out: for all of them"
    )

    def covers(self, number: int) -> bool:
        """Whether it holds for the person of that number, counted from 1."""
        return self.people is None or number in self.people


class Receiver(Model):
    """Somebody who may receive the whole appendix."""

    name: PlainText = Field(title="Name")
    title: PlainText | None = Field(None, title="Title or office")
    organisation: PlainText | None = Field(None, title="Organisation")
    basis: tuple[Basis, ...] = Field((), max_length=50, title="Basis")

    def is_person(self, person: Person) -> bool:
        """Whether the receiver is that very person, who needs no basis for what is their own."""
        return self.organisation is None and self.name.casefold() == person.name.casefold()


class ConfidentialAppendix(Model):
    """An appendix with what concerns named people. The open letter knows its id, title and sharing alone.

    Attributes:
        title: neutral: it stands in the open letter.
        sharing: whether each person's part may be shared with that person; then there is an extract for each.
        secrecy_order: impose secrecy on the receivers (forvaltningslovens § 27, stk. 6).
    """

    matter: Literal["appendix"] = Field(title="Matter")
    id: Code = Field(title="Id")
    title: PlainText = Field(title="Neutral title")
    classification: Literal["confidential", "sensitive"] = Field(title="Classification")
    sharing: Literal["people-concerned", "none"] = Field(title="May be shared with")
    case_number: PlainText = Field(title="Case number")
    date: IsoDate = Field(title="Date of the letter")
    sender: Code = Field(title="Sender profile")
    recipients: tuple[Receiver, ...] = Field((), max_length=20, title="Who may receive it")
    secrecy_order: YesNo = Field(False, title="Order of secrecy")
    opening: ProseText | None = Field(None, title="Opening", description="Replaces the library's")
    people: tuple[Person, ...] = Field(min_length=1, max_length=50, title="People")
    signatory: Signatory = Field(title="Signatory")
    contact: Contact | None = Field(None, title="Contact", description="Left out: the sender profile's own")
    allowed: tuple[AllowedWord, ...] = Field((), max_length=100, title="Allowed words")
    acknowledged: tuple[Acknowledged, ...] = Field((), max_length=50, title="Accepted warnings")

    def alone(self, index: int) -> ConfidentialAppendix:
        """The appendix as if it were about one person only: what an extract is made from.

        Gone are the other people, the opening (it speaks of all of them), people who receive the appendix
        for themselves, and every basis that does not hold for this person.

        Args:
            index: of the person in `people`, from 0.
        """
        receivers = tuple(self._receivers_alone(index))
        update = {"people": (self.people[index],), "recipients": receivers, "opening": None}
        return self.model_copy(update=update)

    def _receivers_alone(self, index: int) -> Iterator[Receiver]:
        for receiver in self.recipients:
            own = tuple(
                basis.model_copy(update={"people": None})
                for basis in receiver.basis
                if basis.covers(index + 1)
            )
            if receiver.organisation and own:
                yield receiver.model_copy(update={"basis": own, "name": receiver.organisation, "title": None})
