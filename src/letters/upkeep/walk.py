"""Reading every kind of letter as it could turn out, without any case: the conditions followed both ways.

In: the parsed library and one kind of letter (`names.Entry`) on one set of versions. What is seen goes into
a `Seen`: faults of names and values, what is printed where, which branches can be reached. Out: what a letter
surely says, and what it may say.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from jinja2 import nodes

from letters.document.model import Role
from letters.problems import N_, Place, Problem, Severity
from letters.upkeep.names import Entry
from letters.upkeep.parsed import Parsed, Reader, bare_name
from letters.upkeep.scope import Scope, path_of, written
from letters.upkeep.shapes import NUMBER, YES_NO, record
from letters.upkeep.values import Compared, Values
from letters.wording.library import WordingFile
from letters.wording.tokens import split_markers

_LOOP = record({"index": NUMBER, "first": YES_NO, "last": YES_NO, "length": NUMBER})
_NONE: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Said:
    """What a stretch of wording surely says, and what it may say.

    Roles are named by their value; what comes from data by its origin (`shapes.Shape.origin`).
    """

    surely: frozenset[str] = _NONE
    maybe: frozenset[str] = _NONE

    def then(self, other: Said) -> Said:
        return Said(self.surely | other.surely, self.maybe | other.maybe)

    def has(self, role: Role) -> bool:
        return role.value in self.surely


def either(ways: Sequence[Said]) -> Said:
    """One of several ways; which, nobody knows."""
    if not ways:
        return Said()
    surely = frozenset.intersection(*(way.surely for way in ways))
    return Said(surely, frozenset().union(*(way.maybe for way in ways)))


@dataclass(slots=True)
class Seen:
    """What was seen on all walks.

    Attributes:
        problems: by code, place and what they are about, each once.
        branches: id of a condition's node and the way -> whether any walk went it; `nodes` has their places.
        compared: id of a comparison's node and the text -> what was seen of it.
        uses: origin of a value -> the places that read it; `printed` those that print it.
        included: name of a wording -> the kinds of letters that can print it.
        inclusions: name of a wording -> the places that include it.
    """

    problems: dict[tuple[object, ...], Problem] = field(default_factory=dict)
    branches: dict[tuple[int, str], bool] = field(default_factory=dict)
    compared: dict[tuple[int, str], Compared] = field(default_factory=dict)
    nodes: dict[int, tuple[str, nodes.Node]] = field(default_factory=dict)
    uses: dict[str, set[tuple[str, int]]] = field(default_factory=dict)
    printed: dict[str, set[tuple[str, int]]] = field(default_factory=dict)
    included: dict[str, set[str]] = field(default_factory=dict)
    inclusions: dict[str, set[tuple[str, int]]] = field(default_factory=dict)

    def add(self, problem: Problem) -> None:
        about = tuple(str(value) for name, value in sorted(problem.args.items()) if name != "letter")
        self.problems.setdefault((problem.code, problem.place, about), problem)


class Walk:
    """One kind of letter, on one set of versions.

    Args:
        chosen: the version of each wording that applies.
    """

    def __init__(self, reader: Reader, entry: Entry, chosen: Mapping[str, WordingFile], seen: Seen) -> None:
        self.reader, self.entry, self.chosen, self.seen = reader, entry, chosen, seen
        self.stack: list[str] = []
        self.ground_said: dict[str, Said] = {}

    def run(self) -> Said:
        """What the letter says."""
        return self.file(self.entry.wording, Scope(self.entry.names), None)

    # Files

    def file(self, name: str, scope: Scope, at: tuple[Parsed, int] | None) -> Said:
        if name in self.stack:
            self.circular(name, at)
            return Said()
        version = self.chosen.get(name)
        if version is None:
            self.missing(name, at)
            return Said()
        self.seen.included.setdefault(name, set()).add(self.entry.title)
        parsed = self.reader.files[version.path]
        if parsed.tree is None:
            return Said()
        self.stack.append(name)
        said, _ = self.body(parsed, parsed.tree.body, scope)
        self.stack.pop()
        return said

    def circular(self, name: str, at: tuple[Parsed, int] | None) -> None:
        circle = " → ".join([*self.stack[self.stack.index(name) :], name])
        message, help_ = (
            N_("the wording includes itself: {circle}"),
            N_("take out the include that leads back"),
        )
        self.tell("template.circle", message, at, help_, circle=circle)

    def missing(self, name: str, at: tuple[Parsed, int] | None) -> None:
        versions = self.reader.composer.library.files.get(name)
        if versions is None:
            message = N_("there is no wording {name} in the library")
            help_ = N_(
                "name a file of the library without its ending, such as standardtekster/klagevejledning"
            )
            self.tell("template.include-missing", message, at, help_, name=name)
        elif name not in self.entry.grounds:  # a ground that came later carries no earlier letter
            first = versions[0].since.isoformat()
            message = N_(
                "{name} is included here, but it applies from {first} only, and letters before that need it"
            )
            help_ = N_(
                "add a version that applies from the beginning, or include it in a later version of this text"
            )
            self.tell("template.include-gap", message, at, help_, name=name, first=first)

    # Bodies

    def body(self, parsed: Parsed, body: Iterable[nodes.Node], scope: Scope) -> tuple[Said, Scope]:
        said = Said()
        for node in body:
            match node:
                case nodes.Output():
                    said = said.then(self.output(parsed, node, scope))
                case nodes.If():
                    ways, after = self.conditional(parsed, node, scope)
                    said, scope = said.then(ways), after
                case nodes.For():
                    said = said.then(self.loop(parsed, node, scope))
                case nodes.Assign():
                    value = self.values(parsed).shape(node.node, scope)
                    if isinstance(node.target, nodes.Name):
                        scope = scope.bind(node.target.name, value)
                case nodes.Include():
                    said = said.then(self.include(parsed, node, scope))
        return said, scope

    def output(self, parsed: Parsed, node: nodes.Output, scope: Scope) -> Said:
        said: set[str] = set()
        for child in node.nodes:
            if isinstance(child, nodes.TemplateData):
                said |= self.roles(parsed, child.data)
            else:
                said |= self.values(parsed).printed(child, scope)
                if role := self.role_at(parsed, self.reader.place(parsed.file.path, child.lineno).line or 0):
                    said.add(role)
        return Said(frozenset(said), frozenset(said))

    def roles(self, parsed: Parsed, data: str) -> set[str]:
        """The roles of the lines of a stretch of text."""
        first = self.reader.composer.library.first_lines[parsed.file.path]
        lines, numbers = split_markers(data)
        found = set()
        for line, number in zip(lines, numbers, strict=True):
            if line.strip() and number is not None and not line.startswith("# "):
                place = self.reader.place(parsed.file.path, number - first + 1)
                found.add(self.role_at(parsed, place.line or 0))
        return {role for role in found if role}

    @staticmethod
    def role_at(parsed: Parsed, line: int) -> str:
        """The role of what stands on a line of a file."""
        above = [at for at in parsed.file.roles if at <= line]
        role = parsed.file.roles[max(above)] if above else parsed.file.lead
        return role.value if role else ""

    def conditional(self, parsed: Parsed, node: nodes.If, scope: Scope) -> tuple[Said, Scope]:
        ways: list[Said] = []
        after: list[Scope] = []
        current: Scope | None = scope
        for one in (node, *node.elif_):
            if current is None:
                self.went(parsed, one, "then", False)
                continue
            values = self.values(parsed)
            values.shape(one.test, current)
            inside = values.assume(one.test, True, current)
            self.went(parsed, one, "then", inside is not None)
            if inside is not None:
                said, left = self.body(parsed, one.body, inside)
                ways.append(said)
                after.append(left)
            current = values.assume(one.test, False, current)
        self.went(parsed, node, "else", current is not None)
        if current is not None:
            said, left = self.body(parsed, node.else_, current)
            ways.append(said)
            after.append(left)
        return either(ways), self.merged(scope, after)

    @staticmethod
    def merged(before: Scope, after: Sequence[Scope]) -> Scope:
        """The variables that every way has set; what the condition settled holds no longer."""
        names = dict(before.names)
        for scope in after:
            for name, shape in scope.names.items():
                if name not in before.names and all(name in other.names for other in after):
                    names.setdefault(name, shape)
        if len(after) == 1:  # the other way cannot be
            return replace(after[0], names=names)
        return replace(before, names=names)

    def loop(self, parsed: Parsed, node: nodes.For, scope: Scope) -> Said:
        values = self.values(parsed)
        items = values.listed(node, scope)
        if items is None:
            return Said()
        path = path_of(node.iter)
        inside: Scope | None = None
        if items.item is not None:
            inside = scope.narrow(path, items.present()) if path else scope
            if isinstance(node.target, nodes.Name):
                inside = inside.bind(node.target.name, items.item)
            bound = inside
            if node.test is not None:
                values.shape(node.test, bound)
                inside = values.assume(node.test, True, bound)
            inside = inside.bind("loop", _LOOP) if inside is not None else None
        self.went(parsed, node, "then", inside is not None)
        ways = []
        if inside is not None:
            ways.append(self.body(parsed, node.body, inside)[0])
        none_left = items.can_be_false or node.test is not None
        self.went(parsed, node, "else", none_left)
        if none_left:
            without = scope.narrow(path, items.absent()) if path and node.test is None else scope
            ways.append(self.body(parsed, node.else_, without)[0])
        return either(ways)

    def went(self, parsed: Parsed, node: nodes.Node, way: str, possible: bool) -> None:
        self.seen.nodes[id(node)] = (parsed.file.path, node)
        key = (id(node), way)
        self.seen.branches[key] = self.seen.branches.get(key, False) or possible

    def include(self, parsed: Parsed, node: nodes.Include, scope: Scope) -> Said:
        at = (parsed, node.lineno)
        if isinstance(node.template, nodes.Const):
            return self.included(bare_name(str(node.template.value)), scope, at)
        shape = self.values(parsed).shape(node.template, scope)
        names = sorted(shape.values or ())
        if not names:
            self.missing(written(node.template), at)
        ways = []
        for name in names:
            inside = scope
            if isinstance(node.template, nodes.Getattr) and name in self.entry.grounds:
                owner = path_of(node.template.node)
                inside = scope.narrow(owner, self.entry.grounds[name])
            said = self.included(name, inside, at)
            if name in self.chosen:
                ways.append(said)
                self.ground_said[name] = either([said, self.ground_said.get(name, said)])
        return either(ways)

    def included(self, name: str, scope: Scope, at: tuple[Parsed, int]) -> Said:
        self.seen.inclusions.setdefault(name, set()).add((at[0].file.path, at[1]))
        return self.file(name, scope, at)

    # Telling

    def values(self, parsed: Parsed) -> Values:
        return Values(self.reader, parsed, self.telling(parsed), self.seen)

    def telling(self, parsed: Parsed) -> Callable[..., None]:
        def tell(code: str, message: str, line: int, help_: str = "", /, **args: object) -> None:
            self.tell(code, message, (parsed, line), help_, **args)

        return tell

    def tell(
        self, code: str, message: str, at: tuple[Parsed, int] | None, help_: str = "", /, **args: object
    ) -> None:
        place = self.reader.place(at[0].file.path, at[1]) if at else Place(self.reader.composer.library.root)
        args["letter"] = self.entry.title
        self.seen.add(Problem(code, Severity.ERROR, message, place, args, help_))
