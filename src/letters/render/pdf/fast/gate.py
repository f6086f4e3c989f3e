"""Whether this is the WeasyPrint that the fast path is written for.

A version number is not enough: a distribution may carry patches. So the source files whose functions are
replaced or relied upon are compared by hash, which takes less than a millisecond.
"""

from __future__ import annotations

import functools
import hashlib
import importlib.util
import os
from collections.abc import Mapping
from pathlib import Path

#: Set to anything but nothing or 0: draw as WeasyPrint does by itself.
SWITCH = "LETTERS_PLAIN_PDF"

#: The version whose files these are.
WEASYPRINT = "70.0"

#: pydyf's one file, likewise.
PYDYF: Mapping[str, str] = {"__init__.py": "0b10add9e640961d"}

#: What compiles and matches selectors, likewise.
CSSSELECT2: Mapping[str, str] = {
    "__init__.py": "72a31505ee09e256",
    "compiler.py": "a0657f590793455b",
    "tree.py": "1a971934a93983d9",
}

#: File below the package -> the first 16 hexadecimal digits of its SHA-256.
SOURCES: Mapping[str, str] = {
    "__init__.py": "7cd0f4ae8569eac9",
    "anchors.py": "c9778a69d84f23b2",
    "css/__init__.py": "77ad7287f90d7cfa",
    "css/computed_values.py": "0dec45caf60428b1",
    "css/counters.py": "44052e64638b663e",
    "css/functions.py": "38bdeaa9559a347b",
    "css/html5_ph.css": "2ac45b6c1b6b994b",
    "css/html5_ua.css": "04dd53f16888e532",
    "css/html5_ua_form.css": "3b42fbf2840df19b",
    "css/properties.py": "872a2e5602b5f52d",
    "css/units.py": "7f2c5900d751be49",
    "document.py": "f08f91af64563f5f",
    "draw/__init__.py": "fb6fcee79a80059c",
    "draw/border.py": "cee7e6540a8bbae0",
    "draw/color.py": "c68aaae8b9a4c8dd",
    "draw/text.py": "c9a450aa209277e7",
    "formatting_structure/boxes.py": "8ffd28ab74a149f0",
    "formatting_structure/build.py": "335ad8b541295d6b",
    "html.py": "a11b729157862291",
    "images.py": "a1637ab32a69f6f9",
    "layout/__init__.py": "f226ba97ad21e447",
    "layout/absolute.py": "240e268cec1e66dd",
    "layout/background.py": "3d98949e4fe71bc7",
    "layout/block.py": "9457dca0528c378f",
    "layout/inline.py": "0e7c1569330f5473",
    "layout/page.py": "d99c5aceb36d4586",
    "layout/percent.py": "bac190e240dce17b",
    "layout/preferred.py": "a7973703cd8ac5fa",
    "pdf/__init__.py": "426e0855db047312",
    "pdf/fonts.py": "9ad9a202a416b845",
    "pdf/stream.py": "4faf9169d1970d46",
    "pdf/tags.py": "fae488b773686ea7",
    "stacking.py": "e9ce9e67f071b5c6",
    "svg/__init__.py": "eb1ee636d1f85e53",
    "text/ffi.py": "530e83118f7841d2",
    "text/fonts.py": "59d74d0c161349b8",
    "text/line_break.py": "1f5a855ad992e0be",
}


_PACKAGES = {"weasyprint": SOURCES, "pydyf": PYDYF, "cssselect2": CSSSELECT2}


@functools.cache
def known() -> bool:
    """Whether the installed packages' sources are those that the fast path is written for."""
    specs = {name: importlib.util.find_spec(name) for name in _PACKAGES}
    origins = {name: Path(spec.origin).parent for name, spec in specs.items() if spec and spec.origin}
    if origins.keys() != _PACKAGES.keys():
        return False
    try:
        return all(
            _digest(origins[package] / name) == digest
            for package, files in _PACKAGES.items()
            for name, digest in files.items()
        )
    except OSError:  # no sources, as in a zipped or compiled installation
        return False


def _digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()[:16]


def switched_off() -> bool:
    """Whether the reader of the environment wants WeasyPrint as it is."""
    return os.environ.get(SWITCH, "0") not in ("", "0")
