"""`letters templates where-used` and `expiring`."""

import shutil

import pytest
from cli_examples import FIXTURES, ROOT

TEMPLATES = ROOT / "templates" / "da"
DECISIONS = FIXTURES / "integrationsansvar"


def found(run, name):
    done = run("templates", "where-used", name, "--samples", DECISIONS, "--json")
    assert done.code == 0, done.err
    return done.data["found"]


def places(one):
    return {(place["file"].rpartition("templates/da/")[2], place["line"]) for place in one["places"]}


def test_a_clause(run):
    (one,) = found(run, "standardtekster/klagevejledning")
    assert {file for file, _ in places(one)} == {
        "integrationsansvar/afslag.md",
        "integrationsansvar/delvis.md",
    }
    assert one["letters"] == ["integrationsansvar partly-granted", "integrationsansvar rejected"]
    text = "standardtekster/klagevejledning"
    for file, line in places(one):
        assert text in (TEMPLATES / file).read_text("utf-8").split("\n")[line - 1]
    using = {path for path in DECISIONS.iterdir() if b"outcome: rejected" in path.read_bytes()}
    assert {str(path) for path in using} <= set(one["samples"])


def test_a_name_that_two_texts_have(run):
    assert {one["name"] for one in found(run, "klagevejledning")} == {
        "aktindsigt/klagevejledning",
        "standardtekster/klagevejledning",
    }


def test_a_ground(run):
    (one,) = found(run, "netvaerk")
    assert one["kind"] == "ground"
    assert "integrationsansvar rejected" in one["letters"]
    using = [path for path in DECISIONS.iterdir() if b"ground: netvaerk" in path.read_bytes()]
    assert one["samples"] == sorted(map(str, using))


def test_a_ground_that_a_text_asks_for(run):
    (one,) = found(run, "ikke-frivillig")
    assert ("integrationsansvar/afslag.md", 32) in places(one)


@pytest.mark.parametrize("name", ["integrationsloven", "integrationslovens", "Integrationsloven"])
def test_an_act(run, name):
    (one,) = found(run, name)
    files = {file for file, _ in places(one)}
    assert {"integrationsansvar/regler.md", "klageveje.yaml"} <= files
    assert ("integrationsansvar/grunde/netvaerk.md", 5) in places(one)  # the basis in its head
    assert "besvarelse reply" not in one["letters"]


@pytest.mark.parametrize("name", ["ydelse", "kontanthjælp"])
def test_a_term(run, name):
    (one,) = found(run, name)
    assert one["kind"] == "term"
    assert {file for file, _ in places(one)} == {"integrationsansvar/uden-godkendelse.md"}


def test_in_words(run):
    done = run("templates", "where-used", "ydelse", "--samples", DECISIONS, language="da")
    assert "| - {{ ord.ydelse.bestemt|stort }} kan blive sat ned" in done.out
    assert (
        "  breve: integrationsansvar: delvist medhold (partly-granted), ikke medhold (rejected)\n" in done.out
    )


def test_letters_of_several_case_types_stand_one_below_the_other(run):
    done = run("templates", "where-used", "kontakt", "--samples", DECISIONS, language="da")
    requests = "aktindsigt: medhold (granted), delvist medhold (partly-granted), ikke medhold (rejected)"
    decisions = requests.replace("aktindsigt", "integrationsansvar").replace(
        ", delvist", ", partshøring (hearing), delvist"
    )
    assert f"  breve: {requests}\n         {decisions}\n" in done.out


def test_nothing_of_that_name(run):
    done = run("templates", "where-used", "offentlighedslov")
    assert done.code == 1
    assert "did you mean offentlighedsloven?" in done.err


def test_what_ends(run):
    data = run("templates", "expiring", "--on", "2024-12-01", "--json").data["expiring"]
    assert [(one["last"], one["kind"], one["name"]) for one in data] == [("2024-12-31", "term", "program")]
    assert data[0]["after"] == "introduktionsprogram"
    assert data[0]["line"]


@pytest.mark.parametrize(("within", "found"), [("30", False), ("31d", True), ("5w", True), ("1m", True)])
def test_how_far_ahead(run, within, found):
    done = run("templates", "expiring", "--on", "2024-11-30", "--within", within, "--json")
    assert bool(done.data["expiring"]) is found


def test_a_time_that_is_none(run):
    assert run("templates", "expiring", "--within", "soon").code == 2


def test_a_text_and_a_law(run, tmp_path):
    library = shutil.copytree(TEMPLATES, tmp_path / "da")
    ground = library / "integrationsansvar" / "grunde" / "storby.md"
    shutil.copy(ground, ground.with_name("storby@2030-02-01.md"))
    act = library / "love" / "integrationsloven.yaml"
    text = act.read_text("utf-8").replace(
        "    from: 2020-06-22\n", "    from: 2020-06-22\n    to: 2030-01-15\n", 1
    )
    act.write_text(text, "utf-8")
    options = ("--templates", library, "--json")
    soon = run("templates", "expiring", "--on", "2030-01-01", *options).data["expiring"]
    assert [(one["kind"], one["last"], bool(one["after"])) for one in soon] == [
        ("law", "2030-01-15", False),
        ("text", "2030-01-31", True),
    ]
    late = run("templates", "expiring", "--on", "2031-01-01", *options).data["expiring"]
    assert [one["kind"] for one in late] == ["law"]  # it has ended, and nothing came
    done = run("templates", "expiring", "--on", "2030-01-01", "--templates", library, language="da")
    assert "intet derefter" in done.out


def test_nothing_ends(run):
    done = run("templates", "expiring", "--on", "2026-06-01", "--within", "1d", language="da")
    assert done.out == "intet udløber inden for 1 dag fra 2026-06-01\n"
