"""Running the judges that are programs."""

import shutil
import subprocess
from pathlib import Path

from judges.findings import MissingJudgeError

ROOT = Path(__file__).resolve().parents[2]


def program(*names: str) -> str:
    """The path of the first of these programs that is installed."""
    for name in names:
        if found := shutil.which(name):
            return found
    raise MissingJudgeError(f"{' or '.join(names)} is not installed; `make judges` does it")


def node_file(pattern: str) -> Path:
    """A file of an npm package in the project's node_modules."""
    for found in sorted((ROOT / "node_modules").glob(pattern)):
        return found
    raise MissingJudgeError(f"no node_modules/{pattern}; `make judges` installs it")


def run(*command: str | Path, timeout: float = 240) -> subprocess.CompletedProcess[str]:
    """Run a judge; its exit code is for the caller to read."""
    words = [str(word) for word in command]
    return subprocess.run(
        words, capture_output=True, text=True, errors="replace", timeout=timeout, check=False
    )
