"""Checking a letterhead before anybody writes on it: both renderers, and a specimen letter read back."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from msgspec import Struct

from letters.document.model import (
    Block,
    Fact,
    Heading,
    Letter,
    Paragraph,
    Role,
    Section,
    Signature,
    Slots,
    Status,
    Text,
)
from letters.problems import N_, LettersError, Place, Problem, Severity
from letters.render.docx import DocxRenderer
from letters.render.docx.looks import Expected, look_problems
from letters.render.pdf import PdfRenderer

_FILES = ("letterhead.docx", "afsender.yaml")  # the PDF renderer tells about its own


class CheckedLetterhead(Struct, frozen=True):
    """What came of checking a letterhead.

    Attributes:
        pictures: file name -> PNG of a specimen's page with what is out of place marked; often empty.
    """

    problems: tuple[Problem, ...]
    pictures: dict[str, bytes]


def check_letterhead(folder: Path, font_dirs: Sequence[Path]) -> CheckedLetterhead:
    """Look for everything that can be wrong with a letterhead's folder."""
    pictures: dict[str, bytes] = {}
    problems = [_missing(folder / name) for name in _FILES if not (folder / name).is_file()]
    word = folder / "letterhead.docx"
    opened = True
    if word.is_file():
        try:
            DocxRenderer(word)
        except LettersError as error:
            problems += error.problems
            opened = not any("format" in p.code or "unreadable" in p.code for p in error.problems)
    try:
        pdf = PdfRenderer(folder, font_dirs)
        problems += pdf.looks()
        if word.is_file() and opened:
            problems += look_problems(word, _expected(pdf))
        problems += pdf.start()
        problems += _specimens(pdf, folder, pictures)
    except LettersError as error:
        problems += error.problems
    return CheckedLetterhead(tuple(problems), pictures)


def _missing(path: Path) -> Problem:
    return Problem(
        "letterhead.file-missing",
        Severity.FATAL,
        N_("the letterhead's file {file} is not there"),
        Place(str(path)),
        {"file": path.name},
        help=N_("put the file into the letterhead's folder, or correct the name"),
    )


def _expected(pdf: PdfRenderer) -> Expected:
    margins = pdf.margins
    return Expected(
        margins=(margins.left, margins.top, margins.right, margins.bottom),
        windows=tuple((w.name, w.left, w.top, w.left + w.width, w.top + w.height) for w in pdf.windows),
        fonts=pdf.word_fonts,
    )


# Specimen letters

_PROSE = (
    "Kommunen har behandlet din ansøgning. Vi har lagt vægt på de oplysninger, som du selv har givet. " * 4
)
_FURNITURE = {"sender": "Prøvekommunen", "mark": "UDKASTMÆRKE", "classification": "FORTROLIGHEDSMÆRKE"}


def _specimens(pdf: PdfRenderer, folder: Path, pictures: dict[str, bytes]) -> Iterator[Problem]:
    """Draw a short and a long address, and look where everything stands and what every page prints."""
    for lines in (3, 8):
        letter = _specimen(lines)
        data = pdf.draw(letter)
        for wrong in pdf.misplaced(data, letter):
            pictures.setdefault(f"{wrong.problem.code}-{wrong.page}.png", pdf.picture(data, wrong))
            yield wrong.problem
    yield from _lost(pdf.page_texts(data), folder)


def _lost(pages: list[str], folder: Path) -> Iterator[Problem]:
    wanted = {**_FURNITURE, "page_label": "Side"}
    for number, page in enumerate(pages):
        after_first = {"running": "2021-0142-PRØVE"} if number else {}
        for slot, words in {**wanted, **after_first}.items():
            if words not in page:
                yield Problem(
                    "letterhead.slot-lost",
                    Severity.ERROR,
                    N_("“{slot}” is not printed on page {page} of the PDF"),
                    Place(str(folder / "letterhead.css")),
                    {"slot": slot, "page": number + 1},
                    help=N_("print it in a margin box of the @page rule, as the other letterheads do"),
                )


def _specimen(lines: int) -> Letter:
    blocks: tuple[Block, ...] = (Heading(1, (Text("Afgørelse"),)), *[Paragraph((Text(_PROSE),))] * 14)
    signature = Signature((Text("Med venlig hilsen"),), ((Text("Prøve Prøvesen"),),))
    return Letter(
        title="Prøvebrev",
        status=Status.DRAFT,
        date="2021-01-01",
        letterhead="",
        slots=Slots(
            sender=_FURNITURE["sender"],
            mark=_FURNITURE["mark"],
            classification=_FURNITURE["classification"],
            page_label="Side {page} af {pages}",
            logo_alt="Logo",
            notice="UDKAST. Brevet er ikke endeligt og gælder ikke endnu.",
            running="2021-0142-PRØVE",
            return_line="Prøvekommunen, Rådhustorvet 1, 9990 Prøveby",
            address=tuple(Text(f"Linje {number}") for number in range(1, lines + 1)),
            column=(
                Fact("Dato", (Text("1. januar 2021"),)),
                Fact("Afdeling", (Text("Afdelingen for prøver"), Text("Rådhustorvet 1"))),
            ),
        ),
        sections=(Section(Role.OPENING, (*blocks, signature)),),
        heading=(Text("Prøvebrev"),),
    )
