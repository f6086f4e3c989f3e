"""The letter's frame: address, column, running lines.

It is filled from the case, the sender profile and the library's labels.
"""

from __future__ import annotations

from collections.abc import Iterator

from letters.case.models import Address, Case, Recipient
from letters.danish import dato
from letters.document.model import Fact, Slots, Status, Text
from letters.problems import N_, Place, Problem, Severity
from letters.wording.library import Library

# What fits the envelope's window at the letterhead's size of type.
MAX_ADDRESS_LINES = 8
_Line = tuple[str, str]  # text, case field


def slots(case: Case, library: Library, status: Status) -> tuple[Slots, list[Problem]]:
    """Fill the slots.

    Returns:
        The slots, and the problems that the address makes.
    """
    sender = library.senders[case.sender]
    labels = library.labels
    draft = status is Status.DRAFT
    address, problems = _address_block(case) if case.show.address else ([], [])
    posted = case.show.address and any(recipient.address for recipient in case.recipients)
    return (
        Slots(
            sender=sender.authority,
            page_label=labels["page"],
            logo_alt=sender.logo_alt,
            notice=labels["draft_notice"] if draft else "",
            mark=labels["draft"] if draft else "",
            running=case.case_number if case.show.case_number else "",
            return_line=sender.return_address if posted else "",
            address=tuple(Text(text, field) for text, field in address),
            column=tuple(_column(case, library)),
        ),
        problems,
    )


def _address_block(case: Case) -> tuple[list[_Line], list[Problem]]:
    recipients = case.recipients
    names = [line for index, recipient in enumerate(recipients) for line in _names(recipient, index)]
    shown = [
        (index, recipient.address)
        for index, recipient in enumerate(recipients)
        if recipient.address and not (recipient.protected and len(recipients) > 1)
    ]
    problems = []
    if len({address for _, address in shown}) > 1:
        problems.append(_several_addresses())
    lines = names + (list(_postal(shown[0][1], shown[0][0])) if shown else [])
    if len(lines) > MAX_ADDRESS_LINES:
        problems.append(_too_long(len(lines)))
    return lines, problems


def _names(recipient: Recipient, index: int) -> Iterator[_Line]:
    for name in ("name", "title", "organisation"):
        if text := getattr(recipient, name):
            yield text, f"recipients[{index}].{name}"


def _postal(address: Address, index: int) -> Iterator[_Line]:
    at = f"recipients[{index}].address"
    if address.co:
        yield f"c/o {address.co}", f"{at}.co"
    if address.place:
        yield address.place, f"{at}.place"
    yield address.street, f"{at}.street"
    yield f"{address.postcode} {address.city}", f"{at}.city"
    if address.country:
        yield address.country, f"{at}.country"


def _several_addresses() -> Problem:
    return Problem(
        "case.several-addresses",
        Severity.FATAL,
        N_("the recipients have different addresses, and a letter has one"),
        Place("", field="recipients"),
        help=N_("write one case file for each address"),
    )


def _too_long(lines: int) -> Problem:
    return Problem(
        "case.address-too-long",
        Severity.FATAL,
        N_("the address has {lines} lines, and the envelope's window holds {limit}"),
        Place("", field="recipients"),
        {"lines": lines, "limit": MAX_ADDRESS_LINES},
        N_("leave out titles or the place name, or write one case file for each recipient"),
    )


def _column(case: Case, library: Library) -> Iterator[Fact]:
    labels, sender = library.labels, library.senders[case.sender]
    if case.show.date:
        yield Fact(labels["date"], (Text(dato(case.date), "date"),))
    if case.show.case_number:
        yield Fact(labels["case_number"], (Text(case.case_number, "case_number"),))
    if not case.show.contact:
        return
    yield Fact(labels["unit"], (Text(sender.unit), *(Text(line) for line in sender.address)))
    own: dict[str, Text] = {}
    for part in ("name", "phone", "email"):
        if text := getattr(case.contact, part, None) if case.contact else sender.texts.get(part):
            own[part] = Text(text, f"contact.{part}" if case.contact else None)
    for part, label in (("name", "contact"), ("phone", "phone"), ("email", "email")):
        if part in own:
            yield Fact(labels[label], (own[part],))
