"""Each object of a PDF written out once, and its numbers quickly.

pydyf writes every object into the file, and all of them a second time to compute the file's identifier, which
PDF/A wants: twice the formatting, twice the compression. Nothing changes an object after WeasyPrint's
finisher has run, so from there on what an object was written as is kept with it until the file is done.
"""

from __future__ import annotations

from typing import Any

import pydyf


class _Once:
    """An object that remembers what it was written as."""

    @property
    def data(self) -> bytes:
        written: bytes | None = self.__dict__.get("_written")
        if written is None:
            written = self._written = super().data  # type: ignore[misc]
        return written


def _once(kind: Any) -> Any:
    return type(f"{kind.__name__}Once", (_Once, kind), {})


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
    written: bytes = plain_to_bytes(item)
    return written
