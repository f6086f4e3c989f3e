"""Where things are: case files, the wording library, fonts."""

from __future__ import annotations

import glob
import os
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

import click

from letters.cli.language import _

_SUFFIXES = (".yaml", ".yml", ".json")
_TABLES = (".csv", ".jsonl", ".ndjson")
_PACKAGE = Path(__file__).resolve().parents[1]
_CHECKOUT = _PACKAGE.parents[1]


def case_files(given: Iterable[Path]) -> list[Path]:
    """The case files that were named.

    A directory stands for those in it, sorted by name, a pattern for what fits.
    A file that is named twice is taken once. A file that is not there stays in the list: it is reported as a
    problem of its own, and the others are still made.

    Raises:
        click.UsageError: a directory holds no case file.
    """
    return list(dict.fromkeys(path for entry in given for path in _expanded(entry)))


def is_table(path: Path) -> bool:
    """Whether a file holds many cases, by the end of its name."""
    return path.suffix.lower() in _TABLES


def _expanded(entry: Path) -> Iterator[Path]:
    if not os.path.isdir(entry):  # unlike Path.is_dir, this never raises
        yield from _matching(entry)
        return
    found = [p for p in entry.iterdir() if p.suffix.lower() in _SUFFIXES and not p.name.startswith(".")]
    if not found:
        message = _("there is no case file (.yaml, .yml or .json) in {folder}")
        raise click.UsageError(message.format(folder=click.format_filename(entry)))
    yield from sorted(found)


def _matching(entry: Path) -> Iterator[Path]:
    """A pattern such as `sager/*.yaml` that no shell has filled in; a file that is called so comes first."""
    found = sorted(glob.glob(str(entry))) if glob.has_magic(str(entry)) and not os.path.lexists(entry) else []
    yield from map(Path, found) if found else (entry,)


def library(given: Path | None) -> Path:
    """The wording library: the one given, else the one in the installed package, else the checkout's."""
    if given is not None:
        return given
    installed = _PACKAGE / "templates" / "da"
    found = installed if installed.is_dir() else _CHECKOUT / "templates" / "da"
    here = Path.cwd()
    return found.relative_to(here) if found.is_relative_to(here) else found


def samples_of(library: Path) -> list[Path]:
    """The sample cases that belong to a library: those in `fixtures` beside its folder `templates`.

    Empty when there are none: an installed library has no samples.
    """
    folder = Path(os.path.abspath(library)).parents[1] / "fixtures"
    here = Path.cwd()
    found = (p for p in folder.glob("*/*") if p.suffix.lower() in _SUFFIXES and not p.name.startswith("."))
    return sorted(p.relative_to(here) if p.is_relative_to(here) else p for p in found)


def dumps_of(library: Path) -> Path:
    """Where a library's sample letters lie as they were read: the tests' goldens, or beside the samples."""
    checkout = Path(os.path.abspath(library)).parents[1]
    goldens = checkout / "tests" / "catalogue" / "goldens"
    folder = goldens if goldens.is_dir() else checkout / "proevebreve"
    here = Path.cwd()
    return folder.relative_to(here) if folder.is_relative_to(here) else folder


def font_dirs(environ: Mapping[str, str]) -> tuple[Path, ...]:
    """Where fonts are looked for: LETTERS_FONTS first, then where the system keeps them."""
    from letters.render.pdf import DEFAULT_FONT_DIRS

    named = environ.get("LETTERS_FONTS", "").split(os.pathsep)
    return (*(Path(name) for name in named if name), *DEFAULT_FONT_DIRS)
