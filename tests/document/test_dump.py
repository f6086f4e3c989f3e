import pytest
from hypothesis import given
from hypothesis import strategies as st
from strategies import letters, unhurried

from letters.document import dump, load
from letters.document.model import (
    Align,
    Column,
    Emphasis,
    Fact,
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
    Wording,
)
from letters.problems import LetterError

LETTER = Letter(
    title="Afslag på overtagelse",
    status=Status.DRAFT,
    date="2021-09-02",
    letterhead="lindehoej",
    slots=Slots(
        sender="Lindehøj Kommune",
        page_label="Side {page} af {pages}",
        logo_alt="Et lindetræ",
        notice="UDKAST",
        address=(Text("Amal Noor", "recipients[0].name"), Text("Lindevej 12")),
        column=(Fact("Dato", (Text("2. september 2021"),)), Fact("", (Text("Jobcentret"),))),
    ),
    heading=(Text("Afslag"),),
    sections=(
        Section(
            Role.REASONS,
            (
                Heading(1, (Text("Begrundelse"),), Wording("afslag.md", 3)),
                Paragraph(
                    (
                        Text("Du har "),
                        Text("venner i Lindehøj", "reasons[0].facts.network"),
                        Text("|"),
                        Text("~"),
                        LineBreak(),
                        Strong((Text("ikke "), Emphasis((Text("nok"),)))),
                        Link("https://www.ft.dk/*", (Text("§\u00a018"),)),
                        Text(" "),
                    )
                ),
                List(
                    Numbering.DECIMAL,
                    (
                        Item((Paragraph((Text("Første"),)),), 1),
                        Item(
                            (
                                Paragraph((Text("Anden"),)),
                                List(Numbering.PARENT_LETTER, (Item((Paragraph(()),), 1),)),
                            ),
                            3,
                        ),
                    ),
                ),
                List(Numbering.LITERAL, (Item((Paragraph((Text("x"),)),), 0, "Ad 1:"),)),
                Table(
                    (Column((Text("År"),)), Column((), Align.RIGHT)),
                    (((Text("2020"),), (Text("1|2", "questions[0].answer"),)), ((), (Text(" "),))),
                ),
                Quote((Paragraph((Text("Citat"),)),)),
            ),
            ground="netvaerk",
        ),
        Section(Role.SIGNATURE, (Signature((Text("Venlig hilsen"),), ((Text("Mette Lind"),), ())),)),
    ),
)

DUMP = """\
title Afslag på overtagelse
status draft
date 2021-09-02
letterhead lindehoej
language da
sender Lindehøj Kommune
page-label Side \\{page\\} af \\{pages\\}
logo Et lindetræ
notice UDKAST
address
  line {recipients[0].name|Amal Noor}
  line Lindevej 12
fact Dato
  line 2. september 2021
fact
  line Jobcentret

heading Afslag

section reasons (netvaerk)
  # Begrundelse
  ¶ Du har {reasons[0].facts.network|venner i Lindehøj}\\|{=\\~}{/}{*ikke {_nok}}{>https://www.ft.dk/*|§~18}\\u{20}
  list decimal
    item 1
      ¶ Første
    item 3
      ¶ Anden
      list parent-letter
        item 1
          ¶
  list literal
    item 0 Ad 1:
      ¶ x
  table
    column left År
    column right
    | 2020 | {questions[0].answer|1\\|2} |
    |  |   |
  quote
    ¶ Citat

section signature
  signature
    greeting Venlig hilsen
    line Mette Lind
    line
"""


def test_a_dump_can_be_read():
    assert dump(LETTER) == DUMP


def test_a_dump_can_be_loaded():
    assert load(DUMP) == LETTER


@unhurried
@given(letters())
def test_every_letter_comes_back(letter):
    assert load(dump(letter)) == letter


@unhurried
@given(letters())
def test_a_dump_survives_an_editor(letter):
    lines = dump(letter).split("\n")
    assert all(line.isprintable() for line in lines)
    assert load("\n".join(line.rstrip() for line in lines)) == letter


@given(st.text(st.characters()))
def test_characters_that_no_letter_should_hold_come_back_too(text):
    letter = Letter(text, Status.FINAL, text, text, Slots(text, text, text), (), (Text(text, text),), text)
    assert load(dump(letter)) == letter


def change(old, new):
    assert old in DUMP
    return DUMP.replace(old, new, 1)


@pytest.mark.parametrize(
    ("text", "line", "says"),
    [
        ("", 1, '"title" is missing'),
        (change("title Afslag på overtagelse\n", ""), 1, '"title" is missing'),
        (change("status draft", "status done"), 2, '"done"'),
        (change("date ", "dato "), 3, '"dato"'),
        (change("date 2021-09-02", "title x"), 3, "second time"),
        (change("date 2021-09-02", "date 2021 {"), 3, '"{"'),
        (change("date 2021-09-02", "date \\x"), 3, '"\\\\x"'.replace("\\\\x", "\\")),
        (change("logo Et lindetræ", "logo\n  line x"), 9, "indented under"),
        (change("  line Lindevej", "    line Lindevej"), 12, ""),
        (change("  line Lindevej", "   line Lindevej"), 12, "indented"),
        (change("line Lindevej 12", "line {*Lindevej}"), 12, "one text"),
        (change("section reasons", "section grounds"), 20, '"grounds"'),
        (change("section reasons (netvaerk)", "section reasons netvaerk"), 20, '"reasons netvaerk"'),
        (change("{/}", "{/"), 22, "not closed"),
        (change("{=\\~}", "{venner}"), 22, "bar"),
        (change("§~18}", "§~18"), 22, "not closed"),
        (change("list decimal", "list roman"), 23, '"roman"'),
        (change("item 3", "item tre"), 26, '"tre"'),
        (change("¶ Anden", "quote"), 27, '"quote"'),
        (change("column left", "column middle"), 35, '"middle"'),
        (change("1\\|2} |", "1\\|2}"), 37, "bar"),
        (change("| 2020 |", "|2020 |"), 37, '"|2020"'),
        (change("quote", "citat"), 39, '"citat"'),
        (change("    greeting Venlig hilsen\n", ""), 43, "one greeting"),
        (change("# Begrundelse", "# " + "{*" * 100_000), 21, "too deep"),
    ],
)
def test_a_malformed_dump_is_told_with_its_line(text, line, says):
    with pytest.raises(LetterError) as caught:
        load(text, "maal.txt")
    (problem,) = caught.value.problems
    assert problem.code == "document.dump-malformed"
    assert (problem.place.file, problem.place.line) == ("maal.txt", line)
    assert says in problem.text()


@given(st.data())
def test_a_damaged_dump_is_a_letter_or_a_problem(data):
    start = data.draw(st.integers(0, len(DUMP)))
    end = data.draw(st.integers(start, min(len(DUMP), start + 30)))
    damaged = DUMP[:start] + data.draw(st.text(st.sampled_from("{}|\\*=> \n#u1"), max_size=5)) + DUMP[end:]
    try:
        letter = load(damaged)
    except LetterError:
        return
    assert load(dump(letter)) == letter


def test_places_in_the_library_are_not_dumped():
    assert "afslag.md" not in dump(LETTER)
