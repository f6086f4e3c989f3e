"""A paragraph that announces what follows belongs with it."""

from __future__ import annotations

import pytest

from letters.document import leads_in
from letters.document.leads import holds
from letters.document.model import (
    Block,
    Column,
    Heading,
    Item,
    List,
    Numbering,
    Paragraph,
    Quote,
    Strong,
    Table,
    Text,
)

SAYS = Paragraph((Text("Vi har lagt vægt på:"),))
LISTING = List(Numbering.BULLET, (Item((SAYS,)),))
TABLE = Table((Column((Text("År"),)),), (((Text("2021"),),),))


@pytest.mark.parametrize("after", [LISTING, TABLE, Quote((SAYS,))])
def test_a_colon_leads_in(after: Block) -> None:
    assert leads_in(SAYS, after)
    assert leads_in(Paragraph((Text("Sådan "), Strong((Text("er det: "),)))), after)
    assert not leads_in(Paragraph((Text("Sådan er det."),)), after)


@pytest.mark.parametrize("after", [None, SAYS, Heading(1, (Text("Regler"),))])
def test_only_a_list_a_table_or_a_quote_is_led_in_to(after: Block | None) -> None:
    assert not leads_in(SAYS, after)


@pytest.mark.parametrize("block", [LISTING, TABLE, Heading(1, (Text("Regler:"),))])
def test_only_a_paragraph_leads_in(block: Block) -> None:
    assert not leads_in(block, LISTING)


def items(*texts: str) -> List:
    return List(Numbering.BULLET, tuple(Item((Paragraph((Text(text),)),)) for text in texts))


def test_a_short_item_is_never_alone_before_or_after_a_break() -> None:
    assert holds(items("a")) == [False]
    assert holds(items("a", "b")) == [True, False]
    assert holds(items("a", "b", "c", "d")) == [True, False, True, False]


def test_a_long_item_may_stand_alone() -> None:
    long = "ord " * 50
    assert holds(items(long, "b", long)) == [False, False, False]
    assert holds(items(long, "b", "c")) == [False, True, False]


def test_an_item_of_several_paragraphs_may_stand_alone() -> None:
    several = Item((SAYS, SAYS))
    assert holds(List(Numbering.BULLET, (several, several))) == [False, False]
