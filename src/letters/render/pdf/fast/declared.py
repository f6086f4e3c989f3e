"""WeasyPrint's C declarations, compiled beforehand as cffi itself compiles them.

WeasyPrint gives cffi 24 kB of declarations to parse in each process, and each name of a type after it. They
are known by their digest, and what cffi makes of them for modules that are compiled beforehand lies in
`declarations.json` (tools/declarations.py writes it). Types are then looked up in C, without a parser.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

#: What the fast path asks of the libraries besides what WeasyPrint does.
OURS = "gpointer g_object_ref (gpointer object);"

_FILE = Path(__file__).with_name("declarations.json")

#: Of the compiled declarations; another backend may read them, and is not tried.
_BACKEND = "2.1"


@contextlib.contextmanager
def known_declarations() -> Iterator[None]:
    """While WeasyPrint is imported, `cffi.FFI` is one that knows its declarations. cffi is left as it was."""
    if "cffi" in sys.modules or (made := _made()) is None:
        yield
        return
    stand_in: Any = ModuleType("cffi")
    stand_in.FFI = made
    sys.modules["cffi"] = stand_in
    try:
        yield
    finally:
        del sys.modules["cffi"]


def _made() -> Any:
    """What makes an `FFI`; None where cffi's compiled half is another."""
    try:
        import _cffi_backend  # type: ignore[import-untyped] # no types
    except ImportError:
        return None
    if _cffi_backend.__version__.rpartition(".")[0] != _BACKEND:
        return None
    known = json.loads(_FILE.read_text("utf-8"))

    class Declared(_cffi_backend.FFI):  # type: ignore[misc] # no types
        """An `FFI` for which everything is declared already."""

        __slots__ = ()

        def cdef(self, source: str) -> None:
            """Declare what is known.

            Raises:
                ValueError: it is something else.
            """
            if hashlib.sha256(source.encode()).hexdigest() not in known["texts"]:
                raise ValueError("not what was compiled")

    compiled = {name: _bytes(value) for name, value in known["compiled"].items()}
    return lambda: Declared("letters_declarations", **compiled)


def _bytes(value: Any) -> Any:
    if isinstance(value, str):
        return value.encode("latin-1")
    return tuple(map(_bytes, value)) if isinstance(value, list) else value
