"""A run: every case is checked, then the letters are made; cut anywhere, it goes on where it stopped.

The caller goes through `check`, `settle` and `make`, in this order, and closes the run.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from letters.batch.already import Already
from letters.batch.belonging import MOST_TOLD, another_run, made_with, refuse_twins
from letters.batch.executors import Item, Work, ordered
from letters.batch.faults import fatal, outside
from letters.batch.job import Answer, Spec, Task, desk, work, write_once
from letters.batch.journal import Journal
from letters.batch.plan import Plan, Planned
from letters.batch.pools import Pool
from letters.batch.sources import Entry, Fault, Source
from letters.desk.appendices.closed import refuse_place
from letters.desk.appendices.guarding import read_against, refuse_unpaired
from letters.desk.appendices.leftovers import sweep
from letters.desk.leftovers import clear
from letters.desk.manifest import sha256
from letters.desk.output import CONFIDENTIAL, refuse_existing
from letters.desk.places import CUT
from letters.desk.timings import Stage
from letters.problems import N_, CaseError, OutputError, Place, Problem

#: So many letters in a row that the disk refuses stop a run: the next thousand would be refused as well.
_DISK_REFUSALS = 3


@dataclass(frozen=True, slots=True)
class Result:
    """What came of one case.

    Attributes:
        place: the case's file, or the table and the row.
        state: `ready` (checked, its letter will be made), `refused` (checked, and none can be), `made`,
            `already` (made by an earlier part of this run) or `failed`.
        folder, files, outside: as in `letters.desk.Made`.
        machine: what is to be told of the machine, once a run.
        memory: of the process that made it, in bytes; 0 when unknown.
        timings: as in `Made`.
    """

    number: int
    place: Place
    state: str
    problems: tuple[Problem, ...] = ()
    folder: Path | None = None
    files: tuple[Path, ...] = ()
    outside: bool = False
    machine: tuple[Problem, ...] = ()
    memory: int = 0
    timings: Mapping[Stage, float] = field(default_factory=dict, compare=False)


@dataclass(slots=True)
class Run:
    """The letters of one source.

    Args:
        spec: for the work; its `out` is None when the caller writes what others make.
        out: where the letters go.
        journal: keep a journal in `out`. Without one the run is a handful of letters in a folder that others
            may use as well.
        all_or_nothing: make no letter when one case is refused; stop at the first that fails.
        same_case_number: let several letters of a kind have the same case number.
        work: what is sent to the pool; tests send something cheap.
    """

    source: Source
    spec: Spec
    out: Path
    pool: Pool
    journal: bool = True
    all_or_nothing: bool = False
    same_case_number: bool = False
    work: Work = work
    counts: Counter[str] = field(default_factory=Counter)
    appendices: int = 0
    _plan: Plan = field(default_factory=Plan)
    _named: set[str] = field(default_factory=set)
    _book: Journal | None = None
    _already: Already = field(init=False)
    _refusals: int = 0

    def __post_init__(self) -> None:
        self._already = Already(self.spec.templates, self.spec.status)

    # First half

    def check(self) -> Iterator[Result]:
        """Read and check every case.

        Raises:
            LettersError: the source cannot be read as a whole, or nobody is left to do the work.
        """
        answers = ordered(self.work, self.spec, self._to_check(), self.pool, lambda entry, answer: answer)
        for entry, answer in answers:
            yield self._checked(entry, answer)

    def _to_check(self) -> Iterator[Item[Entry | Fault]]:
        for entry in self.source.entries():
            if isinstance(entry, Fault):
                yield Item(entry, entry.place, None, Answer(False, entry.problems))
            else:
                # Only the hash is needed afterwards.
                known = replace(entry, data=sha256(entry.data).encode())
                yield Item(known, entry.place, Task(entry.path, entry.data, make=False))

    def _checked(self, entry: Entry | Fault, answer: Answer) -> Result:
        if isinstance(entry, Fault) or not answer.ok:
            self.counts["refused"] += 1
            placed = _placed(entry, answer.problems)
            return Result(entry.number, entry.place, "refused", placed, outside=answer.outside)
        self.counts["ready"] += 1
        self.appendices += answer.appendix
        self._named |= answer.named
        planned = Planned(
            entry.number, entry.place.line, entry.path.stem, entry.data.decode(), answer.appendix
        )
        self._plan.add(planned, answer.matter or "", answer.case_number or "")
        return Result(entry.number, entry.place, "ready", _placed(entry, answer.problems))

    # Between

    def settle(self, spec: Spec | None = None) -> tuple[Problem, ...]:
        """See that the letters can be made together and where they belong; begin or go on with the journal.

        Args:
            spec: for the second half, when more is known by now; None for the same.
        Returns:
            What is worth knowing: confidential files that a killed run had left, and that are deleted now.
        Raises:
            LettersError: with every problem; no letter was made.
        """
        self.spec = spec or self.spec
        refuse_twins(self._plan, self._place, same_case_number=self.same_case_number)
        self._refuse_bad_ones()
        self._refuse_unpaired()
        if self.journal:
            self._open_journal()
        else:
            clear(self.out, self._is_mine, alone=False)
        swept = sweep(self.spec.closed.root or self.out) if self.appendices else ()
        self._refuse_existing()
        return swept

    def _refuse_bad_ones(self) -> None:
        if self.all_or_nothing and self.counts["refused"]:
            message = N_("{count} of {total} cases cannot become letters; all or nothing was asked for")
            total = self.counts["refused"] + self.counts["ready"]
            place = Place(self.source.name)
            raise CaseError(
                [fatal("batch.not-all", message, place, count=self.counts["refused"], total=total)]
            )

    def _refuse_unpaired(self) -> None:
        closed = self.spec.closed
        if closed.against and not self.counts["refused"]:
            senders = desk(self.spec.templates, self.spec.font_dirs).composer.library.senders
            refuse_unpaired(self._named, read_against(closed.against, closed.record, senders))

    def _open_journal(self) -> None:
        book = self._book = Journal.opened(self.out)
        with_ = made_with(self.spec)
        self._plan.index()
        problems = [] if book.fresh else list(another_run(book, with_, self._plan, self.out))
        if problems and not self.spec.force:
            raise OutputError(problems)
        # What is to be replaced and was begun already is not begun again.
        anew = self.spec.force and not book.fresh and (book.finished or bool(problems))
        book.begin(with_, anew=anew)
        clear(self.out, self._is_mine, alone=True)

    def _is_mine(self, name: str) -> bool:
        if len(name) == CUT:
            return any(planned.folder[:CUT] == name for planned in self._plan)
        return self._plan.sha256_of(name) is not None

    def _refuse_existing(self) -> None:
        """Find the letters that are there already; refuse what is in the way of the others."""
        problems: list[Problem] = []
        done: list[int] = []
        for planned in self._plan:
            if self._is_done(planned):
                done.append(planned.number)
            elif len(problems) < MOST_TOLD:
                problems += self._in_the_way(planned)
        for number in done:
            self._plan.mark_done(number)
        if problems:
            raise OutputError(problems)

    def _is_done(self, planned: Planned) -> bool:
        folder = self._folder(planned)
        if not folder.exists():
            return False
        if self._book is not None and self._book.done.get(planned.folder) == planned.sha256:
            return True
        if self.spec.force:  # it may be the very letter that is to be replaced
            return False
        if not self._already.holds(folder, planned.sha256):
            return False
        if self._book is not None:
            self._book.made(planned.folder, planned.sha256)
        return True

    def _in_the_way(self, planned: Planned) -> tuple[Problem, ...]:
        try:
            if planned.appendix:
                root = self.spec.closed.root or self.out
                refuse_place(root, planned.folder, force=self.spec.force)
            elif not self.spec.force:
                refuse_existing(self.out, planned.folder)
        except OutputError as error:
            return error.problems
        return ()

    # Second half

    def make(self) -> Iterator[Result]:
        """Make the letters of the cases that passed, in order.

        Raises:
            LettersError: the disk refuses, nobody is left to do the work, or a letter failed and all or
                nothing was asked for.
        """
        for case, answer in ordered(self.work, self.spec, self._to_make(), self.pool, self._arrived):
            yield (result := self._made(case, answer))
            if self.all_or_nothing and result.state == "failed":
                message = N_("a letter failed, and all or nothing was asked for: the run has stopped")
                help_ = N_("mend the case and run the command again: the letters that are made stay")
                raise CaseError([fatal("batch.not-all", message, result.place, help_)])
            self._stop_on_full_disk(result)
        if self._book is not None:
            self._book.finish(
                {state: self.counts[state] for state in ("made", "already", "failed", "refused")}
            )

    def _to_make(self) -> Iterator[Item[_Case]]:
        planned = iter(self._plan)
        following = next(planned, None)
        for entry in self.source.entries():
            if following is None:
                return
            if entry.number == following.number:
                yield self._item(entry, following)
                following = next(planned, None)
        while following is not None:  # the source has become shorter meanwhile
            case = _Case(following, self._place(following), None)
            yield Item(case, case.place, None, Answer(False, (_changed(case.place),)))
            following = next(planned, None)

    def _item(self, entry: Entry | Fault, planned: Planned) -> Item[_Case]:
        if (
            isinstance(entry, Fault)
            or sha256(entry.data) != planned.sha256
            or entry.path.stem != planned.folder
        ):
            case = _Case(planned, entry.place, None)
            return Item(case, entry.place, None, Answer(False, (_changed(entry.place),)))
        case = _Case(planned, entry.place, replace(entry, data=b""))
        if planned.done:
            return Item(case, entry.place, None, Answer(True, folder=self._folder(planned)))
        return Item(case, entry.place, Task(entry.path, entry.data, make=True))

    def _arrived(self, case: _Case, answer: Answer) -> Answer:
        """Write what another made, and say in the journal what is done."""
        if answer.ok and answer.contents is not None:
            answer = self._written(case, answer)
        if self._book is not None:
            if answer.ok:
                self._book.made(case.planned.folder, case.planned.sha256)
            else:
                self._book.failed(case.planned.folder, sorted({p.code for p in answer.problems}))
        return answer

    def _written(self, case: _Case, answer: Answer) -> Answer:
        assert answer.contents is not None  # noqa: S101 - asked before
        try:
            folder = write_once(self.out, case.planned.folder, answer.contents, force=self.spec.force)
        except OutputError as error:
            return Answer(False, error.problems, answer.machine, outside=True)
        files = tuple(folder / name for name in answer.contents)
        return replace(answer, folder=folder, files=files, contents=None)

    def _made(self, case: _Case, answer: Answer) -> Result:
        state = "already" if case.planned.done else "made" if answer.ok else "failed"
        self.counts[state] += 1
        problems = _placed(case.entry, answer.problems)
        return Result(
            case.planned.number,
            case.place,
            state,
            tuple(p for p in problems if p not in answer.machine),
            answer.folder,
            answer.files,
            answer.outside,
            answer.machine,
            answer.memory,
            answer.timings,
        )

    def _stop_on_full_disk(self, result: Result) -> None:
        refused = result.outside and any(p.code == "output.failed" for p in result.problems)
        self._refusals = self._refusals + 1 if refused else 0
        if self.journal and self._refusals >= _DISK_REFUSALS:
            message = N_("the disk refuses one letter after the other; the run has stopped")
            help_ = N_("make room, and run the command again: it goes on where it stopped")
            raise outside("batch.disk", message, Place(str(self.out)), help_)

    # Both

    def _folder(self, planned: Planned) -> Path:
        if planned.appendix:
            return (self.spec.closed.root or self.out) / planned.folder / CONFIDENTIAL
        return self.out / planned.folder

    def _place(self, planned: Planned) -> Place:
        """Where a case is found."""
        if planned.line is not None:
            return Place(self.source.name, planned.line)
        return Place(self.source.file(planned.number))

    def close(self, *, at_once: bool = False) -> None:
        """Let go of the pool and the journal.

        Args:
            at_once: stop what is under way.
        """
        self.pool.close(at_once=at_once)
        if self._book is not None:
            if at_once:  # those that were stopped leave half letters
                clear(self.out, self._is_mine, alone=True)
            self._book.close()
        self._plan.close()


@dataclass(frozen=True, slots=True)
class _Case:
    """A case whose letter is made. `entry` is None when it is not what it was."""

    planned: Planned
    place: Place
    entry: Entry | None


def _placed(entry: Entry | Fault | None, problems: tuple[Problem, ...]) -> tuple[Problem, ...]:
    return tuple(map(entry.placed, problems)) if isinstance(entry, Entry) else problems


def _changed(place: Place) -> Problem:
    message = N_("the case has changed since it was checked a moment ago; its letter was not made")
    return fatal("batch.case-changed", message, place, N_("run the command again"))
