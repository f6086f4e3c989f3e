"""The problems of a run that no single letter has."""

from __future__ import annotations

from collections.abc import Sequence

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
        seconds=_plain(seconds),
    )


def _plain(seconds: float) -> float:
    return int(seconds) if seconds == int(seconds) else seconds


_NAMED = 10


def nobody() -> OutputError:
    """Nobody is left to do the work."""
    return outside(
        "batch.no-workers",
        N_("there is no process left that makes letters"),
        Place(""),
        N_("look at the machine's memory, and run the command again: it goes on where it stopped"),
    )


def no_answer(seconds: float, under_way: Sequence[Place]) -> OutputError:
    """Somebody else's executor has fallen silent."""
    names = [place.file if place.line is None else f"{place.file}:{place.line}" for place in under_way]
    return outside(
        "batch.no-workers",
        N_("nobody has answered for {seconds} seconds; these letters were under way: {names}"),
        Place(""),
        N_("look at the processes or the cluster, and run the command again: it goes on where it stopped"),
        seconds=_plain(seconds),
        names=", ".join(names[:_NAMED]) + (" ..." if len(names) > _NAMED else ""),
    )
