"""Letters that are there already: whether a folder holds the whole letter of a case, made as it would be now.

A letter's manifest says what it was made of. A run that was cut finds by it what its journal does not tell.
"""

from __future__ import annotations

import functools
import hashlib
import json
from collections.abc import Mapping
from pathlib import Path

from letters.desk.manifest import sha256
from letters.desk.output import CONFIDENTIAL
from letters.desk.programs import programs
from letters.document.model import Status

_FILES = ("library", "law", "letterhead")


class Already:
    """Looks at folders for one run.

    Args:
        templates: the wording library.
    """

    def __init__(self, templates: Path, status: Status) -> None:
        self._templates, self._status = templates, status
        self._hash = functools.cache(self._file_hash)

    def holds(self, folder: Path, case: str) -> bool:
        """Whether a folder holds the letter of a case.

        Args:
            folder: the letter's folder, or the closed one of an appendix.
            case: SHA-256 of the case file.
        """
        try:
            record = json.loads((folder / "manifest.json").read_bytes())
            return self._fits(record, folder, case)
        except (OSError, ValueError, LookupError, TypeError, AttributeError):
            return False

    def _fits(self, record: Mapping[str, object], folder: Path, case: str) -> bool:
        return (
            record["status"] == self._status.value
            and record["case"]["sha256"] == case  # type: ignore[index] # a record of another shape is caught
            and record["programs"] == dict(programs())
            and all(self._same(record[name]) for name in _FILES)
            and all(self._hash(name) == wording["sha256"] for name, wording in record["wording"].items())  # type: ignore[attr-defined]
            and all(_whole(folder, name, known) for name, known in record["outputs"].items())  # type: ignore[attr-defined]
        )

    def _same(self, files: object) -> bool:
        assert isinstance(files, dict)  # noqa: S101 - narrows; `holds` catches another shape
        return all(self._hash(name) == known for name, known in files.items())

    def _file_hash(self, name: str) -> str:
        try:
            return sha256((self._templates / name).read_bytes())
        except OSError:
            return ""


def _whole(folder: Path, name: str, known: str) -> bool:
    """An appendix's hash is of what opens with the password, so only its file's being there is asked."""
    contents = (folder / name).read_bytes()
    return bool(contents) and (folder.name == CONFIDENTIAL or sha256(contents) == known)


def library_hash(templates: Path) -> str:
    """One hash over every file of the wording library."""
    whole = hashlib.sha256()
    for path in sorted(p for p in templates.rglob("*") if p.is_file() and not p.name.startswith(".")):
        whole.update(f"{path.relative_to(templates).as_posix()}\0{sha256(path.read_bytes())}\n".encode())
    return whole.hexdigest()


def programs_hash() -> str:
    """One hash over the programs that have a say in a letter's bytes, and their versions."""
    return sha256(json.dumps(dict(programs()), sort_keys=True).encode())
