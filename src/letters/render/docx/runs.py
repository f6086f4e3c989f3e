"""Inlines -> runs."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from typing import assert_never
from urllib.parse import quote

from letters.document.model import Emphasis, Foreign, Inline, LineBreak, Link, Strong, Text
from letters.render.docx import names
from letters.render.docx.languages import with_region
from letters.render.docx.xml import BREAK, attribute, text_run

# Word calls a file damaged when a link's address is no address.
_UNSAFE_IN_ADDRESS = re.compile(r'[\s"<>\\^`{|}]')
_NONE: frozenset[str] = frozenset()


class RunWriter:
    """Writes inlines as runs.

    Args:
        styles: style name -> id of the letterhead.
        relate: address -> id of a hyperlink relationship of the document part.

    Attributes:
        links: address as the letter has it -> how its element begins.
    """

    def __init__(self, styles: Mapping[str, str], relate: Callable[[str], str]) -> None:
        self.links: dict[str, str] = {}
        self._styles = styles
        self._relate = relate
        self._openings = {(_NONE, ""): "<w:r>"}

    def runs(self, children: Iterable[Inline], marks: frozenset[str] = _NONE, language: str = "") -> str:
        """The runs of `children`.

        Args:
            marks: the character styles around them.
            language: theirs when it is not the letter's own, BCP 47.
        """
        opening = self._opening(marks, language)
        written: list[str] = []
        for child in children:
            match child:
                case Text():
                    written.append(text_run(opening, child.text))
                case Strong():
                    written.append(self.runs(child.children, marks | {names.STRONG}, language))
                case Emphasis():
                    written.append(self.runs(child.children, marks | {names.EMPHASIS}, language))
                case Foreign():
                    written.append(self.runs(child.children, marks, child.language))
                case Link():
                    runs = self.runs(child.children, marks | {names.LINK}, language)
                    written.append(self._link(child.target, runs))
                case LineBreak():
                    written.append(BREAK)
                case _:
                    assert_never(child)
        return "".join(written)

    def _link(self, target: str, runs: str) -> str:
        if target not in self.links:
            address = _UNSAFE_IN_ADDRESS.sub(lambda found: quote(found[0]), target)
            self.links[target] = f'<w:hyperlink r:id="{attribute(self._relate(address))}" w:history="1"'
        return f"{self.links[target]}>{runs}</w:hyperlink>" if runs else f"{self.links[target]}/>"

    def _opening(self, marks: frozenset[str], language: str) -> str:
        """How a run begins: its element and its properties."""
        found = self._openings.get((marks, language))
        if found is None:
            found = self._openings[marks, language] = f"<w:r>{self._properties(marks, language)}"
        return found

    def _properties(self, marks: frozenset[str], language: str) -> str:
        """A run has one style; what is marked twice gets the second mark beside it."""
        spoken = f'<w:lang w:val="{attribute(with_region(language))}"/>' if language else ""
        if not marks:
            return f"<w:rPr>{spoken}</w:rPr>" if spoken else ""
        leading = next(name for name in (names.LINK, names.STRONG, names.EMPHASIS) if name in marks)
        bold = "<w:b/><w:bCs/>" if names.STRONG in marks - {leading} else ""
        italic = "<w:i/><w:iCs/>" if names.EMPHASIS in marks - {leading} else ""
        style = f'<w:rStyle w:val="{attribute(self._styles[leading])}"/>'
        return f"<w:rPr>{style}{bold}{italic}{spoken}</w:rPr>"
