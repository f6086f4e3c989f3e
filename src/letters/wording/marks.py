"""The Markdown parser, with the few marks of the closed vocabulary and no others.

CommonMark eats characters that nobody meant as marks: "2*3*4" loses its stars, "C:\\(gammel)" its backslash,
and two spaces at a line's end become a line break that no one can see. Here a star opens only where a word
begins, an underline is an underline, and a backslash goes only before a mark that it takes the meaning from.
"""

from __future__ import annotations

import re

from markdown_it import MarkdownIt
from markdown_it.rules_inline import StateInline
from markdown_it.rules_inline.state_inline import Delimiter

from letters.wording.tokens import RESERVED, VALUE

# What a backslash keeps as it stands: marks anywhere in a line, and those that mean something at its start.
_ANYWHERE = frozenset("*[]<&`")
_AT_START = frozenset("#>-+=~_|")
# In the parser's `env`: values may print nothing, so that what follows one may begin the line.
MAY_VANISH = "values may vanish"
_NUMBER = re.compile(r"\s*\d{1,9}")


def parser() -> MarkdownIt:
    """CommonMark and tables; what the vocabulary lacks is recognised, so that it can be refused by name."""
    md = MarkdownIt("commonmark").enable("table")
    # Entities and escapes stay separate tokens, so that an entity can be told from text.
    md.disable("text_join")
    md.inline.ruler.at("emphasis", _stars)
    md.inline.ruler.at("escape", _backslash)
    # Addresses stay as they were written; which ones are allowed is decided by whoever reads the tokens.
    md.validateLink = lambda url: True  # type: ignore[method-assign]
    md.normalizeLink = lambda url: url  # type: ignore[method-assign]
    return md


def _stars(state: StateInline, silent: bool) -> bool:
    """CommonMark's emphasis by `*` alone, which opens only where no letter or digit stands before it."""
    if silent or state.src[state.pos] != "*":
        return False
    scanned = state.scanDelims(state.pos, True)
    before = state.src[state.pos - 1] if state.pos else " "
    opens = scanned.can_open and not (before.isalnum() or VALUE.match(before))
    for _ in range(scanned.length):
        token = state.push("text", "", 0)
        token.content = "*"
        place = len(state.tokens) - 1
        state.delimiters.append(
            Delimiter(
                marker=ord("*"),
                length=scanned.length,
                token=place,
                end=-1,
                open=opens,
                close=scanned.can_close,
            )
        )
    state.pos += scanned.length
    return True


def _backslash(state: StateInline, silent: bool) -> bool:
    """A line break at a line's end, a mark kept as it stands, or a backslash that is one."""
    if state.src[state.pos] != "\\" or state.pos + 1 >= state.posMax:
        return False
    after = state.src[state.pos + 1]
    if after == "\n":
        if not silent:
            state.push("hardbreak", "br", 0)
        state.pos += 2
        while state.pos < state.posMax and state.src[state.pos] == " ":
            state.pos += 1
        return True
    keeps = _keeps(state, after)
    if not silent:
        token = state.push("text_special", "", 0)
        token.info = "escape"
        token.content, token.markup = (after, f"\\{after}") if keeps else ("\\", "\\")
    state.pos += 2 if keeps else 1
    return True


def _keeps(state: StateInline, after: str) -> bool:
    if after in _ANYWHERE:
        return True
    if after == "!":
        return state.src.startswith("[", state.pos + 2)
    line = state.src[state.src.rfind("\n", 0, state.pos) + 1 : state.pos]
    if state.env.get(MAY_VANISH):
        line = RESERVED.sub("", line)
    if after in ".)":
        return _NUMBER.fullmatch(line) is not None
    return after in _AT_START and not line.strip()
