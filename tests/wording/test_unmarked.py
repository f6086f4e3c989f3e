"""What is read without the parser is read as the parser reads it."""

from __future__ import annotations

import random

import pytest

from letters.document.model import Heading, Item, LineBreak, List, Numbering, Paragraph, Text, Wording
from letters.wording import markdown
from letters.wording.markdown import read_blocks
from letters.wording.refusals import Refused
from letters.wording.tokens import Values
from letters.wording.unmarked import MARKED, PARAGRAPH, Stretch, stretches
from letters.wording.values import Merged, Prose

# Words and marks as they may meet; each line is some of them. Marks are rare, so that much is unmarked.
_WORDS = [
    "Kommunen",
    "den",
    "1.",
    "23.",
    "2021",
    "æble",
    "§ 4,",
    "50 %",
    "a_b",
    "x = 2",
    "nej:",
    "(jf. stk. 2)",
    "—",
]
_MARKS = [
    *(
        "**fed**",
        "*skrå*",
        "\\*",
        "\\",
        "[navn](https://a.example)",
        "[a]: https://b.example",
        "`kode`",
        "<b>",
    ),
    *(
        "&amp;",
        "a & b",
        "| a | b |",
        "|---|---|",
        "https://c.example/x_y.",
        "![b](c)",
        "~~~",
        "_",
        "#",
        "\u00a0",
    ),
]
_STARTS = [
    *(
        "- ",
        "* ",
        "+ ",
        "1. ",
        "2. ",
        "1) ",
        "> ",
        ">",
        "# ",
        "## ",
        "####### ",
        "#",
        "    ",
        "  ",
        "\t",
        "---",
    ),
    *("===", "***", "_ _ _", "```", ":--", "\\", "\u00a0", "123456789. "),
]
_ENDS = ["", "", "", "\\", "  ", " #", ":", "\u00a0", "\\\\"]


def _source(choose: random.Random, values: list[str]) -> str:
    lines = []
    for _ in range(choose.randrange(1, 12)):
        if choose.random() < 0.35:
            lines.append(choose.choice(["", "", "", " ", "\t"]))
            continue
        words = [choose.choice([*_WORDS, *values]) for _ in range(choose.randrange(1, 5))]
        if choose.random() < 0.15:
            words.insert(choose.randrange(len(words) + 1), choose.choice(_MARKS))
        start = choose.choice(_STARTS) if choose.random() < 0.25 else ""
        lines.append(start + choose.choice([" ", " ", " ", "  "]).join(words) + choose.choice(_ENDS))
    return "\n".join(lines)


def _said(source: str, values: Values, field: str | None) -> object:
    """The blocks with their places, or what is refused and how."""
    try:
        blocks = read_blocks(source, values, wording_at=lambda line: Wording("fil.md", line), field=field)
    except Refused as refused:
        return refused.what, refused.line, refused.snippet, refused.field
    return blocks, [block.wording for block in blocks]  # blocks are compared without their places


def _values() -> tuple[Values, list[str]]:
    values = Values()
    word = Paragraph((Text("Ord.", "f"),))
    several = Prose((word, List(Numbering.BULLET, (Item((word,)),))), "f")
    single = [Merged("* Jensen", "navn"), Merged("et ord"), Merged(""), Prose((word,), "f")]
    return values, [*map(values.put, single * 2), values.put(several)]


@pytest.mark.parametrize("seed", range(40))
def test_the_parser_reads_the_same(seed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    choose = random.Random(seed)  # noqa: S311 - repeatable tests
    values, characters = _values()
    field = choose.choice([None, "felt"])
    sources = [_source(choose, characters) for _ in range(60)]
    quick = [_said(source, values, field) for source in sources]

    def all_of_it(lines: list[str]) -> list[Stretch]:
        return [(0, len(lines), MARKED)]

    monkeypatch.setattr(markdown, "stretches", all_of_it)
    for source, found in zip(sources, quick, strict=True):
        assert found == _said(source, values, field), source


def test_much_is_read_without_the_parser(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(markdown, "_MD", None)
    found = read_blocks("Kære borger\\\nog hjælper\n\n## Svar\n\nDet er § 4,\nstk. 2.", Values())
    assert found == (
        Paragraph((Text("Kære borger"), LineBreak(), Text("og hjælper"))),
        Heading(2, (Text("Svar"),)),
        Paragraph((Text("Det er § 4, stk. 2."),)),
    )


def test_a_list_goes_on_over_an_empty_line_and_ends_at_a_paragraph() -> None:
    lines = ["- et", "", "- to", "", "Nyt.", "", "## Ord", "", "- tre"]
    assert list(stretches(lines)) == [(0, 3, MARKED), (4, 5, PARAGRAPH), (6, 7, 2), (8, 9, MARKED)]
