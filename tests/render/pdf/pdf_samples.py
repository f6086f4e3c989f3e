"""Letters to draw, and small ways to look into the PDF."""

from __future__ import annotations

import ctypes
import io
import re
import subprocess
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pikepdf
import pypdfium2

from letters.document.model import (
    Align,
    Block,
    Column,
    Emphasis,
    Fact,
    Foreign,
    Heading,
    Item,
    Letter,
    LineBreak,
    Link,
    List,
    Numbering,
    Paragraph,
    Quote,
    Role,
    Section,
    Signature,
    Slots,
    Status,
    Strong,
    Table,
    Text,
)

ROOT = Path(__file__).parents[3]
LETTERHEAD = ROOT / "templates/da/brevpapir/lindehoej"
OTHER_LETTERHEAD = ROOT / "templates/da/brevpapir/egevang"

PROSE = (
    "Jobcentret har behandlet din ansøgning om, at kommunen overtager integrationsansvaret for dig efter "
    "integrationslovens § 18, stk. 2. Vi har lagt vægt på beskæftigelsesmuligheder, uddannelsesforhold og de "
    "særlige personlige forhold, som du har oplyst om i din henvendelse."
)


def run(text: str, field: str | None = None) -> tuple[Text, ...]:
    return (Text(text, field),)


def paragraph(text: str) -> Paragraph:
    return Paragraph(run(text))


def slots(draft: bool = True) -> Slots:
    return Slots(
        sender="Lindehøj Kommune",
        page_label="Side {page} af {pages}",
        logo_alt="Lindehøj Kommunes bomærke",
        notice="UDKAST" if draft else "",
        mark="UDKAST" if draft else "",
        running="Sag 2021-0142",
        return_line="Lindehøj Kommune, Rådhustorvet 1, 9990 Lindehøj",
        address=(Text("Amal Haddad"), Text("Lindevej 12, 3. th."), Text("9990 Lindehøj")),
        column=(
            Fact("Dato", run("13. august 2021")),
            Fact("Sagsnummer", run("2021-0142", "case_number")),
            Fact("", (Text("Jobcenter Lindehøj"), Text("integration@jobcenter.lindehoej.example"))),
        ),
    )


def letter(*blocks: Block, draft: bool = True, heading: str | None = "Afslag på din ansøgning") -> Letter:
    return Letter(
        title="Afslag på overtagelse af integrationsansvar",
        status=Status.DRAFT if draft else Status.FINAL,
        date="2021-08-13",
        letterhead="lindehoej",
        slots=slots(draft),
        sections=(Section(Role.OPENING, blocks),),
        heading=None if heading is None else run(heading),
    )


def without_column(source: Letter) -> Letter:
    return replace(source, slots=replace(source.slots, column=()))


def signature() -> Signature:
    return Signature(run("Med venlig hilsen"), (run("Ida Holm"), run("Afdelingsleder")))


def listing(numbering: Numbering, *texts: str, inner: List | None = None) -> List:
    """A list whose last item holds two paragraphs and perhaps a deeper list."""
    count = 0 if numbering in (Numbering.BULLET, Numbering.LITERAL) else 1
    items = [
        Item(
            (paragraph(text),),
            number=number * count,
            label=f"{number})" if numbering is Numbering.LITERAL else "",
        )
        for number, text in enumerate(texts, start=1)
    ]
    more = (paragraph("Et afsnit mere i samme punkt."), *((inner,) if inner else ()))
    items[-1] = replace(items[-1], blocks=(*items[-1].blocks, *more))
    return List(numbering, tuple(items))


def lists() -> tuple[List, ...]:
    inner = (Numbering.PARENT_LETTER, Numbering.PARENT_DECIMAL, Numbering.BULLET)
    nested = [listing(Numbering.DECIMAL, "Et", "To", inner=listing(kind, "Indre", PROSE)) for kind in inner]
    return (
        *nested,
        listing(Numbering.BULLET, "Et", PROSE),
        listing(Numbering.LETTER, "Et", PROSE),
        listing(Numbering.LITERAL, "Et", PROSE),
    )


def table(rows: int = 3) -> Table:
    columns = (Column(run("År")), Column(run("Antal"), Align.RIGHT), Column(run("Heraf afslag"), Align.RIGHT))
    return Table(
        columns, tuple((run(str(2017 + n)), run(str(n * 37)), run(str(n * 11))) for n in range(rows))
    )


def rich(draft: bool = True, heading: str | None = "Afslag på din ansøgning") -> Letter:
    """Every kind of block and inline."""
    marked = Paragraph(
        (
            Text("Du får "),
            Strong(run("afslag")),
            Text(" på "),
            Emphasis(run("ansøgningen")),
            Text(". Se "),
            Link(
                "https://www.lindehoej.example/klage?a=1&b=2",
                run("https://www.lindehoej.example/klage?a=1&b=2"),
            ),
            LineBreak(),
            Text("eller skriv, jf. "),
            Link("https://www.lindehoej.example/lov", run("integrationslovens § 53, stk. 2")),
            Text(", om "),
            Foreign("en", run("the letter of intent")),
            Text("."),
        )
    )
    return letter(
        paragraph("Kære Amal Haddad"),
        Heading(1, run("Afgørelse")),
        marked,
        Heading(2, run("Dine oplysninger")),
        paragraph("CPR-nummer 010180-0008, sag 2021-0142, i perioden 2017–2021."),
        Heading(3, run("Nærmere")),
        paragraph(PROSE),
        Quote((paragraph("Et citat."), listing(Numbering.BULLET, "Et", "To"))),
        Heading(1, run("Svar")),
        *lists(),
        table(),
        paragraph(PROSE),
        signature(),
        paragraph("Bilag: 1"),
        draft=draft,
        heading=heading,
    )


# Looking into a PDF


def opened(data: bytes) -> pikepdf.Pdf:
    return pikepdf.open(io.BytesIO(data))


def elements(pdf: pikepdf.Pdf) -> Iterator[pikepdf.Dictionary]:
    """Every element of the tag tree, in reading order."""
    yield from _below(pdf.Root.StructTreeRoot)


def _below(node: pikepdf.Object) -> Iterator[pikepdf.Dictionary]:
    for kid in kids(node):
        yield kid
        yield from _below(kid)


def kids(node: pikepdf.Object) -> list[pikepdf.Dictionary]:
    """The elements right below an element."""
    found = node.get("/K", [])
    every = found if isinstance(found, pikepdf.Array) else [found]
    return [kid for kid in every if isinstance(kid, pikepdf.Dictionary) and "/S" in kid]


def tags(pdf: pikepdf.Pdf) -> list[str]:
    return [str(element.S)[1:] for element in elements(pdf)]


def marked_texts(data: bytes) -> dict[tuple[int, int], str]:
    """Page number from 0 and number of marked content -> the text it paints, as pdfium reads it."""
    raw = pypdfium2.raw
    found: dict[tuple[int, int], str] = {}
    with pypdfium2.PdfDocument(data) as document:
        for number, page in enumerate(document):
            text = page.get_textpage()
            for thing in page.get_objects(filter=[raw.FPDF_PAGEOBJ_TEXT]):
                buffer = (ctypes.c_ushort * 4096)()
                size = raw.FPDFTextObj_GetText(thing, text, buffer, 4096)
                key = (number, raw.FPDFPageObj_GetMarkedContentID(thing))
                piece = bytes(buffer)[: max(size - 2, 0)].decode("utf-16-le")
                found[key] = found.get(key, "") + piece.strip("\0")
    return found


def texts_of(data: bytes, wanted: Callable[[pikepdf.Dictionary], bool]) -> list[tuple[str, dict[str, str]]]:
    """The elements that are wanted, each with the text below it."""
    painted = marked_texts(data)
    with opened(data) as pdf:
        pages = {page.objgen: number for number, page in enumerate(pdf.pages)}

        def text(element: pikepdf.Dictionary) -> str:
            page = pages[element.Pg.objgen]
            inside = element.get("/K", [])
            return "".join(
                painted.get((page, int(kid)), "") if isinstance(kid, int) else text(kid)
                for kid in (inside if isinstance(inside, pikepdf.Array) else [inside])
                if isinstance(kid, int) or "/S" in kid
            )

        return [(text(e).replace("\u00a0", " ").strip(), _plain(e)) for e in elements(pdf) if wanted(e)]


def _plain(element: pikepdf.Dictionary) -> dict[str, str]:
    """What an element says of itself, as text that outlives the file."""
    said = {key: str(element[key]) for key in ("/S", "/Lang", "/E") if key in element}
    return said | ({"/Scope": str(element.A.Scope)} if "/A" in element and "/Scope" in element.A else {})


def font_names(data: bytes) -> list[str]:
    """The fonts of the file without their subset prefix; every one is embedded."""
    with opened(data) as pdf:
        fonts = [obj for obj in pdf.objects if getattr(obj, "get", {}.get)("/Type") == "/FontDescriptor"]
        assert fonts
        assert all("/FontFile2" in font for font in fonts)
        return sorted(str(font.FontName).partition("+")[2] for font in fonts)


def page_texts(data: bytes) -> list[str]:
    """What each page shows, margins included, in the order it is painted."""
    with pypdfium2.PdfDocument(data) as document:
        return [page.get_textpage().get_text_range() for page in document]


def boxes(data: bytes) -> Iterator[tuple[int, str, float, float, float, float]]:
    """Page number from 1, character, its left, top, right and bottom edge in mm from the top left corner."""
    mm = 25.4 / 72
    with pypdfium2.PdfDocument(data) as document:
        for number, page in enumerate(document, start=1):
            height = page.get_height()
            text = page.get_textpage()
            for index in range(text.count_chars()):
                char = text.get_text_range(index, 1)
                if char.strip():
                    left, bottom, right, top = text.get_charbox(index)
                    yield number, char, left * mm, (height - top) * mm, right * mm, (height - bottom) * mm


def reading_order(data: bytes, folder: Path) -> list[str]:
    """The pieces of tagged text in the order of the tag tree, bullets left out."""
    file = folder / "read.pdf"
    file.write_bytes(data)
    shown = subprocess.run(
        ["pdfinfo", "-enc", "UTF-8", "-struct-text", file], capture_output=True, text=True, check=True
    ).stdout
    pieces = re.findall(r'^\s*"(.*)"$', shown, re.MULTILINE)
    return [piece for piece in pieces if piece.strip() not in ("", "•")]


def letters_only(text: str) -> str:
    """Text without white space and hyphens, which line breaks add and readers drop."""
    return re.sub(r"[\s\u00ad\u2010\u200b-]", "", text)
