"""`letters templates samples`: what is unread, and what accepting it does."""

import shutil

import pytest
from cli_examples import FIXTURES, ROOT

TEMPLATES = ROOT / "templates" / "da"


@pytest.fixture
def place(tmp_path):
    """A library of one's own with two samples, and the letters as they were read."""
    library = shutil.copytree(TEMPLATES, tmp_path / "tekster" / "da")
    samples = tmp_path / "sager"
    samples.mkdir()
    for name in ("02-afslag-en-grund.yaml", "13-godkendelse-frivillig.yaml"):
        shutil.copy(FIXTURES / "integrationsansvar" / name, samples)
    options = ("--templates", library, "--samples", samples, "--letters", tmp_path / "breve")
    return library, options, tmp_path / "breve"


def test_shipped_letters_are_as_they_were_read(run):
    done = run("templates", "samples", language="da")
    assert done.code == 0, done.out + done.err
    assert "breve er, som da de blev læst" in done.out


def test_new_changed_and_gone(run, place):
    library, options, letters = place
    first = run("templates", "samples", *options)
    assert first.code == 1
    assert first.out.count("new: ") == 2
    assert not letters.exists()
    assert "accepted" in run("templates", "samples", "--accept", *options).out
    dump = letters / "sager" / "02-afslag-en-grund.letter"
    assert "Yusuf Abdi Warsame" in dump.read_text("utf-8")

    ground = library / "integrationsansvar" / "grunde" / "storby.md"
    ground.write_text(ground.read_text("utf-8").replace("Det ønske er", "Ønsket er"), "utf-8")
    shutil.copy(dump, letters / "sager" / "borte.letter")
    before = dump.read_bytes()
    changed = run("templates", "samples", *options)
    assert f"changed: {dump}" in changed.out
    assert "[-Det ønske-] {+Ønsket+} er ikke i sig selv nok" in changed.out
    assert "gone: " in changed.out
    assert dump.read_bytes() == before

    run("templates", "samples", "--accept", *options)
    assert not (letters / "sager" / "borte.letter").exists()
    data = run("templates", "samples", "--json", *options).data
    assert (data["same"], data["new"], data["changed"], data["gone"]) == (2, [], [], [])
    assert {problem["code"] for problem in data["problems"]} == {
        "template.letter-unsampled",
        "template.ground-unsampled",
    }


def test_a_role_alone_is_a_change(run, place):
    library, options, _ = place
    run("templates", "samples", "--accept", *options)
    clause = library / "standardtekster" / "kontakt.md"
    clause.write_text(clause.read_text("utf-8").replace("closing", "practical"), "utf-8")
    done = run("templates", "samples", *options)
    assert done.out.count("changed: ") == 2
