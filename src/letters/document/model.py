"""The Letter: what a letter says, finished, before anybody decides how it looks.

Small, closed and immutable. The wording room makes it, the checks read it, the renderers draw it. A new kind
of block is added only when a real letter needs it, and then to every renderer in the same change: each
`match` over `Block` or `Inline` ends in `assert_never`.

Nothing here knows a case, a file or a format.
"""

from __future__ import annotations

import enum
from dataclasses import dataclass, field


class Role(enum.Enum):
    """What a section of a letter is for. The lawfulness rules test roles, not headings."""

    OPENING = "opening"  # salutation, thanks, what the letter is about
    RESULT = "result"  # afgørelse: what was decided
    REASONS = "reasons"  # begrundelse
    FACTS = "facts"  # sagens oplysninger
    CONSIDERATIONS = "considerations"  # hovedhensyn
    ASSESSMENT = "assessment"  # samlet vurdering
    VIEWS = "views"  # partens synspunkter, answered
    LAW = "law"  # regler
    HEARING = "hearing"  # partshøring: held, or what the party may say now
    PRACTICAL = "practical"  # what happens next, what it means
    GUIDANCE = "guidance"  # klagevejledning
    INFORMATION = "information"  # access to documents, data protection
    QUESTIONS = "questions"
    ANSWERS = "answers"
    CLOSING = "closing"
    SIGNATURE = "signature"
    ATTACHMENTS = "attachments"


class Status(enum.Enum):
    """A draft is marked on every page; a final letter never is (forvaltningsloven § 32 b)."""

    DRAFT = "draft"
    FINAL = "final"


@dataclass(frozen=True, slots=True)
class Wording:
    """The place in the wording library that a block came from; never printed and never compared."""

    file: str
    line: int


# Inline content


@dataclass(frozen=True, slots=True)
class Text:
    """A run of text.

    Attributes:
        text: what is printed; never empty. No line breaks or tabs.
        field: the case file's field that the text came from, such as `reasons[0].facts.network`; None when
            the wording library wrote it.
    """

    text: str
    field: str | None = None


@dataclass(frozen=True, slots=True)
class Strong:
    children: tuple[Inline, ...]


@dataclass(frozen=True, slots=True)
class Emphasis:
    children: tuple[Inline, ...]


@dataclass(frozen=True, slots=True)
class Link:
    """A link. `target` is an absolute http, https, mailto or tel address.

    The composer has already put the address into the text after a link that a wording or a case file wrote
    and whose words do not show it. The address of a citation's link is not printed: its words say where to
    look.
    """

    target: str
    children: tuple[Inline, ...]


@dataclass(frozen=True, slots=True)
class Foreign:
    """Words of another language than the letter's, so that they are read aloud and hyphenated as such.

    Attributes:
        language: BCP 47, such as `en`.
    """

    language: str
    children: tuple[Inline, ...]


@dataclass(frozen=True, slots=True)
class LineBreak:
    """A hard line break inside a paragraph."""


Inline = Text | Strong | Emphasis | Link | Foreign | LineBreak


# Blocks


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading inside the body. Level 1 is a section's heading, 2 and 3 lie below it.

    A printed title (`Letter.heading`) lies above level 1; renderers number their own levels from that.
    """

    level: int
    children: tuple[Inline, ...]
    wording: Wording | None = field(default=None, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Paragraph:
    children: tuple[Inline, ...]
    wording: Wording | None = field(default=None, compare=False, repr=False)


class Numbering(enum.Enum):
    """How the items of a list are labelled.

    BULLET: "•". DECIMAL: "1." LETTER: "a." PARENT_LETTER: the parent's number and a letter, "1a."
    PARENT_DECIMAL: the parent's number and a number, "2.3." LITERAL: `Item.label` as it stands.
    """

    BULLET = "bullet"
    DECIMAL = "decimal"
    LETTER = "letter"
    PARENT_LETTER = "parent-letter"
    PARENT_DECIMAL = "parent-decimal"
    LITERAL = "literal"


@dataclass(frozen=True, slots=True)
class Item:
    """One item of a list: its first block is a `Paragraph`; then paragraphs and at most one deeper list.

    Attributes:
        number: counts from 1 (27 and more have no letter); 0 in a bullet or literal list. Numbers rise but
            may skip.
        label: the label of a literal item, printed as it is; otherwise empty.
    """

    blocks: tuple[Paragraph | List, ...]
    number: int = 0
    label: str = ""


@dataclass(frozen=True, slots=True)
class List:
    """A list, at most two deep."""

    numbering: Numbering
    items: tuple[Item, ...]
    wording: Wording | None = field(default=None, compare=False, repr=False)


class Align(enum.Enum):
    LEFT = "left"
    RIGHT = "right"


@dataclass(frozen=True, slots=True)
class Column:
    """A table's column: its head and how its cells stand. Figures stand to the right."""

    head: tuple[Inline, ...]
    align: Align = Align.LEFT


@dataclass(frozen=True, slots=True)
class Table:
    """A data table. The first cell of each row is the row's head; every row has one cell a column."""

    columns: tuple[Column, ...]
    rows: tuple[tuple[tuple[Inline, ...], ...], ...]
    wording: Wording | None = field(default=None, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Quote:
    """Somebody else's words."""

    blocks: tuple[Paragraph | List, ...]
    wording: Wording | None = field(default=None, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Signature:
    """Greeting, name, title and unit; kept together and never alone on a page.

    Attributes:
        lines: after the greeting, one tuple of inlines a line.
    """

    greeting: tuple[Inline, ...]
    lines: tuple[tuple[Inline, ...], ...]
    wording: Wording | None = field(default=None, compare=False, repr=False)


Block = Heading | Paragraph | List | Table | Quote | Signature


@dataclass(frozen=True, slots=True)
class Section:
    """A stretch of the body with one purpose.

    Attributes:
        ground: the code of the ground that the section argues; None when it argues none.
        blocks: headings belong here, too: a section's own heading, if it prints one, is its first block.
    """

    role: Role
    blocks: tuple[Block, ...]
    ground: str | None = None


# The first page's slots, and the running furniture


@dataclass(frozen=True, slots=True)
class Fact:
    """An entry of the first page's column: a label ("Dato") and its lines. An empty label prints no label."""

    label: str
    lines: tuple[Text, ...]


@dataclass(frozen=True, slots=True)
class Slots:
    """What stands outside the body. The first page's slots count as words of the letter, the furniture does
    not.

    Attributes, first page, in reading order:
        notice: said once at the top of a draft ("UDKAST"); empty in a final letter.
        return_line: the small sender line above the address; empty when no address is printed.
        address: the address block's lines; empty when nothing is posted or it is not shown.
        column: date, case number, unit, contact.
    Attributes, running furniture of every page:
        sender: the authority's name; also the document's author.
        mark: the mark of a draft on every page ("UDKAST"); empty in a final letter.
        classification: the words of secrecy on every page ("FORTROLIGT"); empty in an open letter.
        page_label: with the fields {page} and {pages}, "Side {page} af {pages}".
        running: shown beside the page number from page 2 on, such as the case number; may be empty.
        logo_alt: what the logo shows, for those who cannot see it.
    """

    sender: str
    page_label: str
    logo_alt: str
    notice: str = ""
    mark: str = ""
    classification: str = ""
    running: str = ""
    return_line: str = ""
    address: tuple[Text, ...] = ()
    column: tuple[Fact, ...] = ()


@dataclass(frozen=True, slots=True)
class Letter:
    """A whole letter.

    Attributes:
        title: the document's title in properties and windows; never a CPR number or a protected name.
        heading: the printed title above the body; None when the letter prints none.
        date: ISO date of the letter; the documents' creation date, so that files can be made again.
        letterhead: the folder of the letterhead in the library that the letter is drawn on.
        language: BCP 47.
        tables_attached: whether a PDF carries the letter's tables as data, too.
    """

    title: str
    status: Status
    date: str
    letterhead: str
    slots: Slots
    sections: tuple[Section, ...]
    heading: tuple[Inline, ...] | None = None
    language: str = "da"
    tables_attached: bool = False
