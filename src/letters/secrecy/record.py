"""The guard record: that certain files were compared with certain appendices, and what came of it.

Someone with access to an appendix makes it; whoever issues the letter needs only the record. It is bound to
the files by their SHA-256 and holds no secret: a changed byte in a file makes it void.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection, Iterable, Mapping
from typing import Any

from letters.problems import N_, Place, Problem, Severity
from letters.secrecy.findings import Finding
from letters.secrecy.secrets import Allowed

FORMAT = 1


def guard_record(
    documents: Mapping[str, bytes],
    appendices: Mapping[str, bytes],
    findings: Iterable[Finding],
    allowed: Iterable[Allowed] = (),
) -> bytes:
    """The record as UTF-8 JSON with sorted keys; without time of day, person or machine.

    Args:
        documents: name -> bytes of the open files that were looked through.
        appendices: id -> bytes of the appendix's case file that they were compared with.
    """
    record = {
        "format": FORMAT,
        "files": {name: _sha256(data) for name, data in documents.items()},
        "appendices": {name: _sha256(data) for name, data in appendices.items()},
        "allowed": [{"word": item.word, "reason": item.reason} for item in allowed],
        "findings": [_shown(finding) for finding in findings],
    }
    return (json.dumps(record, ensure_ascii=False, indent=2, sort_keys=True) + "\n").encode()


def check_record(
    record: bytes, name: str, documents: Mapping[str, bytes], appendix_ids: Collection[str]
) -> tuple[Problem, ...]:
    """What keeps a record from vouching for these files; nothing when it does.

    Files are recognised by what they hold, whatever they are called now.

    Args:
        name: the record's file name, for the problems.
        appendix_ids: of every appendix that the open letter names.
    """
    value = _loaded(record)
    if value is None:
        return (_problem("record-unreadable", N_("this is no guard record"), name),)
    problems = []
    vouched = set(value["files"].values())
    for document, data in documents.items():
        if _sha256(data) not in vouched:
            problems.append(
                _problem(
                    "record-other-file", N_("{file} is not the file that was guarded"), name, file=document
                )
            )
    for missing in sorted(set(appendix_ids) - set(value["appendices"])):
        problems.append(
            _problem("record-other-appendix", N_("it was not compared with appendix {id}"), name, id=missing)
        )
    if any(finding.get("severity") != Severity.WARNING.value for finding in value["findings"]):
        problems.append(_problem("record-findings", N_("the guard found something then"), name))
    return tuple(problems)


def _loaded(record: bytes) -> dict[str, Any] | None:
    try:
        value = json.loads(record)
    except (ValueError, RecursionError):
        return None
    shape = {"files": dict, "appendices": dict, "findings": list}
    if not isinstance(value, dict) or value.get("format") != FORMAT:
        return None
    whole = all(isinstance(value.get(key), kind) for key, kind in shape.items())
    return value if whole and all(isinstance(item, dict) for item in value["findings"]) else None


def _shown(finding: Finding) -> dict[str, str]:
    return {
        "kind": finding.kind,
        "owner": finding.owner,
        "document": finding.document,
        "where": finding.where,
        "severity": (Severity.ERROR if finding.sure else Severity.WARNING).value,
    }


def _problem(code: str, message: str, name: str, **args: str) -> Problem:
    return Problem(
        f"secrecy.{code}",
        Severity.ERROR,
        message,
        Place(name),
        args,
        help=N_("run letters guard again on the files as they are now"),
    )


def _sha256(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()
