"""What a letter was made from, then and today: wording, data, law, letterhead, fonts and programs."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

from msgspec import Struct

from letters.desk.manifest import FontRecord, Manifest, WordingRecord, sha256
from letters.desk.programs import programs
from letters.problems import N_, Place, Problem, Severity


class _Kind(Struct, frozen=True):
    """A kind of file: the stem of its codes, and what is said of a file that has changed."""

    code: str
    changed: str


_KINDS: Mapping[str, _Kind] = {
    "wording": _Kind("wording", N_("the wording has changed since the letter was made")),
    "library": _Kind("library", N_("the library's data have changed since the letter was made")),
    "law": _Kind("law", N_("the register of acts has changed since the letter was made")),
    "letterhead": _Kind("letterhead", N_("the letterhead has changed since the letter was made")),
}


def changed_inputs(record: Manifest, today: Manifest | None, library: Path) -> Iterator[Problem]:
    """What has changed since.

    Args:
        today: the manifest of the letter made today; None when it cannot be made, so that only files which
            were used then can be compared.
        library: the library's directory.
    """
    for group, kind in _KINDS.items():
        then = _hashes(getattr(record, group))
        now = _on_disk(then, library) if today is None else _hashes(getattr(today, group))
        yield from _files(kind, then, now, library)
    if today is not None:
        yield from _versions(record.wording, today.wording, library)
        yield from _fonts(record.fonts, today.fonts)
    yield from _programs(record.programs, dict(programs()))


def _hashes(records: Mapping[str, str] | Mapping[str, WordingRecord]) -> dict[str, str]:
    return {
        name: entry.sha256 if isinstance(entry, WordingRecord) else entry for name, entry in records.items()
    }


def _on_disk(names: Mapping[str, str], library: Path) -> dict[str, str]:
    return {name: sha256((library / name).read_bytes()) for name in names if (library / name).is_file()}


def _files(kind: _Kind, then: Mapping[str, str], now: Mapping[str, str], library: Path) -> Iterator[Problem]:
    for name in sorted(then.keys() | now.keys()):
        if then.get(name) == now.get(name):
            continue
        if name not in then:
            code, message = "new", N_("the file is used now, and was not when the letter was made")
        elif name in now:
            code, message = "changed", kind.changed
        elif (library / name).is_file():
            code, message = "missing", N_("the file is not used any more, but was when the letter was made")
        else:
            code, message = "missing", N_("the file is not there any more")
        yield Problem(f"verify.{kind.code}-{code}", Severity.ERROR, message, Place(str(library / name)))


def _versions(
    then: Mapping[str, WordingRecord], now: Mapping[str, WordingRecord], library: Path
) -> Iterator[Problem]:
    """The first date of a version stands in the file's name; a record of another date is wrong."""
    for name in sorted(then.keys() & now.keys()):
        if then[name].since != now[name].since:
            message = N_("the manifest records another first date for this version of the wording")
            yield Problem("verify.wording-changed", Severity.ERROR, message, Place(str(library / name)))


def _fonts(then: Mapping[str, FontRecord], now: Mapping[str, FontRecord]) -> Iterator[Problem]:
    for name in sorted(then.keys() | now.keys()):
        if then.get(name) == now.get(name):
            continue
        args = {"file": name, "then": _font(then.get(name)), "now": _font(now.get(name))}
        if name not in then:
            code, message = "new", N_("the font {file} is used now, and was not when the letter was made")
        elif name not in now:
            code, message = "missing", N_("the font {file} is not used any more")
        else:
            code, message = "changed", N_("the font {file} is another: then {then}, now {now}")
        yield Problem(f"verify.font-{code}", Severity.ERROR, message, Place(""), args)


def _font(font: FontRecord | None) -> str:
    return f"{font.family} {font.version} ({font.sha256[:8]})" if font else ""


def _programs(then: Mapping[str, str], now: Mapping[str, str]) -> Iterator[Problem]:
    others = [
        f"{name} {then.get(name, '-')} → {now.get(name, '-')}"
        for name in sorted(then.keys() | now.keys())
        if then.get(name) != now.get(name)
    ]
    if others:
        message = N_("programs have other versions than when the letter was made: {programs}")
        args = {"programs": ", ".join(others)}
        yield Problem("verify.program-changed", Severity.WARNING, message, Place(""), args)
