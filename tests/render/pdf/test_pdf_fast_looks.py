"""Letterheads that ask for more than ours: whatever is remembered, the file is the one that WeasyPrint makes.

Each is drawn after others and twice, so that what is kept of one letter meets the next.
"""

from __future__ import annotations

import random
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from fast_samples import fast_renderer, plain_renderer
from pdf_samples import letter, paragraph, rich
from random_letters import letters

from letters.document.model import Paragraph, Strong, Text
from letters.render.pdf import PdfRenderer
from letters.render.pdf.fast.matching import Matching
from letters.render.pdf.fast.memory import Generations

pytestmark = pytest.mark.usefixtures("level")

STYLES = {
    "looks": """
        .title { outline: 1pt solid red; outline-offset: 2pt } li { outline: 1pt dotted } p { outline: 0 }
        .level-1 { background: linear-gradient(red, blue); border-radius: 3pt } strong { background: #eef }
        .notice { visibility: hidden; background: red; outline: 1pt solid } li { border-radius: 2pt }
        blockquote { box-shadow: 1pt 1pt 2pt #888 } table { border-radius: 4pt; background: #eee }
        td { border: 2pt solid red } th { border: 1pt dashed blue } tr { border: 3pt solid }
    """,
    "moved": """
        .title { position: relative; top: 3pt; z-index: 1 } li { transform: rotate(1deg) }
        em { position: relative }
        strong, .column { opacity: 0.5 } a { opacity: 0.9 } tr { overflow: hidden } .column { z-index: -1 }
        .level-1 { float: left } .gap { float: none } blockquote { transform: scale(0.9) }
        h1 { bookmark-level: 1; bookmark-label: content() }
        table { border-collapse: separate; border-spacing: 2pt } td { border: 1pt solid; padding: 4% }
    """,
    "inside": """
        .together { border-bottom: 1pt solid red } em { background: #fee; outline: 1pt solid blue }
        .address-word { bookmark-level: 2; bookmark-label: 'b' } strong { string-set: word content() }
        span[lang] { visibility: hidden } a { color: #0066cc80 } em::before { content: 'x'; opacity: 0.5 }
        @page { @top-center { content: string(word); outline: 1pt solid green } }
    """,
    "justified": """
        p, li { text-align: justify; hyphens: auto } h1 { word-spacing: 3pt; overflow-wrap: anywhere }
        blockquote { letter-spacing: 0.2pt; text-align: justify } td { white-space: pre-wrap; tab-size: 3 }
    """,
    "arranged": """
        ol { display: flex; flex-direction: column } li { float: left; border: 1pt solid }
        blockquote { columns: 2; column-rule: 1pt solid red } .signature { display: grid } p { float: none }
        @page { @bottom-center { content: 'ord'; font-size: 20pt } @bottom-right { content: 'ord' } }
        @page { @top-right { content: 'ord ord'; width: auto } @top-center { content: none } }
    """,
    "added": """
        li::marker { color: red; white-space: nowrap } p::before { content: 'a\\A b'; white-space: pre }
        p::before { text-decoration: underline } p::after { content: ' .' }
        @page { @bottom-center { content: counter(page) '/' counter(pages); counter-increment: page 2 } }
        ol { page: wide } @page wide { margin-right: 12mm }
        @page :left { background: #eee; @top-left { content: 'v'; color: red; text-decoration: underline } }
    """,
    "sized": """
        table { border-collapse: collapse; border: 8pt solid green }
        td, th { border: 1pt solid red; box-sizing: border-box; width: 30mm; height: 20mm; min-width: 12mm }
    """,
    "selected": """
        p + p { margin-left: 2mm } h1 ~ p { color: navy } p:nth-child(3n) { color: green }
        [lang] { color: navy }
        li:first-child { color: red } td:only-child, td:nth-of-type(2) { color: green } :empty { color: blue }
        p:has(a) { color: red } li:not(:has(ol)) { margin-left: 1mm } :is(h1, h2):not(.title) { color: teal }
        a[href*='law'] { color: red } p[class~='led'] { color: green }
    """,
}


@pytest.mark.parametrize("css", STYLES.values(), ids=STYLES)
def test_a_letterhead_of_its_own_look(css: str, letterhead: Path) -> None:
    with (letterhead / "letterhead.css").open("a", encoding="utf-8") as sheet:
        sheet.write(f"\n{css}\n")
    slow, quick = plain_renderer(letterhead), fast_renderer(letterhead)
    examples = [rich(), *(one for one, _ in letters(seed=11, count=1)), rich(draft=False)]
    wanted = [slow.draw(one) for one in examples]
    assert [quick.draw(one) for one in examples] == wanted
    assert [quick.draw(one) for one in reversed(examples)] == wanted[::-1]


@pytest.mark.parametrize(
    "asked",
    [
        *("outline: 1pt solid red", "opacity: 0.5", "overflow: hidden", "transform: scale(1)"),
        *("background: red", "border-left: 1pt solid", "border-radius: 2pt", "string-set: word content()"),
        *("bookmark-level: 1", "visibility: hidden", "color: #12345680"),
    ],
)
def test_one_word_that_asks_for_more(asked: str, letterhead: Path) -> None:
    """A line is passed by as a whole only where no word in it asks for anything."""
    with (letterhead / "letterhead.css").open("a", encoding="utf-8") as sheet:
        sheet.write(f"\nstrong {{ {asked} }} @page {{ @top-center {{ content: string(word) }} }}\n")
    one = letter(Paragraph((Text("Her er et "), Strong((Text("ord"),)), Text(" i en linje."))))
    wanted = plain_renderer(letterhead).draw(one)
    quick = fast_renderer(letterhead)
    assert [quick.draw(one), quick.draw(one)] == [wanted] * 2


# Drawings

DRAWINGS = {
    "plain": '<path d="M1 1 H9 V9 Z" fill="#123456" stroke="red" stroke-width="1"/>',
    "see-through": '<rect width="9" height="9" fill="#123456" fill-opacity="0.5"/>'
    '<path d="M1 1 H9" stroke="red" stroke-opacity="0.2"/>',
    "half": '<g opacity="0.5"><rect width="9" height="9" fill="red"/></g>',
    "gradient": '<defs><linearGradient id="g"><stop offset="0" stop-color="red"/>'
    '<stop offset="1" stop-color="blue"/></linearGradient></defs>'
    '<rect width="9" height="9" fill="url(#g)"/>',
    "clipped": '<clipPath id="c"><circle cx="4" cy="4" r="3"/></clipPath>'
    '<rect width="9" height="9" clip-path="url(#c)"/>',
    "pattern": '<pattern id="p" width="2" height="2" patternUnits="userSpaceOnUse"><circle r="1" fill="red"/>'
    '</pattern><rect fill="url(#p)" stroke="url(#p)" width="9" height="9"/>',
    "mask": '<mask id="m"><rect width="5" height="5" fill="white"/></mask>'
    '<rect mask="url(#m)" width="9" height="9"/>',
    "text": '<text x="1" y="8" font-size="6">Å</text>',
    "nothing": "",
}


def with_logo(letterhead: Path, drawing: str) -> Path:
    start = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 10 10" width="10" height="10">'
    (letterhead / "logo.svg").write_text(f"{start}{drawing}</svg>", "utf-8")
    return letterhead


@pytest.mark.parametrize("drawing", DRAWINGS.values(), ids=DRAWINGS)
def test_a_logo_is_drawn_as_before(drawing: str, letterhead: Path) -> None:
    head = with_logo(letterhead, drawing)
    with (head / "letterhead.css").open("a", encoding="utf-8") as sheet:
        sheet.write('\n.title { background: url("logo.svg") no-repeat; color: #123456 }\n')
    slow, quick = plain_renderer(head), fast_renderer(head)
    examples = [rich(), letter(paragraph("Et andet brev.")), rich()]
    drawn = [quick.draw(one) for one in examples]
    assert drawn == [slow.draw(one) for one in examples]
    assert drawn[0] == drawn[-1], "whatever was drawn before"


def test_a_logo_of_plain_lines_is_repeated(letterhead: Path) -> None:
    """Else the test above would show nothing."""
    for name, repeated in (("plain", True), ("see-through", True), ("gradient", False), ("text", False)):
        quick = fast_renderer(with_logo(letterhead, DRAWINGS[name]))
        quick.draw(rich())
        (kept,) = quick._engine._memory.pictures._young.values()
        assert (kept.written is not None) is repeated, name


# Styles


def test_styles_are_lent_to_the_next_letter_only_as_they_were_made(letterhead: Path) -> None:
    quick = fast_renderer(letterhead)
    memory = quick._engine._memory
    quick.draw(rich())
    assert not memory.lent
    spare = _spare(quick)
    assert len(spare) > 20
    assert not any(style.changes or style.cut for style in spare)
    heirs = [style.__dict__["anonymous_style"] for style in spare if "anonymous_style" in style.__dict__]
    assert heirs
    assert not any(heir.changes or heir.cut for heir in heirs)
    before = set(map(id, spare))
    quick.draw(rich())
    assert before & set(map(id, _spare(quick))), "the same objects again"


def _spare(renderer: PdfRenderer) -> list[Any]:
    memory = renderer._engine._memory
    masters = [master for master, *_ in memory.styles._young.values()]
    masters += [master for _, pseudo, _ in memory.styles._young.values() for _, master in pseudo]
    return [style for master in masters for style in master.__dict__.get("spare", ())]


# Matching

SELECTORS = """
p; .a; #x; a[href]; a[href^=h]; [lang|=da]; div p; div > p; p + p; p ~ .a; p:first-child; p:last-child;
b:only-child; p:nth-child(2); p:nth-of-type(2n); :empty; :root; p:not(.a); div:has(p); :is(p, .b); :lang(da);
p[class~=b]; * > b; div:not(:first-child) p; .a .b; [data-n]; p:has(+ .a); a:any-link; #x > .b; p::before;
div :last-child; *
"""


def _trees(seed: int) -> Iterator[ET.Element]:
    chance = random.Random(seed)  # noqa: S311 - reproducible on purpose
    for _ in range(40):
        root = ET.Element("html", {"lang": chance.choice(["da", "en"])})
        made = [root]
        for _ in range(30):
            child = ET.SubElement(chance.choice(made), chance.choice(["p", "div", "b", "a"]))
            for name, values in (
                ("class", ["a", "b", "a b", ""]),
                ("id", ["x"]),
                ("href", ["https://eksempel.dk", "#x"]),
                ("lang", ["da", "en"]),
                ("data-n", ["1", "2"]),
                ("title", ["et", "to"]),
            ):
                if chance.random() < 0.25:
                    child.set(name, chance.choice(values))
            if chance.random() < 0.3:
                child.text = "tekst"
            made.append(child)
        yield root


@pytest.mark.parametrize("seed", range(3))
def test_elements_match_what_cssselect2_says(seed: int) -> None:
    import cssselect2

    sheets = []
    for order in (1, -1):
        matcher = cssselect2.Matcher()
        for number, selector in enumerate(SELECTORS.split(";")[::order]):
            for compiled in cssselect2.compile_selector_list(selector):
                matcher.add_selector(compiled, ([f"declarations {number}"], None))
        sheets.append((SimpleNamespace(matcher=matcher), "author", None))
    kept: Generations[Any, Any] = Generations(10_000)
    for root in _trees(seed):
        matching = Matching(sheets, kept, remember=True)
        for wrapper in cssselect2.ElementWrapper.from_html_root(root).iter_subtree():
            wanted = [
                (number, *sheet, match)
                for number, sheet in enumerate(sheets)
                for match in sheet[0].matcher.match(wrapper)
            ]
            assert list(matching.match(wrapper).rules) == wanted
    assert 0 < len(kept) < 40 * 30, "some elements agree"


def test_margins_collapse_as_weasyprint_says() -> None:
    from letters.render.pdf.fast import walks

    chance = random.Random(5)  # noqa: S311 - reproducible on purpose
    for _ in range(300):
        margins = [chance.choice([0, 0.0, -3, 4.5, 12, -7.25, 1e-9]) for _ in range(chance.randint(0, 5))]
        assert walks.collapse_margin(margins) == walks.plain_collapse_margin(margins)
