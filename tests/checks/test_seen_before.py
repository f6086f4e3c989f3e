"""Lines that were looked through before: in every other letter they are told as if they were new."""

from __future__ import annotations

import random

import pytest
from test_quick_checks import PIECES

from letters.checks import address, language, slips
from letters.checks.language import check_language, section_lix
from letters.checks.seen_before import SeenBefore, digest
from letters.document.model import (
    Block,
    Heading,
    Item,
    Letter,
    List,
    Numbering,
    Paragraph,
    Quote,
    Role,
    Section,
    Signature,
    Slots,
    Status,
    Text,
)
from letters.problems import Problem

SLOTS = Slots(sender="Lindehøj Kommune", page_label="Side {page} af {pages}", logo_alt="Mærke")
WORDS = [
    *(
        "du",
        "dig",
        "I",
        "jer",
        "De",
        "Dem",
        "afsnit I",
        "og",
        "kommunen",
        "sagsbehandlingstiden",
        "der",
        "hvis",
    ),
    *("ansøgningen", "dagpengeberettigelse", ". ", ": ", "! ", "”", "»", "«", "stk.", "13.", " ", " "),
]


def texts(count: int, seed: int) -> list[str]:
    choose = random.Random(seed)  # noqa: S311 - the same each time
    signs = [f"{word} " for word in WORDS] + PIECES
    return ["".join(choose.choices(signs, k=choose.randrange(1, 60))) for _ in range(count)]


def letter(own: list[str], choose: random.Random) -> Letter:
    """Texts as paragraphs, headings, items, quotations and signatures, of the library and of a case."""

    def run(text: str) -> tuple[Text, ...]:
        half = choose.randrange(len(text) + 1)
        return (
            (Text(text[:half], "assessment"), Text(text[half:])) if choose.random() < 0.5 else (Text(text),)
        )

    def block(text: str) -> Block:
        plain = Paragraph(run(text))
        return choose.choice(
            (
                plain,
                plain,
                Heading(choose.choice((1, 2)), run(text)),
                Quote((plain,)),
                List(Numbering.BULLET, (Item((plain,)),)),
                Signature(run("Hilsen"), (run(text),)),
            )
        )

    sections = [
        Section(role, tuple(block(choose.choice(own)) for _ in range(choose.randrange(1, 6))))
        for role in choose.sample((Role.RESULT, Role.QUESTIONS, Role.ATTACHMENTS, Role.FACTS), 3)
    ]
    return Letter("Prøve", Status.FINAL, "2026-03-02", "enkel", SLOTS, tuple(sections))


@pytest.fixture
def cold(monkeypatch: pytest.MonkeyPatch) -> object:
    """Forgets every line; to be called before each letter."""

    def forget() -> None:
        monkeypatch.setattr(language, "_MEASURED", SeenBefore())
        monkeypatch.setattr(slips, "_WITHOUT", SeenBefore())
        monkeypatch.setattr(address, "_WAYS", SeenBefore())

    forget()
    return forget


def test_lines_seen_before_are_told_as_new_ones(cold) -> None:  # type: ignore[no-untyped-def]
    """The same lines in other blocks, sections and neighbourhoods, with one sign more or less."""
    choose = random.Random(8)  # noqa: S311 - the same each time
    pool = texts(120, 3)
    pool += ["sagsbehandlingstiden dagpengeberettigelse " * number + "." for number in range(20, 60)]
    pool += [text[:-1] for text in pool[::3]] + [f"{text}." for text in pool[::3]]
    letters = [letter(pool, choose) for _ in range(250)]
    warm = [(check_language(one), section_lix(one)) for one in letters]
    assert len(language._MEASURED) > 100
    assert len(slips._WITHOUT) > 100
    counted: dict[str, int] = {}
    for one, told in zip(letters, warm, strict=True):
        cold()
        new: tuple[Problem, ...] = check_language(one)
        assert told == (new, section_lix(one))
        for problem in new:
            counted[problem.code] = counted.get(problem.code, 0) + 1
    assert len(counted) == 10, counted
    assert min(counted[f"language.{code}"] for code in ("long-sentence", "lix", "mixed-address")) > 10


def test_no_word_of_a_line_is_kept(cold) -> None:  # type: ignore[no-untyped-def]
    check_language(letter(["Kære Amal Noor, du bor på Lindevej 2. " * 9], random.Random(1)))  # noqa: S311
    for kept in (language._MEASURED, slips._WITHOUT, address._WAYS):
        assert len(kept)
        assert not {"Amal", "Lindevej"} & set(repr(kept._known).replace("'", " ").split())


def test_so_many_lines_are_kept_and_no_more() -> None:
    kept = SeenBefore[int](most=3)
    for number, text in enumerate("abcab"):
        kept.get(digest(text), lambda number=number: number)  # type: ignore[misc]
    assert [kept.get(digest(text), lambda: 9) for text in "abc"] == [0, 1, 2]
    kept.get(digest("d"), lambda: 4)
    assert len(kept) == 3
    assert kept.get(digest("b"), lambda: 9) == 1
    assert kept.get(digest("a"), lambda: 9) == 9
    assert digest("a") != digest("b")


def test_a_line_that_differs_in_one_sign_is_another() -> None:
    line = "Du kan klage inden 4 uger."
    others = [line[:at] + sign + line[at + 1 :] for at in range(len(line)) for sign in ("", "x")]
    digests = {digest(one) for one in (line, *others, f"{line} ", f" {line}")}
    assert len(digests) == len({line, *others, f"{line} ", f" {line}"})
