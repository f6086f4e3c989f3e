"""A wording or letterhead at fault: told in Danish with its own line, and other letters are made."""

import shutil

import pytest
from cli_examples import ROOT

KEPT = ("besvarelse", "brevpapir", "integrationsansvar", "standardtekster", "love")


@pytest.fixture
def library(tmp_path):
    copy = tmp_path / "bibliotek"
    copy.mkdir()
    for path in (ROOT / "templates" / "da").iterdir():
        if path.is_file():
            shutil.copy(path, copy)
        elif path.name in KEPT:
            shutil.copytree(path, copy / path.name)
    return copy


WORDINGS = {
    "a syntax error": (
        "{% if outcome == %}x{% endif %}",
        "alvorlig fejl[template.syntax]: Jinja-koden kan ikke læses her:",
    ),
    "an undefined name": ("{{ findes_ikke }}", "der er ingen værdi med navnet findes_ikke"),
    "a date without a filter": ("{{ date }}", "en dato bliver skrevet uden filter"),
    "the wrong filter": ("{{ date|antal }}", "filteret |antal skal have et tal, men fik en dato"),
    "a missing clause": (
        '{% include "standardtekster/findes-ikke" %}',
        "teksten standardtekster/findes-ikke findes ikke i tekstbiblioteket",
    ),
    "a picture": ("![Våben](x.png)", "teksten indeholder et billede (“"),
}


@pytest.mark.parametrize(("line", "said"), WORDINGS.values(), ids=WORDINGS)
def test_a_wording_at_fault(line, said, run, rejection, reply, library, tmp_path):
    wording = library / "integrationsansvar" / "afslag.md"
    text = wording.read_text(encoding="utf-8")
    wording.write_text(f"{text}\n{line}\n", encoding="utf-8")
    number = text.count("\n") + 2
    cases = [rejection("afslag.yaml"), reply("svar.yaml")]
    done = run("draft", *cases, "--out", tmp_path / "ud", "--templates", library, language="da")
    assert done.code == 1
    assert said in done.err
    assert f"  --> {wording}:{number}" in done.err
    assert "  hjælp: " in done.err
    assert [path.name for path in (tmp_path / "ud").iterdir()] == ["svar"]


@pytest.mark.parametrize("name", ["logo.svg", "letterhead.css", "letterhead.docx", "letterhead.html"])
def test_a_letterhead_without_one_of_its_files(name, run, rejection, library, tmp_path):
    (library / "brevpapir" / "lindehoej" / name).unlink()
    done = run(
        "draft", rejection("sag.yaml"), "--out", tmp_path / "ud", "--templates", library, language="da"
    )
    assert done.code == 1
    assert "alvorlig fejl[" in done.err
    assert name in done.err
    assert not (tmp_path / "ud").exists()
