"""A line of Markdown -> pieces of text, and back. Tags go through as they are."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Iterator

from letters.wording.markdown import URL, Address, protect_addresses, trimmed_address
from letters.wording.marks import MAY_VANISH, parser
from letters.wording.tokens import MAX_LINES, VALUE, TooManyValues, Values, line_marker
from letters.wording.word.model import Piece, Pieces, plain
from letters.wording.word.tags import SILENT_TAG, TAG

_MD = parser()
# Marks that mean something wherever they stand (`marks`); a backslash before them is one more character.
_MARKS = re.compile(r"\*|`|<(?=[A-Za-z/!?])|&(?=#?\w+;)|(?<=!)\[|\[(?=[^\]]*\][(:\[])")
# Marks that mean something where a line begins; a tag before them may print nothing.
_LINE_START = re.compile(
    rf"\s*(?:{SILENT_TAG}\s*)*"
    r"(?P<mark>#{1,6}(?=\s|$)|[-+](?=\s|$)|>|=+\s*$|-{2,}\s*$|~{3}|(?:_\s*){3,}$|\d{1,9}(?P<dot>[.)])(?=\s|$))",
    re.DOTALL,
)
_EDGE = re.compile(r"(\s*)(.*?)(\s*)", re.DOTALL)
_EDGE_TAGS = re.compile(rf"((?:{SILENT_TAG}\s*)*)(.*?)((?:\s*{SILENT_TAG})*)", re.DOTALL)
_BLOCK_WORD = re.compile(r"\{%[-+]?\s*(\w+)")


class Unwritable(Exception):
    """Bold, italics or a link whose ends Markdown has no marks for."""


class Unreadable(Exception):
    """Something in a line of Markdown that Word wordings do not have; the text is its kind in Markdown."""


class Tags(Values):
    """The tags and addresses of a text, each with the character that stands for it.

    A tag that prints something is a value; the others have characters of their own that are no letters: what
    stands beside them stands, in the letter, beside their neighbour.
    """

    def __init__(self) -> None:
        super().__init__()
        self._silent: list[str] = []

    def put_tag(self, tag: str) -> str:
        """The character that stands for a tag.

        Raises:
            TooManyValues: more tags than any wording has.
        """
        if tag.startswith("{{"):
            return self.put(tag)
        if len(self._silent) > MAX_LINES:
            raise TooManyValues
        self._silent.append(tag)
        return line_marker(len(self._silent) - 1)

    def text(self, char: str) -> str:
        """What a character stands for."""
        if _SILENT.match(char):
            return self._silent[ord(char) - ord(line_marker(0))]
        value = self.get(char)
        return restored(value.text, self) if isinstance(value, Address) else str(value)

    def is_address(self, char: str) -> bool:
        return not _SILENT.match(char) and isinstance(self.get(char), Address)


_SILENT = re.compile(f"[{line_marker(0)}-{line_marker(MAX_LINES)}]")
_STANDS_FOR = re.compile(f"{VALUE.pattern}|{_SILENT.pattern}")


def protected(text: str, tags: Tags) -> str:
    """The text with one character in place of each tag."""
    return TAG.sub(lambda match: tags.put_tag(match.group()), text)


def restored(text: str, tags: Tags) -> str:
    """The text with the tags and addresses back in their places."""
    return _STANDS_FOR.sub(lambda match: tags.text(match.group()), text)


def without_silent(text: str) -> str:
    """A protected text without the tags that print nothing."""
    return _SILENT.sub("", text)


# Markdown -> pieces


def read_line(line: str, tags: Tags) -> Pieces:
    """The pieces of one line of Markdown, in which tags are value characters.

    Raises:
        Unreadable: for a picture, code or HTML.
    """
    (inline,) = _MD.parseInline(protect_addresses(line, tags), {MAY_VANISH: True})
    return tidy(tuple(_read(inline.children or [], tags)))


def _read(tokens: Iterable[object], tags: Tags) -> Iterator[Piece]:
    bold = italic = 0
    link = ""
    for token in tokens:
        match token.type:  # type: ignore[attr-defined]
            case "text" | "text_special":
                yield from _texts(token.content, tags, bold > 0, italic > 0, link)  # type: ignore[attr-defined]
            case "softbreak":
                yield Piece(" ", bold > 0, italic > 0, link)
            case "hardbreak":
                yield Piece("\n")
            case "strong_open" | "strong_close" as kind:
                bold += 1 if kind == "strong_open" else -1
            case "em_open" | "em_close" as kind:
                italic += 1 if kind == "em_open" else -1
            case "link_open":
                link = restored(str(token.attrs["href"]), tags)  # type: ignore[attr-defined]
            case "link_close":
                link = ""
            case other:
                raise Unreadable(other)


def _texts(content: str, tags: Tags, bold: bool, italic: bool, link: str) -> Iterator[Piece]:
    position = 0
    for match in _STANDS_FOR.finditer(content):
        if match.start() > position:
            yield Piece(content[position : match.start()], bold, italic, link)
        text = tags.text(match.group())
        yield Piece(text, bold, italic, link or (text if tags.is_address(match.group()) else ""))
        position = match.end()
    if position < len(content):
        yield Piece(content[position:], bold, italic, link)


# Pieces -> Markdown


def tidy(pieces: Pieces) -> Pieces:
    """The same text with as few changes of look as Markdown can say: no bold spaces, no bold tag alone."""
    loose: list[Piece] = []
    for piece in _merged(_with_addresses(_merged(pieces))):
        if not (piece.bold or piece.italic):
            loose.append(piece)
            continue
        before, inside, after = _edges(piece.text)
        loose += [
            Piece(before, False, False, piece.link, piece.field),
            Piece(inside, *piece.look),
            Piece(after, False, False, piece.link, piece.field),
        ]
    return merged(loose)


def merged(pieces: Iterable[Piece]) -> Pieces:
    """The pieces with neighbours of one look joined."""
    return tuple(_merged(pieces))


def _with_addresses(pieces: Iterable[Piece]) -> Iterator[Piece]:
    """The pieces with each bare address as a link of its own."""
    for piece in pieces:
        if piece.link:
            yield piece
            continue
        tags = Tags()
        text = protected(piece.text, tags)
        position = 0
        for match in URL.finditer(text):
            address = restored(trimmed_address(match.group()), tags)
            yield Piece(restored(text[position : match.start()], tags), *piece.look)
            yield Piece(address, piece.bold, piece.italic, address, piece.field)
            position = match.start() + len(trimmed_address(match.group()))
        yield Piece(restored(text[position:], tags), *piece.look)


def _merged(pieces: Iterable[Piece]) -> Iterator[Piece]:
    written = (piece for piece in pieces if piece.text)
    for look, group in itertools.groupby(written, key=lambda piece: piece.look):
        yield Piece("".join(piece.text for piece in group), *look)


def _edges(text: str) -> tuple[str, str, str]:
    """Spaces and tags that print nothing at the ends of a text, and what lies between.

    A tag is left where it is when what it opens or closes lies inside.
    """
    match = _EDGE_TAGS.fullmatch(text)
    before, inside, after = match.groups() if match else ("", text, "")
    if not _is_closed(inside) or not _is_closed(before + after):
        before, inside, after = "", text, ""
    first, middle, last = _EDGE.fullmatch(inside).groups()  # type: ignore[union-attr]
    return before + first, middle, last + after


def _is_closed(text: str) -> bool:
    """Whether each if and for that begins in a text ends there, and none ends that began before it."""
    depth = 0
    for word in _BLOCK_WORD.findall(text):
        depth += (word in ("if", "for")) - (word in ("endif", "endfor"))
        if depth < 0 or (depth == 0 and word in ("elif", "else")):
            return False
    return depth == 0


def write_line(pieces: Pieces, *, in_cell: bool = False) -> str:
    """Pieces without line breaks as a line of Markdown.

    Raises:
        Unwritable: bold, italics or a link that Markdown cannot begin or end there.
    """
    tidied = tidy(pieces)
    line = "".join(_written(tidied, in_cell))
    start = _LINE_START.match(line) if not in_cell else None
    if start and tidied and not tidied[0].bold and not tidied[0].italic:
        line = _escaped_start(line, start)
    tags = Tags()
    marked = _cell_text(protected(line, tags), in_cell)
    if _same(read_line(marked, tags)) != _same(tidied):
        raise Unwritable
    # In the letter the tags that print nothing are gone, and what stood beside them stands together.
    if _SILENT.search(marked):
        bare = read_line(without_silent(marked), tags)
        wanted = _merged(Piece(_silenced(piece.text), *piece.look) for piece in tidied)
        if _same(bare) != _same(tidy(tuple(wanted))):
            raise Unwritable
    return line


def _silenced(text: str) -> str:
    """The text without the tags that print nothing."""
    return TAG.sub(lambda match: match.group() if match.group().startswith("{{") else "", text)


def _cell_text(line: str, in_cell: bool) -> str:
    return line.replace("\\|", "|") if in_cell else line


def _same(pieces: Pieces) -> tuple[tuple[str, bool, bool, str], ...]:
    """What must come through: the text with its looks, the spaces at its ends apart."""
    merged = [(piece.text, piece.bold, piece.italic, piece.link) for piece in _merged(pieces)]
    if merged:
        text, *look = merged[0]
        merged[0] = (text.lstrip(), *look)  # type: ignore[assignment]
        text, *look = merged[-1]
        merged[-1] = (text.rstrip(), *look)  # type: ignore[assignment]
    return tuple(entry for entry in merged if entry[0])


def _escaped_start(line: str, start: re.Match[str]) -> str:
    place = start.start("dot") if start["dot"] else start.start("mark")
    return line[:place] + "\\" + line[place:]


def _written(pieces: Pieces, in_cell: bool) -> Iterator[str]:
    for (bold, italic, link), group in itertools.groupby(pieces, key=lambda p: (p.bold, p.italic, p.link)):
        text = "".join(piece.text for piece in group)
        marks = "**" * bold + "*" * italic
        if link and text != link:
            yield f"[{marks}{_escaped(text, in_cell)}{marks}]({_address(link)})"
        elif link.startswith(("http://", "https://")):
            yield f"{marks}{text}{marks}"
        elif link:
            yield f"[{marks}{text}{marks}]({_address(link)})"
        else:
            yield f"{marks}{_escaped(text, in_cell)}{marks}"


def _address(link: str) -> str:
    """An address as Markdown takes it; tags in it may hold spaces."""
    position, out = 0, []
    for match in TAG.finditer(link):
        out += [_safe(link[position : match.start()]), match.group()]
        position = match.end()
    return "".join([*out, _safe(link[position:])])


def _safe(address: str) -> str:
    return address.replace(" ", "%20").replace("(", "%28").replace(")", "%29").replace("<", "%3C")


def _escaped(text: str, in_cell: bool) -> str:
    """Text with a backslash before each mark that would mean something; tags are left alone."""
    out: list[str] = []
    position = 0
    for match in TAG.finditer(text):
        out += [_marked(text[position : match.start()], in_cell), match.group()]
        position = match.end()
    return "".join([*out, _marked(text[position:], in_cell)])


def _marked(text: str, in_cell: bool) -> str:
    escaped = _MARKS.sub(lambda match: "\\" + match.group(), text)
    return escaped.replace("|", "\\|") if in_cell else escaped


def lines_of(pieces: Pieces) -> list[Pieces]:
    """A paragraph's lines; tags keep their own line breaks."""
    lines: list[list[Piece]] = [[]]
    for piece in pieces:
        position = 0
        for part in _broken(piece.text):
            if part is None:
                lines.append([])
            else:
                lines[-1].append(Piece(part, *piece.look))
                position += len(part)
    return [tuple(line) for line in lines]


def _broken(text: str) -> Iterator[str | None]:
    """The parts between line breaks, and None for each break outside of a tag."""
    tags = Tags()
    for index, part in enumerate(protected(text, tags).split("\n")):
        if index:
            yield None
        if part:
            yield restored(part, tags)


def text_of(pieces: Pieces) -> str:
    """The text of a line without spaces at its ends."""
    return plain(pieces).strip()
