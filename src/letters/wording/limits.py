"""What a wording may not do however it is written: run on, grow without end, lie too deep.

Jinja's sandbox bounds none of these. So each parsed wording is checked for depth, and rewritten before it is
compiled: every loop, include, join and comparison pays from the letter's budget (`tokens.Values`) first.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import cast

import jinja2
from jinja2 import nodes
from jinja2.runtime import Context, Undefined
from jinja2.visitor import NodeTransformer

from letters.wording.explain import ForbiddenTag, NotAList, NotSingle, NotText, TooDeep
from letters.wording.filters import kind
from letters.wording.tokens import MAX_LENGTH, TooManyValues, Values

# Where the letter's values travel in the context; no template can spell this name.
VALUES = "-values"

# CPython nests 20 blocks and 100 levels of indentation; a wording that reads well nests five.
_MAX_LOOPS = 12
_MAX_BLOCKS = 40
_MAX_PARTS = 120
# An include does as much work as so many turns of a loop.
_INCLUDE_STEPS = 50
# So many characters are copied in the time of one turn.
_STEP_LENGTH = 100
_LARGEST_NUMBER = 10**15


def check_tree(
    tree: nodes.Template, allowed: tuple[type[nodes.Node], ...], magic: frozenset[str], name: str | None
) -> None:
    """Refuse what the language lacks and what lies too deep, at its line.

    Raises:
        ForbiddenTag: a node, name or number that may not be there.
        TooDeep: too many blocks or expressions inside each other.
    """
    waiting: list[tuple[nodes.Node, int, int, int, int]] = [(tree, 1, 0, 0, 0)]
    while waiting:
        node, line, loops, blocks, parts = waiting.pop()
        line = node.lineno or next((child.lineno for child in node.iter_child_nodes() if child.lineno), line)
        loops += isinstance(node, nodes.For)
        blocks += isinstance(node, nodes.For | nodes.If)
        parts = parts + 1 if isinstance(node, nodes.Expr) else 0
        if loops > _MAX_LOOPS or blocks > _MAX_BLOCKS or parts > _MAX_PARTS:
            raise TooDeep("", line, name)
        if what := _forbidden(node, allowed, magic):
            raise ForbiddenTag(what, line, name)
        waiting += [(child, line, loops, blocks, parts) for child in node.iter_child_nodes()]


def _forbidden(node: nodes.Node, allowed: tuple[type[nodes.Node], ...], magic: frozenset[str]) -> str:
    """What a node is called when it may not be there; empty when it may."""
    match node:
        case nodes.Name() if node.name in magic:
            return node.name
        case nodes.Const() if isinstance(node.value, float) or _is_huge(node.value):
            return "number"
        case nodes.Include() if node.ignore_missing:
            return "ignore missing"
        case nodes.Include() if not node.with_context:
            return "without context"
    return "" if isinstance(node, allowed) else type(node).__name__.lower()


def _is_huge(value: object) -> bool:
    return isinstance(value, int) and abs(value) > _LARGEST_NUMBER


class _Metering(NodeTransformer):
    """Puts the meters before what could run on."""

    def visit_For(self, node: nodes.For) -> nodes.Node:  # noqa: N802 - Jinja's name
        self.generic_visit(node)
        node.iter = _metered("turns", node.iter)
        return node

    def visit_Include(self, node: nodes.Include) -> nodes.Node:  # noqa: N802 - Jinja's name
        self.generic_visit(node)
        node.template = _metered("included", node.template)
        return node

    def visit_Concat(self, node: nodes.Concat) -> nodes.Node:  # noqa: N802 - Jinja's name
        self.generic_visit(node)
        return _metered("joined", nodes.Tuple(node.nodes, "load", lineno=node.lineno))

    def visit_Add(self, node: nodes.Add) -> nodes.Node:  # noqa: N802 - Jinja's name
        self.generic_visit(node)
        return _metered("added", nodes.Tuple([node.left, node.right], "load", lineno=node.lineno))

    def visit_Compare(self, node: nodes.Compare) -> nodes.Node:  # noqa: N802 - Jinja's name
        self.generic_visit(node)
        node.expr = _metered("single", node.expr)
        for operand in node.ops:
            if operand.op not in ("in", "notin"):
                operand.expr = _metered("single", operand.expr)
        return node


def _metered(meter: str, node: nodes.Node) -> nodes.Filter:
    return nodes.Filter(cast(nodes.Expr, node), f"-{meter}", [], [], None, None, lineno=node.lineno)


def metered(tree: nodes.Template, environment: jinja2.Environment) -> nodes.Template:
    """The wording as it is compiled, with a meter before everything that could run on."""
    found: nodes.Template = _Metering().visit(tree)
    found.set_environment(environment)
    return found


@jinja2.pass_context
def _turns(context: Context, items: object) -> object:
    _known(items)
    if not isinstance(items, list | tuple):
        raise NotAList(kind(items))
    _values(context).spend(1 + len(items))
    return items


@jinja2.pass_context
def _included(context: Context, name: object) -> str:
    _known(name)
    _values(context).spend(_INCLUDE_STEPS)
    if not isinstance(name, str):
        raise jinja2.TemplateNotFound("?")
    return name


@jinja2.pass_context
def _joined(context: Context, parts: tuple[object, ...]) -> str:
    texts = []
    for part in parts:
        _known(part)
        if not isinstance(part, str):
            raise NotText(kind(part))
        texts.append(part)
    length = sum(map(len, texts))
    _bounded(length)
    _values(context).spend(length // _STEP_LENGTH)
    return "".join(texts)


@jinja2.pass_context
def _added(context: Context, parts: tuple[object, object]) -> object:
    for part in parts:
        _known(part)
    left, right = parts
    if isinstance(left, str | list | tuple) and isinstance(right, str | list | tuple):
        length = len(left) + len(right)
        _bounded(length)
        _values(context).spend(length // _STEP_LENGTH)
    return left + right  # type: ignore[operator]


def _single(value: object) -> object:
    if isinstance(value, list | tuple) and value:
        raise NotSingle
    return value


def _known(value: object) -> None:
    if isinstance(value, Undefined):
        value._fail_with_undefined_error()


def _bounded(length: int) -> None:
    if length > MAX_LENGTH:
        raise TooManyValues


def _values(context: Context) -> Values:
    values: Values = context[VALUES]
    return values


METERS: Mapping[str, Callable[..., object]] = {
    "-turns": _turns,
    "-included": _included,
    "-joined": _joined,
    "-added": _added,
    "-single": _single,
}
