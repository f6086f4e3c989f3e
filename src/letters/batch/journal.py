"""The run's journal: one file in the output directory that says what is done.

Lines of JSON, only ever added to. The first says what the letters are made with; then a line for each letter.
A line that was cut when the machine stopped is no line. There are names of folders and hashes in it, and no
word of a case.
"""

from __future__ import annotations

import contextlib
import fcntl
import json
import os
import time
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import BinaryIO

from letters.batch.faults import fatal, outside
from letters.problems import N_, OutputError, Place

#: The journal's name in the output directory.
NAME = "letters-run.jsonl"
FORMAT = 1
#: How long a line may wait until it is safe on the disk, in seconds. A lost one is found by its letter.
SYNC_SECONDS = 2.0


class Journal:
    """A run's journal, held by one run at a time.

    Attributes:
        done: folder -> SHA-256 of the case it was made of, from earlier parts of the run.
        finished: whether the earlier run came to its end.
        fresh: whether there was none.
    """

    def __init__(self, path: Path, file: BinaryIO) -> None:
        self.path = path
        self._file = file
        self._synced = time.monotonic()
        self.made_with: Mapping[str, str] = {}
        self.done: dict[str, str] = {}
        self.finished = False
        self.fresh = True

    @classmethod
    def opened(cls, out: Path) -> Journal:
        """Open the journal of a directory, or begin one. The directory is made when it is not there.

        Raises:
            OutputError: another run is at work there, the journal cannot be read, or the disk refuses.
        """
        path = out / NAME
        try:
            out.mkdir(parents=True, exist_ok=True)
            file = os.fdopen(os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o666), "r+b", buffering=0)
        except OSError as error:
            raise _refused(path, error) from None
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            journal = cls(path, file)
            journal._read()
        except BlockingIOError:
            file.close()
            message = N_("another run is making letters in this directory")
            raise outside(
                "batch.busy", message, Place(str(out)), N_("wait for it, or choose another --out")
            ) from None
        except OSError as error:
            file.close()
            raise _refused(path, error) from None
        except BaseException:
            file.close()
            raise
        return journal

    @staticmethod
    def there(out: Path) -> bool:
        """Whether a directory has a journal."""
        return (out / NAME).exists()

    def begin(self, made_with: Mapping[str, str], *, anew: bool) -> None:
        """Say what the letters are made with.

        Args:
            anew: forget what the journal said.
        """
        if anew:
            with self._telling():
                self._file.seek(0)
                self._file.truncate()
            self.done.clear()
        if anew or self.fresh:
            self._write({"letters-run": FORMAT, **made_with})
        self.fresh = self.finished = False
        self.sync()

    def made(self, folder: str, case: str) -> None:
        """A letter is whole and in its place."""
        self._write({"made": folder, "case": case})

    def failed(self, folder: str, codes: list[str]) -> None:
        """A letter could not be made; the next run tries it again."""
        self._write({"failed": folder, "problems": codes})

    def finish(self, counts: Mapping[str, int]) -> None:
        """Every case was tried."""
        self._write({"finished": dict(counts)})
        self.sync()

    def sync(self) -> None:
        """Have the disk keep what was written."""
        with self._telling():
            os.fsync(self._file.fileno())
        self._synced = time.monotonic()

    def close(self) -> None:
        """Let the next run in."""
        with contextlib.suppress(OSError):
            self._file.close()

    # Reading

    def _read(self) -> None:
        end = 0
        self._file.seek(0)
        with open(self._file.fileno(), "rb", closefd=False) as reader:
            for line in reader:
                if not line.endswith(b"\n"):
                    break
                self._take(_parsed(line))
                end += len(line)
        # What was cut goes, so that the next line begins a line.
        self._file.truncate(end)
        self._file.seek(end)

    def _take(self, line: Mapping[str, object]) -> None:
        match line:
            case {"letters-run": int(number), **made_with}:
                if number != FORMAT:
                    raise self._unreadable()
                self.fresh = False
                self.made_with = {name: str(value) for name, value in made_with.items()}
            case _ if self.fresh:
                raise self._unreadable()
            case {"made": str(folder), "case": str(case)}:
                self.done[folder] = case
                self.finished = False
            case {"failed": str(_)}:
                self.finished = False
            case {"finished": _}:
                self.finished = True
            case _:
                pass  # a line that was damaged; the letters themselves are looked at anyway

    def _unreadable(self) -> OutputError:
        message = N_("this is no journal that this version of letters can read")
        help_ = N_("choose another --out, or begin again with --force")
        return outside("batch.journal", message, Place(str(self.path)), help_)

    # Writing

    def _write(self, line: Mapping[str, object]) -> None:
        data = json.dumps(line, ensure_ascii=False).encode("utf-8", "backslashreplace") + b"\n"
        with self._telling():
            written = self._file.write(data)
            if written != len(data):  # a full disk takes a part of it
                self._file.write(data[written:])
        if time.monotonic() - self._synced > SYNC_SECONDS:
            self.sync()

    @contextlib.contextmanager
    def _telling(self) -> Iterator[None]:
        try:
            yield
        except OSError as error:
            raise _refused(self.path, error) from None


def _parsed(line: bytes) -> Mapping[str, object]:
    with contextlib.suppress(ValueError):
        found = json.loads(line)
        if isinstance(found, dict):
            return found
    return {}


def _refused(path: Path, error: OSError) -> OutputError:
    return OutputError(
        [
            fatal(
                "output.failed",
                N_("the run's journal cannot be written: {reason}"),
                Place(str(path)),
                N_("check the disk and the rights of the folder, and run the command again"),
                reason=error.strerror or type(error).__name__,
            )
        ]
    )
