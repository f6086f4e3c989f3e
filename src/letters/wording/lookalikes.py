"""Lines of a case file's prose that only look like list items to Markdown.

"1. juli 2021 ..." begins a sentence, not a list, and nobody who writes it thinks of Markdown.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

# A line may stand in a quote or begin an item.
_NUMBERED = re.compile(r"^((?:[ >]|- )*)(\d{1,9})([.)])(?= |$)")
_NOT_AN_ITEM = re.compile(
    r"^[ >]*\d{1,9}\. +(?:januar|februar|marts|april|maj|juni|juli|august|september|oktober|november|december"
    r"|pkt\.|punktum|stk\.|og \d|eller \d|-)",
    re.IGNORECASE,
)
_NUMBER_OF_AN_ITEM = re.compile(r"[1-9]\d*\.")
_PLUS = re.compile(r"^((?:[ >]|- )*)\+(?= |$)")
# "> 50 %" begins a quote; ">50 %" says more than fifty.
_MORE_THAN = re.compile(r"^( *)>(?=[^ ])")
# What no line begins with is not looked for line by line.
_ANY = re.compile(r"^(?:[ >]|- )*[\d+>]", re.MULTILINE)


def escape_lookalikes(source: str) -> str:
    """Keep lines that only look like list items or quotes as text: "1. juli 2021 ...", "2) ...", ">50 %".

    A numbered list needs two items that follow each other; anything else keeps its number as text.
    """
    if not _ANY.search(source):
        return source
    lines = source.split("\n")
    items = _listed(lines)
    return "\n".join(_escaped(line, number in items) for number, line in enumerate(lines))


def _escaped(line: str, is_item: bool) -> str:
    if is_item:
        return line
    line = _PLUS.sub(r"\1\\+", _NUMBERED.sub(r"\1\2\\\3", line))
    return _MORE_THAN.sub(r"\1\\>", line)


def _listed(lines: Sequence[str]) -> set[int]:
    """The lines that are items: same indent, numbers rising by one."""
    runs: dict[str, tuple[int, int]] = {}
    items: set[int] = set()
    for index, line in enumerate(lines):
        match = _NUMBERED.match(line)
        if not match or not _NUMBER_OF_AN_ITEM.fullmatch(match[2] + match[3]) or "-" in match[1]:
            continue
        if not line[match.end() :].strip() or _NOT_AN_ITEM.match(line):
            continue
        before = runs.get(match[1])
        if before and int(match[2]) == before[1] + 1:
            items |= {before[0], index}
        runs[match[1]] = (index, int(match[2]))
    return items
