"""What tests of several rooms share: golden files, and the example letters as the command makes them."""

import fcntl
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from examples import ROOT, example_cases


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--accept", action="store_true", help="rewrite the golden files instead of comparing")


@pytest.fixture(scope="session", autouse=True)
def _own_cache(tmp_path_factory: pytest.TempPathFactory) -> None:
    """What commands keep between runs goes to a folder of this run, and not to the user's."""
    os.environ["LETTERS_CACHE_DIR"] = str(tmp_path_factory.mktemp("kept"))


@pytest.fixture
def accept(request: pytest.FixtureRequest) -> bool:
    """Whether a test shall store what it found as its golden file."""
    return bool(request.config.getoption("--accept"))


@dataclass(frozen=True)
class MadeLetters:
    """The drafts of every example case.

    Attributes:
        folders: case file -> the folder of its letter.
        report: what the command wrote to stderr.
    """

    folders: dict[Path, Path]
    report: str

    def files(self, name: str) -> dict[Path, Path]:
        """Case file -> its file of this name, such as `letter.pdf`."""
        return {case: folder / name for case, folder in self.folders.items()}


@pytest.fixture(scope="session")
def made_letters(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> MadeLetters:
    """Make the letters once per run, whichever process asks first."""
    base = tmp_path_factory.getbasetemp()
    shared = base if worker_id == "master" else base.parent
    out, report = shared / "made-letters", shared / "made-letters.txt"
    with locked(shared / "made-letters.lock"):
        if not report.exists():
            report.write_text(draft(example_cases(), out), "utf-8")
    folders = {case: out / case.stem for case in example_cases()}
    return MadeLetters(folders, report.read_text("utf-8"))


@contextmanager
def locked(path: Path) -> Iterator[None]:
    """Hold a lock between processes."""
    with path.open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def draft(cases: list[Path], out: Path) -> str:
    command = [sys.executable, "-m", "letters.cli", "draft", *map(str, cases), "--out", str(out)]
    done = subprocess.run(command, capture_output=True, text=True, cwd=ROOT, check=False)
    assert done.returncode == 0, done.stderr
    return done.stderr
