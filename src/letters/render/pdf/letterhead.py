"""The PDF letterhead on disk: a folder with letterhead.html, letterhead.css, letterhead.yaml and a logo.

It holds layout and no words: every word and label comes from the Letter.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from letters.problems import N_, Place, Problem, Severity, TemplateError
from letters.render.pdf.fonts import Family, Font, find_fonts

FileName = Annotated[str, Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9._-]*$")]


class _Model(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, strict=True, hide_input_in_errors=True)


class Window(_Model):
    """Where the envelope shows the address, in mm from the sheet's top left corner."""

    left: float
    top: float
    width: float
    height: float


class _Family(_Model):
    family: Annotated[str, Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9 -]*$")]
    version: Annotated[str, Field(pattern=r"^[0-9]+(\.[0-9]+)*$")]
    packages: Annotated[list[str], Field(min_length=1)]
    regular: FileName
    bold: FileName
    italic: FileName
    bold_italic: Annotated[FileName, Field(alias="bold-italic")]

    def declared(self) -> Family:
        files = (
            ("regular", self.regular),
            ("bold", self.bold),
            ("italic", self.italic),
            ("bold-italic", self.bold_italic),
        )
        return Family(self.family, self.version, tuple(self.packages), files)


class _Settings(_Model):
    logo: FileName
    window: Window
    fonts: Annotated[list[_Family], Field(min_length=1)]


@dataclass(frozen=True, slots=True)
class Letterhead:
    """A letterhead that has been read.

    Attributes:
        html: the layout, a Jinja file that makes well-formed XML.
        logo: the logo's file name in `folder`.
    """

    folder: Path
    html: str
    css: str
    logo: str
    window: Window
    fonts: tuple[Font, ...]


def read_letterhead(folder: Path, font_dirs: Sequence[Path]) -> Letterhead:
    """Read a letterhead.

    Raises:
        TemplateError: with every file that is missing or wrong, every font that is not there or too old.
    """
    problems: list[Problem] = []
    html = _text(folder / "letterhead.html", problems)
    css = _text(folder / "letterhead.css", problems)
    settings = _settings(folder / "letterhead.yaml", problems)
    fonts: tuple[Font, ...] = ()
    if settings is not None:
        if not (folder / settings.logo).is_file():
            problems.append(file_missing(folder / settings.logo))
        families = [family.declared() for family in settings.fonts]
        fonts, faults = find_fonts(families, font_dirs, str(folder / "letterhead.yaml"))
        problems += faults
    if problems or settings is None:
        raise TemplateError(problems)
    return Letterhead(folder, html, css, settings.logo, settings.window, fonts)


def file_missing(path: Path) -> Problem:
    return Problem(
        "letterhead.file-missing",
        Severity.FATAL,
        N_("the letterhead's file {file} is not there"),
        Place(str(path)),
        {"file": path.name},
        help=N_("put the file into the letterhead's folder, or correct the name"),
    )


def _text(path: Path, problems: list[Problem]) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except UnicodeDecodeError:
        message = N_("the file is not UTF-8")
        problems.append(Problem("letterhead.not-utf8", Severity.FATAL, message, Place(str(path))))
    except OSError:
        problems.append(file_missing(path))
    return ""


def _settings(path: Path, problems: list[Problem]) -> _Settings | None:
    before = len(problems)
    text = _text(path, problems)
    if len(problems) > before:
        return None
    try:
        return _Settings.model_validate(yaml.safe_load(text))
    except yaml.YAMLError as exc:
        mark = getattr(exc, "problem_mark", None)
        place = Place(str(path), mark.line + 1, mark.column + 1) if mark else Place(str(path))
        message = N_("the file is not readable as YAML: {reason}")
        reason = str(getattr(exc, "problem", None) or type(exc).__name__)
        problems.append(Problem("letterhead.settings", Severity.FATAL, message, place, {"reason": reason}))
    except ValidationError as exc:
        problems.extend(_invalid(path, exc))
    return None


def _invalid(path: Path, exc: ValidationError) -> list[Problem]:
    return [
        Problem(
            "letterhead.settings",
            Severity.FATAL,
            N_("the letterhead's settings are not as they must be: {reason}"),
            Place(str(path), field=".".join(str(part) for part in error["loc"]) or None),
            {"reason": error["msg"]},
        )
        for error in exc.errors(include_url=False, include_input=False)
    ]
