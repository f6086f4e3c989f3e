"""Fonts a letterhead declares: found by file name, read whole, their version and characters known.

The PDF may hold no other font than these, so that it looks alike on every machine.
"""

from __future__ import annotations

import hashlib
import io
import os
import re
import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from pathlib import Path
from typing import Annotated

from msgspec import Meta, Struct

from letters.kept import NOTHING, Kept, Maker
from letters.problems import N_, Place, Problem, Severity

#: Where Debian and Ubuntu put Liberation (the folder's name differs by release) and DejaVu, then the user's.
DEFAULT_FONT_DIRS: tuple[Path, ...] = (
    Path("/usr/share/fonts/truetype/liberation2"),
    Path("/usr/share/fonts/truetype/liberation"),
    Path("/usr/share/fonts/truetype/dejavu"),
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


# OpenType, OS/2 fsType: 0x0002 "restricted licence" forbids embedding, 0x0200 allows bitmaps only, and 0x0100
# forbids the subset of a font that every PDF of ours holds.
_NOT_EMBEDDABLE = 0x0002 | 0x0100 | 0x0200


class Family(Struct, frozen=True):
    """A font family as the letterhead declares it.

    Attributes:
        version: the lowest version, as its font files write it ("2", "2.1").
        packages: the packages of the system that bring it, for the help in a problem.
        files: cut -> file name. A fallback may go without italics; its upright letters are slanted then.
        fallback: whether it serves only for characters that the families before it lack.
    """

    name: str
    version: str
    packages: tuple[str, ...]
    files: tuple[tuple[str, str], ...]
    fallback: bool = False


@dataclass(frozen=True, slots=True)
class Font:
    """One font file.

    Attributes:
        sha256: hexadecimal; belongs in the manifest of what was made with it.
        embeddable: whether its licence bits let it be put into documents (OpenType, OS/2 `fsType`).
    """

    family: str
    cut: str
    path: Path
    version: str
    sha256: str
    embeddable: bool
    data: bytes = field(repr=False)
    characters: frozenset[int] = field(repr=False)


_MAKER = Maker(("render/pdf/fonts.py",), ("fontTools",))


_Point = Annotated[int, Meta(ge=0, le=sys.maxunicode)]


class _Read(Struct, frozen=True):
    """What is read in a font file.

    Attributes:
        runs: its characters, as the first and the last of each run of code points.
    """

    version: str
    embeddable: bool
    runs: tuple[tuple[_Point, _Point], ...]

    def characters(self) -> frozenset[int]:
        return frozenset().union(*(range(first, last + 1) for first, last in self.runs))


def find_fonts(
    families: Iterable[Family], font_dirs: Sequence[Path], declared_in: str, kept: Kept = NOTHING
) -> tuple[tuple[Font, ...], list[Problem]]:
    """Find every declared font file, and say which ones are missing or too old.

    Args:
        kept: where what was read in a font file is found again, which spares fontTools.
    """
    fonts: list[Font] = []
    problems: list[Problem] = []
    for family in families:
        for cut, name in family.files:
            found = _find(family, cut, name, font_dirs, kept)
            if isinstance(found, Font) and found.embeddable:
                fonts.append(found)
            elif isinstance(found, Font):
                problems.append(_locked(found, declared_in))
            else:
                problems.append(_problem(family, name, found, font_dirs, declared_in))
    return tuple(fonts), problems


def _find(family: Family, cut: str, name: str, font_dirs: Sequence[Path], kept: Kept) -> Font | list[str]:
    """The first file of that name that is new enough, else what was wrong with the ones that were seen."""
    faults: list[str] = []
    for path in _candidates(name, font_dirs):
        try:
            font = _read(family.name, cut, path, kept)
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


def _read(family: str, cut: str, path: Path, kept: Kept) -> Font:
    data = path.read_bytes()
    sha256 = hashlib.sha256(data).hexdigest()
    found = kept.get("font", _MAKER, (sha256,), _Read)
    if found is None:
        found = _parsed(data)
        kept.put("font", _MAKER, (sha256,), found)
    return Font(family, cut, path, found.version, sha256, found.embeddable, data, found.characters())


def _parsed(data: bytes) -> _Read:
    from fontTools.ttLib import TTFont  # slow to import, and only needed where a PDF is made

    with TTFont(io.BytesIO(data), lazy=True) as ttf:
        # The characters' glyphs are not asked for; finding out their names takes longer than all else.
        ttf.setGlyphOrder([str(glyph) for glyph in range(ttf["maxp"].numGlyphs)])
        version = ttf["name"].getDebugName(5) or ""
        runs = tuple(_runs(sorted(ttf.getBestCmap())))
        embeddable = not ttf["OS/2"].fsType & _NOT_EMBEDDABLE if "OS/2" in ttf else True
    return _Read(version, embeddable, runs)


def _runs(characters: Sequence[int]) -> Iterator[tuple[int, int]]:
    """The runs of ascending code points."""
    for _, run in groupby(enumerate(characters), lambda found: found[1] - found[0]):
        points = [point for _, point in run]
        yield points[0], points[-1]


def drawable(families: Iterable[Family], fonts: Iterable[Font]) -> frozenset[int]:
    """The characters that every cut of the text can show, with the help of the fallbacks."""
    found = {(font.family, font.cut): font.characters for font in fonts}
    names = [family.name for family in families]
    cuts = [
        frozenset().union(*(found.get((name, cut)) or found[name, "regular"] for name in names))
        for cut in CUTS
    ]
    return frozenset.intersection(*cuts)


def _number(version: str) -> tuple[int, ...]:
    """The number in a font's version string: "Version 2.1.5" -> (2, 1, 5); nothing found -> ()."""
    match = re.search(r"\d+(?:\.\d+)*", version)
    return tuple(int(part) for part in match[0].split(".")) if match else ()


def _locked(font: Font, declared_in: str) -> Problem:
    return Problem(
        "letterhead.font-locked",
        Severity.FATAL,
        N_("the licence of the font {file} does not let it be embedded in a PDF"),
        Place(declared_in, field="fonts"),
        {"file": font.path.name, "family": font.family},
        help=N_("choose a font that may be embedded, such as Liberation or DejaVu"),
        see="OpenType, OS/2 fsType",
    )


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
