"""Plain text, JSON, and what can be read in any other bytes."""

from __future__ import annotations

import base64
import codecs
import html
import json
import quopri
import re
from collections.abc import Callable, Iterator
from functools import lru_cache

from letters.secrecy.channels.channel import Channel, Role, all_spelled_out

_BOMS = (
    (codecs.BOM_UTF32_LE, "utf-32-le"), (codecs.BOM_UTF32_BE, "utf-32-be"), (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"),
)  # fmt: skip
# Runs of characters as they are written: ASCII with what Danish and its neighbours add to it.
_UTF_8 = re.compile(rb"(?:[\t\x20-\x7e]+|[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2})+")
_LATIN = rb"[\t\x20-\x7e\xa0\xad\xc0-\xc9\xd0\xd6\xd8\xdc\xdf\xe0-\xe9\xf0\xf6\xf8\xfc]"
# Bytes of UTF-16 and UTF-32: 1 is a character's lower byte, 0 its upper ones. Four characters in a row, as
# they are seen at the speed of C; how a character is found then; its encoding.
_WIDE_KINDS = bytes(0 if code < 5 else 1 if code >= 0x20 or code == 9 else 2 for code in range(256))
_WIDE = (
    (b"\1\0" * 4, rb"(?:[\t\x20-\xff][\x00-\x04])", "utf-16-le"),
    (b"\0\1" * 4, rb"(?:[\x00-\x04][\t\x20-\xff])", "utf-16-be"),
    (b"\1\0\0\0" * 4, rb"(?:[\t\x20-\xff][\x00-\x04]\x00\x00)", "utf-32-le"),
    (b"\0\0\0\1" * 4, rb"(?:\x00\x00[\x00-\x04][\t\x20-\xff])", "utf-32-be"),
)
_HIGH = re.compile(rb"[\x80-\xff]")
# JavaScript and JSON: \u00f8, \xf8; RTF: \'f8, \u248?
_ESCAPE = re.compile(r"\\(?:u([0-9A-Fa-f]{4})|[x']([0-9A-Fa-f]{2})|u(\d{2,5})\??)")
_TAG = re.compile(r"<[^<>]*>")
_QUOTED = re.compile(r"=\r?\n|(?:=[0-9A-F]{2})+")
# So many characters are hardly a word; names, pictures and files lie in XMP, HTML and mail so.
_SIGNS = "A-Za-z0-9+/_-"
_LEAST = 16
_BASE64 = re.compile(rf"[{_SIGNS}]{{{_LEAST},}}(?:\r?\n[{_SIGNS}]+)*={{0,2}}")
_IS_SIGN = bytes(bool(re.match(f"[{_SIGNS}]", chr(code))) for code in range(256))
_SMALLEST_FILE = 100
_URL_SAFE = str.maketrans("-_", "+/")
# In the head of a mail: =?utf-8?B?U8O4cmVu?= (RFC 2047).
_ENCODED_WORD = re.compile(r"=\?([\w-]{1,40})\?([bBqQ])\?([^?\s]*)\?=")
# In RTF: control words, groups.
_CONTROL = re.compile(r"\\[a-z]{1,32}-?\d{0,10} ?|[{}]")


def as_text(data: bytes) -> str | None:
    """Bytes as text when they are text: UTF-8, or UTF-16 with a mark, without control characters."""
    for bom, encoding in _BOMS:
        if data.startswith(bom):
            return data[len(bom) :].decode(encoding, "replace")
    if b"\0" in data:
        return None
    try:
        return data.decode()
    except UnicodeDecodeError:
        return None


#: Reads bytes that turn out to be a file of their own: bytes, place.
Inner = Callable[[bytes, str], Iterator[Channel]]


def text_channels(
    data: bytes, where: str, role: Role = Role.TEXT, inner: Inner | None = None
) -> Iterator[Channel]:
    """A file that holds text, or else what can be read in its bytes.

    Args:
        inner: reads what stands in the text as Base64; None reads it as bytes of no kind.
    """
    text = as_text(data)
    if text is None:
        yield from noise_channels(data, where)
        return
    yield Channel(where, text, role, "line")
    for reading in dict.fromkeys(_readings(text)):
        if reading != text:
            yield Channel(where, reading, role)
    yield from base64_channels(text, where, inner)


def _readings(text: str) -> Iterator[str]:
    """The text as a program shows it: escapes undone, without the tags of HTML, out of a mail's encoding."""
    yield unescaped(text)
    if "&" in text or "<" in text:
        yield html.unescape(_TAG.sub("", text))
    if text.startswith("{\\rtf"):
        yield _CONTROL.sub("", unescaped(text))
    if "=?" in text:
        yield _ENCODED_WORD.sub(_decoded_word, text)
    if "=" in text and _QUOTED.search(text):
        yield _QUOTED.sub(_unquoted, text)


def _decoded_word(found: re.Match[str]) -> str:
    """A word of a mail's head; as it stands when nobody can decode it."""
    raw = found[3].encode("ascii", "replace")
    try:
        if found[2] in "bB":
            return base64.b64decode(raw).decode(found[1], "replace")
        return quopri.decodestring(raw, header=True).decode(found[1], "replace")
    except (ValueError, LookupError):
        return found[0]


def _unquoted(found: re.Match[str]) -> str:
    if "\n" in found[0]:
        return ""
    raw = bytes.fromhex(found[0].replace("=", ""))
    try:
        return raw.decode()
    except UnicodeDecodeError:
        return raw.decode("latin-1")


def unescaped(text: str) -> str:
    r"""The escapes of JavaScript, JSON and RTF (\u00f8, \xf8, \'f8) as the characters they mean."""
    return _ESCAPE.sub(_meant, text) if "\\" in text else text


def _meant(found: re.Match[str]) -> str:
    if found[3]:
        return chr(int(found[3]) % 0x10000)
    return chr(int(found[1] or found[2], 16))


def base64_channels(text: str, where: str, inner: Inner | None = None) -> Iterator[Channel]:
    """What can be read in the bytes that stand in a text as Base64."""
    short: list[bytes] = []
    for run in _base64_runs(text):
        clean = "".join(run.split()).rstrip("=").translate(_URL_SAFE)
        try:
            data = base64.b64decode(clean + "=" * (-len(clean) % 4))
        except ValueError:
            continue
        if inner and len(data) >= _SMALLEST_FILE:
            yield from inner(data, f"{where}, in Base64")
        else:
            short.append(data)
    if short:
        yield from noise_channels(b"\n\n".join(short), f"{where}, in Base64")


def _base64_runs(text: str) -> Iterator[str]:
    """What `_BASE64` finds in a text: a sign by its place, long enough rows of them by a search in C."""
    signs = text.encode("latin-1", "replace").translate(_IS_SIGN)
    start = signs.find(b"\1" * _LEAST)
    while start >= 0 and (found := _BASE64.match(text, start)):
        yield found[0]
        start = signs.find(b"\1" * _LEAST, found.end())


def noise_channels(data: bytes, where: str, role: Role = Role.NOISE) -> Iterator[Channel]:
    """What can be read in any bytes: as UTF-8, as Latin-1 and as UTF-16 of both orders."""
    shortest = 4 if role is Role.NOISE else 2
    runs = [run for run in _UTF_8.findall(data) if len(run) >= shortest]
    readings = [text for text in map(_from_utf_8, runs) if len(text) >= shortest]
    if _HIGH.search(data):
        readings += [
            run.decode("latin-1") for run in _runs(_LATIN, shortest).findall(data) if _HIGH.search(run)
        ]
    if b"\0" in data:
        kinds = data.translate(_WIDE_KINDS)
        for signs, character, encoding in _WIDE:
            if signs in kinds and (len(signs) < 16 or b"\0\0\0" in data):
                readings += [run.decode(encoding, "replace") for run in _runs(character, 4).findall(data)]
    yield Channel(where, "\n".join(readings), role)


def _from_utf_8(run: bytes) -> str:
    return run.decode("utf-8", "replace")


@lru_cache(maxsize=16)
def _runs(character: bytes, shortest: int) -> re.Pattern[bytes]:
    return re.compile(b"%b{%d,}" % (character, shortest))


def json_channels(data: bytes, where: str, inner: Inner | None = None) -> Iterator[Channel]:
    """A JSON file: its keys and values with escapes undone, and the file as it is."""
    yield from text_channels(data, where, inner=inner)
    try:
        value = json.loads(data)
    except (ValueError, RecursionError):
        return
    yield Channel(where, json_lines(value), Role.NAME)


def json_lines(value: object) -> str:
    """The keys and values of what a JSON file holds, one a line."""
    return "\n".join(all_spelled_out(text.replace("\n", " ") for text in _strings(value)))


def _strings(value: object) -> Iterator[str]:
    pending = [value]
    while pending:
        item = pending.pop()
        if isinstance(item, str):
            yield item
        elif isinstance(item, dict):
            yield from item
            pending.extend(item.values())
        elif isinstance(item, list):
            pending.extend(item)
        elif isinstance(item, int | float):
            yield str(item)
