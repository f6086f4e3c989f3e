"""The Letter in the middle: its types, how to walk it, its words, and its readable form."""

from letters.document.dump import dump
from letters.document.leads import leads, leads_in
from letters.document.load import load
from letters.document.walk import BULLET, blocks, inlines, labels, lines, nested, plain, texts, with_inner
from letters.document.words import words

__all__ = [
    "BULLET",
    "blocks",
    "dump",
    "inlines",
    "labels",
    "leads",
    "leads_in",
    "lines",
    "load",
    "nested",
    "plain",
    "texts",
    "with_inner",
    "words",
]
