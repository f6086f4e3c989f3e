"""Files of a wording library as they are on disk: read whole, or with a fault noted and nothing read."""

from __future__ import annotations

from pathlib import Path

from letters.danish.characters import refused_characters
from letters.problems import N_, Place, Problem
from letters.wording.source import Group, library_problem, open_group
from letters.wording.tokens import RESERVED

_MOST = 1_000_000  # bytes
_LAYOUT = frozenset("\n\t")


class Files:
    """Reads files of one library.

    Args:
        root: the library's directory.
        problems: where faults are noted.
    """

    def __init__(self, root: Path, problems: list[Problem]) -> None:
        self.root, self.problems = root, problems
        self.inside = root.resolve()

    def name(self, path: Path) -> str:
        """A file as problems name it: as the user finds it from where they stand."""
        return str(path)

    def text(self, path: Path, limit: int = _MOST) -> str:
        """A file's text; empty, with a problem noted, when it is none."""
        place = Place(self.name(path))
        data = self.data(path, limit)
        if data is None:
            return ""
        try:
            text = data.decode("utf-8-sig").replace("\r\n", "\n")
        except UnicodeDecodeError as error:
            line = data.count(b"\n", 0, error.start) + 1
            help_ = N_("save the file as UTF-8")
            self.note("library.not-utf8", N_("the file is not UTF-8"), Place(place.file, line), help_)
            return ""
        return self.sound(text, path)

    def sound(self, text: str, path: Path) -> str:
        """The text; empty, with a problem noted, when it holds a character that stands for something else."""
        place = Place(self.name(path))
        if found := RESERVED.search(text):
            line = text.count("\n", 0, found.start()) + 1
            self.note(
                "library.character", N_("a private-use character may not stand here"), Place(place.file, line)
            )
            return ""
        for character in refused_characters(text, _LAYOUT):
            line = text.count("\n", 0, character.index) + 1
            message = N_("the character {character} may not stand here; it is invisible")
            name = f"{character.code} {character.name}"
            self.note("library.character", message, Place(place.file, line), character=name)
        return text

    def data(self, path: Path, limit: int) -> bytes | None:
        """A file's bytes; None, with a problem noted, when it is unreadable, too large or elsewhere."""
        place = Place(self.name(path))
        try:
            if not path.resolve().is_relative_to(self.inside):
                message = N_("the file is a link that leads out of the library")
                self.note("library.outside", message, place, N_("put the file itself into the library"))
                return None
            with path.open("rb") as file:
                data = file.read(limit + 1)
        except OSError:
            self.note("library.unreadable", N_("the file cannot be read"), place)
            return None
        if len(data) > limit:
            message = N_("the file is larger than {limit} kB")
            self.note("library.too-large", message, place, limit=limit // 1000)
            return None
        return data

    def note(self, code: str, message: str, place: Place, help: str = "", **args: object) -> None:
        """Note a fault."""
        self.problems.append(library_problem(code, message, place, help, args))

    def open(self, path: Path) -> Group:
        """The groups of a YAML file; a problem is noted when it is not there or is none."""
        if not path.is_file():
            self.note("library.file-missing", N_("the file is missing"), Place(self.name(path)))
            return open_group("missing: x\n", self.name(path), [])
        return open_group(self.text(path), self.name(path), self.problems)
