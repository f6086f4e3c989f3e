"""The mapping: which column of a table goes into which field of a case. For users: docs/batches.md."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path as File
from types import MappingProxyType
from typing import cast

from letters.batch.faults import fatal
from letters.case.reader import read_tree
from letters.case.tree import Path as FieldPath
from letters.case.tree import Tree, nearest, shown
from letters.desk.files import read_bytes
from letters.problems import N_, CaseError, Problem

#: How a cell is written: as it stands, or as Danes and Excel write dates, amounts and whole numbers.
KINDS = ("text", "date", "amount", "number")
ENCODINGS = {"utf-8": "utf-8", "windows-1252": "cp1252"}
SEPARATORS = {";": ";", ",": ",", "tab": "\t"}
_TOP = ("name", "encoding", "separator", "constants", "columns", "unused")
_COLUMN = ("field", "as", "values")
_STEP = re.compile(r"([a-z_][a-z0-9_]*)((?:\[[0-9]{1,3}\])*)")
_HOLE = re.compile(r"\{([^{}]+)\}")


@dataclass(frozen=True, slots=True)
class Column:
    """Where a column's cells go.

    Attributes:
        goal: the path of the field in the case file.
        kind: one of `KINDS`.
        values: cell -> what stands in the case; empty when cells are taken as they are.
    """

    goal: FieldPath
    kind: str = "text"
    values: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))


@dataclass(frozen=True, slots=True)
class Layout:
    """How a row becomes a case.

    Attributes:
        file: the mapping's file, as the user named it; empty for none.
        name: pattern of the letter's folder, such as `{Sagsnummer}`; None for the case number.
        encoding, separator: as Python names them; None to find out.
        constants: what is the same in each case, as in a case file.
        columns: by the column's name.
        unused: columns that are left out on purpose.
    """

    file: str = ""
    name: str | None = None
    encoding: str | None = None
    separator: str | None = None
    constants: Mapping[str, object] = field(default_factory=lambda: MappingProxyType({}))
    columns: Mapping[str, Column] = field(default_factory=lambda: MappingProxyType({}))
    unused: frozenset[str] = frozenset()

    @property
    def wanted(self) -> tuple[str, ...]:
        """The columns that a table must have."""
        holes = _HOLE.findall(self.name or "") if self.columns else []
        return tuple(dict.fromkeys((*self.columns, *holes)))


def names_in(pattern: str) -> list[str]:
    """The names in a pattern: `{A}-{B}` -> A, B."""
    return _HOLE.findall(pattern)


def filled(pattern: str, values: Mapping[str, str]) -> str:
    """A pattern with its names replaced."""
    return _HOLE.sub(lambda hole: values[hole[1]], pattern)


def read_mapping(path: File) -> Layout:
    """Read a mapping file.

    Raises:
        CaseError: with every problem.
    """
    return _Reader(read_tree(read_bytes(path), str(path))).mapping()


class _Reader:
    def __init__(self, tree: Tree) -> None:
        self._tree = tree
        self._problems: list[Problem] = list(tree.problems)

    def mapping(self) -> Layout:
        root = self._tree.root
        self._known(root, _TOP, ())
        columns = dict(self._columns())
        constants = self._group("constants")
        self._refuse_clashes(columns, constants)
        result = Layout(
            file=self._tree.file,
            name=self._name(),
            encoding=self._choice("encoding", ENCODINGS),
            separator=self._choice("separator", SEPARATORS),
            constants=constants,
            columns=columns,
            unused=frozenset(self._unused()),
        )
        if self._problems:
            raise CaseError(self._problems)
        return result

    def _columns(self) -> Iterator[tuple[str, Column]]:
        for name, value in self._group("columns").items():
            path = ("columns", name)
            if isinstance(value, str):
                yield name, Column(self._field(value, path))
            elif isinstance(value, dict):
                yield name, self._column(value, path)
            elif value is not None:
                self._tell(N_("a column goes to a field, such as `case_number`"), path)

    def _column(self, value: dict[str, object], path: FieldPath) -> Column:
        self._known(value, _COLUMN, path)
        kind = value.get("as", "text")
        if kind not in KINDS:
            self._unlike(kind, KINDS, (*path, "as"))
        values = value.get("values", {})
        if not isinstance(values, dict) or not all(isinstance(v, str) for v in values.values()):
            self._tell(N_("values is a list of `cell: value`"), (*path, "values"))
            values = {}
        goal = value.get("field")
        if not isinstance(goal, str):
            self._tell(N_("the column needs a `field`, such as `case_number`"), path)
        return Column(self._field(goal, (*path, "field")), str(kind), cast("dict[str, str]", values))

    def _field(self, text: object, path: FieldPath) -> FieldPath:
        if not isinstance(text, str):
            return ()
        found = [_STEP.fullmatch(step) for step in text.split(".")]
        if not all(found):
            self._tell(N_("this is no field of a case file, such as `recipients[0].name`"), path)
            return ()
        steps: list[str | int] = []
        for step in found:
            if step:
                steps += [step[1], *(int(number) for number in re.findall(r"[0-9]+", step[2]))]
        return tuple(steps)

    def _refuse_clashes(self, columns: Mapping[str, Column], constants: Mapping[str, object]) -> None:
        seen: dict[FieldPath, str] = {}
        for name, column in columns.items():
            for length in range(1, len(column.goal) + 1):
                part = column.goal[:length]
                whole = length == len(column.goal)
                if part in seen or (whole and any(other[:length] == part for other in seen)):
                    self._tell(N_("two columns go to the same field"), ("columns", name))
                    break
                value = _at(constants, part)
                if value is not None and (whole or not isinstance(value, dict | list)):
                    self._tell(N_("the field has a constant already"), ("columns", name))
                    break
            seen[column.goal] = name

    def _name(self) -> str | None:
        value = self._tree.root.get("name")
        if value is None:
            return None
        if not isinstance(value, str) or not names_in(value):
            message = N_("name is a pattern with a column in it, such as {example}")
            self._tell(message, ("name",), example="`brev-{Sagsnummer}`")
            return None
        return value

    def _unused(self) -> Iterable[str]:
        value = self._tree.root.get("unused", [])
        if isinstance(value, list) and all(isinstance(one, str) for one in value):
            return cast("list[str]", value)
        self._tell(N_("unused is a list of columns"), ("unused",))
        return ()

    def _group(self, key: str) -> dict[str, object]:
        value = self._tree.root.get(key, {})
        if isinstance(value, dict):
            return cast("dict[str, object]", value)
        self._tell(N_("here stands a group of fields, each on a line of its own"), (key,))
        return {}

    def _choice(self, key: str, choices: Mapping[str, str]) -> str | None:
        value = self._tree.root.get(key)
        if value is None:
            return None
        if not isinstance(value, str) or value.lower() not in choices:
            self._unlike(value, choices, (key,))
            return None
        return choices[value.lower()]

    def _known(self, group: Mapping[str, object], known: Iterable[str], path: FieldPath) -> None:
        for key in group:
            if key not in known:
                self._unlike(key, known, (*path, key))

    def _unlike(self, value: object, known: Iterable[str], path: FieldPath) -> None:
        near = nearest(value, known)
        help_ = N_("did you mean {near}?") if near else N_("these are known: {known}")
        self._problems.append(
            fatal(
                "batch.mapping",
                N_("{value} is not known here"),
                self._tree.place(path, key=True),
                help_,
                value=shown(value),
                near=near,
                known=", ".join(known),
            )
        )

    def _tell(self, message: str, path: FieldPath, **args: object) -> None:
        self._problems.append(fatal("batch.mapping", message, self._tree.place(path, key=True), "", **args))


def _at(value: object, path: FieldPath) -> object:
    for part in path:
        if isinstance(value, Mapping):
            value = value.get(part)
        elif isinstance(value, list) and isinstance(part, int) and part < len(value):
            value = value[part]
        else:
            return None
    return value
