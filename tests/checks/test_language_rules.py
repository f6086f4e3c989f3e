"""Hard and faulty Danish is told, and ordinary Danish is not."""

from __future__ import annotations

import pytest
from broken_letters import FIXTURES, broken, letter_and_facts, swap

from letters.checks.language import check_language, section_lix
from letters.checks.sentences import Band, Lix, lix, sentences
from letters.document.model import (
    Block,
    Column,
    Heading,
    Item,
    Letter,
    LineBreak,
    List,
    Numbering,
    Paragraph,
    Quote,
    Role,
    Section,
    Slots,
    Status,
    Table,
    Text,
    Wording,
)
from letters.problems import Problem, Severity

SLOTS = Slots(sender="Lindehøj Kommune", page_label="Side {page} af {pages}", logo_alt="Mærke")


def told(*blocks: Block, role: Role = Role.RESULT) -> list[Problem]:
    letter = Letter("Prøve", Status.FINAL, "2026-03-02", "enkel", SLOTS, (Section(role, blocks),))
    return list(check_language(letter))


def codes(text: str) -> list[str]:
    return [problem.code for problem in told(Paragraph((Text(text),)))]


# Sentences


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("Vi har set på sagen. Den er afgjort.", 2),
        ("Det følger af § 18, stk. 2, nr. 3, 2. pkt., jf. § 19.", 1),
        ("Brevet er af d. 13. august 2021, kl. 12.", 1),
        ("Vi så bl.a. på arbejde, bolig m.v. i sagen, fx iht. aftalen ift. reglerne ifm. mødet.", 1),
        ("Hhv. den 1. maj og den 2. juni. Vedr. sagen er der intet nyt.", 2),
        ("Reglen står i § 18, stk. 2. Den gælder endnu.", 2),
        ("Har du spørgsmål? Ring til os! Vi svarer.", 3),
        ("Det koster 1.234,50 kr. om måneden.", 1),
        ("Han hedder Jens P. Hansen og bor her.", 1),
        ("Vi skriver: Det er slut. Og så ikke mere", 3),
        ("Skriv til a.b@c.dk eller se https://www.ft.dk.", 1),
        ("Mødet er den 3. Vi ses.", 2),
        ("“Er det rigtigt?” spurgte du.", 1),
        ("", 0),
    ],
)
def test_sentences(text: str, count: int) -> None:
    assert len(sentences(text)) == count, [s.text for s in sentences(text)]


def test_a_sentence_knows_where_it_begins() -> None:
    text = "Ja.  Nej da. Måske"
    assert [text[s.start :].startswith(s.text) for s in sentences(text)] == [True, True, True]


@pytest.mark.parametrize(("count", "is_told"), [(25, False), (26, True)])
def test_a_sentence_has_at_most_25_words(count: int, is_told: bool) -> None:
    text = " ".join(["Ord", *(f"o{n}" for n in range(count - 1))]) + "."
    assert codes(text) == (["language.long-sentence"] if is_told else [])


def test_headings_lists_tables_quotations_and_questions_may_be_long() -> None:
    text = " ".join(f"ord{n}" for n in range(40)) + "."
    run = (Text(text),)
    item = Item((Paragraph(run),))
    assert told(Heading(1, run), Paragraph((Text("Ja."),)), List(Numbering.BULLET, (item,))) == []
    assert told(Table((Column((Text("Navn"),)),), ((run,),)), Quote((Paragraph(run),))) == []
    assert told(Paragraph(run), role=Role.QUESTIONS) == []
    assert [p.code for p in told(Paragraph(run))] == ["language.long-sentence"]


def test_a_long_sentence_is_told_where_most_of_it_was_written() -> None:
    case = " ".join(f"ord{n}" for n in range(20))
    library = " ".join(f"ord{n}" for n in range(8))
    wording = Wording("proeve/nej.md", 7)
    (problem,) = told(Paragraph((Text(f"{library} "), Text(case, "assessment"), Text(".")), wording))
    assert problem.place.field == "assessment"
    (problem,) = told(Paragraph((Text(f"{case} "), Text(library, "assessment"), Text(".")), wording))
    assert (problem.place.file, problem.place.line, problem.place.field) == ("proeve/nej.md", 7, None)


# LIX


def test_lix_by_hand() -> None:
    """Ten words, two sentences, two words of seven letters and more: 10/2 + 100*2/10."""
    found = lix(["Vi har set på stk. 2 her.", "Kommunen skriver ja."])
    assert found is not None
    assert (found.words, found.value) == (10, 25)
    assert lix(["", " "]) is None


@pytest.mark.parametrize(
    ("value", "band"),
    [
        (24, Band.VERY_EASY),
        (25, Band.EASY),
        (34, Band.EASY),
        (35, Band.MEDIUM),
        (44, Band.MEDIUM),
        (45, Band.HARD),
        (54, Band.HARD),
        (55, Band.VERY_HARD),
    ],
)
def test_bands(value: int, band: Band) -> None:
    assert Lix(value, 100).band is band


HARD = (
    "Kommunalbestyrelsens forvaltningsmæssige beslutningsgrundlag forudsætter dokumentationsmateriale om "
    "beskæftigelsesmæssige integrationsforudsætninger. "
)


def test_a_very_hard_section_is_told_once_with_its_heading() -> None:
    body = Paragraph((Text(HARD * 8),))
    (problem,) = told(Heading(1, (Text("Regler"),)), body)
    assert problem.code == "language.lix"
    assert problem.args["heading"] == "Regler"
    assert problem.args["band"] == "very hard"


def test_a_few_hard_words_are_no_section() -> None:
    assert codes(HARD) == []


def test_every_section_of_the_examples_can_be_read() -> None:
    found = [value for name in FIXTURES for _, value in section_lix(letter_and_facts(name)[0])]
    assert len(found) > 40
    assert all(value.band is not Band.VERY_HARD for value in found)


# Slips


@pytest.mark.parametrize(
    ("text", "code", "found", "right"),
    [
        ("Det skete den 2/9-2021 her.", "date-form", "2/9-2021", "2. september 2021"),
        ("Det skete den 02/09/2021 her.", "date-form", "02/09/2021", "2. september 2021"),
        ("Det skete 2.9.2021.", "date-form", "2.9.2021", "2. september 2021"),
        ("Det skete 02-09-21 her.", "date-form", "02-09-21", "2. september 2021"),
        ("Det skete 2021-09-02 her.", "date-form", "2021-09-02", "2. september 2021"),
        ("Det skete den 2. September 2021.", "date-form", "2. September", "2. september"),
        ("Det skete den 02. september 2021.", "date-form", "02. september", "2. september"),
        ("Det skete den 2 september 2021.", "date-form", "2 september", "2. september"),
        ("Det koster 1,234.50 kr.", "number-form", "1,234.50", "1.234,50"),
        ("Der bor 1,234,567 her.", "number-form", "1,234,567", "1.234.567"),
        ("Det koster 52.50 kr. her.", "number-form", "52.50", "52,50"),
        ("Den person, der der søger, venter.", "doubled-word", "der der", ""),
        ("Vi har bedt om om svar.", "doubled-word", "om om", ""),
        ("Vi vi mener ja.", "doubled-word", "Vi vi", ""),
        ("Du bor i i byen.", "doubled-word", "i i", ""),
        ("Vi har  set på det.", "double-space", "  ", ""),
        ("Det er slut.Vi lukker nu.", "missing-space", "slut.Vi", ""),
        ("Først dette,så noget andet.", "missing-space", "dette,så", ""),
        ("Det er slut .", "space-before-sign", "slut .", ""),
        ("NB: husk dato.", "drafting-note", "NB:", ""),
        ("Slet det, der ikke passer.", "drafting-note", "Slet det, der ikke passer", ""),
        ("Du er født i {by} her.", "drafting-note", "{by}", ""),
        ("Sagen er nr. xxx her.", "drafting-note", "xxx", ""),
        ("Hvornår??", "drafting-note", "??", ""),
        ("Indsæt navn her.", "drafting-note", "Indsæt navn", ""),
    ],
)
def test_a_slip_is_told_with_its_right_form(text: str, code: str, found: str, right: str) -> None:
    (problem,) = told(Paragraph((Text(text),)))
    assert (problem.code, problem.severity) == (f"language.{code}", Severity.WARNING)
    assert problem.args["found"] == found
    assert problem.args["right"] == right
    assert problem.text()
    assert problem.help.format_map(dict(problem.args))


@pytest.mark.parametrize(
    "text",
    [
        "Sagen har nr. 2021-0184-7, og CVR er 12345678.",
        "LBK nr. 989 af 27/08/2024 gælder.",
        "Det er 1.234,50 kr., og der er 12.000 borgere.",
        "Vi åbner kl. 10.30 og lukker kl. 12.15.",
        "Er det det, du mener?",
        "Hvis I i maj flytter, skal I skrive.",
        "Vi har skrevet til Sirhan Sirhan.",
        "Se www.lindehoej.example/a,b eller https://x.example/2021-09-02/a.",
        "Bl.a. A/S'er, f.eks. “Node.Js” og m.v. er med.",
        "Det er §§ 22-24 og stk. 2-4.",
        "Vi mødtes den 2. september 2021 og i 2021/2022.",
        "Han er 20 år, dvs. voksen ...",
        "Ring på 99 90 12 00.",
        "Af 24 marts-dage var to kolde.",
    ],
)
def test_ordinary_danish_is_not_told(text: str) -> None:
    assert codes(text) == []


def test_slips_across_the_words_of_library_and_case_are_told_in_the_case() -> None:
    run = (Text("Vi bad om "), Text("om en udtalelse", "reasons[0].facts.documents"), Text("."))
    (problem,) = told(Paragraph(run))
    assert problem.code == "language.doubled-word"
    ordinary = (Text("Du har oplyst, at "), Text("du bor  her", "reasons[0].facts.claim"), Text("."))
    (problem,) = told(Paragraph(ordinary))
    assert (problem.code, problem.place.field) == ("language.double-space", "reasons[0].facts.claim")


def test_a_hard_line_break_is_no_double_space() -> None:
    assert told(Paragraph((Text("Med hilsen "), LineBreak(), Text("os")))) == []


def test_quotations_keep_their_slips() -> None:
    text = Text("Der stod “den 2/9-2021 kom  kom vi” i brevet.")
    assert told(Paragraph((text,))) == []
    assert told(Quote((Paragraph((Text("Den 2/9-2021."),)),))) == []


def test_headings_lists_and_cells_are_looked_at_for_slips() -> None:
    run = (Text("Den 2/9-2021"),)
    item = Item((Paragraph(run),))
    blocks = (
        Heading(1, run),
        List(Numbering.BULLET, (item,)),
        Table((Column((Text("Dag"),)),), ((run,),)),
    )
    assert [p.code for p in told(*blocks)] == ["language.date-form"] * 3


def test_a_code_is_told_once_a_line() -> None:
    assert codes("Den 2/9-2021 og den 3/9-2021.") == ["language.date-form"]


# du, I, De


@pytest.mark.parametrize(
    ("text", "word", "usual"),
    [
        ("Du har søgt. Vi giver dig svar. Vi beder Dem vente.", "Dem", "du"),
        ("Du har søgt. Vi giver dig svar. Vi skriver til jer.", "jer", "du"),
        ("Jeres sag er slut, og I har fået svar. Vi skriver til dig.", "dig", "I"),
    ],
)
def test_ways_to_address_the_reader_are_not_mixed(text: str, word: str, usual: str) -> None:
    (problem,) = told(Paragraph((Text(text),)))
    assert (problem.code, problem.args["word"], problem.args["usual"]) == (
        "language.mixed-address",
        word,
        usual,
    )


@pytest.mark.parametrize(
    "text",
    [
        "I dag har du søgt. De viser dig vejen.",
        "Du kan læse afsnit I og bilag I.",
        "Du har skrevet: “Hvad vil I gøre?”",
        "I kan søge, og jeres sag er med.",
    ],
)
def test_small_words_that_address_nobody(text: str) -> None:
    assert codes(text) == []


def test_a_case_may_speak_of_the_reader_and_others() -> None:
    text = "Det kan du godt, og I kan besøge hinanden."
    first = Paragraph((Text("Du har søgt. Vi svarer dig."),))
    assert told(first, Paragraph((Text(text, "views[0].answer"),))) == []
    alone = told(first, Paragraph((Text("Nu kan I besøge hinanden.", "views[0].answer"),)))
    assert [p.code for p in alone] == ["language.mixed-address"]
    assert [p.code for p in told(first, Paragraph((Text(text),)))] == ["language.mixed-address"]


def test_a_fixture_that_mixes_is_told_alone() -> None:
    edit = swap("Du kan søge igen", "De kan, hvis De vil, søge igen")
    assert [p.code for p in broken("integrationsansvar/02-afslag-en-grund", edit)] == [
        "language.mixed-address"
    ]


@pytest.mark.parametrize("piece", ["a", "§ ", "1. ", ". ", "ord ", "a,", "(", "“", "{", "12.", "x@"])
def test_a_very_long_text_is_read_in_linear_time(piece: str) -> None:
    """A pattern that began anew at every character would not come to an end here."""
    text = piece * (100_000 // len(piece))
    assert len(codes(text)) < 20
