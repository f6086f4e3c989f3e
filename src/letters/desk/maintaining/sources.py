"""The library's files as they lie on the disk: where a key stands, and the words on a line."""

from __future__ import annotations

import functools
from dataclasses import dataclass
from pathlib import Path

from msgspec.structs import replace

from letters.case.tree import Tree
from letters.problems import Place, Problem, TemplateError
from letters.wording.library import Library
from letters.wording.source import read_yaml

_LONGEST = 160  # characters of a line that a problem quotes
_ABOUT = ("found", "name", "condition", "value")  # arguments that may stand there word for word


@dataclass(frozen=True)
class Sources:
    """Reads the files of one library, each once.

    Attributes:
        library: None when it could not be loaded.
    """

    library: Library | None

    def locate(self, file: str, keys: tuple[str | int, ...]) -> Place:
        """Where a key of a YAML file, or of a wording's head, stands; the file when it cannot be told."""
        tree = _tree(file)
        if tree is None:
            return Place(file)
        place = tree.place(keys, key=True)
        return Place(file, place.line, None, place.field)

    def quoted(self, problem: Problem) -> Problem:
        """The problem with the words that stand at its place."""
        place = problem.place
        if place.text or place.line is None:
            return problem
        if place.is_word:
            return self.library.quoted(problem) if self.library else problem
        lines = _lines(place.file)
        text = lines[place.line - 1].strip() if 0 < place.line <= len(lines) else ""
        words = next((w for name in _ABOUT if (w := str(problem.args.get(name, ""))) and w in text), "")
        return replace(problem, place=replace(place, text=_around(text, text.index(words))))


def _around(text: str, at: int) -> str:
    """A line, or so much of a long one that what stands at an offset is in the middle of it."""
    if len(text) <= _LONGEST:
        return text
    start = min(max(0, at - _LONGEST // 3), len(text) - _LONGEST)
    cut = text[start : start + _LONGEST]
    return f"{'… ' if start else ''}{cut.strip()}{' …' if start + _LONGEST < len(text) else ''}"


@functools.lru_cache(maxsize=4096)
def _read(path: str, _changed: int) -> str:
    try:
        return Path(path).read_text("utf-8-sig")
    except (OSError, UnicodeDecodeError):
        return ""


def _text(path: str) -> str:
    try:
        changed = Path(path).stat().st_mtime_ns
    except OSError:
        return ""
    return _read(path, changed)


def _lines(path: str) -> list[str]:
    return _text(path).split("\n")


def _tree(path: str) -> Tree | None:
    """The YAML of a file; of a wording its head, with the line numbers of the file."""
    text = _text(path)
    if path.endswith(".md"):
        lines = text.split("\n")
        ends = [number for number, line in enumerate(lines[1:], 1) if line.rstrip() == "---"]
        text = "\n".join(["", *lines[1 : ends[0]]]) if ends else ""
    elif not path.endswith((".yaml", ".yml")):
        return None
    if not text.strip():
        return None
    try:
        return read_yaml(text, path)
    except TemplateError:
        return None
