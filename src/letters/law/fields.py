"""Typed fields of a register file, each fault noted with its line and reading going on."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from letters.law.acts import KINDS, Origin, Path, Period, Source
from letters.law.citation import Designation
from letters.law.find import NotACitationError, parse
from letters.law.yaml_reader import Node, fault
from letters.problems import N_, Problem

_YES_NO = {"true": True, "false": False}


class Fields:
    """The fields of one mapping. Every getter gives a usable value; faults are collected in `problems`."""

    def __init__(self, node: Node, file: str, problems: list[Problem]) -> None:
        self.file, self.line, self.problems = file, node.line, problems
        self._left: dict[str, Node] = {}
        if isinstance(node.value, Mapping):
            self._left = dict(node.value)
        else:
            self.fault("not-a-mapping", N_("keys and values are expected here"))
        self._known: list[str] = []
        self._lines: dict[str, int] = {}

    def fault(self, code: str, message: str, line: int | None = None, **args: object) -> None:
        self.problems.append(fault(code, message, self.file, line or self.line, **args))

    @property
    def origin(self) -> Origin:
        return Origin(self.file, self.line)

    def text(self, name: str, *, required: bool = False) -> str:
        node = self._take(name)
        if node is None or node.value == "":
            if required:
                self.fault("field-missing", N_("{key} is missing"), node.line if node else None, key=name)
            return ""
        if isinstance(node.value, str):
            return node.value
        self.fault("not-a-text", N_("{key} is one text"), node.line, key=name)
        return ""

    def texts(self, name: str) -> tuple[str, ...]:
        return tuple(node.value for node in self.nodes(name) if isinstance(node.value, str))

    def nodes(self, name: str) -> tuple[Node, ...]:
        node = self._take(name)
        if node is None:
            return ()
        if isinstance(node.value, tuple):
            return node.value
        self.fault("not-a-list", N_("{key} is a list"), node.line, key=name)
        return ()

    def several(self, name: str) -> tuple[Fields, ...]:
        return tuple(Fields(node, self.file, self.problems) for node in self.nodes(name))

    def flag(self, name: str, *, required: bool = False, default: bool = False) -> bool:
        text = self.text(name, required=required)
        if text and text not in _YES_NO:
            self.fault("not-a-flag", N_("{key} is true or false"), self._lines[name], key=name)
        return _YES_NO.get(text, default)

    def date(self, name: str, *, required: bool = False) -> dt.date | None:
        text = self.text(name, required=required)
        if not text:
            return None
        try:
            return dt.date.fromisoformat(text)
        except ValueError:
            self.fault(
                "no-such-date", N_("{key} is no date: {value}"), self._lines[name], key=name, value=text
            )
            return None

    def period(self) -> Period:
        period = Period(self.date("from"), self.date("to"))
        if period.start and period.end and period.end < period.start:
            self.fault("period", N_("it ends on {end}, before it begins"), end=period.end.isoformat())
            return Period(period.start)
        return period

    def source(self) -> Source:
        return Source(self.text("source", required=True), self.flag("verified", required=True))

    def designation(self) -> Designation | None:
        kind = self.text("kind", required=True)
        number, date = self.text("number", required=True), self.date("date", required=True)
        try:
            return Designation(KINDS[kind], number, date) if kind and number else None
        except (KeyError, ValueError):
            self.fault("no-document", N_("no such kind or number: {kind} {number}"), kind=kind, number=number)
            return None

    def path(self, name: str) -> Path | None:
        text = self.text(name, required=True)
        paths = self._paths(text) if text else ()
        if len(paths) == 1:
            return paths[0]
        if paths:
            self.fault("no-place", N_("{value} is no single place in an act"), value=text)
        return None

    def paths(self, name: str) -> tuple[Path, ...]:
        return tuple(path for text in self.texts(name) for path in self._paths(text))

    def _paths(self, text: str) -> tuple[Path, ...]:
        try:
            citation = parse(text)
        except NotACitationError:
            citation = None
        if citation is None or citation.act or citation.designation or citation.places[0].relative:
            self.fault("no-place", N_("{value} is no single place in an act"), value=text)
            return ()
        return tuple(one for path in citation.paths() for one in expand(path))

    def close(self) -> None:
        """Refuse keys that nobody asked for."""
        for name, node in self._left.items():
            from difflib import get_close_matches  # only a slip needs it

            near = get_close_matches(name, self._known, 1)
            message = N_("unknown key {key}; did you mean {near}?") if near else N_("unknown key {key}")
            self.fault("unknown-key", message, node.line, key=name, near=near[0] if near else "")

    def _take(self, name: str) -> Node | None:
        self._known.append(name)
        node = self._left.pop(name, None)
        if node is not None:
            self._lines[name] = node.line
        return node


def expand(path: Path) -> tuple[Path, ...]:
    """The single places that a path with lists and ranges names: "§§ 22-24" is three.

    Of a range over letters ("§§ 58 a-58 c") or of more than 200 places only the ends are given.
    """
    paths: tuple[Path, ...] = ((),)
    for level in path:
        singles = level.singles()
        paths = tuple((*above, single) for above in paths for single in singles)[:400]
    return paths
