"""`templates samples`: the sample letters as text that a lawyer has read, and whether they still say that.

One readable dump a letter (`document.dump`). The tests of the catalogue compare with the same files.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from msgspec import Struct

from letters.desk.maintaining.samples import Bench, Sample, composed, uncovered
from letters.desk.output import write_files
from letters.document.dump import dump
from letters.document.load import load
from letters.document.model import Letter
from letters.problems import N_, LetterError, Place, Problem, Severity
from letters.upkeep.names import entries
from letters.upkeep.redline import Redlined, redline

SUFFIX = ".letter"


def dump_path(folder: Path, sample: Path, extract: str = "") -> Path:
    """Where the dump of a sample's letter lies: in a folder named as the sample's."""
    name = f"{sample.stem}-{extract}" if extract else sample.stem
    return folder / sample.parent.name / f"{name}{SUFFIX}"


def dumps(sample: Sample, folder: Path) -> dict[Path, str]:
    """The dumps of a sample's letters, each with its path."""
    return {
        dump_path(folder, sample.path, extract): dump(letter) for extract, letter in sample.letters.items()
    }


class Reading(Struct, frozen=True):
    """What of the sample letters is as it was read.

    Attributes:
        new: dumps that nobody has read.
        changed: dump -> the letter with what went and what came; empty when the dump cannot be read.
        gone: dumps that no sample makes any more.
        same: how many are as they were read.
        problems: samples that make no letter; letters and grounds without a sample.
    """

    new: tuple[Path, ...]
    changed: dict[Path, tuple[Redlined, ...]]
    gone: tuple[Path, ...]
    same: int
    problems: tuple[Problem, ...]

    @property
    def is_read(self) -> bool:
        """Whether every letter is as somebody read it."""
        return not (self.new or self.changed or self.gone)


def compare(root: Path, samples: Sequence[Path], folder: Path, *, accept: bool = False) -> Reading:
    """Compare the sample letters with their dumps.

    Args:
        folder: where the dumps lie, one folder for each folder of samples.
        accept: write those that are new or changed, and take away those that are gone; what is told is what
            was done.
    Raises:
        TemplateError: the library is at fault.
        OutputError: the disk refuses.
    """
    bench = Bench.of(root)
    tried = tuple(composed(bench, samples))
    made = {path: text for sample in tried for path, text in dumps(sample, folder).items()}
    there = {path: _text(path) for path in sorted(folder.rglob(f"*{SUFFIX}"))}
    new = tuple(path for path in made if path not in there)
    differing = [path for path, text in made.items() if path in there and text != there[path]]
    letters = {
        dump_path(folder, sample.path, extract): letter
        for sample in tried
        for extract, letter in sample.letters.items()
    }
    changed = {path: _redlined(there[path], letters[path]) for path in differing}
    gone = tuple(path for path in there if path not in made)
    if accept:
        write_files({path: made[path].encode() for path in (*new, *differing)}, force=True)
        for path in gone:
            path.unlink()
    problems = (*(p for sample in tried for p in sample.problems), *missing(bench, tried))
    return Reading(new, changed, gone, len(made) - len(new) - len(changed), problems)


def missing(bench: Bench, samples: Sequence[Sample]) -> Iterator[Problem]:
    """Kinds of letters without a sample, and the grounds that each can rest on without one."""
    library = bench.composer.library
    help_ = N_("write one with `letters new`, invent its people, and put it with the others")
    for entry, ground in uncovered(entries(library, bench.confidentiality), samples):
        path = library.files[entry.wording][-1].path
        if ground is None:
            message = N_("no sample case is a letter {letter}")
            yield Problem(
                "template.letter-unsampled",
                Severity.ERROR,
                message,
                Place(path),
                {"letter": entry.title},
                help_,
            )
        else:
            message = N_("no sample case is a letter {letter} that rests on the ground {ground}")
            args = {"letter": entry.title, "ground": ground}
            yield Problem("template.ground-unsampled", Severity.ERROR, message, Place(path), args, help_)


def _text(path: Path) -> str:
    try:
        return path.read_text("utf-8")
    except (OSError, UnicodeDecodeError):
        return ""


def _redlined(before: str, after: Letter) -> tuple[Redlined, ...]:
    try:
        return redline(load(before), after)
    except LetterError:
        return ()
