"""Letters for the tests of the Word renderer, with invented people."""

from __future__ import annotations

from dataclasses import replace

from letters.document.model import (
    Align,
    Block,
    Column,
    Emphasis,
    Fact,
    Heading,
    Inline,
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


def p(*children: Inline | str) -> Paragraph:
    return Paragraph(line(*children))


def line(*children: Inline | str) -> tuple[Inline, ...]:
    return tuple(Text(child) if isinstance(child, str) else child for child in children)


def items(*blocks: str | tuple[str | List, ...], start: int = 1) -> tuple[Item, ...]:
    """Items that count from `start`; a tuple is an item of several blocks."""
    groups = [block if isinstance(block, tuple) else (block,) for block in blocks]
    return tuple(
        Item(tuple(p(child) if isinstance(child, str) else child for child in group), start + place)
        for place, group in enumerate(groups)
    )


def bullets(*texts: str) -> List:
    return List(Numbering.BULLET, tuple(Item((p(text),)) for text in texts))


LOREM = (
    "Kommunen har i perioden fra juni 2017 og frem modtaget 481 ansøgninger om overtagelse af "
    "integrationsansvar. Heraf er 299 imødekommet og 182 afslået efter en konkret og individuel vurdering af "
    "den enkelte families forhold, herunder beskæftigelsesmuligheder og netværk i tilflytningskommunen."
)

SLOTS = Slots(
    sender="Lindehøj Kommune",
    page_label="Side {page} af {pages}",
    logo_alt="Lindehøj Kommunes logo",
    running="Sagsnummer 2021-0256547-1",
    return_line="Lindehøj Kommune, Rådhuspladsen 1, 9990 Lindehøj",
    address=(
        Text("Foreningen Nye Naboer"),
        Text("Att.: Karla Østergård"),
        Text("Lindevej 12, 3. th"),
        Text("9990 Lindehøj"),
    ),
    column=(
        Fact("Dato", (Text("2. september 2021"),)),
        Fact("Sagsnummer", (Text("2021-0256547-1"),)),
        Fact("Kontakt", (Text("Jobcenter Integration"), Text("Rådhuspladsen 1"), Text("9990 Lindehøj"))),
        Fact("", (Text("integration@lindehoej.example"), Text("Telefon 99 90 00 00"))),
    ),
)
DRAFT_SLOTS = replace(SLOTS, notice="UDKAST", mark="UDKAST")


def letter(*blocks: Block, heading: str | None = "Svar på jeres henvendelse", slots: Slots = SLOTS) -> Letter:
    """A letter with the body `blocks`."""
    return Letter(
        title="Svar på henvendelse",
        status=Status.DRAFT if slots.mark else Status.FINAL,
        date="2021-09-02",
        letterhead="lindehoej",
        slots=slots,
        sections=(Section(Role.ANSWERS, blocks),),
        heading=None if heading is None else line(heading),
    )


SIGNATURE = Signature(
    line("Venlig hilsen"),
    (line(Strong(line("Inger Lund"))), line("Integrationschef"), line("Jobcenter Integration")),
)

QUESTIONS = List(
    Numbering.DECIMAL,
    (
        Item((p("Hvor mange ansøgninger har kommunen modtaget siden juni 2017?"),), 1),
        Item(
            (
                p("Hvor mange er imødekommet og hvor mange afslået?"),
                p("Svaret bedes delt på år."),
                List(Numbering.PARENT_LETTER, items("Fordelt på enlige", "Fordelt på familier")),
            ),
            2,
        ),
        Item(
            (
                p("Hvilke begrundelser?"),
                List(Numbering.PARENT_LETTER, (*items("Arbejde"), *items("Netværk", start=3))),
            ),
            4,
        ),
        Item((p("Hvilke regler?"),), 5),
    ),
)

TABLE = Table(
    (Column(line("Afgørelse")), Column(line("Antal"), Align.RIGHT), Column(line("Andel"), Align.RIGHT)),
    (
        (line("Imødekommet"), line("299"), line("62,2 %")),
        (line("Afslået"), line("182"), line("37,8 %")),
        (line("I alt"), line("481"), line("100 %")),
    ),
)

# Every kind of block and inline, over three pages.
EVERYTHING = letter(
    p("Kære Karla Østergård"),
    p(
        "Tak for jeres henvendelse af ",
        Strong(line("10. august 2021")),
        ", ",
        Emphasis(line("læst")),
        " i går.",
    ),
    p(LOREM),
    Heading(1, line("Spørgsmålene")),
    QUESTIONS,
    Heading(1, line("Jobcenter Integrations svar")),
    Heading(2, line("Ad 1: Antal")),
    p(LOREM),
    TABLE,
    p("Læs ", Link("https://www.retsinformation.dk/eli/lta/2020/1146", line("integrationsloven")), " her."),
    TABLE,
    TABLE,
    Heading(2, line("Ad 2: Begrundelser")),
    bullets("beskæftigelse", LOREM, "netværk"),
    p("I oktober 2019 skrev undersøgelsen:"),
    Quote(
        (
            p(LOREM),
            List(Numbering.LETTER, items("for det første", ("for det andet", bullets("under det")))),
            p("Slut på citatet."),
        )
    ),
    Heading(3, line("Nærmere om tallene")),
    List(
        Numbering.LITERAL,
        (
            Item((p("et spørgsmål med egen betegnelse"), p("og mere om det")), label="A)"),
            Item((p("et til"),), label="B)"),
        ),
    ),
    List(
        Numbering.DECIMAL,
        items(("første", List(Numbering.PARENT_DECIMAL, items("under første", "også", start=3))), "andet"),
    ),
    p(LOREM),
    p(LOREM),
    p(LOREM),
    p("Har I spørgsmål, er I velkomne til at kontakte os.", LineBreak(), "Telefonen er åben hver dag."),
    SIGNATURE,
    p("Bilag: Fortroligt bilag med oplysninger om enkeltsager"),
    slots=DRAFT_SLOTS,
)
