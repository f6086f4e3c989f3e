"""A case file as it was written: values, and the line and column of each.

What comes out of the readers and goes into the checks. Nothing here knows a field or a letter.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from msgspec import Struct

from letters.problems import N_, CaseError, Place, Problem, Severity

Path = tuple[str | int, ...]

MAX_BYTES = 2_000_000
MAX_DEPTH = 32
MAX_NODES = 100_000
MAX_PROBLEMS = 100

_LIKE_CPR = re.compile(r"\d{6}[\s./-]{0,3}\d{4}")
_SHOWN = 60


class Position(Struct, frozen=True):
    """A place in a text; line and column count from 1."""

    line: int
    column: int


class Tree(Struct, frozen=True):
    """A file's values and where they stand.

    Attributes:
        root: mappings are `dict`, lists `list`. In YAML every scalar is `str`; in JSON a number is `int` or
            `Decimal`, and `true` and `false` are `bool`. An empty scalar is None.
        positions: of each value; a mapping or list below a key stands where its key stands.
        keys: of each key.
        empty: values that are missing after their key; `problems` tells of them already.
        problems: faults that do not stop the reading.
    """

    file: str
    root: dict[str, object]
    positions: Mapping[Path, Position]
    keys: Mapping[Path, Position]
    empty: frozenset[Path]
    problems: tuple[Problem, ...]

    def place(self, path: Path, *, key: bool = False) -> Place:
        """Where a path stands; what is not in the file stands where its nearest parent does.

        Args:
            key: point to the key instead of its value.
        """
        position = self.keys.get(path) if key else None
        for length in range(len(path), -1, -1):
            position = position or self.positions.get(path[:length])
        line, column = (position.line, position.column) if position else (None, None)
        return Place(self.file, line, column, field_name(path) or None)

    def at(self, path: Path) -> object:
        """The value at a path; None when there is none."""
        value: object = self.root
        for part in path:
            if isinstance(value, dict):
                value = value.get(part)
            elif isinstance(value, list) and isinstance(part, int) and part < len(value):
                value = value[part]
            else:
                return None
        return value


def field_name(path: Path) -> str:
    """Write a path as users read it: `reasons[0].facts.network`."""
    name = ""
    for part in path:
        if isinstance(part, int):
            name += f"[{part}]"
        else:
            name += f".{shown(part)}" if name else shown(part)
    return name


def shown(text: object) -> str:
    """What a message may quote of a file: short, on one line, and never a whole CPR number."""
    visible = _LIKE_CPR.sub("******-****", str(text)[: 4 * _SHOWN])
    if not visible.isprintable():
        visible = "".join(c if c.isprintable() else f"<U+{ord(c):04X}>" for c in visible)
    return visible if len(visible) <= _SHOWN else visible[: _SHOWN - 1] + "…"


def nearest(word: object, known: Iterable[str]) -> str | None:
    """The known word that was probably meant; None when none is near."""
    import difflib  # only a slip needs it

    candidates = {k.casefold(): k for k in sorted(known)}
    near = difflib.get_close_matches(str(word)[:80].casefold(), candidates, n=1, cutoff=0.6)
    return candidates[near[0]] if near else None


def fatal(code: str, message: str, place: Place, *, help: str = "", see: str = "", **args: object) -> Problem:
    """A problem that leaves no letter."""
    return Problem(code, Severity.FATAL, message, place, args, help, see)


def stop(problem: Problem, *earlier: Problem) -> CaseError:
    """The error for a fault after which a file cannot be read on."""
    return CaseError([*earlier, problem])


class Recorder:
    """Collects a file's places and soft faults while a reader walks through it."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.positions: dict[Path, Position] = {}
        self.keys: dict[Path, Position] = {}
        self.empty: set[Path] = set()
        self.problems: list[Problem] = []
        self._nodes = 0

    def node(self, path: Path, position: Position) -> None:
        """Take a value in.

        Raises:
            CaseError: when the file holds more than `MAX_NODES` values or nests deeper than `MAX_DEPTH`.
        """
        self._nodes += 1
        if self._nodes > MAX_NODES:
            raise self.stop(
                "case.too-many-values",
                N_("the file holds more than {limit} values"),
                position,
                help=N_("a case file describes one letter; use one file a letter"),
                limit=MAX_NODES,
            )
        if len(path) > MAX_DEPTH:
            raise self.stop(
                "case.too-deep",
                N_("the file nests more than {limit} levels deep"),
                position,
                help=N_("no field lies that deep; look for a missing bracket or quotation mark"),
                limit=MAX_DEPTH,
            )
        self.positions[path] = position

    def key(self, path: Path, position: Position) -> bool:
        """Take a key in; False when its mapping has it already."""
        first = self.keys.get(path)
        if first is None:
            self.keys[path] = position
            return True
        self.report(
            "case.duplicate-key",
            N_("{key} stands twice in the same place; the first is on line {line}"),
            position,
            path,
            help=N_("keep one of them"),
            key=shown(path[-1]),
            line=first.line,
        )
        return False

    def blank(self, path: Path, position: Position) -> None:
        """Take in that nothing follows a key."""
        self.empty.add(path)
        self.report(
            "case.empty",
            N_("{field} is empty"),
            position,
            path,
            help=N_("fill it in, or leave the whole line out"),
            field=field_name(path),
        )

    def report(
        self, code: str, message: str, position: Position, path: Path, *, help: str = "", **args: object
    ) -> None:
        """Note a fault and read on.

        Raises:
            CaseError: when there are `MAX_PROBLEMS` already.
        """
        place = Place(self.file, position.line, position.column, field_name(path) or None)
        self.problems.append(Problem(code, Severity.FATAL, message, place, args, help))
        if len(self.problems) >= MAX_PROBLEMS:
            raise self.stop(
                "case.too-many-problems",
                N_("the file holds {limit} problems so far; the rest of it was not read"),
                position,
                limit=MAX_PROBLEMS,
            )

    def stop(
        self, code: str, message: str, position: Position, *, help: str = "", **args: object
    ) -> CaseError:
        """The error for a fault after which the file cannot be read on, with all that was found before."""
        place = Place(self.file, position.line, position.column)
        return stop(Problem(code, Severity.FATAL, message, place, args, help), *self.problems)

    def tree(self, root: object) -> Tree:
        """The finished tree.

        Raises:
            CaseError: when the file's outermost value is no mapping.
        """
        if not isinstance(root, dict):
            raise self.stop(
                "case.not-a-mapping",
                N_("the file is no case file: it does not begin with a field and a colon, such as `matter:`"),
                Position(1, 1),
                help=N_("`letters new CASE_TYPE` writes a case file to start from"),
            )
        return Tree(self.file, root, self.positions, self.keys, frozenset(self.empty), tuple(self.problems))
