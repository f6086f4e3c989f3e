"""Which case files are confidential appendices. Looks at the one word that says so."""

from __future__ import annotations

import contextlib
from pathlib import Path

from letters.desk.files import read_bytes
from letters.problems import N_, CaseError, Place, Problem, Severity


def is_appendix(path: Path) -> bool:
    """Whether a file is a confidential appendix; False when it cannot be read."""
    with contextlib.suppress(CaseError):
        return holds_appendix(path, read_bytes(path))
    return False


def holds_appendix(path: Path, data: bytes) -> bool:
    """Whether the bytes of a case file are those of a confidential appendix."""
    if b"appendix" not in data:
        return False
    from letters.case.confidential_read import is_appendix

    return is_appendix(data, str(path))


def not_open(path: Path) -> Problem:
    """That an appendix was given where an open letter is meant."""
    return Problem(
        "secrecy.appendix-not-open",
        Severity.FATAL,
        N_("this is a confidential appendix, and no open letter is made of it or shown"),
        Place(str(path)),
        help=N_("letters draft and letters issue make it, in a folder that others cannot enter"),
        see="forvaltningsloven § 27",
    )
