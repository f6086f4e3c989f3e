"""The PDF letterhead on disk: a folder with letterhead.html, letterhead.css, letterhead.yaml and a logo.

It holds layout and no words: every word and label comes from the Letter.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import yaml
from msgspec import Meta, Struct, field

from letters import records
from letters.kept import NOTHING, Kept
from letters.problems import N_, Place, Problem, Severity, TemplateError
from letters.records import Fault, Unreadable, Wrong
from letters.render.pdf.fonts import Family, Font, find_fonts

FileName = Annotated[str, Meta(pattern=r"\A[A-Za-z0-9][A-Za-z0-9._-]*\Z")]
_Words = Annotated[str, Meta(min_length=1)]
_Length = Annotated[float, Meta(ge=0)]


class _SettingError(ValueError):
    """Settings that do not go together; its text is a message for `Problem`."""


class Window(Struct, frozen=True):
    """What an envelope shows of a letter folded into it, in mm from the sheet's top left corner.

    Attributes:
        name: the envelopes, as people call them.
        slack: how far the sheet may slide in the envelope, in mm, to any side.
        source: where the measures come from.
        verified: whether somebody has held a sheet against a real envelope or a printed specification.
    """

    name: _Words
    left: float
    top: float
    width: Annotated[float, Meta(gt=0)]
    height: Annotated[float, Meta(gt=0)]
    slack: _Length
    source: _Words
    verified: bool


class Margins(Struct, frozen=True):
    """How near the sheet's edges anything may stand, in mm."""

    left: _Length
    top: _Length
    right: _Length
    bottom: _Length


class _Family(Struct, frozen=True):
    family: Annotated[str, Meta(pattern=r"\A[A-Za-z0-9][A-Za-z0-9 -]*\Z")]
    version: Annotated[str, Meta(pattern=r"\A[0-9]+(\.[0-9]+)*\Z")]
    packages: Annotated[tuple[str, ...], Meta(min_length=1)]
    regular: FileName
    bold: FileName
    italic: FileName | None = None
    bold_italic: FileName | None = field(default=None, name="bold-italic")
    word: str | None = None
    fallback: bool = False

    def __post_init__(self) -> None:
        if not self.fallback and None in (self.italic, self.bold_italic, self.word):
            raise _SettingError(
                N_("a family needs italic, bold-italic and word; only a fallback goes without")
            )

    def declared(self) -> Family:
        files = (
            ("regular", self.regular),
            ("bold", self.bold),
            ("italic", self.italic),
            ("bold-italic", self.bold_italic),
        )
        there = tuple((cut, name) for cut, name in files if name is not None)
        return Family(self.family, self.version, self.packages, there, self.fallback)


class _Settings(Struct, frozen=True):
    logo: FileName
    windows: Annotated[tuple[Window, ...], Meta(min_length=1)]
    margins: Margins
    fonts: Annotated[tuple[_Family, ...], Meta(min_length=1)]
    folds: tuple[Annotated[float, Meta(gt=0, lt=297)], ...] = ()

    def __post_init__(self) -> None:
        if self.fonts[0].fallback:
            raise _SettingError(N_("the first family is the text's own and no fallback"))


class Letterhead(Struct, frozen=True):
    """A letterhead that has been read.

    Attributes:
        html: the layout, a Jinja file that makes well-formed XML.
        logo: the logo's file name in `folder`.
        folds: how far down the first page the sheet is folded, in mm; often empty.
        families: the text's family first, the fallbacks for what it lacks last.
        word_fonts: the fonts that letterhead.docx may name; the reader's machine brings them.
    """

    folder: Path
    html: str
    css: str
    logo: str
    windows: tuple[Window, ...]
    margins: Margins
    folds: tuple[float, ...]
    fonts: tuple[Font, ...]
    families: tuple[Family, ...]
    word_fonts: frozenset[str]


def read_letterhead(folder: Path, font_dirs: Sequence[Path], kept: Kept = NOTHING) -> Letterhead:
    """Read a letterhead.

    Args:
        kept: see `find_fonts`.
    Raises:
        TemplateError: with every file that is missing or wrong, every font that is not there or too old.
    """
    problems: list[Problem] = []
    html = _text(folder / "letterhead.html", problems)
    css = _text(folder / "letterhead.css", problems)
    settings = _settings(folder / "letterhead.yaml", problems)
    families: list[Family] = []
    fonts: tuple[Font, ...] = ()
    if settings is not None:
        if not (folder / settings.logo).is_file():
            problems.append(file_missing(folder / settings.logo))
        declared = [family.declared() for family in settings.fonts]
        families = sorted(declared, key=lambda family: family.fallback)
        fonts, faults = find_fonts(families, font_dirs, str(folder / "letterhead.yaml"), kept)
        problems += faults
    if problems or settings is None:
        raise TemplateError(problems)
    return Letterhead(
        folder=folder,
        html=html,
        css=css,
        logo=settings.logo,
        windows=settings.windows,
        margins=settings.margins,
        folds=settings.folds,
        fonts=fonts,
        families=tuple(families),
        word_fonts=frozenset(family.word for family in settings.fonts if family.word),
    )


def file_missing(path: Path) -> Problem:
    return Problem(
        "letterhead.file-missing",
        Severity.FATAL,
        N_("the letterhead's file {file} is not there"),
        Place(str(path)),
        {"file": path.name},
        help=N_("put the file into the letterhead's folder, or correct the name"),
    )


_SAVE = N_("save it as UTF-8")


def _text(path: Path, problems: list[Problem]) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except UnicodeDecodeError:
        message = N_("the file is not UTF-8")
        problems.append(Problem("letterhead.not-utf8", Severity.FATAL, message, Place(str(path)), help=_SAVE))
    except OSError:
        problems.append(file_missing(path))
    return ""


def _tree(text: str) -> object:
    """What the YAML says.

    Raises:
        yaml.YAMLError: it is none, in the words of PyYAML, which are better than those of libyaml.
    """
    if fast := getattr(yaml, "CSafeLoader", None):
        try:
            return yaml.load(text, fast)  # noqa: S506 - it is a safe one
        except yaml.YAMLError:
            pass
    return yaml.safe_load(text)


def _settings(path: Path, problems: list[Problem]) -> _Settings | None:
    before = len(problems)
    text = _text(path, problems)
    if len(problems) > before:
        return None
    try:
        return records.read(_tree(text), _Settings)
    except yaml.YAMLError as exc:
        mark = getattr(exc, "problem_mark", None)
        place = Place(str(path), mark.line + 1, mark.column + 1) if mark else Place(str(path))
        message = N_("the file is not readable as YAML: {reason}")
        reason = str(getattr(exc, "problem", None) or type(exc).__name__)
        problems.append(
            Problem(
                "letterhead.settings", Severity.FATAL, message, place, {"reason": reason}, help=_AS_OTHERS
            )
        )
    except Unreadable as exc:
        problems.extend(_invalid(path, fault) for fault in exc.faults)
    return None


_AS_OTHERS = N_("write the file as those of the other letterheads are written")


_WRONG = {
    Wrong.MISSING: N_("the setting {setting} is missing"),
    Wrong.UNKNOWN_KEY: N_("the setting {setting} is not known; known here are: {known}"),
    Wrong.NO_GROUP: N_("a group of settings is expected as {setting}"),
    Wrong.NO_LIST: N_("a list is expected as {setting}"),
    Wrong.TOO_FEW: N_("the list {setting} is empty"),
}


def _invalid(path: Path, fault: Fault) -> Problem:
    named = ".".join(map(str, fault.path))
    message = _WRONG.get(fault.wrong, N_("the letterhead's settings are not as they must be: {reason}"))
    args = {"setting": named or path.name, "known": ", ".join(fault.known), "reason": str(fault.error)}
    if isinstance(fault.error, _SettingError):
        message = str(fault.error)
    place = Place(str(path), field=named or None)
    return Problem("letterhead.settings", Severity.FATAL, message, place, args, help=_AS_OTHERS)
