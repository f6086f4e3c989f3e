"""Strings, names and drawn text in the syntax of PDF (ISO 32000-1, 7.3 and 9.4)."""

from __future__ import annotations

import re
from binascii import unhexlify
from codecs import charmap_decode
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from functools import cached_property


class _Table(dict[int, str]):
    """Glyphs by their numbers, for `str.translate`."""

    def __missing__(self, number: int) -> str:
        return "\ufffd"


class GlyphMap(dict[bytes, str]):
    """Codes of glyphs -> text, for one font."""

    @cached_property
    def is_plain(self) -> bool:
        """Whether each code has two bytes and is no half of a UTF-16 character."""
        return all(len(code) == 2 and code < b"\xd8" for code in self)

    @cached_property
    def table(self) -> _Table:
        """The same by number; for a plain map."""
        return _Table({int.from_bytes(code): text for code, text in self.items()})

    @cached_property
    def low(self) -> str:
        """Of a plain map: the characters of the first 256 codes; U+FFFE for several letters.

        U+FFFE is what `codecs.charmap_decode` takes for a code without a character.
        """
        found = ["\ufffd"] * 256
        for code, text in self.items():
            if not code[0]:
                found[code[1]] = text if len(text) == 1 else "\ufffe"
        return "".join(found)


_STRING = re.compile(rb"\(((?:[^()\\]|\\.|\((?:[^()\\]|\\.)*\))*)\)|<([0-9A-Fa-f\s]*)>(?!>)", re.DOTALL)
_NAME = re.compile(rb"/([^\s/()<>\[\]{}%]+)")
# Every second name of a tagged file is one of these.
_OTHER_NAME = re.compile(rb"/(?!(?:Type|StructElem|Span|Pg)[\s/()<>\[\]{}%])([^\s/()<>\[\]{}%]+)")
_HASH = re.compile(rb"#([0-9A-Fa-f]{2})")
_ESCAPE = re.compile(rb"\\(?:([0-7]{1,3})|(\r\n|\r|\n)|(.))", re.DOTALL)
_LETTERS = {b"n": b"\n", b"r": b"\r", b"t": b"\t", b"b": b"\b", b"f": b"\f"}


# Words of PDF itself (ISO 32000-1); people are called so, too: Lang, Mark, Page, Root, White.
_WORDS = """
    Action Alt Annot Annots Ascent Author BS BaseFont BBox BlockQuote CapHeight Catalog ColorSpace
    Contents Count CreationDate Dest Dests Div Document Encoding Figure Filter First Flags
    FlateDecode Font Form Group Headers ID Identity Image Index Info Kids LBody LI Lab Lang Last
    Layout Lbl Length Link Mark MarkInfo Marked MediaBox Metadata ModDate Name Names Next NonStruct
    Note Nums Obj Ordering Outlines Page PageMode Pages Parent ParentTree Pattern Pg Popup Prev
    Producer Range Rect Registry Resources Root Rows Shading Size Span Stamp StemH StemV StructElem
    StructParent StructParents StructTreeRoot Subtype Supplement Table Tabs Text Title Type Width
    WhitePoint Widget XObject
"""
SYNTAX = frozenset(word.encode() for word in _WORDS.split())


def strings(source: bytes) -> Iterator[bytes]:
    """Every literal and hexadecimal string of a piece of PDF, as the bytes it means."""
    for literal, figures in _STRING.findall(source):
        yield unescape(literal) if literal or not figures else from_hex(figures)


def names(source: bytes) -> list[str]:
    """Every name of a piece of PDF, each once, that is no word of PDF itself."""
    return [_name_text(name) for name in dict.fromkeys(_OTHER_NAME.findall(source)) if name not in SYNTAX]


def without_syntax(source: bytes) -> bytes:
    """A piece of PDF without the names that are words of PDF itself."""
    return _NAME.sub(lambda found: b"/" if found[1] in SYNTAX else found[0], source)


def _name_text(name: bytes) -> str:
    if b"#" in name:
        name = _HASH.sub(lambda found: bytes((int(found[1], 16),)), name)
    try:
        return name.decode()
    except UnicodeDecodeError:
        return name.decode("cp1252", "replace")


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
    try:
        return bytes.fromhex(figures.decode("ascii"))
    except ValueError:  # an odd last figure, or a space between two of a pair
        clean = b"".join(figures.split())
    return bytes.fromhex((clean + b"0" * (len(clean) % 2)).decode("ascii"))


# PDFDocEncoding where it differs from Latin-1 (ISO 32000-1, D.2), as far as there are letters.
_DOC_LETTERS = str.maketrans("\x93\x94\x95\x96\x97\x98\x99\x9a\x9b\x9c\x9d\x9e", "ﬁﬂŁŒŠŸŽıłœšž")
_DOC_MARKS = str.maketrans("\x84\x85\x86\x8a\x8d\x8e\x8f\x90", "—–ƒ−“”‘’")
_DOC = _DOC_LETTERS | _DOC_MARKS
# A language's code between two escape characters (ISO 32000-1, 7.9.2.2) is not read aloud.
_LANGUAGE = re.compile("\x1b[A-Za-z]{2,4}\x1b")


def text_of(string: bytes) -> str:
    """A text string: UTF-16 or UTF-8 with a mark, or PDFDocEncoding; what may be either is read as both."""
    if string.startswith(b"\xfe\xff"):
        return _LANGUAGE.sub("", string[2:].decode("utf-16-be", "replace"))
    if string.startswith(b"\xff\xfe"):
        return string[2:].decode("utf-16-le", "replace")
    if string.startswith(b"\xef\xbb\xbf"):
        return string[3:].decode("utf-8", "replace")
    plain = string.decode("latin-1").translate(_DOC)
    if b"\0" in string and len(string) % 2 == 0:
        return f"{string.decode('utf-16-be', 'replace')}\t{plain}"
    return plain


# Drawn text

# It begins with what is rare, so that a stream is passed over at the speed of C.
_SHOW = re.compile(
    rb"[/\[(<TE](?:"
    rb"(?<=/)([^\s/()<>\[\]{}%]+)\s+[-\d.]+\s+Tf\b"
    rb"|(?<=\[)((?:\((?:[^()\\]|\\.|\((?:[^()\\]|\\.)*\))*\)|<[0-9A-Fa-f\s]*>|[-+\d.\s])*)\]\s*TJ"
    rb"|(?<=\()((?:[^()\\]|\\.|\((?:[^()\\]|\\.)*\))*)\)\s*(?:Tj|'|\")"
    rb"|(?<=<)([0-9A-Fa-f\s]*)>\s*(?:Tj|'|\")"
    rb"|(?<=T)(?<!\wT)([dDm*])\b"
    rb"|(?<=E)(?<!\wE)(T)\b"
    rb")",
    re.DOTALL,
)
_ITEM = re.compile(_STRING.pattern + rb"|([-+]?[\d.]+)", re.DOTALL)
#: A step to the left by so many thousandths of the type size is a space.
_SPACE = 180.0


_KERNING = re.compile(rb">[-+]?\d{1,2}(?:\.\d*)?<")


def without_kerning(content: bytes) -> bytes:
    """Strings that a line of text was cut into for tiny moves, put together again."""
    return _KERNING.sub(b"", content.replace(b">0<", b""))


_SPOKEN = re.compile(
    rb"\(((?:[^()\\]|\\.|\((?:[^()\\]|\\.)*\))*)\)|<((?:FE\s*FF|FF\s*FE|EF\s*BB\s*BF)[0-9A-F\s]*)>",
    re.DOTALL | re.IGNORECASE,
)


_MARKED = re.compile(rb"<(?:FE|FF|EF)", re.IGNORECASE)


def spoken_strings(content: bytes) -> list[str]:
    """The text strings of a content stream that it does not draw, such as actual text."""
    if b"(" not in content and _MARKED.search(content) is None:
        return []
    found = _SPOKEN.findall(_SHOW.sub(b" ", content))
    return [text_of(unescape(literal) if not figures else from_hex(figures)) for literal, figures in found]


# A step along the line, and a place that is given outright; the second number is the height of the line.
_STEP = re.compile(rb"([-+.\d]+)\s+([-+.\d]+)\s+T([dDm])\b")


def without_steps(content: bytes) -> bytes:
    """A content stream whose pieces of one line are drawn without a step between them."""
    height = b"0"

    def away(found: re.Match[bytes]) -> bytes:
        nonlocal height
        stays = found[2] == height if found[3] == b"m" else not found[2].strip(b"+-0.")
        height = found[2] if found[3] == b"m" else height
        return b" " if stays else found[0]

    return _STEP.sub(away, content)


def drawn_text(content: bytes, fonts: Mapping[str, Sequence[GlyphMap]], *, joined: bool = False) -> str:
    """The text that a content stream draws, in its own order, by the fonts' maps.

    Args:
        fonts: name of a font in the file -> the maps that fonts of this name have; a font without a map is
            read as most programs write (Windows-1252).
        joined: whether pieces that are drawn on the same line are read as one word.
    """
    if joined:
        content = without_steps(content)
    content = without_kerning(content)
    pieces: list[str] = []
    maps: Sequence[GlyphMap] = ()
    low = ""
    for font, array, literal, figures, move, end in _SHOW.findall(content):
        if move or end:
            pieces.append("\n" if move or not joined else "")
        elif font:
            maps = fonts.get(_name_text(font), ())
            low = maps[0].low if len(maps) == 1 and maps[0] and maps[0].is_plain else ""
        elif array:
            line = _simple_line(array, low) if low else None
            pieces += _array(array, maps) if line is None else (line,)
        elif literal or figures:
            pieces.append(_decoded(unescape(literal) if literal else from_hex(figures), maps))
    return "".join(pieces)


# A number that stands alone at the end of a line moves nothing that is drawn after it.
_LAST_STEP = re.compile(rb"[-+]?\d{1,2}(?:\.\d*)?\s?")


def _simple_line(array: bytes, low: str) -> str | None:
    """The text of a line that is one string of figures and no step, as most are; None for any other.

    Args:
        low: of the one map that its font has.
    """
    if array.startswith(b"<") and array.endswith(b">0"):
        with suppress(ValueError):  # more than figures in it, or a letter that C cannot look up
            string = unhexlify(array[1:-2])
            if len(string) % 2 == 0 and not string[::2].strip(b"\0"):
                return charmap_decode(string[1::2], "strict", low)[0]
    return None


def _array(array: bytes, maps: Sequence[GlyphMap]) -> Iterable[str]:
    """The text of a line; most lines are one string of figures."""
    figures, _, step = array[1:].partition(b">")
    if array.startswith(b"<") and _LAST_STEP.fullmatch(step):
        with suppress(ValueError):  # spaces in it, or an odd last figure
            return (_decoded(unhexlify(figures), maps),)
    return _pieces(array, maps)


def _pieces(array: bytes, maps: Sequence[GlyphMap]) -> Iterator[str]:
    for literal, figures, number in _ITEM.findall(array):
        if number:
            if float(number) < -_SPACE:
                yield " "
        else:
            yield _decoded(unescape(literal) if literal else from_hex(figures), maps)


def _decoded(string: bytes, maps: Sequence[GlyphMap]) -> str:
    if len(maps) == 1:
        return _by_map(string, maps[0])
    return "".join(_by_map(string, glyphs) for glyphs in maps) if maps else string.decode("cp1252", "replace")


def _by_map(string: bytes, glyphs: GlyphMap) -> str:
    if glyphs and len(string) % 2 == 0 and glyphs.is_plain:
        if not string[::2].strip(b"\0"):  # low numbers only, which C can look up
            with suppress(UnicodeDecodeError):
                return charmap_decode(string[1::2], "strict", glyphs.low)[0]
        return string.decode("utf-16-be", "surrogatepass").translate(glyphs.table)
    width = len(next(iter(glyphs), b"\0"))
    found = glyphs.get
    return "".join([found(string[i : i + width], "\ufffd") for i in range(0, len(string), width)])


_CHARS = re.compile(rb"beginbfchar(.*?)endbfchar", re.DOTALL)
_RANGES = re.compile(rb"beginbfrange(.*?)endbfrange", re.DOTALL)
_PAIR = re.compile(rb"<([0-9A-Fa-f\s]+)>\s*<([0-9A-Fa-f\s]*)>")
_RANGE = re.compile(
    rb"<([0-9A-Fa-f\s]+)>\s*<([0-9A-Fa-f\s]+)>\s*(?:<([0-9A-Fa-f\s]*)>|\[((?:\s*<[0-9A-Fa-f\s]*>)*)\s*\])"
)
_MOST_CODES = 0x10000


def glyph_map(cmap: bytes) -> GlyphMap:
    """A ToUnicode map (ISO 32000-1, 9.10.3)."""
    found = GlyphMap()
    for block in _CHARS.findall(cmap):
        pairs = _PAIR.findall(block)
        if all(len(code) == len(text) == 4 for code, text in pairs):
            found.update(_short_pairs(pairs))
            continue
        for code, text in pairs:
            found[from_hex(code)] = from_hex(text).decode("utf-16-be", "replace")
    for block in _RANGES.findall(cmap):
        for low, high, first, each in _RANGE.findall(block):
            found.update(_range(from_hex(low), from_hex(high), from_hex(first), list(strings(each))))
    return found


def _short_pairs(pairs: list[tuple[bytes, bytes]]) -> Iterator[tuple[bytes, str]]:
    """Codes and texts of two bytes each, the usual ones, all read together."""
    codes = from_hex(b"".join([code for code, _ in pairs]))
    texts = from_hex(b"".join([text for _, text in pairs]))
    each = [codes[at : at + 2] for at in range(0, len(codes), 2)]
    if not any(0xD8 <= high <= 0xDF for high in texts[::2]):
        yield from zip(each, texts.decode("utf-16-be"), strict=True)
        return
    for at, code in enumerate(each):
        yield code, texts[2 * at : 2 * at + 2].decode("utf-16-be", "replace")


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
