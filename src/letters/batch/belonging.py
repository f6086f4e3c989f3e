"""What belongs together: cases that may not be twins, and a directory that may not be another run's."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

from letters.batch.already import library_hash, programs_hash
from letters.batch.faults import fatal
from letters.batch.job import Spec
from letters.batch.journal import Journal
from letters.batch.plan import Plan, Planned
from letters.problems import N_, CaseError, OutputError, Place, Problem

#: So many twins, or folders that are in the way, are told; the others are like them.
MOST_TOLD = 100
_ROWS_TOLD = 10

PlaceOf = Callable[[Planned], Place]


def refuse_twins(plan: Plan, place: PlaceOf, *, same_case_number: bool) -> None:
    """Refuse cases that would write to one folder, or letters of a kind with the same case number.

    Args:
        place: where a case is found.
        same_case_number: let them have the same case number.
    Raises:
        OutputError, CaseError: with a problem for each of them.
    """
    folders = [_same_folder(one, group, place(one)) for group in plan.same_folders() for one in group]
    if folders:
        raise OutputError(folders[:MOST_TOLD])
    if same_case_number:
        return
    cases = [_same_case(one, group, place(one)) for group in plan.same_cases() for one in group]
    if cases:
        raise CaseError(cases[:MOST_TOLD])


def _same_folder(planned: Planned, group: list[Planned], place: Place) -> Problem:
    if planned.line is None:
        message = N_("several case files have this name, and would write to the same folder")
        help_ = N_("rename them, or make them in separate runs with separate --out")
        return fatal("output.same-name", message, place, help_)
    message = N_("the rows {rows} would write to the same folder")
    help_ = N_("take a column for `name:` in the mapping that differs in each row")
    return fatal("output.same-name", message, place, help_, rows=_rows(group))


def _same_case(planned: Planned, group: list[Planned], place: Place) -> Problem:
    help_ = N_("mend the number; or allow it with --same-case-number when all of them are meant")
    if planned.line is None:
        message = N_("several letters of this kind have the same case number: {files}")
        files = ", ".join(sorted(one.folder for one in group[:5]))
        return fatal("batch.same-case", message, place, help_, files=files)
    message = N_("the rows {rows} have the same case number")
    return fatal("batch.same-case", message, place, help_, rows=_rows(group))


def _rows(group: list[Planned]) -> str:
    numbers = [str(one.line) for one in group]
    return ", ".join(numbers[:_ROWS_TOLD]) + (" ..." if len(numbers) > _ROWS_TOLD else "")


def made_with(spec: Spec) -> Mapping[str, str]:
    """What every letter of a run is made with."""
    return {
        "status": spec.status.value,
        "library": library_hash(spec.templates),
        "programs": programs_hash(),
    }


def another_run(book: Journal, made_with: Mapping[str, str], plan: Plan, out: Path) -> Iterator[Problem]:
    """Why the letters that are there cannot be the beginning of this run; nothing when they can."""
    help_ = N_("choose another --out; or with --force replace what has the same name, and leave the rest")
    place = Place(str(out))
    if book.made_with.get("status") != made_with["status"]:
        message = N_("the directory holds another run: its letters are of another status, draft or final")
        yield fatal("batch.another-run", message, place, help_)
    elif book.made_with.get("library") != made_with["library"]:
        message = N_("the directory holds another run: the wording library has changed since")
        yield fatal("batch.another-run", message, place, help_)
    elif book.made_with != made_with:
        message = N_("the directory holds another run: letters or a library that it uses has changed since")
        yield fatal("batch.another-run", message, place, help_)
    strange = [folder for folder in book.done if plan.sha256_of(folder) is None]
    if strange:
        message = N_("the directory holds another run: of its letters, {count} are no letters of this one")
        yield fatal("batch.another-run", message, place, help_, count=len(strange))
        return
    for folder, case in book.done.items():
        if plan.sha256_of(folder) != case:
            message = N_("the case has changed since this letter was made")
            help_ = N_("choose another --out; or make all letters again with --force")
            yield fatal("batch.case-changed", message, Place(str(out / folder)), help_)
