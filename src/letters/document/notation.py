r"""The inline notation of a dump, shared by `dump` and `load`.

{*bold}  {_emphasis}  {>https://www.ft.dk|link}  {^en|words of another language}  {/} a line break
{reasons[0].facts.network|venner i Lindehøj}  text that came from a case field
{=text}  text that must be told from the text before it, or is empty
~  a no-break space
\\ \{ \} \| \~  the characters themselves; \n \t \u{200b}  what cannot be seen
"""

from __future__ import annotations

import re

STRONG, EMPHASIS, LINK, FOREIGN, LINE_BREAK, PLAIN = "*", "_", ">", "^", "/", "="
TABLES = "tables"  # what an "attached" line names
MARKS = STRONG + EMPHASIS + LINK + FOREIGN + LINE_BREAK + PLAIN
NO_BREAK_SPACE = "\u00a0"

_ESCAPED = {ch: f"\\{ch}" for ch in "\\{}|~"} | {"\n": "\\n", "\t": "\\t", NO_BREAK_SPACE: "~"}
_UNESCAPED = {escape: ch for ch, escape in _ESCAPED.items()} | {f"\\{ch}": ch for ch in MARKS}

_ESCAPE = r"\\u\{(?:10[0-9a-f]{4}|[0-9a-f]{1,5})\}|\\[\\{}|~nt*_>^/=]"
STRETCH = re.compile(rf"(?:[^\\{{}}|]+|{_ESCAPE})*")  # text up to what ends it or is malformed
_ONE_ESCAPE = re.compile(rf"{_ESCAPE}|~")
_DIVIDERS = re.compile(rf"{_ESCAPE}|[{{}}|]")


def escape(text: str) -> str:
    """Write a text so that it stays on one line and means nothing but itself."""
    return "".join(map(_escape, text))


def _escape(ch: str) -> str:
    if ch in _ESCAPED:
        return _ESCAPED[ch]
    return ch if ch.isprintable() else f"\\u{{{ord(ch):x}}}"


def escape_name(name: str) -> str:
    """Write a field's path or a link's target: as `escape`, and its first character is no mark."""
    return ("\\" if name[:1] in MARKS and name else "") + escape(name)


def unescape(stretch: str) -> str:
    """Read back a text that `STRETCH` matches."""
    return _ONE_ESCAPE.sub(lambda match: _unescape(match[0]), stretch)


def _unescape(found: str) -> str:
    return chr(int(found[3:-1], 16)) if found.startswith("\\u") else _UNESCAPED[found]


def split_cells(row: str) -> list[str]:
    """Divide a table's row at the bars outside braces; the piece behind the last bar comes last."""
    cells, start, depth = [], 0, 0
    for match in _DIVIDERS.finditer(row):
        depth += {"{": 1, "}": -1}.get(match[0], 0)
        if match[0] == "|" and depth == 0:
            cells.append(row[start : match.start()])
            start = match.end()
    return [*cells, row[start:]]
