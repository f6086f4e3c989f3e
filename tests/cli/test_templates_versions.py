"""`letters templates new-version`, and that nobody edits a text that letters have gone out with."""

import shutil

import pytest
from cli_examples import REJECTION, ROOT

from letters.wording.load import load_library

TEMPLATES = ROOT / "templates" / "da"
GROUND = "integrationsansvar/grunde/storby.md"


@pytest.fixture
def library(tmp_path):
    return shutil.copytree(TEMPLATES, tmp_path / "da")


@pytest.fixture(scope="module")
def issued(tmp_path_factory):
    """A folder with a final letter, which rests on the ground."""
    from letters.cli import main

    folder = tmp_path_factory.mktemp("endelige")
    assert main(["issue", str(REJECTION), "--out", str(folder), "--templates", str(TEMPLATES)]) == 0
    return folder


def test_a_dated_copy(run, library):
    done = run("templates", "new-version", library / GROUND, "--from", "2027-01-01", "--templates", library)
    made = library / "integrationsansvar" / "grunde" / "storby@2027-01-01.md"
    assert done.code == 0
    assert done.out == f"{made}\n"
    assert made.read_bytes() == (library / GROUND).read_bytes()
    assert len(load_library(library).files["integrationsansvar/grunde/storby"]) == 2


def test_a_copy_of_a_copy(run, library):
    for day in ("2027-01-01", "2028-01-01"):
        assert run("templates", "new-version", "storby", "--from", day, "--templates", library).code == 0
    newest = load_library(library).files["integrationsansvar/grunde/storby"][-1]
    assert newest.path.endswith("storby@2028-01-01.md")


@pytest.mark.parametrize(
    ("name", "day", "code"),
    [
        ("storbyen", "2027-01-01", "templates.unknown-text"),
        ("afslag", "2027-01-01", "templates.several"),
        ("retsstridigt-formaal", "2024-07-01", "templates.version-there"),
        ("retsstridigt-formaal", "2020-01-01", "templates.not-yet"),
    ],
)
def test_what_cannot_be_copied(run, library, name, day, code):
    before = sorted(library.rglob("*"))
    done = run("templates", "new-version", name, "--from", day, "--templates", library)
    assert done.code == 1
    assert code in done.err
    assert sorted(library.rglob("*")) == before


def test_a_date_that_is_none(run):
    assert run("templates", "new-version", "storby", "--from", "1. januar").code == 2


def check(run, library, issued):
    return run("templates", "check", "--templates", library, "--issued", issued, "--json").data["problems"]


def test_what_letters_were_made_with_may_stay(run, library, issued):
    assert check(run, library, issued) == []


def test_an_edit_of_it_is_told(run, library, issued):
    ground = library / GROUND
    ground.write_text(ground.read_text("utf-8").replace("Det ønske", "Ønsket"), "utf-8")
    (problem,) = check(run, library, issued)
    assert (problem["code"], problem["file"]) == ("template.issued-changed", str(ground))
    assert "new-version" in problem["help"]


def test_an_edit_in_a_new_version_is_none(run, library, issued):
    run("templates", "new-version", "storby", "--from", "2027-01-01", "--templates", library)
    made = library / "integrationsansvar" / "grunde" / "storby@2027-01-01.md"
    made.write_text(made.read_text("utf-8").replace("Det ønske", "Ønsket"), "utf-8")
    assert check(run, library, issued) == []


def test_a_text_that_is_gone(run, library, issued):
    (library / GROUND).rename(library / "integrationsansvar" / "grunde" / "storby@2019-01-01.md")
    assert "template.issued-missing" in {problem["code"] for problem in check(run, library, issued)}


def test_drafts_bind_nobody_and_a_broken_manifest_is_told(run, library, tmp_path, issued):
    drafts = shutil.copytree(issued, tmp_path / "udkast")
    (manifest,) = drafts.rglob("manifest.json")
    manifest.write_text(
        manifest.read_text("utf-8").replace('"status": "final"', '"status": "draft"'), "utf-8"
    )
    ground = library / GROUND
    ground.write_text(ground.read_text("utf-8").replace("Det ønske", "Ønsket"), "utf-8")
    assert check(run, library, drafts) == []
    manifest.write_text("{", "utf-8")
    assert [problem["code"] for problem in check(run, library, drafts)] == ["templates.manifest-unread"]
