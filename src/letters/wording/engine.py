"""Jinja, locked up: the closed set of tags, strict names, no calls, no Python behind a value.

In: the body of a wording file and a context of `values`. Out: Markdown in which each value is one private-use
character and each line carries the place it came from (`tokens`).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import jinja2
from jinja2 import nodes
from jinja2.ext import Extension
from jinja2.lexer import Token, TokenStream
from jinja2.runtime import Context, LoopContext, Undefined
from jinja2.sandbox import ImmutableSandboxedEnvironment

from letters.danish.characters import refused_characters
from letters.problems import Place, Problem, Severity
from letters.wording.circles import find_circle
from letters.wording.explain import (
    NotAList,
    NotSingle,
    NotText,
    RefusedCharacters,
    explain,
    parser_place,
)
from letters.wording.filters import FILTERS, FilterError, kind
from letters.wording.limits import (
    METERS,
    VALUES,
    check_tree,
    metered,
)
from letters.wording.tokens import MAX_LENGTH, TooManyValues, Values, line_marker
from letters.wording.values import Prose, Record, Term, field_of

_ALLOWED_NODES = (
    nodes.Template,
    nodes.Output,
    nodes.TemplateData,
    nodes.If,
    nodes.For,
    nodes.Assign,
    nodes.Include,
    nodes.Name,
    nodes.Const,
    nodes.List,
    nodes.Tuple,
    nodes.CondExpr,
    nodes.Filter,
    nodes.Getattr,
    nodes.Getitem,
    nodes.Compare,
    nodes.Operand,
    nodes.And,
    nodes.Or,
    nodes.Not,
    nodes.Add,
    nodes.Sub,
    nodes.Concat,
    nodes.Neg,
    nodes.Test,
)
_TESTS = frozenset({"defined", "none", "in", "eq", "ne", "lt", "le", "gt", "ge"})
# Names that Jinja itself fills in, with objects of its own.
_MAGIC = frozenset({"self", "super", "caller", "varargs", "kwargs"})
_LOOP_NAMES = frozenset({"index", "first", "last", "length"})
# What of Python's own a wording can run into; whatever it is, the wording's author made it.
_RAISED = (
    *(jinja2.TemplateError, FilterError, NotText, NotAList, NotSingle, TooManyValues, RefusedCharacters),
    *(TypeError, ValueError, ArithmeticError, LookupError, NameError, AttributeError),
    *(RecursionError, MemoryError, SyntaxError),
)


class _Undefined(jinja2.StrictUndefined):
    """Strict; its message is what was asked for and, a line each, the names there are beside it."""

    __slots__ = ()

    @property
    def _undefined_message(self) -> str:
        owner = self._undefined_obj
        return "\n".join([str(self._undefined_name), *(owner if isinstance(owner, Record) else ())])


@jinja2.pass_context
def _finalize(context: Context, value: object) -> str:
    if isinstance(value, Undefined):
        value._fail_with_undefined_error()
    if not isinstance(value, str | Prose):
        raise NotText(kind(value))
    values: Values = context[VALUES]
    if isinstance(value, Prose):
        return values.put(value, value.length)
    if field_of(value) is None and (found := refused_characters(value)):
        raise RefusedCharacters(f"{found[0].code} {found[0].name}")
    # An empty library text prints nothing; a case field is never empty.
    return values.put(value, len(value)) if value else ""


class _LineMarkers(Extension):
    """Put the library's line number at the end of each stretch of template text."""

    def filter_stream(self, stream: TokenStream) -> Iterable[Token]:
        first = self.environment.first_lines.get(stream.filename)  # type: ignore[attr-defined]
        for token in stream:
            yield token if token.type != "data" or first is None else _marked(token, first)


def _marked(token: Token, first: int) -> Token:
    lines = token.value.split("\n")
    marked = [
        line + line_marker(first + token.lineno - 1 + offset) if line or offset < len(lines) - 1 else line
        for offset, line in enumerate(lines)
    ]
    return Token(token.lineno, token.type, "\n".join(marked))


class Environment(ImmutableSandboxedEnvironment):
    """The sandbox. `first_lines`: file -> the library's number of the source's first line (`tokens`)."""

    def __init__(self, loader: jinja2.BaseLoader, first_lines: Mapping[str, int]) -> None:
        self.first_lines = first_lines
        super().__init__(
            loader=loader,
            undefined=_Undefined,
            finalize=_finalize,
            trim_blocks=True,
            lstrip_blocks=True,
            keep_trailing_newline=True,
            autoescape=False,
            extensions=[_LineMarkers],
            cache_size=400,
        )
        self.globals.clear()
        self.filters.clear()
        self.filters.update(FILTERS)
        self.filters.update(METERS)
        self.tests = {name: test for name, test in self.tests.items() if name in _TESTS}

    def _parse(self, source: str, name: str | None, filename: str | None) -> nodes.Template:
        tree = super()._parse(source, name, filename)
        check_tree(tree, _ALLOWED_NODES, _MAGIC, filename)
        return tree

    def _generate(
        self, source: nodes.Template, name: str | None, filename: str | None, defer_init: bool = False
    ) -> str:
        return super()._generate(metered(source, self), name, filename, defer_init)

    def is_safe_callable(self, obj: object) -> bool:
        return False

    def getattr(self, obj: object, attribute: str) -> object:
        if isinstance(obj, Undefined):
            obj._fail_with_undefined_error()
        if isinstance(obj, Term) and attribute in obj.forms:
            return obj.forms[attribute]
        if isinstance(obj, Record) and attribute in obj:
            return obj[attribute]
        if isinstance(obj, LoopContext) and attribute in _LOOP_NAMES:
            return getattr(obj, attribute)
        return self.undefined(obj=obj, name=attribute)

    def getitem(self, obj: object, argument: object) -> object:
        if isinstance(obj, list | tuple) and isinstance(argument, int):
            try:
                return obj[argument]
            except IndexError:
                return self.undefined(obj=obj, name=str(argument))
        return self.getattr(obj, str(argument))


def render(env: Environment, name: str, context: Mapping[str, object], values: Values) -> str:
    """Fill the wording `name`.

    Returns:
        Markdown with value characters and line markers.
    Raises:
        TemplateFault: for whatever the template does wrong, at its own line.
    """
    path = ""
    try:
        template = env.get_template(name)
        path = template.filename or ""
        pieces: list[str] = []
        length = 0
        for piece in template.generate({**context, VALUES: values}):
            pieces.append(piece)
            length += len(piece)
            if length > MAX_LENGTH:
                raise TooManyValues
        return "".join(pieces)
    except _RAISED as error:
        if isinstance(error, TooManyValues | RecursionError) and (circle := find_circle(env, name)):
            raise TemplateFault(circle.place.file, circle.place.line or 1, circle) from None
        raise TemplateFault.of(env, path or name, error, context) from None


class TemplateFault(Exception):
    """What a template did wrong: a file of the library, a line of its body (1-based) and a problem there."""

    def __init__(self, file: str, body_line: int, problem: Problem) -> None:
        self.file, self.body_line, self.problem = file, body_line, problem
        super().__init__(problem.code)

    @classmethod
    def of(
        cls, env: Environment, name: str, error: Exception, context: Mapping[str, object]
    ) -> TemplateFault:
        file, line = _where(env, name, error)
        code, message, args, help_ = explain(error, context)
        return cls(file, line, Problem(code, Severity.FATAL, message, Place(file, line), args, help_))


def _where(env: Environment, name: str, error: Exception) -> tuple[str, int]:
    if isinstance(error, jinja2.TemplateSyntaxError):
        return error.filename or error.name or name, error.lineno
    place = parser_place(error) or (name, 1)
    traceback = error.__traceback__
    while traceback is not None:
        if traceback.tb_frame.f_code.co_filename in env.first_lines:
            place = (traceback.tb_frame.f_code.co_filename, traceback.tb_lineno)
        traceback = traceback.tb_next
    return place
