"""The confidential appendix's case file: what may stand in it, and nothing else.

This is the confidential half of the case room. What reads, composes or draws an open letter may not import
it; a contract in pyproject.toml and a test hold that.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Literal

import msgspec
from msgspec import Meta

from letters.case.fields import CivilNumberText, Code, IsoDate, PlainText, ProseText, YesNo, whole_number
from letters.case.models import Acknowledged, Address, AllowedWord, Contact, Model, Signatory
from letters.records import Read

Number = Annotated[int, Read(whole_number)]


class Person(Model, frozen=True, kw_only=True):
    """A person whom the appendix is about.

    Other names, CPR number, address, phone and e-mail are never printed: the leak guard looks for them in
    the open letters.
    """

    name: Annotated[PlainText, Meta(title="Name")]
    other_names: Annotated[
        tuple[PlainText, ...],
        Meta(
            title="Other names",
            description="Former names, nicknames, relatives; never printed",
            max_length=20,
        ),
    ] = ()
    cpr: Annotated[CivilNumberText | None, Meta(title="CPR number", description="Never printed")] = None
    case_number: Annotated[PlainText | None, Meta(title="Case number")] = None
    address: Annotated[Address | None, Meta(title="Address", description="Never printed")] = None
    phone: Annotated[PlainText | None, Meta(title="Phone", description="Never printed")] = None
    email: Annotated[PlainText | None, Meta(title="E-mail", description="Never printed")] = None
    protected: Annotated[YesNo, Meta(title="Protected name and address")] = False
    account: Annotated[ProseText, Meta(title="Account of the case")]
    outcome: Annotated[ProseText, Meta(title="Outcome of the case")]
    legal_basis: Annotated[
        PlainText, Meta(title="Legal basis", description="Such as: integrationslovens § 18")
    ]


class Basis(Model, frozen=True, kw_only=True):
    """Why somebody may receive what stands about people.

    Attributes:
        date: of the consent or power of attorney; of the request for access.
        provision: of the right of access.
        people: numbers of the people it holds for, from 1 in the order of the file; None means all.
    """

    kind: Annotated[Literal["consent", "power-of-attorney", "right-of-access"], Meta(title="Basis")]
    date: Annotated[IsoDate, Meta(title="Date of the basis")]
    provision: Annotated[
        PlainText | None,
        Meta(title="Provision", description="Required for a right of access: forvaltningslovens § 9"),
    ] = None
    people: Annotated[
        tuple[Number, ...] | None,
        Meta(title="For which people", description="Left out: for all of them", min_length=1, max_length=50),
    ] = None

    def covers(self, number: int) -> bool:
        """Whether it holds for the person of that number, counted from 1."""
        return self.people is None or number in self.people


class Receiver(Model, frozen=True, kw_only=True):
    """Somebody who may receive the whole appendix."""

    name: Annotated[PlainText, Meta(title="Name")]
    title: Annotated[PlainText | None, Meta(title="Title or office")] = None
    organisation: Annotated[PlainText | None, Meta(title="Organisation")] = None
    basis: Annotated[tuple[Basis, ...], Meta(title="Basis", max_length=50)] = ()

    def is_person(self, person: Person) -> bool:
        """Whether the receiver is that very person, who needs no basis for what is their own."""
        return self.organisation is None and self.name.casefold() == person.name.casefold()


class ConfidentialAppendix(Model, frozen=True, kw_only=True):
    """An appendix with what concerns named people. The open letter knows its id, title and sharing alone.

    Attributes:
        title: neutral: it stands in the open letter.
        sharing: whether each person's part may be shared with that person; then there is an extract for each.
        secrecy_order: impose secrecy on the receivers (forvaltningslovens § 27, stk. 6).
    """

    matter: Annotated[Literal["appendix"], Meta(title="Matter")]
    id: Annotated[Code, Meta(title="Id")]
    title: Annotated[PlainText, Meta(title="Neutral title")]
    classification: Annotated[Literal["confidential", "sensitive"], Meta(title="Classification")]
    sharing: Annotated[Literal["people-concerned", "none"], Meta(title="May be shared with")]
    case_number: Annotated[PlainText, Meta(title="Case number")]
    date: Annotated[IsoDate, Meta(title="Date of the letter")]
    sender: Annotated[Code, Meta(title="Sender profile")]
    recipients: Annotated[tuple[Receiver, ...], Meta(title="Who may receive it", max_length=20)] = ()
    secrecy_order: Annotated[YesNo, Meta(title="Order of secrecy")] = False
    opening: Annotated[ProseText | None, Meta(title="Opening", description="Replaces the library's")] = None
    people: Annotated[tuple[Person, ...], Meta(title="People", min_length=1, max_length=50)]
    signatory: Annotated[Signatory, Meta(title="Signatory")]
    contact: Annotated[
        Contact | None, Meta(title="Contact", description="Left out: the sender profile's own")
    ] = None
    allowed: Annotated[tuple[AllowedWord, ...], Meta(title="Allowed words", max_length=100)] = ()
    acknowledged: Annotated[tuple[Acknowledged, ...], Meta(title="Accepted warnings", max_length=50)] = ()

    def alone(self, index: int) -> ConfidentialAppendix:
        """The appendix as if it were about one person only: what an extract is made from.

        Gone are the other people, the opening (it speaks of all of them), people who receive the appendix
        for themselves, and every basis that does not hold for this person.

        Args:
            index: of the person in `people`, from 0.
        """
        receivers = tuple(self._receivers_alone(index))
        alone = (self.people[index],)
        return msgspec.structs.replace(self, people=alone, recipients=receivers, opening=None)

    def _receivers_alone(self, index: int) -> Iterator[Receiver]:
        for receiver in self.recipients:
            own = tuple(
                msgspec.structs.replace(basis, people=None)
                for basis in receiver.basis
                if basis.covers(index + 1)
            )
            if receiver.organisation and own:
                yield msgspec.structs.replace(receiver, basis=own, name=receiver.organisation, title=None)
