"""A copy of the shipped library that a test may edit, and the preview of it."""

from __future__ import annotations

import shutil
from pathlib import Path

from examples import ROOT
from letters.cli.language import _, ngettext
from letters.cli.report import filled
from letters.desk.previewing import Preview
from letters.render.pdf import DEFAULT_FONT_DIRS
from letters.web.preview import PreviewApp, Speech

CASES = ROOT / "fixtures" / "integrationsansvar"
REJECTION = CASES / "02-afslag-en-grund.yaml"
SAMPLES = [REJECTION, CASES / "01-afslag-tre-grunde.yaml", CASES / "03-godkendelse-arbejde.yaml"]
WORDING = Path("integrationsansvar") / "afslag.md"


def library_copy(folder: Path) -> Path:
    return Path(shutil.copytree(ROOT / "templates" / "da", folder / "da"))


def preview_app(templates: Path, samples: list[Path] = SAMPLES, language: str = "da") -> PreviewApp:
    speech = Speech(_, ngettext, filled, language)
    return PreviewApp(Preview(templates, DEFAULT_FONT_DIRS, samples), speech)


def edit(templates: Path, old: str, new: str, wording: Path = WORDING) -> int:
    """Change a wording; the line that changed."""
    file = templates / wording
    text = file.read_text("utf-8")
    assert old in text
    file.write_text(text.replace(old, new), "utf-8")
    return text[: text.index(old)].count("\n") + 1
