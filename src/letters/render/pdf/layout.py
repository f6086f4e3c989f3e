"""letterhead.html: a Jinja file of slots that becomes well-formed XHTML.

The file knows `slots` (see `letters.document.model.Slots`), `body` (the letter's text, ready XHTML),
`page_label` (what stands before, between and after the two page numbers), `logo` (a file name) and the filter
`narrow` for the right-hand column. Nothing else is defined, and an unknown name is an error.
"""

from __future__ import annotations

import re
from pathlib import Path
from xml.etree import ElementTree

from jinja2 import StrictUndefined, TemplateSyntaxError, UndefinedError
from jinja2 import TemplateError as JinjaError
from jinja2.exceptions import SecurityError
from jinja2.sandbox import ImmutableSandboxedEnvironment
from markupsafe import Markup

from letters.document.model import Letter
from letters.problems import N_, Place, Problem, RenderError, Severity, TemplateError
from letters.render.pdf import markup, sample

_PAGE_LABEL = re.compile(r"([^{}]*)\{page\}([^{}]*)\{pages\}([^{}]*)")


class Layout:
    """A compiled letterhead.html.

    Raises:
        TemplateError: on a syntax error, an unknown name, HTML that is not well-formed XML, a slot that is
            left out, or a picture without alternative text.
    """

    def __init__(self, source: str, file: Path, logo: str) -> None:
        self._file = str(file)
        self._logo = logo
        environment = ImmutableSandboxedEnvironment(
            undefined=StrictUndefined, autoescape=True, keep_trailing_newline=True
        )
        environment.filters["narrow"] = lambda value: Markup(markup.narrow(value))  # noqa: S704 - escaped there
        try:
            self._template = environment.from_string(source)
        except TemplateSyntaxError as exc:
            raise self._fault("letterhead.jinja", str(exc.message), exc.lineno) from exc
        if problems := sample.faults(self.root(sample.LETTER), self._file):
            raise TemplateError(problems)

    def root(self, letter: Letter) -> ElementTree.Element:
        """The letter as an element tree without namespaces.

        Raises:
            TemplateError: the layout uses an unknown name or is not well-formed.
            RenderError: the letter's page label cannot be split round the page numbers.
        """
        values = {
            "slots": letter.slots,
            "body": Markup(markup.body(letter)),  # noqa: S704 - our own writer escapes every text
            "page_label": _page_label(letter.slots.page_label),
            "logo": self._logo,
        }
        try:
            html = self._template.render(values)
        except (UndefinedError, SecurityError, JinjaError, TypeError) as exc:
            raise self._fault("letterhead.slot", str(exc), _line(exc)) from exc
        return self._parse(html, letter)

    def _parse(self, html: str, letter: Letter) -> ElementTree.Element:
        try:
            root = ElementTree.fromstring(html)  # noqa: S314 - the letterhead is ours; texts are escaped
        except ElementTree.ParseError as exc:
            line, column = exc.position
            raise self._fault("letterhead.html", str(exc), line, column + 1) from exc
        root.set("lang", letter.language)
        return root

    def _fault(self, code: str, reason: str, line: int | None, column: int | None = None) -> TemplateError:
        problem = Problem(
            code,
            Severity.FATAL,
            N_("the letterhead cannot be drawn: {reason}"),
            Place(self._file, line, column),
            {"reason": reason},
            help=N_("letterhead.html is a Jinja file with slots, and every element in it is closed"),
        )
        return TemplateError([problem])


def _line(exc: BaseException) -> int | None:
    """The line of the template in which an error was raised; None when no frame of it is left."""
    traceback, line = exc.__traceback__, None
    while traceback is not None:
        if traceback.tb_frame.f_code.co_filename == "<template>":
            line = traceback.tb_lineno
        traceback = traceback.tb_next
    return line


def _page_label(label: str) -> tuple[str, str, str]:
    match = _PAGE_LABEL.fullmatch(label)
    if match is None:
        problem = Problem(
            "render.page-label",
            Severity.FATAL,
            N_("the page label {label} does not hold {{page}} and then {{pages}}"),
            Place(""),
            {"label": label},
            help=N_("write it as in: Side {{page}} af {{pages}}"),
        )
        raise RenderError([problem])
    return match[1], match[2], match[3]
