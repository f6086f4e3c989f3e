"""The use case `verify`: make a letter again, years later, and say what is no longer as its manifest tells.

Nothing is written. Compared are the files beside the manifest with their hashes; case, library, fonts and
programs with those recorded; and the files with those that case and library make today.
"""

from __future__ import annotations

import enum
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct

from letters.desk.appendices.unguarded import CODE as NOT_GUARDED
from letters.desk.manifest import CaseRecord, Manifest, NoManifest, read_record, sha256
from letters.desk.verifying.closed_files import ClosedFiles, closed_files
from letters.desk.verifying.inputs import changed_inputs
from letters.desk.verifying.likeness import Difference, Kind, difference
from letters.document.model import Status
from letters.problems import N_, LettersError, Place, Problem, Severity

if TYPE_CHECKING:
    from letters.desk import Desk
    from letters.secrecy.seal import Password

_MAX_BYTES = 5_000_000  # of a manifest
_NAME = "manifest.json"
_REPLACED = "secrecy.unsealed-replaced"  # told of the folder that was there before, which is gone


class State(enum.Enum):
    """What came of comparing a file with the one made today.

    SAME: byte for byte. SAME_WORDS: words and structure. UNKNOWN: the letter cannot be made today.
    """

    SAME = "same"
    SAME_WORDS = "same-words"
    DIFFERENT = "different"
    MISSING = "missing"
    UNKNOWN = "unknown"


class Verified(Struct, frozen=True):
    """What verifying found.

    Attributes:
        case: the case file that the letter was made from again.
        outputs: name of a file -> what came of it.
    """

    manifest: Path
    case: Path
    outputs: Mapping[str, State]
    problems: tuple[Problem, ...]


class _Found(Struct, frozen=True):
    state: State
    problem: Problem | None = None


def verify(
    desk: Desk, path: Path, case: Path | None = None, password: Callable[[], Password | None] = lambda: None
) -> Verified:
    """Make the letter or appendix of a manifest again and compare.

    Args:
        path: the manifest, or the folder it lies in.
        case: the case file; None to look beside the manifest.
        password: gives the password of an encrypted appendix; asked for nothing else.
    Raises:
        LettersError: the manifest cannot be read, there is no case file, or an appendix does not open.
    """
    path = path / _NAME if path.is_dir() else path
    record = read_manifest(path)
    case = _case_file(path, record, case)
    closed = closed_files(path, record, password) if record.confidential else None
    beside = _Beside(path.parent, closed)
    problems = [*_case_problems(case, record.case), *beside.unsealed(record.outputs)]
    made: dict[str, bytes] = {}
    try:
        made = _made(desk, case, Status(record.status), closed)
    except LettersError as error:
        problems += [_cannot_remake(path), *error.problems]
    today = read_record(made.pop(_NAME)) if made else None
    problems += changed_inputs(record, today, Path(desk.composer.library.root))
    explained = bool(problems)
    problems += _record_problems(path, record, today)
    outputs: dict[str, State] = {}
    for name, digest in sorted(record.outputs.items()):
        found = _compared(beside, name, digest, made.get(name), explained)
        found = found if made else _hashed(found, beside, name, digest)
        outputs[name] = found.state
        problems += [found.problem] if found.problem else []
    problems += (_not_recorded(path, name) for name in sorted(made.keys() - record.outputs.keys()))
    return Verified(path, case, outputs, tuple(problems))


class _Beside(Struct, frozen=True):
    """The files beside a manifest. Of an appendix (`closed`) no word is told."""

    folder: Path
    closed: ClosedFiles | None

    def read(self, name: str) -> bytes | None:
        """A file as it opens; None when it is not there."""
        data = _read(self.folder / name)
        return self.closed.opened(data, self.folder / name) if self.closed and data is not None else data

    def unsealed(self, names: Iterable[str]) -> Iterator[Problem]:
        """The files of an appendix that have lost their password."""
        for name in sorted(names) if self.closed else ():
            data = _read(self.folder / name)
            found = self.closed.not_sealed(data, self.folder / name) if self.closed and data else None
            if found:
                yield found

    def difference(self, name: str, there: bytes, made: bytes) -> Difference | None:
        found = difference(name, there, made)
        return Difference(Kind.HUSHED) if found and self.closed else found


def _made(desk: Desk, case: Path, status: Status, closed: ClosedFiles | None) -> dict[str, bytes]:
    return closed.make(desk, case, status) if closed else desk.draw(desk.prepare(case, status))


def read_manifest(path: Path) -> Manifest:
    """Read a manifest.

    Raises:
        LettersError: it cannot be read, or is none.
    """
    place = Place(str(path))
    try:
        with path.open("rb") as file:
            data = file.read(_MAX_BYTES + 1)
    except OSError as error:
        args = {"reason": error.strerror or type(error).__name__}
        message = N_("the manifest cannot be read: {reason}")
        raise LettersError([Problem("verify.unreadable", Severity.FATAL, message, place, args)]) from None
    try:
        return read_record(data[:_MAX_BYTES])
    except NoManifest as error:
        message = N_("this is no manifest that letters can read ({fault})")
        help_ = N_("name the manifest.json that lies beside the letter; docs/manifest.md describes it")
        args = {"fault": str(error)}
        raise LettersError(
            [Problem("verify.no-manifest", Severity.FATAL, message, place, args, help_)]
        ) from None


def _case_file(path: Path, record: Manifest, case: Path | None) -> Path:
    found = case or path.parent / record.case.file
    if case is None and not found.is_file():
        message = N_("the case file {file} does not lie beside the manifest")
        help_ = N_("say where it is with --case FILE")
        args = {"file": record.case.file}
        raise LettersError(
            [Problem("verify.no-case", Severity.FATAL, message, Place(str(path)), args, help_)]
        )
    return found


def _case_problems(case: Path, record: CaseRecord) -> Iterator[Problem]:
    """What is no longer so of the case file; `prepare` tells when it cannot be read."""
    place = Place(str(case))
    try:
        digest = sha256(case.read_bytes())
    except OSError:
        return
    if digest != record.sha256:
        message = N_("the case file is not the one the letter was made from")
        yield Problem("verify.case-changed", Severity.ERROR, message, place)
    if case.name != record.file:
        message = N_("the case file was called {file} then")
        yield Problem("verify.case-renamed", Severity.WARNING, message, place, {"file": record.file})


def _record_problems(path: Path, record: Manifest, today: Manifest | None) -> Iterator[Problem]:
    """What the manifest says of the letter itself, against the letter made today."""
    if today is None:
        return
    place = Place(str(path))
    if record.date != today.date:
        message = N_("the letter's date is {today}, but the manifest says {recorded}")
        args = {"today": today.date, "recorded": record.date}
        yield Problem("verify.date-differs", Severity.ERROR, message, place, args)
    # A newer program may notice more; the same one may not.
    severity = Severity.ERROR if record.programs == today.programs else Severity.WARNING
    told = Counter(map(str, record.problems))
    now = Counter(str(p) for p in today.problems if not (record.guard and p.code == NOT_GUARDED))
    told = Counter({text: count for text, count in told.items() if _REPLACED not in text})
    if told != now:
        message = N_("the manifest records other problems than are told today ({codes})")
        codes = sorted({p.code for p in (*record.problems, *today.problems) if told[str(p)] != now[str(p)]})
        args = {"codes": ", ".join(codes)}
        yield Problem("verify.problems-differ", severity, message, place, args)
    if record.acknowledged != today.acknowledged:
        message = N_("the manifest records other acknowledgements than the case file makes")
        yield Problem("verify.acknowledged-differ", Severity.ERROR, message, place)
    if record.confidential != today.confidential:
        message = N_("the manifest records another appendix, class or list of words than the case file has")
        yield Problem("verify.confidential-differs", Severity.ERROR, message, place)


def _compared(beside: _Beside, name: str, digest: str, made: bytes | None, explained: bool) -> _Found:
    """A file beside the manifest against its hash and the file made today.

    Args:
        made: None when no such file is made today.
        explained: whether something it is made from has changed, so that its bytes may differ.
    """
    file, there = beside.folder / name, beside.read(name)
    if there is None:
        message = N_("the file is not there")
        return _Found(State.MISSING, _error("verify.output-missing", message, file))
    if made is None:
        message = N_("letters makes no such file of this case")
        return _Found(State.UNKNOWN, _error("verify.output-unknown", message, file))
    if there == made:
        if sha256(there) == digest:
            return _Found(State.SAME)
        message = N_("the file is what the case makes, but the manifest records another hash")
        return _Found(State.SAME, _error("verify.record-wrong", message, file))
    found = beside.difference(name, there, made)
    state = State.DIFFERENT if found else State.SAME_WORDS
    if sha256(there) != digest:
        return _Found(state, _edited(file, found))
    if found is None and explained:
        message = N_(
            "words and structure are the same; bytes cannot be, because what it is made with differs"
        )
        return _Found(state, Problem("verify.bytes-differ", Severity.WARNING, message, Place(str(file))))
    return _Found(state, _differs(file, found))


def _hashed(found: _Found, beside: _Beside, name: str, digest: str) -> _Found:
    """What can be said of a file without making the letter again."""
    file, there = beside.folder / name, beside.read(name)
    if there is None:
        return found
    if sha256(there) == digest:
        return _Found(State.UNKNOWN)
    message = N_("the file was changed after it was made")
    return _Found(State.UNKNOWN, _error("verify.output-edited", message, file))


def _edited(file: Path, found: Difference | None) -> Problem:
    match found:
        case None:
            message = N_("the file was changed after it was made; its words and structure are the same")
        case Difference(kind=Kind.WORDS):
            message = N_(
                "the file was changed after it was made: it says “{there}” where the letter says “{made}”"
            )
        case Difference(kind=Kind.STRUCTURE):
            message = N_(
                "the file was changed after it was made: it has “{there}” where the letter has “{made}”"
            )
        case Difference(kind=Kind.HUSHED):
            message = N_("the file was changed after it was made; what it says is left out on purpose")
        case _:
            message = N_("the file was changed after it was made, and cannot be read any more")
    return _error("verify.output-edited", message, file, found)


def _differs(file: Path, found: Difference | None) -> Problem:
    match found:
        case Difference(kind=Kind.WORDS):
            message = N_("made again, the letter says “{made}” where the file says “{there}”")
        case Difference(kind=Kind.STRUCTURE):
            message = N_("made again, the letter has “{made}” where the file has “{there}”")
        case Difference(kind=Kind.HUSHED):
            message = N_("made again, it says something else; what it says is left out on purpose")
        case _:
            message = N_("made again, the file comes out with other bytes, and nothing recorded explains it")
    return _error("verify.output-differs", message, file, found)


def _error(code: str, message: str, file: Path, found: Difference | None = None) -> Problem:
    args = {"there": found.first, "made": found.second} if found else {}
    return Problem(code, Severity.ERROR, message, Place(str(file)), args)


def _not_recorded(path: Path, name: str) -> Problem:
    message = N_("the manifest does not record {name}, which belongs to the letter")
    return Problem("verify.not-recorded", Severity.ERROR, message, Place(str(path)), {"name": name})


def _cannot_remake(path: Path) -> Problem:
    message = N_("the letter cannot be made again; the reasons follow")
    return Problem("verify.cannot-remake", Severity.ERROR, message, Place(str(path)))


def _read(file: Path) -> bytes | None:
    try:
        return file.read_bytes()
    except OSError:
        return None
