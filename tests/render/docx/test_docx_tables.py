from __future__ import annotations

from docx_samples import TABLE, line
from hypothesis import given
from hypothesis import strategies as st

from letters.document.model import Column, Table
from letters.render.docx.tables import column_widths


def widths(*columns: list[str], total: int = 7087) -> tuple[int, ...]:
    heads, *rows = (tuple(line(text) for text in row) for row in zip(*columns, strict=True))
    return column_widths(Table(tuple(Column(head) for head in heads), tuple(rows)), total)


def test_words_get_more_than_figures() -> None:
    first, second, third = column_widths(TABLE, 7087)
    assert first > second
    assert first > third


def test_a_long_text_leaves_room_for_the_longest_word_beside_it() -> None:
    first, second = widths(["Forhold", "ord " * 80], ["Beskæftigelsesmuligheder", "ja"])
    assert second >= len("Beskæftigelsesmuligheder") * 95
    assert first > second


def test_even_impossible_words_share_the_room() -> None:
    assert widths(["a", "x" * 400], ["b", "x" * 400]) == (3544, 3543)


@given(st.lists(st.lists(st.text(max_size=30), min_size=2, max_size=2), min_size=1, max_size=8))
def test_widths_add_up_and_none_vanishes(columns: list[list[str]]) -> None:
    found = widths(*columns)
    assert sum(found) == 7087
    assert min(found) > 100
