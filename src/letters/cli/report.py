"""Problems and letters as the user reads them, or as data.

error[case.reasons-missing]: reasons is missing
  --> 2026-0142.yaml:12:3, reasons
  see: forvaltningslovens §§ 22 og 24
  help: fill it in
"""

from __future__ import annotations

import os
import re
import unicodedata
from collections.abc import Iterator
from pathlib import Path

import click

from letters.cli.language import _, decimal
from letters.problems import N_, Place, Problem, Severity

_LABELS = {Severity.FATAL: N_("fatal"), Severity.ERROR: N_("error"), Severity.WARNING: N_("warning")}
_COLOURS = {Severity.FATAL: "red", Severity.ERROR: "red", Severity.WARNING: "yellow"}

#: Arguments that may be messages themselves. Others are words of a file and stay as they are.
TRANSLATED_ARGS = ("what", "reason", "wants", "got")
#: Arguments that are put together from such words: "page 1, line 3".
COMPOSED_ARGS = ("owner", "where")
_BETWEEN = re.compile(r"(, |: |\(|\)| (?=\())")


def print_problem(problem: Problem) -> None:
    """Print a problem to stderr, coloured on a terminal."""
    colour = False if os.environ.get("NO_COLOR") else None
    for line in _lines(problem):
        click.echo(line, err=True, color=colour)


def problem_data(problem: Problem) -> dict[str, object]:
    """A problem as JSON takes it; the message and the help in the reader's language."""
    place = problem.place
    return {
        "code": problem.code,
        "severity": problem.severity.value,
        "message": filled(problem.message, problem),
        "file": place.file or None,
        "line": None if place.is_word else place.line,
        "paragraph": place.line if place.is_word else None,
        "text": place.text or None,
        "column": place.column,
        "field": place.field,
        "help": filled(problem.help, problem) or None,
        "see": problem.see or None,
    }


def filled(message: str, problem: Problem) -> str:
    """A message or help of the problem, translated, with its arguments."""
    args = {name: _in_words(name, value) for name, value in problem.args.items()}
    return _(message).format_map(args)


def _in_words(name: str, value: object) -> object:
    if isinstance(value, float):
        return decimal(f"{value:g}")
    if not isinstance(value, str):
        return value
    if name in COMPOSED_ARGS:
        return "".join(map(_piece, _BETWEEN.split(value)))
    return _(value) if name in TRANSLATED_ARGS else value


def _piece(text: str) -> str:
    """A word or two, perhaps with a number or a code behind."""
    head, space, tail = text.rpartition(" ")
    known = _(text) if text else text
    return f"{_(head)}{space}{tail}" if known == text and head else known


def visible(text: str) -> str:
    """The text without anything that moves a terminal's cursor or hides: a file's name may hold it."""
    return "".join(c if c.isprintable() or unicodedata.category(c) == "Zs" else _escaped(c) for c in text)


def shown_path(path: Path) -> str:
    """A path as it is printed."""
    return visible(click.format_filename(path))


def _escaped(character: str) -> str:
    return f"<U+{ord(character):04X}>"


def _lines(problem: Problem) -> Iterator[str]:
    label = click.style(
        f"{_(_LABELS[problem.severity])}[{problem.code}]", fg=_COLOURS[problem.severity], bold=True
    )
    yield f"{label}: {visible(filled(problem.message, problem))}"
    if place := _place(problem.place):
        yield f"  --> {visible(place)}"
    if problem.place.text and not problem.place.is_word:
        yield f"    | {visible(problem.place.text)}"
    if problem.see:
        yield "  " + _("see: {see}").format(see=visible(problem.see))
    if problem.help:
        yield "  " + _("help: {help}").format(help=visible(filled(problem.help, problem)))


def _place(place: Place) -> str:
    if place.is_word and place.line is not None:
        text = _("{file}, paragraph {number}").format(file=place.file, number=place.line)
        return text + (f": “{place.text}”" if place.text else "")
    numbers = [str(n) for n in (place.line, place.column) if n is not None]
    where = ":".join([place.file, *numbers]) if place.file else ""
    return ", ".join(part for part in (where, place.field) if part)
