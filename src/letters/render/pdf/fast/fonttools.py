"""fontTools for WeasyPrint, loaded when it is used: for variable fonts, pictures in fonts, and WOFF.

WeasyPrint imports it with its own modules, and calls none of it where HarfBuzz makes the subsets of fonts
that are plain outlines, as those of letters are. So what WeasyPrint takes from it has a stand-in, which is
put aside for the real thing when it is first used. An exception's class is asked for only after a function
was called, and by then the real one is in place.
"""

from __future__ import annotations

import contextlib
import importlib
import sys
from collections.abc import Iterator
from types import ModuleType
from typing import Any

_PACKAGE = "fontTools"
_TTLIB = ("fontTools.ttLib", "fontTools.ttLib.ttFont", "fontTools.ttLib.woff2")
_SUBSETTING = ("fontTools.subset", "fontTools.varLib", "fontTools.varLib.instancer")

#: WeasyPrint's module -> its name for a thing -> where fontTools has it; a module where nothing follows.
_TAKEN = {
    "weasyprint.text.fonts": {
        "TTFont": ("fontTools.ttLib", "TTFont"),
        "woff2": ("fontTools.ttLib.woff2", ""),
    },
    "weasyprint.pdf.fonts": {
        "subset": ("fontTools.subset", ""),
        "TTFont": ("fontTools.ttLib", "TTFont"),
        "TTLibError": ("fontTools.ttLib", "TTLibError"),
        "ttFont": ("fontTools.ttLib.ttFont", ""),
        "instantiateVariableFont": ("fontTools.varLib.instancer", "instantiateVariableFont"),
    },
}


@contextlib.contextmanager
def fonttools_later() -> Iterator[None]:
    """Stand-ins for modules of fontTools that are not loaded yet; they stay in WeasyPrint's modules alone."""
    if not sys.modules.keys().isdisjoint(_SUBSETTING):
        yield
        return
    made: dict[str, ModuleType] = {}
    lent: list[tuple[ModuleType, str]] = []
    for name in (_PACKAGE, *_TTLIB, *_SUBSETTING):
        if name not in sys.modules:
            made[name] = sys.modules[name] = _Later(name)
            parent, _, last = name.rpartition(".")
            if parent:
                setattr(sys.modules[parent], last, made[name])
                lent.append((sys.modules[parent], last))
    try:
        yield
    finally:
        for name in made:
            del sys.modules[name]
        for module, name in lent:
            delattr(module, name)


class _Later(ModuleType):
    """A module that is loaded when something of it is used."""

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.__path__: list[str] = []
        for module, what in (place for names in _TAKEN.values() for place in names.values()):
            if module == name and what:
                setattr(self, what, _later(module, what))

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        _settle()
        return getattr(importlib.import_module(self.__name__), name)


def _later(module: str, name: str) -> Any:
    def call(*args: Any, **options: Any) -> Any:
        _settle()
        return getattr(importlib.import_module(module), name)(*args, **options)

    return type(name, (Exception,), {}) if name.endswith("Error") else call


def _settle() -> None:
    """Put the real things in place."""
    for user, names in _TAKEN.items():
        for name, (module, what) in names.items() if user in sys.modules else ():
            real = importlib.import_module(module)
            setattr(sys.modules[user], name, getattr(real, what) if what else real)
