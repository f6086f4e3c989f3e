"""The tags of a page, built without asking each box for what few have.

`weasyprint.pdf.tags._build_box_tree` makes an element of structure for each box and for each text. Here that
is done in one step for boxes without a case of their own; lists' items, tables, cells, pictures, links and
fields go the usual way.
"""

from __future__ import annotations

import functools
from collections.abc import Iterable
from typing import Any

import pydyf
from weasyprint.formatting_structure import boxes
from weasyprint.layout.absolute import AbsolutePlaceholder
from weasyprint.pdf import tags as of_weasyprint

from letters.render.pdf.fast.styles import memory_of

plain = of_weasyprint._build_box_tree

_PLAIN_BOXES = (AbsolutePlaceholder, boxes.PageBox, boxes.MarginBox, boxes.ReplacedBox)
#: Roles that WeasyPrint treats by rules of their own.
_SPECIAL = frozenset({"LI", "Link", "Figure", "Table", "TH", "TD"})


@functools.lru_cache(500)  # elements of HTML and their pseudo-elements
def _role(element_tag: str | None) -> str | None:
    """The role that the element's boxes get; None where there is more to it."""
    if element_tag in ("html", "body"):
        return None
    role: str = of_weasyprint._get_pdf_tag(element_tag)
    return None if role in _SPECIAL else f"/{role}"


def build_box_tree(
    box: Any,
    parent: Any,
    pdf: Any,
    page_number: int,
    nums: dict[int, bytes],
    annotations: Any,
    tags: dict[Any, Any],
) -> Iterable[Any]:
    """The elements of structure for a box, as WeasyPrint's function `_build_box_tree` yields them."""
    rest = (pdf, page_number, nums, annotations, tags)
    if isinstance(box, _PLAIN_BOXES) or box.link_annotation or box.widget_annotation:
        return plain(box, parent, *rest)  # type: ignore[no-any-return]
    role = None if memory_of(box.style) is None else _role(None if box.element is None else box.element_tag)
    if role is None:
        return plain(box, parent, *rest)  # type: ignore[no-any-return]
    page = b"%d 0 R" % pdf.pages["Kids"][3 * page_number]
    kids = pydyf.Array([])
    element = pydyf.Dictionary(
        {"Type": "/StructElem", "S": role, "K": kids, "Pg": page, "P": parent.reference}
    )
    pdf.add_object(element)
    reference = element.reference
    for line in box.children:
        for child in line.children if isinstance(line, boxes.LineBox) else (line,):
            if isinstance(child, boxes.TextBox):
                kid = tags.pop(child)
                number = kid["mcid"]
                text = pydyf.Dictionary(
                    {
                        "Type": "/StructElem",
                        "S": f"/{kid['tag']}",
                        "K": pydyf.Array([number]),
                        "Pg": page,
                        "P": reference,
                    }
                )
                pdf.add_object(text)
                assert number not in nums  # noqa: S101 - as WeasyPrint does
                nums[number] = text.reference
                kids.append(nums[number])
            else:
                place = len(kids)
                inner = build_box_tree(child, element, *rest)
                kids[place:place] = [one.reference for one in inner]
    return (element,)
