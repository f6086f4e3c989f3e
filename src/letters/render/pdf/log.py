"""WeasyPrint's log as problems: what it would pass over in silence stops the letter."""

from __future__ import annotations

import contextlib
import enum
import logging
import re
import threading
from collections.abc import Iterator
from pathlib import Path

from letters.problems import N_, Place, Problem, Severity

_LOGGER = logging.getLogger("weasyprint")
_POSITION = re.compile(r" at (\d+):(\d+)")

#: Told once at the start as `render.subset-missing`.
_KNOWN = "Using fontTools instead of HarfBuzz-Subset"


class Origin(enum.Enum):
    """What WeasyPrint was reading when it complained."""

    CSS = "css"
    HTML = "html"


@contextlib.contextmanager
def watched(origin: Origin, file: Path) -> Iterator[list[Problem]]:
    """Collect every warning and error that WeasyPrint logs in this thread."""
    handler = _Collector(origin, file)
    level = _LOGGER.level
    if _LOGGER.getEffectiveLevel() > logging.WARNING:
        _LOGGER.setLevel(logging.WARNING)
    _LOGGER.addHandler(handler)
    try:
        yield handler.problems
    finally:
        _LOGGER.removeHandler(handler)
        _LOGGER.setLevel(level)


class _Collector(logging.Handler):
    def __init__(self, origin: Origin, file: Path) -> None:
        super().__init__(logging.WARNING)
        self.problems: list[Problem] = []
        self._origin = origin
        self._file = str(file)
        self._thread = threading.get_ident()

    def emit(self, record: logging.LogRecord) -> None:
        message = record.getMessage()
        if record.thread == self._thread and not message.startswith(_KNOWN):
            self.problems.append(self._problem(message))

    def _problem(self, message: str) -> Problem:
        args = {"message": message}
        if message.startswith("Malformed URL"):
            return Problem(
                "render.link", Severity.FATAL, N_("a link leads nowhere: {message}"), Place(""), args
            )
        if "Failed to load" in message or "cannot be loaded" in message:
            return Problem(
                "letterhead.resource",
                Severity.FATAL,
                N_("the letterhead names something that is missing or not allowed: {message}"),
                Place(self._file),
                args,
                help=N_("only files in the letterhead's own folder and its declared fonts are loaded"),
            )
        found = _POSITION.search(message)
        line, column = (int(found[1]), int(found[2])) if found else (None, None)
        return Problem(
            f"letterhead.{self._origin.value}",
            Severity.FATAL,
            N_("the letterhead cannot be drawn: {message}"),
            Place(self._file, line, column),
            args,
            help=N_("mend what is named; nothing that WeasyPrint does not know may stand there"),
        )
