"""Jinja, locked up: the closed set of tags, strict names, no calls, no Python behind a value.

In: the body of a wording file and a context of `values`. Out: Markdown in which each value is one private-use
character and each line carries the place it came from (`tokens`).
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Iterator, Mapping

import jinja2
from jinja2 import nodes
from jinja2.exceptions import SecurityError
from jinja2.ext import Extension
from jinja2.lexer import Token, TokenStream
from jinja2.runtime import Context, LoopContext, Undefined
from jinja2.sandbox import ImmutableSandboxedEnvironment

from letters.problems import N_, Place, Problem, Severity
from letters.wording.filters import FILTERS, FilterError, kind
from letters.wording.tokens import TooManyValues, Values, line_marker
from letters.wording.values import Prose, Record, Term

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
# Characters of Markdown in one letter; a letter of fifty pages has a tenth of it.
_MAX_LENGTH = 2_000_000
# Where the letter's values travel in the context; no template can spell this name.
_VALUES = "-values"


class NotText(Exception):
    """A value that is not text was printed without a filter; the text says what it was."""


class _Undefined(jinja2.StrictUndefined):
    """Strict, and able to say what was asked for and which names there are."""

    __slots__ = ()

    @property
    def asked(self) -> str:
        return str(self._undefined_name)

    @property
    def known(self) -> tuple[str, ...]:
        owner = self._undefined_obj
        return tuple(owner) if isinstance(owner, Record) else ()

    @property
    def _undefined_message(self) -> str:
        return self.asked


@jinja2.pass_context
def _finalize(context: Context, value: object) -> str:
    if isinstance(value, Undefined):
        value._fail_with_undefined_error()
    if not isinstance(value, str | Prose):
        raise NotText(kind(value))
    values: Values = context[_VALUES]
    # An empty library text prints nothing; a case field is never empty.
    return values.put(value) if not isinstance(value, str) or value else ""


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
        self.tests = {name: test for name, test in self.tests.items() if name in _TESTS}

    def _parse(self, source: str, name: str | None, filename: str | None) -> nodes.Template:
        tree = super()._parse(source, name, filename)
        for node in _all_nodes(tree):
            if isinstance(node, nodes.Name) and node.name in _MAGIC:
                raise jinja2.TemplateSyntaxError(node.name, node.lineno, name, filename)
            if not isinstance(node, _ALLOWED_NODES):
                raise jinja2.TemplateSyntaxError(type(node).__name__.lower(), node.lineno, name, filename)
        return tree

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


def _all_nodes(node: nodes.Node) -> Iterator[nodes.Node]:
    yield node
    for child in node.iter_child_nodes():
        yield from _all_nodes(child)


def render(env: Environment, name: str, context: Mapping[str, object], values: Values) -> str:
    """Fill the wording `name`.

    Returns:
        Markdown with value characters and line markers.
    Raises:
        TemplateFault: for whatever the template does wrong, at its own line.
    """
    try:
        template = env.get_template(name)
        pieces: list[str] = []
        length = 0
        for piece in template.generate({**context, _VALUES: values}):
            pieces.append(piece)
            length += len(piece)
            if length > _MAX_LENGTH:
                raise TooManyValues
        return "".join(pieces)
    except (jinja2.TemplateError, FilterError, NotText, TooManyValues, TypeError, RecursionError) as error:
        raise TemplateFault.of(env, name, error, context) from None


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
        code, message, args, help_ = _explain(error, context)
        return cls(file, line, Problem(code, Severity.FATAL, message, Place(file, line), args, help_))


def _where(env: Environment, name: str, error: Exception) -> tuple[str, int]:
    if isinstance(error, jinja2.TemplateSyntaxError):
        return error.filename or error.name or name, error.lineno
    place = (name, 1)
    traceback = error.__traceback__
    while traceback is not None:
        if traceback.tb_frame.f_code.co_filename in env.first_lines:
            place = (traceback.tb_frame.f_code.co_filename, traceback.tb_lineno)
        traceback = traceback.tb_next
    return place


_Explained = tuple[str, str, dict[str, object], str]


def _explain(error: Exception, context: Mapping[str, object]) -> _Explained:
    match error:
        case jinja2.TemplateSyntaxError():
            return _syntax(error)
        case jinja2.UndefinedError():
            return _undefined(error, context)
        case jinja2.TemplateNotFound():
            return (
                "template.include-missing",
                N_("there is no wording {name} in the library"),
                {"name": str(error)},
                N_("name a file of the library without its ending, such as standardtekster/klagevejledning"),
            )
        case FilterError():
            return (
                "template.wrong-filter",
                N_("the filter |{name} wants {wants}, but it got {got}"),
                {"name": error.name, "wants": error.wants, "got": error.got},
                N_("choose the filter that fits the value; docs/wording.md lists them"),
            )
        case NotText():
            return _not_text(str(error))
        case TooManyValues() | RecursionError():
            return (
                "template.too-long",
                N_("the wording does not come to an end"),
                {},
                N_("look for a loop inside a loop, or a file that includes itself"),
            )
        case SecurityError():
            return (
                "template.forbidden",
                N_("the wording calls something: {what}"),
                {"what": str(error)},
                N_("a wording prints values through filters; it cannot call functions"),
            )
        case _:
            return (
                "template.wrong-values",
                N_("the wording cannot be worked out here: {what}"),
                {"what": str(error)},
                N_("compare like with like: texts with texts, dates with dates"),
            )


def _syntax(error: jinja2.TemplateSyntaxError) -> _Explained:
    what = error.message or ""
    if what.isidentifier():
        return (
            "template.forbidden",
            N_("the wording language has no {what}"),
            {"what": what},
            N_("the tags are if, for, set and include; docs/wording.md describes them"),
        )
    return (
        "template.syntax",
        N_("the Jinja here cannot be read: {what}"),
        {"what": what},
        N_("check that each {{{{ has its }}}} and each {{% if %}} its {{% endif %}}"),
    )


def _not_text(what: str) -> _Explained:
    code, message = "template.not-text", N_("{what} is printed without a filter")
    if what == "nothing":
        return (
            "template.empty-value",
            N_("the case leaves this value out, and the wording prints it"),
            {},
            N_("put it inside {{% if ... %}}, or ask for it in the case type's fields"),
        )
    return code, message, {"what": what}, N_("add |dato to a date, |antal to a number, |kroner to an amount")


def _undefined(error: jinja2.UndefinedError, context: Mapping[str, object]) -> _Explained:
    asked = str(error.message)
    name = asked.rsplit(" ", 1)[-1].strip("'\"")
    near = difflib.get_close_matches(name, [*context], n=1)
    help_ = (
        N_("did you mean {near}?")
        if near
        else N_("docs/wording.md and the case type's fields list the names")
    )
    return (
        "template.undefined",
        N_("there is no value named {name}"),
        {"name": name, "near": near[0] if near else ""},
        help_,
    )
