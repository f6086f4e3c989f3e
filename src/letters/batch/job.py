"""What a process of a run does with one case: check it, or make its letter. Everything here can be pickled.

`work` is the one function that is sent to whoever does the work, on this machine or another. It never raises
for a fault of a case or of the program, so that no library on the way can write a case into its log.
"""

from __future__ import annotations

import functools
import gc
import os
import threading
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from letters.document.model import Status
from letters.problems import LettersError, OutputError, Problem, Severity, internal_problem

# The desk is imported where it is needed: a worker of a cluster only hands on what is here.
if TYPE_CHECKING:
    from letters.desk import Desk, Made
    from letters.desk.appendices.confidential import Protection
    from letters.desk.appendices.guarding import Against
    from letters.desk.timings import Stage


@dataclass(frozen=True, slots=True)
class Closed:
    """How confidential appendices are protected, and what open letters are compared with.

    Attributes:
        profile: the name of a `Profile`; None when no appendix is made.
        password: for the profile that seals. It goes to processes of this machine alone, through a socket
            that nobody else can read.
        root: another directory for what is closed; None for the same.
        against: the appendices' case files.
        record: the record of a guard.
    """

    profile: str | None = None
    password: str | None = field(default=None, repr=False)
    root: Path | None = None
    against: tuple[Path, ...] = ()
    record: Path | None = None


@dataclass(frozen=True, slots=True)
class Spec:
    """What is the same for every letter of a run.

    Attributes:
        templates: the wording library.
        font_dirs: where its fonts are looked for.
        out: where letters are written; None: whoever asked for them gets their files.
        force: replace letters that are there.
        debug: raise faults of the program instead of telling them.
    """

    templates: Path
    font_dirs: tuple[Path, ...]
    status: Status
    out: Path | None
    force: bool = False
    closed: Closed = Closed()
    debug: bool = False


@dataclass(frozen=True, slots=True)
class Task:
    """One case, and whether its letter is made or only checked."""

    path: Path
    data: bytes = field(repr=False)
    make: bool


@dataclass(frozen=True, slots=True)
class Answer:
    """What came of one case.

    Attributes:
        ok: checked: a letter can be made of it. Made: it is.
        machine: problems of the machine itself, which any letter may bring.
        outside: something outside the case failed.
        folder, files: as in `Made`.
        contents: the files themselves when the caller writes them; None otherwise.
        case_number, matter: of the case; None when it could not be read.
        appendix: whether it is a confidential appendix.
        named: the appendices that the letter names.
        memory: of the process after this case, in bytes; 0 when unknown.
        timings: as in `Made`.
    """

    ok: bool
    problems: tuple[Problem, ...] = field(default=(), repr=False)
    machine: tuple[Problem, ...] = ()
    outside: bool = False
    folder: Path | None = None
    files: tuple[Path, ...] = ()
    contents: Mapping[str, bytes] | None = field(default=None, repr=False)
    case_number: str | None = None
    matter: str | None = None
    appendix: bool = False
    named: frozenset[str] = frozenset()
    memory: int = 0
    timings: Mapping[Stage, float] = field(default_factory=dict, repr=False, compare=False)


def work(spec: Spec, task: Task) -> Answer:
    """Check one case, or make its letter.

    Raises:
        Exception: a fault of the program, with `spec.debug` alone.
    """
    try:
        with _ONE_AT_A_TIME:
            maker = _opened(spec)
            answer = maker.make(task) if task.make else maker.check(task)
            _swept()
            return answer
    except LettersError as error:
        return Answer(False, error.problems, outside=isinstance(error, OutputError))
    except Exception as error:
        if spec.debug:
            raise
        return Answer(False, (internal_problem(error, str(task.path)),), outside=True)


#: Renderers are for one thread; an executor may have several in a process.
_ONE_AT_A_TIME = threading.Lock()


#: After so many cases a tuned process looks for cycles.
_BETWEEN_SWEEPS = 50
_tuned = False
_cases = 0


def tune() -> None:
    """Set up a process that does nothing but make letters: when cycles are collected is decided here.

    A letter makes some hundred thousand objects and leaves some 250 in cycles. Python's own collector would
    come in the middle of a letter, find little, and take what is alive just then for old.
    """
    global _tuned  # noqa: PLW0603 - a process is tuned once and for all
    _tuned = True
    gc.set_threshold(200_000, 1_000, 1_000)


def _swept() -> None:
    """Between two cases hardly anything is alive that is not kept for good."""
    global _cases  # noqa: PLW0603 - counted for the process
    _cases += 1
    if _tuned and _cases % _BETWEEN_SWEEPS == 0:
        gc.collect()


def warm(spec: Spec) -> None:
    """Open the library before the first case comes. A fault is told with the cases."""
    try:
        _opened(spec)
    except Exception:
        return
    gc.collect()
    gc.freeze()


@functools.lru_cache(maxsize=1)
def _opened(spec: Spec) -> Maker:
    return Maker(spec)


def forget() -> None:
    """Let go of what this process keeps from letter to letter."""
    _opened.cache_clear()
    desk.cache_clear()


@functools.lru_cache(maxsize=1)
def desk(templates: Path, font_dirs: tuple[Path, ...]) -> Desk:
    """One desk for checking and making, which differ in what is known of passwords by then."""
    from letters.desk import Desk
    from letters.kept import kept_for_user

    return Desk(templates, font_dirs, kept_for_user(os.environ))


class Maker:
    """A desk and what a run asks of it.

    Raises:
        LettersError: the library, an appendix or a record is at fault.
    """

    def __init__(self, spec: Spec) -> None:
        self._spec = spec
        self._desk = desk(spec.templates, spec.font_dirs)
        closed = spec.closed
        self._against: Against | None = (
            self._desk.against(closed.against, closed.record) if closed.against or closed.record else None
        )
        self._protection = _protection(closed)

    def check(self, task: Task) -> Answer:
        """Everything that can be said of a case before its letter is drawn."""
        from letters.desk.appendices.appendix_files import holds_appendix

        if holds_appendix(task.path, task.data):
            confidential = self._desk.confidential()
            problems = confidential.check(task.path, task.data)
            number = confidential.read(task.path, task.data).appendix.case_number if not problems else None
            return Answer(
                self._may_be_made(problems), problems, case_number=number, matter="appendix", appendix=True
            )
        prepared = self._desk.prepare(task.path, self._spec.status, task.data)
        case = prepared.read.case
        named = frozenset(appendix.id for appendix in getattr(case, "appendices", ()))
        problems = prepared.problems
        if self._against is not None:
            from letters.desk.appendices.unguarded import CODE

            problems = tuple(p for p in problems if p.code != CODE)  # the guard will say it
        ok = self._may_be_made(problems)
        return Answer(ok, problems, case_number=case.case_number, matter=str(case.matter), named=named)

    def _may_be_made(self, problems: tuple[Problem, ...]) -> bool:
        final = self._spec.status is Status.FINAL
        stopping = (Severity.FATAL, Severity.ERROR) if final else (Severity.FATAL,)
        return not any(problem.severity in stopping for problem in problems)

    def make(self, task: Task) -> Answer:
        """Make a letter and write it, or hand out its files."""
        keep = _Keep()
        spec = self._spec
        if (closed := self._closed_already(task)) is not None:
            return Answer(True, folder=closed, memory=_memory())
        made: Made = self._desk.made(
            task.path,
            spec.out or Path(),
            spec.status,
            force=spec.force,
            protection=self._protection,
            against=self._against,
            data=task.data,
            write=keep if spec.out is None else write_once,
        )
        return Answer(
            made.folder is not None,
            made.problems,
            made.machine,
            made.outside,
            made.folder,
            made.files,
            keep.files if spec.out is None else None,
            memory=_memory(),
            timings=dict(made.timings),
        )

    def _closed_already(self, task: Task) -> Path | None:
        """The folder of an appendix that a process made just before it died; None when there is none.

        Whatever else was there has been refused before the first letter.
        """
        from letters.batch.already import Already
        from letters.desk.appendices.appendix_files import holds_appendix
        from letters.desk.manifest import sha256
        from letters.desk.output import CONFIDENTIAL

        if self._spec.force or self._spec.out is None or not holds_appendix(task.path, task.data):
            return None
        folder = (self._spec.closed.root or self._spec.out) / task.path.stem / CONFIDENTIAL
        already = Already(self._spec.templates, self._spec.status)
        return folder if already.holds(folder, sha256(task.data)) else None


def _protection(closed: Closed) -> Protection | None:
    if closed.profile is None:
        return None
    from letters.desk.appendices.confidential import Profile, Protection
    from letters.secrecy.seal import Password

    password = Password(closed.password) if closed.password is not None else None
    return Protection(Profile(closed.profile), password, closed.root)


class _Keep:
    """Takes a letter's files instead of a disk."""

    files: Mapping[str, bytes] | None = None

    def __call__(self, out: Path, stem: str, files: Mapping[str, bytes], *, force: bool) -> Path:
        self.files = dict(files)
        return out / stem


def write_once(out: Path, stem: str, files: Mapping[str, bytes], *, force: bool) -> Path:
    """Write a letter's files. The very same letter may be there: from a process that died just after.

    Raises:
        OutputError: as `write_letter`.
    """
    from letters.desk.output import write_letter

    try:
        return write_letter(out, stem, files, force=force)
    except OutputError:
        if not force and _same(out / stem, files):
            return out / stem
        raise


def _same(folder: Path, files: Mapping[str, bytes]) -> bool:
    try:
        return all((folder / name).read_bytes() == contents for name, contents in files.items())
    except OSError:
        return False


def _memory() -> int:
    """What the process holds in memory, in bytes (Linux); 0 elsewhere."""
    try:
        with open("/proc/self/statm", "rb") as file:
            return int(file.read().split()[1]) * os.sysconf("SC_PAGE_SIZE")
    except (OSError, ValueError, AttributeError):
        return 0
