import pytest
from hypothesis import given
from strategies import letters, unhurried
from test_dump import LETTER

from letters.document import blocks, inlines, labels, plain, texts, words
from letters.document.model import Item, LineBreak, Link, List, Numbering, Paragraph, Strong, Text


def numbered(numbering, *numbers):
    return List(numbering, tuple(Item((Paragraph((Text("x"),)),), number, "Ad 1:") for number in numbers))


@pytest.mark.parametrize(
    ("listing", "parent", "expected"),
    [
        (numbered(Numbering.BULLET, 0, 0), None, ("•", "•")),
        (numbered(Numbering.DECIMAL, 1, 3), None, ("1.", "3.")),
        (numbered(Numbering.LETTER, 1, 26), 4, ("a.", "z.")),
        (numbered(Numbering.PARENT_LETTER, 1, 2), 1, ("1a.", "1b.")),
        (numbered(Numbering.PARENT_DECIMAL, 3), 2, ("2.3.",)),
        (numbered(Numbering.LITERAL, 0), None, ("Ad 1:",)),
    ],
)
def test_labels_are_computed(listing, parent, expected):
    assert labels(listing, parent) == expected


@pytest.mark.parametrize(
    ("listing", "parent"),
    [
        (numbered(Numbering.LETTER, 27), None),
        (numbered(Numbering.LETTER, 0), None),
        (numbered(Numbering.PARENT_LETTER, 1), None),
        (numbered(Numbering.PARENT_DECIMAL, 1), 0),
    ],
)
def test_a_label_that_cannot_be_is_refused(listing, parent):
    with pytest.raises(ValueError, match="item"):
        labels(listing, parent)


def test_words_follow_the_reading_order():
    assert " ".join(words(LETTER)) == (
        "UDKAST Amal Noor Lindevej 12 Dato 2. september 2021 Jobcentret Afslag Begrundelse "
        "Du har venner i Lindehøj|~ ikke nok§ 18 1. Første 3. Anden 3a. Ad 1: x År 2020 1|2 Citat "
        "Venlig hilsen Mette Lind"
    )


def test_blocks_come_with_what_they_hold():
    assert " ".join(type(block).__name__ for block in blocks(LETTER)) == (
        "Heading Paragraph List Paragraph Paragraph List Paragraph List Paragraph Table "
        "Quote Paragraph Signature"
    )


def test_inlines_come_with_what_they_hold():
    inner = Text("b")
    strong = Strong((LineBreak(), inner))
    link = Link("https://www.ft.dk", (strong,))
    assert list(inlines(Paragraph((Text("a"), link)))) == [Text("a"), link, strong, LineBreak(), inner]


def test_plain_text_has_no_marks():
    run = (Text("a "), Strong((Text("b"), LineBreak())), Text("c"))
    assert plain(run) == "a b\nc"
    assert plain(run, " ") == "a b c"


def test_texts_know_their_field():
    found = list(texts(LETTER))
    assert [text.text for text in found[:7]] == [
        *("UDKAST", "Amal Noor", "Lindevej 12", "Dato", "2. september 2021", "Jobcentret", "Afslag")
    ]
    assert {text.field for text in found} == {
        *(None, "recipients[0].name", "reasons[0].facts.network", "questions[0].answer")
    }


@unhurried
@given(letters())
def test_every_text_is_among_the_words_in_order(letter):
    spoken = iter("".join(words(letter)))
    assert all(ch in spoken for text in texts(letter) for ch in "".join(text.text.split()))
