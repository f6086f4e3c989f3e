"""Anonymous boxes made without looking for tables, flexes and grids where there are none."""

from __future__ import annotations

from typing import Any

from weasyprint.formatting_structure import boxes, build

from letters.render.pdf.fast.styles import memory_of

plain = build.create_anonymous_boxes
plain_table = build.table_boxes_children

_OF_TABLES = (
    *(boxes.TableBox, boxes.TableRowGroupBox, boxes.TableRowBox, boxes.TableColumnGroupBox),
    *(boxes.TableColumnBox, boxes.TableCellBox, boxes.TableCaptionBox),
)


_known: dict[type, bool] = {}


def _is_of_table(kind: type) -> bool:
    """Whether rules for tables ask for boxes of that kind; WeasyPrint has some forty kinds."""
    found = _known.get(kind)
    if found is None:
        named = ("proper_table_child", "internal_table_or_caption", "tabular_container")
        found = issubclass(kind, _OF_TABLES) or any(getattr(kind, name) for name in named)
        _known[kind] = found
    return found


def table_boxes_children(box: Any, children: list[Any]) -> Any:
    """Wrap what a table lacks, as WeasyPrint's function of this name does."""
    if _is_of_table(type(box)) or any(_is_of_table(type(child)) for child in children):
        return plain_table(box, children)
    box.children = list(children)
    return box


def create_anonymous_boxes(box: Any) -> Any:
    """Make the boxes that elements do not stand for, as WeasyPrint's function of this name does."""
    if memory_of(box.style) is None:
        return plain(box)
    kinds: set[type] = set()
    _collect(box, kinds)
    if any(map(_is_of_table, kinds)):
        box = build.anonymous_table_boxes(box)
    if any(issubclass(kind, boxes.FlexContainerBox) for kind in kinds):
        box = build.flex_boxes(box)
    if any(issubclass(kind, boxes.GridContainerBox) for kind in kinds):
        box = build.grid_boxes(box)
    return build.block_in_inline(build.inline_in_block(box))


def _collect(box: Any, kinds: set[type]) -> None:
    """The kinds of a box and those in it, whose children are a list afterwards, as WeasyPrint leaves them."""
    kinds.add(type(box))
    if not isinstance(box, boxes.ParentBox) or box.is_running():
        return
    children = box.children = list(box.children)
    for child in children:
        _collect(child, kinds)
