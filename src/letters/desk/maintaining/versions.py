"""Versions of a text: a dated copy to edit, and that nobody edits one that letters have gone out with."""

from __future__ import annotations

import datetime as dt
import hashlib
import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from letters.desk.manifest import NoManifest, read_record
from letters.desk.output import write_files
from letters.problems import N_, OutputError, Place, Problem, Severity, TemplateError
from letters.upkeep.contents import find_text, version_at
from letters.wording.library import Library

_MANIFEST = "manifest.json"
_LARGEST = 5_000_000  # bytes of a manifest; a real one has some thousand


def new_version(library: Library, name: str, since: dt.date) -> Path:
    """Copy the version of a text that applies the day before to one that applies from a date.

    Args:
        name: the text's name or one of its files.
    Returns:
        The new file, byte for byte the same.
    Raises:
        TemplateError: there is no such text, or it has a version from that date or a later one.
        OutputError: the disk refuses.
    """
    text = find_text(library, name)
    source = version_at(text, since)
    path = Path(source.path)
    stem = path.name.partition(".")[0].partition("@")[0]
    target = path.with_name(f"{stem}@{since.isoformat()}{path.suffix}")
    taken = [version for version in text.versions if version.since >= since]
    if taken:
        message = N_("{name} has a version from {date} already")
        help_ = N_("edit that one if no letter has gone out with it, or choose a later date")
        args = {"name": text.name, "date": taken[0].since.isoformat()}
        raise TemplateError(
            [Problem("templates.version-there", Severity.ERROR, message, Place(taken[0].path), args, help_)]
        )
    try:
        data = path.read_bytes()
    except OSError as error:
        message, args = N_("the file cannot be read: {reason}"), {"reason": error.strerror or ""}
        raise OutputError(
            [Problem("outside.failed", Severity.FATAL, message, Place(str(path)), args)]
        ) from error
    write_files({target: data}, force=False)
    return target


# Issued


@dataclass
class Issued:
    """What final letters were made with.

    Attributes:
        texts: wording file below the library -> SHA-256 of it -> the manifests that name it.
        letters: how many final letters there are.
        problems: manifests that cannot be read.
    """

    texts: dict[str, dict[str, list[Path]]] = field(default_factory=dict)
    letters: int = 0
    problems: list[Problem] = field(default_factory=list)


def issued_in(folders: Iterable[Path]) -> Issued:
    """Read every manifest of a final letter below some folders."""
    found = Issued()
    for folder in folders:
        for path in _manifests(folder):
            _take(path, found)
    return found


def _manifests(folder: Path) -> Iterator[Path]:
    if folder.is_file():
        yield folder
        return
    for place, folders, names in os.walk(folder):
        folders.sort()
        if _MANIFEST in names:
            yield Path(place) / _MANIFEST


def _take(path: Path, found: Issued) -> None:
    try:
        with path.open("rb") as file:
            data = file.read(_LARGEST + 1)
        manifest = read_record(data)
    except (OSError, NoManifest):
        message = N_("this cannot be read as the manifest of a letter")
        help_ = N_("nobody knows which texts that letter was made with; `letters verify` says more")
        found.problems.append(
            Problem("templates.manifest-unread", Severity.WARNING, message, Place(str(path)), help=help_)
        )
        return
    if manifest.status != "final":
        return
    found.letters += 1
    for name, record in manifest.wording.items():
        found.texts.setdefault(name, {}).setdefault(record.sha256, []).append(path)


def issued_problems(root: Path, issued: Issued) -> Iterator[Problem]:
    """Texts that final letters were made with, and that are not what they were."""
    yield from issued.problems
    for name, hashes in sorted(issued.texts.items()):
        path = root / name
        manifests = [manifest for found in hashes.values() for manifest in found]
        args: dict[str, object] = {"count": len(manifests), "manifest": str(manifests[0]), "name": name}
        if not path.is_file():
            message = N_(
                "this text is gone, and final letters were made with it: {count}, such as {manifest}"
            )
            help_ = N_("put the file back: the letters cannot be made again without it")
            yield Problem("template.issued-missing", Severity.ERROR, message, Place(str(path)), args, help_)
            continue
        now = hashlib.sha256(path.read_bytes()).hexdigest()
        others = [manifest for known, found in hashes.items() if known != now for manifest in found]
        if others:
            args |= {"count": len(others), "manifest": str(others[0])}
            message = N_(
                "this text was edited after final letters had gone out with it: {count}, such as {manifest}"
            )
            help_ = N_(
                "put the old words back, and make a version for the new: `letters templates new-version`"
            )
            yield Problem("template.issued-changed", Severity.ERROR, message, Place(str(path)), args, help_)
