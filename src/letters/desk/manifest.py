"""The record that lies beside a letter: what it was made from, by hashes, and what was noticed.

It holds no time of day and no name of a person or machine, so the same letter made again has the same
record. The letter's text is in it only as hashes.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from pathlib import Path

from letters import __version__
from letters.document.model import Letter
from letters.problems import Problem

FORMAT = 1


def manifest(
    *,
    letter: Letter,
    case_name: str,
    case_bytes: bytes,
    library: Path,
    wordings: Iterable[str],
    fonts: Mapping[str, str],
    outputs: Mapping[str, bytes],
    problems: Iterable[Problem],
    acknowledged: Iterable[tuple[str, str]],
) -> bytes:
    """The manifest as UTF-8 JSON with sorted keys.

    Args:
        wordings: paths of the wording files used, below `library`.
        fonts: name of a font file -> its SHA-256.
        acknowledged: problem codes that the case file accepts, each with its reason.
    """
    letterhead = library / "brevpapir" / letter.letterhead
    record = {
        "format": FORMAT,
        "letters": __version__,
        "status": letter.status.value,
        "date": letter.date,
        "case": {"file": case_name, "sha256": _sha256(case_bytes)},
        "wording": {_below(library, name): _sha256(Path(name).read_bytes()) for name in wordings},
        "library": {
            name: _sha256((library / name).read_bytes()) for name in _DATA if (library / name).is_file()
        },
        "letterhead": {
            _below(library, str(path)): _sha256(path.read_bytes())
            for path in sorted(letterhead.iterdir())
            if path.is_file()
        },
        "fonts": dict(fonts),
        "outputs": {name: _sha256(contents) for name, contents in outputs.items()},
        "problems": [
            {"code": p.code, "severity": p.severity.value, "field": p.place.field, "line": p.place.line}
            for p in problems
        ],
        "acknowledged": [{"code": code, "reason": reason} for code, reason in acknowledged],
    }
    return (json.dumps(record, ensure_ascii=False, indent=2, sort_keys=True) + "\n").encode()


_DATA = ("bibliotek.yaml", "ordliste.yaml", "klageveje.yaml")


def _below(library: Path, name: str) -> str:
    return Path(name).relative_to(library).as_posix()


def _sha256(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()
