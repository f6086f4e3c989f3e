"""Writing a letter's files whole or not at all."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Protocol

from letters.desk.places import hidden_folder, place_folder
from letters.problems import N_, OutputError, Place, Problem, Severity

#: The folder of confidential files, below the folder that has a case file's name.
CONFIDENTIAL = "confidential"


class Write(Protocol):
    """Puts the files of one letter where they belong and returns their folder; see `write_letter`."""

    def __call__(self, out: Path, stem: str, files: Mapping[str, bytes], *, force: bool) -> Path: ...


def write_letter(out: Path, stem: str, files: Mapping[str, bytes], *, force: bool) -> Path:
    """Write the files of one letter to the folder `out/stem`.

    They are written to a hidden folder beside it, which then takes its name in one step; whatever interrupts
    that leaves the old folder, the new one or none, and never takes an old one without leaving the new. What
    is left of the hidden one when a process is killed, `letters.desk.leftovers` takes away later.

    Args:
        files: name -> contents.
        force: replace a folder that is there.
    Returns:
        The folder.
    Raises:
        OutputError: the folder is there already, or the disk refuses.
    """
    target = out / stem
    if not force:
        refuse_existing(out, stem)
    _refuse_confidential(target)
    try:
        out.mkdir(parents=True, exist_ok=True)
        with hidden_folder(out, stem, ".part") as part:
            part.chmod(0o777 & ~_umask())
            for name, contents in files.items():
                (part / name).write_bytes(contents)
            place_folder(part, target, force=force)
    except FileExistsError:
        raise OutputError([_exists(target)]) from None
    except OSError as error:
        raise OutputError([_failed(target, error)]) from error
    return target


def refuse_existing(out: Path, stem: str) -> None:
    """Raise OutputError if the letter's folder is there already."""
    if (out / stem).exists():
        raise OutputError([_exists(out / stem)])


def _exists(target: Path) -> Problem:
    return Problem(
        "output.exists",
        Severity.FATAL,
        N_("the folder is there already"),
        Place(str(target)),
        help=N_("choose another --out, or replace the letter with --force"),
    )


def _refuse_confidential(target: Path) -> None:
    """A letter that takes a folder's place would take the confidential files in it along."""
    if (target / CONFIDENTIAL).exists():
        message = N_("the letter would replace a folder that holds confidential files")
        help_ = N_("move them away, or choose another --out")
        raise OutputError(
            [Problem("output.confidential-there", Severity.FATAL, message, Place(str(target)), help=help_)]
        )


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask


def _failed(target: Path, error: OSError) -> Problem:
    return Problem(
        "output.failed",
        Severity.FATAL,
        N_("the letter cannot be written: {reason}"),
        Place(str(target)),
        {"reason": error.strerror or type(error).__name__},
        N_("check the disk and the rights of the folder, and run the command again"),
    )


def write_files(files: Mapping[Path, bytes], *, force: bool) -> None:
    """Write files that belong to no letter, each whole or not at all; their folders are made.

    Args:
        force: replace files that are there.
    Raises:
        OutputError: one is there already, told before the first is written; or the disk refuses.
    """
    there = [] if force else [path for path in files if path.exists()]
    if there:
        message, help_ = (
            N_("the file is there already"),
            N_("choose another name, or replace it with --force"),
        )
        raise OutputError(
            Problem("output.exists", Severity.FATAL, message, Place(str(path)), help=help_) for path in there
        )
    for path, contents in files.items():
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            _write_whole(path, contents)
        except OSError as error:
            raise OutputError([_failed(path, error)]) from error


def _write_whole(path: Path, contents: bytes) -> None:
    handle, part = tempfile.mkstemp(prefix=f".{path.name[:80]}.", suffix=".part", dir=path.parent)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(contents)
            os.fchmod(file.fileno(), 0o666 & ~_umask())
        os.replace(part, path)
    except BaseException:
        Path(part).unlink(missing_ok=True)
        raise
