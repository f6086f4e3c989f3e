"""The programs that have a say in a letter's bytes, and their versions on this machine."""

from __future__ import annotations

import contextlib
import ctypes
import ctypes.util
import functools
import importlib.metadata
import platform
import re
import zlib
from collections.abc import Mapping
from types import MappingProxyType

from letters import __version__

#: Python packages that read, compose, draw, lay out or pack.
PACKAGES = (
    "babel",
    "cssselect2",
    "docxtpl",
    "fonttools",
    "jinja2",
    "lxml",
    "markdown-it-py",
    "pillow",
    "pydyf",
    "pyphen",
    "python-docx",
    "tinycss2",
    "weasyprint",
)

#: Libraries of the system: the name in the manifest -> names to load them by, Debian's first.
_SYSTEM = MappingProxyType(
    {
        "fontconfig": ("libfontconfig.so.1", "fontconfig"),
        "harfbuzz": ("libharfbuzz.so.0", "harfbuzz"),
        "harfbuzz-subset": ("libharfbuzz-subset.so.0", "harfbuzz-subset"),
        "pango": ("libpango-1.0.so.0", "pango-1.0"),
    }
)

_VERSION = re.compile(r"^Version: (\S+)$", re.MULTILINE)

#: What a program has for a version that is not there.
ABSENT = "absent"


@functools.cache
def programs() -> Mapping[str, str]:
    """Name -> version of each program; `ABSENT` for one that is not there."""
    from lxml import etree

    return MappingProxyType(
        {
            "letters": __version__,
            "python": platform.python_version(),
            "zlib": zlib.ZLIB_RUNTIME_VERSION,
            "libxml2": ".".join(map(str, etree.LIBXML_VERSION)),
            **{name: _package(name) for name in PACKAGES},
            **{name: _system(name) for name in _SYSTEM},
        }
    )


def _package(name: str) -> str:
    try:
        found = importlib.metadata.distribution(name)
    except importlib.metadata.PackageNotFoundError:
        return ABSENT
    # What it says of itself is written as a mail's header; the one line is found without a parser of mails.
    line = _VERSION.search((found.read_text("METADATA") or "").partition("\n\n")[0])
    return line[1] if line else found.version


def _system(name: str) -> str:
    library = _loaded(_SYSTEM[name])
    if library is None:
        return ABSENT
    match name:
        case "pango":
            library.pango_version_string.restype = ctypes.c_char_p
            return bytes(library.pango_version_string()).decode("ascii")
        case "fontconfig":  # counts 2.14.1 as 21401
            number = int(library.FcGetVersion())
            return f"{number // 10000}.{number // 100 % 100}.{number % 100}"
        case _:  # HarfBuzz's subset library is of the same release as HarfBuzz and has no version of its own
            return _harfbuzz()


def _harfbuzz() -> str:
    library = _loaded(_SYSTEM["harfbuzz"])
    if library is None:
        return ABSENT
    library.hb_version_string.restype = ctypes.c_char_p
    return bytes(library.hb_version_string()).decode("ascii")


def _loaded(names: tuple[str, ...]) -> ctypes.CDLL | None:
    """A library by the first name that the system knows."""
    with contextlib.suppress(OSError):
        return ctypes.CDLL(names[0])
    # Not Debian's name: other programs are asked now, such as ldconfig.
    other = ctypes.util.find_library(names[-1])
    if other:
        with contextlib.suppress(OSError):
            return ctypes.CDLL(other)
    return None
