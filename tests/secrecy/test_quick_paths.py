"""What is looked at only where a quick look says so: the quick look passes nothing over."""

import base64
import random
import re
from itertools import accumulate

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from letters.secrecy.channels.channel import all_spelled_out, spelled_out
from letters.secrecy.channels.pdf import _Parts
from letters.secrecy.channels.pdf_syntax import (
    _NAME,
    _SHOW,
    SYNTAX,
    GlyphMap,
    _array,
    _name_text,
    _pieces,
    drawn_text,
    glyph_map,
    names,
)
from letters.secrecy.channels.text import _LATIN, _UTF_8, _base64_runs, noise_channels
from letters.secrecy.cpr import _GAP, _LOOKS, _PLAIN, _may_hold_ten
from letters.secrecy.cpr import _ten as dated
from letters.secrecy.guard import guard
from letters.secrecy.normal import (
    _HYPHEN_AT_END,
    _fold_character,
    _may_end_with_hyphen,
    fold,
    lower_words,
    squeeze,
    view,
)
from letters.secrecy.readings import _TYPED_FOR_FIGURES, _may_be_mistyped, other_readings
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
    assert all(_may_hold_ten(t) for t, f in zip(texts, found, strict=True) if f or _PLAIN.search(t))


# What a quick look may be wrong about: figures and what resembles them, gaps, line ends, other alphabets.
_SIGNS = "01589OoIlnul en\xe9t-./:_,;?\t \n\r\x02\x1f\xad\xa0\u2013\xb2\u0661\uff11\u2460\ud800\U0001f600%"


@settings(max_examples=300, deadline=None)
@given(st.text(_SIGNS, max_size=60))
@example("1/O/1")
@example("1 l.1")
@example("\u0661-I-\uff11")
@example("010180- \t \n \t0008")
@example("0/1/0/1/8/0/0/0/0/8")
def test_a_quick_look_never_says_no_where_the_long_one_finds_something(text):
    folded = fold(text)
    assert _may_hold_ten(folded) or not (_LOOKS.search(folded) or _PLAIN.search(folded))
    assert _may_be_mistyped(text) or not _TYPED_FOR_FIGURES.search(text)
    plain = text.encode("ascii", "ignore").decode()
    assert _may_end_with_hyphen(plain) is bool(_HYPHEN_AT_END.search(plain))
    assert [word.decode() for word in lower_words(folded)] == list(view(text).tokens)


@settings(max_examples=300, deadline=None)
@given(
    st.lists(st.sampled_from(["010180", "0008", "O1O180", "l", "-", "- ", "/", " \n", "_", "\t"]), max_size=9)
)
def test_what_looks_like_a_number_is_found_whatever_looks_first(pieces):
    """The whole way through the guard, against the patterns alone."""
    text = "".join(pieces)
    readings = [fold(text), *map(fold, other_readings(text, fold(text)))]
    expected = any(dated(found[0]) for reading in readings for found in _LOOKS.finditer(reading))
    assert bool(guard({"a.txt": text.encode()}, Secrets())) is expected


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


@settings(max_examples=300, deadline=None)
@given(st.lists(st.text("aAzZæÆåÅé01 %4\n\t.", max_size=8), max_size=6))
def test_many_names_are_divided_as_each_alone(found):
    assert all_spelled_out(found) == [spelled_out(name) for name in found]


_WIDE_READINGS = [
    (rb"(?:[\t\x20-\xff][\x00-\x04]){4,}", "utf-16-le", b"\0"),
    (rb"(?:[\x00-\x04][\t\x20-\xff]){4,}", "utf-16-be", b"\0"),
    (rb"(?:[\t\x20-\xff][\x00-\x04]\x00\x00){4,}", "utf-32-le", b"\0\0\0"),
    (rb"(?:\x00\x00[\x00-\x04][\t\x20-\xff]){4,}", "utf-32-be", b"\0\0\0"),
]


@settings(max_examples=300, deadline=None)
@given(
    st.lists(
        st.sampled_from([b"a\0", b"\0b", b"c\0\0\0", b"\0\0\0d", b"1\4\0\0", b"\0", b"\5", b"\t", b"\xe6"])
    )
)
@example([b"a\0"] * 4)
@example([b"1\4\0\0"] * 4)
@example([b"\0\0\0d"] * 4)
def test_wide_characters_are_found_where_the_patterns_find_them(pieces):
    data = b"".join(pieces)
    (channel,) = noise_channels(data, "x")
    expected = [run.decode("utf-8", "replace") for run in _UTF_8.findall(data) if len(run) >= 4]
    if re.search(rb"[\x80-\xff]", data):
        latin = re.findall(rb"%b{4,}" % _LATIN, data)
        expected += [run.decode("latin-1") for run in latin if re.search(rb"[\x80-\xff]", run)]
    for pattern, encoding, needed in _WIDE_READINGS:
        if needed in data:
            expected += [run.decode(encoding, "replace") for run in re.findall(pattern, data)]
    assert channel.text == "\n".join(expected)


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
        assert glyphs.is_plain is (body is not high)
        for string in strings_:
            one_by_one = "".join(glyphs.get(string[i : i + 2], "\ufffd") for i in range(0, len(string), 2))
            assert squeeze(
                drawn_text(b"/F 1 Tf <%b> Tj" % string.hex().encode(), {"F": [glyphs]})
            ) == squeeze(one_by_one)


_LITERAL = rb"\((?:[^()\\]|\\.|\((?:[^()\\]|\\.)*\))*\)"
_PLAIN_SHOW = re.compile(
    rb"/([^\s/()<>\[\]{}%]+)\s+[-\d.]+\s+Tf\b"
    rb"|\[((?:" + _LITERAL + rb"|<[0-9A-Fa-f\s]*>|[-+\d.\s])*)\]\s*TJ"
    rb"|(" + _LITERAL + rb"|<[0-9A-Fa-f\s]*>)\s*(?:Tj|'|\")"
    rb"|\b(?:(T[dDm*])|(ET))\b",
    re.DOTALL,
)
_DRAWING = """/F1 12 Tf|/F2 1 Tf|BT|ET|[|]|TJ|Tj|'|"|<0041>|<004100420043>
<01020041>|<1>|<00 41>|<d8000041>|(abc)
(a(b)c)
(\\)x)|()|<>|0|-200|-12.5|111| |T*|Td|TD|Tm|1 0 0 1 50 60 Tm|x|E|T|/|<<|>>|%|(|)|<|>|{|/Span|/Spanish|/Type
<0041>0<0042>|[<00410042>0] TJ|[<0041>-300<0042>0] TJ|[(ab)-300(c)]TJ|[<0041>12 ] TJ""".replace(
    "\n", "|"
).split("|")
_DRAWINGS = st.lists(st.sampled_from([sign.encode() for sign in [*_DRAWING, "\n", "\0", "\r"]]), max_size=25)
_GLYPHS = GlyphMap({b"\0A": "a", b"\0B": "fi", b"\0C": "\ufffe", b"\1\2": "x"})


@settings(max_examples=300, deadline=None)
@given(_DRAWINGS, st.sampled_from([b"", b" "]))
def test_what_is_drawn_is_found_by_the_quick_pattern_as_by_the_plain_one(pieces, between):
    content = between.join(pieces)
    assert [m.span() for m in _SHOW.finditer(content)] == [m.span() for m in _PLAIN_SHOW.finditer(content)]
    for quick, plain in zip(_SHOW.findall(content), _PLAIN_SHOW.findall(content), strict=True):
        font, array, literal, figures, move, end = quick
        assert (font, array, bool(move), bool(end)) == (plain[0], plain[1], bool(plain[3]), bool(plain[4]))
        assert plain[2] in (b"", b"(%b)" % literal, b"<%b>" % figures)
        for maps in ((), (_GLYPHS,), (_GLYPHS, GlyphMap({b"A": "Q"}))):
            assert "".join(_array(array, maps)) == "".join(_pieces(array, maps))
    expected = dict.fromkeys(name for name in _NAME.findall(content) if name not in SYNTAX)
    assert names(content) == [_name_text(name) for name in expected]


@settings(max_examples=300, deadline=None)
@given(st.binary(max_size=12), st.booleans())
def test_glyphs_are_looked_up_by_c_as_one_by_one(string, low):
    if low:
        string = b"".join(b"\0%c" % code for code in string)
    if len(string) % 2 == 0:
        expected = "".join(_GLYPHS.get(string[at : at + 2], "\ufffd") for at in range(0, len(string), 2))
        if not any(0xD8 <= code <= 0xDF for code in string[::2]):
            assert drawn_text(b"/F 1 Tf <%b> Tj" % string.hex().encode(), {"F": [_GLYPHS]}) == expected


def test_objects_with_a_mark_are_those_that_have_it():
    choose = random.Random(4)  # noqa: S311 - a seed to repeat
    signs = [
        b"/Tf",
        b"/T",
        b"f",
        b"/Font",
        b"/FontName",
        b"<<",
        b"<",
        b"(",
        b" ",
        b">>",
        b"/ToUnicode",
        b"0041",
    ]
    for _ in range(500):
        sources = [
            b"".join(choose.choices(signs, k=choose.randrange(4))) for _ in range(choose.randrange(1, 9))
        ]
        ends = list(accumulate(len(source) + 1 for source in sources))
        parts = _Parts([], sources, b"\n".join(sources), ends, [])
        for marks in ((b"/Tf", b"/Font", b"/ToUnicode"), (b"(",), (b"zzz",)):
            expected = [n for n, source in enumerate(sources) if any(mark in source for mark in marks)]
            assert parts.holding(*marks) == expected
        strings = [
            n for n, source in enumerate(sources) if b"(" in source or b"<" in source.replace(b"<<", b"  ")
        ]
        assert parts.holding(b"(", b"<", text=parts.together.replace(b"<<", b"  ")) == strings
