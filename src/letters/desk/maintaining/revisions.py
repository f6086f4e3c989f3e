"""The library as it was: an earlier state in git, or another directory."""

from __future__ import annotations

import io
import os
import subprocess
import tarfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from letters.problems import N_, OutputError, Place, Problem, Severity, TemplateError

_SECONDS = 60


@contextmanager
def earlier_library(root: Path, against: str) -> Iterator[Path]:
    """The directory of the library to compare with; it lasts as long as the context.

    Args:
        root: the library as it is now.
        against: a directory with a library, or what git calls a revision of the repository that holds `root`.
    Raises:
        TemplateError: it is neither, or the library was not there then.
        OutputError: git is not there, or fails.
    """
    other = Path(against)
    if (other / "bibliotek.yaml").is_file():
        yield other
        return
    with TemporaryDirectory(prefix="letters-") as folder:
        yield _extracted(root, against, Path(folder))


def _extracted(root: Path, revision: str, folder: Path) -> Path:
    below, top = _git(root, "rev-parse", "--show-prefix"), _git(root, "rev-parse", "--show-toplevel")
    if below is None or top is None:
        message = N_("{root} is not kept in git, so that nobody knows how it was")
        help_ = N_("name another library to compare with: --against DIR")
        raise TemplateError([_problem("templates.no-git", message, root, help_, revision)])
    tree = _git(root, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{revision}^{{commit}}")
    if not tree:
        message = N_("{revision} is neither a library nor a revision that git knows")
        help_ = N_(
            "write a directory with a bibliotek.yaml, or what git knows: HEAD, HEAD~3, a branch, a tag"
        )
        raise TemplateError([_problem("templates.no-revision", message, root, help_, revision)])
    prefix = os.fsdecode(below).rstrip("\n")
    where = f"{tree.decode().strip()}:{prefix}".removesuffix("/")
    # In a folder of the repository git would look for that folder once more inside of it.
    archive = _git(Path(os.fsdecode(top).rstrip("\n")), "archive", "--format=tar", where)
    if archive is None:
        message = N_("the library was not there in {revision}")
        raise TemplateError([_problem("templates.no-revision", message, root, "", revision)])
    with tarfile.open(fileobj=io.BytesIO(archive)) as tar:
        tar.extractall(folder, filter="data")
    return folder


def _git(root: Path, *words: str) -> bytes | None:
    """What git prints; None when it refuses."""
    command = ["git", "-C", str(root), *words]
    try:
        done = subprocess.run(command, capture_output=True, timeout=_SECONDS, check=False)  # noqa: S603 - no shell
    except FileNotFoundError:
        message = N_("git is not installed here")
        help_ = N_("install git, or name another library to compare with: --against DIR")
        raise OutputError([_problem("templates.no-git", message, root, help_, "")]) from None
    except subprocess.TimeoutExpired:
        raise OutputError([_problem("templates.no-git", N_("git does not answer"), root, "", "")]) from None
    return done.stdout if done.returncode == 0 else None


def _problem(code: str, message: str, root: Path, help: str, revision: str) -> Problem:
    args = {"root": str(root), "revision": revision}
    return Problem(code, Severity.FATAL, message, Place(str(root)), args, help)
