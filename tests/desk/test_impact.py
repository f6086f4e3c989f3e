"""Which letters an edit changes: against another library, against git, and as tracked changes in Word."""

from __future__ import annotations

import io
import shutil
import subprocess
import zipfile
from pathlib import Path

import pytest
from docx import Document
from lxml import etree

from examples import ROOT, example_cases
from judges.readers import libreoffice
from letters.desk.maintaining.impact import Impact, impact
from letters.desk.maintaining.redline_docx import file_names, redline_docx
from letters.problems import OutputError, TemplateError
from letters.upkeep.redline import Mark

TEMPLATES = ROOT / "templates" / "da"
CASES = example_cases()
GROUND = "integrationsansvar/grunde/netvaerk.md"
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
ODF = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"


def edited(library: Path, name: str, old: str, new: str) -> Path:
    path = library / name
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new), "utf-8")
    return library


@pytest.fixture(scope="module")
def changed(tmp_path_factory: pytest.TempPathFactory) -> Impact:
    """What a changed sentence of one ground does, and a paragraph that comes and one that goes."""
    library = shutil.copytree(TEMPLATES, tmp_path_factory.mktemp("ny") / "da")
    edited(library, GROUND, "Vi forstår, at det betyder meget.", "Vi forstår godt, at det betyder noget.")
    edited(
        library, GROUND, "### Venner og netværk\n", "### Venner og netværk\n\nVi har læst din ansøgning.\n"
    )
    return impact(library, str(TEMPLATES), CASES)


def test_only_letters_with_the_ground_change(changed: Impact) -> None:
    using = {case for case in CASES if b"ground: netvaerk" in case.read_bytes()}
    assert {one.sample for one in changed.changed} == using
    assert len(using) >= 2
    assert changed.letters == len(CASES)
    for one in changed.changed:
        words = [p.text.strip() for line in one.changes for p in line.pieces if p.mark is not Mark.SAME]
        assert words == ["Vi har læst din ansøgning.", "forstår,", "forstår godt,", "meget.", "noget."]


def test_the_same_library_changes_nothing() -> None:
    found = impact(TEMPLATES, str(TEMPLATES), CASES[:3])
    assert found.changed == ()
    assert found.letters == 3


def test_a_letter_that_cannot_be_made_any_more_is_told(tmp_path: Path) -> None:
    library = edited(shutil.copytree(TEMPLATES, tmp_path / "da"), GROUND, "facts.network", "facts.netwrok")
    found = impact(library, str(TEMPLATES), CASES)
    assert found.changed
    assert all(one.before and not one.after for one in found.changed)
    assert {p.code for one in found.changed for p in one.problems} == {"template.undefined"}


def test_links_alone_are_a_change_without_words(tmp_path: Path) -> None:
    law = "love/integrationsloven.yaml"
    library = edited(
        shutil.copytree(TEMPLATES, tmp_path / "da"), law, "eli/lta/2020/1146\n", "eli/lta/2020/1146#top\n"
    )
    found = impact(library, str(TEMPLATES), CASES)
    assert found.changed
    assert all(one.changes == () for one in found.changed)


# git


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    library = shutil.copytree(TEMPLATES, tmp_path / "lager" / "tekster" / "da")
    git(tmp_path / "lager", "init", "--quiet")
    commit(tmp_path / "lager")
    return library


def git(folder: Path, *words: str) -> None:
    names = ["-c", "user.name=Prøve", "-c", "user.email=proeve@lindehoej.example"]
    subprocess.run(["git", "-C", folder, *names, *words], check=True, capture_output=True)


def commit(folder: Path) -> None:
    git(folder, "add", "-A")
    git(folder, "commit", "--quiet", "-m", "tekster")


def test_against_what_git_keeps(repository: Path) -> None:
    edited(repository, GROUND, "betyder meget", "betyder noget")
    assert len(impact(repository, "HEAD", CASES).changed) >= 2
    commit(repository.parents[1])
    assert impact(repository, "HEAD", CASES).changed == ()
    assert len(impact(repository, "HEAD~1", CASES).changed) >= 2


@pytest.mark.parametrize("revision", ["v7", "--upload-pack=x", "HEAD:tekster", ""])
def test_a_revision_that_is_none(repository: Path, revision: str) -> None:
    with pytest.raises(TemplateError) as refused:
        impact(repository, revision, CASES[:1])
    assert refused.value.problems[0].code == "templates.no-revision"


def test_a_library_that_was_not_there_then(repository: Path) -> None:
    moved = repository.rename(repository.with_name("nye"))
    with pytest.raises(TemplateError) as refused:
        impact(moved, "HEAD", CASES[:1])
    assert "was not there" in refused.value.problems[0].text()


def test_a_library_outside_of_git(tmp_path: Path) -> None:
    with pytest.raises(TemplateError) as refused:
        impact(shutil.copytree(TEMPLATES, tmp_path / "da"), "HEAD", CASES[:1])
    assert refused.value.problems[0].code == "templates.no-git"


def test_a_machine_without_git(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    with pytest.raises(OutputError) as refused:
        impact(TEMPLATES, "HEAD", CASES[:1])
    assert refused.value.problems[0].help


# Word


def texts(data: bytes, dropped: str, mark: str) -> list[str]:
    """The paragraphs of a Word file with its changes accepted (`del` dropped) or rejected (`ins` dropped)."""
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        body = etree.fromstring(package.read("word/document.xml"))[0]
    found = []
    for paragraph in body.iter(f"{W}p"):
        gone = paragraph.find(f"{W}pPr/{W}rPr/{W}{dropped}") is not None
        for change in list(paragraph.iter(f"{W}{dropped}")):
            change.getparent().remove(change)
        text = "".join(t.text or "" for t in paragraph.iter(f"{W}t", f"{W}delText"))
        assert not (gone and text), mark
        if not gone:
            found.append(text)
    return found


def test_accepted_it_is_the_new_letter_and_rejected_the_old_one(changed: Impact) -> None:
    for one in changed.changed:
        data = redline_docx(one)
        assert texts(data, "del", one.name) == marked(one.lines, Mark.NEW)
        assert texts(data, "ins", one.name) == marked(one.lines, Mark.GONE)
        assert data == redline_docx(one)
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            assert {part.date_time for part in package.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def marked(lines, kept: Mark) -> list[str]:
    found = ["".join(p.text for p in line.pieces if p.mark in (Mark.SAME, kept)) for line in lines]
    return [text for text in found if text]


def test_libreoffice_shows_tracked_changes(changed: Impact, tmp_path: Path) -> None:
    paths = []
    for name, one in file_names(changed.changed[:2]).items():
        path = tmp_path / f"{name}.docx"
        path.write_bytes(redline_docx(one))
        Document(str(path))
        paths.append(path)
    for path, opened in libreoffice(paths, "fodt", tmp_path / "odf").items():
        assert opened is not None, path
        body = etree.parse(str(opened)).getroot()
        found = tracked(body)
        assert found["deletion"] == ["forstår,", "meget."]
        assert found["insertion"] == ["Vi har læst din ansøgning.", "forstår godt,", "noget."]


def tracked(body: etree._Element) -> dict[str, list[str]]:
    """What LibreOffice takes for inserted and deleted: kind -> the words between the marks of each change."""
    found: dict[str, list[str]] = {"insertion": [], "deletion": []}
    for region in body.find(f".//{ODF}tracked-changes"):
        kind = next(iter(region)).tag.removeprefix(ODF)
        text, inside = "", False
        for node in body.find(".//{*}body").iter():
            is_own = node.get(f"{ODF}change-id") == region.get(f"{ODF}id")
            if node.tag == f"{ODF}change-start" and is_own:
                inside = True
            elif node.tag == f"{ODF}change-end" and is_own:
                inside = False
            elif inside:
                text += " " if node.tag == f"{ODF}s" else node.text or ""
            text += (node.tail or "") if inside else ""
        found[kind].append(" ".join(text.split()))
    return found
