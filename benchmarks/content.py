"""A letter as plain data, for tools that know nothing of ours. Made before the clock runs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from letters.document.model import (
    Emphasis,
    Heading,
    Inline,
    Letter,
    LineBreak,
    Link,
    List,
    Paragraph,
    Quote,
    Signature,
    Strong,
    Table,
    Text,
)
from letters.document.walk import labels, plain

Data = dict[str, Any]


def content(letter: Letter) -> Data:
    """The letter's slots and its blocks in order; each run has a text and what it is marked as."""
    slots = letter.slots
    before, between = (
        slots.page_label.split("{page}")[0],
        slots.page_label.split("{page}")[1].split("{pages}")[0],
    )
    return {
        "title": letter.title,
        "author": slots.sender,
        "date": letter.date,
        "slots": {
            "sender": slots.sender,
            "logo_alt": slots.logo_alt,
            "notice": slots.notice,
            "mark": slots.mark,
            "classification": slots.classification,
            "running": slots.running,
            "return_line": slots.return_line,
            "address": [{"text": line.text} for line in slots.address],
            "column": [
                {"label": fact.label, "lines": [{"text": line.text} for line in fact.lines]}
                for fact in slots.column
            ],
        },
        "page_label": [before, between, ""],
        "heading": None if letter.heading is None else plain(letter.heading, " "),
        "blocks": [data for section in letter.sections for block in section.blocks for data in _block(block)],
    }


def _block(block: object, level: int = 1) -> Iterator[Data]:
    match block:
        case Heading():
            yield {"kind": f"heading{block.level}", "runs": list(_runs(block.children))}
        case Paragraph():
            yield {"kind": "paragraph", "runs": list(_runs(block.children))}
        case List():
            for label, item in zip(labels(block, None), block.items, strict=True):
                first, *rest = item.blocks
                runs = list(_runs(first.children)) if isinstance(first, Paragraph) else []
                yield {"kind": "item", "label": label or "•", "runs": runs}
                for inner in rest:
                    yield from _block(inner, level + 1)
        case Quote():
            for inner in block.blocks:
                yield from _block(inner)
        case Signature():
            yield {"kind": "greeting", "runs": list(_runs(block.greeting))}
            yield {"kind": "signature", "lines": [plain(line, " ") for line in block.lines]}
        case Table():
            raise ValueError("the benchmark's letters have no tables")


def _runs(children: Iterable[Inline], **marks: Any) -> Iterator[Data]:  # noqa: ANN401
    for child in children:
        match child:
            case Text():
                yield {"text": child.text, **marks}
            case Strong():
                yield from _runs(child.children, **marks, bold=True)
            case Emphasis():
                yield from _runs(child.children, **marks, italic=True)
            case Link():
                yield from _runs(child.children, **marks, href=child.target)
            case LineBreak():
                yield {"text": "\n", **marks}
            case _:
                yield from _runs(child.children, **marks)
