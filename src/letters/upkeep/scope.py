"""What is known at a place of a wording: the names, and what the conditions around it have settled."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from types import MappingProxyType

from jinja2 import nodes

from letters.upkeep.shapes import Shape

_NO_SHAPES: Mapping[str, Shape] = MappingProxyType({})
_NO_FACTS: Mapping[str, bool] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Scope:
    """Names and facts.

    Attributes:
        names: variable -> what it holds.
        narrowed: path (`decision.granted`) -> what it holds here.
        facts: a condition as `written` -> whether it holds here.
    """

    names: Mapping[str, Shape]
    narrowed: Mapping[str, Shape] = field(default_factory=lambda: _NO_SHAPES)
    facts: Mapping[str, bool] = field(default_factory=lambda: _NO_FACTS)

    def bind(self, name: str, shape: Shape) -> Scope:
        """With a variable of that name, whatever was known of another one."""
        return Scope(
            {**self.names, name: shape},
            {path: s for path, s in self.narrowed.items() if _root(path) != name},
            {fact: holds for fact, holds in self.facts.items() if name not in fact},
        )

    def narrow(self, path: str, shape: Shape) -> Scope:
        """With what a path holds; what was known below it is forgotten."""
        kept = {p: s for p, s in self.narrowed.items() if not p.startswith((f"{path}.", f"{path}["))}
        return replace(self, narrowed={**kept, path: shape})

    def settle(self, fact: str, holds: bool) -> Scope:
        return replace(self, facts={**self.facts, fact: holds})


def _root(path: str) -> str:
    return path.partition(".")[0].partition("[")[0]


def path_of(node: nodes.Node) -> str:
    """`decision.granted`, `recipients[0].name`; empty for any other expression."""
    match node:
        case nodes.Name():
            return str(node.name)
        case nodes.Getattr() if before := path_of(node.node):
            return f"{before}.{node.attr}"
        case nodes.Getitem(arg=nodes.Const(value=int() as index)) if before := path_of(node.node):
            return f"{before}[{index}]"
        case nodes.Getitem(arg=nodes.Const(value=str() as name)) if before := path_of(node.node):
            return f"{before}.{name}"
        case _:
            return ""


def written(node: nodes.Node) -> str:
    """An expression in one form, however it was spaced."""
    if path := path_of(node):
        return path
    match node:
        case nodes.Const():
            return repr(node.value)
        case nodes.Compare():
            ops = " ".join(f"{op.op} {written(op.expr)}" for op in node.ops)
            return f"{written(node.expr)} {ops}"
        case nodes.Not():
            return f"not ({written(node.node)})"
        case nodes.And():
            return f"({written(node.left)}) and ({written(node.right)})"
        case nodes.Or():
            return f"({written(node.left)}) or ({written(node.right)})"
        case nodes.Test():
            return f"{written(node.node)} is {node.name}"
        case nodes.Filter() if node.node is not None:
            return f"{written(node.node)}|{node.name}({', '.join(written(a) for a in node.args)})"
        case nodes.List() | nodes.Tuple():
            return f"[{', '.join(written(item) for item in node.items)}]"
        case _:
            return repr(node)
