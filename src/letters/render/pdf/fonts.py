"""Fonts a letterhead declares: found by file name, read whole, their version and characters known.

The PDF may hold no other font than these, so that it looks alike on every machine.
"""

from __future__ import annotations

import hashlib
import io
import os
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from letters.problems import N_, Place, Problem, Severity

#: Where Debian and Ubuntu put Liberation (the folder's name differs by release), then the user's own fonts.
DEFAULT_FONT_DIRS: tuple[Path, ...] = (
    Path("/usr/share/fonts/truetype/liberation2"),
    Path("/usr/share/fonts/truetype/liberation"),
    Path("/usr/local/share/fonts"),
    Path("~/.local/share/fonts"),
    Path("~/.fonts"),
)

#: The four cuts of a family: name in letterhead.yaml -> CSS weight and style.
CUTS = {
    "regular": ("400", "normal"),
    "bold": ("700", "normal"),
    "italic": ("400", "italic"),
    "bold-italic": ("700", "italic"),
}


@dataclass(frozen=True, slots=True)
class Family:
    """A font family as the letterhead declares it.

    Attributes:
        version: the lowest version, as its font files write it ("2", "2.1").
        packages: the packages of the system that bring it, for the help in a problem.
        files: cut -> file name.
    """

    name: str
    version: str
    packages: tuple[str, ...]
    files: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Font:
    """One font file. `sha256` (hexadecimal) belongs in the manifest of what was made with it."""

    family: str
    cut: str
    path: Path
    version: str
    sha256: str
    data: bytes = field(repr=False)
    characters: frozenset[int] = field(repr=False)


def find_fonts(
    families: Iterable[Family], font_dirs: Sequence[Path], declared_in: str
) -> tuple[tuple[Font, ...], list[Problem]]:
    """Find every declared font file, and say which ones are missing or too old."""
    fonts: list[Font] = []
    problems: list[Problem] = []
    for family in families:
        for cut, name in family.files:
            found = _find(family, cut, name, font_dirs)
            if isinstance(found, Font):
                fonts.append(found)
            else:
                problems.append(_problem(family, name, found, font_dirs, declared_in))
    return tuple(fonts), problems


def _find(family: Family, cut: str, name: str, font_dirs: Sequence[Path]) -> Font | list[str]:
    """The first file of that name that is new enough, else what was wrong with the ones that were seen."""
    faults: list[str] = []
    for path in _candidates(name, font_dirs):
        try:
            font = _read(family.name, cut, path)
        except Exception as exc:  # fontTools has no common error for the ways a file can be broken
            faults.append(f"{path}: {type(exc).__name__}")
            continue
        if _number(font.version) >= _number(family.version):
            return font
        faults.append(f"{path}: {font.version}")
    return faults


def _candidates(name: str, font_dirs: Sequence[Path]) -> Iterator[Path]:
    for folder in font_dirs:
        root = Path(os.path.expanduser(folder))
        if (root / name).is_file():
            yield root / name
        else:
            yield from sorted(root.rglob(name))


def _read(family: str, cut: str, path: Path) -> Font:
    from fontTools.ttLib import TTFont  # slow to import, and only needed where a PDF is made

    data = path.read_bytes()
    with TTFont(io.BytesIO(data), lazy=True) as ttf:
        version = ttf["name"].getDebugName(5) or ""
        characters = frozenset(ttf.getBestCmap())
    return Font(family, cut, path, version, hashlib.sha256(data).hexdigest(), data, characters)


def _number(version: str) -> tuple[int, ...]:
    """The number in a font's version string: "Version 2.1.5" -> (2, 1, 5); nothing found -> ()."""
    match = re.search(r"\d+(?:\.\d+)*", version)
    return tuple(int(part) for part in match[0].split(".")) if match else ()


def _problem(
    family: Family, name: str, faults: list[str], font_dirs: Sequence[Path], declared_in: str
) -> Problem:
    args = {
        "family": family.name,
        "file": name,
        "version": family.version,
        "packages": ", ".join(family.packages),
        "places": ", ".join(str(folder) for folder in font_dirs),
        "found": "; ".join(faults),
    }
    if faults:
        code, message = (
            "letterhead.font-unusable",
            N_("{family}: version {version} or later is needed ({found})"),
        )
    else:
        code, message = "letterhead.font-missing", N_("the font file {file} was not found in {places}")
    return Problem(
        code,
        Severity.FATAL,
        message,
        Place(declared_in, field="fonts"),
        args,
        help=N_("install one of these packages, whose name differs by release: {packages}"),
    )
