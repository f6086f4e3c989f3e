"""The words of a PDF's tag tree, read by pdfium in this process: a hundred times as quick as pdfinfo.

`test_fixtures_judged` holds it against pdfinfo on every example letter.
"""

import ctypes
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pypdfium2
from pypdfium2 import raw


@dataclass
class Block:
    """A child of the document on one page: the texts of a table's head, and all others."""

    head: list[str] = field(default_factory=list)
    rest: list[str] = field(default_factory=list)


def tagged_words(path: Path) -> str:
    """As `judges.words.words_of_pdf`: in reading order, the heads of a table over several pages once."""
    told: list[str] = []
    with pypdfium2.PdfDocument(path) as document:
        before = Block()
        for page in document:
            for block in blocks(page):
                told += [] if block.head == before.head else block.head
                told += block.rest
                before = block
    return "".join(told)


def blocks(page: Any) -> Iterator[Block]:
    texts = marked_texts(page)
    tree = raw.FPDF_StructTree_GetForPage(page)
    try:
        for number in range(raw.FPDF_StructTree_CountChildren(tree)):
            root = raw.FPDF_StructTree_GetChildAtIndex(tree, number)
            for child in range(raw.FPDF_StructElement_CountChildren(root)):
                element = raw.FPDF_StructElement_GetChildAtIndex(root, child)
                if element:
                    block = Block()
                    collect(element, texts, block, in_head=False)
                    yield block
    finally:
        raw.FPDF_StructTree_Close(tree)


def collect(element: Any, texts: dict[int, str], block: Block, *, in_head: bool) -> None:
    in_head = in_head or kind(element) == "THead"
    for number in range(raw.FPDF_StructElement_CountChildren(element)):
        child = raw.FPDF_StructElement_GetChildAtIndex(element, number)
        if child:
            collect(child, texts, block, in_head=in_head)
        else:
            mark = raw.FPDF_StructElement_GetChildMarkedContentID(element, number)
            (block.head if in_head else block.rest).append(texts.get(mark, ""))


def kind(element: Any) -> str:
    size = raw.FPDF_StructElement_GetType(element, None, 0)
    buffer = ctypes.create_string_buffer(size)
    raw.FPDF_StructElement_GetType(element, buffer, size)
    return buffer.raw[: size - 2].decode("utf-16-le")


def marked_texts(page: Any) -> dict[int, str]:
    """The number of marked content -> its text; what is marked as decoration has no number."""
    found: dict[int, str] = {}
    text_page = page.get_textpage()
    for item in page.get_objects([raw.FPDF_PAGEOBJ_TEXT]):
        size = raw.FPDFTextObj_GetText(item, text_page, None, 0)
        buffer = ctypes.create_string_buffer(size)
        raw.FPDFTextObj_GetText(item, text_page, ctypes.cast(buffer, ctypes.POINTER(ctypes.c_ushort)), size)
        mark = raw.FPDFPageObj_GetMarkedContentID(item)
        found[mark] = found.get(mark, "") + buffer.raw[: size - 2].decode("utf-16-le", "replace")
    found.pop(-1, None)
    return found
