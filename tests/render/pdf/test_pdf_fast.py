"""What WeasyPrint is helped to remember changes no byte, and carries nothing from one letter to another."""

from __future__ import annotations

import gc
import io
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from fast_samples import caches, fast_renderer, plain_renderer
from pdf_samples import LETTERHEAD, OTHER_LETTERHEAD, ROOT, letter, page_texts, paragraph, rich, run
from random_letters import letters
from test_pdf_system import python

from letters.document.load import load
from letters.document.model import Heading, Letter
from letters.problems import TemplateError
from letters.render.pdf import DEFAULT_FONT_DIRS, PdfRenderer
from letters.render.pdf.fast import drawing, gate, install, writing
from letters.render.pdf.fast.memory import Generations, Memory, Unkept

pytestmark = pytest.mark.usefixtures("level")

HEADS = (LETTERHEAD, OTHER_LETTERHEAD)
GOLDENS = sorted((ROOT / "tests/catalogue/goldens").glob("*/*"))


@pytest.fixture(scope="module")
def plain() -> dict[str, PdfRenderer]:
    return {head.name: plain_renderer(head) for head in HEADS}


@pytest.fixture(scope="module")
def fast() -> dict[str, PdfRenderer]:
    return {head.name: fast_renderer(head) for head in HEADS}


def test_every_example_is_the_same_file(plain: dict[str, PdfRenderer], fast: dict[str, PdfRenderer]) -> None:
    """Each is drawn cold, warm, and after the others in the other order."""
    examples = [load(path.read_text("utf-8")) for path in GOLDENS]
    assert {one.letterhead for one in examples} == {head.name for head in HEADS}
    wanted = [plain[letter.letterhead].draw(letter) for letter in examples]
    for order in (1, 1, -1):
        drawn = [fast[letter.letterhead].draw(letter) for letter in examples[::order]]
        assert drawn == wanted[::order]


@pytest.mark.parametrize("head", HEADS, ids=lambda head: head.name)
def test_letters_that_share_their_text_are_the_same_files(head: Path, plain: dict[str, PdfRenderer]) -> None:
    """The same clauses in other styles, widths, languages, with other hyphens, pages, links and tags."""
    slow, quick = plain[head.name], fast_renderer(head)
    for number, (one, _) in enumerate(letters(seed=head.name == "egevang", count=24)):
        archive = number % 4 != 3
        assert quick.draw(one, archive=archive) == slow.draw(one, archive=archive)


def test_lines_are_repeated(fast: dict[str, PdfRenderer]) -> None:
    """Else the tests above would show nothing."""
    quick = fast_renderer(LETTERHEAD)
    memory = quick._engine._memory
    for draft in (True, False):
        quick.draw(rich(draft=draft))
        if draft:
            before = [len(cache) for cache in (memory.lines, memory.boxes, memory.drawn)]
            assert min(before) > 30
    after = [len(cache) for cache in (memory.lines, memory.boxes, memory.drawn)]
    assert all(new - old < 0.2 * old for old, new in zip(before, after, strict=True))


def test_no_letter_holds_anothers_secret() -> None:
    quick = fast_renderer(LETTERHEAD)
    made = list(letters(seed=6, count=20))
    secrets = {secret for _, secret in made}
    assert len(secrets) == len(made)
    for number, (one, secret) in enumerate(made):
        text = "".join(page_texts(quick.draw(one, archive=number % 2 == 0)))
        joined = "".join(text.replace("\ufffe", "").split())
        assert {other for other in secrets if other in joined} == {secret}


def test_what_will_be_encrypted_leaves_nothing_behind() -> None:
    quick = fast_renderer(LETTERHEAD)
    memory = quick._engine._memory
    quick.draw(rich(), archive=False)
    assert not any(map(len, caches(memory)))
    for _ in range(2):
        quick.draw(rich())
    before = [len(cache) for cache in caches(memory)]
    assert all(before)
    quick.draw(letter(Heading(1, run("Hemmeligt")), paragraph("Hemmeligt om Amal Haddad.")), archive=False)
    assert [len(cache) for cache in caches(memory)] == before
    assert not any("Hemmeligt" in str(key) for cache in caches(memory) for key in cache._young)


@pytest.mark.parametrize("remembering", [True, False])
def test_no_object_holds_the_text_of_what_will_be_encrypted(remembering: bool) -> None:
    """Not even the first letter's: pictures and fonts of a letterhead are made for it and stay."""
    from weasyprint.formatting_structure.boxes import TextBox
    from weasyprint.text.ffi import ffi

    quick = (fast_renderer if remembering else plain_renderer)(LETTERHEAD)
    quick.draw(letter(paragraph("Qzxhemmeligt om en borger.")), archive=False)
    gc.collect()
    assert not [box for box in gc.get_objects() if isinstance(box, TextBox) and "Qzxhemmeligt" in box.text]
    if remembering:
        held = [kept for _, kept in quick._engine._memory.fonts.values()]
        assert held
        assert {ffi.typeof(kept).cname for kept in held} == {"void *"}, "a font, and no layout with its text"


def test_memory_is_bounded() -> None:
    cache: Generations[int, int] = Generations(100)
    for number in range(10_000):
        cache.put(number, number, weight=10)
        cache.get(0, weight=10)
        assert len(cache) <= 20
    assert cache.get(0) == 0, "what is asked for stays"
    assert cache.get(5) is None


def test_what_comes_once_is_not_kept_for_long() -> None:
    cache: Generations[str, str] = Generations(100, free=20)
    for name in ("a", "b"):
        cache.put(name, name, weight=10)
    assert (cache.get("a"), cache.get("b")) == ("a", "b"), "the first find room"
    cache.put("c", "c", weight=10)
    assert cache.get("c") is None
    cache.put("c", "c", weight=10)
    assert cache.get("c") == "c"
    cache.put("d", "d")
    cache.clear()
    cache.put("d", "d", weight=20)
    assert cache.get("d") == "d", "there is room again"
    cache.put("e", "e")
    assert cache.get("e") is None
    roomy: Generations[str, str] = Generations(10**6, free=0)
    for number in range(20_000):
        roomy.put(f"x{number}", "x")
    assert len(roomy) < 120, "one in five hundred is taken for another, and no more"


def test_a_process_keeps_no_names_of_later_letters() -> None:
    """After the first letters it is full, and takes in nothing but what comes again."""
    quick = fast_renderer(LETTERHEAD)
    memory = quick._engine._memory
    memory.lines, memory.boxes, memory.drawn = (Generations(10**6, free=1) for _ in range(3))
    clause = " ".join(["Kommunen har lagt vægt på oplysningerne i sagen."] * 4)
    for number in range(12):
        own = paragraph(f"Sagen om Amal Zq{number}w og det, du skrev til os.")
        quick.draw(letter(paragraph(clause), own))
    kept = [str(key) for cache in (memory.lines, memory.drawn) for one in _both(cache) for key in one]
    assert any("lagt vægt" in key for key in kept)
    assert {number for number in range(12) if any(f"Zq{number}w" in key for key in kept)} <= {0}


def test_a_part_of_a_font_is_found_by_its_glyphs() -> None:
    slow, quick = plain_renderer(LETTERHEAD), fast_renderer(LETTERHEAD)
    texts = ("Kort.", "Kort og x.", "Kort og q.", "Kort og ÆW, § 4.", "Kort.")
    examples = [letter(paragraph(text), heading=head) for text in texts for head in (None, "Åx")]
    wanted = [slow.draw(one) for one in examples]
    for _ in range(3):
        assert [quick.draw(one) for one in examples] == wanted
    parts = quick._engine._memory.parts
    assert len({(key[0], key[1]) for key in parts._young}) == len(parts) >= 5


def test_a_line_is_written_with_the_widths_that_its_page_has() -> None:
    """A glyph's width is noted where it is first used, at that size; another size may round it otherwise."""
    memory, glyphs = Memory(), (drawing._GLYPH.pack(5, 5120, 0, 0, 0),)
    one, other = (
        drawing._Run(("f", 10.0), glyphs, 10.0, found, (width,), drawing._mask(found, "f", memory))
        for width in (500, 501)
        for found in [((5, width, "a"),)]
    )
    page, alone = (SimpleNamespace(widths={}, to_unicode={}) for _ in range(2))
    first = drawing._written(one, page)
    assert drawing._written(other, page) == first
    assert drawing._written(other, alone) != first
    assert drawing._written(other, page) == drawing._written(one, page) == first
    assert (page.widths, alone.widths) == ({5: 500}, {5: 501})


def _both(cache: Generations[Any, Any]) -> tuple[dict[Any, Any], ...]:
    return cache._young, cache._old


def test_a_small_memory_gives_the_same_file(plain: dict[str, PdfRenderer]) -> None:
    quick = fast_renderer(LETTERHEAD)
    memory = quick._engine._memory
    memory.styles, memory.pages = Generations(3), Generations(3)
    memory.lines, memory.boxes, memory.drawn = Generations(2000), Generations(9), Generations(300)
    for one in (rich(), letter(paragraph("Et andet brev.")), rich(draft=False)):
        assert quick.draw(one) == plain["lindehoej"].draw(one)


def test_without_it_a_process_draws_the_same(fast: dict[str, PdfRenderer], tmp_path: Path) -> None:
    """A process in which nothing of WeasyPrint was replaced."""
    code = (
        "import sys, zlib, pydyf; from types import SimpleNamespace as Like;"
        "from pdf_samples import LETTERHEAD, rich;"
        f"pydyf.zlib = Like(compressobj=lambda level: zlib.compressobj({writing.LEVEL}));"
        "from letters.render.pdf import DEFAULT_FONT_DIRS, PdfRenderer;"
        "data = PdfRenderer(LETTERHEAD, DEFAULT_FONT_DIRS).draw(rich());"
        "from weasyprint import css; assert css.StyleFor.__module__ == 'weasyprint.css';"
        "sys.stdout.buffer.write(data)"
    )
    assert python(code, tmp_path, **{gate.SWITCH: "1"}) == fast["lindehoej"].draw(rich())


# Standing aside


@pytest.fixture
def unsure() -> Iterator[pytest.MonkeyPatch]:
    """Ask anew whether this WeasyPrint fits, and forget the answer afterwards."""
    with pytest.MonkeyPatch.context() as patch:
        install._fits.cache_clear()
        gate.known.cache_clear()
        yield patch
    install._fits.cache_clear()
    gate.known.cache_clear()


def memory_for(letterhead: Path = LETTERHEAD) -> object:
    made = PdfRenderer(letterhead, DEFAULT_FONT_DIRS)
    made.start()
    return made._engine._memory


def test_it_stands_aside_for_another_version(unsure: pytest.MonkeyPatch) -> None:
    unsure.setattr("weasyprint.__version__", "70.1")
    assert memory_for() is None


@pytest.mark.parametrize(
    ("package", "file"),
    [
        ("SOURCES", "text/line_break.py"),
        ("PYDYF", "__init__.py"),
        ("CSSSELECT2", "compiler.py"),
        ("SOURCES", "css/html5_ua.css"),
    ],
)
def test_it_stands_aside_for_a_patched_file(package: str, file: str, unsure: pytest.MonkeyPatch) -> None:
    unsure.setitem(getattr(gate, package), file, "0" * 16)
    assert memory_for() is None


def test_it_stands_aside_for_an_old_pango(unsure: pytest.MonkeyPatch) -> None:
    unsure.setattr(install, "_OLDEST_PANGO", 10**9)
    assert memory_for() is None


def test_it_stands_aside_for_lengths_of_the_viewport(letterhead: Path) -> None:
    assert memory_for(letterhead) is not None
    with (letterhead / "letterhead.css").open("a", encoding="utf-8") as css:
        css.write("\n.notice { margin-left: 2vw }\n")
    assert memory_for(letterhead) is None


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        ("letterhead.html", "</head>", "<style>p { font-size: 1.9vw }</style></head>"),
        ("letterhead.html", 'class="frame"', 'class="frame" style="font-size: 2vw"'),
        ("letterhead.css", "@page {", '@import "more.css";\n@page {'),
        ("letterhead.css", "@page {", ".notice { margin-left: 1.9v\\77 }\n@page {"),
    ],
)
def test_it_stands_aside_for_what_hides_such_lengths(file: str, old: str, new: str, letterhead: Path) -> None:
    (letterhead / "more.css").write_text("p { font-size: 1.9vw }", "utf-8")
    path = letterhead / file
    source = path.read_text("utf-8")
    assert old in source
    path.write_text(source.replace(old, new, 1), "utf-8")
    assert memory_for(letterhead) is None


def test_many_fonts_are_forgotten_with_their_lines(letterhead: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("letters.render.pdf.fast.memory._OBJECTS", 3)
    quick = fast_renderer(letterhead)
    assert len({bytes(quick.draw(rich())) for _ in range(3)}) == 1
    assert len(quick._engine._memory.fonts) > 3


def test_a_drawing_inside_the_letterhead_is_drawn_the_usual_way(letterhead: Path) -> None:
    """Its attributes are declarations that a kept style knows nothing of."""
    html = letterhead / "letterhead.html"
    drawing = (
        '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="{size}"><rect width="9" height="9"/></svg>'
    )
    source = html.read_text("utf-8")
    for size in (9, 40):
        html.write_text(source.replace("{{ body }}", drawing.format(size=size) + "{{ body }}"), "utf-8")
        quick = fast_renderer(letterhead)
        assert quick.draw(rich()) == plain_renderer(letterhead).draw(rich())
        assert quick._engine._memory is None


def test_what_is_warned_of_is_warned_of_in_every_letter(letterhead: Path) -> None:
    """A style that WeasyPrint does not understand stops the second letter, too."""
    html = letterhead / "letterhead.html"
    html.write_text(
        html.read_text("utf-8").replace('class="frame"', 'class="frame" style="colour: red"'), "utf-8"
    )
    quick = fast_renderer(letterhead)
    for _ in range(3):
        with pytest.raises(TemplateError):
            quick.draw(rich())


def test_other_documents_are_left_alone(tmp_path: Path) -> None:
    """Once installed, a document of somebody else's goes the usual way, to the same bytes."""
    code = (
        "import weasyprint; from letters.render.pdf.fast import install;"
        "page = '<p style=\"hyphens: auto\" lang=da>' + 'Integrationsansvaret <i>og</i> ' * 60;"
        "draw = lambda: weasyprint.HTML(string=page).write_pdf();"
        "before = draw(); plain = weasyprint.css.StyleFor; install._install();"
        "print(draw() == before, weasyprint.css.StyleFor is not plain)"
    )
    assert python(code, tmp_path).split() == [b"True", b"True"]


def test_a_language_is_part_of_what_is_remembered(fast: dict[str, PdfRenderer]) -> None:
    def drawn(language: str) -> bytes:
        source: Letter = letter(
            *[paragraph("Integrationsansvaret overtages af kommunalbestyrelsen. " * 8)] * 3
        )
        return fast["lindehoej"].draw(replace(source, language=language))

    danish, english = drawn("da"), drawn("en")
    assert danish != english
    assert (drawn("da"), drawn("en")) == (danish, english)


# Importing


IMPORTED = """
import ctypes.util, sys
usual = ctypes.util.find_library
from letters.render.pdf.fast import quickly
{before}
weasyprint = quickly.import_weasyprint()
assert ctypes.util.find_library is usual
{after}
from pathlib import Path
from typing import Any
from pdf_samples import LETTERHEAD, rich
from letters.render.pdf import DEFAULT_FONT_DIRS, PdfRenderer
sys.stdout.buffer.write(PdfRenderer(LETTERHEAD, DEFAULT_FONT_DIRS).draw(rich()))
"""


def test_importing_loads_nothing_of_fonttools(fast: dict[str, PdfRenderer], tmp_path: Path) -> None:
    """Until somebody uses it."""
    after = (
        "assert not [name for name in sys.modules if name.startswith('fontTools')];"
        "later = weasyprint.pdf.fonts.subset.Options; import fontTools.subset, fontTools.ttLib.woff2;"
        "assert later is fontTools.subset.Options;"
        "assert weasyprint.text.fonts.TTFont is weasyprint.pdf.fonts.TTFont is fontTools.ttLib.TTFont;"
        "assert weasyprint.text.fonts.woff2 is fontTools.ttLib.woff2"
    )
    assert python(IMPORTED.format(before="", after=after), tmp_path) == fast["lindehoej"].draw(rich())


@pytest.mark.parametrize("before", ["", "import fontTools.ttLib;", "import fontTools;"])
def test_an_error_of_fonttools_is_caught_where_it_is_used_first(tmp_path: Path, before: str) -> None:
    """As WeasyPrint catches it, by the names in its own module."""
    tried = "try:\n TTFont(io.BytesIO(b'no font'))\nexcept TTLibError:\n caught = True"
    after = f"used = vars(weasyprint.pdf.fonts)\nexec({tried!r}, used)\nassert used['caught']"
    assert python(IMPORTED.format(before=before, after=after), tmp_path).startswith(b"%PDF")


def test_importing_goes_the_usual_way_where_the_quick_one_fails(
    fast: dict[str, PdfRenderer], tmp_path: Path
) -> None:
    """Here no library is found unless `ctypes` looks for it."""
    before = (
        "import cffi; load = cffi.FFI.dlopen;"
        "cffi.FFI.dlopen = lambda self, name, flags=0: load(self, name, flags)"
        " if ctypes.util.find_library is usual else (_ for _ in ()).throw(OSError(name))"
    )
    after = "assert 'fontTools.subset' in sys.modules"
    assert python(IMPORTED.format(before=before, after=after), tmp_path) == fast["lindehoej"].draw(rich())


def test_importing_another_version_goes_the_usual_way(tmp_path: Path) -> None:
    before = "quickly.gate.SOURCES['text/ffi.py'] = ''"
    after = "assert 'fontTools.subset' in sys.modules"
    assert python(IMPORTED.format(before=before, after=after), tmp_path).startswith(b"%PDF")


# Styles in one letter


def kept_styles() -> tuple[Any, Any]:
    """The styles of `html` and of a pseudo-element that a letter would get, from one memory."""
    from weasyprint.css import ComputedStyle, InitialStyle

    from letters.render.pdf.fast.styles import KeptStyle

    root = InitialStyle(None)
    element = ComputedStyle(None, {}, None, root, "", None, {})
    marker = ComputedStyle(element, {}, "marker", element, "", None, {})
    return KeptStyle(element, Memory()), KeptStyle(marker, Memory())


def test_a_change_stays_in_its_letter() -> None:
    style, _ = kept_styles()
    other = type(style)(style.master, style.memory)
    shared = style.derived
    style["margin_left"] = "changed"
    assert style["margin_left"] == "changed"
    assert other["margin_left"] == style.master["margin_left"] != "changed"
    assert style.derived is not shared
    assert other.derived is shared


def test_a_change_that_children_would_inherit_stops_keeping() -> None:
    style, marker = kept_styles()
    for key in ("color", "page", "text_decoration_line", "white_space"):
        with pytest.raises(Unkept):
            style[key] = "changed"
    marker["white_space"] = "pre"
    assert marker.anonymous_style["white_space"] == "pre", "an anonymous box inherits what was changed"


def test_what_is_written_is_what_pydyf_writes() -> None:
    import pydyf

    from letters.render.pdf.fast import writing

    things = (b"q", "Q", 0, -7, 10**20, True, None, 1.0, -0.0, 0.1, 1e-9, 12.345678901, pydyf.Array((1, "a")))
    assert [writing.to_bytes(thing) for thing in things] == [
        writing.plain_to_bytes(thing) for thing in things
    ]
    for to_bytes in (writing.to_bytes, writing.plain_to_bytes):
        with pytest.raises(UnicodeEncodeError):
            to_bytes("æ")


def test_an_object_is_written_once() -> None:
    import pydyf

    from letters.render.pdf.fast.writing import write_once

    def written(once: bool) -> bytes:
        pdf = pydyf.PDF()
        pdf.info["Title"] = pydyf.String("æ")
        pdf.add_object(pydyf.Stream([b"q", "Q"] * 500, {"A": 1}, compress=True))
        pdf.add_page(pydyf.Dictionary({"Type": "/Page", "Parent": pdf.pages.reference}))
        if once:
            write_once(pdf)
        target = io.BytesIO()
        pdf.write(target, identifier=b"x", compress=True)
        return target.getvalue()

    assert written(once=True) == written(once=False)
