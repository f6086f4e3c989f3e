"""Plain data is read as its type says, or everything that is wrong is told, each where it is."""

from __future__ import annotations

from typing import Annotated, Literal

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec import Meta, Struct, field

from letters.records import Fault, Read, Unreadable, Wrong, choices, fields_of, read, read_by


def shout(value: object) -> str:
    if not isinstance(value, str) or not value:
        raise ValueError("no word")
    return value.upper()


Loud = Annotated[str, Read(shout)]


class Held(Struct, frozen=True):
    status: Literal["held"]
    day: int


class Left(Struct, frozen=True):
    status: Literal["left", "gone"]
    why: Loud | None = None


class Pair(Struct, frozen=True):
    low: Annotated[int, Meta(ge=0)]
    high: int

    def __post_init__(self) -> None:
        if self.low > self.high:
            raise ValueError("upside down")


class Thing(Struct, frozen=True, kw_only=True):
    name: Annotated[Loud, Meta(title="Name", description="Not a whisper")]
    pairs: Annotated[tuple[Pair, ...], Meta(title="Pairs", min_length=1, max_length=2)]
    words: Annotated[tuple[Loud, ...] | None, Meta(max_length=3)] = None
    hearing: Held | Left | None = None
    bold_italic: bool = field(default=False, name="bold-italic")
    inner: Thing | None = None


GOOD = {"name": "a", "pairs": [{"low": 1, "high": 2}]}


def faults(**changed: object) -> list[tuple[str, Wrong]]:
    data = {key: value for key, value in {**GOOD, **changed}.items() if value is not ...}
    try:
        read(data, Thing)
    except Unreadable as error:
        return [(".".join(map(str, fault.path)), fault.wrong) for fault in error.faults]
    return []


def test_what_is_right_is_read() -> None:
    data = {
        **GOOD,
        "words": ["x"],
        "hearing": {"status": "gone", "why": "b"},
        "bold-italic": True,
        "inner": {**GOOD, "hearing": {"status": "held", "day": 3}},
    }
    inner = Thing(name="A", pairs=(Pair(1, 2),), hearing=Held("held", 3))
    expected = Thing(
        name="A", pairs=(Pair(1, 2),), words=("X",), hearing=Left("gone", "B"), bold_italic=True, inner=inner
    )
    assert read(data, Thing) == expected


@pytest.mark.parametrize(
    ("changed", "expected"),
    [
        ({"name": ...}, [("name", Wrong.MISSING)]),
        ({"name": ""}, [("name", Wrong.VALUE)]),
        ({"nam": "a"}, [("nam", Wrong.UNKNOWN_KEY)]),
        ({"bold_italic": True}, [("bold_italic", Wrong.UNKNOWN_KEY)]),
        ({"bold-italic": "yes"}, [("bold-italic", Wrong.VALUE)]),
        ({"pairs": "ab"}, [("pairs", Wrong.NO_LIST)]),
        ({"pairs": []}, [("pairs", Wrong.TOO_FEW)]),
        ({"pairs": [GOOD] * 3}, [("pairs", Wrong.TOO_MANY)]),
        ({"words": ["a"] * 4}, [("words", Wrong.TOO_MANY)]),
        ({"words": None}, []),
        ({"pairs": None}, [("pairs", Wrong.NO_LIST)]),
        ({"pairs": [{"low": 2, "high": 1}]}, [("pairs.0", Wrong.VALUE)]),
        ({"pairs": [{"low": -1, "high": 1}, 7]}, [("pairs.0.low", Wrong.VALUE), ("pairs.1", Wrong.NO_GROUP)]),
        ({"hearing": "held"}, [("hearing", Wrong.NO_GROUP)]),
        ({"hearing": {}}, [("hearing.status", Wrong.MISSING)]),
        ({"hearing": {"status": []}}, [("hearing.status", Wrong.NO_CHOICE)]),
        ({"hearing": {"status": "held"}}, [("hearing.day", Wrong.MISSING)]),
        ({"hearing": {"status": "left", "day": 1}}, [("hearing.day", Wrong.UNKNOWN_KEY)]),
        (
            {"name": 1, "pairs": 2, "inner": {"x": 1}},
            [
                ("name", Wrong.VALUE),
                ("pairs", Wrong.NO_LIST),
                ("inner.name", Wrong.MISSING),
                ("inner.pairs", Wrong.MISSING),
                ("inner.x", Wrong.UNKNOWN_KEY),
            ],
        ),
    ],
)
def test_everything_that_is_wrong_is_told_where_it_is(
    changed: dict[str, object], expected: list[tuple[str, Wrong]]
) -> None:
    assert faults(**changed) == expected


def test_a_fault_says_what_could_stand_there() -> None:
    with pytest.raises(Unreadable) as told:
        read({**GOOD, "hearing": {"status": "kept"}, "nam": 1, "pairs": [1, 2, 3]}, Thing)
    many, choice, key = told.value.faults
    assert many == Fault(("pairs",), Wrong.TOO_MANY, limit=2)
    assert choice == Fault(("hearing", "status"), Wrong.NO_CHOICE, ("held", "left", "gone"))
    assert key.known == ("bold-italic", "inner", "words")


@pytest.mark.parametrize("data", [None, [], "a", 1])
def test_what_is_no_group_at_all(data: object) -> None:
    with pytest.raises(Unreadable) as told:
        read(data, Thing)
    assert told.value.faults == (Fault((), Wrong.NO_GROUP),)


def test_the_types_describe_themselves() -> None:
    fields = fields_of(Thing)
    assert list(fields) == ["name", "pairs", "words", "hearing", "bold_italic", "inner"]
    assert (fields["name"].title, fields["name"].description) == ("Name", "Not a whisper")
    assert (fields["pairs"].least, fields["pairs"].most, fields["words"].most) == (1, 2, 3)
    assert (fields["bold_italic"].key, fields["bold_italic"].default) == ("bold-italic", False)
    assert [name for name, one in fields.items() if one.required] == ["name", "pairs"]
    assert [name for name, one in fields.items() if read_by(one.type) is shout] == ["name", "words"]
    assert choices(fields_of(Left)["status"].type) == ("left", "gone")


class Plain(Struct, frozen=True, forbid_unknown_fields=True):
    """What msgspec reads by itself, too, so that both can be compared."""

    size: Annotated[int, Meta(ge=0, le=9)]
    kind: Literal["a", "b"]
    many: Annotated[tuple[Annotated[str, Meta(min_length=1)], ...], Meta(min_length=1, max_length=2)] = ("x",)
    below: Plain | None = None


_scalars = st.none() | st.booleans() | st.integers(-2, 12) | st.sampled_from(["a", "b", "", "c"])
_keys = st.sampled_from(["size", "kind", "many", "below", "other"])
_data = st.recursive(
    _scalars, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(_keys, inner, max_size=4)
)
_near = st.fixed_dictionaries(
    {"size": st.integers(0, 9) | _scalars, "kind": st.sampled_from(["a", "b"]) | _scalars},
    optional={"many": st.lists(st.just("a") | _scalars, max_size=3), "below": _data, "other": _scalars},
)


@settings(max_examples=400, deadline=None)
@given(_data | _near)
def test_it_reads_what_msgspec_reads_and_nothing_else(data: object) -> None:
    try:
        expected = msgspec.convert(data, Plain)
    except msgspec.ValidationError:
        with pytest.raises(Unreadable) as told:
            read(data, Plain)
        assert told.value.faults
    else:
        assert read(data, Plain) == expected
