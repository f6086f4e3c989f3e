"""Folding, words and the places of words."""

import unicodedata

import pytest

from letters.secrecy.normal import fold, squeeze, view, words


@pytest.mark.parametrize(
    ("written", "squeezed"),
    [
        ("Åse Ærø Øst", "aaseaeroeoest"),
        (unicodedata.normalize("NFD", "Åse Ærø Øst"), "aaseaeroeoest"),
        ("ÅSE", "aase"),
        ("Soﬁe Straße", "sofiestrasse"),
        ("José Müller Şahin Łukasz", "josemullersahinlukasz"),
        ("Ho\u00adlm\u200b", "holm"),
        ("Hol-\r\n  m", "holm"),
        ("Hol\x02\r\nm", "holm"),
        ("Hol‐\nm", "holm"),
        ("ｆｕｌｌ １２", "full12"),
        ("٣٤", "34"),
        ("", ""),
        ("…–—§", ""),
    ],
)
def test_texts_are_squeezed(written, squeezed):
    assert squeeze(written) == squeezed


def test_letters_of_other_scripts_keep_apart():
    assert squeeze("أحمد") != squeeze("محمد")
    assert squeeze("Дмитрий").isalnum()


def test_words_end_at_punctuation_and_broken_lines():
    assert words("Kære A.B., selvforsørgelses-\nog 3-4") == [
        "kaere", "a", "b", "selvforsoergelses", "og", "3", "4"
    ]  # fmt: skip


def test_a_view_knows_lines_and_places():
    text = view("Første linje\n\nAnden Hol-\nm linje")
    assert text.squeezed == "foerstelinjeandenholmlinje"
    assert [text.line_of(i) for i in range(len(text.tokens))] == [0, 0, 2, 2, 3, 3]
    assert text.token_at(text.squeezed.index("hol") + 3) == 4
    assert [text.folded[start:end].lower() for start, end in text.spans] == list(text.tokens)


def test_folding_keeps_case_and_punctuation():
    assert fold("Å. Holm’s") == "Aa. Holm's"
