"""Writing confidential files: a folder that only its owner can enter, whole or not at all.

Every file is made inside a folder of mode 0700, with mode 0600 from its first byte. There is no other
temporary file.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import stat
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path

from letters.desk.output import CONFIDENTIAL
from letters.desk.places import locked, place_folder
from letters.problems import N_, OutputError, Place, Problem, Severity
from letters.secrecy.seal import is_sealed

_OTHERS = 0o077
_SEE = "forvaltningsloven § 27"


def write_closed(out: Path, stem: str, files: Mapping[str, bytes], *, force: bool) -> Path:
    """Write confidential files to `out/stem/confidential`, with mode 0700 and 0600.

    Args:
        files: name -> contents.
        force: replace a folder that is there.
    Returns:
        The folder.
    Raises:
        OutputError: the folder is there already, others can get into it, or the disk refuses.
    """
    refuse_place(out, stem, force=force)
    parent = out / stem
    target = parent / CONFIDENTIAL
    fresh = not parent.exists()
    try:
        out.mkdir(parents=True, exist_ok=True)
        parent.mkdir(mode=0o700, exist_ok=True)
        with locked(parent) as free:
            if free is False:
                raise OutputError([_busy(target)])
            _write_whole(parent, target, files, force=force)
    except OSError as error:
        message = N_("the appendix cannot be written: {reason}")
        reason = {"reason": error.strerror or type(error).__name__}
        problem = Problem("output.failed", Severity.FATAL, message, Place(str(target)), reason)
        raise OutputError([problem]) from None
    finally:
        if fresh:
            with contextlib.suppress(OSError):
                parent.rmdir()  # only if nothing came to lie in it
    return target


def _write_whole(parent: Path, target: Path, files: Mapping[str, bytes], *, force: bool) -> None:
    part = Path(tempfile.mkdtemp(prefix=f".{CONFIDENTIAL}.", suffix=".part", dir=parent))
    try:
        _prove_closed(part)
        for name, contents in files.items():
            _write(part / name, contents)
        place_folder(part, target, force=force)
    finally:
        shutil.rmtree(part, ignore_errors=True)


def _busy(target: Path) -> Problem:
    message = N_("another run is writing these confidential files")
    help_ = N_("wait until it is done, and run the command again")
    return Problem("output.busy", Severity.FATAL, message, Place(str(target)), help=help_)


def refuse_place(out: Path, stem: str, *, force: bool) -> None:
    """Raise OutputError when confidential files cannot be put there safely."""
    target = out / stem / CONFIDENTIAL
    problems = [*_open_to_others(out, stem), *([] if force else _there_already(target))]
    if problems:
        raise OutputError(problems)


def unsealed_files(out: Path, stem: str) -> Iterator[Path]:
    """Documents in the folder that anybody can open who gets hold of them."""
    target = out / stem / CONFIDENTIAL
    with contextlib.suppress(OSError):
        for path in sorted(target.iterdir()):
            if path.suffix in (".docx", ".pdf") and not is_sealed(path.read_bytes()):
                yield path


def _open_to_others(out: Path, stem: str) -> Iterator[Problem]:
    target = out / stem / CONFIDENTIAL
    for path in (target, target.parent):
        if path.is_symlink():
            message = N_("the folder for confidential files is a link to somewhere else")
            yield _refusal(
                "secrecy.folder-link", message, path, N_("remove the link, or choose another place")
            )
    for path in (target.parent, out):
        if _mode(path) & stat.S_IWOTH and not _mode(path) & stat.S_ISVTX:
            message = N_("everybody can write to the folder above the confidential files, and exchange them")
            yield _refusal(
                "secrecy.folder-open", message, path, N_("chmod o-w FOLDER, or choose another place")
            )
    if target.exists() and (_mode(target) & _OTHERS or target.stat().st_uid != os.geteuid()):
        message = N_("others can read the folder for confidential files")
        help_ = N_("see who may have read what lies in it, then: chmod 700 FOLDER; or choose another place")
        yield _refusal("secrecy.folder-open", message, target, help_)


def _there_already(target: Path) -> Iterator[Problem]:
    if not target.exists():
        return
    open_files = list(unsealed_files(target.parents[1], target.parent.name))
    for path in open_files:
        message = N_("an unencrypted file of this name is there already")
        help_ = N_("delete it, or replace it with --force; copies and backups of it stay where they are")
        yield _refusal("secrecy.unsealed-there", message, path, help_)
    if not open_files:
        help_ = N_("choose another --out, or replace the letter with --force")
        yield Problem(
            "output.exists", Severity.FATAL, N_("the folder is there already"), Place(str(target)), help=help_
        )


def _mode(path: Path) -> int:
    try:
        return path.stat().st_mode
    except OSError:
        return 0


def _refusal(code: str, message: str, path: Path, help_: str) -> Problem:
    return Problem(code, Severity.FATAL, message, Place(str(path)), help=help_, see=_SEE)


def _prove_closed(folder: Path) -> None:
    """Some disks know no modes: what is written there is open, whatever was asked for."""
    if _mode(folder) & _OTHERS:
        message = N_("this disk cannot keep a folder from others")
        help_ = N_("choose a place on a disk of this machine with --confidential-out")
        raise OutputError([_refusal("secrecy.folder-open", message, folder.parent, help_)])


def _write(path: Path, contents: bytes) -> None:
    number = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW, 0o600)
    with os.fdopen(number, "wb") as file:
        file.write(contents)
