"""What a paragraph or a run of a Word file looks like, with its styles' part in it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree

from letters.problems import N_
from letters.reading.word_numbers import Styles, W

_OFF = ("0", "false", "off", "none", "nil", "baseline", "clear", "auto")
_TITLES = ("title", "titel")
_HEADING = re.compile(r"(?:heading|overskrift)\s*([1-9])")
_QUOTES = ("quote", "intense quote", "citat", "stærkt citat", "block text", "quotations", "blokcitat")
_CONTINUED = re.compile(r"(?:list continue|opstilling - forts\.?|liste - fortsat)\s*([2-5])?")
_BOLD = ("strong", "stærk", "strong emphasis")
_ITALIC = ("emphasis", "fremhæv", "fremhævning")
#: Looks that mean something which a letter does not show, by their element.
REFUSED_LOOKS = {
    "strike": N_("struck-through text"),
    "dstrike": N_("struck-through text"),
    "vanish": N_("hidden text"),
    "webHidden": N_("hidden text"),
    "u": N_("underlined text"),
    "highlight": N_("highlighted text"),
    "vertAlign": N_("raised or lowered text"),
    "caps": N_("text in capitals by its format"),
    "smallCaps": N_("text in capitals by its format"),
}


class Looks:
    """Reads looks; keeps what it found out about each style."""

    def __init__(self, styles: Styles) -> None:
        self._styles = styles
        self._kinds: dict[str, tuple[str, int]] = {}

    def kind(self, paragraph: etree._Element) -> tuple[str, int]:
        """`heading`, `quote`, `continued` or `text`, and the level as Markdown counts it; the title is 1."""
        ident = _style(paragraph.find(f"{W}pPr"), "pStyle")
        if ident not in self._kinds:
            self._kinds[ident] = next(filter(None, map(_kind, self._names(ident))), ("text", 0))
        kind = self._kinds[ident]
        outline = paragraph.find(f"{W}pPr/{W}outlineLvl")
        if kind == ("text", 0) and outline is not None and outline.get(f"{W}val", "9") in "012345":
            return "heading", int(outline.get(f"{W}val", "0")) + 2
        return kind

    def name(self, paragraph: etree._Element) -> str:
        """The name of a paragraph's style, in small letters."""
        return next(self._names(_style(paragraph.find(f"{W}pPr"), "pStyle")), "")

    def numbering_of(self, paragraph: etree._Element) -> bool:
        """Whether the paragraph's style brings a number."""
        return bool(self._styles.numbering(_style(paragraph.find(f"{W}pPr"), "pStyle"))[0])

    def bold_italic(self, run: etree._Element, paragraph: etree._Element) -> tuple[bool, bool]:
        """Whether a run is bold and italic."""
        return self._toggled(run, paragraph, "b", _BOLD), self._toggled(run, paragraph, "i", _ITALIC)

    def refused(self, run: etree._Element, in_link: bool) -> str | None:
        """What a run looks like that a letter cannot show; None when nothing is."""
        for name, what in REFUSED_LOOKS.items():
            mark = run.find(f"{W}rPr/{W}{name}")
            if mark is not None and _is_on(mark) and not (in_link and name == "u"):
                return what
        return None

    def _toggled(
        self, run: etree._Element, paragraph: etree._Element, name: str, styles: tuple[str, ...]
    ) -> bool:
        own = run.find(f"{W}rPr/{W}{name}")
        if own is not None:
            return _is_on(own)
        ident = _style(run.find(f"{W}rPr"), "rStyle")
        for found, style in self._styles.ancestry(ident) if ident else ():
            mark = style.find(f"{W}rPr/{W}{name}")
            if self._styles.name(found) in styles or (mark is not None and _is_on(mark)):
                return True
        # What makes a heading or a quote look as it does is the letterhead's business.
        if self.kind(paragraph)[0] != "text":
            return False
        for _, style in self._styles.ancestry(_style(paragraph.find(f"{W}pPr"), "pStyle")):
            mark = style.find(f"{W}rPr/{W}{name}")
            if mark is not None:
                return _is_on(mark)
        return False

    def _names(self, ident: str) -> Iterator[str]:
        for found, _ in self._styles.ancestry(ident):
            yield self._styles.name(found)


def _kind(name: str) -> tuple[str, int] | None:
    if name in _TITLES:
        return "heading", 1
    if match := _HEADING.fullmatch(name):
        return "heading", int(match[1]) + 1
    if name in _QUOTES:
        return "quote", 0
    if match := _CONTINUED.fullmatch(name):
        return "continued", int(match[1] or 1)
    return None


def _style(properties: etree._Element | None, name: str) -> str:
    mark = None if properties is None else properties.find(f"{W}{name}")
    return "" if mark is None else mark.get(f"{W}val", "")


def _is_on(mark: etree._Element) -> bool:
    return mark.get(f"{W}val", "1") not in _OFF
