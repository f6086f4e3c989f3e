"""The finder on a corpus of forms and near-misses, on traps of real texts, and on texts meant to hurt it.

In the corpus a citation stands between ⟦ and ⟧; after ⇒ comes its right form, where it differs.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from letters.law import find
from letters.law.find import _read, _scan, find_citations
from letters.law.grammar import Reader
from letters.law.names import know
from letters.law.seen import Seen

CORPUS = Path(__file__).with_name("citations.txt")
MARKED = re.compile(r"⟦(.*?)(?:⇒(.*?))?⟧")
KNOWN = know(["Digital Post-loven", "GDPR", "lov om Digital Post"])


def _corpus() -> tuple[list[str], list[str]]:
    lines = [line for line in CORPUS.read_text("utf-8").splitlines() if line and not line.startswith("#")]
    return [line for line in lines if "⟦" in line], [line for line in lines if "⟦" not in line]


def _marked(line: str) -> tuple[str, list[tuple[int, int, str]]]:
    """The line as a text, and where its citations stand with their right forms."""
    text, expected = "", []
    done = 0
    for mark in MARKED.finditer(line):
        text += line[done : mark.start()]
        expected.append((len(text), len(text) + len(mark[1]), mark[2] or mark[1]))
        text += mark[1]
        done = mark.end()
    return text + line[done:], expected


def test_precision_and_recall_on_the_corpus() -> None:
    forms, misses = _corpus()
    expected, found = set(), set()
    for number, line in enumerate(forms + misses):
        text, marks = _marked(line)
        expected |= {(number, *mark) for mark in marks}
        found |= {(number, one.start, one.end, one.right) for one in find_citations(text, KNOWN)}
    hits = len(expected & found)
    precision, recall = hits / len(found), hits / len(expected)
    print(f"{len(expected)} citations, {len(misses)} near-misses: {precision=:.3f} {recall=:.3f}")
    wrong = [((forms + misses)[one[0]], one[1:]) for one in sorted(expected ^ found)]
    assert len(expected) >= 150
    assert len(misses) >= 60
    assert min(precision, recall) >= 0.98, wrong


@pytest.mark.parametrize(
    "text",
    [
        "integrations\u00adlovens § 18",  # soft hyphen
        "integra\u200ctionslovens § 18",  # zero-width non-joiner
        "integrationslovens\u00a0§\u00a018",  # no-break spaces
        "integrationslovens §\n18",  # line end
        "integrations-\nlovens § 18",  # hyphenated at the line end
        "integrations\u00ad\nlovens § 18",
        "integrationslovens\r\n   § \t 18",
        "Integrationslovens § 18",
    ],
)
def test_invisible_marks_and_line_ends(text: str) -> None:
    (found,) = find_citations(f"Jf. {text}, og så videre")
    assert found.right == "integrationslovens § 18"
    assert f"Jf. {text}, og"[found.start : found.end] == text
    assert found.slips == ()


def test_a_paragraph_end_ends_a_citation() -> None:
    first, second = find_citations("efter integrationslovens § 18\n\n§ 19 handler om kontrakten")
    assert (first.right, second.right) == ("integrationslovens § 18", "§ 19")


def test_each_act_is_a_citation_of_its_own() -> None:
    text = "integrationslovens § 18, stk. 2, jf. § 22 i forvaltningsloven og § 24 i forvaltningsloven"
    assert [one.right for one in find_citations(text)] == [
        "integrationslovens § 18, stk. 2",
        "§ 22 i forvaltningsloven",
        "§ 24 i forvaltningsloven",
    ]


def test_slips_point_into_the_given_text() -> None:
    text = "se folkeskoleloven\u00a0§26, stk.1"
    (found,) = find_citations(text)
    assert [text[slip.start : slip.end] for slip in found.slips] == ["folkeskoleloven", "§26", "stk.1"]


_WORDS = (
    "§ §§ 18 18a i og , . - \n \u00ad stk. nr. litra a pkt. 1. jf. dog lov om loven lovens ( ) af maj 2020",
    "kapitel artikel LBK som ændret ved 2016/679 (EU) forordning \x00 𝟙 ١ ½ Ⅳ",
)
PIECES = st.sampled_from([word for words in _WORDS for word in words.split(" ")])


@settings(max_examples=300, deadline=None)
@given(st.text(max_size=200) | st.lists(PIECES, max_size=40).map(" ".join) | st.lists(PIECES).map("".join))
def test_no_text_crashes_the_finder(text: str) -> None:
    end = 0
    for found in find_citations(text, KNOWN):
        assert end <= found.start < found.end <= len(text)
        assert all(0 <= slip.start < slip.end <= len(text) for slip in found.slips)
        end = found.end


LETTER = (
    "Ved afgørelsen har vi lagt vægt på, at du har arbejde i kommunen. Det følger af integrationslovens "
    "§ 18, stk. 2, jf. stk. 1, at kommunen skal overtage ansvaret. Se også kapitel 10 i lov om "
    "retssikkerhed. Du kan læse mere på vores hjemmeside, og du kan ringe til os, hvis du har spørgsmål. "
)
HURTFUL = [
    *("§", "§1", "§ 1, ", "§§ 1, 2, ", "1. og ", " ", "lov om x ", "a-\n", "§\n", "kapitel 1, ", "a\u00ad"),
    *("loven", "lov nr. 1, som ændret ved § 1 i ", "lov om a b c § 1 ", "(", "litra a, ", "kapitel 1 og "),
    *("§ 1. ", "x § 1 ", "artikel 1 ", "§ 1 i lov om a ", "lovens 32, stk. 1 ", "lov nr. 1, jf. ", LETTER),
]


@settings(max_examples=200, deadline=None)
@given(
    st.lists(st.lists(PIECES | st.just("i"), min_size=1, max_size=8).map(" ".join), min_size=1, max_size=4),
    st.lists(st.integers(0, 3), min_size=2, max_size=40),
)
def test_what_was_seen_before_is_found_as_if_it_were_read_anew(pieces: list[str], order: list[int]) -> None:
    text = " ".join(pieces[number % len(pieces)] for number in order)
    assert _scan(text, KNOWN, bare=False, seen=Seen(KNOWN)) == _scan(text, KNOWN, bare=False)


@pytest.mark.parametrize("piece", HURTFUL)
def test_repeated_text_is_found_as_if_it_were_read_anew(piece: str) -> None:
    text = piece * (3_000 // len(piece))
    assert _scan(text, KNOWN, bare=False, seen=Seen(KNOWN)) == _scan(text, KNOWN, bare=False)


class Counted(str):
    """A text that counts how many characters are searched for an earlier sign."""

    searched = 0

    def rfind(self, sign: str, start: int = 0, end: int | None = None, /) -> int:  # type: ignore[override]
        Counted.searched += (len(self) if end is None else end) - start
        return super().rfind(sign, start, end)


def _steps(text: str, monkeypatch: pytest.MonkeyPatch) -> int:
    """How many patterns are tried, and characters searched backwards, when nothing is remembered."""
    steps = 0
    take = Reader.take

    def counted(reader: Reader, pattern: re.Pattern[str]) -> re.Match[str] | None:
        nonlocal steps
        steps += 1
        return take(reader, pattern)

    Counted.searched = 0
    with monkeypatch.context() as patch:
        patch.setattr(Reader, "take", counted)
        _scan(Counted(text), KNOWN, bare=False)
    return steps + Counted.searched


@pytest.mark.parametrize("piece", HURTFUL)
def test_the_work_grows_with_the_length_alone(piece: str, monkeypatch: pytest.MonkeyPatch) -> None:
    small, large = (_steps(piece * (size // len(piece) + 1), monkeypatch) for size in (2_000, 8_000))
    assert large <= 4.4 * small + 400


@pytest.mark.parametrize("piece", HURTFUL)
def test_what_repeats_is_read_a_few_times_only(piece: str, monkeypatch: pytest.MonkeyPatch) -> None:
    read = 0

    def counted(*args: object, **kwargs: object) -> object:
        nonlocal read
        read += 1
        return _read(*args, **kwargs)  # type: ignore[arg-type]

    monkeypatch.setattr(find, "_read", counted)
    find_citations(piece * (30_000 // len(piece)), KNOWN)
    assert read < 700
