"""`PdfRenderer`: the one object of this room that others use."""

from __future__ import annotations

import contextlib
import functools
import importlib
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from pathlib import Path
from typing import TYPE_CHECKING

from letters.document.model import Letter
from letters.kept import NOTHING, Kept
from letters.problems import N_, OutputError, Place, Problem, RenderError, Severity
from letters.reading.finished_pdf import FinishedPdf
from letters.render.pdf.coverage import undrawable
from letters.render.pdf.fast.quickly import import_weasyprint
from letters.render.pdf.fonts import Font, drawable
from letters.render.pdf.layout import Layout
from letters.render.pdf.letterhead import Margins, Window, read_letterhead

if TYPE_CHECKING:
    from letters.render.pdf.engine import Engine
    from letters.render.pdf.geometry import Misplaced


Measuring = Callable[[], AbstractContextManager[None]]


class PdfRenderer:
    """Draws Letters on one letterhead as PDF/UA-1 and PDF/A-2a.

    Make one and keep it as long as the process lives: it holds the fonts, the parsed stylesheet and the
    compiled layout, and a new one for each letter would both be slow and leak memory. WeasyPrint itself is
    loaded by the first letter, or by `start`. One thread at a time.

    The same Letter gives the same bytes, on any day, in any time zone and folder.

    Attributes:
        fonts: the font files in use, with their SHA-256.
        margins: how near the sheet's edges anything may stand.
        windows: what envelopes show.
        word_fonts: the fonts that the Word twin of the letterhead may name.

    Args:
        letterhead: the letterhead's folder.
        font_dirs: where the declared font files are looked for, in this order.
        kept: where what was read in fonts is kept between runs.

    Raises:
        TemplateError: the letterhead is at fault, or its fonts are missing or too old.
    """

    def __init__(self, letterhead: Path, font_dirs: Sequence[Path], kept: Kept = NOTHING) -> None:
        self._letterhead = read_letterhead(letterhead, font_dirs, kept)
        self.fonts: tuple[Font, ...] = self._letterhead.fonts
        self.margins: Margins = self._letterhead.margins
        self.windows: tuple[Window, ...] = self._letterhead.windows
        self.word_fonts: frozenset[str] = self._letterhead.word_fonts
        self._layout = Layout(self._letterhead.html, letterhead / "letterhead.html", self._letterhead.logo)
        self._characters = drawable(self._letterhead.families, self.fonts)

    def start(self) -> list[Problem]:
        """Load WeasyPrint and the stylesheet now; return what is worth knowing before the first letter.

        Raises:
            OutputError: a library of the system is missing.
            TemplateError: the stylesheet is at fault.
        """
        return list(self._engine.problems)

    def problems(self, letter: Letter) -> list[Problem]:
        """What keeps the letter from being drawn: characters that no font has, numbers without room."""
        return undrawable(letter, self._characters)

    def render(
        self, letter: Letter, *, archive: bool = True, measuring: Measuring = contextlib.nullcontext
    ) -> bytes:
        """Draw a letter.

        Args:
            measuring: round the part that looks where things stand on the finished pages.
            archive: claim PDF/A-2a beside PDF/UA-1. PDF/A forbids encryption (ISO 19005-2, 6.1.3), so a file
                that will be encrypted claims PDF/UA-1 alone.

        Raises:
            RenderError: the letter has a character without a glyph, does not fit, or its address would not
                show in the envelope's window.
            TemplateError: the letterhead is at fault.
            OutputError: a library of the system is missing.
        """
        found = self.problems(letter)
        if found:
            raise RenderError(found)
        data = self.draw(letter, archive=archive)
        with measuring():
            wrong = self.misplaced(data, letter)
        if wrong:
            raise RenderError([one.problem for one in wrong])
        return data

    def draw(self, letter: Letter, *, archive: bool = True) -> bytes:
        """Draw a letter and let its measures be; for checking a letterhead. Raises as `render`."""
        return FinishedPdf(self._engine.draw(self._layout.root(letter), letter, archive=archive))

    def misplaced(self, data: bytes, letter: Letter) -> list[Misplaced]:
        """What stands where it must not in the letter's finished PDF; see `letters.render.pdf.geometry`."""
        from letters.render.pdf.geometry import misplaced  # loads pdfium, which only a finished PDF needs

        return misplaced(data, letter.slots, self._letterhead)

    def picture(self, data: bytes, wrong: Misplaced) -> bytes:
        """A PNG of the page with what is out of place marked."""
        from letters.render.pdf.geometry import picture

        return picture(data, wrong)

    def page_texts(self, data: bytes) -> list[str]:
        """What each page of a finished PDF prints."""
        from letters.render.pdf.geometry import page_texts

        return page_texts(data)

    def looks(self) -> list[Problem]:
        """What the stylesheet says that no letter shows: colours hard to read, fonts of its own."""
        from letters.render.pdf.stylesheet import stylesheet_problems

        file = str(self._letterhead.folder / "letterhead.css")
        return stylesheet_problems(self._letterhead.css, file, self._letterhead.families)

    @functools.cached_property
    def _engine(self) -> Engine:
        try:
            import_weasyprint()
            module = importlib.import_module("letters.render.pdf.engine")
        except OSError as exc:
            raise OutputError([_no_pango(exc)]) from exc
        engine: Engine = module.Engine(self._letterhead)
        return engine


def _no_pango(exc: OSError) -> Problem:
    return Problem(
        "render.pango-missing",
        Severity.FATAL,
        N_("PDF files cannot be made: a library of the system is missing ({reason})"),
        Place(""),
        {"reason": str(exc).splitlines()[0] if str(exc) else type(exc).__name__},
        help=N_(
            "sudo apt-get install --no-install-recommends"
            " libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0"
        ),
    )
