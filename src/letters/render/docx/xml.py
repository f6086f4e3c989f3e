"""Text as WordprocessingML text, so that every character stands for itself all the way to Word."""

from __future__ import annotations

import re

from markupsafe import Markup

W_NS = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
R_NS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
W = f"{{{W_NS}}}"

# What XML 1.0 (section 2.2) has no character for, and the white space that Word would read as a break.
_UNWRITABLE = re.compile("[\x00-\x1f\ud800-\udfff\ufffe\uffff]")
_ENTITIES = str.maketrans(
    {
        "&": "&amp;",
        "<": "&lt;",
        ">": "&gt;",
        '"': "&quot;",
        "'": "&#39;",
        # docxtpl rewrites "{_{" and its kin in whatever it has rendered; it must not find a brace.
        "{": "&#123;",
        "}": "&#125;",
    }
)


def unwritable(text: str) -> list[str]:
    """The characters of `text` that no Word file can hold, each once, in order."""
    return list(dict.fromkeys(_UNWRITABLE.findall(text)))


def escape(text: str) -> Markup:
    """`text` for an element or an attribute, in double or single quotes."""
    return Markup(text.translate(_ENTITIES))  # noqa: S704 (it has just been escaped)


def run(text: str, properties: str = "") -> str:
    """A run with its text exactly as it is."""
    return f'<w:r>{properties}<w:t xml:space="preserve">{escape(text)}</w:t></w:r>'


def field_code(instruction: str) -> str:
    """A field that Word computes, such as PAGE; the 1 is what stands there until it does."""
    return f'<w:fldSimple w:instr=" {instruction} "><w:r><w:t>1</w:t></w:r></w:fldSimple>'


BREAK = "<w:r><w:br/></w:r>"
TAB = "<w:r><w:tab/></w:r>"
