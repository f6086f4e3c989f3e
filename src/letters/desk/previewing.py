"""The use case `preview`: a sample case as the library makes it now, and where each of its words comes from.

Nothing is written. The library is read again when a file of it has changed.
"""

from __future__ import annotations

import functools
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from msgspec import Struct, field

from letters.case.read import Places, named_case_type, read_case
from letters.desk import Desk
from letters.desk.appendices.appendix_files import holds_appendix
from letters.desk.files import read_bytes
from letters.document.model import Letter, Status, Wording
from letters.problems import LettersError, Problem
from letters.wording.compose import Composer
from letters.wording.tracing import Branch, Trace, TracedEnvironment

#: The sample and forced ways of a letter whose PDF was drawn last.
_Drawn = tuple[Path, tuple[tuple[str, bool], ...]]


class ShownText(Struct, frozen=True):
    """A wording file that a letter was made from.

    Attributes:
        path: the file as problems and blocks name it.
        lines: its lines as they are on the disk now.
    """

    path: str
    lines: tuple[str, ...]


class ShownBranch(Struct, frozen=True):
    """A condition of a wording at its line of the file.

    Attributes:
        taken: the ways that it went in this letter.
        samples: way -> the samples that go it.
    """

    branch: Branch
    place: Wording
    taken: frozenset[bool]
    samples: Mapping[bool, tuple[Path, ...]]


class Shown(Struct, frozen=True):
    """A sample as it is now.

    Attributes:
        letter: None when none can be made.
        places: where the sample's fields stand in its file; None when it cannot be read.
        texts: the wording files used, in the order of their first use.
        forced: key of a branch -> the way that it was made to go.
    """

    sample: Path
    letter: Letter | None
    problems: tuple[Problem, ...]
    places: Places | None = None
    texts: tuple[ShownText, ...] = ()
    branches: tuple[ShownBranch, ...] = ()
    forced: Mapping[str, bool] = field(default_factory=dict)


def shown_cases(paths: Sequence[Path], case_type: str | None) -> list[Path]:
    """Those of the files that are open cases of a case type; None for open cases of any.

    A file that cannot be read is left out: a page has nothing to show of it.
    """
    return [path for path in paths if _is_shown(path, case_type)]


def _is_shown(path: Path, case_type: str | None) -> bool:
    try:
        data = read_bytes(path)
        found = named_case_type(data, str(path))
    except LettersError:
        return False
    return not holds_appendix(path, data) and found is not None and case_type in (None, found)


class Preview:
    """Shows the samples of one library; made for one user at a time.

    Args:
        templates: the library's directory.
        font_dirs: where the letterheads' fonts are looked for.
        samples: open case files, each shown by itself.
    """

    def __init__(self, templates: Path, font_dirs: Sequence[Path], samples: Sequence[Path]) -> None:
        self.templates, self.font_dirs, self.samples = templates, tuple(font_dirs), tuple(samples)
        self.trace = Trace()
        self._stamp: tuple[object, ...] = ()
        self._desk: Desk | None = None
        self._fault: tuple[Problem, ...] = ()
        self._taken: dict[Path, dict[str, frozenset[bool]]] = {}
        self._paths: dict[Path, tuple[str, ...]] = {}
        self._drawn: tuple[_Drawn, bytes] | None = None

    def stamp(self) -> tuple[object, ...]:
        """What changes when a file of the library or a sample does: names, times and sizes."""
        return tuple(sorted(_stamps((self.templates, *self.samples))))

    def refresh(self) -> None:
        """Read the library again if anything has changed since the last time."""
        if (stamp := self.stamp()) == self._stamp:
            return
        self._stamp, self._desk, self._fault, self._drawn = stamp, None, (), None
        self.trace = Trace()
        try:
            desk = Desk(self.templates, self.font_dirs)
        except LettersError as error:
            self._fault = error.problems
            return
        environment = functools.partial(TracedEnvironment, trace=self.trace)
        desk.composer = Composer(desk.composer.library, environment)
        self._desk = desk
        self._taken = {sample: self._ways(sample) for sample in self.samples}

    def show(self, sample: Path, forced: Mapping[str, bool]) -> Shown:
        """A sample's letter, what is wrong with it and the wording it is made from.

        Args:
            forced: key of a branch -> the way it is made to go; the letter is then not checked, and a value
                that the sample lacks prints its name.
        """
        self.refresh()
        if self._desk is None:
            return Shown(sample, None, self._fault, texts=self._texts(sample))
        letter, problems, places = self._letter(self._desk, sample, forced)
        if self.trace.paths:
            self._paths[sample] = tuple(self.trace.paths)
        branches = tuple(self._branches(self._desk))
        return Shown(sample, letter, problems, places, self._texts(sample), branches, dict(forced))

    def pdf(self, shown: Shown) -> bytes:
        """The letter as PDF.

        Raises:
            LettersError: there is no letter, or it cannot be drawn.
        """
        if shown.letter is None or self._desk is None:
            raise LettersError(shown.problems)
        key = (shown.sample, tuple(sorted(shown.forced.items())))
        if self._drawn is None or self._drawn[0] != key:
            self._drawn = key, self._desk.draw_pdf(shown.letter)
        return self._drawn[1]

    def _letter(
        self, desk: Desk, sample: Path, forced: Mapping[str, bool]
    ) -> tuple[Letter | None, tuple[Problem, ...], Places | None]:
        places = None
        self.trace.start(forced)
        try:
            read = read_case(read_bytes(sample), str(sample), desk.composer.library.spec())
            places = read.places
            if forced:
                return desk.composer.compose(read.case, Status.DRAFT, places.place).letter, (), places
            prepared = desk.prepare(sample, Status.DRAFT)
        except LettersError as error:
            return None, error.problems, places
        return prepared.letter, prepared.problems, places

    def _ways(self, sample: Path) -> dict[str, frozenset[bool]]:
        """The ways that a sample goes by itself."""
        if self._desk is None:
            return {}
        self.trace.start({})
        try:
            read = read_case(read_bytes(sample), str(sample), self._desk.composer.library.spec())
            self._desk.composer.compose(read.case, Status.DRAFT, read.places.place)
        except LettersError:
            return {}
        return {key: frozenset(ways) for key, ways in self.trace.taken.items()}

    def _texts(self, sample: Path) -> tuple[ShownText, ...]:
        """The files that the sample used when it was last composed, with the lines that they hold now."""
        return tuple(ShownText(path, tuple(_lines(Path(path)))) for path in self._paths.get(sample, ()))

    def _branches(self, desk: Desk) -> Iterator[ShownBranch]:
        for key, branch in self.trace.branches.items():
            if branch.path in self.trace.paths:
                place = desk.composer.place(branch.path, branch.body_line)
                taken = frozenset(self.trace.taken.get(key, ()))
                yield ShownBranch(branch, place, taken, {way: self._going(key, way) for way in (True, False)})

    def _going(self, key: str, way: bool) -> tuple[Path, ...]:
        return tuple(sample for sample, taken in self._taken.items() if way in taken.get(key, ()))


def _lines(path: Path) -> list[str]:
    """The lines of a text, or the paragraphs of a Word file."""
    try:
        if path.suffix == ".docx":
            from letters.wording.word.wording import read_paragraphs

            return list(read_paragraphs(path.read_bytes(), str(path)))
        return path.read_text(encoding="utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError, LettersError):
        return []


def _stamps(roots: Sequence[Path]) -> Iterator[tuple[str, int, int]]:
    for root in roots:
        for path in (root, *root.rglob("*")) if root.is_dir() else (root,):
            try:
                found = path.stat()
            except OSError:
                continue
            yield str(path), found.st_mtime_ns, found.st_size
