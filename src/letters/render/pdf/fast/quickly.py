"""Importing WeasyPrint without its detours, which are most of the time that it takes.

- On Linux WeasyPrint first tries names of libraries that other systems have. For each, `ctypes` asks gcc,
  ld and ldconfig, which are programs of their own. While WeasyPrint is imported they are not asked: the
  libraries are found by the exact names that WeasyPrint tries next.
- fontTools is loaded when somebody uses it (`fonttools`), which nobody does where HarfBuzz can subset fonts.
- Pillow is loaded when a picture comes that is no drawing (`pillow`).
- Python's `ssl` is loaded later, too, since nothing is fetched, and the system's lists of kinds of files are
  not read.
- Declarations of C are compiled beforehand (`declared`).
- Style sheets for forms and for attributes of old HTML are read when somebody asks for them, and a selector
  is compiled when an element comes that it may match (`sheets`).

Should the import fail like this, it is done the usual way.
"""

from __future__ import annotations

import contextlib
import ctypes.util
import importlib
import importlib.util
import io
import mimetypes
import sys
import warnings
from collections.abc import Iterator
from types import ModuleType
from typing import Any

from letters.render.pdf.fast import gate
from letters.render.pdf.fast.declared import known_declarations
from letters.render.pdf.fast.fonttools import fonttools_later
from letters.render.pdf.fast.pillow import pillow_later
from letters.render.pdf.fast.sheets import sheets_later


def import_weasyprint() -> ModuleType:
    """WeasyPrint, imported as quickly as its sources are known.

    Raises:
        OSError: a library of the system is missing.
    """
    # Where a library is missing, WeasyPrint prints advice between the lines of our own output.
    with warnings.catch_warnings(), contextlib.redirect_stdout(io.StringIO()):
        # The system's own font setup does not matter here, and a missing subset library is told as a problem.
        warnings.filterwarnings("ignore", message=".*FontConfig")
        warnings.filterwarnings("ignore", message="HarfBuzz-Subset", category=DeprecationWarning)
        if "weasyprint" in sys.modules or gate.switched_off() or not _here():
            return importlib.import_module("weasyprint")
        before = set(sys.modules)
        try:
            with _as_it_is(), fonttools_later(), pillow_later(), known_declarations(), sheets_later():
                return importlib.import_module("weasyprint")
        except OSError:
            for name in set(sys.modules) - before:
                if name.partition(".")[0] == "weasyprint":
                    del sys.modules[name]
            return importlib.import_module("weasyprint")


def _here() -> bool:
    return sys.platform == "linux" and gate.known()


@contextlib.contextmanager
def _as_it_is() -> Iterator[None]:
    """The system is asked for nothing, and what reads pages of the web is not loaded: letters are XHTML."""
    with _no_probing(), _no_lists_of_kinds(), _encryption_later(), _later("tinyhtml5"):
        yield


@contextlib.contextmanager
def _no_probing() -> Iterator[None]:
    usual = ctypes.util.find_library
    ctypes.util.find_library = lambda name: None
    try:
        yield
    finally:
        ctypes.util.find_library = usual


@contextlib.contextmanager
def _no_lists_of_kinds() -> Iterator[None]:
    """WeasyPrint makes a table of the kinds of files that Python knows, which needs none of the system's.
    Those are read when somebody asks for them.
    """
    if mimetypes.inited:
        yield
        return
    mimetypes.inited = True
    try:
        yield
    finally:
        mimetypes.inited = False


@contextlib.contextmanager
def _encryption_later() -> Iterator[None]:
    """A stand-in for Python's `ssl`, which `http.client` imports, which WeasyPrint can fetch with."""
    if "http.client" in sys.modules or importlib.util.find_spec("_ssl") is None:
        yield
        return
    with _later("ssl"):
        yield


@contextlib.contextmanager
def _later(name: str) -> Iterator[None]:
    """While something is imported that names this module, a stand-in that loads it when it is used."""
    if name in sys.modules:
        yield
        return
    sys.modules[name] = _Later(name)
    try:
        yield
    finally:
        del sys.modules[name]


class _Later(ModuleType):
    """A module whose contents are loaded when something of it is asked for."""

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        return getattr(importlib.import_module(self.__name__), name)
