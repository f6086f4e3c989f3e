"""`letters new`, `letters schema`, `letters show` and `--version`."""

import json
import stat

from cli_examples import FIXTURES, ROOT

from letters import __version__
from letters.document.load import load


def test_a_new_case_is_a_case(run, tmp_path):
    path = tmp_path / "sag.yaml"
    done = run("new", "integrationsansvar", "--outcome", "rejected", "--out", path, language="da")
    assert (done.code, done.out) == (0, f"{path}\n")
    assert "# Brevets dato" in path.read_text(encoding="utf-8")
    assert run("check", path).code == 0


def test_the_only_letter_of_a_case_type_needs_no_words(run):
    done = run("new", "besvarelse")
    assert done.code == 0
    assert "matter: reply" in done.out


def test_several_letters_are_listed(run):
    done = run("new", "integrationsansvar", language="da")
    assert done.code == 2
    assert "Vælg, hvilket brev du vil begynde på:" in done.err
    assert "  letters new integrationsansvar --matter hearing --outcome rejected\n" in done.err


def test_an_outcome_alone_is_a_decision_and_a_hearing_is_asked_for(run):
    decision = run("new", "integrationsansvar", "--outcome", "rejected")
    hearing = run("new", "integrationsansvar", "--outcome", "rejected", "--matter", "hearing")
    assert "matter: decision" in decision.out
    assert "matter: hearing" in hearing.out
    assert "intended: rejected" in hearing.out


def test_a_letter_that_the_case_type_has_not(run):
    done = run("new", "besvarelse", "--outcome", "granted", language="da")
    assert done.code == 2
    assert "Sagstypen har ikke sådan et brev. Den har:\n  letters new besvarelse --matter reply" in done.err


def test_a_misspelt_case_type(run):
    done = run("new", "besvarels", language="da")
    assert done.code == 2
    assert "Mente du besvarelse?" in done.err


def test_a_new_appendix_is_an_appendix_that_only_its_owner_reads(run, tmp_path):
    path = tmp_path / "bilag-1.yaml"
    done = run("new", "appendix", "--out", path, language="da")
    assert (done.code, done.out) == (0, f"{path}\n")
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert "# Neutral titel" in path.read_text(encoding="utf-8")
    checked = run("check", path)
    assert checked.code == 0
    assert "letter.placeholder" in checked.out + checked.err


def test_an_appendix_has_no_matter_and_no_outcome(run):
    for option in (["--matter", "reply"], ["--outcome", "granted"]):
        done = run("new", "appendix", *option)
        assert done.code == 2
        assert "an appendix has neither --matter nor --outcome" in done.err


def test_an_appendix_is_among_what_can_be_begun(run):
    done = run("new", "appendiks")
    assert done.code == 2
    assert "Did you mean appendix?" in done.err


def test_the_schema_of_an_appendix(run):
    done = run("schema", "appendix")
    assert done.code == 0
    assert json.loads(done.out)["title"] == "Fortroligt bilag"
    assert "ConfidentialAppendix" not in run("schema").out


def test_new_overwrites_only_with_force(run, tmp_path):
    path = tmp_path / "svar.yaml"
    path.write_text("mit arbejde")
    refused = run("new", "besvarelse", "--out", path, language="da")
    assert (refused.code, path.read_text()) == (1, "mit arbejde")
    assert "filen findes i forvejen" in refused.err
    assert run("new", "besvarelse", "--out", path, "--force").code == 0
    assert path.read_text(encoding="utf-8").startswith("#")
    assert [p.name for p in tmp_path.iterdir()] == ["svar.yaml"]


def test_new_into_a_folder_that_is_not_there(run, tmp_path):
    done = run("new", "besvarelse", "--out", tmp_path / "nej" / "svar.yaml")
    assert done.code == 3
    assert "fatal[output.failed]: the file cannot be written: No such file or directory" in done.err


def test_the_schema_is_danish_unless_asked(run):
    danish, english = run("schema", "decision"), run("schema", "decision", "--language", "en", language="da")
    assert (danish.code, english.code) == (0, 0)
    assert json.loads(danish.out)["title"] == "Afgørelse"
    assert json.loads(english.out)["title"] == "Decision"
    assert '"Samlet vurdering"' in danish.out
    assert '"Overall assessment"' in english.out


def test_show_prints_the_letter_and_its_dump(run, rejection):
    case = rejection("sag.yaml")
    text, dump = run("show", case), run("show", case, "--dump")
    assert (text.code, dump.code) == (0, 0)
    assert "Kære Yusuf Abdi Warsame" in text.out
    assert load(dump.out).title == "Afslag på overtagelse af integrationsansvaret"


def test_show_tells_what_keeps_a_letter_from_being(run, rejection):
    done = run("show", rejection("sag.yaml", ("ground: storby", "ground: by")), language="da")
    assert (done.code, done.out) == (1, "")
    assert done.err.startswith("alvorlig fejl[")


def test_version(run):
    assert run("--version").out == f"letters {__version__}\n"


def test_another_library_by_option_and_by_environment(run, rejection, tmp_path, monkeypatch):
    library = tmp_path / "bibliotek"
    library.symlink_to(ROOT / "templates" / "da")
    assert run("check", rejection("sag.yaml"), "--templates", library).code == 0
    monkeypatch.setenv("LETTERS_TEMPLATES", str(tmp_path / "ingen"))
    done = run("check", rejection("sag.yaml"), language="da")
    assert done.code == 2
    assert f"Mappen '{tmp_path / 'ingen'}' findes ikke." in done.err


def test_every_fixture_is_checked_without_an_error(run):
    done = run("check", FIXTURES / "integrationsansvar", FIXTURES / "besvarelse")
    assert done.code == 0, done.err
