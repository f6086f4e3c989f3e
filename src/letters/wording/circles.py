"""A wording that includes itself, directly or through others: the reason when one does not come to an end."""

from __future__ import annotations

from collections.abc import Iterator

import jinja2
from jinja2 import nodes

from letters.problems import N_, Place, Problem, Severity


def find_circle(env: jinja2.Environment, name: str) -> Problem | None:
    """The include that closes a circle below a wording, its line one of the body; None when none does.

    Includes whose name is worked out are passed over.
    """
    return _search(env, name.removesuffix(".md"), (), set())


def _search(env: jinja2.Environment, name: str, above: tuple[str, ...], done: set[str]) -> Problem | None:
    if name in done:
        return None
    done.add(name)
    path = (*above, name)
    file, includes = _includes(env, name)
    for line, inner in includes:
        if inner in path:
            return _circle(file, line, (*path[path.index(inner) :], inner))
        if found := _search(env, inner, path, done):
            return found
    return None


def _includes(env: jinja2.Environment, name: str) -> tuple[str, list[tuple[int, str]]]:
    if env.loader is None:
        return name, []
    try:
        source, file, _ = env.loader.get_source(env, name)
        tree = env.parse(source, name, file)
    except (jinja2.TemplateError, RecursionError):
        return name, []  # its own fault is told when it is included
    return file or name, list(_named(tree))


def _named(tree: nodes.Template) -> Iterator[tuple[int, str]]:
    for node in tree.find_all(nodes.Include):
        if isinstance(node.template, nodes.Const) and isinstance(node.template.value, str):
            yield node.lineno, node.template.value.removesuffix(".md")


def _circle(file: str, line: int, names: tuple[str, ...]) -> Problem:
    return Problem(
        "template.circle",
        Severity.FATAL,
        N_("the wording includes itself: {circle}"),
        Place(file, line),
        {"circle": " → ".join(names)},
        N_("take out the include that leads back"),
    )
