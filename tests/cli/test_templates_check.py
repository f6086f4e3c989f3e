"""`letters templates check`: what it prints, as words and as data."""

import shutil

import pytest
from cli_examples import FIXTURES, ROOT

TEMPLATES = ROOT / "templates" / "da"


@pytest.fixture
def faulty(tmp_path):
    library = shutil.copytree(TEMPLATES, tmp_path / "da")
    ground = library / "integrationsansvar" / "grunde" / "netvaerk.md"
    ground.write_text(
        ground.read_text("utf-8").replace("reason.facts.network", "reason.facts.netwrok"), "utf-8"
    )
    return library


def test_the_shipped_library_is_right(run):
    done = run("templates", "check", language="da")
    assert done.err == ""
    assert done.code == 0
    assert "prøvesager: ingen problemer" in done.out


def test_a_problem_has_place_text_and_help(run, faulty):
    done = run("templates", "check", "--templates", faulty, language="da")
    assert done.code == 1
    assert "har ingen oplysning, der hedder reason.facts.netwrok" in done.err
    assert "netvaerk.md:18" in done.err
    assert "| {{ Du }} har oplyst, at {{ reason.facts.netwrok }}. Vi forstår" in done.err
    assert "mente du network?" in done.err


def test_as_data(run, faulty):
    done = run("templates", "check", "--templates", faulty, "--samples", FIXTURES / "besvarelse", "--json")
    found = {(problem["code"], problem["line"]) for problem in done.data["problems"]}
    assert done.code == done.data["exit_code"] == 1
    assert ("template.undefined", 18) in found
    assert done.data["samples"] == len(list((FIXTURES / "besvarelse").glob("*.yaml")))


def test_a_library_that_cannot_be_read(run, faulty):
    (faulty / "ordliste.yaml").write_text("terms: [", "utf-8")
    done = run("templates", "check", "--templates", faulty)
    assert done.code == 1
    assert "ordliste.yaml" in done.err
    assert done.out == ""
