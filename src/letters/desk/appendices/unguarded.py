"""The problem that nobody has compared a letter with its appendices."""

from __future__ import annotations

from letters.case.read import Places
from letters.document.model import Status
from letters.problems import N_, Problem, Severity

CODE = "secrecy.not-guarded"


def not_guarded(places: Places, status: Status) -> Problem:
    """Nobody knows a letter to be free of its confidential appendices until the guard has compared them."""
    return Problem(
        CODE,
        Severity.WARNING if status is Status.DRAFT else Severity.ERROR,
        N_("not guarded: nobody has compared the letter with its confidential appendices"),
        places.place("appendices"),
        help=N_("name their case files with --against, or a record of the guard with --guard-record"),
        see="forvaltningsloven § 27",
    )
