"""Regular expressions that modules compile while they are imported, found compiled by the next run.

A letter's process compiles some four hundred, its own and its libraries', in a sixteenth of its time. What
Python's compiler makes of one follows from the pattern, its flags and Python alone: a list of numbers, which
Python's engine checks before it takes it.

Only what stands in a module or class body is kept, compiled while that module is imported. Such code has no
case and no letter in hand. What a function compiles is never kept: the leak guard makes patterns of secrets.
"""

from __future__ import annotations

import atexit
import importlib
import re
import sys
import threading
from array import array
from types import FrameType, ModuleType
from typing import Any

from msgspec import Struct

from letters.kept import Kept
from letters.kept.maker import Maker

_sre: Any = importlib.import_module("_sre")  # Python's engine

_KIND = "patterns"
_MAKER = Maker((), ("re", "re._compiler", "re._parser", "re._constants", "re._casefix"), (_sre.MAGIC,))
_MOST = 2_000  # patterns; what is left of older versions of modules goes when there are more
_FUNCTION = 0x01  # CO_OPTIMIZED: the code of functions, and not of modules and classes
_IMPORTER = "<frozen importlib._bootstrap>"


class Pattern(Struct, frozen=True, array_like=True):
    """What Python's compiler made of a pattern.

    Attributes:
        pattern: as UTF-8, where it is `text` and not bytes.
        flags: with which it was compiled; `all_flags` with those that stand in it.
        code: for the engine, as 32-bit numbers.
        groups: how many it has; `numbers` and `names` are those of the named ones.
    """

    pattern: bytes
    text: bool
    flags: int
    all_flags: int
    code: bytes
    groups: int
    numbers: dict[str, int]
    names: tuple[str | None, ...]

    @property
    def asked(self) -> tuple[str | bytes, int]:
        """What `re` asks its compiler for."""
        return self.pattern.decode("utf-8", "surrogatepass") if self.text else self.pattern, self.flags

    def compiled(self) -> re.Pattern[Any]:
        """The same as the compiler would make.

        Raises:
            RuntimeError: the engine does not take it.
        """
        code = array("I", self.code).tolist()
        made: re.Pattern[Any] = _sre.compile(
            self.asked[0], self.all_flags, code, self.groups, dict(self.numbers), self.names
        )
        return made


class Patterns:
    """Stands before Python's compiler of patterns."""

    def __init__(self, kept: Kept) -> None:
        self._kept = kept
        self._known = {one.asked: one for one in kept.get(_KIND, _MAKER, (), tuple[Pattern, ...]) or ()}
        self._used: dict[tuple[str | bytes, int], Pattern] = {}
        self._new: dict[tuple[str | bytes, int], Pattern] = {}
        self._asking = threading.local()

    def begin(self) -> None:
        """Answer what `re` asks its compiler from now on."""
        compiler: Any = importlib.import_module("re._compiler")
        self._usual = compiler.compile
        engine = ModuleType("_sre")
        vars(engine).update(vars(_sre))
        engine.compile = self._noted  # type: ignore[attr-defined]
        vars(compiler).update(_sre=engine, compile=self._compile)

    def keep(self) -> None:
        """Keep for the next run what this one had to compile."""
        if self._new:
            every = {**self._known, **self._new}
            every = every if len(every) <= _MOST else {**self._used, **self._new}
            self._kept.put(_KIND, _MAKER, (), tuple(every.values()))

    def _compile(self, pattern: Any, flags: int = 0) -> re.Pattern[Any]:  # noqa: ANN401 - as `re` has it
        if not isinstance(pattern, str | bytes):
            return self._usual(pattern, flags)  # type: ignore[no-any-return]
        found = self._known.get((pattern, flags))
        if found is not None and not flags & re.DEBUG:
            try:
                made = found.compiled()
            except (RuntimeError, ValueError, TypeError, OverflowError):
                del self._known[pattern, flags]
            else:
                self._used[pattern, flags] = found
                return made
        if _at_import(sys._getframe(1)):
            self._asking.of = pattern, flags
        try:
            return self._usual(pattern, flags)  # type: ignore[no-any-return]
        finally:
            self._asking.of = None

    def _noted(self, pattern: Any, flags: Any, code: list[int], *rest: Any) -> re.Pattern[Any]:  # noqa: ANN401
        """What the compiler hands to the engine."""
        asked = getattr(self._asking, "of", None)
        if asked is not None and asked[0] is pattern and not flags & (re.DEBUG | re.LOCALE):
            groups, numbers, names = rest
            self._new[asked] = Pattern(
                pattern.encode("utf-8", "surrogatepass") if isinstance(pattern, str) else pattern,
                isinstance(pattern, str),
                asked[1],
                int(flags),
                array("I", code).tobytes(),
                groups,
                dict(numbers),
                names,
            )
        made: re.Pattern[Any] = _sre.compile(pattern, flags, code, *rest)
        return made


def _at_import(frame: FrameType | None) -> bool:
    """Whether a pattern is compiled by a module or class body that is being imported, and by no function."""
    while frame is not None and frame.f_globals.get("__name__") == "re":
        frame = frame.f_back
    while frame is not None and not frame.f_code.co_flags & _FUNCTION:
        frame = frame.f_back
    return frame is not None and frame.f_code.co_filename == _IMPORTER


def keep_patterns(kept: Kept) -> None:
    """Find patterns of modules compiled from now on, and keep them for the next process when this one ends.

    Only for a process of our own: it changes how all of it compiles patterns.
    """
    if kept and sys.implementation.name == "cpython":
        patterns = Patterns(kept)
        patterns.begin()
        atexit.register(patterns.keep)
