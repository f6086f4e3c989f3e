"""The use cases, each one function: the only place where the rooms meet.

A `Desk` is opened once for a wording library and makes any number of letters. It keeps what does not change
between
letters: the library, the compiled wording, a renderer of each kind for each letterhead.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from letters.case.models import Reply
from letters.case.read import ReadCase, read_case
from letters.case.spec import Matter, Outcome
from letters.case.tree import MAX_BYTES
from letters.checks.letter import check_letter
from letters.desk.manifest import CASE_TYPE, manifest
from letters.desk.output import refuse_existing, write_letter
from letters.document.model import Letter, Status
from letters.problems import (
    N_,
    CaseError,
    LettersError,
    OutputError,
    Place,
    Problem,
    Severity,
)
from letters.render.docx import DocxRenderer
from letters.render.pdf import PdfRenderer
from letters.render.text import render_text
from letters.wording.compose import Composed, Composer
from letters.wording.load import load_library


@dataclass(frozen=True, slots=True)
class Prepared:
    """A case read, composed and checked, ready to be drawn."""

    path: Path
    data: bytes
    read: ReadCase
    composed: Composed
    problems: tuple[Problem, ...]

    @property
    def letter(self) -> Letter:
        return self.composed.letter


@dataclass(frozen=True, slots=True)
class Made:
    """What came of one case file.

    Attributes:
        folder: where the letter lies; None when none was made.
        files: the letter's files; empty when none was made.
        outside: whether a disk or a library of the system failed, not the user's file.
    """

    path: Path
    problems: tuple[Problem, ...]
    folder: Path | None = None
    files: tuple[Path, ...] = ()
    outside: bool = False


@dataclass(slots=True)
class Desk:
    """The desk of one wording library.

    Args:
        templates: the library's directory, the one that holds bibliotek.yaml.
        font_dirs: where the letterheads' fonts are looked for.
    Raises:
        TemplateError: on opening, when the library is at fault.
    """

    templates: Path
    font_dirs: Sequence[Path]
    composer: Composer = field(init=False)
    _docx: dict[str, DocxRenderer] = field(init=False, default_factory=dict)
    _pdf: dict[str, PdfRenderer] = field(init=False, default_factory=dict)
    _started: set[str] = field(init=False, default_factory=set)

    def __post_init__(self) -> None:
        self.composer = Composer(load_library(self.templates))

    # Use cases

    def prepare(self, path: Path, status: Status) -> Prepared:
        """Read, compose and check one case file.

        Raises:
            LettersError: when no letter can be made of it.
        """
        data = _read_bytes(path)
        read = read_case(data, str(path), self.composer.library.spec())
        composed = self.composer.compose(read.case, status, read.places.place)
        pdf = self._pdf_renderer(composed.letter)
        problems = [
            *pdf.problems(composed.letter),
            *check_letter(composed.letter),
            *_unguarded(read, status),
        ]
        placed = tuple(_placed(problem, read) for problem in problems)
        if any(problem.severity is Severity.FATAL for problem in placed):
            raise CaseError(placed)
        return Prepared(path, data, read, composed, placed)

    def check(self, path: Path) -> tuple[Problem, ...]:
        """Every problem of one case file; nothing is written."""
        try:
            prepared = self.prepare(path, Status.DRAFT)
            self._docx_renderer(prepared.letter)
        except LettersError as error:
            return error.problems
        return prepared.problems

    def make(self, paths: Sequence[Path], out: Path, status: Status, *, force: bool) -> Iterator[Made]:
        """Make the letters of several case files, one result each, in order.

        A case that fails leaves no file and does not stop the others.

        Raises:
            OutputError: two case files would write to the same folder, or a folder is there already without
                `force`: told before the first letter is made.
        """
        _refuse_same_stems(paths)
        if not force:
            _refuse_existing(paths, out)
        return (self._made(path, out, status, force=force) for path in paths)

    def _made(self, path: Path, out: Path, status: Status, *, force: bool) -> Made:
        try:
            prepared = self.prepare(path, status)
            if status is Status.FINAL and _errors(prepared.problems):
                return Made(path, prepared.problems)
            told = (*self._start_drawing(prepared.letter), *prepared.problems)
            files = self.draw(prepared)
            folder = write_letter(out, path.stem, files, force=force)
        except OutputError as error:
            return Made(path, error.problems, outside=True)
        except LettersError as error:
            return Made(path, error.problems)
        return Made(path, told, folder, tuple(folder / name for name in files))

    def draw(self, prepared: Prepared) -> dict[str, bytes]:
        """The files of a letter, name -> contents, the manifest among them.

        Raises:
            LettersError: a format cannot hold the letter, or the letterhead is at fault.
        """
        letter = prepared.letter
        pdf = self._pdf_renderer(letter)
        outputs = {
            "letter.docx": self._docx_renderer(letter).render(letter),
            "letter.pdf": pdf.render(letter),
            "letter.txt": render_text(letter).encode(),
        }
        record = manifest(
            letter=letter,
            case_name=prepared.path.name,
            case_bytes=prepared.data,
            library=self.composer.library,
            wordings=prepared.composed.wordings,
            fonts=pdf.fonts,
            outputs=outputs,
            problems=prepared.problems,
            acknowledged=[(a.code, a.reason) for a in prepared.read.case.acknowledged],
            data=[f"{prepared.read.case.case_type}/{CASE_TYPE}"],
        )
        return {**outputs, "manifest.json": record}

    def schema(self, matter: Matter | None, translate: Callable[[str], str]) -> str:
        """JSON Schema of case files, as text."""
        from letters.case.schema import json_schema

        schema = json_schema(self.composer.library.spec(), matter, translate)
        return json.dumps(schema, ensure_ascii=False, indent=2) + "\n"

    def skeleton(
        self, case_type: str, matter: Matter, outcome: Outcome | None, translate: Callable[[str], str]
    ) -> str:
        """A commented case file to start from."""
        from letters.case.skeleton import skeleton

        spec = self.composer.library.spec()
        return skeleton(spec.case_types[case_type], matter, outcome, spec, translate)

    # Renderers

    def _docx_renderer(self, letter: Letter) -> DocxRenderer:
        if letter.letterhead not in self._docx:
            self._docx[letter.letterhead] = DocxRenderer(self._letterhead(letter) / "letterhead.docx")
        return self._docx[letter.letterhead]

    def _pdf_renderer(self, letter: Letter) -> PdfRenderer:
        if letter.letterhead not in self._pdf:
            self._pdf[letter.letterhead] = PdfRenderer(self._letterhead(letter), self.font_dirs)
        return self._pdf[letter.letterhead]

    def _start_drawing(self, letter: Letter) -> list[Problem]:
        """What the first letter on a letterhead is told of this machine; it is no part of the record."""
        if letter.letterhead in self._started:
            return []
        self._started.add(letter.letterhead)
        return self._pdf_renderer(letter).start()

    def _letterhead(self, letter: Letter) -> Path:
        return self.templates / "brevpapir" / letter.letterhead


def _read_bytes(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            return file.read(MAX_BYTES + 1)
    except OSError as error:
        problem = Problem(
            "case.unreadable",
            Severity.FATAL,
            N_("the file cannot be read: {reason}"),
            Place(str(path)),
            {"reason": error.strerror or type(error).__name__},
        )
        raise CaseError([problem]) from None


def _placed(problem: Problem, read: ReadCase) -> Problem:
    """A renderer knows a field, the desk knows its file and line."""
    if problem.place.file:
        return problem
    place = read.places.place(problem.place.field)
    return Problem(
        problem.code, problem.severity, problem.message, place, problem.args, problem.help, problem.see
    )


def _errors(problems: Iterable[Problem]) -> bool:
    return any(problem.severity is not Severity.WARNING for problem in problems)


def _unguarded(read: ReadCase, status: Status) -> Iterator[Problem]:
    """Nobody knows a letter to be free of its confidential appendices until the guard has compared them."""
    case = read.case
    if not isinstance(case, Reply) or not case.appendices:
        return
    yield Problem(
        "secrecy.not-guarded",
        Severity.WARNING if status is Status.DRAFT else Severity.ERROR,
        N_("not guarded: nobody has compared the letter with its confidential appendices"),
        read.places.place("appendices"),
        help=N_("read the letter against the appendices before it leaves the house"),
        see="forvaltningsloven § 27",
    )


def _refuse_same_stems(paths: Sequence[Path]) -> None:
    counted = Counter(path.stem for path in paths)
    twice = [path for path in paths if counted[path.stem] > 1]
    if twice:
        raise OutputError(
            Problem(
                "output.same-name",
                Severity.FATAL,
                N_("several case files have this name, and would write to the same folder"),
                Place(str(path)),
                help=N_("rename them, or make them in separate runs with separate --out"),
            )
            for path in twice
        )


def _refuse_existing(paths: Sequence[Path], out: Path) -> None:
    problems: list[Problem] = []
    for path in paths:
        try:
            refuse_existing(out, path.stem)
        except OutputError as error:
            problems.extend(error.problems)
    if problems:
        raise OutputError(problems)
