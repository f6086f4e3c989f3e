"""The record that lies beside a letter: what it was made from, by hashes, and what was noticed.

It holds no time of day and no name of a person or machine, so the same letter made again has the same
record. The letter's text is in it only as hashes. docs/manifest.md describes it for people.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Annotated, Literal

import msgspec
from msgspec import Meta, Struct

from letters.desk.programs import programs
from letters.document.model import Letter
from letters.problems import Problem
from letters.render.pdf.fonts import Font
from letters.wording.library import Library, WordingFile

#: The library's data files that reach every letter, and the one of each case type.
DATA = ("bibliotek.yaml", "ordliste.yaml", "klageveje.yaml")
CASE_TYPE = "sagstype.yaml"
LAW = "love"
LETTERHEADS = "brevpapir"

Sha256 = Annotated[str, Meta(pattern=r"^[0-9a-f]{64}$")]
Day = Annotated[str, Meta(pattern=r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$")]
#: A file in one folder, and a file below the library: no way out of either.
FileName = Annotated[str, Meta(pattern=r"^[^/]+$")]
LibraryFile = Annotated[str, Meta(pattern=r"^[^/.][^/]*(/[^/.][^/]*)*$")]


class CaseRecord(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """The case file: its name without folder, and its hash."""

    file: FileName
    sha256: Sha256


class WordingRecord(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A wording file that printed something.

    Attributes:
        since: the first date that the version applies to; None for a wording's first version.
    """

    since: Day | None = msgspec.field(name="from")
    sha256: Sha256


class FontRecord(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A font file; the version is written as the file has it ("Version 2.1.5")."""

    family: str
    version: str
    sha256: Sha256


class ProblemRecord(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A problem that was told when the letter was made."""

    code: str
    severity: Literal["fatal", "error", "warning"]
    field: str | None
    line: int | None


class AcknowledgedRecord(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A problem that the case file accepts, and why."""

    code: str
    reason: str


class AllowedRecord(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A word that the leak guard was told to pass over, and why."""

    word: str
    reason: str


class ConfidentialRecord(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """What is recorded of a confidential appendix besides; its manifest lies in the closed folder."""

    appendix: str
    classification: str
    profile: str
    allowed: list[AllowedRecord]


class GuardRecord(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """What an open letter was compared with before it was written; None for a letter without appendices."""

    appendices: list[str]
    allowed: list[AllowedRecord]


class Manifest(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """What a letter was made from.

    Attributes:
        date: the letter's own date.
        library: the library's data files, `letterhead` and `law` likewise: name below the library -> SHA-256.
        programs: program or library -> its version; "absent" for one that was not there.
        outputs: file name -> SHA-256.
    """

    format: Literal[1]
    status: Literal["draft", "final"]
    date: Day
    case: CaseRecord
    wording: dict[LibraryFile, WordingRecord]
    library: dict[LibraryFile, Sha256]
    law: dict[LibraryFile, Sha256]
    letterhead: dict[LibraryFile, Sha256]
    fonts: dict[FileName, FontRecord]
    programs: dict[str, str]
    outputs: dict[FileName, Sha256]
    problems: list[ProblemRecord]
    acknowledged: list[AcknowledgedRecord]
    confidential: ConfidentialRecord | None = None
    guard: GuardRecord | None = None

    def json_bytes(self) -> bytes:
        """As it is written: UTF-8 JSON with sorted keys."""
        data = msgspec.to_builtins(self)
        for name in ("confidential", "guard"):
            if data[name] is None:
                del data[name]
        return (json.dumps(data, ensure_ascii=False, indent=2, sort_keys=True) + "\n").encode()


class NoManifest(ValueError):
    """Data that is no manifest; the text says where and why, in the words of the library that reads it."""


def read_record(data: bytes) -> Manifest:
    """Read a manifest as it was written.

    Raises:
        NoManifest: it is none, or one of a later version.
    """
    try:
        return msgspec.json.decode(data, type=Manifest)
    except (ValueError, RecursionError) as error:
        raise NoManifest(str(error)) from None


def manifest(
    *,
    letter: Letter,
    case_name: str,
    case_bytes: bytes,
    library: Library,
    wordings: Iterable[str],
    fonts: Iterable[Font],
    outputs: Mapping[str, bytes],
    problems: Iterable[Problem],
    acknowledged: Iterable[tuple[str, str]],
    data: Iterable[str] = (),
    confidential: ConfidentialRecord | None = None,
    guard: GuardRecord | None = None,
) -> bytes:
    """The manifest of a letter as it is written.

    Args:
        wordings: paths of the wording files used.
        outputs: file name -> contents, decrypted where the file is encrypted.
        acknowledged: problem codes that the case file accepts, each with its reason.
        data: files below the library that were read besides those of `DATA`.
        confidential: None for an open letter.
        guard: None for a letter without appendices.
    """
    root = Path(library.root)
    versions = {file.path: file for named in library.files.values() for file in named}
    return Manifest(
        format=1,
        status=letter.status.value,
        date=letter.date,
        case=CaseRecord(file=_readable(case_name), sha256=sha256(case_bytes)),
        wording={below(root, name): _wording(name, versions.get(name)) for name in wordings},
        library=hashes(root, (root / name for name in (*DATA, *data))),
        law=hashes(root, (root / LAW).glob("*.yaml")),
        letterhead=hashes(root, (root / LETTERHEADS / letter.letterhead).iterdir()),
        fonts={font.path.name: _font(font) for font in fonts},
        programs=dict(programs()),
        outputs={name: sha256(contents) for name, contents in outputs.items()},
        problems=[
            ProblemRecord(code=p.code, severity=p.severity.value, field=p.place.field, line=p.place.line)
            for p in problems
        ],
        acknowledged=[AcknowledgedRecord(code=code, reason=reason) for code, reason in acknowledged],
        confidential=confidential,
        guard=guard,
    ).json_bytes()


def sha256(data: bytes) -> str:
    """The SHA-256 of some bytes in small hexadecimal digits."""
    return hashlib.sha256(data).hexdigest()


def hashes(library: Path, paths: Iterable[Path]) -> dict[str, str]:
    """Name below the library -> SHA-256, of those paths that are files; hidden files are left out."""
    found = sorted(path for path in paths if path.is_file() and not path.name.startswith("."))
    return {below(library, str(path)): sha256(path.read_bytes()) for path in found}


def _wording(name: str, version: WordingFile | None) -> WordingRecord:
    first = version is None or version.since == dt.date.min
    since = None if version is None or first else version.since.isoformat()
    return WordingRecord(since=since, sha256=sha256(Path(name).read_bytes()))


def _font(font: Font) -> FontRecord:
    return FontRecord(family=font.family, version=font.version, sha256=font.sha256)


def _readable(name: str) -> str:
    """A file's name; bytes in it that are no UTF-8 are written out."""
    return name.encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")


def below(library: Path, name: str) -> str:
    """A file's name below the library, with slashes."""
    return Path(name).relative_to(library).as_posix()
