"""Every fault of a letterhead is a problem with its place and its help, and never a broken letter."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from docx_reader import names_in, paragraphs, part, repacked
from docx_samples import items, letter
from lxml import etree

from letters.document.model import List, Numbering
from letters.kept import Kept
from letters.kept.folder import Folder
from letters.problems import Problem, Severity, TemplateError
from letters.render.docx import DocxRenderer
from letters.render.docx.names import CHARACTER_STYLES, PARAGRAPH_STYLES, SLOTS, TABLE_STYLES

Change = Callable[[str, bytes], bytes | None]


def replacing(part_name: str, old: str, new: str) -> Change:
    def change(name: str, data: bytes) -> bytes:
        if name != part_name:
            return data
        assert old.encode() in data
        return data.replace(old.encode(), new.encode())

    return change


def without(part_name: str) -> Change:
    return lambda name, data: None if name == part_name else data


@pytest.fixture
def problems(letterhead: Path, tmp_path: Path) -> Callable[..., tuple[Problem, ...]]:
    """Change the letterhead and open it: what is wrong with it?"""

    def opened(*changes: Change) -> tuple[Problem, ...]:
        data = letterhead.read_bytes()
        for change in changes:
            data = repacked(data, change)
        return faults(tmp_path, data)

    return opened


def faults(folder: Path, data: bytes) -> tuple[Problem, ...]:
    path = folder / "letterhead.docx"
    path.write_bytes(data)
    with pytest.raises(TemplateError) as caught:
        DocxRenderer(path, kept=Kept(Folder(folder / "kept")))
    assert not (folder / "kept").exists()  # so the next run is told of it too
    for problem in caught.value.problems:
        assert problem.severity is Severity.FATAL
        assert problem.place.file == str(path)
        assert problem.help.format_map(dict(problem.args))
        assert problem.text()
    return caught.value.problems


def codes(found: tuple[Problem, ...]) -> list[str]:
    return [problem.code for problem in found]


@pytest.mark.parametrize("name", [*PARAGRAPH_STYLES, *CHARACTER_STYLES, *TABLE_STYLES])
def test_a_missing_style(problems: Callable[..., tuple[Problem, ...]], name: str) -> None:
    found = problems(replacing("word/styles.xml", f'<w:name w:val="{name}"/>', '<w:name w:val="Noget"/>'))
    assert codes(found) == ["render.docx-letterhead-style"]
    assert name in found[0].text()


def test_a_misspelt_style_names_the_nearest(problems: Callable[..., tuple[Problem, ...]]) -> None:
    (problem,) = problems(replacing("word/styles.xml", 'w:val="Tabelhoved"', 'w:val="Tabelhovd"'))
    assert "Tabelhovd" in problem.help.format_map(dict(problem.args))


def test_capitals_of_a_style_name_do_not_matter(letterhead: Path, tmp_path: Path) -> None:
    change = replacing("word/styles.xml", 'w:val="heading 1"', 'w:val="Heading 1"')
    path = tmp_path / "letterhead.docx"
    path.write_bytes(repacked(letterhead.read_bytes(), change))
    DocxRenderer(path)


def test_a_style_that_the_letterhead_itself_uses(problems: Callable[..., tuple[Problem, ...]]) -> None:
    old = '<w:pStyle w:val="LogoLine"/>'
    (problem,) = problems(replacing("word/header1.xml", old, '<w:pStyle w:val="Logo9"/>'))
    assert (problem.code, problem.place.field) == ("render.docx-letterhead-style", "word/header1.xml")


SLOT_PLACES = {
    "notice": ("word/document.xml", "{{ notice }}"),
    "body": ("word/document.xml", "{{p body }}"),
    "page_label": ("word/footer1.xml", "{{r page_label }}"),
    "running": ("word/header2.xml", "{{ running }}"),
    "logo_alt": ("word/header1.xml", "{{ logo_alt }}"),
}


@pytest.mark.parametrize("slot", ["body", "page_label", "running", "logo_alt"])
def test_a_missing_slot(problems: Callable[..., tuple[Problem, ...]], slot: str) -> None:
    (problem,) = problems(replacing(*SLOT_PLACES[slot], ""))
    assert problem.code == "render.docx-slot-missing"
    assert problem.args["slot"] == slot


def test_an_empty_document_lacks_every_slot(tmp_path: Path, letterhead: Path) -> None:
    def change(name: str, data: bytes) -> bytes | None:
        if name.startswith(("word/header", "word/footer")):
            return data.replace(b"{", b"(").replace(b"}", b")")
        return data.replace(b"{", b"(").replace(b"}", b")") if name == "word/document.xml" else data

    found = faults(tmp_path, repacked(letterhead.read_bytes(), change))
    assert [problem.args["slot"] for problem in found] == list(SLOTS)


def test_an_unknown_slot_names_the_nearest(problems: Callable[..., tuple[Problem, ...]]) -> None:
    (problem,) = problems(replacing("word/header2.xml", "{{ sender }}", "{{ sendr }}"))
    assert (problem.code, problem.place.field) == ("render.docx-slot-unknown", "word/header2.xml")
    assert "“sender”" in problem.help.format_map(dict(problem.args))


@pytest.mark.parametrize(
    "slot", ["{{ sender", "{{ sender }", "{{ sender | }}", "{% if sender %}", "{{ sender | frob }}"]
)
def test_a_slot_that_cannot_be_read(problems: Callable[..., tuple[Problem, ...]], slot: str) -> None:
    found = problems(replacing("word/header2.xml", "{{ sender }}", slot.replace("<", "&lt;")))
    assert codes(found) == ["render.docx-slot-syntax"]
    assert found[0].place.field == "word/header2.xml"


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("{{ fact.label }}", "{{ fact.lable }}"),
        ("{{ notice }}", "{{ 7 }}"),
        ("{{ notice }}", "{{ address }}"),
        ("{{ notice }}", "{{ ''.__class__ }}"),
        ("{{p body }}", "{{ body }}"),
        ("{{ line }}", "{{ address.append(line) }}"),
    ],
)
def test_a_slot_that_cannot_be_filled(
    problems: Callable[..., tuple[Problem, ...]], old: str, new: str
) -> None:
    assert codes(problems(replacing("word/document.xml", old, new)))[0] in {
        "render.docx-slot-broken",
        "render.docx-letterhead-page",
    }


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("{{ notice }}", "{{ notice }} Bemærk"),
        ("{{ return_line }}", "{{ return_line }} {{ return_line }}"),
        ("{{ return_line }}", ""),
        ("{%p if notice %}", "{%p if address %}"),
    ],
)
def test_a_page_that_says_something_else(
    problems: Callable[..., tuple[Problem, ...]], old: str, new: str
) -> None:
    assert codes(problems(replacing("word/document.xml", old, new)))[0] == "render.docx-letterhead-page"


def test_an_empty_paragraph_left_in_a_final_letter(problems: Callable[..., tuple[Problem, ...]]) -> None:
    found = problems(
        replacing("word/document.xml", "{%p if return_line %}", "{%p if True %}"),
    )
    assert codes(found) == ["render.docx-letterhead-page"]


def test_a_mark_that_is_only_asked_about(problems: Callable[..., tuple[Problem, ...]]) -> None:
    found = problems(
        replacing("word/header1.xml", "{{ mark }}", ""), replacing("word/header2.xml", "{{ mark }}", "")
    )
    assert codes(found) == ["render.docx-slot-lost"]
    assert found[0].args["slot"] == "mark"


def test_the_logo_is_not_there(problems: Callable[..., tuple[Problem, ...]]) -> None:
    (problem,) = problems(without("word/media/logo.png"))
    assert problem.code == "render.docx-letterhead-part"
    assert "word/media/logo.png" in problem.text()


@pytest.mark.parametrize("filled_up", [False, True])
def test_the_logo_is_cut_off(
    filled_up: bool, problems: Callable[..., tuple[Problem, ...]], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Also where another library has told Pillow to fill up what is missing."""
    monkeypatch.setattr("PIL.ImageFile.LOAD_TRUNCATED_IMAGES", filled_up)

    def cut(name: str, data: bytes) -> bytes:
        return data[: len(data) // 2] if name == "word/media/logo.png" else data

    (problem,) = problems(cut)
    assert (problem.code, problem.place.field) == ("render.docx-letterhead-picture", "word/media/logo.png")


def test_the_logo_lost_its_relationship(problems: Callable[..., tuple[Problem, ...]]) -> None:
    (problem,) = problems(replacing("word/header1.xml", 'r:embed="rId1"', 'r:embed="rId7"'))
    assert (problem.code, problem.place.field) == ("render.docx-letterhead-part", "word/header1.xml")


def test_tracked_changes(problems: Callable[..., tuple[Problem, ...]]) -> None:
    run = "<w:r><w:t>{{ running }}</w:t></w:r>"
    change = f'<w:ins w:id="1" w:author="x">{run}</w:ins>'
    assert codes(problems(replacing("word/header2.xml", run, change))) == ["render.docx-letterhead-changes"]


@pytest.mark.parametrize("data", [b"", b"hej", b"PK\x03\x04", b"%PDF-1.7", b"\xd0\xcf\x11\xe0" * 100])
def test_no_word_file(tmp_path: Path, data: bytes) -> None:
    assert codes(faults(tmp_path, data)) == ["render.docx-letterhead-format"]


def test_a_broken_part_is_no_word_file(problems: Callable[..., tuple[Problem, ...]]) -> None:
    for name in ("word/document.xml", "word/header1.xml", "[Content_Types].xml", "_rels/.rels"):
        assert codes(problems(lambda n, data, name=name: data[:-9] if n == name else data)) == [
            "render.docx-letterhead-format"
        ]


def test_another_kind_of_office_file(problems: Callable[..., tuple[Problem, ...]]) -> None:
    kind = "wordprocessingml.document.main+xml"
    (problem,) = problems(replacing("[Content_Types].xml", kind, "wordprocessingml.template.main+xml"))
    assert problem.code == "render.docx-letterhead-format"


def test_no_letterhead_at_all(tmp_path: Path) -> None:
    with pytest.raises(TemplateError) as caught:
        DocxRenderer(tmp_path / "nowhere.docx")
    assert codes(caught.value.problems) == ["render.docx-letterhead-unreadable"]


def test_all_faults_come_at_once(problems: Callable[..., tuple[Problem, ...]]) -> None:
    found = problems(
        replacing("word/styles.xml", '<w:name w:val="Quote"/>', '<w:name w:val="Noget"/>'),
        replacing("word/header2.xml", "{{ running }}", "{{ runing }}"),
    )
    assert codes(found) == [
        "render.docx-letterhead-style",
        "render.docx-slot-unknown",
        "render.docx-slot-missing",
    ]


def test_slots_that_word_has_split_are_read(letterhead: Path, tmp_path: Path) -> None:
    split = '{{ run</w:t></w:r><w:proofErr w:type="spellStart"/><w:r w:rsidR="00AB12CD"><w:t>ning }}'
    changed = repacked(letterhead.read_bytes(), replacing("word/header2.xml", "{{ running }}", split))
    path = tmp_path / "letterhead.docx"
    path.write_bytes(changed)
    DocxRenderer(path)


def test_lists_are_drawn_on_a_letterhead_without_any(letterhead: Path, tmp_path: Path) -> None:
    data = letterhead.read_bytes()
    data = repacked(data, without("word/numbering.xml"))
    for name in ("[Content_Types].xml", "word/_rels/document.xml.rels"):
        data = repacked(data, removing(name, "numbering.xml"))
    numbered = re.compile(rb"<w:numPr>.*?</w:numPr>")
    data = repacked(data, lambda name, xml: numbered.sub(b"", xml) if name == "word/styles.xml" else xml)
    path = tmp_path / "letterhead.docx"
    path.write_bytes(data)
    drawn = DocxRenderer(path).render(letter(List(Numbering.DECIMAL, items("a", "b"))))
    assert [p.label for p in paragraphs(drawn) if p.label] == ["1.", "2."]


def removing(part_name: str, words: str) -> Change:
    """Remove the one element that names `words`."""

    def change(name: str, data: bytes) -> bytes:
        if name != part_name:
            return data
        root = etree.fromstring(data)
        (element,) = (e for e in root if any(words in value for value in e.attrib.values()))
        root.remove(element)
        return etree.tostring(root)

    return change


def test_the_tool_makes_a_letterhead_that_opens(letterhead: Path, tmp_path: Path) -> None:
    for name in ("logo.png", "word.yaml"):
        shutil.copy(letterhead.parent / name, tmp_path)
    tool = letterhead.parents[4] / "tools" / "word_letterhead.py"
    made = [sys.executable, str(tool), str(tmp_path)]
    subprocess.run(made, check=True)
    DocxRenderer(tmp_path / "letterhead.docx")
    again = subprocess.run(made, capture_output=True, text=True, check=False)
    assert (again.returncode, "--force" in again.stderr) == (2, True)


def test_the_letterhead_holds_no_words_and_no_trace(letterhead: Path) -> None:
    data = letterhead.read_bytes()
    assert not [name for name in names_in(data) if "theme" in name or "custom" in name or "thumbnail" in name]
    assert part(data, "docProps/core.xml").findtext("{*}creator") is None
