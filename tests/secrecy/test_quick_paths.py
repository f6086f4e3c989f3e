"""What is looked at only where a quick look says so: the quick look passes nothing over."""

import base64
import random
import re

import pytest

from letters.secrecy.channels.channel import spelled_out
from letters.secrecy.channels.pdf_syntax import drawn_text, glyph_map
from letters.secrecy.channels.text import _base64_runs, noise_channels
from letters.secrecy.cpr import _GAP, _LOOKS, _PLAIN, _TEN
from letters.secrecy.guard import guard
from letters.secrecy.normal import _fold_character, fold, squeeze
from letters.secrecy.secrets import Secrets

# As they read when nothing is asked of their speed.
_PLAIN_LOOKS = re.compile(
    rf"(?<!\d)(?<!\d[,.])(?:\d{{6}}{_GAP}?\d{{4}}|\d\d{_GAP}\d\d{_GAP}\d\d{_GAP}\d{{4}}"
    rf"|\d{{4}}(?:18|19|20)\d\d[-/]\d{{4}}|\d\d{_GAP}\d\d{_GAP}(?:18|19|20)\d\d-\d{{4}}"
    rf"|\d(?:{_GAP}\d){{9}})(?!\d)"
)
_RUN = re.compile(r"(?<![A-Za-z0-9+/_-])[A-Za-z0-9+/_-]{16,}(?:\r?\n[A-Za-z0-9+/_-]+)*={0,2}")


def _texts(signs, count, length, seed):
    choose = random.Random(seed)  # noqa: S311 - a seed to repeat
    return ["".join(choose.choices(signs, k=choose.randrange(length))) for _ in range(count)]


def test_the_quick_pattern_of_a_number_finds_what_the_plain_one_finds():
    pieces = ["010180", "0008", "01", "80", "1980", "0", "8", *"-./: ,_x\n\x1f\t"]
    texts = _texts(pieces, 20_000, 20, 2)
    found = [[hit.span() for hit in _PLAIN_LOOKS.finditer(text)] for text in texts]
    assert found == [[hit.span() for hit in _LOOKS.finditer(text)] for text in texts]
    assert sum(map(bool, found)) > 500
    assert all(_TEN.search(t) for t, f in zip(texts, found, strict=True) if f or _PLAIN.search(t))


def test_base64_is_found_where_it_stands():
    texts = _texts("AZaz09+/_-" * 4 + "=\n\r é<", 5_000, 90, 1)
    texts += [base64.encodebytes(bytes(range(n))).decode() + "." for n in range(100)]
    assert [list(_base64_runs(text)) for text in texts] == [_RUN.findall(text) for text in texts]
    assert sum(map(len, map(_RUN.findall, texts))) > 500


def test_runs_of_utf_8_are_read_whole():
    def run(data):
        (channel,) = noise_channels(data, "x")
        return channel.text.split("\n")

    assert "Nørgård" in run(b"\0\x01N\xc3\xb8rg\xc3\xa5rd\xff\0ab")
    assert "abc" not in run(b"\xffabc\xff")
    assert "a€bc" in run(b"\xffa\xe2\x82\xacbc\xff")


def test_folding_many_kinds_of_characters_is_as_folding_few():
    letters = [chr(code) for code in range(0xA0, 0x530)]
    together = fold("|".join(letters))
    assert together == "|".join(fold(one) for one in letters)
    assert fold("å\r\nb\u2028c\x85d\re") == "aa\nb\nc\nd\ne"
    assert _fold_character("ø") == "oe"


@pytest.mark.parametrize(
    "spoken",
    [
        "nul et nul et otte nul nul nul nul otte",
        "x\u00adnul et nul et otte nul nul nul nul-otte",
        "NUL ET nul et. otte nul nul nul nul otte\u00adx",
        "(nul/et/nul/et/otte/nul/nul/nul/nul/otte)",
        "ét ét nul et otte nul nul nul nul otte",
    ],
)
def test_a_number_read_aloud_is_found_with_its_ends_joined_to_something(spoken):
    text = f"CPR {spoken} er nævnt"
    assert [f.kind for f in guard({"a.txt": text.encode()}, Secrets())] == ["cpr-like"]


@pytest.mark.parametrize(
    ("name", "divided"),
    [
        ("BrevAmalNoor", "Brev Amal Noor"),
        ("brevÆra", "brev Æra"),
        ("amal", "amal"),
        ("ABc", "ABc"),
        ("2A", "2 A"),
    ],
)
def test_names_are_divided_at_each_capital(name, divided):
    assert spelled_out(name).split("\t")[-1] == divided


def test_a_font_s_map_reads_the_same_by_tables_and_one_by_one():
    choose = random.Random(3)  # noqa: S311 - a seed to repeat
    pairs = [(f"{code:04x}", f"{choose.randrange(0x20, 0x17F):04X}") for code in range(3, 400, 3)]
    whole = "".join(f"<{code}> <{text}>\n" for code, text in pairs)
    spaced = "".join(f"<{code[:2]} {code[2:]}> <{text}>\n" for code, text in pairs)
    wide = whole + "<0001> <00660069>\n<0002> <D83DDE00>\n"
    high = whole + "<d801> <0041>\n"
    strings_ = [bytes(choose.choices(range(256), k=2 * choose.randrange(40))) for _ in range(300)] + [b"\0"]
    for body in (whole, spaced, wide, high):
        glyphs = glyph_map(f"beginbfchar\n{body}endbfchar".encode())
        assert {code.hex(): text for code, text in glyphs.items()}.items() >= {
            code: bytes.fromhex(text).decode("utf-16-be") for code, text in pairs
        }.items()
        assert (glyphs.table is None) is (body is high)
        for string in strings_:
            one_by_one = "".join(glyphs.get(string[i : i + 2], "\ufffd") for i in range(0, len(string), 2))
            assert squeeze(
                drawn_text(b"/F 1 Tf <%b> Tj" % string.hex().encode(), {"F": [glyphs]})
            ) == squeeze(one_by_one)
