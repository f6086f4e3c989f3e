"""What a run is going to make, case by case: on disk, so that a hundred thousand cases take no memory.

It holds no word of a case but folders' names, hashes and row numbers. The file has no name and goes with the
process.
"""

from __future__ import annotations

import hashlib
import secrets
import sqlite3
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

_TABLE = """
CREATE TABLE planned (
    number INTEGER PRIMARY KEY, line INTEGER, folder TEXT NOT NULL, same_folder TEXT NOT NULL, same_case BLOB,
    sha256 TEXT NOT NULL, appendix INTEGER NOT NULL, done INTEGER NOT NULL DEFAULT 0
)
"""


@dataclass(frozen=True, slots=True)
class Planned:
    """A case whose letter can be made.

    Attributes:
        number: its place in the run.
        line: its row in a table; None for a file.
        folder: the name of its letter's folder.
        sha256: of the case file.
        appendix: whether it is a confidential appendix.
        done: whether the letter is there already, made by an earlier part of this run.
    """

    number: int
    line: int | None
    folder: str
    sha256: str
    appendix: bool = False
    done: bool = False


class Plan:
    """The cases of a run that passed the checks, in order."""

    def __init__(self) -> None:
        self._base = sqlite3.connect("", isolation_level=None, check_same_thread=False)
        self._base.execute("PRAGMA journal_mode = OFF")
        self._base.execute(_TABLE)
        self._base.execute("BEGIN")
        self._key = secrets.token_bytes(16)  # a case number is only compared, so only its hash is kept

    def add(self, planned: Planned, matter: str, case_number: str) -> None:
        """Take in a case."""
        same = unicodedata.normalize("NFC", planned.folder).casefold()  # some disks take them for one
        text = f"{matter}\0{case_number.strip()}".encode("utf-8", "surrogatepass")
        case = hashlib.blake2b(text, key=self._key, digest_size=16).digest()
        self._base.execute(
            "INSERT INTO planned VALUES (?, ?, ?, ?, ?, ?, ?, 0)",
            (planned.number, planned.line, planned.folder, same, case, planned.sha256, planned.appendix),
        )

    def __len__(self) -> int:
        (count,) = self._base.execute("SELECT count(*) FROM planned").fetchone()
        return int(count)

    def __iter__(self) -> Iterator[Planned]:
        for row in self._base.execute(
            "SELECT number, line, folder, sha256, appendix, done FROM planned ORDER BY number"
        ):
            yield _planned(row)

    def same_folders(self) -> Iterator[list[Planned]]:
        """The groups of cases that would write to one folder."""
        return self._groups("same_folder")

    def same_cases(self) -> Iterator[list[Planned]]:
        """The groups of cases of one kind with the same case number."""
        return self._groups("same_case")

    def _groups(self, column: str) -> Iterator[list[Planned]]:
        # An index would be built for nothing: each is asked once.
        twice = f"SELECT {column} FROM planned GROUP BY {column} HAVING count(*) > 1"  # noqa: S608 - our own names
        rows = self._base.execute(
            f"SELECT {column}, number, line, folder, sha256, appendix, done FROM planned"  # noqa: S608
            f" WHERE {column} IN ({twice}) ORDER BY (SELECT min(number) FROM planned), {column}, number"
        )
        group: list[Planned] = []
        key = None
        for row in rows:
            if group and row[0] != key:
                yield group
                group = []
            key = row[0]
            group.append(_planned(row[1:]))
        if group:
            yield group

    def mark_done(self, number: int) -> None:
        """The letter is there already."""
        self._base.execute("UPDATE planned SET done = 1 WHERE number = ?", (number,))

    def sha256_of(self, folder: str) -> str | None:
        """The hash of the case that a folder's letter is to be made of; None for no such folder."""
        row = self._base.execute("SELECT sha256 FROM planned WHERE folder = ?", (folder,)).fetchone()
        return row[0] if row else None

    def index(self) -> None:
        """Make `sha256_of` quick."""
        self._base.execute("CREATE INDEX IF NOT EXISTS by_folder ON planned (folder)")

    def digest(self) -> str:
        """One hash over every case's folder and hash, in order."""
        whole = hashlib.sha256()
        for row in self._base.execute("SELECT folder, sha256 FROM planned ORDER BY number"):
            whole.update("\0".join(row).encode("utf-8", "surrogatepass") + b"\n")
        return whole.hexdigest()

    def close(self) -> None:
        """Forget the plan."""
        self._base.close()


def _planned(row: Sequence[Any]) -> Planned:
    number, line, folder, sha256, appendix, done = row
    return Planned(number, line, folder, sha256, bool(appendix), bool(done))
