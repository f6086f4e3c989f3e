"""A part of a letterhead filled once for each shape of a letter, with marks where a letter's texts stand.

Filling a part means running its Jinja source, parsing what came of it and writing it again. All of this is
the same for two letters that fill the same slots. So it is done once, with a mark in place of each text, and
the next letter's texts go where the marks were, written as lxml would write them. The shape of a letter
holds no word of the letter: only which slots are filled, and the words of the wording library that stand on
every letter of a sender.

This holds only where a letterhead prints its slots and asks whether they are filled, and no more;
`only_prints` tells.
"""

from __future__ import annotations

import re
from collections.abc import Hashable, Mapping, Sequence
from typing import Any

from jinja2 import nodes
from markupsafe import Markup
from msgspec import Struct

from letters.document.model import Letter, Slots
from letters.render.docx.slots import fact_lines, page_label
from letters.render.docx.xml import content, escape, finished, run

# Private-use characters, round the number of a text in `texts`: a text, and finished elements.
_TEXT, _ELEMENTS = "\uf8fe", "\uf8ff"
MARKS = (_TEXT, _ELEMENTS)
_FOUND = re.compile(
    "{0}(\\d+){0}|<w:p><w:r>{2}{1}(\\d+){1}{3}</w:r></w:p>|<w:r>{2}{1}(\\d+){1}{3}</w:r>".format(
        _TEXT, _ELEMENTS, '<w:t xml:space="preserve">', "</w:t>"
    )
)

_ALLOWED = (
    nodes.Template,
    nodes.Output,
    nodes.TemplateData,
    nodes.Name,
    nodes.If,
    nodes.And,
    nodes.Or,
    nodes.Not,
)
_LISTS = ("address", "column")
_FACT = ("label", "lines")


class Frame(Struct, frozen=True):
    """A part between a letter's texts.

    Attributes:
        pieces: XML; between each and the next stands a text.
        places: the number of each of these texts, in `texts`.
    """

    pieces: tuple[str, ...]
    places: tuple[int, ...]

    def filled(self, written: Sequence[str]) -> bytes:
        """The part with a letter's texts, which are XML already."""
        out = [self.pieces[0]]
        for place, piece in zip(self.places, self.pieces[1:], strict=True):
            out += (written[place], piece)
        return "".join(out).encode()


def frame(part: str) -> Frame | None:
    """The frame of a part that was filled with `marked`; None where a text stands in an attribute."""
    pieces: list[str] = []
    places: list[int] = []
    end = 0
    inside = False
    for found in _FOUND.finditer(part):
        piece = part[end : found.start()]
        opens, closes = piece.rfind("<"), piece.rfind(">")
        inside = opens > closes or (opens == closes and inside)
        if inside:
            return None
        pieces.append(piece)
        places.append(int(next(filter(None, found.groups()))))
        end = found.end()
    pieces.append(part[end:])
    if any(mark in piece for piece in pieces for mark in MARKS):
        return None
    return Frame(tuple(pieces), tuple(places))


def only_prints(source: nodes.Template) -> bool:
    """Whether a part only prints its slots, goes through lists of them and asks whether they are filled."""
    return all(_allowed(node) for node in [source, *source.find_all(nodes.Node)])


def _allowed(node: nodes.Node) -> bool:
    if isinstance(node, nodes.For):
        over = isinstance(node.iter, nodes.Name) and node.iter.name in _LISTS
        return over and node.test is None and not node.recursive and isinstance(node.target, nodes.Name)
    if isinstance(node, nodes.Getattr):
        return isinstance(node.node, nodes.Name) and node.attr in (*_FACT, "first", "last")
    return isinstance(node, _ALLOWED)


# What differs from letter to letter; the order of the three functions is the same.


def shape(slots: Slots, body: str) -> Hashable:
    """What a letter's frames depend on."""
    return (
        bool(slots.notice),
        bool(slots.return_line),
        bool(slots.running),
        bool(body),
        tuple(bool(line.text) for line in slots.address),
        tuple((bool(fact.label), bool(fact.lines)) for fact in slots.column),
        words(slots),
    )


def words(slots: Slots) -> tuple[str, ...]:
    """The words of the wording library that a frame holds."""
    return (slots.sender, slots.mark, slots.classification, slots.page_label, slots.logo_alt)


def texts(slots: Slots, body: str) -> list[str]:
    """What differs between letters of a shape, as XML."""
    written = [content(text) for text in (slots.notice, slots.return_line, slots.running)]
    written.append(body)
    written += [content(line.text) for line in slots.address]
    for fact in slots.column:
        written += (content(fact.label), fact_lines(fact))
    return written


def marked(letter: Letter, body: str) -> Mapping[str, Any]:
    """The value of each slot with marks in place of `texts`; where there is no text there is no mark."""
    slots = letter.slots
    facts = 4 + len(slots.address)
    return {
        "notice": _text(0, slots.notice),
        "return_line": _text(1, slots.return_line),
        "running": _text(2, slots.running),
        "body": finished(f"<w:p>{_elements(3)}</w:p>" if body else ""),
        "address": [_text(place, line.text) for place, line in enumerate(slots.address, 4)],
        "column": [
            {
                "label": _text(facts + 2 * place, fact.label),
                "lines": finished(_elements(facts + 2 * place + 1) if fact.lines else ""),
            }
            for place, fact in enumerate(slots.column)
        ],
        "sender": escape(slots.sender),
        "mark": escape(slots.mark),
        "classification": escape(slots.classification),
        "page_label": finished(page_label(slots.page_label)),
        "logo_alt": escape(slots.logo_alt),
    }


def _text(place: int, text: str) -> Markup:
    return finished(f"{_TEXT}{place}{_TEXT}" if text else "")


def _elements(place: int) -> str:
    return run(f"{_ELEMENTS}{place}{_ELEMENTS}")
