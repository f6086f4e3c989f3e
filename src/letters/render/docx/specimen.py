"""Two specimen letters, drawn when a letterhead is opened: what it loses, doubles or adds shows at once."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Iterator

from jinja2 import TemplateError as JinjaError
from lxml import etree

from letters.document.model import Fact, Letter, Paragraph, Role, Section, Slots, Status, Text
from letters.problems import N_, Place, Problem, Severity, TemplateError
from letters.render.docx.slots import SlotError
from letters.render.docx.xml import W

_SECTIONS = (Section(Role.OPENING, (Paragraph((Text("sbody"),)),)),)
_FULL = Letter(
    title="stitle",
    status=Status.DRAFT,
    date="2000-01-01",
    letterhead="",
    slots=Slots(
        sender="ssender",
        page_label="spage",
        logo_alt="slogo",
        notice="snotice",
        mark="smark",
        running="srunning",
        return_line="sreturn",
        address=(Text("saddressa"), Text("saddressb")),
        column=(Fact("slabel", (Text("slinea"), Text("slineb"))), Fact("", (Text("slinec"),))),
    ),
    sections=_SECTIONS,
)
_BARE = Letter(
    title="stitle",
    status=Status.FINAL,
    date="2000-01-01",
    letterhead="",
    slots=Slots(sender="ssender", page_label="spage", logo_alt="slogo"),
    sections=_SECTIONS,
)
_READ = {
    "full": ["snotice", "sreturn", "saddressa", "saddressb", "slabel", "slinea slineb", "slinec", "sbody"],
    "bare": ["sbody"],
}
_FURNITURE = {
    "sender": "ssender",
    "mark": "smark",
    "running": "srunning",
    "page_label": "spage",
    "logo_alt": "slogo",
}


def check_specimens(render: Callable[[Letter], bytes], letterhead: str) -> None:
    """Draw a letter with everything and one with next to nothing, and read them again.

    Raises:
        TemplateError: when the letterhead's page loses a text, adds one or changes their order.
    """
    place = Place(letterhead)
    try:
        full, bare = render(_FULL), render(_BARE)
    except (JinjaError, SlotError, etree.XMLSyntaxError) as error:
        raise TemplateError([_broken(place, error)]) from error
    problems = [*_page(place, "full", full), *_page(place, "bare", bare), *_furniture(place, full)]
    if problems:
        raise TemplateError(problems)


def _page(place: Place, kind: str, data: bytes) -> Iterator[Problem]:
    found = [" ".join(_texts(paragraph)) for paragraph in _part(data, "word/document.xml").iter(f"{W}p")]
    if found != _READ[kind]:
        yield Problem(
            "render.docx-letterhead-page",
            Severity.FATAL,
            N_("the letterhead's page reads {found}, and should read {wanted}"),
            place,
            {"found": " | ".join(found), "wanted": " | ".join(_READ[kind])},
            N_(
                "let the slots stand in the order notice, return_line, address, column, body, each in a"
                " paragraph of its own between “if” or “for” paragraphs, and no words beside them"
            ),
        )


def _furniture(place: Place, data: bytes) -> Iterator[Problem]:
    shown = _furniture_text(data)
    for slot, text in _FURNITURE.items():
        if text not in shown:
            yield Problem(
                "render.docx-slot-lost",
                Severity.FATAL,
                N_("the slot “{slot}” prints nothing in the letterhead's header or footer"),
                place,
                {"slot": slot},
                N_("put the slot where it is printed: the logo's alternative text, the header or the footer"),
            )


def _furniture_text(data: bytes) -> str:
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        roots = [
            etree.fromstring(package.read(name))
            for name in package.namelist()
            if name.startswith(("word/header", "word/footer"))
        ]
    texts = [text for root in roots for text in _texts(root)]
    described = [str(e.get("descr", "")) for root in roots for e in root.iter("{*}docPr")]
    return " ".join([*texts, *described])


def _part(data: bytes, name: str) -> etree._Element:
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return etree.fromstring(package.read(name))


def _texts(element: etree._Element) -> list[str]:
    return [text.text or "" for text in element.iter(f"{W}t") if text.text]


def _broken(place: Place, error: Exception) -> Problem:
    return Problem(
        "render.docx-slot-broken",
        Severity.FATAL,
        N_("a slot of the letterhead cannot be filled: {reason}"),
        place,
        {"reason": str(error)},
        N_(
            "write {{{{p body }}}} for the body, {{{{r fact.lines }}}} and {{{{r page_label }}}} for runs,"
            " and {{{{ name }}}} for plain texts"
        ),
    )
