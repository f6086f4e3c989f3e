"""The lines of a dump as a tree by indentation, and how a fault in one is told."""

from __future__ import annotations

from typing import NoReturn

from msgspec import Struct, field

from letters.problems import N_, LetterError, Place, Problem, Severity

_STEP = 2  # spaces an indentation
_DEEPEST = 20  # deeper than any letter; keeps a hostile file from exhausting the stack


class Line(Struct, frozen=True):
    """A line of a dump.

    Attributes:
        number: 1-based.
        keyword: the first word, which says what the line is.
        rest: what stands after it and one space.
    """

    file: str
    number: int
    keyword: str
    rest: str
    children: list[Line] = field(default_factory=list)


def read_lines(text: str, file: str) -> Line:
    """Read the lines as a tree; the first level hangs under a nameless line.

    Raises:
        LetterError: if an indentation is wrong.
    """
    top = Line(file, 1, "", "")
    open_lines = [top]  # the last line of each level
    for number, written in enumerate(text.split("\n"), 1):
        content = written.lstrip(" ")
        if not content:
            continue
        keyword, _, rest = content.partition(" ")
        line = Line(file, number, keyword, rest)
        level, odd = divmod(len(written) - len(content), _STEP)
        if odd or level >= min(len(open_lines), _DEEPEST):
            malformed(line, N_("the line is not indented by two spaces under the one it belongs to"))
        del open_lines[level + 1 :]
        open_lines[level].children.append(line)
        open_lines.append(line)
    return top


def malformed(line: Line, message: str, **args: str) -> NoReturn:
    """Tell that a line cannot be read. `message` is marked with `N_`."""
    place = Place(line.file, line.number)
    raise LetterError([Problem("document.dump-malformed", Severity.FATAL, message, place, args)])
