"""What WeasyPrint leaves out of the tags: other languages, abbreviations, whose a head is, words for links.

WeasyPrint makes an element of structure for each box, in the order of the boxes, and gives it neither a
language nor an expansion (ISO 32000-1, 14.9.2 and 14.9.5). So each element is found again by its order.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pydyf
from weasyprint.formatting_structure import boxes as kinds

from letters.danish.spoken import spoken


def complete_tags(document: Any, pdf: Any) -> None:  # noqa: ANN401 - WeasyPrint and pydyf have no types
    """Complete the tags of a document that is about to be written, and drop those that hold nothing."""
    elements: list[Any] = [
        obj for obj in pdf.objects if isinstance(obj, dict) and obj.get("Type") == "/StructElem"
    ]
    boxes = [
        box for page in document.pages for box in kinds.Box.descendants(page._page_box, placeholders=True)
    ]
    danish = document.metadata.lang.startswith("da")
    foreign: set[int] = set()
    for element, box in _paired(elements, "span", boxes):
        if language := box.element.get("lang"):
            element["Lang"] = pydyf.String(language)
            foreign |= {id(inside) for inside in box.element.iter()}
        said = box.element.get("title")
        if said and danish and id(box.element) not in foreign:
            element["E"] = pydyf.String(said)
    for element, box in _paired(elements, "a", boxes):
        _describe_link(element, box, danish=danish and id(box.element) not in foreign)
    _scope_heads(elements)
    _drop_empty_items(elements)


def _paired(elements: list[Any], tag: str, boxes: list[Any]) -> Iterator[tuple[Any, Any]]:
    """Each element of structure that an HTML element's box became, and the box.

    Text has boxes and elements of its own; the latter hold nothing but the number of their content.
    """
    role = {"span": "/Span", "a": "/Link"}[tag]
    made = [e for e in elements if e["S"] == role and (tag == "a" or not any(type(k) is int for k in e["K"]))]
    theirs = [b for b in boxes if b.element_tag == tag and not isinstance(b, kinds.TextBox | kinds.LineBox)]
    return zip(made, theirs, strict=True)


def _describe_link(element: Any, box: Any, *, danish: bool) -> None:  # noqa: ANN401 - no types
    """A link is described by its words and not by its address, and its abbreviations are written out.

    A link over two lines is two elements, each read for itself.
    """
    words = "".join(box.element.itertext())
    box.link_annotation["Contents"] = pydyf.String(spoken(words) if danish else words)
    here = "".join(part.text for part in box.descendants() if isinstance(part, kinds.TextBox))
    if danish and spoken(here) != here:
        element["E"] = pydyf.String(spoken(here))


def _scope_heads(elements: list[Any]) -> None:
    """Say of each head of a table whether it is its column's or its row's (ISO 14289-1, 7.5)."""
    heads = [element for element in elements if element["S"] == "/TH" and "A" in element]
    if not heads:
        return
    by_reference = {element.reference: element for element in elements}
    for head in heads:
        group = by_reference[by_reference[head["P"]]["P"]]
        head["A"]["Scope"] = "/Column" if group["S"] == "/THead" else "/Row"


def _drop_empty_items(elements: list[Any]) -> None:
    """Take list items without content out of the tags.

    WeasyPrint writes one where an item goes on over the page with nothing but its inner list.
    """
    empty = {element.reference for element in elements if element["S"] == "/LI" and not element["K"]}
    for element in elements if empty else ():
        element["K"][:] = [kid for kid in element["K"] if kid not in empty]
