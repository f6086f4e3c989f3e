"""That Markdown has left nothing out: every character of a source is printed or is a mark of the vocabulary.

`markdown` refuses by name what it knows to be left out. This looks at the parser's result from the other end:
the source is put together again from the tokens, and a line that does not come out as it was is told.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from markdown_it.token import Token

# What stands before the text of a line: quotes, items, headings, and the spaces between.
_BEFORE = re.compile(r"(?:\s|>(?=\s|$)|-(?=\s)|[1-9]\d{0,8}\.(?=\s)|#{1,6}(?=\s))*")
_BARE = re.compile(r"[\s>]*")
_BREAK = re.compile(r"[^\S\n]*\n[^\S\n]*")
_CELLS = re.compile(r"(?<!\\)\|")


def lost_line(source: str, tokens: Sequence[Token]) -> int | None:
    """The first line (from 0) of which something is neither printed nor a mark; None when there is none."""
    lines = source.split("\n")
    told = dict(_told(lines, tokens))
    for number, line in enumerate(lines):
        if number not in told:
            if not _BARE.fullmatch(line):
                return number
            continue
        text = told[number].strip()
        if not line.rstrip().endswith(text) or not _BEFORE.fullmatch(line.rstrip().removesuffix(text)):
            return number
    return None


def _told(lines: Sequence[str], tokens: Sequence[Token]) -> Iterator[tuple[int, str]]:
    """Each line's number and its text without what stands before it, as the tokens have it."""
    row: list[Token] = []
    before = ""
    for token in tokens:
        start = token.map[0] if token.map else 0
        match token.type:
            case "tr_open":
                row = []
            case "inline" if before in ("th_open", "td_open"):
                row.append(token)
            case "tr_close" if row and row[0].map:
                yield row[0].map[0], _row(lines[row[0].map[0]], row)
            case "thead_close" if row and row[0].map:
                # The line of hyphens under the head; the parser knows no table without a whole one.
                yield row[0].map[0] + 1, lines[row[0].map[0] + 1]
            case "inline":
                pieces = _written(token).split("\n")
                yield from ((start + offset, piece) for offset, piece in enumerate(pieces))
        before = token.type


def _row(line: str, row: Sequence[Token]) -> str:
    """A table's line, if its cells are those of the tokens; otherwise something else."""
    return line.strip() if table_cells(line) == [_written(token) for token in row] else "\n"


def table_cells(line: str) -> list[str]:
    """The cells of a table's line as they are written, the escape of a bar taken out."""
    bare = line.strip().removeprefix("|")
    cells = _CELLS.split(bare)
    if not cells[-1].strip():
        cells.pop()
    return [cell.strip().replace("\\|", "|") for cell in cells]


def _written(inline: Token) -> str:
    """The source of a stretch of text, if nothing of it was left out; otherwise something else."""
    out: list[str] = []
    targets: list[str] = []
    for token in inline.children or ():
        match token.type:
            case "text":
                out.append(token.content)
            case "softbreak":
                out.append("\n")
            case "hardbreak":
                out.append("\\\n")
            case "link_open":
                targets.append(str(token.attrs.get("href", "")))
                out.append("[")
            case "link_close":
                out.append(f"]({targets.pop()})")
            case _:
                out.append(token.markup)
    written = "".join(out)
    source = _BREAK.sub("\n", inline.content.strip())
    return source if _BREAK.sub("\n", written.strip()) == source else "\n" * (source.count("\n") + 1)
