"""A letter with every slot filled, drawn when a letterhead is loaded: what its layout loses shows at once."""

from __future__ import annotations

from collections.abc import Iterator
from xml.etree.ElementTree import Element

from letters.document.model import Fact, Letter, Paragraph, Role, Section, Slots, Status, Text
from letters.problems import N_, Place, Problem, Severity

LETTER = Letter(
    title="xtitle",
    status=Status.DRAFT,
    date="2021-01-01",
    letterhead="x",
    slots=Slots(
        sender="xsender",
        page_label="xpage_label{page}{pages}",
        logo_alt="xlogo_alt",
        notice="xnotice",
        mark="xmark",
        classification="xclassification",
        running="xrunning",
        return_line="xreturn_line",
        address=(Text("xaddress"),),
        column=(Fact("xcolumn", (Text("x"),)),),
    ),
    sections=(Section(Role.OPENING, (Paragraph((Text("xbody"),)),)),),
    heading=(Text("x"),),
)

#: What letterhead.html must print, by the words of the sample.
_SLOTS = (
    *("sender", "page_label", "notice", "mark", "classification", "running"),
    *("return_line", "address", "column", "body"),
)


def faults(root: Element, file: str) -> list[Problem]:
    """What the layout of the sample lacks."""
    shown = [*root.itertext(), *(value for element in root.iter() for value in element.attrib.values())]
    missing = [slot for slot in _SLOTS if not any(f"x{slot}" in text for text in shown)]
    return [_missing(slot, file) for slot in missing] + list(_pictures(root, file))


def _missing(slot: str, file: str) -> Problem:
    return Problem(
        "letterhead.slot-missing",
        Severity.FATAL,
        N_("the letterhead has no slot “{slot}”, so a part of the letter would be lost"),
        Place(file),
        {"slot": slot},
        help=N_("print it in letterhead.html, as the other letterheads do"),
    )


def _pictures(root: Element, file: str) -> Iterator[Problem]:
    pictures = list(root.iter("img"))
    if not any("xlogo_alt" in picture.get("alt", "") for picture in pictures):
        yield _mute(file, "{{ slots.logo_alt }}")
    for picture in pictures:
        if not picture.get("alt", "").strip():
            yield _mute(file, picture.get("src", ""))


def _mute(file: str, picture: str) -> Problem:
    return Problem(
        "letterhead.alt-missing",
        Severity.FATAL,
        N_("a picture of the letterhead has no alternative text ({picture})"),
        Place(file),
        {"picture": picture},
        help=N_('give the logo alt="{{{{ slots.logo_alt }}}}", and any other picture words of its own'),
        see="WCAG 2.1, 1.1.1",
    )
