"""Letters for property tests.

`letters()` gives any letter that the model allows, with awkward text in awkward places; every list in it can
be labelled. Import it in this folder by `from strategies import letters`; elsewhere put this folder on
`sys.path` in the folder's `conftest.py`, as `tests/render/text` does.
"""

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st

from letters.document.model import (
    Align,
    Column,
    Emphasis,
    Fact,
    Foreign,
    Heading,
    Item,
    Letter,
    LineBreak,
    Link,
    List,
    Numbering,
    Paragraph,
    Quote,
    Role,
    Section,
    Signature,
    Slots,
    Status,
    Strong,
    Table,
    Text,
)

# For tests over whole letters: these are large to make, and a busy machine is no fault of the code.
unhurried = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])

_PIECES = [
    *(
        "Lindehøj",
        "afslag",
        "§\u00a018",
        "13.\u00a0august",
        "a-b-c",
        "x" * 90,
        "(1)",
        "2021-0256547-1",
        "1.",
        "•",
    ),
    *(
        "\\",
        "{",
        "}",
        "|",
        "~",
        "*",
        "_",
        "[",
        "]",
        "#",
        "¶",
        "=",
        ">",
        "/",
        "\\u{20}",
        "{=",
        "<b>",
        "&",
        "😀",
        "e\u0301",
    ),
    *(" ", "  ", "\u00a0", "\u2009"),
]


def strings(min_size=1):
    """One line of text without what a letter never holds: control and format characters and their like."""
    anything = st.text(st.characters(exclude_categories=["C", "Zl", "Zp"]), min_size=1, max_size=8)
    pieces = st.lists(st.sampled_from(_PIECES) | anything, min_size=min_size, max_size=5)
    return st.builds(lambda parts, between: between.join(parts), pieces, st.sampled_from(["", " "]))


def fields():
    paths = ["recipients[0].name", "reasons[0].facts.network", "facts", "*", "=x", "a|b", "{", "\\"]
    return st.none() | st.sampled_from(paths)


def texts():
    return st.builds(Text, strings(), fields())


def targets():
    return st.sampled_from(
        ["https://www.lindehoej.dk/a_b?c=d|e", "mailto:post@lindehoej.dk", "tel:+4599900000"]
    )


def inlines(depth=2):
    if not depth:
        return texts() | st.just(LineBreak())
    runs_inside = runs(depth - 1, max_size=2)
    return st.one_of(
        texts(),
        st.just(LineBreak()),
        st.builds(Strong, runs_inside),
        st.builds(Emphasis, runs_inside),
        st.builds(Link, targets(), runs_inside),
        st.builds(Foreign, st.sampled_from(["en", "uk", "zh-Hant"]), runs_inside),
    )


def runs(depth=2, max_size=4):
    return st.lists(inlines(depth), max_size=max_size).map(tuple)


def paragraphs():
    return st.builds(Paragraph, runs())


def headings():
    return st.builds(Heading, st.integers(1, 3), runs())


@st.composite
def lists(draw, inside=False):
    """A list; `inside` one that lies in another's numbered item."""
    only_inside = {Numbering.PARENT_LETTER, Numbering.PARENT_DECIMAL}
    numbering = draw(st.sampled_from([kind for kind in Numbering if inside or kind not in only_inside]))
    numbers = [0] * draw(st.integers(1, 3))
    if numbering not in (Numbering.BULLET, Numbering.LITERAL):
        numbers = sorted(draw(st.lists(st.integers(1, 26), min_size=1, max_size=3, unique=True)))
    return List(numbering, tuple(draw(items(numbering, number, inside)) for number in numbers))


@st.composite
def items(draw, numbering, number, inside):
    label = draw(strings()) if numbering is Numbering.LITERAL else ""
    rest = draw(st.lists(paragraphs(), max_size=1))
    if number and not inside and draw(st.booleans()):
        rest.append(draw(lists(inside=True)))
    return Item((draw(paragraphs()), *rest), number, label)


@st.composite
def tables(draw):
    width = draw(st.integers(1, 3))
    columns = st.builds(Column, runs(1, 2), st.sampled_from(Align))
    row = st.tuples(*[runs(1, 2)] * width)
    return Table(tuple(draw(columns) for _ in range(width)), tuple(draw(st.lists(row, max_size=3))))


def quotes():
    return st.builds(Quote, st.lists(paragraphs() | lists(), max_size=2).map(tuple))


def signatures():
    return st.builds(Signature, runs(), st.lists(runs(), max_size=3).map(tuple))


def blocks():
    return st.one_of(headings(), paragraphs(), lists(), tables(), quotes(), signatures())


def sections():
    grounds = st.none() | st.sampled_from(["netvaerk", "by", "a) b"])
    return st.builds(Section, st.sampled_from(Role), st.lists(blocks(), max_size=3).map(tuple), grounds)


def facts():
    return st.builds(Fact, strings(0), st.lists(texts(), max_size=2).map(tuple))


def slots():
    maybe = strings(0)
    return st.builds(
        Slots,
        sender=strings(),
        page_label=st.just("Side {page} af {pages}"),
        logo_alt=strings(),
        notice=maybe,
        mark=maybe,
        classification=maybe,
        running=maybe,
        return_line=maybe,
        address=st.lists(texts(), max_size=3).map(tuple),
        column=st.lists(facts(), max_size=3).map(tuple),
    )


def letters():
    return st.builds(
        Letter,
        title=strings(),
        status=st.sampled_from(Status),
        date=st.dates().map(str),
        letterhead=st.sampled_from(["lindehoej", "a b"]),
        slots=slots(),
        sections=st.lists(sections(), max_size=3).map(tuple),
        heading=st.none() | runs(),
        language=st.just("da"),
        tables_attached=st.booleans(),
    )
