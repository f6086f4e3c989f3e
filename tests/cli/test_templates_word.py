"""`letters templates convert`: the new file beside the old one, nothing overwritten, every fault placed."""

import json
import shutil

import pytest
from cli_examples import ROOT

LIBRARY = ROOT / "templates" / "da"
NAMES = ("integrationsansvar/afslag", "aktindsigt/dokumenter", "standardtekster/underskrift")


@pytest.fixture
def library(tmp_path):
    shutil.copytree(LIBRARY, tmp_path / "da")
    return tmp_path / "da"


def test_there_and_back_again(run, library):
    files = [library / f"{name}.md" for name in NAMES]
    before = [path.read_bytes() for path in files]
    there = run("templates", "convert", *map(str, files), "--to", "docx", "--replace")
    assert (there.code, there.err) == (0, "")
    assert [line.rpartition("/")[2] for line in there.out.splitlines()] == [
        f"{path.stem}.docx" for path in files
    ]
    assert not any(path.exists() for path in files)
    case = ROOT / "fixtures/integrationsansvar/01-afslag-tre-grunde.yaml"
    ours = run("show", str(case), "--dump").out
    assert run("show", str(case), "--dump", "--templates", str(library)).out == ours
    back = run(
        "templates", "convert", *(str(path.with_suffix(".docx")) for path in files), "--replace", "--json"
    )
    assert json.loads(back.out)["exit_code"] == 0
    assert [path.read_bytes() for path in files] == before


def test_without_replace_both_lie_there_and_the_library_says_so(run, library):
    file = library / "standardtekster/hilsen.md"
    assert run("templates", "convert", str(file)).code == 0
    again = run("templates", "convert", str(file))
    assert again.code == 3
    assert "output.exists" in again.err
    listed = run("templates", "list", "--templates", str(library))
    assert listed.code == 1
    assert "library.two-formats" in listed.err


def test_what_cannot_be_converted_is_told_and_nothing_is_written(run, tmp_path):
    file = tmp_path / "afslag.md"
    file.write_text("---\ntitle: Afslag\nlead: result\n---\n\nGodt.\n\n<b>fed</b>\n", "utf-8")
    done = run("templates", "convert", str(file), "--replace")
    assert done.code == 1
    assert "afslag.md:8" in done.err
    assert [path.name for path in tmp_path.iterdir()] == ["afslag.md"]


@pytest.mark.parametrize("name", ["afslag.txt", "afslag.pdf", "afslag"])
def test_other_files_are_refused(run, tmp_path, name):
    (tmp_path / name).write_text("x", "utf-8")
    done = run("templates", "convert", str(tmp_path / name))
    assert done.code == 1
    assert "convert.format" in done.err


def test_a_file_that_is_not_there(run, tmp_path):
    done = run("templates", "convert", str(tmp_path / "findes-ikke.md"))
    assert done.code == 3
    assert "input.unreadable" in done.err


def test_problems_in_word_name_the_paragraph_in_danish(run, library):
    import docx

    made = docx.Document()
    table = made.add_table(rows=0, cols=2)
    for key, value in (("Felt", "Værdi"), ("title", "Hilsen"), ("lead", "opening")):
        cells = table.add_row().cells
        cells[0].text, cells[1].text = key, value
    made.add_paragraph("Kære {{ modtagers|navne }}")
    (library / "standardtekster/hilsen.md").unlink()
    made.save(str(library / "standardtekster/hilsen.docx"))
    case = ROOT / "fixtures/integrationsansvar/01-afslag-tre-grunde.yaml"
    done = run("show", str(case), "--templates", str(library), language="da")
    assert done.code == 1
    assert "hilsen.docx, afsnit 7: “Kære {{ modtagers|navne }}”" in done.err
    data = json.loads(run("check", str(case), "--templates", str(library), "--json").out)
    (problem,) = [
        p for entry in data["cases"] for p in entry["problems"] if p["code"] == "template.undefined"
    ]
    assert (problem["paragraph"], problem["line"]) == (7, None)
    assert problem["text"] == "Kære {{ modtagers|navne }}"


def old_template(path):
    import docx

    made = docx.Document()
    made.add_paragraph("Afslag", style="Title")
    made.add_paragraph("Kære [navn]")
    made.add_heading("Begrundelse", 1)
    made.add_paragraph("Vi lægger vægt på [skolens navn] og [ja/nej].")
    made.save(str(path))


def test_an_old_template_becomes_a_proposal(run, tmp_path):
    old_template(tmp_path / "gammel.docx")
    done = run("templates", "import", str(tmp_path / "gammel.docx"), language="da")
    assert done.code == 0
    assert "skolens_navn: {type: text" in done.out
    assert "{{ recipients|navne }}" in done.out
    assert "import.not-understood" in done.err
    assert "gammel.docx, afsnit 4" in done.err
    text = (tmp_path / "gammel.md").read_text("utf-8")
    assert "Kære {{ recipients|navne }}" in text
    again = run("templates", "import", str(tmp_path / "gammel.docx"))
    assert "output.exists" in again.err


def test_a_proposal_in_word_and_as_data(run, tmp_path):
    old_template(tmp_path / "gammel.docx")
    done = run("templates", "import", str(tmp_path / "gammel.docx"), "--to", "docx", "--json")
    data = json.loads(done.out)
    assert data["fields"] == {"skolens_navn": {"type": "text", "title": "skolens navn"}}
    assert data["names"] == {"[navn]": "{{ recipients|navne }}"}
    back = run(
        "templates", "convert", str(tmp_path / "gammel-forslag.docx"), "--out", str(tmp_path / "ny.md")
    )
    assert back.code == 0
    assert "Vi lægger vægt på {{ facts.skolens_navn }}" in (tmp_path / "ny.md").read_text("utf-8")
