"""YAML with the line of everything in it; every scalar is text.

A register file is content that people write, so that a fault in it must be named by file and line. What YAML
could do beside holding data (aliases, tags, merging) is refused.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

import yaml
from msgspec import Struct

from letters.problems import N_, Place, Problem, Severity, TemplateError

_MOST_DEEP = 12
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # libyaml reads ten times as fast, where it is there


class Node(Struct, frozen=True):
    """A value and the 1-based line it begins on."""

    value: str | tuple[Node, ...] | Mapping[str, Node]
    line: int


def fault(code: str, message: str, file: str, line: int | None, **args: object) -> Problem:
    """A fatal problem of a register file."""
    return Problem(f"law.{code}", Severity.FATAL, message, Place(file, line), args)


def read_yaml(text: str, file: str) -> Node:
    """Read one document.

    Raises:
        TemplateError: if it is no YAML, or uses aliases, tags, duplicate keys or deep nesting.
    """
    try:
        roots, twice = _documents(text, file)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line = mark.line + 1 if mark else None
        reason = getattr(error, "problem", None) or type(error).__name__
        raise TemplateError([_unreadable(file, line, reason)]) from None
    if not roots:
        raise TemplateError([fault("empty", N_("the file is empty"), file, None)])
    if len(roots) > 1:
        raise TemplateError([_unreadable(file, roots[1][0], "but found another document")])
    if twice:
        raise TemplateError([min(twice, key=lambda problem: problem.place.line or 0)])
    return roots[0][1]


def _unreadable(file: str, line: int | None, reason: str) -> Problem:
    return fault("yaml", N_("not readable as YAML: {reason}"), file, line, reason=reason)


def _documents(text: str, file: str) -> tuple[list[tuple[int, Node]], list[Problem]]:
    """Each document with the line it begins on, and keys given twice. In one pass over libyaml's events."""
    roots: list[tuple[int, Node]] = []
    twice: list[Problem] = []
    begun = 0
    lines: list[int] = []  # on which each collection that is open begins
    inside: list[list[Node]] = []  # what is in it so far; in a mapping, keys and values in turn
    for event in yaml.parse(text, Loader=_LOADER):
        line = event.start_mark.line + 1 if event.start_mark is not None else None
        if isinstance(event, yaml.NodeEvent):
            _refuse_machinery(event, file, line)
        if isinstance(event, yaml.CollectionStartEvent):
            if len(inside) == _MOST_DEEP:
                raise TemplateError([fault("yaml-deep", N_("nested too deep"), file, line)])
            lines.append(line or 1)
            inside.append([])
            continue
        if isinstance(event, yaml.ScalarEvent):
            node = Node(str(event.value), line or 1)
        elif isinstance(event, yaml.SequenceEndEvent):
            node = Node(tuple(inside.pop()), lines.pop())
        elif isinstance(event, yaml.MappingEndEvent):
            node = Node(_mapping(inside.pop(), file, twice), lines.pop())
        else:
            begun = line or 1 if isinstance(event, yaml.DocumentStartEvent) else begun
            continue
        if inside:
            inside[-1].append(node)
        else:
            roots.append((begun, node))
    return roots, twice


def _refuse_machinery(event: yaml.NodeEvent, file: str, line: int | None) -> None:
    if isinstance(event, yaml.AliasEvent) or event.anchor or getattr(event, "tag", None):
        message = N_("anchors, aliases and tags are not used here")
        raise TemplateError([fault("yaml-machinery", message, file, line)])


def _mapping(nodes: list[Node], file: str, twice: list[Problem]) -> Mapping[str, Node]:
    entries: dict[str, Node] = {}
    for key, value in zip(nodes[::2], nodes[1::2], strict=True):
        name = key.value if isinstance(key.value, str) else "?"  # YAML's own sign for a key that is no word
        if name in entries:
            twice.append(fault("yaml-twice", N_("{key} is given twice"), file, key.line, key=name))
        entries[name] = Node(value.value, key.line)
    return MappingProxyType(entries)
