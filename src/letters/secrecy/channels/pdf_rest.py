"""What a PDF file holds beside the objects that its table names: replaced objects, comments, leftovers."""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from typing import Protocol

from letters.secrecy.channels.channel import Budget, Channel, Role, all_spelled_out
from letters.secrecy.channels.pdf_syntax import (
    GlyphMap,
    drawn_text,
    names,
    spoken_strings,
    strings,
    text_of,
    without_syntax,
)
from letters.secrecy.channels.sfnt import font_names, without_outlines
from letters.secrecy.channels.text import noise_channels, text_channels
from letters.secrecy.channels.xml import xml_channels

_STREAM = re.compile(rb"stream(?<=\bstream)\r?\n")
_SHOWS_TEXT = re.compile(rb"\b(?:Tj|TJ|BDC|BT)\b|[\])>]\s*(?:Tj|TJ)\b")
_ASIDE = re.compile(rb"%[^\r\n]*")
_READABLE = bytes(range(0x20, 0x7F)) + b"\t\r\n"
_FEW_OTHERS = 3  # at most a third
_CMAP = b"beginbfchar", b"beginbfrange", b"begincmap"
_CMAP_BEGINS = b"begin"
_FONT = b"\0\1\0\0", b"true", b"OTTO", b"ttcf"


class HasRawBytes(Protocol):
    def read_raw_bytes(self) -> bytes: ...


def unknown_stream(
    contents: bytes, where: str, fonts: Mapping[str, Sequence[GlyphMap]], *, on_page: bool = False
) -> Iterator[Channel]:
    """A decoded stream by its bytes: drawing, a font, a map of glyphs, text, or something else.

    Args:
        on_page: whether it is drawn on a page, where pieces of a word are put together by their places.
    """
    if contents.startswith(_FONT):
        yield Channel(f"{where}, font", "\n".join(all_spelled_out(font_names(contents))), Role.NAME)
        yield from noise_channels(without_outlines(contents), f"{where}, font")
    elif _CMAP_BEGINS in contents and any(mark in contents for mark in _CMAP):
        yield Channel(where, "\n".join(all_spelled_out(names(contents))), Role.MARKUP)
        yield Channel(where, "\n".join(map(text_of, _short(strings(contents)))), Role.NOISE)
    elif _SHOWS_TEXT.search(contents):
        yield from _drawing(contents, where, fonts, on_page=on_page)
    else:
        yield from text_channels(contents, where, Role.MARKUP)
        if contents.lstrip()[:1] == b"<":
            yield from xml_channels(contents, where, strict=False)


def _short(found: Iterator[bytes]) -> Iterator[bytes]:
    """Strings of a glyph map that are more than a letter."""
    return (string for string in found if len(string) > 4)


def _drawing(
    contents: bytes, where: str, fonts: Mapping[str, Sequence[GlyphMap]], *, on_page: bool
) -> Iterator[Channel]:
    text = drawn_text(contents, fonts)
    yield Channel(f"{where}, drawn text", text, Role.BODY)
    if not on_page and (joined := drawn_text(contents, fonts, joined=True)) != text:
        yield Channel(f"{where}, drawn text", joined, Role.BODY)
    lines = spoken_strings(contents)
    lines += [aside.decode("latin-1") for aside in _ASIDE.findall(contents)]
    lines += all_spelled_out(names(contents))
    yield Channel(where, "\n".join(lines), Role.MARKUP)


def rest_channels(
    data: bytes,
    known: Iterable[HasRawBytes],
    fonts: Mapping[str, Sequence[GlyphMap]],
    where: str,
    budget: Budget,
) -> Iterator[Channel]:
    """The streams that no table names, and everything that is no stream.

    Args:
        known: the streams that were read already.
    """
    seen = {_beginning(stream.read_raw_bytes()) for stream in known}
    pieces: list[bytes] = []
    position = 0
    for start, end in _spans(data):
        if start < position:
            continue
        pieces.append(data[position:start])
        position = end
        if not any(data.startswith(head, start) for head in seen if head):
            yield from _unlisted(data[start:end], fonts, where, budget)
    pieces.append(data[position:])
    yield from _between(b"\n".join(pieces), where)


def _beginning(raw: bytes) -> bytes:
    return raw[:48]


def _spans(data: bytes) -> Iterator[tuple[int, int]]:
    """Where the bytes of each stream begin and end."""
    for found in _STREAM.finditer(data):
        end = data.find(b"endstream", found.end())
        yield found.end(), end if end >= 0 else len(data)


def _unlisted(
    raw: bytes, fonts: Mapping[str, Sequence[GlyphMap]], where: str, budget: Budget
) -> Iterator[Channel]:
    contents = raw
    with suppress(zlib.error):  # what is not compressed so is read as it is
        contents = zlib.decompressobj().decompress(raw, budget.more())
    budget.take(len(contents), where)
    yield from unknown_stream(contents, where, fonts)
    texts = [text_of(string) for string in strings(contents)]
    yield Channel(where, "\n".join(texts), Role.TEXT if _is_written(contents) else Role.NOISE)


def _is_written(contents: bytes) -> bool:
    """Whether bytes are those of a text or a program, and not of a table or a picture."""
    return len(contents.translate(None, _READABLE)) * _FEW_OTHERS <= len(contents)


def _between(gaps: bytes, where: str) -> Iterator[Channel]:
    gaps = without_syntax(gaps)
    yield Channel(where, "\n".join(text_of(string) for string in strings(gaps)), Role.MARKUP)
    yield from noise_channels(gaps, where, Role.MARKUP)
