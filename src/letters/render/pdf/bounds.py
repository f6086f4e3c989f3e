"""The bounds of what stands on a finished page, asked of pdfium itself.

A page has a hundred things on it. Asked by pypdfium2's own prototypes, each costs two objects of ctypes that
nobody looks at; pdfium gives handles that are as good as numbers.
"""

from __future__ import annotations

import ctypes
from collections.abc import Callable, Iterator
from typing import Any

import pypdfium2  # type: ignore[import-untyped]  # it brings no type information
from pypdfium2 import raw

_HANDLE = ctypes.c_void_p

#: Left, bottom, right, top in points, counted from the page's bottom left corner.
Bounds = tuple[float, float, float, float]


def _by_numbers(function: object, result: Any, *arguments: Any) -> Callable[..., Any]:  # noqa: ANN401 - types of C
    """A function of pdfium that takes and gives handles as plain numbers."""
    address = ctypes.cast(function, _HANDLE).value or 0  # type: ignore[arg-type]
    return ctypes.CFUNCTYPE(result, *arguments)(address)


_object = _by_numbers(raw.FPDFPage_GetObject, _HANDLE, _HANDLE, ctypes.c_int)
_type = _by_numbers(raw.FPDFPageObj_GetType, ctypes.c_int, _HANDLE)
_bounds = _by_numbers(raw.FPDFPageObj_GetBounds, ctypes.c_int, _HANDLE, *[_HANDLE] * 4)


def bounds_of(page: object, *, pictures: bool = False) -> Iterator[Bounds]:
    """The bounds of everything on a page of pypdfium2, or only of its pictures and lines.

    A drawing counts as one thing: pdfium tells of what is in it in the drawing's own measures.
    """
    handle = ctypes.cast(page.raw, _HANDLE).value  # type: ignore[attr-defined]
    found = (ctypes.c_float * 4)()
    places = [ctypes.addressof(found) + 4 * index for index in range(4)]
    for index in range(raw.FPDFPage_CountObjects(page)):
        thing = _object(handle, index)
        if pictures and _type(thing) == raw.FPDF_PAGEOBJ_TEXT:
            continue
        if not _bounds(thing, *places):
            raise pypdfium2.PdfiumError("an object has no bounds")
        yield tuple(found)
