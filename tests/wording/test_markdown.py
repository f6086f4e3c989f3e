"""The closed vocabulary: what is read, and what is refused by name."""

from __future__ import annotations

import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from letters.document.model import (
    Align,
    Emphasis,
    Foreign,
    Heading,
    LineBreak,
    Link,
    List,
    Numbering,
    Paragraph,
    Quote,
    Strong,
    Table,
    Text,
)
from letters.document.walk import plain
from letters.wording.lookalikes import escape_lookalikes
from letters.wording.markdown import read_blocks
from letters.wording.refusals import FORBIDDEN, Refused
from letters.wording.tokens import Values
from letters.wording.values import Merged, Prose


def blocks(source: str, values: Values | None = None) -> tuple[object, ...]:
    return read_blocks(source, values or Values())


def refusal(source: str) -> str:
    with pytest.raises(Refused) as caught:
        blocks(source)
    return caught.value.what


def test_paragraphs_marks_and_breaks() -> None:
    assert blocks("En **fed** og *skrå*\\\nlinje\nto") == (
        Paragraph(
            (
                Text("En "),
                Strong((Text("fed"),)),
                Text(" og "),
                Emphasis((Text("skrå"),)),
                LineBreak(),
                Text("linje to"),
            )
        ),
    )


def test_words_of_another_language() -> None:
    assert blocks("Om [due *diligence*](sprog:en) her") == (
        Paragraph(
            (
                Text("Om "),
                Foreign("en", (Text("due "), Emphasis((Text("diligence"),)))),
                Text(" her"),
            )
        ),
    )
    assert blocks("[Laut](sprog:de-AT)") == (Paragraph((Foreign("de-AT", (Text("Laut"),)),)),)


def test_headings_keep_their_level() -> None:
    assert blocks("# A\n\n### B") == (Heading(1, (Text("A"),)), Heading(3, (Text("B"),)))


def test_numbers_of_a_list_are_those_written() -> None:
    (found,) = blocks("3. c\n4. d\n7. g")
    assert isinstance(found, List)
    assert found.numbering is Numbering.DECIMAL
    assert [item.number for item in found.items] == [3, 4, 7]


def test_lists_two_deep() -> None:
    (found,) = blocks("- a\n  - b\n- c")
    assert isinstance(found, List)
    assert isinstance(found.items[0].blocks[1], List)


def test_table_aligns_figures() -> None:
    (found,) = blocks("| År | Antal |\n|---|---:|\n| 2020 | 12 |")
    assert isinstance(found, Table)
    assert [column.align for column in found.columns] == [Align.LEFT, Align.RIGHT]
    assert found.rows == (((Text("2020"),), (Text("12"),)),)


def test_quote() -> None:
    assert blocks("> sagt") == (Quote((Paragraph((Text("sagt"),)),)),)


@pytest.mark.parametrize(
    ("source", "what"),
    [
        ("a <b>b</b>", "html_inline"),
        ("<div>x</div>", "html_block"),
        ("![a](b.png)", "image"),
        ("`kode`", "code_inline"),
        ("    indrykket", "code_block"),
        ("```\nx\n```", "fence"),
        ("a\n\n***\n\nb", "hr"),
        ("titel\n---", "lheading"),
        ("titel\n===", "lheading"),
        ("A&nbsp;B", "entity"),
        ("A&amp;B", "entity"),
        ("<ftp://a.dk>", "autolink"),
        ("[a]: https://a.dk\n\ntekst", "reference"),
        ('[a](https://a.dk "titel")', "link-title"),
        ("[a](javascript:alert)", "link-scheme"),
        ("[a](andet.md)", "link-scheme"),
        ("[](https://a.dk)", "empty-link"),
        ("[due diligence](sprog:engelsk)", "language"),
        ("[due diligence](sprog:)", "language"),
        ("[](sprog:en)", "empty-link"),
        ("- a\n  - b\n    - c", "deep-list"),
        ("- > citat", "in-item"),
        ("-", "empty-item"),
        ("1. a\n1. b", "list-order"),
        ("0. a\n1. b", "list-order"),
        ("1) a\n2) b", "list-paren"),
        ("> # a", "in-quote"),
        ("- a\n  - b\n\n  1. c", "two-lists"),
        ("| a | b |\n|---|---|\n|  | x |", "empty-cell"),
        ("| a | b |\n|---|---|\n| 1 | 2 | 3 |", "row-long"),
        ("| a | b |\n|---|---|\n| 1 | 2 |\n| 1 |", "row-short"),
        ("| a | b |\n|---|---|\n| 1 | 2 |\ntekst", "row-short"),
        ("| a | b |\n|:---:|---|\n| 1 | 2 |", "centred"),
        ("| a | b |\n|---|\n| 1 | 2 |", "no-table"),
        ("* a\n* b", "list-mark"),
        ("+ a", "list-mark"),
        ("01. a\n02. b", "list-zero"),
        ("fra 2019\n- 2021", "list-under-text"),
        ("- a\nog videre", "under-list"),
        ("> - a\n> og videre", "under-list"),
        ("##", "empty-heading"),
        ("# Sprog C #", "closed-heading"),
        ("tekst\n# overskrift", "under-text"),
        ("tekst\n> citat", "under-text"),
        (">", "empty-quote"),
        (">50 %", "quote-mark"),
        ("> a\nb", "under-quote"),
        ("> | a | b |\n> |---|---|", "in-quote"),
        ("[a](mailto:b&amp;c@d.dk)", "lost"),
        ("[a](<https://a.dk/b c>)", "link-scheme"),
    ],
)
def test_refused_by_name(source: str, what: str) -> None:
    found = refusal(source)
    assert found == what
    assert found in FORBIDDEN


def test_bare_address_is_linked_unchanged() -> None:
    (found,) = blocks("Se https://a.dk/_b_c*d*?e=1&f=(2), som siger mere.")
    assert isinstance(found, Paragraph)
    assert found.children[1] == Link(
        "https://a.dk/_b_c*d*?e=1&f=(2)", (Text("https://a.dk/_b_c*d*?e=1&f=(2)"),)
    )
    assert plain(found.children) == "Se https://a.dk/_b_c*d*?e=1&f=(2), som siger mere."


def test_hidden_address_is_printed_after_its_link() -> None:
    (found,) = blocks("Læs [vejledningen](https://a.dk/x) her.")
    assert isinstance(found, Paragraph)
    assert plain(found.children) == "Læs vejledningen (https://a.dk/x) her."


def test_shown_address_is_not_printed_twice() -> None:
    (found,) = blocks("Skriv til [post@a.example](mailto:post@a.example).")
    assert isinstance(found, Paragraph)
    assert plain(found.children) == "Skriv til post@a.example."


def test_values_never_meet_markdown() -> None:
    values = Values()
    token = values.put(Merged("**(A)** & <b> [x](y)", "party.name"))
    assert read_blocks(f"**{token}**s hus", values) == (
        Paragraph((Strong((Text("**(A)** & <b> [x](y)", "party.name"),)), Text("s hus"))),
    )


def test_value_in_a_link_target() -> None:
    values = Values()
    token = values.put(Merged("post@a.example"))
    (found,) = read_blocks(f"[skriv](mailto:{token})", values)
    assert isinstance(found, Paragraph)
    assert found.children[0] == Link("mailto:post@a.example", (Text("skriv"),))


def test_prose_alone_becomes_blocks_and_inside_a_sentence_its_words() -> None:
    values = Values()
    one = Prose((Paragraph((Text("et afsnit", "assessment"),)),), "assessment")
    two = Prose((*one.blocks, *one.blocks), "assessment")
    assert read_blocks(values.put(two), values) == two.blocks
    (found,) = read_blocks(f"Vi mener {values.put(one)}.", values)
    assert isinstance(found, Paragraph)
    assert plain(found.children) == "Vi mener et afsnit."
    with pytest.raises(Refused, match="prose-inside"):
        read_blocks(f"Vi mener {values.put(two)}.", values)


@pytest.mark.parametrize(
    "line",
    [
        "1. juli 2021 begyndte ordningen.",
        "1. pkt. gælder kun for kommuner.",
        "2. og 3. pkt. gælder ikke.",
        "12. august mødtes vi.",
        "1) er uden betydning.",
        "+ 5 kr.",
        "7. Det er alt.",
        "01. er det første.",
        "5.",
        ">50 % af sagerne",
        ">> det sagde de",
        "+",
    ],
)
def test_lines_that_look_like_lists_stay_text(line: str) -> None:
    (found,) = blocks(escape_lookalikes(line))
    assert isinstance(found, Paragraph)
    assert plain(found.children) == line


def test_date_inside_a_paragraph_breaks_no_list_off() -> None:
    (found,) = blocks(escape_lookalikes("Det sker den\n1. juli 2021 og\n2. august 2021."))
    assert isinstance(found, Paragraph)
    assert plain(found.children) == "Det sker den 1. juli 2021 og 2. august 2021."


def test_a_real_numbered_list_is_one() -> None:
    (found,) = blocks(escape_lookalikes("1. først\n2. så\n\n   mere\n3. sidst"))
    assert isinstance(found, List)
    assert [item.number for item in found.items] == [1, 2, 3]


@pytest.mark.parametrize(
    "line",
    [
        "2*3*4 er 24, og a*b* er a*b*.",
        "_under_ og __under__ og ___",
        "C:\\(gammel)\\ny\\-mappe",
        "\\\\server\\mappe",
        "Sprog C# og F#",
        "#mærke",
        "5 > 3, 3 < 5 og <5",
        "a\\b, a\\. og a\\_",
        "*) Inklusive moms",
        "a | b",
        "[1] og (2)",
        "AT&T &copy x",
        "~~a~~",
        "a  b",
    ],
)
def test_what_is_no_mark_is_printed(line: str) -> None:
    (found,) = blocks(line)
    assert isinstance(found, Paragraph)
    assert plain(found.children) == line


def test_a_backslash_keeps_a_mark() -> None:
    (found,) = blocks("\\*a\\* \\[b\\](c) \\<b> \\&amp; \\`d\\` \\![e](https://f.dk)")
    assert isinstance(found, Paragraph)
    assert plain(found.children) == "*a* [b](c) <b> &amp; `d` !e (https://f.dk)"


@pytest.mark.parametrize("mark", ["- a", "# a", "> a", "+ a", "* a", "1. a", "--- a", "| a |"])
def test_a_backslash_keeps_a_mark_at_the_start_of_a_line(mark: str) -> None:
    (found,) = blocks(mark.replace(".", "\\.") if mark[0] == "1" else f"\\{mark}")
    assert isinstance(found, Paragraph)
    assert plain(found.children) == mark


def test_a_star_ends_emphasis_before_an_ending() -> None:
    (found,) = blocks("**Hansen**s hus")
    assert found == Paragraph((Strong((Text("Hansen"),)), Text("s hus")))


def test_spaces_at_the_end_of_a_line_break_nothing() -> None:
    (found,) = blocks("a  \nb")
    assert found == Paragraph((Text("a b"),))


def test_a_list_right_below_its_announcement() -> None:
    first, second = blocks("Vi har lagt vægt på:\n- afstanden")
    assert isinstance(first, Paragraph)
    assert isinstance(second, List)


def test_an_address_ends_where_no_address_goes_on() -> None:
    (found,) = blocks("[https://a.dk](https://a.dk) og https://b.dk/c[1]")
    assert isinstance(found, Paragraph)
    assert plain(found.children) == "https://a.dk og https://b.dk/c[1]"
    assert [child.target for child in found.children if isinstance(child, Link)] == [
        "https://a.dk",
        "https://b.dk/c",
    ]


def test_prose_where_the_wording_has_no_room_names_its_field() -> None:
    values = Values()
    table = Prose(blocks("| a |\n|---|\n| b |"), "assessment")  # type: ignore[arg-type]
    deep = Prose(blocks("- a\n  - b"), "assessment")  # type: ignore[arg-type]
    for source in (
        f"> {values.put(table)}",
        f"Vi mener {values.put(table)}.",
        f"- a\n\n  {values.put(deep)}",
    ):
        with pytest.raises(Refused) as caught:
            read_blocks(source, values)
        assert caught.value.field == "assessment"


@given(
    st.text(
        st.characters(blacklist_categories=["C", "Z"], blacklist_characters="*_[]<>`#|&\\!-+=:."), min_size=1
    )
)
def test_text_without_markup_is_kept(text: str) -> None:
    (found,) = blocks(text)
    assert isinstance(found, Paragraph)
    assert plain(found.children) == text


@given(st.text(st.characters(blacklist_categories=["C"]), min_size=1))
def test_anything_is_read_or_refused(text: str) -> None:
    with contextlib.suppress(Refused):
        read_blocks(escape_lookalikes(text), Values())
