"""What the closed vocabulary does not have, and how its readers say so."""

from __future__ import annotations

from collections.abc import Mapping

from letters.problems import N_
from letters.wording.tokens import VALUE

# What is refused, by the name that a reader of the message knows it by.
FORBIDDEN: Mapping[str, str] = {
    "html_inline": N_("HTML"),
    "html_block": N_("HTML"),
    "image": N_("a picture"),
    "code_inline": N_("code between backticks"),
    "code_block": N_("a paragraph indented by four spaces, which Markdown takes for code"),
    "fence": N_("a code block"),
    "hr": N_("a horizontal rule"),
    "lheading": N_("a heading underlined with = or -"),
    "entity": N_("an HTML entity"),
    "autolink": N_("a link in angle brackets"),
    "reference": N_("a link reference ([...]: ...)"),
    "link-title": N_("a link with a title"),
    "link-scheme": N_("a link to anything but http, https, mailto or tel"),
    "language": N_("a language that is no code such as en, de or pl"),
    "empty-link": N_("a link without text"),
    "in-item": N_("anything but paragraphs and lists in a list"),
    "in-quote": N_("anything but paragraphs and lists in a quote"),
    "deep-list": N_("a list more than two deep"),
    "two-lists": N_("two lists in one item"),
    "empty-item": N_("an empty item of a list"),
    "list-mark": N_("a list with * or +; write - before each item, or a backslash before the mark"),
    "list-under-text": N_("one item of a list right below a line of text; put an empty line between"),
    "under-list": N_("a line right below a list that does not belong to it; put an empty line between"),
    "list-order": N_("a numbered list whose numbers do not rise"),
    "list-paren": N_("a list numbered with parentheses"),
    "list-zero": N_("a numbered list whose numbers begin with a zero"),
    "deep-heading": N_("a heading this deep"),
    "empty-heading": N_("a heading without words"),
    "closed-heading": N_("a heading that ends in #"),
    "under-text": N_("a heading or a quote right below a line of text; put an empty line between"),
    "empty-quote": N_("a quote without words"),
    "quote-mark": N_("a > without a space after it at the start of a line"),
    "under-quote": N_("a line right below a quote; put an empty line between, or > before it"),
    "prose-inside": N_("several paragraphs of prose inside a sentence; let it stand alone in its paragraph"),
    "block-inside": N_("prose with lists, tables or headings here"),
    "empty-cell": N_("an empty first cell or head of a table"),
    "row-short": N_("a row of a table with fewer cells than its head"),
    "row-long": N_("a row of a table with more cells than its head"),
    "centred": N_("a centred column of a table; set it to the left (---) or to the right (---:)"),
    "no-table": N_("a table whose second line does not fit its head"),
    "lost": N_("marks that would be left out"),
}


class Refused(Exception):
    """A construct that the closed vocabulary does not have.

    Attributes:
        what: a key of `FORBIDDEN`.
        line: 0-based line in the Markdown source.
        snippet: the text there, at most 60 characters.
        field: the prose field of a case that was put there and does not fit; None when it is the source's own
            fault.
    """

    def __init__(self, what: str, line: int, snippet: str = "", field: str | None = None) -> None:
        self.what, self.line, self.field = what, line, field
        self.snippet = " ".join(VALUE.sub("…", snippet).split())[:60]
        super().__init__(what)
