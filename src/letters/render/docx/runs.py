"""Inlines -> runs."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from typing import assert_never
from urllib.parse import quote

from letters.document.model import Emphasis, Foreign, Inline, LineBreak, Link, Strong, Text
from letters.problems import N_, Place, Problem, Severity
from letters.render.docx import names
from letters.render.docx.languages import with_region
from letters.render.docx.xml import BREAK, escape, run, unwritable

# Word calls a file damaged when a link's address is no address.
_UNSAFE_IN_ADDRESS = re.compile(r'[\s"<>\\^`{|}]')


class RunWriter:
    """Writes inlines as runs and notes what cannot be written.

    Args:
        styles: style name -> id of the letterhead.
        relate: address -> id of a hyperlink relationship of the document part.
    """

    def __init__(self, styles: Mapping[str, str], relate: Callable[[str], str]) -> None:
        self._styles = styles
        self._relate = relate
        self._problems: dict[tuple[str, str | None], Problem] = {}

    @property
    def problems(self) -> tuple[Problem, ...]:
        """What could not be written, once for each character and field."""
        return tuple(self._problems.values())

    def runs(
        self, children: Iterable[Inline], marks: frozenset[str] = frozenset(), language: str = ""
    ) -> str:
        """The runs of `children`.

        Args:
            marks: the character styles around them.
            language: theirs when it is not the letter's own, BCP 47.
        """
        return "".join(self._inline(child, marks, language) for child in children)

    def text(self, text: str, field: str | None = None) -> str:
        """`text` itself, after noting characters that a Word file cannot hold."""
        for character in unwritable(text):
            self._problems[character, field] = _unwritable(character, field)
        return text

    def _inline(self, inline: Inline, marks: frozenset[str], language: str) -> str:
        match inline:
            case Text(text, field):
                return run(self.text(text, field), self._properties(marks, language))
            case Strong(children):
                return self.runs(children, marks | {names.STRONG}, language)
            case Emphasis(children):
                return self.runs(children, marks | {names.EMPHASIS}, language)
            case Foreign(other, children):
                return self.runs(children, marks, other)
            case Link(target, children):
                return self._link(target, self.runs(children, marks | {names.LINK}, language))
            case LineBreak():
                return BREAK
            case _:
                assert_never(inline)

    def _link(self, target: str, runs: str) -> str:
        address = _UNSAFE_IN_ADDRESS.sub(lambda found: quote(found[0]), self.text(target))
        return f'<w:hyperlink r:id="{escape(self._relate(address))}" w:history="1">{runs}</w:hyperlink>'

    def _properties(self, marks: frozenset[str], language: str) -> str:
        """A run has one style; what is marked twice gets the second mark beside it."""
        spoken = f'<w:lang w:val="{escape(with_region(language))}"/>' if language else ""
        if not marks:
            return f"<w:rPr>{spoken}</w:rPr>" if spoken else ""
        leading = next(name for name in (names.LINK, names.STRONG, names.EMPHASIS) if name in marks)
        bold = "<w:b/><w:bCs/>" if names.STRONG in marks - {leading} else ""
        italic = "<w:i/><w:iCs/>" if names.EMPHASIS in marks - {leading} else ""
        style = f'<w:rStyle w:val="{escape(self._styles[leading])}"/>'
        return f"<w:rPr>{style}{bold}{italic}{spoken}</w:rPr>"


def _unwritable(character: str, field: str | None) -> Problem:
    return Problem(
        code="render.docx-character",
        severity=Severity.FATAL,
        message=N_("the text holds the character {character}, which no Word file can hold"),
        place=Place("", field=field),
        args={"character": f"U+{ord(character):04X}"},
        help=N_("remove the character; it often comes along when text is copied from another program"),
    )
