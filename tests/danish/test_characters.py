import unicodedata

import pytest

from letters.danish import RefusedCharacter, refused_characters


@pytest.mark.parametrize(
    ("char", "code", "name"),
    [
        ("\0", "U+0000", "NULL"),
        ("\x01", "U+0001", "CONTROL CHARACTER"),
        ("\t", "U+0009", "CHARACTER TABULATION"),
        ("\u00ad", "U+00AD", "SOFT HYPHEN"),
        ("\u200b", "U+200B", "ZERO WIDTH SPACE"),
        ("\u202e", "U+202E", "RIGHT-TO-LEFT OVERRIDE"),
        ("\ufeff", "U+FEFF", "ZERO WIDTH NO-BREAK SPACE"),
        ("\u2028", "U+2028", "LINE SEPARATOR"),
        ("\u2029", "U+2029", "PARAGRAPH SEPARATOR"),
        ("\ue000", "U+E000", "PRIVATE USE CHARACTER"),
        ("\ud800", "U+D800", "SURROGATE"),
        ("\u0378", "U+0378", "UNASSIGNED CHARACTER"),
        ("\ufdd0", "U+FDD0", "NONCHARACTER"),
        ("\U0010ffff", "U+10FFFF", "NONCHARACTER"),
    ],
)
def test_a_refused_character_is_named(char, code, name):
    assert refused_characters(f"ab{char}c{char}") == (RefusedCharacter(2, code, name),)


def test_they_come_in_the_order_of_the_text():
    assert [one.index for one in refused_characters("a\u200bb\0c\u200b")] == [1, 3]


def test_allowed_characters_pass():
    assert refused_characters("a\nb\tc", allowed={"\n", "\t"}) == ()
    assert [one.name for one in refused_characters("a\nb", allowed={"\t"})] == ["LINE FEED"]


def test_ordinary_text_passes():
    assert refused_characters("Blåbærgrød & 'ñ' <{%}> \\ 😀 \u00a0 – »é« مرحبا e\u0301") == ()


def test_nothing_invisible_gets_through():
    every = "".join(map(chr, [*range(0x20000), *range(0xE0000, 0xE1000)]))
    refused = {one.index for one in refused_characters(every)}
    assert refused == {
        i for i, ch in enumerate(every) if unicodedata.category(ch)[0] == "C" or ch in "\u2028\u2029"
    }
