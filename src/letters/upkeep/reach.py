"""Texts, branches and comparisons that no letter can ever come to."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Iterator, Sequence

from jinja2 import nodes

from letters.problems import N_, Place, Problem, Severity
from letters.upkeep.parsed import Parsed, Reader, bare_name
from letters.upkeep.scope import written
from letters.upkeep.walk import Seen
from letters.wording.tokens import split_markers


def reach_problems(reader: Reader, seen: Seen) -> Iterator[Problem]:
    """What is written in vain.

    Args:
        seen: of walks over every kind of letter on every set of versions.
    """
    impossible = list(_impossible(reader, seen))
    yield from impossible
    told = {(problem.place.file, problem.place.line) for problem in impossible}
    for problem in _unreachable(reader, seen):
        if (problem.place.file, problem.place.line) not in told:
            yield problem
    if not reader.is_broken:
        yield from _unused_texts(reader, seen)
    for parsed in reader.files.values():
        if parsed.tree is not None:
            yield from _constant(reader, parsed, parsed.tree)
            yield from _repeated(reader, parsed, parsed.tree.body, frozenset())
            yield from _unused_variables(reader, parsed, parsed.tree)


def _problem(code: str, message: str, place: Place, help: str, **args: object) -> Problem:
    return Problem(code, Severity.ERROR, message, place, args, help)


def _impossible(reader: Reader, seen: Seen) -> Iterator[Problem]:
    for one in seen.compared.values():
        if one.value in one.known:
            continue
        near = difflib.get_close_matches(one.value, sorted(one.known), n=1)
        yield _problem(
            "template.impossible-value",
            N_("{name} is never “{value}”, in no letter"),
            reader.place(one.path, one.node.lineno),
            N_("did you mean {near}?") if near else N_("it can be: {known}"),
            name=one.name,
            value=one.value,
            near="".join(near),
            known=", ".join(sorted(one.known)),
        )


def _unreachable(reader: Reader, seen: Seen) -> Iterator[Problem]:
    for (key, way), went in seen.branches.items():
        path, node = seen.nodes[key]
        body = _body(node, way)
        if went or not _says_something(body):
            continue
        test = node.test if isinstance(node, nodes.If | nodes.For) else None
        condition = (
            written(test) if test is not None else written(node.iter) if isinstance(node, nodes.For) else ""
        )
        first = next((one.lineno for one in body if _says_something([one])), node.lineno)
        yield _problem(
            "template.unreachable",
            N_("this is printed in no letter: {condition} always holds by then")
            if way == "else"
            else N_("this is printed in no letter: {condition} can never hold here"),
            reader.place(path, node.lineno if way == "then" else first),
            N_("take it out, or correct the condition"),
            condition=condition,
        )


def _body(node: nodes.Node, way: str) -> Sequence[nodes.Node]:
    if isinstance(node, nodes.If | nodes.For):
        return node.body if way == "then" else node.else_
    return ()


def _says_something(body: Iterable[nodes.Node]) -> bool:
    for node in body:
        match node:
            case nodes.Include():
                return True
            case nodes.Output():
                for child in node.nodes:
                    if (
                        not isinstance(child, nodes.TemplateData)
                        or "".join(split_markers(child.data)[0]).strip()
                    ):
                        return True
            case nodes.If():
                if any(_says_something(part) for part in (node.body, node.else_, node.elif_)):
                    return True
            case nodes.For():
                if _says_something(node.body) or _says_something(node.else_):
                    return True
    return False


def _unused_texts(reader: Reader, seen: Seen) -> Iterator[Problem]:
    for name, versions in reader.composer.library.files.items():
        if name not in seen.included:
            yield _problem(
                "template.unused",
                N_("no letter prints this text"),
                Place(versions[-1].path),
                N_("include it, name it in sagstype.yaml, or take it away if no case file in use needs it"),
                name=name,
            )


def _constant(reader: Reader, parsed: Parsed, tree: nodes.Template) -> Iterator[Problem]:
    """Conditions that ask nothing."""
    for node in tree.find_all((nodes.If, nodes.CondExpr)):
        test = node.test if isinstance(node, nodes.If | nodes.CondExpr) else node
        names = [one for one in (test, *test.find_all(nodes.Name)) if isinstance(one, nodes.Name)]
        if not names:
            yield _problem(
                "template.constant-condition",
                N_("the condition {condition} asks nothing: it always comes out the same"),
                reader.place(parsed.file.path, node.lineno),
                N_("take the condition out, or ask for a field of the case"),
                condition=written(test),
            )


def _repeated(
    reader: Reader, parsed: Parsed, body: Iterable[nodes.Node], asked: frozenset[str]
) -> Iterator[Problem]:
    """The same condition inside itself."""
    for node in body:
        if isinstance(node, nodes.If):
            for one in (node, *node.elif_):
                test = written(one.test)
                if test in asked:
                    yield _problem(
                        "template.same-test",
                        N_("the condition {condition} is asked again inside itself"),
                        reader.place(parsed.file.path, one.lineno),
                        N_("take the inner condition out, or ask what was meant"),
                        condition=test,
                    )
                yield from _repeated(reader, parsed, one.body, asked | {test})
            yield from _repeated(reader, parsed, node.else_, asked)
        elif isinstance(node, nodes.For):
            bound = {"loop", *(one.name for one in node.target.find_all(nodes.Name)), *_name(node.target)}
            outside = frozenset(test for test in asked if not any(name in test for name in bound))
            yield from _repeated(reader, parsed, node.body, outside)
            yield from _repeated(reader, parsed, node.else_, asked)


def _name(node: nodes.Node) -> tuple[str, ...]:
    return (node.name,) if isinstance(node, nodes.Name) else ()


def _unused_variables(reader: Reader, parsed: Parsed, tree: nodes.Template) -> Iterator[Problem]:
    used = {one.name for one in tree.find_all(nodes.Name) if one.ctx == "load"}
    for include in tree.find_all(nodes.Include):
        used |= _names_in_included(reader, include)
    for node in tree.find_all(nodes.Assign):
        if isinstance(node.target, nodes.Name) and node.target.name not in used:
            yield _problem(
                "template.unused-name",
                N_("{name} is set here and used nowhere"),
                reader.place(parsed.file.path, node.lineno),
                N_("take the line out, or use the name"),
                name=node.target.name,
            )


def _names_in_included(reader: Reader, include: nodes.Include) -> set[str]:
    """The names that an included file uses; what is set before it is seen there."""
    name = include.template.value if isinstance(include.template, nodes.Const) else None
    files = reader.composer.library.files.get(bare_name(str(name)), ())
    trees = [reader.files[file.path].tree for file in files]
    return {one.name for tree in trees if tree is not None for one in tree.find_all(nodes.Name)}
