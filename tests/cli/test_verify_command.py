"""`letters verify`: words, data and exit codes."""

import shutil
import sys

import pytest
from cli_examples import FIXTURES


@pytest.fixture
def made(run, rejection, tmp_path):
    """A letter's folder, with its case file beside the manifest."""
    case = rejection("sag.yaml")
    assert run("draft", case, "--out", tmp_path / "breve").code == 0
    shutil.copy(case, tmp_path / "breve" / "sag")
    return tmp_path / "breve" / "sag"


def test_an_untouched_letter(run, made):
    done = run("verify", made / "manifest.json")
    assert (done.code, done.err) == (0, "")
    assert done.out.splitlines() == [
        "letter.docx: the same, byte for byte",
        "letter.pdf: the same, byte for byte",
        "letter.txt: the same, byte for byte",
        f"{made / 'manifest.json'}: everything is as it was recorded",
    ]


def test_an_edited_file_is_told_in_danish(run, made):
    text = (made / "letter.txt").read_text(encoding="utf-8")
    (made / "letter.txt").write_text(text.replace("4 uger", "8 uger"), encoding="utf-8")
    done = run("verify", made, language="da")
    assert done.code == 1
    assert "fejl[verify.output-edited]: filen er ændret, efter at den blev lavet" in done.err
    assert "8 uger" in done.err
    assert "letter.txt: anderledes" in done.out
    assert "letter.pdf: den samme, byte for byte" in done.out


def test_a_manifest_alone_does_not_say_where_the_case_is(run, made, tmp_path):
    (made / "sag.yaml").unlink()
    done = run("verify", made)
    assert (done.code, done.out) == (1, "")
    assert "verify.no-case" in done.err
    assert "--case FILE" in done.err
    assert run("verify", made, "--case", tmp_path / "sag.yaml").code == 0


def test_the_result_as_data(run, made):
    (made / "letter.pdf").unlink()
    done = run("verify", made, "--json")
    assert (done.code, done.err) == (1, "")
    assert set(done.data) == {"exit_code", "manifest", "case", "outputs", "problems"}
    assert done.data["exit_code"] == 1
    assert done.data["manifest"] == str(made / "manifest.json")
    assert done.data["case"] == str(made / "sag.yaml")
    assert done.data["outputs"] == [
        {"file": "letter.docx", "state": "same"},
        {"file": "letter.pdf", "state": "missing"},
        {"file": "letter.txt", "state": "same"},
    ]
    assert [problem["code"] for problem in done.data["problems"]] == ["verify.output-missing"]


def test_what_is_no_manifest_as_data(run, made):
    done = run("verify", made / "letter.txt", "--json")
    assert (done.code, done.data["outputs"], done.data["case"]) == (1, [], None)
    assert [problem["code"] for problem in done.data["problems"]] == ["verify.no-manifest"]


def test_warnings_alone_are_no_failure(run, made):
    (made / "sag.yaml").rename(made / "ny.yaml")
    done = run("verify", made, "--case", made / "ny.yaml")
    assert done.code == 0
    assert "verify.case-renamed" in done.err
    assert "everything is as it was recorded" not in done.out


def test_an_appendix_needs_its_password(run, tmp_path, monkeypatch):
    monkeypatch.setattr(sys.stdin, "isatty", lambda: False, raising=False)
    monkeypatch.delenv("LETTERS_PASSWORD", raising=False)
    password, case = tmp_path / "kode", FIXTURES / "bilag" / "to-sager.yaml"
    password.write_text("violin kastanje trappe seksten\n", encoding="utf-8")
    password.chmod(0o600)
    assert run("draft", case, "--out", tmp_path / "breve", "--password-file", password).code == 0
    manifest = tmp_path / "breve" / "to-sager" / "confidential" / "manifest.json"
    done = run("verify", manifest, "--case", case)
    assert (done.code, done.out) == (1, "")
    assert "verify.no-password" in done.err
    done = run("verify", manifest, "--case", case, "--password-file", password)
    assert (done.code, done.err) == (0, "")
    assert "appendix.pdf: the same, byte for byte" in done.out
