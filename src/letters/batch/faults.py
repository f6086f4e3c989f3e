"""The problems of a run that no single letter has."""

from __future__ import annotations

from letters.problems import N_, CaseError, OutputError, Place, Problem, Severity


def fatal(code: str, message: str, place: Place, help_: str = "", **args: object) -> Problem:
    """A problem that leaves no letter."""
    return Problem(code, Severity.FATAL, message, place, args, help_)


def table_error(code: str, message: str, place: Place, help_: str = "", **args: object) -> CaseError:
    """A table or its mapping that cannot be read at all."""
    return CaseError([fatal(code, message, place, help_, **args)])


def outside(code: str, message: str, place: Place, help_: str = "", **args: object) -> OutputError:
    """Something outside the user's files that stops the run."""
    return OutputError([fatal(code, message, place, help_, **args)])


def worker_died(place: Place) -> Problem:
    """The case whose process died, twice."""
    return fatal(
        "batch.worker-died",
        N_("the process that made this letter died, and so did a second one"),
        place,
        N_("the other letters are made; look at this case, and at the memory of the machine"),
    )


def took_too_long(place: Place, seconds: float) -> Problem:
    """The case that was stopped."""
    return fatal(
        "batch.time-limit",
        N_("this letter was not made within {seconds} seconds, and was stopped"),
        place,
        N_("the other letters are made; give more time with --time-limit, or look at this case"),
        seconds=f"{seconds:g}",
    )
