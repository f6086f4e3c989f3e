"""Plain text, JSON, and what can be read in any other bytes."""

from __future__ import annotations

import base64
import codecs
import html
import json
import re
from collections.abc import Iterator
from functools import lru_cache

from letters.secrecy.channels.channel import Channel, Role, spelled_out

_BOMS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
# Runs of characters as they are written: ASCII with what Danish and its neighbours add to it.
_UTF_8 = rb"(?:[\t\x20-\x7e]|[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2})"
_LATIN = rb"[\t\x20-\x7e\xa0\xad\xc0-\xc9\xd0\xd6\xd8\xdc\xdf\xe0-\xe9\xf0\xf6\xf8\xfc]"
_LITTLE = rb"(?:[\t\x20-\xff][\x00-\x04])"
_BIG = rb"(?:[\x00-\x04][\t\x20-\xff])"
_HIGH = re.compile(rb"[\x80-\xff]")
# JavaScript and JSON: \u00f8, \xf8; RTF: \'f8, \u248?
_ESCAPE = re.compile(r"\\(?:u([0-9A-Fa-f]{4})|[x']([0-9A-Fa-f]{2})|u(\d{2,5})\??)")
_TAG = re.compile(r"<[^<>]*>")
_QUOTED = re.compile(r"=\r?\n|(?:=[0-9A-F]{2})+")
# So many characters without a space are no word; pictures and files lie in XMP, HTML and mail so.
_BASE64 = re.compile(r"[A-Za-z0-9+/\r\n]{60,}={0,2}")


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


def text_channels(data: bytes, where: str, role: Role = Role.TEXT) -> Iterator[Channel]:
    """A file that holds text, or else what can be read in its bytes."""
    text = as_text(data)
    if text is None:
        yield from noise_channels(data, where)
        return
    yield Channel(where, text, role, "line")
    for reading in dict.fromkeys(_readings(text)):
        if reading != text:
            yield Channel(where, reading, role)
    yield from base64_channels(text, where)


def _readings(text: str) -> Iterator[str]:
    """The text as a program shows it: escapes undone, without the tags of HTML, out of a mail's encoding."""
    yield unescaped(text)
    if "&" in text or "<" in text:
        yield html.unescape(_TAG.sub("", text))
    if _QUOTED.search(text):
        yield _QUOTED.sub(_unquoted, text)


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


def base64_channels(text: str, where: str) -> Iterator[Channel]:
    """What can be read in the bytes that stand in a text as Base64."""
    for run in _BASE64.findall(text):
        clean = "".join(run.split()).rstrip("=")
        try:
            data = base64.b64decode(clean + "=" * (-len(clean) % 4))
        except ValueError:
            continue
        yield from noise_channels(data, f"{where}, in Base64")


def noise_channels(data: bytes, where: str, role: Role = Role.NOISE) -> Iterator[Channel]:
    """What can be read in any bytes: as UTF-8, as Latin-1 and as UTF-16 of both orders."""
    shortest = 4 if role is Role.NOISE else 2
    readings = [run.decode("utf-8", "replace") for run in _runs(_UTF_8, shortest).findall(data)]
    if _HIGH.search(data):
        readings += [
            run.decode("latin-1") for run in _runs(_LATIN, shortest).findall(data) if _HIGH.search(run)
        ]
    if b"\0" in data:
        readings += [run.decode("utf-16-le", "replace") for run in _runs(_LITTLE, 4).findall(data)]
        readings += [run.decode("utf-16-be", "replace") for run in _runs(_BIG, 4).findall(data)]
    yield Channel(where, "\n".join(readings), role)


@lru_cache(maxsize=16)
def _runs(character: bytes, shortest: int) -> re.Pattern[bytes]:
    return re.compile(b"%b{%d,}" % (character, shortest))


def json_channels(data: bytes, where: str) -> Iterator[Channel]:
    """A JSON file: its keys and values with escapes undone, and the file as it is."""
    yield from text_channels(data, where)
    try:
        value = json.loads(data)
    except (ValueError, RecursionError):
        return
    strings = list(_strings(value))
    yield Channel(where, "\n".join(map(_one_line, strings)), Role.NAME)


def _one_line(text: str) -> str:
    return spelled_out(text.replace("\n", " "))


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
