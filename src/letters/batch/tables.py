"""Tables: CSV as Excel writes it, and JSON Lines. Each row is a case.

A row's number is the one that the spreadsheet shows, or the line of a JSON Lines file.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from io import TextIOWrapper
from pathlib import Path
from typing import BinaryIO

from msgspec.structs import replace

from letters.batch.cells import case_of
from letters.batch.csv_rows import headings, rows, separator_of
from letters.batch.encodings import encoding_of
from letters.batch.faults import fatal, table_error
from letters.batch.mapping import Layout, filled, names_in
from letters.batch.sources import Entry, Fault
from letters.case.fields import CivilNumber, FieldError
from letters.case.reader import read_tree
from letters.case.tree import MAX_BYTES
from letters.problems import N_, CaseError, Place, Problem

#: The ends of the names of tables.
SUFFIXES = (".csv", ".jsonl", ".ndjson")
_LONGEST_NAME = 100
_SEPARATORS = re.compile(r"[/\\:]")
_BAD = re.compile(r'[<>"|?*\x00-\x1f]')


def is_table(path: Path) -> bool:
    """Whether a file holds many cases, by the end of its name."""
    return path.suffix.lower() in SUFFIXES


@dataclass(slots=True)
class Table:
    """One table and its mapping."""

    path: Path
    mapping: Layout = field(default_factory=Layout)
    _count: int | None = None

    @property
    def name(self) -> str:
        return str(self.path)

    def __len__(self) -> int:
        if self._count is None:
            self._count = sum(1 for _ in self._read())
        return self._count

    def file(self, number: int) -> str:
        return self.name

    def entries(self) -> Iterator[Entry | Fault]:
        """Every row that is not empty. See `Source.entries`."""
        number = 0
        for number, (place, found) in enumerate(self._read(), 1):
            yield self._entry(number, place, found)
        if not number and not self._count:
            raise self._empty()
        self._count = number

    def _empty(self) -> CaseError:
        message = N_("the table has no rows")
        help_ = N_("see whether it is the right file, and was saved whole")
        return table_error("batch.no-rows", message, Place(self.name), help_)

    def _entry(self, number: int, place: Place, found: _Found) -> Entry | Fault:
        try:
            if isinstance(found, Problem):
                raise CaseError([found])
            row, data = (_mapped if self.mapping.columns else _as_it_is)(found, self.mapping, place)
            stem = _stem(row, self.mapping.name, place)
        except CaseError as error:
            return Fault(number, place, error.problems)
        return Entry(number, Path(f"{stem}.json"), data, place)

    def _read(self) -> Iterator[tuple[Place, _Found]]:
        return self._csv() if self.path.suffix.lower() == ".csv" else self._json_lines()

    # CSV

    def _csv(self) -> Iterator[tuple[Place, _Found]]:
        with _opened(self.path) as file:
            encoding = encoding_of(self.path, file, self.mapping.encoding)
            with TextIOWrapper(file, encoding, newline="") as text:
                yield from self._rows(text)

    def _rows(self, text: TextIOWrapper) -> Iterator[tuple[Place, _Found]]:
        stated, first = self.mapping.separator, text.readline(MAX_BYTES)
        place, skipped = Place(str(self.path), 1), 0
        if hint := re.fullmatch(r"sep=(.)\r?\n?", first):  # Excel's own way of saying it
            stated, first, skipped = hint[1], text.readline(MAX_BYTES), 1
        if not first.strip() and not text.read(1):
            return
        separator = separator_of(first.rstrip("\r\n"), stated, self.mapping.wanted, place)
        names = headings(first.rstrip("\r\n"), separator)
        self._refuse_headings(names, place)
        for row in rows(text, separator, str(self.path), len(names)):
            numbered = Place(str(self.path), row.number + 1 + skipped)
            if row.problem is not None:
                yield numbered, replace(row.problem, place=numbered)
            else:
                yield numbered, dict(zip(names, row.cells, strict=True))

    def _refuse_headings(self, names: list[str], place: Place) -> None:
        """A column that is read by nobody may hold what makes the letter right."""
        twice = sorted({name for name in names if names.count(name) > 1})
        if twice:
            message = N_("several columns are called {names}")
            raise table_error("batch.column-twice", message, place, N_("rename them"), names=", ".join(twice))
        _refuse_unknown(names, self.mapping, place)

    # JSON Lines

    def _json_lines(self) -> Iterator[tuple[Place, _Found]]:
        with _opened(self.path) as file:
            number = 0
            while line := file.readline(MAX_BYTES + 2):
                number += 1
                place = Place(str(self.path), number)
                if len(line) > MAX_BYTES:
                    _skip_rest(file, line)
                    message = N_("the row is larger than {limit} MB")
                    yield place, fatal("batch.row-too-large", message, place, limit=MAX_BYTES // 1_000_000)
                elif line.strip():
                    yield place, line


_Found = bytes | Mapping[str, object] | Problem


def _as_it_is(found: _Found, mapping: Layout, place: Place) -> tuple[Mapping[str, object], bytes]:
    """A line that is a whole case."""
    root = _object(found, place)
    if mapping.constants:
        return (merged := {**mapping.constants, **root}), _bytes(merged)
    return root, found if isinstance(found, bytes) else _bytes(root)


def _mapped(found: _Found, mapping: Layout, place: Place) -> tuple[Mapping[str, object], bytes]:
    row = _object(found, place)
    if isinstance(found, bytes):
        _refuse_unknown(row, mapping, place)
        row = {**dict.fromkeys(mapping.columns), **row}
    case = case_of(row, mapping, place)
    return {**row, "": case.get("case_number")}, _bytes(case)


def _object(found: _Found, place: Place) -> Mapping[str, object]:
    if isinstance(found, Mapping):
        return found
    assert isinstance(found, bytes)  # noqa: S101 - a problem was raised before
    try:
        tree = read_tree(found, "row.json")
    except CaseError as error:
        raise CaseError(
            replace(p, place=replace(place, column=p.place.column)) for p in error.problems
        ) from None
    if faults := [p for p in tree.problems if p.code != "case.empty"]:
        raise CaseError(replace(p, place=replace(place, column=p.place.column)) for p in faults)
    return tree.root


def _refuse_unknown(names: Mapping[str, object] | list[str], mapping: Layout, place: Place) -> None:
    known = {*mapping.wanted, *mapping.unused, ""}
    if mapping.columns and (unknown := [name for name in names if name not in known]):
        message = N_("the mapping says nothing of the columns {names}")
        help_ = N_("give each of them a field, or name it under `unused:`")
        raise table_error("batch.column-unknown", message, place, help_, names=", ".join(unknown))


def _bytes(case: object) -> bytes:
    return json.dumps(case, ensure_ascii=False, default=_number).encode("utf-8", "surrogatepass")


def _number(value: object) -> object:
    """A decimal of JSON, which json knows no exact way to write: as text, which the fields read alike."""
    return str(value)


# The name of the letter's folder


def _stem(row: Mapping[str, object], pattern: str | None, place: Place) -> str:
    if pattern is None:
        values = {"": row.get("", row.get("case_number"))}
        pattern = "{}"
        stem = values[""]
    else:
        values = {name: row.get(name) for name in names_in(pattern)}
        stem = filled(
            pattern,
            {name: str(value).strip() for name, value in values.items() if value is not None}
            | {name: "" for name, value in values.items() if value is None},
        )
    if any(not isinstance(value, str | int) or not str(value).strip() for value in values.values()):
        message = N_("the letter has no name: the column or field that it is taken from is empty")
        raise CaseError([fatal("batch.name", message, place)])
    return _safe(str(stem).strip(), place)


def _safe(stem: str, place: Place) -> str:
    """A folder's name; what parts a case number becomes a hyphen."""
    name = unicodedata.normalize("NFC", _SEPARATORS.sub("-", stem))
    if name.startswith((".", "-")) or name.endswith(".") or _BAD.search(name) or not name.isprintable():
        message = N_("no folder can have the letter's name")
        help_ = N_("a name of letters, digits, hyphens and spaces is good")
        raise CaseError([fatal("batch.name", message, place, help_)])
    if len(name.encode()) > _LONGEST_NAME:
        message = N_("the letter's name is longer than {limit} bytes")
        raise CaseError([fatal("batch.name", message, place, limit=_LONGEST_NAME)])
    if _holds_cpr(name):
        message = N_("the letter's name holds a CPR number, and names of folders are seen by many")
        raise CaseError([fatal("batch.name-cpr", message, place, N_("name it by the case number"))])
    return name


def _holds_cpr(name: str) -> bool:
    for found in re.finditer(r"(?<!\d)(\d{6})[- ]?(\d{4})(?!\d)", name):
        try:
            CivilNumber.read(f"{found[1]}-{found[2]}")
        except FieldError:
            continue
        return True
    return False


# Files


@contextmanager
def _opened(path: Path) -> Iterator[BinaryIO]:
    try:
        file = path.open("rb")
    except OSError as error:
        message = N_("the file cannot be read: {reason}")
        reason = error.strerror or type(error).__name__
        raise table_error("case.unreadable", message, Place(str(path)), reason=reason) from None
    with file:
        yield file


def _skip_rest(file: BinaryIO, line: bytes) -> None:
    while line and not line.endswith(b"\n"):
        line = file.readline(MAX_BYTES)
