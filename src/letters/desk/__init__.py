"""The use cases, each one function: the only place where the rooms meet.

A `Desk` is opened once for a wording library and makes any number of letters. It keeps what does not change
between letters: the library, the law, the compiled wording, a renderer of each kind for each letterhead.
"""

from __future__ import annotations

import functools
import json
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec.structs import replace

from letters.case.models import Case
from letters.case.read import ReadCase, named_case_type, read_case
from letters.case.spec import Matter, Outcome
from letters.checks.codes import WARNINGS
from letters.desk.appendices.appendix_files import holds_appendix, is_appendix, not_open
from letters.desk.appendices.unguarded import CODE as NOT_GUARDED
from letters.desk.checking import checked, settled
from letters.desk.citing import cited
from letters.desk.files import read_bytes
from letters.desk.leftovers import clear
from letters.desk.made import Made as Made
from letters.desk.manifest import CASE_TYPE, LAW, manifest
from letters.desk.output import Write, refuse_existing, write_letter
from letters.desk.places import CUT
from letters.desk.prepared import Prepared as Prepared
from letters.desk.prepared import errors, guard_record, only_unguarded, placed, to_be_guarded, unguarded
from letters.desk.timings import Stage, Timings
from letters.document.model import Letter, Status
from letters.kept import NOTHING, Kept
from letters.law.acts import Register
from letters.law.register import load_register
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
from letters.wording.kept import open_library

if TYPE_CHECKING:
    from letters.desk.appendices.confidential import ConfidentialDesk, Protection
    from letters.desk.appendices.guarding import Against


@dataclass(slots=True)
class Desk:
    """The desk of one wording library.

    Args:
        templates: the library's directory, the one that holds bibliotek.yaml.
        font_dirs: where the letterheads' fonts are looked for.
        kept: what earlier runs worked out of fonts, letterheads and the library.
    Raises:
        TemplateError: on opening, when the library is at fault.
    """

    templates: Path
    font_dirs: Sequence[Path]
    kept: Kept = NOTHING
    composer: Composer = field(init=False)
    register: Register = field(init=False)
    _docx: dict[str, DocxRenderer] = field(init=False, default_factory=dict)
    _pdf: dict[str, PdfRenderer] = field(init=False, default_factory=dict)
    _started: set[str] = field(init=False, default_factory=set)
    _timings: Timings = field(init=False, default_factory=Timings)
    _confidential: ConfidentialDesk | None = field(init=False, default=None)

    def __post_init__(self) -> None:
        self.composer = Composer(open_library(self.templates, WARNINGS, self.kept))
        self.register = load_register(self.templates / LAW, self.kept)

    # Use cases

    def prepare(self, path: Path, status: Status, data: bytes | None = None) -> Prepared:
        """Read, compose and check one case file.

        Args:
            data: the file's bytes where they are known already, such as a row of a table; None reads `path`.
        Raises:
            LettersError: when no letter can be made of it.
        """
        data = read_bytes(path) if data is None else data
        if holds_appendix(path, data):
            raise CaseError([not_open(path)])
        stage = self._timings.stage
        with stage(Stage.READ):
            read = self._read(path, data)
        with stage(Stage.COMPOSE):
            composed = self._composed(read, status)
        with stage(Stage.CHECK):
            placed = self._checked(read, composed, status)
        if any(problem.severity is Severity.FATAL for problem in placed):
            raise CaseError(placed)
        return Prepared(path, data, read, composed, placed)

    def _checked(self, read: ReadCase, composed: Composed, status: Status) -> tuple[Problem, ...]:
        pdf = self._pdf_renderer(composed.letter)
        problems = [
            *pdf.problems(composed.letter),
            *checked(read, composed, self.composer.library, self.register),
            *unguarded(read, status),
        ]
        return settled((placed(p, read) for p in problems), read, self.composer.library.errors)

    def _composed(self, read: ReadCase, status: Status) -> Composed:
        composed = self.composer.compose(read.case, status, read.places.place)
        letter = cited(composed.letter, read.case, self.composer.library, self.register)
        return replace(composed, letter=letter)

    def _read(self, path: Path, data: bytes) -> ReadCase:
        """A case, or what is wrong with it; faults of its case type's folder go before everything."""
        library = self.composer.library
        try:
            return read_case(data, str(path), library.spec())
        except CaseError:
            library.refuse_faulty(named_case_type(data, str(path)))
            raise

    def check(self, path: Path) -> tuple[Problem, ...]:
        """Every problem of one case file that a draft would tell; nothing is written.

        The letter is drawn: only what is drawn shows that an address does not fit, or that a file hides
        something.

        Raises:
            OutputError: a library of the system is missing.
        """
        try:
            data = read_bytes(path)
            if holds_appendix(path, data):
                return self.confidential().check(path, data)
            prepared = self.prepare(path, Status.DRAFT, data)
            machine = self._start_drawing(prepared.letter)
            hidden = self._guarded(prepared, self.draw(prepared), Status.DRAFT, None)
        except OutputError:
            raise
        except LettersError as error:
            return error.problems
        return (*machine, *prepared.problems, *hidden)

    def make(
        self,
        paths: Sequence[Path],
        out: Path,
        status: Status,
        *,
        force: bool,
        protection: Protection | None = None,
        against: Against | None = None,
    ) -> Iterator[Made]:
        """Make the letters of several case files, one result each, in order.

        A case that fails leaves no file and does not stop the others. A confidential appendix is made like a
        letter, in a folder of its own that nobody else can enter.

        Args:
            protection: how appendices are protected; needed when there is one.
            against: the appendices that open letters are compared with; None for none.
        Raises:
            OutputError: two case files would write to the same folder, or a folder is there already without
                `force`: told before the first letter is made.
            CaseError: an appendix is at hand that no letter names.
        """
        _refuse_same_stems(paths)
        if against is not None:
            self._refuse_unpaired(paths, against)
        clear(out, {path.stem[:CUT] for path in paths}.__contains__, alone=False)
        self._refuse_existing(paths, out, protection, force)
        return (
            self.made(path, out, status, force=force, protection=protection, against=against)
            for path in paths
        )

    def made(
        self,
        path: Path,
        out: Path,
        status: Status,
        *,
        force: bool,
        protection: Protection | None = None,
        against: Against | None = None,
        data: bytes | None = None,
        write: Write = write_letter,
    ) -> Made:
        """Make one letter or appendix, all its files or none; see `make`, which checks more beforehand.

        Args:
            data: as in `prepare`.
            write: what takes an open letter's finished files.
        """
        timings = self._timings = Timings()
        try:
            data = read_bytes(path) if data is None else data
            if holds_appendix(path, data):
                return self.confidential().made(path, data, out, status, force=force, protection=protection)
            prepared = self.prepare(path, status, data)
            if against is not None:
                prepared = to_be_guarded(prepared)
            if status is Status.FINAL and errors(prepared.problems):
                return Made(path, prepared.problems)
            machine = tuple(self._start_drawing(prepared.letter))
            told = (*machine, *prepared.problems)
            files = self.draw(prepared, against)
            with timings.stage(Stage.GUARD):
                found = self._guarded(prepared, files, status, against)
            told += found
            if errors(found) and (status is Status.FINAL or not only_unguarded(found)):
                return Made(path, told)
            with timings.stage(Stage.WRITE):
                folder = write(out, path.stem, files, force=force)
        except OutputError as error:
            return Made(path, error.problems, outside=True)
        except LettersError as error:
            return Made(path, error.problems)
        paths = tuple(folder / name for name in files)
        return Made(path, told, folder, paths, machine=machine, timings=timings.seconds())

    def _guarded(
        self, prepared: Prepared, files: dict[str, bytes], status: Status, against: Against | None
    ) -> tuple[Problem, ...]:
        """Look through the finished files for what may not be in them, before they are written."""
        from letters.desk.appendices.guarding import Against, guard_letter

        case, places = prepared.read.case, prepared.read.places
        documents = {f"{prepared.path.stem}/{name}": contents for name, contents in files.items()}
        library = self.composer.library
        found = guard_letter(case, places, prepared.letter, documents, against or Against(), status, library)
        # Without anything to compare with, `prepare` has said so already.
        return found if against else tuple(p for p in found if p.code != NOT_GUARDED)

    def draw(self, prepared: Prepared, against: Against | None = None) -> dict[str, bytes]:
        """The files of a letter, name -> contents, the manifest among them.

        Args:
            against: what the letter is about to be compared with; the manifest records it.
        Raises:
            LettersError: a format cannot hold the letter, or the letterhead is at fault. What is known of
                the letter already is told along with it.
        """
        try:
            return self._drawn(prepared, against)
        except OutputError:
            raise
        except LettersError as error:
            found = (placed(problem, prepared.read) for problem in error.problems)
            raise type(error)([*found, *prepared.problems]) from None

    def _drawn(self, prepared: Prepared, against: Against | None) -> dict[str, bytes]:
        letter = prepared.letter
        pdf = self._pdf_renderer(letter)
        stage = self._timings.stage
        outputs: dict[str, bytes] = {}
        with stage(Stage.DOCX):
            outputs["letter.docx"] = self.draw_docx(letter)
        with stage(Stage.PDF):
            outputs["letter.pdf"] = pdf.render(letter, measuring=functools.partial(stage, Stage.MEASURE))
        with stage(Stage.TEXT):
            outputs["letter.txt"] = render_text(letter).encode()
        with stage(Stage.MANIFEST):
            record = self._manifest(prepared, pdf, outputs, against)
        return {**outputs, "manifest.json": record}

    def _manifest(
        self,
        prepared: Prepared,
        pdf: PdfRenderer,
        outputs: Mapping[str, bytes],
        against: Against | None,
    ) -> bytes:
        return manifest(
            letter=prepared.letter,
            case_name=prepared.path.name,
            case_bytes=prepared.data,
            library=self.composer.library,
            wordings=prepared.composed.wordings,
            fonts=pdf.fonts,
            outputs=outputs,
            problems=prepared.problems,
            acknowledged=[(a.code, a.reason) for a in prepared.read.case.acknowledged],
            data=[f"{prepared.read.case.case_type}/{CASE_TYPE}"],
            guard=guard_record(prepared, against),
        )

    def draw_docx(self, letter: Letter) -> bytes:
        """The letter's Word file alone."""
        return self._docx_renderer(letter).render(letter)

    def draw_pdf(self, letter: Letter) -> bytes:
        """The letter's PDF alone."""
        return self._pdf_renderer(letter).render(letter)

    def schema(self, matter: Matter | None, translate: Callable[[str], str]) -> str:
        """JSON Schema of case files, as text."""
        from letters.case.schema import json_schema

        schema = json_schema(self.composer.library.spec(), matter, translate)
        return json.dumps(schema, ensure_ascii=False, indent=2) + "\n"

    def skeleton(
        self, case_type: str, matter: Matter, outcome: Outcome | None, translate: Callable[[str], str]
    ) -> str:
        """A commented case file to start from.

        Raises:
            TemplateError: the case type's folder is at fault.
        """
        from letters.case.skeleton import skeleton

        spec = self.composer.library.spec()
        return skeleton(spec.case_types[case_type], matter, outcome, spec, translate)

    # Confidential appendices

    def confidential(self) -> ConfidentialDesk:
        """The desk of confidential appendices.

        Raises:
            TemplateError: the library lacks what appendices need.
        """
        if self._confidential is None:
            from letters.desk.appendices.confidential import ConfidentialDesk

            library = self.composer.library
            self._confidential = ConfidentialDesk(library, self._docx_renderer, self._pdf_renderer)
        return self._confidential

    def open_case(self, path: Path) -> Case:
        """Read an open case file.

        Raises:
            CaseError: with every problem; an appendix is no open case.
        """
        data = read_bytes(path)
        if holds_appendix(path, data):
            raise CaseError([not_open(path)])
        return read_case(data, str(path), self.composer.library.spec()).case

    def against(self, appendices: Sequence[Path], record: Path | None) -> Against:
        """Read what open letters are compared with: appendices, and the record of a guard.

        Raises:
            CaseError: a file cannot be read or is no appendix, or two have the same id.
        """
        from letters.desk.appendices.guarding import read_against

        return read_against(appendices, record, self.composer.library.senders)

    def _refuse_unpaired(self, paths: Sequence[Path], against: Against) -> None:
        from letters.desk.appendices.guarding import named_appendices, refuse_unpaired

        named: set[str] = set()
        for path in paths:
            try:
                data = read_bytes(path)
                if not holds_appendix(path, data):
                    case = read_case(data, str(path), self.composer.library.spec()).case
                    named |= {appendix.id for appendix in named_appendices(case)}
            except CaseError:
                return  # it may be the one; its own problems come when it is made
        refuse_unpaired(named, against)

    def _refuse_existing(
        self, paths: Sequence[Path], out: Path, protection: Protection | None, force: bool
    ) -> None:
        problems: list[Problem] = []
        for path in paths:
            try:
                if is_appendix(path):
                    from letters.desk.appendices.closed import refuse_place

                    refuse_place((protection and protection.root) or out, path.stem, force=force)
                elif not force:
                    refuse_existing(out, path.stem)
            except OutputError as error:
                problems.extend(error.problems)
        if problems:
            raise OutputError(problems)

    # Renderers

    def _docx_renderer(self, letter: Letter) -> DocxRenderer:
        if letter.letterhead not in self._docx:
            with self._timings.stage(Stage.LETTERHEAD):
                path = self._letterhead(letter) / "letterhead.docx"
                self._docx[letter.letterhead] = DocxRenderer(path, kept=self.kept)
        return self._docx[letter.letterhead]

    def _pdf_renderer(self, letter: Letter) -> PdfRenderer:
        if letter.letterhead not in self._pdf:
            with self._timings.stage(Stage.LETTERHEAD):
                self._pdf[letter.letterhead] = PdfRenderer(
                    self._letterhead(letter), self.font_dirs, self.kept
                )
        return self._pdf[letter.letterhead]

    def _start_drawing(self, letter: Letter) -> list[Problem]:
        """What the first letter on a letterhead is told of this machine; it is no part of the record."""
        if letter.letterhead in self._started:
            return []
        self._started.add(letter.letterhead)
        with self._timings.stage(Stage.LETTERHEAD):
            return self._pdf_renderer(letter).start()

    def _letterhead(self, letter: Letter) -> Path:
        return self.templates / "brevpapir" / letter.letterhead


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
