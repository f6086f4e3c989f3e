"""`templates impact`: which sample letters an edit of the library changes, and how."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from msgspec import Struct

from letters.desk.maintaining.revisions import earlier_library
from letters.desk.maintaining.samples import Bench, Sample, composed
from letters.document.model import Letter
from letters.problems import Problem
from letters.upkeep.redline import Redlined, redline


class ChangedLetter(Struct, frozen=True):
    """A letter that an edit changes.

    Attributes:
        extract: the number of the person whose extract it is; "" for a letter or an appendix.
        lines: the whole letter with what went and what came.
        before, after: whether it could be made before, and can be now.
        problems: why it cannot be made now.
    """

    sample: Path
    extract: str
    lines: tuple[Redlined, ...]
    before: bool
    after: bool
    problems: tuple[Problem, ...]

    @property
    def name(self) -> str:
        """What a file about it is called."""
        return f"{self.sample.stem}-{self.extract}" if self.extract else self.sample.stem

    @property
    def changes(self) -> tuple[Redlined, ...]:
        """The paragraphs that differ; empty when only marks, roles or links do."""
        return tuple(line for line in self.lines if line.is_changed)


class Impact(Struct, frozen=True):
    """What an edit changes.

    Attributes:
        letters: how many letters the samples make, now or before.
        problems: of samples that neither library makes a letter of.
    """

    changed: tuple[ChangedLetter, ...]
    letters: int
    problems: tuple[Problem, ...]


def impact(root: Path, against: str, samples: Sequence[Path]) -> Impact:
    """Compose every sample with both libraries, and compare.

    Args:
        against: see `earlier_library`.
    Raises:
        TemplateError: either library is at fault, or there is nothing to compare with.
        OutputError: git fails.
    """
    after = tuple(composed(Bench.of(root), samples))
    with earlier_library(root, against) as earlier:
        before = tuple(composed(Bench.of(earlier), samples))
    changed: list[ChangedLetter] = []
    letters = 0
    problems: list[Problem] = []
    for old, new in zip(before, after, strict=True):
        names = dict.fromkeys((*old.letters, *new.letters))
        letters += len(names)
        if not names:
            problems += new.problems
        changed += (
            _changed(old, new, name) for name in names if old.letters.get(name) != new.letters.get(name)
        )
    return Impact(tuple(changed), letters, tuple(problems))


def _changed(old: Sample, new: Sample, name: str) -> ChangedLetter:
    before: Letter | None = old.letters.get(name)
    after: Letter | None = new.letters.get(name)
    problems = new.problems if after is None else ()
    return ChangedLetter(
        new.path, name, redline(before, after), before is not None, after is not None, problems
    )
