"""Jinja tags in text that went through Word: found, and mended where Word's corrections have bent them."""

from __future__ import annotations

import re

from letters.wording.word.model import Piece, Pieces, plain

TAG = re.compile(r"\{\{.*?\}\}|\{%.*?%\}|\{#.*?#\}", re.DOTALL)
# A block tag or a comment, and no more than one.
SILENT_TAG = r"(?:\{%(?:(?!%\}).)*%\}|\{#(?:(?!#\}).)*#\})"
# A line that prints nothing of its own: Jinja takes it out whole.
_TAGS_ALONE = re.compile(rf"\s*(?:{SILENT_TAG}\s*)+", re.DOTALL)
_KEYWORD = re.compile(r"\{%[-+]?\s*(\w+)")
_OPENING = ("if", "for", "elif", "else")
_STRAIGHT = str.maketrans({"“": '"', "”": '"', "„": '"', "»": '"', "«": '"', "’": "'", "‘": "'", "‚": "'"})
_PLAIN = _STRAIGHT | str.maketrans({"–": "-", "—": "-", "−": "-", "‑": "-", "…": "...", "\t": " "})
_SPACES = re.compile("[\u00a0\u2000-\u200a\u202f\u205f\u3000]")
_HIDDEN = re.compile("[\u00ad\u200b-\u200f\u2060\ufeff]")
# What Word makes of a word at the beginning of a sentence or a cell.
_CAPITAL = re.compile(r"(\{%[-+]?\s*)(If|Elif|Else|Endif|For|Endfor|Set|Include)\b")
_CLOSING = {
    '"': '"”“«»',
    "'": "'’‘",
    "“": '”"“',
    "”": '”"',
    "„": '“”"',
    "»": '«"',
    "«": '»"',
    "’": "’'",
    "‘": "’'",
}


def mended(tag: str) -> str:
    """A tag as Jinja reads it: straight quotes, plain spaces and hyphens. Texts between quotes are kept."""
    out: list[str] = []
    position = 0
    while position < len(tag):
        char = tag[position]
        if char in _CLOSING and not tag.startswith("{#"):
            end = _end_of_text(tag, position)
            if end is not None:
                out.append(_quoted(tag[position + 1 : end]))
                position = end + 1
                continue
        out.append(char.translate(_PLAIN))
        position += 1
    text = _HIDDEN.sub("", _SPACES.sub(" ", "".join(out)))
    return _CAPITAL.sub(lambda match: match[1] + match[2].lower(), text)


def _end_of_text(tag: str, start: int) -> int | None:
    """Where a text between quotes ends; None when nothing ends it."""
    straight = tag.find(tag[start], start + 1) if tag[start] in "\"'" else -1
    if straight >= 0:
        return straight
    ends = [index for index in range(start + 1, len(tag)) if tag[index] in _CLOSING[tag[start]]]
    return ends[0] if ends else None


def _quoted(text: str) -> str:
    quote = "'" if '"' in text else '"'
    return f"{quote}{text}{quote}"


def is_tags_alone(line: str) -> bool:
    """Whether a line holds block tags and comments and nothing else."""
    return bool(_TAGS_ALONE.fullmatch(line))


def opens(line: str) -> bool:
    """Whether the last tag of a line of tags opens what follows, or the next branch of it."""
    keywords = _KEYWORD.findall(line)
    return bool(keywords) and keywords[-1] in _OPENING


def closes(line: str) -> bool:
    """Whether the first tag of a line of tags closes what stands before it, or begins its next branch."""
    keywords = _KEYWORD.findall(line)
    return bool(keywords) and keywords[0] in ("elif", "else", "endif", "endfor")


def joined_tags(pieces: Pieces) -> Pieces:
    """The pieces with each tag mended and whole: in the look of its first character."""
    text = plain(pieces)
    out: list[Piece] = []
    position = 0
    for match in TAG.finditer(text):
        out += _between(pieces, position, match.start())
        first = _between(pieces, match.start(), match.start() + 1)[0]
        out.append(Piece(mended(match.group()), first.bold, first.italic, first.link, first.field))
        position = match.end()
    return tuple(out + _between(pieces, position, len(text)))


def _between(pieces: Pieces, start: int, end: int) -> list[Piece]:
    """The part of the pieces between two places in their text."""
    out: list[Piece] = []
    position = 0
    for piece in pieces:
        here = piece.text[max(0, start - position) : max(0, end - position)]
        if here:
            out.append(Piece(here, *piece.look))
        position += len(piece.text)
    return out
