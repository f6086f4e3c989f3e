"""Text as WordprocessingML text, so that every character stands for itself all the way to Word.

What is written here is written as lxml writes it (`content`, `attribute`), so that it may be packed as it
stands and still be the same, byte for byte, after it has been parsed and written again.
"""

from __future__ import annotations

import re
from xml.parsers import expat

from lxml import etree
from markupsafe import Markup

W_NS = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
R_NS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
W = f"{{{W_NS}}}"

# What XML 1.0 (section 2.2) has no character for, and the white space that Word would read as a break. To
# compile it takes some milliseconds, and it is asked only when a text holds such a character.
_UNWRITABLE = "[\x00-\x1f\ud800-\udfff\ufffe\uffff]"
_CONTROLS = bytes(range(0x20))
_NO_CHARACTERS = tuple(character.encode() for character in "\ufffe\uffff")
_CONTENT = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;"})
_ENTITIES = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;"})
# docxtpl rewrites "{_{" and its kin in whatever it has rendered; it must not find a brace.
_BRACES = str.maketrans({"{": "&#123;", "}": "&#125;"})


def unwritable(text: str) -> list[str]:
    """The characters of `text` that no Word file can hold, each once, in order."""
    return list(dict.fromkeys(re.findall(_UNWRITABLE, text)))


def writable(text: str) -> bool:
    """Whether a Word file can hold all of `text`; a tenth of the time that `unwritable` takes."""
    try:
        raw = text.encode()
    except UnicodeEncodeError:  # a surrogate
        return False
    if len(raw.translate(None, _CONTROLS)) != len(raw):
        return False
    return not any(character in raw for character in _NO_CHARACTERS)


def content(text: str) -> str:
    """`text` for an element."""
    if "&" in text or "<" in text or ">" in text:
        return text.translate(_CONTENT)
    return text


def attribute(text: str) -> str:
    """`text`, which holds no white space but spaces, for an attribute in double quotes."""
    return content(text).replace('"', "&quot;")


def escape(text: str) -> Markup:
    """`text` for an element or an attribute, in double or single quotes, of what docxtpl fills."""
    return Markup(text.translate(_ENTITIES).translate(_BRACES))  # noqa: S704 (it has just been escaped)


def finished(xml: str) -> Markup:
    """Finished elements without attributes of a letter's own, for a slot of what docxtpl fills."""
    return Markup(xml.translate(_BRACES))  # noqa: S704 (every text in it went through `content`)


def run(text: str, properties: str = "") -> str:
    """A run with its text exactly as it is."""
    return text_run(f"<w:r>{properties}", text)


def text_run(opening: str, text: str) -> str:
    """As `run`; `opening` is the run's beginning with its properties."""
    if not text:
        return f'{opening}<w:t xml:space="preserve"/></w:r>'
    return f'{opening}<w:t xml:space="preserve">{content(text)}</w:t></w:r>'


def field_code(instruction: str) -> str:
    """A field that Word computes, such as PAGE; the 1 is what stands there until it does."""
    return f'<w:fldSimple w:instr=" {instruction} "><w:r><w:t>1</w:t></w:r></w:fldSimple>'


def check(part: bytes) -> bytes:
    """The part, which is XML.

    Raises:
        etree.XMLSyntaxError: it is not well-formed, so that a text has not been escaped.
    """
    try:
        expat.ParserCreate().Parse(part, True)
    except expat.ExpatError:
        etree.fromstring(part)
        raise
    return part


BREAK = "<w:r><w:br/></w:r>"
TAB = "<w:r><w:tab/></w:r>"
