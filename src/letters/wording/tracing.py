"""Which way each condition of a wording went, and what a letter says when it goes the other way.

For people who write wording: `templates preview` shows every branch of a text, also one that no sample case
takes. A letter that is drafted or issued is never composed with this.
"""

from __future__ import annotations

import enum
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import PurePath

import jinja2
from jinja2 import nodes
from jinja2.runtime import Context, Undefined
from jinja2.visitor import NodeTransformer
from msgspec import Struct

from letters.wording.engine import Environment
from letters.wording.filters import FILTERS
from letters.wording.values import Merged, Record


class Kind(enum.Enum):
    """What branches: a tag `if` or `elif`, a `for` with something to go through or not, `a if b else c`."""

    IF = "if"
    LOOP = "loop"
    CHOICE = "choice"


class Branch(Struct, frozen=True):
    """A condition of a wording.

    Attributes:
        key: names it in one state of the library: `standardtekster/bilag:13`, with a count after it when
            the line has several.
        path: its file, as problems name it.
        body_line: its line in what Jinja is given of the file, from 1.
        otherwise: whether the wording prints something when it does not hold.
    """

    key: str
    path: str
    body_line: int
    kind: Kind
    otherwise: bool


@dataclass(slots=True)
class Trace:
    """What happened while one letter was composed, and what is to happen.

    Attributes:
        forced: key of a branch -> the way it is made to go.
        taken: key of a branch -> the ways that it went; a wording in a loop may go both.
        paths: the wording files used, in the order of their first use.
        branches: every branch of the wording files read so far, by key.
    """

    forced: Mapping[str, bool] = field(default_factory=dict)
    taken: dict[str, set[bool]] = field(default_factory=dict)
    paths: list[str] = field(default_factory=list)
    branches: dict[str, Branch] = field(default_factory=dict)

    def start(self, forced: Mapping[str, bool]) -> None:
        """Forget what was taken, and force these ways from now on."""
        self.forced, self.taken, self.paths = forced, {}, []


class Missing(Merged):
    """What stands in for a value that the sample lacks, where a branch is forced: its name."""

    __slots__ = ()

    @classmethod
    def named(cls, name: str) -> Missing:
        return cls(f"‹{name}›", name)


class TracedEnvironment(Environment):
    """The sandbox, telling `trace` which way it goes. Where a way is forced, missing values print their name.

    Templates that have been compiled stay as they are when `trace` changes.
    """

    def __init__(self, loader: jinja2.BaseLoader, first_lines: Mapping[str, int], trace: Trace) -> None:
        super().__init__(loader, first_lines)
        self.trace = trace
        self.filters.update({name: _or_missing(filter_) for name, filter_ in FILTERS.items()})
        self.filters |= {
            _WENT: self._went,
            _FORCED: self._forced,
            _WAY: self._way,
            _ROUNDS: self._rounds,
            _LISTED: self._listed,
            _NAMED: self._named,
            _USED: self._used,
        }

    def _parse(self, source: str, name: str | None, filename: str | None) -> nodes.Template:
        tree = super()._parse(source, name, filename)
        path = filename or name or ""
        version = str(PurePath(name or "").with_name(PurePath(path).stem))
        _Tracer(path, version, self.trace, self).trace(tree)
        return tree

    def getattr(self, obj: object, attribute: str) -> object:
        """Where a way is forced, the sample may lack what that way asks for: it is then left out."""
        absent = obj is None or (isinstance(obj, Record) and attribute not in obj)
        if self.trace.forced and (absent or isinstance(obj, Undefined)):
            return Undefined(name=attribute)  # unlike the sandbox's own, false and empty without complaint
        return super().getattr(obj, attribute)

    # What the tracer puts into templates

    @jinja2.pass_context  # so that Jinja never works it out once and for all
    def _went(self, context: Context, value: object, key: str, way: bool) -> object:
        self.trace.taken.setdefault(key, set()).add(way)
        return value

    @jinja2.pass_context
    def _forced(self, context: Context, key: str) -> bool:
        return key in self.trace.forced

    @jinja2.pass_context
    def _way(self, context: Context, key: str) -> bool:
        return self.trace.forced[key]

    @jinja2.pass_context
    def _rounds(self, context: Context, items: object, key: str) -> object:
        """What a forced loop goes through: what is there, and if that is nothing a value that is missing."""
        if not self.trace.forced[key]:
            return ()
        return items if isinstance(items, list | tuple) and items else (None,)

    @jinja2.pass_context
    def _listed(self, context: Context, items: object) -> object:
        return () if self.trace.forced and items is None else items

    @jinja2.pass_context
    def _named(self, context: Context, value: object, name: str) -> object:
        if self.trace.forced and (value is None or isinstance(value, Undefined)):
            return Missing.named(name)
        return value

    @jinja2.pass_context
    def _used(self, context: Context, value: str, path: str) -> str:
        if path not in self.trace.paths:
            self.trace.paths.append(path)
        return value


# Names of filters that no template can spell.
_WENT, _FORCED, _WAY, _USED = "-went", "-forced", "-way", "-used"
_ROUNDS, _LISTED, _NAMED = "-rounds", "-listed", "-named"


def _or_missing(filter_: Callable[..., Merged]) -> Callable[..., Merged]:
    def filtered(value: object, *args: str, **kwargs: str) -> Merged:
        return value if isinstance(value, Missing) else filter_(value, *args, **kwargs)

    return filtered


class _Tracer(NodeTransformer):
    """Puts the filters above around the conditions and the printed values of one template."""

    def __init__(self, path: str, version: str, trace: Trace, environment: jinja2.Environment) -> None:
        self.path, self.version, self._trace, self._environment = path, version, trace, environment
        self._counts: dict[int, int] = {}

    def trace(self, tree: nodes.Template) -> None:
        self.generic_visit(tree)
        tree.body.insert(0, _printing(_filter(nodes.Const("", lineno=1), _USED, self.path)))
        tree.set_environment(self._environment)

    def branch(self, node: nodes.Node, kind: Kind, otherwise: bool) -> str:
        line = node.lineno
        self._counts[line] = count = self._counts.get(line, 0) + 1
        key = f"{self.version}:{line}" + (f".{count}" if count > 1 else "")
        self._trace.branches[key] = Branch(key, self.path, line, kind, otherwise)
        return key

    def visit_If(self, node: nodes.If) -> nodes.Node:  # noqa: N802 - Jinja's name
        """An `if` with its `elif`s; their `else` hangs on the first of them."""
        chain = [node, *node.elif_]
        last = chain[-1]
        keys = [self.branch(one, Kind.IF, one is not last or bool(node.else_)) for one in chain]
        for one, key in zip(chain, keys, strict=True):
            one.test = _either(key, self.visit(one.test))
            one.body = [_gone(key, True, one.lineno), *map(self.visit, one.body)]
        for key, following in zip(keys, chain[1:], strict=False):
            following.test = _filter(following.test, _WENT, key, False)  # asked only where `key` did not hold
        node.else_ = [_gone(keys[-1], False, last.lineno), *map(self.visit, node.else_)]
        return node

    def visit_For(self, node: nodes.For) -> nodes.Node:  # noqa: N802 - Jinja's name
        key = self.branch(node, Kind.LOOP, bool(node.else_))
        self.generic_visit(node)
        forced = _asked(key, _FORCED, node.lineno)
        rounds, items = _filter(node.iter, _ROUNDS, key), _filter(node.iter, _LISTED)
        node.iter = nodes.CondExpr(forced, rounds, items, lineno=node.lineno)
        if node.test is not None:
            node.test = nodes.Or(_asked(key, _FORCED, node.lineno), node.test, lineno=node.lineno)
        node.body.insert(0, _gone(key, True, node.lineno))
        node.else_.insert(0, _gone(key, False, node.lineno))
        return node

    def visit_CondExpr(self, node: nodes.CondExpr) -> nodes.Node:  # noqa: N802 - Jinja's name
        key = self.branch(node, Kind.CHOICE, node.expr2 is not None)
        self.generic_visit(node)
        node.test = _either(key, node.test)
        node.expr1 = _filter(node.expr1, _WENT, key, True)
        node.expr2 = _filter(node.expr2 or nodes.Const("", lineno=node.lineno), _WENT, key, False)
        return node

    def visit_Output(self, node: nodes.Output) -> nodes.Node:  # noqa: N802 - Jinja's name
        self.generic_visit(node)
        node.nodes = [_named(child) for child in node.nodes]
        return node

    def visit_Filter(self, node: nodes.Filter) -> nodes.Node:  # noqa: N802 - Jinja's name
        self.generic_visit(node)
        if node.node is not None:
            node.node = _named(node.node)
        return node


def _filter(node: nodes.Node, name: str, *args: object) -> nodes.Filter:
    """A filter around an expression; Jinja's classes call every expression a Node."""
    line = node.lineno
    given = [nodes.Const(arg, lineno=line) for arg in args]
    return nodes.Filter(node, name, given, [], None, None, lineno=line)


def _printing(node: nodes.Expr) -> nodes.Output:
    return nodes.Output([node], lineno=node.lineno)


def _gone(key: str, way: bool, line: int) -> nodes.Output:
    return _printing(_filter(nodes.Const("", lineno=line), _WENT, key, way))


def _asked(key: str, name: str, line: int) -> nodes.Filter:
    return _filter(nodes.Const(key, lineno=line), name)


def _either(key: str, test: nodes.Node) -> nodes.CondExpr:
    """The forced way if there is one; only otherwise is the test worked out."""
    line = test.lineno
    return nodes.CondExpr(_asked(key, _FORCED, line), _asked(key, _WAY, line), test, lineno=line)


def _named(node: nodes.Expr) -> nodes.Expr:
    name = _path(node)
    return _filter(node, _NAMED, name) if name else node


def _path(node: nodes.Node) -> str:
    """`decision.refused` for a name and what is asked of it; empty for any other expression."""
    match node:
        case nodes.Name():
            return str(node.name)
        case nodes.Getattr() if before := _path(node.node):
            return f"{before}.{node.attr}"
        case _:
            return ""
