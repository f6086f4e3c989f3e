"""`letters templates impact`: what it says and writes."""

import shutil

import pytest
from cli_examples import FIXTURES, ROOT
from docx import Document

TEMPLATES = ROOT / "templates" / "da"
SAMPLES = FIXTURES / "integrationsansvar"


@pytest.fixture(scope="module")
def edited(tmp_path_factory):
    library = shutil.copytree(TEMPLATES, tmp_path_factory.mktemp("ny") / "da")
    ground = library / "integrationsansvar" / "grunde" / "storby.md"
    text = ground.read_text("utf-8")
    ground.write_text(
        text.replace("Det ønske er ikke i sig selv nok", "Ønsket er ikke nok i sig selv"), "utf-8"
    )
    return library


def words(*more):
    return ("templates", "impact", "--against", TEMPLATES, "--samples", SAMPLES, *more)


def test_each_change_is_told_once_with_its_letters(run, edited):
    done = run(*words("--templates", edited), language="da")
    assert done.code == 0
    assert "[-Det ønske er ikke-] {+Ønsket er ikke nok+} i sig selv [-nok-] efter" in done.out
    using = sum(b"ground: storby" in path.read_bytes() for path in SAMPLES.iterdir())
    assert using > 1
    assert done.out.endswith(f"\ndenne rettelse ændrer {using} breve\n")


def test_as_data(run, edited):
    data = run(*words("--templates", edited, "--json")).data
    assert data["letters"] == len(list(SAMPLES.iterdir()))
    assert data["summary"] == f"this edit changes {len(data['changed'])} letters"
    assert all(one["before"] and one["after"] for one in data["changed"])
    marks = {piece["mark"] for one in data["changed"] for line in one["changes"] for piece in line}
    assert marks == {"same", "gone", "new"}


def test_nothing_changed(run):
    done = run(*words("--templates", TEMPLATES))
    assert done.out == "this edit changes no letter\n"


def test_page_and_word_files(run, edited, tmp_path):
    page, folder = tmp_path / "side" / "a.html", tmp_path / "word"
    options = ("--templates", edited, "--html", page, "--docx", folder)
    done = run(*words(*options))
    assert done.code == 0
    text = page.read_text("utf-8")
    assert "<ins>" in text
    assert "<del>" in text
    assert "http" not in text.replace("http-equiv", "")
    names = {path.stem for path in folder.iterdir()}
    assert "02-afslag-en-grund" in names
    for path in folder.iterdir():
        assert len(Document(str(path)).paragraphs) > 10
    again = run(*words(*options))
    assert again.code == 3
    assert "output.exists" in again.err
    assert run(*words(*options, "--force")).code == 0


def test_a_letter_that_can_no_longer_be_made(run, edited, tmp_path):
    library = shutil.copytree(edited, tmp_path / "da")
    ground = library / "integrationsansvar" / "grunde" / "storby.md"
    ground.write_text(ground.read_text("utf-8").replace("facts.wish", "facts.wihs"), "utf-8")
    done = run(*words("--templates", library))
    assert done.code == 1
    assert "can no longer be made" in done.out
    assert "template.undefined" in done.err


def test_a_library_that_nobody_keeps(run, edited):
    done = run("templates", "impact", "--templates", edited, language="da")
    assert done.code == 1
    assert "ligger ikke i git" in done.err
