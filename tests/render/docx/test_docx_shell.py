"""A compiled letterhead gives the very file that docxtpl gives, and steps back where it cannot."""

from __future__ import annotations

import hashlib
import io
import random
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest
from docx import Document
from docx_reader import repacked
from docx_samples import QUESTIONS, SIGNATURE, SLOTS, TABLE, bullets, line, p
from docx_samples import letter as sample
from lxml import etree

from letters.document.load import load
from letters.document.model import Emphasis, Fact, Letter, Link, Paragraph, Role, Section, Slots, Strong, Text
from letters.kept import Kept
from letters.kept.folder import Folder
from letters.problems import RenderError
from letters.render.docx import DocxRenderer
from letters.render.docx.archive import archive, entry
from letters.render.docx.frames import only_prints
from letters.render.docx.slots import SlotEnvironment

ROOT = Path(__file__).parents[3]
HEADS = sorted((ROOT / "templates/da/brevpapir").glob("*/letterhead.docx"))
GOLDENS = sorted((ROOT / "tests/catalogue/goldens").glob("*/*"))


def everything() -> Letter:
    link = Link("https://www.lindehoej.example/klage", line("klage"))
    return sample(
        p("Se ", link, " og ", Strong(line("svar"))), bullets("Et", "To"), p("Mere."), bullets("Tre")
    )


@pytest.fixture(scope="module", params=["compiled", "kept"])
def renderers(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> dict[str, tuple[DocxRenderer, DocxRenderer]]:
    """Letterhead -> one that fills it compiled, now or by an earlier run; one that lets docxtpl do it."""
    kept = Kept(Folder(tmp_path_factory.mktemp("shell") / "kept"))
    if request.param == "kept":
        for head in HEADS:
            DocxRenderer(head, kept=kept)
    made = {
        head.parent.name: (DocxRenderer(head, kept=kept), DocxRenderer(head, compile_=False))
        for head in HEADS
    }
    assert all(quick._shell and not slow._shell for quick, slow in made.values())
    assert all(hasattr(quick, "_by_docxtpl") == (request.param == "compiled") for quick, _ in made.values())
    return made


def test_every_example_is_the_same_file(renderers: dict[str, tuple[DocxRenderer, DocxRenderer]]) -> None:
    assert GOLDENS
    for path in GOLDENS:
        letter = load(path.read_text("utf-8"))
        quick, slow = renderers[letter.letterhead]
        assert quick.render(letter) == slow.render(letter), path


def test_other_letters_in_between_leave_nothing(
    renderers: dict[str, tuple[DocxRenderer, DocxRenderer]],
) -> None:
    """Lists, links, languages and awkward characters of one letter do not show in the next."""
    quick, slow = renderers["lindehoej"]
    link = Link("https://a.example/?x=1&y={{z}}", (Text("{_{ & {{ b }} <w:p> \u00a0"),))
    odd = replace(everything(), sections=(Section(Role.OPENING, (Paragraph((link,)),)),), language="en")
    for letter in (everything(), odd, everything(), replace(everything(), language="de"), odd):
        assert quick.render(letter) == slow.render(letter)


def test_a_refused_letter_leaves_nothing(renderers: dict[str, tuple[DocxRenderer, DocxRenderer]]) -> None:
    quick, slow = renderers["lindehoej"]
    bad: Letter = replace(everything(), title="\0")
    with pytest.raises(RenderError):
        quick.render(bad)
    assert quick.render(everything()) == slow.render(everything())


def test_a_letterhead_without_numbering_goes_through_docxtpl(letterhead: Path, tmp_path: Path) -> None:
    """As Word leaves one that has no list. A letter adds the part then."""
    document = Document(str(letterhead))
    part = document.part
    for key, relation in list(part.rels.items()):
        if relation.reltype.endswith("/numbering"):
            del part.rels[key]
    path = tmp_path / "letterhead.docx"
    document.save(str(path))
    kept = tmp_path / "kept"
    renderer = DocxRenderer(path, kept=Kept(Folder(kept)))
    assert renderer._shell is None
    assert "word/numbering.xml" in zipfile.ZipFile(io.BytesIO(renderer.render(everything()))).namelist()
    assert not kept.exists()


def test_zipfile_reads_the_archive() -> None:
    """Under the fields that `zipfile` itself writes, whatever the size of a part."""
    contents = {
        "[Content_Types].xml": b"<a/>" * 500,
        "word/æ".encode().hex(): b"",
        "word/document.xml": "".join(f"<w:p>{n * n}</w:p>" for n in range(40_000)).encode(),
        **{str(size): _noise(size) * 2 for size in (1, 2047, 2048, 2049, 70_000)},
    }
    made = archive(entry(name, data) for name, data in contents.items())
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as package:
        for name, data in contents.items():
            info = zipfile.ZipInfo(name)
            info.compress_type, info.create_system = zipfile.ZIP_DEFLATED, 0
            package.writestr(info, data)
    with zipfile.ZipFile(io.BytesIO(made)) as ours, zipfile.ZipFile(target) as theirs:
        assert ours.testzip() is None
        assert {name: ours.read(name) for name in ours.namelist()} == contents
        assert list(map(_told, ours.infolist())) == list(map(_told, theirs.infolist()))


def _noise(size: int) -> bytes:
    return hashlib.shake_128(str(size).encode()).digest(size)


def _told(info: zipfile.ZipInfo) -> list[object]:
    """What a directory says of a file, but for its size when packed and its place."""
    left_out = ("compress_size", "header_offset", "orig_filename", "_compresslevel", "_end_offset")
    return [getattr(info, name, None) for name in info.__slots__ if name not in left_out]


def test_seeded_letters_in_any_order_are_the_same_files(
    renderers: dict[str, tuple[DocxRenderer, DocxRenderer]],
) -> None:
    """Each filled twice, for the first time and with what was kept of the others."""
    choose = random.Random(6)  # noqa: S311 (the same letters each time)
    letters = [_seeded(choose) for _ in range(25)]
    quick, slow = renderers["egevang"]
    plain = [slow.render(letter) for letter in letters]
    for place in choose.choices(range(len(letters)), k=80):
        assert quick.render(letters[place]) == plain[place], letters[place]


_WORDS = (
    "",
    "&",
    "<w:t>",
    "Bo",
    "æ ø",
    '"',
    "'",
    "{{ x }}",
    "{_{",
    "%_}",
    "]]>",
    "\uf8fe0\uf8fe",
    "\uf8ff3\uf8ff",
    "😀",
)


def _seeded(choose: random.Random) -> Letter:
    """A letter that fills some slots and has some blocks, of words that are hard to write."""

    def word() -> str:
        return choose.choice(_WORDS) + choose.choice(_WORDS)

    def some() -> tuple[Text, ...]:
        return tuple(Text(word() + "a" * choose.randrange(2)) for _ in range(choose.randrange(4)))

    slots = Slots(
        sender=word(),
        page_label=word() + choose.choice(("{page} af {pages}", "")),
        logo_alt=word(),
        notice=word(),
        mark=word(),
        classification=word(),
        running=word(),
        return_line=word(),
        address=some(),
        column=tuple(Fact(word(), some()) for _ in range(choose.randrange(3))),
    )
    link = Link(f"https://{choose.choice('abc')}.example/?a=1&b={word()}", some())
    blocks = (
        p(*some(), Strong((link, *some())), Emphasis(some())),
        QUESTIONS,
        bullets(word(), "b"),
        TABLE,
        SIGNATURE,
    )
    chosen = choose.sample(blocks, choose.randrange(len(blocks)))
    heading = choose.choice((None, some()))
    made = replace(sample(*chosen, slots=slots), heading=heading, title=word())
    return replace(made, language=choose.choice(("da", "en", "de")))


def test_nothing_of_a_letter_is_kept(renderers: dict[str, tuple[DocxRenderer, DocxRenderer]]) -> None:
    """What is kept between letters is found by shape, and holds no text that one letter differs in."""
    quick, _ = renderers["lindehoej"]
    secret = "Hemmeligheden"
    line_, fact = (Text(secret),), Fact(secret, (Text(secret),))
    slots = replace(SLOTS, notice=secret, running=secret, return_line=secret, address=line_, column=(fact,))
    link = Link(f"https://a.example/{secret}", line_)
    quick.render(sample(p(link, secret), bullets(secret), slots=slots, heading=secret))
    shell = quick._shell
    assert shell
    assert shell._frames
    assert secret not in repr(shell._frames)
    assert secret not in repr(
        {name: vars(kept) if hasattr(kept, "__dict__") else kept for name, kept in vars(shell).items()}
    )


def test_shapes_are_bounded(renderers: dict[str, tuple[DocxRenderer, DocxRenderer]]) -> None:
    quick, _ = renderers["lindehoej"]
    for count in range(90):
        quick.render(sample(p("a"), slots=replace(SLOTS, address=(Text("a"),) * count)))
    assert quick._shell
    assert len(quick._shell._frames) == 64


@pytest.mark.parametrize(
    ("source", "quick"),
    [
        ("{{ sender }}{% if mark and not notice %}x{% endif %}", True),
        ("{% for fact in column %}{{ fact.label }}{% if loop.last %}.{% endif %}{% endfor %}", True),
        ("{{ sender|upper }}", False),
        ("{% if sender == 'a' %}x{% endif %}", False),
        ("{% for letter in sender %}{{ letter }}{% endfor %}", False),
        ("{% for line in address if line %}{{ line }}{% endfor %}", False),
        ("{% if address|length > 2 %}x{% endif %}", False),
        ("{{ sender[0] }}", False),
        ("{{ sender ~ mark }}", False),
        ("{% set x = sender %}{{ x }}", False),
        ("{{ sender.upper() }}", False),
    ],
)
def test_a_letterhead_that_computes_is_filled_for_each_letter(source: str, quick: bool) -> None:
    assert only_prints(SlotEnvironment().parse(source)) is quick


def test_a_text_in_an_attribute_is_filled_for_each_letter(letterhead: Path, tmp_path: Path) -> None:
    """There lxml writes it otherwise than in an element."""
    old, new = "{{ logo_alt }}", "{{ logo_alt }} {{ running }}"
    data = repacked(letterhead.read_bytes(), lambda _, part: part.replace(old.encode(), new.encode()))
    path = tmp_path / "letterhead.docx"
    path.write_bytes(data)
    kept, slow = Kept(Folder(tmp_path / "kept")), DocxRenderer(path, compile_=False)
    letter = sample(p("a"), slots=replace(SLOTS, running='"<&'))
    for quick in (DocxRenderer(path, kept=kept), DocxRenderer(path, kept=kept)):
        assert quick._shell
        assert quick.render(letter) == slow.render(letter) == quick.render(letter)
        assert {} in quick._shell._frames.values()


def test_a_text_that_was_not_escaped_is_never_packed(
    renderers: dict[str, tuple[DocxRenderer, DocxRenderer]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("letters.render.docx.xml.content", lambda text: text)
    with pytest.raises(etree.XMLSyntaxError):
        renderers["lindehoej"][0].render(sample(p("a < b")))
