"""The expressions of a wording: what they hold, what is wrong with them, and what a condition settles."""

from __future__ import annotations

import difflib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from jinja2 import nodes

from letters.problems import N_
from letters.upkeep.parsed import Parsed, Reader
from letters.upkeep.scope import Scope, path_of, written
from letters.upkeep.shapes import NUMBER, YES_NO, Kind, Shape, joined, list_of, text

if TYPE_CHECKING:
    from letters.upkeep.walk import Seen

Tell = Callable[..., None]


@dataclass(frozen=True)
class Compared:
    """A value compared with a text, and the texts that it can be in any letter."""

    path: str
    node: nodes.Node
    name: str
    value: str
    known: set[str] = field(default_factory=set)


#: Filter -> the kinds of values it takes, in words; `wording.filters` refuses all others.
_TAKES: Mapping[str, tuple[frozenset[Kind], str]] = {
    "dato": (frozenset({Kind.DATE}), N_("a date")),
    "kroner": (frozenset({Kind.NUMBER}), N_("a number")),
    "antal": (frozenset({Kind.NUMBER}), N_("a whole number")),
    "talord": (frozenset({Kind.NUMBER, Kind.LIST}), N_("a whole number")),
    "ejefald": (frozenset({Kind.TEXT}), N_("a text")),
    "stort": (frozenset({Kind.TEXT}), N_("a text")),
    "liste": (frozenset({Kind.LIST}), N_("a list with something in it")),
    "navne": (frozenset({Kind.LIST}), N_("the recipients")),
    "flertal": (frozenset({Kind.NUMBER, Kind.LIST}), N_("a number")),
}
_ARGUMENTS: Mapping[str, tuple[int, int]] = {"flertal": (2, 2), "talord": (0, 1)}
_ANY = text()


class Values:
    """Reads the expressions of one file."""

    def __init__(self, reader: Reader, parsed: Parsed, tell: Tell, seen: Seen) -> None:
        self.reader, self.parsed, self.tell, self.seen = reader, parsed, tell, seen

    # What an expression holds

    def shape(self, node: nodes.Node, scope: Scope) -> Shape:
        """What an expression holds; what is wrong with it is told."""
        match node:
            case nodes.Name() | nodes.Getattr() | nodes.Getitem():
                found = self.read(node, scope)
                if found.partial:
                    self.sometimes(node)
                return found
            case nodes.Const():
                return _constant(node.value)
            case nodes.Filter():
                return self.filtered(node, scope)
            case nodes.Test():
                return self.tested(node, scope)
            case nodes.Compare():
                return self.compared(node, scope)
            case nodes.Not():
                self.shape(node.node, scope)
                return YES_NO
            case nodes.And() | nodes.Or():
                return self.both(node, scope)
            case nodes.CondExpr():
                return self.chosen(node, scope)
            case nodes.Concat():
                for part in node.nodes:
                    self.single(part, scope)
                return _ANY
            case nodes.Add() | nodes.Sub():
                left, right = self.shape(node.left, scope), self.shape(node.right, scope)
                return left if left.kind is right.kind else _ANY
            case nodes.Neg():
                return self.shape(node.node, scope)
            case nodes.List() | nodes.Tuple():
                items = [self.shape(item, scope) for item in node.items]
                return list_of(joined(items) if items else None, empty=not items)
            case _:
                return _ANY

    def read(self, node: nodes.Node, scope: Scope) -> Shape:
        """What a name, or something asked of one, holds."""
        path = path_of(node)
        if path in scope.narrowed:
            return self.used(scope.narrowed[path], node)
        match node:
            case nodes.Name():
                if node.name not in scope.names:
                    self.undefined(node.name, node, scope.names)
                    return _ANY
                return self.used(scope.names[node.name], node)
            case nodes.Getattr():
                return self.below(self.shape(node.node, scope), str(node.attr), node)
            case nodes.Getitem(arg=nodes.Const(value=str() as name)):
                return self.below(self.shape(node.node, scope), name, node)
            case nodes.Getitem():
                return self.item(self.shape(node.node, scope), node)
            case _:
                return _ANY

    def below(self, owner: Shape, name: str, node: nodes.Node) -> Shape:
        found = owner.get(name)
        base = node.node if isinstance(node, nodes.Getattr | nodes.Getitem) else node
        if owner.optional and owner.kind is Kind.NOTHING and not owner.names:
            self.never(base)
            return _ANY
        if found is None:
            self.undefined(name, node, owner.names, owner=path_of(base))
            return _ANY
        if owner.optional:
            self.maybe_missing(base)
        return self.used(found, node)

    def item(self, owner: Shape, node: nodes.Getitem) -> Shape:
        if owner.kind is not Kind.LIST or owner.item is None:
            self.undefined(written(node.arg), node, owner.names, owner=path_of(node.node))
            return _ANY
        if owner.empty and not owner.partial:
            self.maybe_missing(node.node)
        return owner.item

    def used(self, shape: Shape, node: nodes.Node) -> Shape:
        if shape.origin:
            self.seen.uses.setdefault(shape.origin, set()).add((self.parsed.file.path, node.lineno))
        return shape

    def single(self, node: nodes.Node, scope: Scope) -> Shape:
        shape = self.shape(node, scope)
        if shape.optional:
            self.maybe_missing(node)
        return shape

    def both(self, node: nodes.And | nodes.Or, scope: Scope) -> Shape:
        """The right side is worked out only where the left one leaves it open."""
        left = self.shape(node.left, scope)
        then = self.assume(node.left, isinstance(node, nodes.And), scope)
        right = self.shape(node.right, then) if then is not None else left
        return left if left.kind is right.kind is not Kind.YES_NO else YES_NO

    def chosen(self, node: nodes.CondExpr, scope: Scope) -> Shape:
        self.shape(node.test, scope)
        ways = []
        for truth, expr in ((True, node.expr1), (False, node.expr2)):
            inside = self.assume(node.test, truth, scope)
            if expr is not None and inside is not None:
                ways.append(self.shape(expr, inside))
        return joined(ways) if ways else _ANY

    def tested(self, node: nodes.Test, scope: Scope) -> Shape:
        if node.name not in ("defined", "none"):
            self.shape(node.node, scope)
        elif node.name == "none" or not path_of(node.node):
            self.read(node.node, scope)
        elif isinstance(node.node, nodes.Getattr):
            self.shape(node.node.node, scope)
        return YES_NO

    def compared(self, node: nodes.Compare, scope: Scope) -> Shape:
        left = self.shape(node.expr, scope)
        for operand in node.ops:
            self.shape(operand.expr, scope)
            self.possible(node, operand, left, scope)
        return YES_NO

    def possible(self, node: nodes.Compare, operand: nodes.Operand, left: Shape, scope: Scope) -> None:
        """Note whether the value can ever be one of those it is compared with."""
        wanted = _wanted(operand)
        domain = self.domain(node.expr, scope)
        if wanted is None or left.kind is not Kind.TEXT or domain is None:
            return
        for value in wanted:
            key = _key(node, value)
            compared = Compared(self.parsed.file.path, node, path_of(node.expr), value)
            self.seen.compared.setdefault(key, compared).known.update(domain)

    def domain(self, node: nodes.Node, scope: Scope) -> frozenset[str] | None:
        """The texts that a value can be whatever the conditions around it say; None for any."""
        quiet = Values(self.reader, self.parsed, _say_nothing, self.seen)
        return quiet.read(node, Scope(scope.names)).values if path_of(node) else None

    # Filters

    def filtered(self, node: nodes.Filter, scope: Scope) -> Shape:
        for argument in node.args:
            self.shape(argument, scope)
        if node.node is None or node.name not in _TAKES:
            return _ANY
        value = self.shape(node.node, scope)
        if value.optional:
            self.maybe_missing(node.node)
        kinds, wants = _TAKES[node.name]
        if value.kind is Kind.NOTHING:
            return _ANY
        if value.kind not in kinds:
            message = N_("the filter |{name} wants {wants}, but it got {got}")
            help_ = N_("choose the filter that fits the value; docs/wording.md lists them")
            self.tell(
                "template.wrong-filter",
                message,
                node.lineno,
                help_,
                name=node.name,
                wants=wants,
                got=value.kind.value,
            )
        elif node.name in ("liste", "navne") and value.empty and not value.partial:
            message = N_("the list {name} may be empty, and |{filter} wants something in it")
            help_ = N_("put it inside {{% if {name} %}}")
            self.tell(
                "template.maybe-empty", message, node.lineno, help_, name=written(node.node), filter=node.name
            )
        least, most = _ARGUMENTS.get(node.name, (0, 0))
        if not least <= len(node.args) <= most:
            message = N_("the filter |{name} takes {least} to {most} words in its parentheses, not {count}")
            self.tell(
                "template.filter-words",
                message,
                node.lineno,
                name=node.name,
                least=least,
                most=most,
                count=len(node.args),
            )
        return replace(_ANY, origin=value.origin)

    # Printing

    def printed(self, node: nodes.Node, scope: Scope) -> set[str]:
        """The origins of what is printed."""
        shape = self.shape(node, scope)
        self.note_printed(node, scope)
        if shape.kind is Kind.NOTHING:
            self.never(node)
        elif shape.optional:
            message = N_("the case may leave {name} out, and the wording prints it")
            help_ = N_("put it inside {{% if {name} %}}, or make the field required")
            self.tell("template.empty-value", message, node.lineno, help_, name=written(node))
        elif shape.kind not in (Kind.TEXT, Kind.PROSE):
            message = N_("{what} is printed without a filter")
            help_ = N_("add |dato to a date, |antal to a number, |kroner to an amount")
            self.tell("template.not-text", message, node.lineno, help_, what=shape.kind.value)
        return {shape.origin} - {""}

    def note_printed(self, node: nodes.Node, scope: Scope) -> None:
        """Every origin that an expression prints something of."""
        quiet = Values(self.reader, self.parsed, _say_nothing, self.seen)
        for one in (node, *node.find_all((nodes.Name, nodes.Getattr, nodes.Getitem))):
            if path_of(one) and (origin := quiet.shape(one, scope).origin):
                self.seen.printed.setdefault(origin, set()).add((self.parsed.file.path, node.lineno))

    def listed(self, node: nodes.For, scope: Scope) -> Shape | None:
        """What a loop runs over; None, and told, when that is no list."""
        shape = self.shape(node.iter, scope)
        if shape.kind is Kind.NOTHING or shape.optional:
            self.maybe_missing(node.iter)
        if shape.kind is Kind.LIST:
            return shape
        if shape.kind is not Kind.NOTHING and path_of(node.iter) and shape is not _ANY:
            message = N_("the loop wants a list, but it got {got}")
            help_ = N_("docs/wording.md and the case type's fields say which names are lists")
            self.tell("template.not-a-list", message, node.lineno, help_, got=shape.kind.value)
        return None

    # Conditions

    def assume(self, node: nodes.Node, truth: bool, scope: Scope) -> Scope | None:
        """What is known where a condition came out so; None when it cannot."""
        quiet = Values(self.reader, self.parsed, _say_nothing, self.seen)
        return quiet.settled(node, truth, scope)

    def settled(self, node: nodes.Node, truth: bool, scope: Scope) -> Scope | None:
        match node:
            case nodes.Not():
                return self.settled(node.node, not truth, scope)
            case nodes.And() | nodes.Or():
                found = self.joint(node, truth, scope)
            case nodes.Const():
                return scope if bool(node.value) is truth else None
            case nodes.Compare() if len(node.ops) == 1:
                found = self.equal(node, truth, scope)
            case nodes.Test():
                found = self.settled_test(node, truth, scope)
            case nodes.Name() | nodes.Getattr() | nodes.Getitem():
                found = self.present(node, truth, scope)
            case _:
                found = scope
        fact = written(node)
        if found is None or scope.facts.get(fact, truth) is not truth:
            return None
        return found.settle(fact, truth)

    def joint(self, node: nodes.And | nodes.Or, truth: bool, scope: Scope) -> Scope | None:
        if isinstance(node, nodes.And) is truth:  # both sides come out so
            left = self.settled(node.left, truth, scope)
            return self.settled(node.right, truth, left) if left is not None else None
        left = self.settled(node.left, truth, scope)
        other = self.settled(node.left, not truth, scope)
        right = self.settled(node.right, truth, other) if other is not None else None
        if left is not None and right is not None:
            return scope
        return left if left is not None else right

    def present(self, node: nodes.Node, truth: bool, scope: Scope) -> Scope | None:
        shape = self.read(node, scope)
        if not (shape.can_be_true if truth else shape.can_be_false):
            return None
        path = path_of(node)
        return scope.narrow(path, shape.present() if truth else shape.absent()) if path else scope

    def settled_test(self, node: nodes.Test, truth: bool, scope: Scope) -> Scope | None:
        path = path_of(node.node)
        if node.name == "defined" and path:
            shape = self.there(node.node, scope)
            if shape is None or (not shape.partial and not truth):
                return None if (shape is None) is truth or shape is not None else scope
            return scope.narrow(path, replace(shape, partial=False)) if truth else scope
        if node.name == "none" and path:
            shape = self.read(node.node, scope)
            if truth:
                return scope.narrow(path, replace(shape, kind=Kind.NOTHING)) if shape.optional else None
            if shape.kind is Kind.NOTHING:
                return None
            return scope.narrow(path, replace(shape, optional=False))
        return scope

    def there(self, node: nodes.Node, scope: Scope) -> Shape | None:
        """What a path holds; None when there is no such name."""
        if (path := path_of(node)) in scope.narrowed:
            return scope.narrowed[path]
        if isinstance(node, nodes.Name):
            return scope.names.get(node.name)
        if isinstance(node, nodes.Getattr):
            owner = self.there(node.node, scope)
            if owner is not None and owner.open and node.attr not in owner.names:
                return replace(_ANY, partial=True)
            return owner.get(node.attr) if owner is not None else None
        return self.read(node, scope)

    def equal(self, node: nodes.Compare, truth: bool, scope: Scope) -> Scope | None:
        """A text compared with constants."""
        operand = node.ops[0]
        wanted = _wanted(operand)
        path = path_of(node.expr)
        if wanted is None or not path:
            return scope
        shape = self.read(node.expr, scope)
        if shape.values is None or shape.kind is not Kind.TEXT:
            return scope
        holds = truth if operand.op in ("eq", "in") else not truth
        left = shape.values & wanted if holds else shape.values - wanted
        if not left and not (shape.optional and not holds):
            return None
        narrowed = scope.narrow(path, replace(shape, values=left))
        if isinstance(node.expr, nodes.Getattr) and (owner := path_of(node.expr.node)):
            kept = self.read(node.expr.node, scope).narrowed(node.expr.attr, left)
            if kept is None:
                return None
            narrowed = narrowed.narrow(owner, kept)
        return narrowed

    # Telling

    def undefined(self, name: str, node: nodes.Node, known: object, owner: str = "") -> None:
        names = sorted(str(one) for one in known) if hasattr(known, "__iter__") else []
        near = difflib.get_close_matches(name, names, n=1)
        if near:
            help_ = N_("did you mean {near}?")
        elif owner and names:
            help_ = N_("known here: {known}")
        else:
            help_ = N_("docs/wording.md and the case type's fields list the names")
        message = N_("there is no value named {name} in the letter {letter}")
        whole = f"{owner}.{name}" if owner else name
        self.tell(
            "template.undefined",
            message,
            node.lineno,
            help_,
            name=whole,
            near="".join(near),
            known=", ".join(names),
        )

    def sometimes(self, node: nodes.Node) -> None:
        message = N_("{name} is there in some cases only, and is used without asking")
        help_ = N_("put it inside {{% if {name} is defined %}}, or give it to all of them")
        self.tell("template.sometimes-undefined", message, node.lineno, help_, name=path_of(node))

    def maybe_missing(self, node: nodes.Node) -> None:
        message = N_("the case may leave {name} out, and the wording asks for something of it")
        help_ = N_("put it inside {{% if {name} %}}")
        self.tell("template.maybe-missing", message, node.lineno, help_, name=written(node))

    def never(self, node: nodes.Node) -> None:
        message = N_("{name} is always left out in the letter {letter}, and is used without asking")
        help_ = N_("put it inside {{% if {name} %}}")
        self.tell("template.always-missing", message, node.lineno, help_, name=written(node))


def _say_nothing(*_args: object, **_kwargs: object) -> None:
    """For what has been told already."""


def _constant(value: object) -> Shape:
    match value:
        case str():
            return text(value)
        case bool():
            return YES_NO
        case int():
            return NUMBER
        case _:
            return Shape(Kind.NOTHING, optional=True)


def _wanted(operand: nodes.Operand) -> frozenset[str] | None:
    """The texts that something is compared with; None when they are no constants."""
    match operand.expr:
        case nodes.Const(value=str() as one) if operand.op in ("eq", "ne"):
            return frozenset({one})
        case nodes.List() | nodes.Tuple() if operand.op in ("in", "notin"):
            items = operand.expr.items
            if all(isinstance(item, nodes.Const) and isinstance(item.value, str) for item in items):
                return frozenset(item.value for item in items if isinstance(item, nodes.Const))
    return None


def _key(node: nodes.Node, value: str) -> tuple[int, str]:
    return id(node), value
