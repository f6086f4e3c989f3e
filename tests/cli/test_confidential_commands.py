"""Appendices on the command line: the password's ways in, the options, and `letters guard`."""

from __future__ import annotations

import json
import os
import stat
import sys
from pathlib import Path

import click
import pytest

from letters.secrecy.seal import Password, is_sealed, open_sealed

ROOT = Path(__file__).parents[2]
REPLY = ROOT / "fixtures" / "besvarelse" / "01-praksis-og-tal.yaml"
APPENDIX = ROOT / "fixtures" / "bilag" / "to-sager.yaml"
PASSWORD = "violin kastanje trappe seksten"
SECRETS = ("Leyla", "Karimova", "Yonas", "Tesfamariam", "010180", "020280", PASSWORD)


@pytest.fixture(autouse=True)
def no_password(monkeypatch):
    monkeypatch.delenv("LETTERS_PASSWORD", raising=False)
    monkeypatch.setattr(sys.stdin, "isatty", lambda: False, raising=False)


@pytest.fixture
def password_file(tmp_path):
    path = tmp_path / "password"
    path.write_text(PASSWORD + "\n", encoding="utf-8")
    path.chmod(0o600)
    return path


def folder(out: Path) -> Path:
    return out / "to-sager" / "confidential"


def opens(out: Path, password: str = PASSWORD) -> bool:
    return open_sealed((folder(out) / "appendix.pdf").read_bytes(), Password(password)).startswith(b"%PDF")


def silent(ran) -> bool:
    return not [secret for secret in SECRETS if secret in ran.out + ran.err]


def test_the_password_comes_from_a_file(run, tmp_path, password_file):
    ran = run("draft", APPENDIX, "--out", tmp_path / "out", "--password-file", password_file)
    assert ran.code == 0
    assert opens(tmp_path / "out")
    assert str(folder(tmp_path / "out")) in ran.out
    assert silent(ran)


def test_the_password_comes_from_the_environment_and_goes_no_further(run, tmp_path, monkeypatch):
    monkeypatch.setenv("LETTERS_PASSWORD", PASSWORD)
    assert run("draft", APPENDIX, "--out", tmp_path / "out").code == 0
    assert opens(tmp_path / "out")
    assert "LETTERS_PASSWORD" not in os.environ


def test_the_file_goes_before_the_environment(run, tmp_path, monkeypatch, password_file):
    monkeypatch.setenv("LETTERS_PASSWORD", "en helt anden cello hylder")
    run("draft", APPENDIX, "--out", tmp_path / "out", "--password-file", password_file)
    assert opens(tmp_path / "out")


def test_on_a_terminal_the_password_is_asked_for_hidden_and_twice(run, tmp_path, monkeypatch):
    asked = []

    def prompt(text, **options):
        asked.append((text, options["hide_input"], bool(options["confirmation_prompt"])))
        return PASSWORD

    monkeypatch.setattr(sys.stdin, "isatty", lambda: True, raising=False)
    monkeypatch.setattr(click, "prompt", prompt)
    assert run("draft", APPENDIX, "--out", tmp_path / "out").code == 0
    assert asked == [("Password for the confidential appendix", True, True)]
    assert opens(tmp_path / "out")


def test_nobody_is_asked_for_a_letter_without_appendix(run, tmp_path, monkeypatch, rejection):
    monkeypatch.setattr(sys.stdin, "isatty", lambda: True, raising=False)
    monkeypatch.setattr(click, "prompt", lambda *_, **__: pytest.fail("asked"))
    assert run("draft", rejection("sag.yaml"), "--out", tmp_path / "out").code == 0


def test_the_password_is_no_word_of_the_command_line(run, tmp_path):
    ran = run("draft", APPENDIX, "--out", tmp_path / "out", "--password", PASSWORD)
    assert ran.code == 2
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize(
    ("contents", "mode"),
    [
        (PASSWORD, 0o640),
        (PASSWORD, 0o604),
        (f"{PASSWORD}\nanother line\n", 0o600),
        ("", 0o600),
        (b"\xff\xfe\x00", 0o600),
        (None, 0o600),
    ],
)
def test_a_password_file_at_fault_is_refused(run, tmp_path, contents, mode):
    path = tmp_path / "password"
    if contents is not None:
        path.write_bytes(contents if isinstance(contents, bytes) else contents.encode())
        path.chmod(mode)
    ran = run("draft", APPENDIX, "--out", tmp_path / "out", "--password-file", path)
    assert ran.code == 1
    assert "secrecy.password-file" in ran.err
    assert not (tmp_path / "out").exists()
    assert silent(ran)


def test_without_any_password_the_appendix_is_refused(run, tmp_path):
    ran = run("draft", APPENDIX, "--out", tmp_path / "out")
    assert ran.code == 1
    assert "secrecy.no-password" in ran.err
    assert not folder(tmp_path / "out").exists()


def test_a_weak_password_is_refused_in_danish_with_its_reasons(run, tmp_path, monkeypatch):
    monkeypatch.setenv("LETTERS_PASSWORD", "karimova1980")
    ran = run("draft", APPENDIX, "--out", tmp_path / "out", language="da")
    assert ran.code == 1
    assert "adgangskoden er afvist: " in ran.err
    assert "karimova" not in ran.err.casefold()


@pytest.mark.parametrize("option", [["--profile", "journal"], ["--profile", "digital-post"], ["--unsealed"]])
def test_unencrypted_only_when_said(run, tmp_path, option):
    assert run("draft", APPENDIX, "--out", tmp_path / "out", *option).code == 0
    assert not is_sealed((folder(tmp_path / "out") / "appendix.docx").read_bytes())
    assert stat.S_IMODE(folder(tmp_path / "out").stat().st_mode) == 0o700


def test_unsealed_and_a_profile_contradict_each_other(run, tmp_path):
    assert run("draft", APPENDIX, "--out", tmp_path / "out", "--unsealed", "--profile", "journal").code == 2


def test_confidential_files_go_to_another_root(run, tmp_path, password_file):
    options = ["--password-file", password_file, "--confidential-out", tmp_path / "safe"]
    reply = ["draft", REPLY, APPENDIX, "--against", APPENDIX, "--out", tmp_path / "out", *options]
    assert run(*reply).code == 0
    assert opens(tmp_path / "safe")
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == [REPLY.stem]


def test_a_letter_is_issued_against_its_appendix(run, tmp_path):
    assert run("issue", REPLY, "--out", tmp_path / "a").code == 1
    assert run("issue", REPLY, "--out", tmp_path / "b", "--against", APPENDIX).code == 0
    assert (tmp_path / "b" / REPLY.stem / "letter.pdf").exists()


def test_an_appendix_that_no_letter_names_is_refused(run, tmp_path, reply):
    ran = run("draft", reply("svar.yaml"), "--out", tmp_path / "out", "--against", APPENDIX)
    assert ran.code == 1
    assert "secrecy.other-appendix" in ran.err
    assert not (tmp_path / "out").exists()


def test_guard_and_record_let_somebody_without_access_issue_the_letter(run, tmp_path):
    record = tmp_path / "svar.guard.json"
    run("issue", REPLY, "--out", tmp_path / "access", "--against", APPENDIX)
    guarded = run("guard", tmp_path / "access" / REPLY.stem, "--case", REPLY, "--against", APPENDIX,
                  "--record", record)  # fmt: skip
    assert guarded.code == 0
    assert "Nothing of the appendices was found" in guarded.out
    assert run("issue", REPLY, "--out", tmp_path / "out", "--guard-record", record).code == 0
    assert silent(guarded)


def test_guard_finds_what_was_pasted_later_and_says_where_without_it(run, tmp_path):
    run("draft", REPLY, "--out", tmp_path, "--against", APPENDIX)
    letter = tmp_path / REPLY.stem / "letter.txt"
    letter.write_text(letter.read_text(encoding="utf-8") + "Yonas Tesfamariam\n", encoding="utf-8")
    ran = run("guard", letter, "--against", APPENDIX, "--record", tmp_path / "record.json")
    assert ran.code == 1
    assert "secrecy.leak-name" in ran.err
    assert str(letter) in ran.err
    assert silent(ran)
    assert not (tmp_path / "record.json").exists()


@pytest.mark.parametrize(
    ("name", "text", "told"),
    [
        ("brev.txt", "Leyla Karimova", "navnet på person 1 (bilag to-sager): tekst, linje 1"),
        ("yonas.txt", "x", "en del af navnet på person 2 (bilag to-sager): filnavn"),
        ("brev.7z", "7z\xbc\xaf\x27\x1c", "ikke kan læses (pakket med et andet program): filen"),
    ],
)
def test_guard_speaks_danish(run, tmp_path, name, text, told):
    letter = tmp_path / name
    letter.write_bytes(text.encode("latin-1"))
    ran = run("guard", letter, "--against", APPENDIX, language="da")
    assert told in " ".join(ran.err.split())


def test_guard_gives_data(run, tmp_path):
    letter = tmp_path / "brev.txt"
    letter.write_text("Leyla Karimova", encoding="utf-8")
    ran = run("guard", letter, "--against", APPENDIX, "--json")
    assert ran.code == 1
    assert ran.data["exit_code"] == 1
    assert {problem["code"] for problem in ran.data["problems"]} == {"secrecy.leak-name"}
    assert silent(ran)
    assert json.dumps(ran.data)


def test_guard_needs_something_to_guard_against(run, tmp_path):
    assert run("guard", REPLY).code == 2


def test_an_appendix_is_not_shown(run):
    ran = run("show", APPENDIX)
    assert ran.code == 1
    assert "secrecy.appendix-not-open" in ran.err
    assert silent(ran)


def test_details_of_a_fault_show_nothing_of_an_appendix(run, tmp_path, monkeypatch, password_file):
    from letters.desk.appendices import confidential

    def fails(*_: object, **__: object) -> None:
        raise ValueError("Leyla Karimova")

    monkeypatch.setattr(confidential, "printed_problems", fails)
    monkeypatch.setenv("LETTERS_DEBUG", "1")
    ran = run("draft", APPENDIX, "--out", tmp_path / "out", "--password-file", password_file)
    assert ran.code == 3
    assert "secrecy.failed" in ran.err
    assert silent(ran)
