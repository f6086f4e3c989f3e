"""The names that tie a letter to a letterhead: Word styles and slots. All of them must be there.

Style names are Word's own English ones where Word has the style (a Danish Word shows `Body Text` as
"Brødtekst", `Closing` as "Sluthilsen"); the rest are ours and Danish, as their readers are.
"""

from __future__ import annotations

from letters.document.model import Numbering

BODY = "Body Text"
HEADINGS = ("heading 1", "heading 2", "heading 3", "heading 4")
# Without a printed title the sections begin at level 1 and still look like sections.
UNTITLED = ("Afsnit uden titel 1", "Afsnit uden titel 2", "Afsnit uden titel 3")
QUOTE = "Quote"
QUOTED_LIST = ("Citatliste", "Citatliste 2")
QUOTED_CONTINUE = ("Citatliste fortsat", "Citatliste fortsat 2")
BULLETS = ("List Bullet", "List Bullet 2")
NUMBERS = ("List Number", "List Number 2")
LITERALS = ("List", "List 2")
CONTINUE = ("List Continue", "List Continue 2")
BULLET_CONTINUE = ("Punktliste fortsat", "Punktliste fortsat 2")  # a bullet is narrower than "2.3."
CELL, FIGURE, HEAD, HEAD_FIGURE = "Tabeltekst", "Tabeltal", "Tabelhoved", "Tabelhoved tal"
TABLE = "Brevtabel"
TABLE_GAP = "Tabelafstand"
GREETING, SIGNATURE = "Closing", "Signature"
STRONG, EMPHASIS, LINK = "Strong", "Emphasis", "Hyperlink"

PARAGRAPH_STYLES = (
    BODY,
    *HEADINGS,
    *UNTITLED,
    QUOTE,
    *QUOTED_LIST,
    *QUOTED_CONTINUE,
    *BULLETS,
    *NUMBERS,
    *LITERALS,
    *CONTINUE,
    *BULLET_CONTINUE,
    CELL,
    FIGURE,
    HEAD,
    HEAD_FIGURE,
    TABLE_GAP,
    GREETING,
    SIGNATURE,
)
CHARACTER_STYLES = (STRONG, EMPHASIS, LINK)
TABLE_STYLES = (TABLE,)

# In the order in which they are read.
PAGE_SLOTS = ("notice", "return_line", "address", "column", "body")
FURNITURE_SLOTS = ("sender", "mark", "classification", "running", "page_label", "logo_alt")
SLOTS = PAGE_SLOTS + FURNITURE_SLOTS


def list_style(numbering: Numbering, depth: int, *, quoted: bool) -> str:
    """The style of an item's first paragraph; `depth` is 0 or 1."""
    if quoted:
        return QUOTED_LIST[depth]
    if numbering is Numbering.BULLET:
        return BULLETS[depth]
    return LITERALS[depth] if numbering is Numbering.LITERAL else NUMBERS[depth]


def continue_style(numbering: Numbering, depth: int, *, quoted: bool) -> str:
    """The style of an item's further paragraphs; `depth` is 0 or 1."""
    if quoted:
        return QUOTED_CONTINUE[depth]
    return BULLET_CONTINUE[depth] if numbering is Numbering.BULLET else CONTINUE[depth]
