"""What a template did wrong, in words that its author understands: never Jinja's own traceback."""

from __future__ import annotations

from collections.abc import Mapping

import jinja2
from jinja2.exceptions import SecurityError

from letters.problems import N_
from letters.wording.filters import FilterError
from letters.wording.tokens import TooManyValues


class NotText(Exception):
    """A value that is not text was printed without a filter; the text says what it was."""


class RefusedCharacters(Exception):
    """A character that a letter never holds; the text names it."""


class ForbiddenTag(jinja2.TemplateSyntaxError):
    """A construct of Jinja that the wording language does not have; the message is its name."""


class TooDeep(jinja2.TemplateSyntaxError):
    """Tags or expressions that lie too deep in each other."""


class NotSingle(Exception):
    """A list where a single value is compared."""


class NotAList(Exception):
    """Something else where a loop wants a list; the text says what it was."""


_Explained = tuple[str, str, dict[str, object], str]


def explain(error: Exception, context: Mapping[str, object]) -> _Explained:
    """Code, message, arguments and help for an error of a template.

    Args:
        context: the names that the template could use.
    """
    match error:
        case ForbiddenTag():
            return _forbidden(error.message or "")
        case TooDeep():
            return _too_deep()
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
        case NotAList():
            return (
                "template.not-a-list",
                N_("the loop wants a list, but it got {got}"),
                {"got": str(error)},
                N_("docs/wording.md and the case type's fields say which names are lists"),
            )
        case NotSingle():
            return (
                "template.wrong-values",
                N_("a list is compared here"),
                {},
                N_("compare single values; {{% if list %}} asks whether there is anything in it"),
            )
        case RefusedCharacters():
            return (
                "template.character",
                N_("the wording prints the character {character}, which a letter never holds"),
                {"character": str(error)},
                N_("write the text outside of the tag"),
            )
        case RecursionError() if parser_place(error):
            return _too_deep()
        case TooManyValues() | RecursionError() | MemoryError():
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


def _forbidden(what: str) -> _Explained:
    return (
        "template.forbidden",
        N_("the wording language has no {what}"),
        {"what": what},
        N_("the tags are if, for, set and include; docs/wording.md describes them"),
    )


def _too_deep() -> _Explained:
    return (
        "template.too-deep",
        N_("the tags lie too deep in each other here"),
        {},
        N_("divide the wording, or move a part of it to a clause of its own"),
    )


def _syntax(error: jinja2.TemplateSyntaxError) -> _Explained:
    return (
        "template.syntax",
        N_("the Jinja here cannot be read: {what}"),
        {"what": error.message or ""},
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
    import difflib  # only a slip needs it

    name, *known = str(error.message).split("\n")
    near = difflib.get_close_matches(name, known or [*context], n=1)
    if near:
        help_ = N_("did you mean {near}?")
    elif known:
        help_ = N_("known here: {known}")
    else:
        help_ = N_("docs/wording.md and the case type's fields list the names")
    args: dict[str, object] = {"name": name, "near": "".join(near), "known": ", ".join(sorted(known))}
    return "template.undefined", N_("there is no value named {name}"), args, help_


def parser_place(error: BaseException) -> tuple[str, int] | None:
    """File and line at which Jinja's own parser gave up with an error that knows no line."""
    traceback, place = error.__traceback__, None
    while traceback is not None:
        owner = traceback.tb_frame.f_locals.get("self")
        if isinstance(owner, jinja2.parser.Parser):
            place = (owner.filename or owner.name or "", owner.stream.current.lineno)
        elif traceback.tb_frame.f_code is jinja2.lexer.Lexer.wrap.__code__:
            names = traceback.tb_frame.f_locals
            place = (names.get("filename") or names.get("name") or "", names["lineno"])
        traceback = traceback.tb_next
    return place
