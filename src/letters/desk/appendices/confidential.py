"""The use cases of confidential appendices: draft, check and issue one.

An appendix comes out as a document of its own and, where it may be shared, as one extract for each person. A
draft is as protected as the final. Nothing that is raised or returned here quotes the appendix.
"""

from __future__ import annotations

import dataclasses
import enum
import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from letters.case.confidential import ConfidentialAppendix
from letters.case.confidential_read import ReadAppendix, hushed, names_someone, read_appendix
from letters.case.confidential_start import appendix_schema, appendix_skeleton
from letters.checks.letter import check_letter
from letters.desk.appendices.closed import unsealed_files, write_closed
from letters.desk.appendices.guarding import foreign_words, secrets_of
from letters.desk.appendices.leftovers import sweep
from letters.desk.appendices.printed import printed_problems
from letters.desk.made import Made
from letters.desk.manifest import AllowedRecord, ConfidentialRecord, manifest
from letters.document.model import Letter, Status
from letters.problems import N_, CaseError, LettersError, OutputError, Place, Problem, Severity
from letters.render.docx import DocxRenderer
from letters.render.pdf import PdfRenderer
from letters.secrecy.guard import guard
from letters.secrecy.seal import Password, open_sealed, seal_docx, seal_pdf, weaknesses
from letters.secrecy.secrets import Allowed
from letters.wording.compose import Composed
from letters.wording.confidential import FILE, AppendixComposer
from letters.wording.library import Library

_SEE = "forvaltningsloven § 27"


class Profile(enum.Enum):
    """How confidential documents leave.

    SEALED: encrypted. JOURNAL and DIGITAL_POST: unencrypted, because the archive and the receiver must be
    able to open what they get. UNSEALED: unencrypted because the user said so.
    """

    SEALED = "sealed"
    JOURNAL = "journal"
    DIGITAL_POST = "digital-post"
    UNSEALED = "unsealed"


class Protection(Struct, frozen=True):
    """Where confidential documents go and how they are protected there.

    Attributes:
        password: None unless the profile is SEALED.
        root: another directory than that of the open letters; None for the same.
    """

    profile: Profile = Profile.SEALED
    password: Password | None = None
    root: Path | None = None


class _Ready(Struct, frozen=True):
    """An appendix read, composed and checked. `letters`: the stem of a document's name -> its Letter."""

    data: bytes
    read: ReadAppendix
    composed: Mapping[str, Composed]
    problems: tuple[Problem, ...]

    @property
    def letters(self) -> dict[str, Letter]:
        return {name: composed.letter for name, composed in self.composed.items()}


class ConfidentialDesk:
    """Makes appendices of one wording library.

    Args:
        docx, pdf: the renderer of a letter's letterhead.
    Raises:
        TemplateError: the library lacks what appendices need.
    """

    def __init__(
        self,
        library: Library,
        docx: Callable[[Letter], DocxRenderer],
        pdf: Callable[[Letter], PdfRenderer],
    ) -> None:
        self._composer = AppendixComposer(library)
        self._docx, self._pdf = docx, pdf

    def skeleton(self, translate: Callable[[str], str]) -> str:
        """A commented case file to start an appendix from."""
        return appendix_skeleton(self._composer.library.senders, translate)

    def schema(self, translate: Callable[[str], str]) -> str:
        """JSON Schema of appendices' case files, as text."""
        schema = appendix_schema(self._composer.library.senders, translate)
        return json.dumps(schema, ensure_ascii=False, indent=2) + "\n"

    def read(self, path: Path, data: bytes) -> ReadAppendix:
        """Read an appendix.

        Raises:
            CaseError: with every problem, none of which quotes the file.
        """
        return read_appendix(data, str(path), self._composer.library.senders)

    def check(self, path: Path, data: bytes) -> tuple[Problem, ...]:
        """Every problem of an appendix that a draft would tell, but for its password's; nothing is written.

        Raises:
            OutputError: a library of the system is missing.
        """
        try:
            ready = self._ready(path, data, Status.DRAFT)
            leaks = self._leaks(ready.read, self._drawn(ready, sealed=False))
            return (*ready.problems, *leaks)
        except OutputError:
            raise
        except LettersError as error:
            return error.problems

    def made(
        self,
        path: Path,
        data: bytes,
        out: Path,
        status: Status,
        *,
        force: bool,
        protection: Protection | None,
    ) -> Made:
        """Write the appendix and its extracts to `out/<stem>/confidential`, all of them or nothing.

        Args:
            protection: None is told as a missing password.
        """
        protection = protection or Protection()
        root = protection.root or out
        # What this disk holds is no part of the record, which is the same wherever it is made.
        swept = sweep(root)
        made = self._made_or_told(path, data, root, status, force, protection)
        return dataclasses.replace(made, problems=(*swept, *made.problems))

    def _made_or_told(
        self, path: Path, data: bytes, out: Path, status: Status, force: bool, protection: Protection
    ) -> Made:
        try:
            return self._made(path, data, out, status, force, protection)
        except OutputError as error:
            return Made(path, error.problems, outside=True)
        except LettersError as error:
            return Made(path, error.problems)
        except Exception as error:
            # The text of a fault of the program may hold a text of the appendix, and so may its traceback.
            fault = _internal(path, type(error).__name__)
        return Made(path, (fault,), outside=True)

    def _made(
        self, path: Path, data: bytes, out: Path, status: Status, force: bool, protection: Protection
    ) -> Made:
        ready = self._ready(path, data, status)
        problems = [*ready.problems, *_delivery(ready.read, protection, path)]
        if any(p.severity is Severity.FATAL for p in problems):
            raise CaseError(problems)
        if status is Status.FINAL and any(p.severity is Severity.ERROR for p in problems):
            return Made(path, tuple(problems))
        plain = self._drawn(ready, sealed=protection.password is not None)
        if leaks := list(self._leaks(ready.read, plain)):
            raise CaseError(leaks)
        sealed = {name: _sealed(contents, protection.password) for name, contents in plain.items()}
        problems += _replaced(out, path.stem) if force else ()
        record = self._record(ready, path, plain, sealed, problems, protection)
        files = {**sealed, "manifest.json": record}
        folder = write_closed(out, path.stem, files, force=force)
        return Made(path, tuple(problems), folder, tuple(folder / name for name in files))

    def remade(self, path: Path, data: bytes, status: Status, protection: Protection) -> dict[str, bytes]:
        """The documents as they open and their manifest, to compare with those made before.

        Raises:
            LettersError: the appendix cannot be made; no problem quotes it.
        """
        ready = self._ready(path, data, status)
        problems = [*ready.problems, *_delivery(ready.read, protection, path)]
        plain = self._drawn(ready, sealed=protection.password is not None)
        sealed = {name: _sealed(contents, protection.password) for name, contents in plain.items()}
        opened = {name: _opened(plain[name], sealed[name], protection.password) for name in plain}
        record = self._record(ready, path, plain, sealed, problems, protection)
        return {**opened, "manifest.json": record}

    def _ready(self, path: Path, data: bytes, status: Status) -> _Ready:
        read = self.read(path, data)
        case, place = read.appendix, read.places.place
        if names_someone(path.stem, case.people) or _gives_away(path.stem, case):
            raise CaseError([_file_name(path)])
        if given_away := [name for name in ("id", "title") if _gives_away(getattr(case, name), case)]:
            raise CaseError([_open_field(name, place) for name in given_away])
        try:
            composed = {"appendix": self._composer.appendix(case, status, place)}
            for number, extract in enumerate(self._composer.extracts(case, status, place), 1):
                composed[f"person-{number}"] = extract
        except LettersError as error:
            raise type(error)(hushed(problem) for problem in error.problems) from None
        problems = list(read.problems)
        for made in composed.values():
            drawable = self._pdf(made.letter).problems(made.letter)
            problems += (hushed(_at(problem, read)) for problem in (*drawable, *check_letter(made.letter)))
        problems += printed_problems(case, composed["appendix"].letter, place)
        return _Ready(data, read, composed, _once(problems))

    def _drawn(self, ready: _Ready, *, sealed: bool) -> dict[str, bytes]:
        """Every document, not yet sealed. PDF/A forbids encryption, so what is sealed claims PDF/UA alone."""
        drawn: dict[str, bytes] = {}
        for name, letter in ready.letters.items():
            drawn[f"{name}.docx"] = self._docx(letter).render(letter)
            drawn[f"{name}.pdf"] = self._pdf(letter).render(letter, archive=not sealed)
        return drawn

    def _leaks(self, read: ReadAppendix, plain: Mapping[str, bytes]) -> Iterator[Problem]:
        """What of one person stands in the extract of another."""
        for index in range(len(read.appendix.people)):
            names = [f"person-{index + 1}.{ending}" for ending in ("docx", "pdf")]
            own = {name: plain[name] for name in names if name in plain}
            if own:
                place = read.places.place(f"people[{index}]")
                yield from foreign_words(read.appendix, index, own, self._composer.library, place)

    def _record(
        self,
        ready: _Ready,
        path: Path,
        plain: Mapping[str, bytes],
        sealed: Mapping[str, bytes],
        problems: Iterable[Problem],
        protection: Protection,
    ) -> bytes:
        """The manifest. It tells hashes of what opens with the password, so that it is the same each time."""
        case, letter = ready.read.appendix, ready.letters["appendix"]
        opened = {name: _opened(plain[name], sealed[name], protection.password) for name in plain}
        return manifest(
            letter=letter,
            case_name=path.name,
            case_bytes=ready.data,
            library=self._composer.library,
            wordings=sorted({name for made in ready.composed.values() for name in made.wordings}),
            fonts=self._pdf(letter).fonts,
            outputs=opened,
            problems=problems,
            acknowledged=[(a.code, a.reason) for a in case.acknowledged],
            data=[FILE],
            confidential=ConfidentialRecord(
                appendix=case.id,
                classification=case.classification,
                profile=protection.profile.value,
                allowed=[AllowedRecord(word=a.word, reason=a.reason) for a in case.allowed],
            ),
        )


def _once(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """Appendix and extract have the same faults in the same fields."""
    return tuple({(p.code, p.place, p.text()): p for p in problems}.values())


def known_words(case: ConfidentialAppendix) -> Iterator[str]:
    """What somebody who knows the case would try as a password."""
    yield from (case.id, case.title, case.case_number)
    for receiver in case.recipients:
        yield from (text for text in (receiver.name, receiver.organisation) if text)
    for person in case.people:
        yield from (person.name, *person.other_names)
        numbers = (person.cpr and person.cpr.digits, person.cpr and person.cpr.digits[:6])
        yield from (text for text in (*numbers, person.case_number, person.phone, person.email) if text)
        if person.address:
            yield from (person.address.street, person.address.postcode)


def _delivery(read: ReadAppendix, protection: Protection, path: Path) -> Iterator[Problem]:
    if protection.profile is Profile.SEALED and protection.password is None:
        message = N_("there is no password to encrypt the appendix with")
        help_ = N_("give one with --password-file or LETTERS_PASSWORD, or type it when you are asked")
        yield _fatal("secrecy.no-password", message, Place(str(path)), help_)
    elif protection.password is not None:
        for weakness in weaknesses(protection.password, known_words(read.appendix)):
            yield replace(weakness, place=Place(str(path)))
    if protection.profile is Profile.DIGITAL_POST and not read.appendix.recipients:
        message = N_("nobody is recorded who may receive the appendix, so it is not made ready to be sent")
        help_ = N_("add `recipients:` with the basis on which each of them receives it")
        yield _fatal("secrecy.no-recipient", message, read.places.place("recipients"), help_)


def _sealed(contents: bytes, password: Password | None) -> bytes:
    if password is None:
        return contents
    seal = seal_pdf if contents.startswith(b"%PDF") else seal_docx
    return seal(contents, password)


def _opened(plain: bytes, sealed: bytes, password: Password | None) -> bytes:
    """What a sealed file opens to. A Word file opens to itself; a PDF is written anew."""
    if password is None or not plain.startswith(b"%PDF"):
        return plain
    return open_sealed(sealed, password)


def _replaced(out: Path, stem: str) -> Sequence[Problem]:
    message = N_("this unencrypted file is replaced; copies and backups of it stay where they are")
    return [
        Problem("secrecy.unsealed-replaced", Severity.WARNING, message, Place(str(path)), see=_SEE)
        for path in unsealed_files(out, stem)
    ]


def _at(problem: Problem, read: ReadAppendix) -> Problem:
    return problem if problem.place.file else replace(problem, place=read.places.place(problem.place.field))


def _gives_away(text: str, case: ConfidentialAppendix) -> bool:
    """Whether a text that others see holds what the guard would find in a letter."""
    allowed = [Allowed(a.word, a.reason) for a in case.allowed]
    found = guard({text: b""}, secrets_of([case]), allowed=allowed, own_case_number=case.case_number)
    return any(finding.sure for finding in found)


def _open_field(name: str, place: Callable[[str], Place]) -> Problem:
    message = N_("{field} gives away a person of the appendix, and it stands in the open letter's case file")
    help_ = N_("choose words that say what it is, not whom it is about")
    return replace(
        _fatal("secrecy.open-field-names-person", message, place(name), help_), args={"field": name}
    )


def _file_name(path: Path) -> Problem:
    message = N_("the file's name names a person of the appendix, and folders would get that name")
    help_ = N_("rename the file to something neutral, such as bilag-1.yaml")
    # Not even the place may repeat the name.
    return _fatal("secrecy.name-in-file-name", message, Place(str(path.parent)), help_)


def _internal(path: Path, fault: str) -> Problem:
    message = N_("letters failed on this appendix ({fault}); nothing was written")
    help_ = N_("report the fault; what the appendix says is left out of this message on purpose")
    return Problem("secrecy.failed", Severity.FATAL, message, Place(str(path)), {"fault": fault}, help_)


def _fatal(code: str, message: str, place: Place, help_: str) -> Problem:
    return Problem(code, Severity.FATAL, message, place, help=help_, see=_SEE)
