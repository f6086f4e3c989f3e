"""pikepdf without its reader of XMP metadata, which takes a quarter of its import and is never used here.

Where somebody does use it, it is loaded then. `from letters.reading.qpdf import pikepdf` is `import pikepdf`.
"""

from __future__ import annotations

import importlib
import sys
from types import ModuleType
from typing import Any

_LATER = "pikepdf.models.metadata"

#: What the rest of pikepdf takes from it, to be called later.
_CALLED = ("PdfMetadata", "XmpDocument", "decode_pdf_date", "encode_pdf_date")


class _Metadata(ModuleType):
    """Stands for the module while pikepdf is imported."""

    def __init__(self) -> None:
        super().__init__(_LATER)
        for name in _CALLED:
            setattr(self, name, _called(name))

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401 - whatever it is there
        if name.startswith("__"):
            raise AttributeError(name)
        _put_back()  # a pikepdf that takes more than this one gets all of it
        return getattr(importlib.import_module(_LATER), name)


def _called(name: str) -> Any:  # noqa: ANN401 - as it is there
    def call(*args: Any, **options: Any) -> Any:  # noqa: ANN401
        return getattr(importlib.import_module(_LATER), name)(*args, **options)

    return call


def _put_back() -> None:
    if isinstance(sys.modules.get(_LATER), _Metadata):
        del sys.modules[_LATER]


if "pikepdf" not in sys.modules:
    sys.modules[_LATER] = _Metadata()
try:
    import pikepdf as pikepdf
finally:
    _put_back()
