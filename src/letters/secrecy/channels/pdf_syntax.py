"""Strings, names and drawn text in the syntax of PDF (ISO 32000-1, 7.3 and 9.4)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

#: Codes of glyphs -> text, for one font.
GlyphMap = Mapping[bytes, str]

_STRING = re.compile(rb"\(((?:[^()\\]|\\.|\((?:[^()\\]|\\.)*\))*)\)|<([0-9A-Fa-f\s]*)>(?!>)", re.DOTALL)
_NAME = re.compile(rb"/([^\s/()<>\[\]{}%]+)")
_HASH = re.compile(rb"#([0-9A-Fa-f]{2})")
_ESCAPE = re.compile(rb"\\(?:([0-7]{1,3})|(\r\n|\r|\n)|(.))", re.DOTALL)
_LETTERS = {b"n": b"\n", b"r": b"\r", b"t": b"\t", b"b": b"\b", b"f": b"\f"}


def strings(source: bytes) -> Iterator[bytes]:
    """Every literal and hexadecimal string of a piece of PDF, as the bytes it means."""
    for literal, figures in _STRING.findall(source):
        yield unescape(literal) if literal or not figures else from_hex(figures)


def names(source: bytes) -> list[str]:
    """Every name of a piece of PDF, each once."""
    return [_name_text(name) for name in dict.fromkeys(_NAME.findall(source))]


def _name_text(name: bytes) -> str:
    if b"#" in name:
        name = _HASH.sub(lambda found: bytes((int(found[1], 16),)), name)
    return name.decode("utf-8", "replace") if not name.isascii() else name.decode("ascii")


def unescape(literal: bytes) -> bytes:
    """A literal string without its parentheses as the bytes it means."""
    if b"\\" not in literal:
        return literal
    return _ESCAPE.sub(_meant, literal)


def _meant(found: re.Match[bytes]) -> bytes:
    if found[1]:
        return bytes((int(found[1], 8) & 0xFF,))
    return b"" if found[2] else _LETTERS.get(found[3], found[3])


def from_hex(figures: bytes) -> bytes:
    """A hexadecimal string without its brackets; an odd last figure is followed by 0."""
    clean = b"".join(figures.split())
    return bytes.fromhex((clean + b"0" * (len(clean) % 2)).decode("ascii"))


def text_of(string: bytes) -> str:
    """A text string: UTF-16 or UTF-8 with a mark, or PDFDocEncoding (Latin-1 for letters)."""
    if string.startswith(b"\xfe\xff"):
        return string[2:].decode("utf-16-be", "replace")
    if string.startswith(b"\xff\xfe"):
        return string[2:].decode("utf-16-le", "replace")
    if string.startswith(b"\xef\xbb\xbf"):
        return string[3:].decode("utf-8", "replace")
    if b"\0" in string and len(string) % 2 == 0:
        return string.decode("utf-16-be", "replace")
    return string.decode("latin-1")


# Drawn text

_SHOW = re.compile(
    rb"/([^\s/()<>\[\]{}%]+)\s+[-\d.]+\s+Tf\b"
    rb"|\[((?:\((?:[^()\\]|\\.|\((?:[^()\\]|\\.)*\))*\)|<[0-9A-Fa-f\s]*>|[-+\d.\s])*)\]\s*TJ"
    rb"|(\((?:[^()\\]|\\.|\((?:[^()\\]|\\.)*\))*\)|<[0-9A-Fa-f\s]*>)\s*(?:Tj|'|\")"
    rb"|\b(?:(T[dDm*])|(ET))\b",
    re.DOTALL,
)
_ITEM = re.compile(_STRING.pattern + rb"|([-+]?[\d.]+)", re.DOTALL)
#: A step to the left by so many thousandths of the type size is a space.
_SPACE = 180.0


_KERNING = re.compile(rb">[-+]?\d{1,2}(?:\.\d*)?<")


def without_kerning(content: bytes) -> bytes:
    """Strings that a line of text was cut into for tiny moves, put together again."""
    return _KERNING.sub(b"", content)


_SPOKEN = re.compile(
    rb"\(((?:[^()\\]|\\.|\((?:[^()\\]|\\.)*\))*)\)|<((?:FE\s*FF|FF\s*FE|EF\s*BB\s*BF)[0-9A-F\s]*)>",
    re.DOTALL | re.IGNORECASE,
)


def spoken_strings(content: bytes) -> list[str]:
    """The text strings of a content stream that it does not draw, such as actual text."""
    found = _SPOKEN.findall(_SHOW.sub(b" ", content))
    return [text_of(unescape(literal) if not figures else from_hex(figures)) for literal, figures in found]


def drawn_text(content: bytes, fonts: Mapping[str, Sequence[GlyphMap]]) -> str:
    """The text that a content stream draws, in its own order, by the fonts' maps.

    Args:
        fonts: name of a font in the file -> the maps that fonts of this name have; a font without a map is
            read as Latin-1.
    """
    content = without_kerning(content)
    pieces: list[str] = []
    maps: Sequence[GlyphMap] = ()
    for font, array, string, move, end in _SHOW.findall(content):
        if font:
            maps = fonts.get(_name_text(font), ())
        elif string:
            pieces.extend(_decoded(part, maps) for part in strings(string))
        elif move or end:
            pieces.append("\n")
        else:
            pieces.extend(_array(array, maps))
    return "".join(pieces)


def _array(array: bytes, maps: Sequence[GlyphMap]) -> Iterator[str]:
    for literal, figures, number in _ITEM.findall(array):
        if number:
            if float(number) < -_SPACE:
                yield " "
        else:
            yield _decoded(unescape(literal) if literal else from_hex(figures), maps)


def _decoded(string: bytes, maps: Sequence[GlyphMap]) -> str:
    return "".join(_by_map(string, glyphs) for glyphs in maps) if maps else string.decode("latin-1")


def _by_map(string: bytes, glyphs: GlyphMap) -> str:
    width = len(next(iter(glyphs), b"\0"))
    codes = (string[i : i + width] for i in range(0, len(string), width))
    return "".join(glyphs.get(code, "\ufffd") for code in codes)


_CHARS = re.compile(rb"beginbfchar(.*?)endbfchar", re.DOTALL)
_RANGES = re.compile(rb"beginbfrange(.*?)endbfrange", re.DOTALL)
_PAIR = re.compile(rb"<([0-9A-Fa-f\s]+)>\s*<([0-9A-Fa-f\s]*)>")
_RANGE = re.compile(
    rb"<([0-9A-Fa-f\s]+)>\s*<([0-9A-Fa-f\s]+)>\s*(?:<([0-9A-Fa-f\s]*)>|\[((?:\s*<[0-9A-Fa-f\s]*>)*)\s*\])"
)
_MOST_CODES = 0x10000


def glyph_map(cmap: bytes) -> GlyphMap:
    """A ToUnicode map (ISO 32000-1, 9.10.3)."""
    found: dict[bytes, str] = {}
    for block in _CHARS.findall(cmap):
        for code, text in _PAIR.findall(block):
            found[from_hex(code)] = from_hex(text).decode("utf-16-be", "replace")
    for block in _RANGES.findall(cmap):
        for low, high, first, each in _RANGE.findall(block):
            found.update(_range(from_hex(low), from_hex(high), from_hex(first), list(strings(each))))
    return found


def _range(low: bytes, high: bytes, first: bytes, each: Sequence[bytes]) -> Iterable[tuple[bytes, str]]:
    start, width = int.from_bytes(low), len(low)
    count = min(int.from_bytes(high) - start + 1, _MOST_CODES)
    for step in range(count):
        if each:
            target = each[step] if step < len(each) else b""
        else:
            target = ((int.from_bytes(first) + step) % (1 << 8 * max(len(first), 1))).to_bytes(
                max(len(first), 1)
            )
        yield (start + step).to_bytes(width + 1)[-width:], target.decode("utf-16-be", "replace")
