"""The reader answers anything at all with a tree or with a `CaseError`, and in bounded time."""

from __future__ import annotations

import json
import time

import pytest
from case_library import LIBRARY
from hypothesis import given
from hypothesis import strategies as st

from letters.case.read import read_case
from letters.case.reader import read_tree
from letters.case.tree import MAX_BYTES, MAX_NODES
from letters.problems import CaseError

LAUGHS = "a0: &a0 lol\n" + "".join(f"a{i}: &a{i} [{', '.join([f'*a{i - 1}'] * 9)}]\n" for i in range(1, 20))

REFUSED = [
    ("x.yaml", LAUGHS, "case.yaml-anchor", 1),
    ("x.yaml", "a: b\nc: *b\n", "case.yaml-alias", 2),
    ("x.yaml", "a: !!python/object/apply:os.system [ls]\n", "case.yaml-tag", 1),
    ("x.yaml", "a: !!str 1\n", "case.yaml-tag", 1),
    ("x.yaml", "? !!str a\n: 1\n", "case.yaml-tag", 1),
    ("x.yaml", "a:\n  <<: {b: c}\n", "case.yaml-merge", 2),
    ("x.yaml", "a: 1\n? [b]\n: 2\n", "case.key-not-text", 2),
    ("x.yaml", "a: 1\n---\nb: 2\n", "case.several-documents", 2),
    ("x.yaml", "a: b: c\n", "case.yaml-syntax", 1),
    ("x.yaml", "a: 'b\n", "case.yaml-syntax", 2),
    ("x.yaml", "a:\n\t- b\n", "case.yaml-syntax", 2),
    ("x.yaml", "- a\n", "case.not-a-mapping", 1),
    ("x.yaml", "", "case.not-a-mapping", 1),
    ("x.yaml", "# tom\n", "case.not-a-mapping", 1),
    ("x.yaml", "a: 1\nb: \u2028\n", "case.character", 2),
    ("x.yaml", "a: 1\nb: \u0007\n", "case.character", 2),
    ("x.yaml", "[" * 100_000, "case.too-deep", 1),
    ("x.yaml", "{a: " * 100_000, "case.too-deep", 1),
    ("x.yaml", "- " * 100_000, "case.too-deep", 1),
    ("x.yaml", "? " * 100_000, "case.key-not-text", 1),
    ("x.yaml", "a: [" + "b, " * MAX_NODES + "]", "case.too-many-values", 1),
    ("x.yaml", "a: 1\n" * 1000, "case.too-many-problems", 101),
    ("x.json", "[" * 100_000, "case.too-deep", 1),
    ("x.json", '{"a":' * 100_000, "case.too-deep", 1),
    ("x.json", '{"a": [' + "1," * MAX_NODES + "1]}", "case.too-many-values", 1),
    ("x.json", '{"a": NaN}', "case.json-number", 1),
    ("x.json", '{"a":\n-Infinity}', "case.json-number", 2),
    ("x.json", '{"a": ' + "9" * 5_000 + "}", "case.json-number", 1),
    ("x.json", '{"a": 1e99999999999999999999}', "case.json-number", 1),
    ("x.json", '{"a": "\\ud800"}', "case.json-surrogate", 1),
    ("x.json", '{"a": "b\n"}', "case.json-string", 1),
    ("x.json", '{"a": "\\x"}', "case.json-string", 1),
    ("x.json", '{"a": 01}', "case.json-syntax", 1),
    ("x.json", '{"a": 1,}', "case.json-syntax", 1),
    ("x.json", '{"a": 1} {}', "case.json-syntax", 1),
    ("x.json", '{"a": 1', "case.json-syntax", 1),
    ("x.json", "{'a': 1}", "case.json-syntax", 1),
    ("x.json", "[]", "case.not-a-mapping", 1),
    ("x.json", "", "case.json-syntax", 1),
]


def _tree(data: bytes, file: str):
    """The values, or else the problems."""
    try:
        tree = read_tree(data, file)
    except CaseError as error:
        return None, error.problems
    return tree.root, tree.problems


def _refusal(data: bytes, file: str):
    with pytest.raises(CaseError) as caught:
        read_tree(data, file)
    return caught.value.problems[-1]


@pytest.mark.parametrize(
    ("file", "text", "code", "line"), REFUSED, ids=[f"{c}-{f}-{t[:12]!r}" for f, t, c, _ in REFUSED]
)
def test_is_refused_by_name_at_its_line(file, text, code, line):
    begin = time.process_time()
    problem = _refusal(text.encode(), file)
    assert (problem.code, problem.place.line) == (code, line)
    assert problem.place.file == file
    assert problem.text()
    assert time.process_time() - begin < 3


@pytest.mark.parametrize(
    ("file", "data", "code"),
    [
        ("x.yaml", b"a" * 20_000_000, "case.too-large"),
        ("x.json", b" " * (MAX_BYTES + 1), "case.too-large"),
        ("x.yaml", b"PK\x03\x04\x00\x00\x00", "case.not-text"),
        ("x.yaml", "a: æ".encode("latin-1"), "case.not-utf8"),
        ("x.yaml", "a: b".encode("utf-16"), "case.not-text"),
        ("x.docx", b"a: b", "case.unknown-format"),
        ("x", b"a: b", "case.unknown-format"),
    ],
)
def test_what_is_no_case_file_is_refused_as_a_whole(file, data, code):
    assert _refusal(data, file).code == code


def test_a_byte_order_mark_and_windows_line_ends_are_read():
    tree = read_tree("\ufeffa: b\r\nc: d\r\n".encode(), "x.YML")
    assert tree.root == {"a": "b", "c": "d"}
    assert tree.place(("c",)).line == 2


def test_every_yaml_scalar_is_text():
    tree = read_tree(b"a: 0101800008\nb: nej\nc: 2021-09-02\nd: ~\ne: 1e3\nf: 0x1f\ng: null\n", "x.yaml")
    assert list(tree.root.values()) == ["0101800008", "nej", "2021-09-02", "~", "1e3", "0x1f", "null"]


def test_a_repeated_key_is_told_and_the_first_value_stays():
    for file, text in (("x.yaml", "a: 1\nb: 2\na: 3\n"), ("x.json", '{"a": "1",\n"b": "2",\n"a": "3"}')):
        tree = read_tree(text.encode(), file)
        assert tree.root == {"a": "1", "b": "2"}
        (problem,) = tree.problems
        assert (problem.code, problem.place.line, problem.args["line"]) == ("case.duplicate-key", 3, 1)


@given(st.binary(max_size=300), st.sampled_from(["x.yaml", "x.json"]))
def test_any_bytes_give_a_case_error(data, file):
    with pytest.raises(CaseError):
        read_case(data, file, LIBRARY)


_YAML = st.text(alphabet="ab:-?,[]{}#&*!|>'\"%@` \n\t0~<\\", max_size=60)


@given(_YAML)
def test_any_yaml_gives_a_tree_or_a_case_error(text):
    _, problems = _tree(text.encode(), "x.yaml")
    assert all(problem.text() for problem in problems)


_VALUE = st.recursive(
    st.text(max_size=8) | st.integers(-9999, 9999) | st.booleans(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=4), inner, max_size=3),
    max_leaves=12,
)


@given(st.dictionaries(st.text(max_size=5), _VALUE, max_size=4), st.sampled_from([None, 1]), st.booleans())
def test_json_is_read_as_the_standard_library_reads_it(value, indent, ascii_only):
    text = json.dumps(value, indent=indent, ensure_ascii=ascii_only)
    root, problems = _tree(text.encode(), "x.json")
    if problems:
        assert not ascii_only
        assert problems[-1].code == "case.character"
    else:
        assert root == value
