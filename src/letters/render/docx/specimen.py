"""Specimen letters, drawn when a letterhead is opened: what it loses, doubles or adds shows at once."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import replace

from jinja2 import TemplateError as JinjaError
from lxml import etree

from letters.document.model import Fact, Letter, Paragraph, Role, Section, Slots, Status, Text
from letters.problems import N_, Place, Problem, Severity, TemplateError
from letters.render.docx.names import FURNITURE_SLOTS
from letters.render.docx.slots import SlotError
from letters.render.docx.xml import W

_SLOTS = Slots(sender="ssender", page_label="spage", logo_alt="slogo")
_FULL = replace(
    _SLOTS,
    notice="snotice",
    mark="smark",
    classification="sclassification",
    running="srunning",
    return_line="sreturn",
    address=(Text("saddressa"), Text("saddressb")),
    column=(Fact("slabel", (Text("slinea"), Text("slineb"))), Fact("", (Text("slinec"),))),
)
# Everything, nothing, and each slot that may be empty alone: an “if” may ask about the wrong one.
_SPECIMENS = (
    _FULL,
    _SLOTS,
    replace(_SLOTS, notice=_FULL.notice),
    replace(_SLOTS, classification=_FULL.classification),
    replace(_SLOTS, return_line=_FULL.return_line),
    replace(_SLOTS, address=_FULL.address, mark=_FULL.mark),
    replace(_SLOTS, column=_FULL.column, running=_FULL.running),
)


def check_specimens(render: Callable[[Letter], bytes], letterhead: str) -> None:
    """Draw letters with everything, with nothing and with a little, and read them again.

    Raises:
        TemplateError: when the letterhead's page loses a text, adds one or changes their order.
    """
    place = Place(letterhead)
    problems: list[Problem] = []
    for slots in _SPECIMENS:
        try:
            data = render(_letter(slots))
        except (JinjaError, SlotError, etree.XMLSyntaxError) as error:
            raise TemplateError([_broken(place, error)]) from error
        problems += [*_page(place, slots, data), *_furniture(place, slots, data)]
    if problems:
        raise TemplateError(_once(problems))


def _letter(slots: Slots) -> Letter:
    return Letter(
        title="stitle",
        status=Status.DRAFT if slots.mark else Status.FINAL,
        date="2000-01-01",
        letterhead="",
        slots=slots,
        sections=(Section(Role.OPENING, (Paragraph((Text("sbody"),)),)),),
    )


def _once(problems: list[Problem]) -> list[Problem]:
    """Each kind of problem with each slot once; the first specimen tells most."""
    return list(
        {(problem.code, problem.args.get("slot")): problem for problem in reversed(problems)}.values()
    )


def _page(place: Place, slots: Slots, data: bytes) -> Iterator[Problem]:
    found = [" ".join(_texts(paragraph)) for paragraph in _part(data, "word/document.xml").iter(f"{W}p")]
    wanted = [*_first_page(slots), "sbody"]
    if found != wanted:
        yield Problem(
            "render.docx-letterhead-page",
            Severity.FATAL,
            N_("the letterhead's page reads {found}, and should read {wanted}"),
            place,
            {"found": " | ".join(found), "wanted": " | ".join(wanted)},
            N_(
                "let the slots stand in the order notice, return_line, address, column, body, each in a"
                " paragraph of its own between “if” or “for” paragraphs, and no words beside them"
            ),
        )


def _first_page(slots: Slots) -> Iterator[str]:
    """The texts above the body, one a paragraph."""
    yield from (text for text in (slots.notice, slots.return_line) if text)
    yield from (line.text for line in slots.address)
    for fact in slots.column:
        if fact.label:
            yield fact.label
        yield " ".join(line.text for line in fact.lines)


def _furniture(place: Place, slots: Slots, data: bytes) -> Iterator[Problem]:
    shown = _furniture_text(data)
    for slot in FURNITURE_SLOTS:
        if getattr(slots, slot) not in shown:
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
    described = [str(element.get("descr", "")) for root in roots for element in root.iter("{*}docPr")]
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
