"""Pillow for WeasyPrint, loaded when a picture comes that is no drawing.

WeasyPrint imports Pillow with its own modules. A letterhead whose logo is SVG needs it for one thing: the
colour profile that goes into each PDF is read by Pillow and written out again, as the same bytes. So what
WeasyPrint takes from Pillow has a stand-in, which is put aside for the real thing when it is first used. What
was set on a stand-in meanwhile (that no Ghostscript may be run for a picture) is set on the real one then.
"""

from __future__ import annotations

import contextlib
import hashlib
import importlib
import io
import sys
from collections.abc import Iterator
from types import ModuleType
from typing import Any

_PARTS = ("EpsImagePlugin", "Image", "ImageCms", "ImageFile", "ImageOps")

#: WeasyPrint's module -> what it takes.
_USERS = {
    "weasyprint.css": ("ImageCmsProfile",),
    "weasyprint.draw.text": ("Image",),
    "weasyprint.images": ("EpsImagePlugin", "Image", "ImageFile", "ImageOps"),
}

#: WeasyPrint's own profile, by the SHA-256 of its file: Pillow writes it as it stands there.
SRGB = "384b832de3412066"

#: And what it names as its device.
MODEL = "IEC 61966-2-1 Default RGB Colour Space - sRGB"


class _Later(ModuleType):
    """A module of Pillow that is loaded when something of it is used."""

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        _settle()
        return getattr(importlib.import_module(self.__name__), name)


_made: list[_Later] = []


@contextlib.contextmanager
def pillow_later() -> Iterator[None]:
    """Stand-ins for Pillow's modules; they stay in WeasyPrint's alone."""
    if any(name == "PIL" or name.startswith("PIL.") for name in sys.modules):
        yield
        return
    package: Any = ModuleType("PIL")
    package.__path__ = []
    _made[:] = [_Later(f"PIL.{part}") for part in _PARTS]
    for part, module in zip(_PARTS, _made, strict=True):
        setattr(package, part, module)
    package.ImageCms.ImageCmsProfile = profile
    lent = {"PIL": package, **{module.__name__: module for module in _made}}
    sys.modules.update(lent)
    try:
        yield
    finally:
        for name in lent:
            del sys.modules[name]


def profile(source: Any) -> Any:
    """A colour profile from a file, as `PIL.ImageCms.ImageCmsProfile` reads it."""
    data = source.read() if hasattr(source, "read") else None
    if data is not None and hashlib.sha256(data).hexdigest().startswith(SRGB):
        return _Known(data)
    _settle()
    return _real_profile(source if data is None else io.BytesIO(data))


def _real_profile(source: Any) -> Any:
    return importlib.import_module("PIL.ImageCms").ImageCmsProfile(source)


class _Known:
    """A profile whose bytes are known to come out as they went in."""

    def __init__(self, data: bytes) -> None:
        self._data = data

    def tobytes(self) -> bytes:
        """The profile as it goes into a PDF."""
        return self._data

    @property
    def profile(self) -> _Known:
        """What it says of itself."""
        return self

    @property
    def model(self) -> str:
        """What WeasyPrint calls it by in a PDF."""
        return MODEL

    def __getattr__(self, name: str) -> Any:
        """The rest of what it says, which no letter asks for."""
        if name.startswith("_"):
            raise AttributeError(name)
        return getattr(_real_profile(io.BytesIO(self._data)).profile, name)


def _settle() -> None:
    """Put the real modules in place, and on them what was set on their stand-ins."""
    for module in _made:
        real = importlib.import_module(module.__name__)
        for name, value in vars(module).items():
            if not name.startswith("__") and name != "ImageCmsProfile":
                setattr(real, name, value)
    for user, names in _USERS.items():
        for name in names if user in sys.modules else ():
            held = getattr(sys.modules[user], name, None)
            if held in _made:
                setattr(sys.modules[user], name, importlib.import_module(held.__name__))
    _made.clear()
