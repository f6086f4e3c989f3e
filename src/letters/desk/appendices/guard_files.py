"""The use case `guard`: existing open documents against appendices, also documents edited in Word since."""

from __future__ import annotations

import os
import tempfile
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

from msgspec.structs import replace

from letters.case.models import Case
from letters.desk.appendices.guarding import Against, allowed_words, innocent_texts, secrets_of
from letters.desk.files import read_bytes
from letters.desk.output import CONFIDENTIAL
from letters.problems import N_, CaseError, OutputError, Place, Problem, Severity
from letters.secrecy.guard import guard
from letters.secrecy.record import guard_record
from letters.wording.library import Library


def guard_files(
    files: Sequence[Path], against: Against, library: Library, *, case: Case | None, record: Path | None
) -> tuple[Problem, ...]:
    """Look through documents for what the appendices hold.

    Args:
        files: documents, and folders that stand for the documents in them.
        case: the open case, for the words it allows and the names of its recipients; None when not at hand.
        record: where a record is written for whoever issues the letter; only when nothing was found. None for
            none.
    Returns:
        The findings. None of them quotes a secret.
    Raises:
        CaseError: a document cannot be read.
        OutputError: the record is there already, or cannot be written.
    """
    paths = list(dict.fromkeys(path for entry in files for path in _documents(entry)))
    if not paths:
        message = N_("there is no document in it")
        raise CaseError([Problem("secrecy.nothing-to-guard", Severity.FATAL, message, Place(str(files[0])))])
    if record is not None and record.exists():
        raise OutputError([_exists(record)])
    names = _names(paths)
    documents = {names[path]: read_bytes(path, None) for path in paths}
    findings = guard(
        documents,
        secrets_of(one.appendix for one in against.appendices.values()),
        allowed=allowed_words(case) if case else (),
        own_case_number=case.case_number if case else None,
        innocent_texts=innocent_texts(library, case),
        recipients=[recipient.name for recipient in case.recipients] if case else (),
    )
    by_name = {name: str(path) for path, name in names.items()}
    problems = tuple(_placed(finding.problem(), by_name) for finding in findings)
    if record is not None and not any(finding.sure for finding in findings):
        appendices = {ident: one.data for ident, one in against.appendices.items()}
        allowed = allowed_words(case) if case else ()
        _write(record, guard_record(documents, appendices, findings, allowed))
    return problems


def _documents(entry: Path) -> Iterator[Path]:
    """A document, or all those in a folder and the folders in it; confidential ones are no open documents."""
    if not entry.is_dir():
        yield entry
        return
    try:
        for path in sorted(p for p in entry.iterdir() if not p.name.startswith(".")):
            if path.is_file():
                yield path
            elif path.is_dir() and path.name != CONFIDENTIAL and not path.is_symlink():
                yield from _documents(path)
    except OSError as error:
        message = N_("the file cannot be read: {reason}")
        reason = {"reason": error.strerror or type(error).__name__}
        raise CaseError(
            [Problem("case.unreadable", Severity.FATAL, message, Place(str(entry)), reason)]
        ) from None


def _names(paths: Sequence[Path]) -> dict[Path, str]:
    """What is seen of a document's path: its name, and its folder's where two have the same name.

    The rest of the path is this machine's and not the receiver's.
    """
    counted = Counter(path.name for path in paths)
    short = {
        path: path.name if counted[path.name] == 1 else f"{path.parent.name}/{path.name}" for path in paths
    }
    twice = Counter(short.values())
    return {
        path: name if twice[name] == 1 else f"{number}/{name}"
        for number, (path, name) in enumerate(short.items(), 1)
    }


def _placed(problem: Problem, by_name: dict[str, str]) -> Problem:
    """A document is told by its path; one whose very name holds a secret keeps its number."""
    known = by_name.get(problem.place.file)
    return replace(problem, place=Place(known)) if known else problem


def _exists(record: Path) -> Problem:
    help_ = N_("choose another name; a record is never written over another")
    return Problem(
        "output.exists", Severity.FATAL, N_("the file is there already"), Place(str(record)), help=help_
    )


def _write(record: Path, contents: bytes) -> None:
    """Whole or not at all, and never over another."""
    try:
        number, name = tempfile.mkstemp(prefix=f".{record.name[:80]}.", suffix=".part", dir=record.parent)
        part = Path(name)
        try:
            with os.fdopen(number, "wb") as file:
                file.write(contents)
            os.link(part, record)
        finally:
            part.unlink()
    except OSError as error:
        message = N_("the record cannot be written: {reason}")
        reason = {"reason": error.strerror or type(error).__name__}
        raise OutputError(
            [Problem("output.failed", Severity.FATAL, message, Place(str(record)), reason)]
        ) from None
