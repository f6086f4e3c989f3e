"""Members of a JSON file that were seen before: what they pass over, and that they hide nothing."""

import base64
import json

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

import letters.secrecy.guard as guard_module
from letters.secrecy.channels import CleanPieces, Pieces, members
from letters.secrecy.channels.members import holds_no_number
from letters.secrecy.guard import guard
from letters.secrecy.secrets import Person, Secrets

NOBODY = Secrets()
NUMBER = "010180-0008"
HASH = "3f0a1bc2d4e5f60718293a4b5c6d7e8f901122334455667788990aabbccddeef"
MANIFEST = {
    "case": {"file": "sag.yaml", "sha256": HASH},
    "date": "2021-09-02",
    "law": {f"love/{name}.yaml": HASH for name in ("forvaltningsloven", "aktivloven")},
    "outputs": {"letter.pdf": HASH[::-1]},
    "programs": {"pikepdf": "10.1.0", "weasyprint": "70.0"},
}
# How a number may be written in JSON, or stand in two of its strings.
_HIDDEN = [
    NUMBER,
    "CPR 0101800008",
    "01.01.1980-0008",
    "0 1 0 1 8 0 0 0 0 8",
    base64.b64encode(f"nummeret er {NUMBER}".encode()).decode(),
    base64.b64encode(f"nummeret er {NUMBER} i en sag.".encode()).decode(),
    base64.b64encode(f"nummeret er {NUMBER}".encode("utf-16-le")).decode(),
    "0008Abc010180",
    "O1O18O-OOO8 1a1",
    "010180%2D0008",
    "010180&#45;0008",
    "010180<b>-</b>0008",
    "nul et nul et otte nul nul nul nul otte",
    "=?utf-8?B?MDEwMTgwLTAwMDg=?=",
    "010180=2D0008",
]


def _file(value, **options):
    return json.dumps(value, indent=2, ensure_ascii=False, **options) + "\n"


@pytest.fixture
def clean(monkeypatch):
    pieces = CleanPieces()
    monkeypatch.setattr(guard_module, "_CLEAN", pieces)
    return pieces


def test_members_that_were_seen_before_are_not_read_again(clean, monkeypatch):
    looked = []
    monkeypatch.setattr(members, "_is_free", lambda member: looked.append(member) or True)
    pieces = Pieces(clean)
    assert holds_no_number(_file(MANIFEST), pieces)
    assert len(looked) == len(MANIFEST)
    assert holds_no_number(_file({**MANIFEST, "date": "2021-09-03"}), pieces)
    assert looked[len(MANIFEST) :] == ['date": "2021-09-03"']


def test_a_manifest_of_hashes_and_dates_is_passed_over(clean):
    assert holds_no_number(_file(MANIFEST), Pieces(clean))


@pytest.mark.parametrize("hidden", _HIDDEN)
@pytest.mark.parametrize("warm", [False, True], ids=["cold", "warm"])
def test_a_number_in_any_member_is_found_as_without_members(hidden, warm, clean, monkeypatch):
    places = [
        lambda text: {**MANIFEST, "date": text},
        lambda text: {**MANIFEST, "case": {"file": text, "sha256": HASH}},
        lambda text: {**MANIFEST, "case": {text: "sag.yaml", "sha256": HASH}},
        lambda text: {**MANIFEST, "zz": [1, [text]]},
        lambda text: {text: 1, **MANIFEST},
    ]
    for place in places:
        if warm:
            for ordinary in (HASH, "2021", "sag"):
                assert guard({"manifest.json": _file(place(ordinary)).encode()}, NOBODY) == ()
        document = {"manifest.json": _file(place(hidden)).encode()}
        told = guard(document, NOBODY)
        assert told
        assert told == guard(document, NOBODY)
        with monkeypatch.context() as patch:
            patch.setattr("letters.secrecy.channels.files.holds_no_number", lambda *_: False)
            assert told == guard(document, NOBODY)


def test_a_number_written_in_escapes_is_found(clean):
    text = _file({**MANIFEST, "date": NUMBER})
    assert guard({"a.json": text.replace(NUMBER, r"010180\u002d0008").encode()}, NOBODY)
    assert guard({"a.json": text.replace(NUMBER, r"\u0030\u0031018\u0030-0008").encode()}, NOBODY)


def test_a_number_that_is_no_string_is_found(clean):
    assert guard({"a.json": _file({**MANIFEST, "n": 101800008, "m": 3101800008}).encode()}, NOBODY)


def test_a_name_in_a_member_that_was_clean_is_found(clean):
    document = {"manifest.json": _file({**MANIFEST, "case": {"file": "Amal Noor"}}).encode()}
    someone = Secrets.from_people([Person("p", names=("Amal Noor",))])
    for _ in range(2):
        assert guard(document, NOBODY) == ()
        assert {found.kind for found in guard(document, someone)} == {"name"}


_PIECES = [
    *(
        "010180",
        "0008",
        "01",
        "80",
        "0",
        "O1",
        "l",
        "nul",
        "et ",
        "sag",
        "CPR",
        "a1b2c3",
        "MDEwMTgwLTAwMDgg",
        "B",
    ),
    *("-", ".", "/", ": ", "_", " ", "\n", "\t", "|", "<", ">", "&#48;", "=", "%30", "\\", "\u2013", "\xb2"),
    *("\x1f", "é"),
]
_STRINGS = st.lists(st.sampled_from(_PIECES), max_size=6).map("".join)
_VALUES = st.one_of(_STRINGS, st.integers(0, 10**10), st.lists(_STRINGS, max_size=3))


# Runs of bytes whose lines end and begin with figures.
_BYTES = [
    b"aaaaaaaaaa 010180-",
    b"0008 aaaaaaaaaaaaa",
    b"xx\xff010180-\xffxxxxxxx",
    b"xxxxxxx\xff0101-\xff8000-",
]


def _long_way(data):
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("letters.secrecy.channels.files.holds_no_number", lambda *_: False)
        return guard({"a.json": data}, NOBODY)


@settings(max_examples=400, deadline=None)
@given(st.dictionaries(_STRINGS, _VALUES, max_size=4))
@example({"a": "0008", "b": "010180-"})
@example({"a": "0008", "b": "010180-\t"})
@example({"b": "sag", "010180-": "0008"})
@example({"a": ["0008", "010180-"], "b": 1})
@example({"a": "=", "b": "010180"})
@example({"a": "O01234O-01O", "b": "1l1"})
def test_where_members_hold_no_number_the_file_holds_none(value):
    data = _file(value).encode("utf-8", "surrogatepass")
    if holds_no_number(data.decode("utf-8", "surrogatepass"), Pieces(CleanPieces())):
        assert _long_way(data) == ()
    assert guard({"a.json": data}, NOBODY) == _long_way(data)


@settings(max_examples=200, deadline=None)
@example([_BYTES[0], _BYTES[1]])
@example([_BYTES[3], b"0008xxxxxxxxxxxxxx"])
@given(st.lists(st.one_of(st.binary(min_size=12, max_size=40), st.sampled_from(_BYTES)), max_size=4))
def test_bytes_in_members_that_hold_no_number_hold_none_together(runs):
    whole = [run[: len(run) // 3 * 3] for run in runs]  # so that no "=" stands at the end
    value = {f"a{number}": base64.b64encode(run).decode() for number, run in enumerate(whole)}
    if holds_no_number(_file(value), Pieces(CleanPieces())):
        assert _long_way(_file(value).encode()) == ()


@pytest.mark.parametrize(
    "text",
    [
        "[]",
        "{}",
        '{"a": 1}',
        '{\n  "a": 1,\n  "b": 2\n} x',
        '{\n  "a": 1\n  "b": 2\n}',
        '{\n  "a": {\n  "b": 2\n}\n}',
        '{\n  "a": "x\n  "b": 2\n}',
        ' {\n  "a": 1\n}',
        '{\n  "a": 1,\n  "b": 2}',
    ],
)
def test_what_is_not_written_in_members_is_read_the_long_way(text):
    assert not holds_no_number(text, Pieces(CleanPieces()))
