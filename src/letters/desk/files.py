"""Reading the files that a user named."""

from __future__ import annotations

from pathlib import Path

from letters.case.tree import MAX_BYTES
from letters.problems import N_, CaseError, Place, Problem, Severity


def read_bytes(path: Path, limit: int | None = MAX_BYTES + 1) -> bytes:
    """A file's bytes.

    Args:
        limit: read no more than so many bytes; None for the whole file.
    Raises:
        CaseError: when it cannot be read.
    """
    try:
        with path.open("rb") as file:
            return file.read() if limit is None else file.read(limit)
    except OSError as error:
        problem = Problem(
            "case.unreadable",
            Severity.FATAL,
            N_("the file cannot be read: {reason}"),
            Place(str(path)),
            {"reason": error.strerror or type(error).__name__},
            N_("check the name, and that you may read the file"),
        )
        raise CaseError([problem]) from None
