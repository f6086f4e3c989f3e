"""What works an entry out: the program's own source files, libraries, and Python.

The files themselves are read, some fifty of them in half a millisecond, so that a program that was changed
never reads what an older one kept. A test holds that no module at work is left out.
"""

from __future__ import annotations

import hashlib
import sys
from collections.abc import Iterator
from functools import cached_property
from importlib.util import find_spec
from pathlib import Path

_HERE = Path(__file__).parent.parent


class Maker:
    """What works an entry out.

    Args:
        ours: modules and packages of ours, as paths below the package: "law", "render/pdf/fonts.py".
        libraries: a module each that has its version in its own source ("docx", "PIL._version"). Reading that
            takes a hundredth of the time that asking for a version takes, and loads nothing.
        told: versions that are known already.
    """

    def __init__(
        self, ours: tuple[str, ...], libraries: tuple[str, ...] = (), told: tuple[object, ...] = ()
    ) -> None:
        self.ours = ours
        self.libraries = libraries
        self._told = told

    @cached_property
    def known(self) -> str:
        """A digest of all this; empty where something is not there as a file."""
        parts: list[bytes | str] = [sys.version, *map(str, self._told)]
        try:
            for file in self.files():
                parts += (file.relative_to(_HERE).as_posix(), file.read_bytes())
            for name in self.libraries:
                parts += (name, version_file(name).read_bytes())
        except (OSError, ValueError):
            return ""
        return digest(*parts)

    def files(self) -> Iterator[Path]:
        """The source files of ours.

        Raises:
            OSError: there are none.
        """
        for name in self.ours:
            path = _HERE / name
            files = sorted(path.glob("*.py")) if path.is_dir() else [path]
            if not files:
                raise FileNotFoundError(path)
            yield from files


def version_file(library: str) -> Path:
    """The source file of a library's module, which is not loaded.

    Raises:
        OSError: it is not there.
    """
    package, _, module = library.partition(".")
    spec = find_spec(package)
    if spec is None or spec.origin is None:
        raise FileNotFoundError(library)
    file = Path(spec.origin)
    return file.with_name(f"{module}.py") if module else file


def digest(*parts: bytes | str) -> str:
    """A hexadecimal SHA-256 of parts that cannot run into each other."""
    found = hashlib.sha256()
    for part in parts:
        data = part.encode("utf-8", "surrogateescape") if isinstance(part, str) else part
        found.update(len(data).to_bytes(8, "big"))
        found.update(data)
    return found.hexdigest()
