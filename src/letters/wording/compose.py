"""Case + wording -> Letter.

The stage in the middle: before it, a case file's data and the library's Markdown; after it, a finished
    Letter. It opens no files and reads no clock; the same case and library give the same Letter.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

import jinja2
from msgspec import Struct
from msgspec.structs import replace

from letters.case.models import Case
from letters.document.model import Block, Inline, Letter, Section, Status, Wording
from letters.problems import N_, LetterError, Place, Problem, Severity, TemplateError
from letters.wording.engine import Environment, TemplateFault, render
from letters.wording.explain import explain
from letters.wording.frame import slots
from letters.wording.lateness import unexplained
from letters.wording.library import Library, WordingFile
from letters.wording.markdown import read_blocks
from letters.wording.prose import prose_problem
from letters.wording.refusals import FORBIDDEN, Refused
from letters.wording.sections import ProseFault, SectionFault, sections
from letters.wording.tokens import TooManyValues, Values, split_markers
from letters.wording.typography import set_typography
from letters.wording.view import View, wording_key

# The loader begins each file with a blank line, so that an included clause is always a paragraph of its own.
_PREFIX = "\n\n"
_PREFIX_LINES = 2


def _field(name: str) -> Place:
    return Place("", field=name)


class Composer:
    """Makes Letters from one library; keeps the compiled wording of each set of versions it has met."""

    def __init__(self, library: Library, environment: Callable[..., Environment] = Environment) -> None:
        """`environment` makes a sandbox of a loader and the library's `first_lines`."""
        self.library, self._environment_of = library, environment
        self._environments: dict[tuple[str, ...], Environment] = {}
        self._by_path = {file.path: file for versions in library.files.values() for file in versions}
        self._by_number = sorted((first, path) for path, first in library.first_lines.items())

    def compose(self, case: Case, status: Status, place: Callable[[str], Place]) -> Composed:
        """Make the Letter that a case asks for.

        Args:
            place: where a field of the case file stands, for problems.
        Raises:
            LetterError: the case's prose, recipients or dates do not make a letter.
            TemplateError: the wording is at fault.
        """
        view = View(case, self.library)
        context = view.context()
        slots_, frame_problems = slots(case, self.library, status)
        late = unexplained(case, view.case_type.answer_within)
        if found := [*view.problems, *frame_problems, *late]:
            raise LetterError(_placed(problem, place) for problem in found)
        chosen = self.library.at(case.date)
        name = self._wording_name(case, chosen)
        blocks = self._blocks(self._environment(chosen), name, context, place)
        heading, body = self._sections(blocks, place)
        letter = Letter(
            title=chosen[name].title,
            status=status,
            date=case.date.isoformat(),
            letterhead=self.library.senders[case.sender].letterhead,
            slots=slots_,
            sections=tuple(body),
            heading=heading,
            language=self.library.language,
            tables_attached=case.attach_tables,
        )
        return Composed(set_typography(letter), tuple(sorted({self._used(b) for b in blocks} - {""})), name)

    def _wording_name(self, case: Case, chosen: dict[str, WordingFile]) -> str:
        key = wording_key(case)
        name = self.library.case_types[case.case_type].wordings[key]
        if name not in chosen:
            problem = Problem(
                "template.not-yet",
                Severity.FATAL,
                N_("the wording {name} has no version that applies on {date}"),
                Place(self.library.root),
                {"name": name, "date": case.date.isoformat()},
                N_("check the letter's date, or add an earlier version"),
            )
            raise TemplateError([problem])
        return name

    def _environment(self, chosen: dict[str, WordingFile]) -> Environment:
        key = tuple(sorted(file.path for file in chosen.values()))
        if key not in self._environments:
            if len(self._environments) >= 16:  # so many sets of versions are in use at once only in a test
                self._environments.clear()
            self._environments[key] = self._environment_of(_Loader(chosen), self.library.first_lines)
        return self._environments[key]

    def _blocks(
        self,
        env: Environment,
        name: str,
        context: dict[str, object],
        place: Callable[[str], Place],
    ) -> tuple[Block, ...]:
        values = Values()
        try:
            markdown = render(env, name, context, values)
        except TemplateFault as fault:
            file = self._by_path.get(fault.file)
            line = self._file_line(file, fault.body_line) if file else fault.body_line
            problem = replace(fault.problem, place=Place(fault.file, line))
            raise TemplateError([self.library.quoted(problem)]) from None
        return self.read(markdown, values, place)

    def read(
        self, markdown: str, values: Values, place: Callable[[str], Place] = _field
    ) -> tuple[Block, ...]:
        """The blocks of filled wording, each with its place in the library.

        Args:
            markdown: with value characters and line markers.
            place: where a field of the case file stands; left out, the field alone is told.
        Raises:
            LetterError: a case's prose holds what a letter cannot show.
            TemplateError: it holds what a wording may not hold, or too much.
        """
        lines, numbers = split_markers(markdown)
        places = _Places(numbers, self._wording)
        try:
            return read_blocks("\n".join(lines), values, wording_at=places.at)
        except Refused as refused:
            if refused.field:
                raise LetterError([_placed(prose_problem(refused, refused.field), place)]) from None
            raise TemplateError([self.library.quoted(self._refused(refused, places))]) from None
        except TooManyValues as error:
            code, message, args, help_ = explain(error, {})
            wording = places.at(len(lines))
            where = Place(wording.file, wording.line) if wording else Place(self.library.root)
            problem = Problem(code, Severity.FATAL, message, where, args, help_)
            raise TemplateError([self.library.quoted(problem)]) from None

    def _sections(
        self, blocks: tuple[Block, ...], place: Callable[[str], Place]
    ) -> tuple[tuple[Inline, ...] | None, list[Section]]:
        """The printed title and the sections."""
        try:
            return sections(blocks, self._by_path)
        except SectionFault as fault:
            raise TemplateError([self.library.quoted(fault.problem)]) from None
        except ProseFault as fault:
            raise LetterError([_placed(fault.problem, place)]) from None

    def _refused(self, refused: Refused, places: _Places) -> Problem:
        wording = places.at(refused.line)
        return Problem(
            "template.markdown",
            Severity.FATAL,
            N_("the wording holds {what} (“{snippet}”)"),
            Place(wording.file, wording.line) if wording else Place(self.library.root),
            {"what": FORBIDDEN[refused.what], "snippet": refused.snippet},
            N_("docs/wording.md lists what a wording may hold"),
        )

    def _wording(self, number: int) -> Wording:
        """The place of a library-wide line number."""
        first, path = max(entry for entry in self._by_number if entry[0] <= number)
        return Wording(path, self._file_line(self._by_path[path], number - first + 1))

    def place(self, path: str, body_line: int) -> Wording:
        """The place of a line of what Jinja is given of a wording file."""
        return Wording(path, self._file_line(self._by_path[path], body_line))

    @staticmethod
    def _file_line(file: WordingFile, template_line: int) -> int:
        """The line in the file; Jinja counts what the loader put around the body, too."""
        last = file.body_line + file.body.rstrip("\n").count("\n")
        line = min(max(file.body_line, file.body_line + template_line - 1 - _PREFIX_LINES), last)
        return file.place_of(line)

    @staticmethod
    def _used(block: Block) -> str:
        return block.wording.file if block.wording else ""


class Composed(Struct, frozen=True):
    """A Letter and what it was made from.

    Attributes:
        wordings: paths of the wording files that printed something, sorted.
        name: the wording that the letter began with.
    """

    letter: Letter
    wordings: tuple[str, ...]
    name: str


@dataclass(slots=True)
class _Places:
    """Line of the filled Markdown -> place in the library.

    A line without marker has its predecessor's place.
    """

    numbers: list[int | None]
    find: Callable[[int], Wording]
    _found: dict[int, Wording] = field(default_factory=dict)

    def at(self, line: int) -> Wording | None:
        for index in range(min(line, len(self.numbers) - 1), -1, -1):
            number = self.numbers[index]
            if number is not None:
                if number not in self._found:
                    self._found[number] = self.find(number)
                return self._found[number]
        return None


class _Loader(jinja2.BaseLoader):
    def __init__(self, files: dict[str, WordingFile]) -> None:
        self.files = files

    def get_source(
        self, environment: jinja2.Environment, template: str
    ) -> tuple[str, str, Callable[[], bool]]:
        file = self.files.get(template.removesuffix(".md").removesuffix(".docx"))
        if file is None:
            raise jinja2.TemplateNotFound(template)
        return template_source(file), file.path, lambda: True


def template_source(file: WordingFile) -> str:
    """What Jinja is given of a wording file."""
    return _PREFIX + file.body.rstrip("\n") + _PREFIX


def _placed(problem: Problem, place: Callable[[str], Place]) -> Problem:
    if problem.place.file or problem.place.field is None:
        return problem
    return replace(problem, place=place(problem.place.field))
