"""What can be wrong, as data.

Every room reports faults of a user's file as `Problem`s and collects them, so that all of them are shown at
once. This module imports nothing of ours. It neither translates nor prints: a problem keeps its English
message and the arguments, and only the command line (later the web desk) turns them into the reader's
language.
"""

from __future__ import annotations

import enum
import traceback
from collections.abc import Iterable, Mapping
from pathlib import Path
from types import MappingProxyType

from msgspec import Struct, field

_PACKAGE = Path(__file__).resolve().parent


class Severity(enum.Enum):
    """How far a problem reaches.

    FATAL: no file at all for that letter. ERROR: a draft is made, `issue` refuses. WARNING: told, nothing
        stops.
    """

    FATAL = "fatal"
    ERROR = "error"
    WARNING = "warning"


class Place(Struct, frozen=True):
    """Where a problem is.

    Attributes:
        file: the file as the user named it; empty when the problem belongs to no file.
        line: 1-based; in a Word file the number of the paragraph, in tables too, empty ones counted; None
            when the place is the file as a whole.
        column: 1-based; None when unknown.
        field: the path inside the file, such as `reasons[0].facts.network`; None when there is none.
        text: the words that stand there, for a file whose lines nobody can count; else empty.
    """

    file: str
    line: int | None = None
    column: int | None = None
    field: str | None = None
    text: str = ""

    @property
    def is_word(self) -> bool:
        """Whether the file is a Word file, so that `line` counts paragraphs."""
        return self.file.lower().endswith(".docx")


def N_(message: str) -> str:  # noqa: N802 - gettext's usual name
    """Mark a message for translation without translating it here."""
    return message


_NO_ARGS: Mapping[str, object] = MappingProxyType({})


class Problem(Struct, frozen=True):
    """One fault, or one thing to look at.

    Attributes:
        code: stable and never reused, such as `case.reasons-missing`.
        message: English source text with `{name}` fields, marked with `N_`.
        args: values for the fields of `message` and `help`; never a whole CPR number.
        help: what to do now, English source text; empty when the message says it all.
        see: the source, such as a statute's paragraph; printed as it is, so in Danish.
    """

    code: str
    severity: Severity
    message: str
    place: Place
    args: Mapping[str, object] = field(default_factory=lambda: _NO_ARGS)
    help: str = ""
    see: str = ""

    def text(self) -> str:
        """The English message with its arguments filled in."""
        return self.message.format_map(dict(self.args))

    def __reduce__(self) -> tuple[object, ...]:
        """So that it can come from another process: a mapping that nobody can change cannot be pickled."""
        parts = (self.code, self.severity, self.message, self.place, dict(self.args), self.help, self.see)
        return Problem, parts


class LettersError(Exception):
    """Something that cannot go on, with every problem that was found.

    Raises never carry a user's data in the exception text beyond what the problems say.
    """

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems: tuple[Problem, ...] = tuple(problems)
        super().__init__("; ".join(f"{p.code}: {p.text()}" for p in self.problems))


class CaseError(LettersError):
    """A case file cannot be read as a case."""


class TemplateError(LettersError):
    """The wording library or a letterhead is at fault."""


class LetterError(LettersError):
    """A case and a wording do not make a letter."""


class RenderError(LettersError):
    """A letter cannot be drawn in a format."""


class OutputError(LettersError):
    """Something outside failed: a disk, a directory, a library of the system."""


def internal_problem(error: Exception, file: str = "") -> Problem:
    """What is said of an exception that nobody foresaw: kind and place, since its text may quote a case."""
    return Problem(
        "internal.error",
        Severity.FATAL,
        N_("the program failed ({kind} in {where}); this is not the fault of your file"),
        Place(file),
        {"kind": type(error).__name__, "where": _where(error)},
        N_("run the command again with LETTERS_DEBUG=1 for the details; they may quote the case"),
    )


def _where(error: Exception) -> str:
    """Our innermost line, such as `wording/compose.py:120`."""
    for frame in reversed(traceback.extract_tb(error.__traceback__)):
        path = Path(frame.filename)
        if path.is_relative_to(_PACKAGE):
            return f"{path.relative_to(_PACKAGE).as_posix()}:{frame.lineno}"
    return "?"
