"""Each object of a PDF written out once, quickly, and compressed less hard.

pydyf writes every object into the file, and all of them a second time to compute the file's identifier, which
PDF/A wants: twice the formatting, twice the compression. Nothing changes an object after WeasyPrint's
finisher has run, so from there on what an object was written as is kept with it until the file is done.
"""

from __future__ import annotations

import functools
import zlib
from typing import Any

import pydyf

#: pydyf has 9, which takes three times as long and makes a letter 6 % smaller.
LEVEL = 4


class _Once:
    """An object that remembers what it was written as.

    Attributes:
        write: how it is written.
    """

    write: Any

    @property
    def data(self) -> bytes:
        written: bytes | None = self.__dict__.get("_written")
        if written is None:
            written = self._written = self.write(self)
        return written


#: An element of structure with nothing special about it, as most are.
_ELEMENT = ("Type", "S", "K", "Pg", "P")


def _dictionary(self: Any) -> bytes:
    """As `pydyf.Dictionary.data`."""
    if tuple(self) == _ELEMENT:
        return b"<</Type %b/S %b/K %b/Pg %b/P %b>>" % tuple([to_bytes(value) for value in self.values()])
    return b"<<" + b"".join([_name(key) + to_bytes(value) for key, value in self.items()]) + b">>"


@functools.lru_cache(1000)  # names of the format, but for a few dozen that WeasyPrint makes up
def _name(key: str) -> bytes:
    return b"/" + key.encode("ascii") + b" "


class Kept(bytes):
    """A stream's content that other letters have, too, and remembers what it is compressed to."""

    @functools.cached_property
    def packed(self) -> bytes:
        return zlib.compress(self, LEVEL)


def _stream(self: Any) -> bytes:
    """As `pydyf.Stream.data`."""
    extra = pydyf.Dictionary(self.extra.copy())
    if self.compress:
        extra["Filter"] = "/FlateDecode"
        only = self.stream[0] if len(self.stream) == 1 else None
        written = only.packed if type(only) is Kept else zlib.compress(_content(self.stream), LEVEL)
    else:
        written = _content(self.stream)
    extra["Length"] = len(written)
    return b"\n".join((_dictionary(extra), b"stream", written, b"endstream"))


def _content(stream: Any) -> bytes:
    return b"\n".join(
        [
            item if type(item) is bytes else item.encode("ascii") if type(item) is str else to_bytes(item)
            for item in stream
        ]
    )


def _array(self: Any) -> bytes:
    """As `pydyf.Array.data`."""
    return b"[" + b" ".join([item if type(item) is bytes else to_bytes(item) for item in self]) + b"]"


_QUICK = {pydyf.Dictionary.data: _dictionary, pydyf.Stream.data: _stream}


def _once(kind: Any) -> Any:
    quick = _QUICK.get(kind.data)
    write = kind.data.fget if quick is None else quick
    return type(f"{kind.__name__}Once", (_Once, kind), {"write": staticmethod(write)})


_KINDS: dict[type, type] = {}


def _changed(thing: Any) -> None:
    kind = type(thing)
    if isinstance(thing, pydyf.Dictionary | pydyf.Stream) and not issubclass(kind, _Once):
        if kind not in _KINDS:
            _KINDS[kind] = _once(kind)
        thing.__class__ = _KINDS[kind]


class _Pdf(pydyf.PDF):  # type: ignore[misc] # pydyf has no types
    """A file whose last objects, which it makes while it is written, are written once, too."""

    def add_object(self, object_: Any) -> None:
        _changed(object_)
        super().add_object(object_)


def write_once(pdf: Any) -> None:
    """From now on, let each object be written once. Nothing may change an object after this."""
    for thing in pdf.objects:
        _changed(thing)
    pdf.__class__ = _Pdf


plain_to_bytes = pydyf._to_bytes


def to_bytes(item: Any) -> bytes:
    """As pydyf's function of this name, which asks in the order of what is rare."""
    kind = type(item)
    if kind is bytes:
        return item  # type: ignore[no-any-return]
    if kind is str:
        return item.encode("ascii")  # type: ignore[no-any-return]
    if kind is int:
        return b"%d" % item
    if kind is float:
        return b"%d" % item if item.is_integer() else (b"%f" % item).rstrip(b"0")
    if kind is pydyf.Array:
        return _array(item)
    written: bytes = plain_to_bytes(item)
    return written
