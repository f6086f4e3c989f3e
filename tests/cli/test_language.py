"""Danish and English, by the user's locale; click's own words too."""

import gettext

import pytest
from cli_examples import LOCALE

from letters.cli.language import use_language
from letters.cli.report import filled, problem_data
from letters.problems import Place, Problem, Severity

DANISH = [
    {"LANG": "da_DK.UTF-8"},
    {"LANG": "en_GB.UTF-8", "LC_MESSAGES": "da_DK.UTF-8"},
    {"LANG": "en_GB.UTF-8", "LC_ALL": "da_DK.UTF-8"},
    {"LANG": "en_GB.UTF-8", "LANGUAGE": "da"},
    {"LANGUAGE": "nn:da:en"},
]
ENGLISH = [
    {},
    {"LANG": "C.UTF-8"},
    {"LANG": "POSIX"},
    {"LANG": "nn_NO.UTF-8"},
    {"LANG": "da_DK.UTF-8", "LC_ALL": "en_GB.UTF-8"},
    {"LANG": "da_DK.UTF-8", "LANGUAGE": "en:da"},
    {"LANG": "da_DK.UTF-8", "LC_ALL": "C"},
]


@pytest.fixture
def said(monkeypatch):
    def said(environ):
        for name in LOCALE:
            monkeypatch.delenv(name, raising=False)
        for name, value in environ.items():
            monkeypatch.setenv(name, value)
        use_language(environ)
        return gettext.gettext("Usage:")

    yield said
    gettext.textdomain("messages")


@pytest.mark.parametrize("environ", DANISH, ids=str)
def test_danish(said, environ):
    assert said(environ) == "Brug:"


@pytest.mark.parametrize("environ", ENGLISH, ids=str)
def test_english(said, environ):
    assert said(environ) == "Usage:"


def test_help_is_danish_from_end_to_end(run):
    done = run("draft", "--help", language="da")
    for words in (
        "Brug: letters draft [TILVALG] SAG...",
        "Tilvalg:",
        "Eksempler:",
        "[påkrævet]",
        "Vis denne hjælp.",
    ):
        assert words in done.out
    assert "Usage" not in done.out


def test_wrong_usage_in_both_languages(run):
    danish, english = run("draft", "--out", "x", language="da"), run("draft", "--out", "x")
    assert (danish.code, english.code) == (2, 2)
    assert "Fejl: Der mangler et argument: 'SAG...'." in danish.err
    assert "Error: Missing argument 'CASE...'." in english.err
    assert "Kommandoen 'chek' findes ikke." in run("chek", language="da").err


def test_labels_and_counts(run, rejection):
    case = rejection("sag.yaml", ("2026-02-09", "9. februar"))
    danish, english = run("check", case, language="da"), run("check", case)
    assert danish.out == f"{case}: 1 problem\n"
    assert "  hjælp: skriv år, måned og dag: 2021-09-02\n" in danish.err
    assert english.err == (
        'fatal[case.not-a-date]: "9. februar" is no date\n'
        f"  --> {case}:15:13, application.received\n"
        "  help: write the year, the month and the day: 2021-09-02\n"
    )
    assert run("check", rejection("god.yaml"), language="da").out.endswith("god.yaml: ingen problemer\n")


def test_arguments_that_are_messages_are_translated_and_words_of_a_file_are_not(said):
    said({"LANG": "da_DK.UTF-8"})
    message = "{name} is not {what}"
    problem = Problem("x.y", Severity.ERROR, message, Place(""), {"name": "a list", "what": "a list"})
    assert filled(message, problem) == "a list er ikke en liste"


def test_a_problem_without_help_has_none(said):
    said({"LANG": "da_DK.UTF-8"})
    data = problem_data(Problem("x.y", Severity.ERROR, "this is no date", Place("sag.yaml", 3)))
    assert (data["message"], data["help"], data["see"]) == ("dette er ikke en dato", None, None)
