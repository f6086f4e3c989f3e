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
        _refuse_machinery(text, file)
        root = yaml.compose(text, Loader=_LOADER)
        if root is None:
            raise TemplateError([fault("empty", N_("the file is empty"), file, None)])
        return _node(root, file)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line = mark.line + 1 if mark else None
        reason = getattr(error, "problem", None) or type(error).__name__
        raise TemplateError(
            [fault("yaml", N_("not readable as YAML: {reason}"), file, line, reason=reason)]
        ) from None


def _refuse_machinery(text: str, file: str) -> None:
    depth = 0
    for event in yaml.parse(text, Loader=_LOADER):
        line = event.start_mark.line + 1 if event.start_mark is not None else None
        depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        if (
            isinstance(event, yaml.AliasEvent)
            or getattr(event, "anchor", None)
            or getattr(event, "tag", None)
        ):
            raise TemplateError(
                [fault("yaml-machinery", N_("anchors, aliases and tags are not used here"), file, line)]
            )
        if depth > _MOST_DEEP:
            raise TemplateError([fault("yaml-deep", N_("nested too deep"), file, line)])


def _node(node: yaml.Node, file: str) -> Node:
    line = node.start_mark.line + 1
    if isinstance(node, yaml.MappingNode):
        return Node(_mapping(node, file), line)
    if isinstance(node, yaml.SequenceNode):
        return Node(tuple(_node(one, file) for one in node.value), line)
    return Node(str(node.value), line)


def _mapping(node: yaml.MappingNode, file: str) -> Mapping[str, Node]:
    entries: dict[str, Node] = {}
    for key, value in node.value:
        line, name = key.start_mark.line + 1, str(key.value)
        if name in entries:
            raise TemplateError([fault("yaml-twice", N_("{key} is given twice"), file, line, key=name)])
        entries[name] = Node(_node(value, file).value, line)
    return MappingProxyType(entries)
