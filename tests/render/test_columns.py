from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from letters.document.model import Column, Table, Text
from letters.render.columns import column_shares, whole_widths

WIDTH = 354.0  # points


def table(*columns: list[str]) -> Table:
    heads, *rows = (tuple((Text(text),) for text in row) for row in zip(*columns, strict=True))
    return Table(tuple(Column(head) for head in heads), tuple(rows))


def widths(*columns: list[str], total: int = 7087) -> tuple[int, ...]:
    return whole_widths(column_shares(table(*columns), total / 20), total)


def test_words_get_more_than_figures() -> None:
    first, second, third = column_shares(
        table(["Begrundelse", "Beskæftigelse og netværk"], ["2018", "117"], ["2019", "64"]), WIDTH
    )
    assert first > second
    assert first > third


def test_a_long_text_leaves_room_for_the_longest_word_beside_it() -> None:
    first, second = widths(["Forhold", "ord " * 80], ["Beskæftigelsesmuligheder", "ja"])
    assert second >= len("Beskæftigelsesmuligheder") * 95
    assert first > second


def test_a_date_is_whole_where_there_is_room() -> None:
    _, date, _ = column_shares(
        table(["Dokument", "ord " * 40], ["Dato", "24. april 2025"], ["Her", "ord " * 40]), WIDTH
    )
    assert date * WIDTH >= len("24. april 2025") * 5
    crowded = [["Beskæftigelsesmulighed", "x"]] * 3
    *_, date = column_shares(table(*crowded, ["Dato", "24. april 2025"]), WIDTH)
    assert date * WIDTH < len("24. april 2025") * 5


def test_even_impossible_words_share_the_room() -> None:
    first, second = widths(["a", "x" * 400], ["b", "x" * 400])
    assert abs(first - second) < 400  # the first has a margin


def test_an_impossible_word_leaves_room_for_the_others() -> None:
    _, second = widths(["a", "x" * 400], ["b", "Udleveres"])
    assert second >= len("Udleveres") * 95


@given(st.lists(st.lists(st.text(max_size=30), min_size=2, max_size=2), min_size=1, max_size=8))
def test_widths_add_up_and_none_vanishes(columns: list[list[str]]) -> None:
    found = widths(*columns)
    assert sum(found) == 7087
    assert min(found) > 50
