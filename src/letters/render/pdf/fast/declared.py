"""Types of C by their names, without a parser of C.

cffi parses each name of a type once in a process, with all declarations before it: some milliseconds for
`PangoRectangle *`. A name with a star or a length behind it follows from what was declared.
"""

from __future__ import annotations

import re
from typing import Any

from cffi import model  # type: ignore[import-untyped] # no types

_SIMPLE = re.compile(r"(?P<name>\w+(?: \w+)?) ?(?P<stars>\*{0,2})(?:\[(?P<length>\d*)\])?")
_PRIMITIVE = frozenset({"char", "int", "unsigned int"})


def know_types(ffi: Any) -> None:
    """Let an `FFI` look simple types up among its declarations; others are parsed as before."""
    parse, known = ffi._typeof, ffi._parsed_types

    def typeof(cdecl: Any, consider_function_as_funcptr: bool = False) -> Any:
        if cdecl not in known:
            found = simple_type(ffi, cdecl)
            if found is not None:
                known[cdecl] = found, False
        return parse(cdecl, consider_function_as_funcptr)

    ffi._typeof = typeof


def simple_type(ffi: Any, cdecl: str) -> Any:
    """The type of that name; None for one that is not simple, or not declared."""
    found = _SIMPLE.fullmatch(cdecl)
    if found is None:
        return None
    name = found["name"]
    declared, _ = ffi._parser._declarations.get(f"typedef {name}", (None, 0))
    if declared is None and name in _PRIMITIVE:
        declared = model.PrimitiveType(name)
    if declared is None or isinstance(declared, model.BaseFunctionType):
        return None
    pointer = ffi._backend.new_pointer_type
    with ffi._lock:
        made = ffi._get_cached_btype(declared)
    for _ in found["stars"]:
        made = pointer(made)
    if found["length"] is not None:
        made = ffi._backend.new_array_type(pointer(made), int(found["length"]) if found["length"] else None)
    return made
