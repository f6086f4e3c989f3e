"""Bad case files over the command line: a place, a Danish message and help, exit code 1, and no file."""

from pathlib import Path

import pytest

CONSIDERATIONS = (
    "    considerations: >-\n      Vi har lagt vægt på, at du kan følge dit program i Sønderkær,"
    " og at bussen til Lindehøj kører hver halve time.\n"
)
CASES = {
    "a required field is missing": (
        ("      city: Sønderkær\n", ""),
        "alvorlig fejl[case.missing]: recipients[0].address.city mangler",
    ),
    "an unknown key": (
        ("sender:", "afsender: x\nsender:"),
        'alvorlig fejl[case.unknown-key]: "afsender" er ikke kendt her',
    ),
    "a near miss": (("signatory:", "signatary:"), "mente du signatory?"),
    "an unknown ground": (("ground: storby", "ground: stroby"), "mente du storby?"),
    "a ground of another outcome": (
        ("ground: storby", "ground: frivillig"),
        'grunden "frivillig" kan ikke bære udfaldet "rejected"',
    ),
    "a missing fact": (("      wish: du gerne", "      onske: du gerne"), 'feltet "wish" mangler'),
    "no considerations": (
        (CONSIDERATIONS, ""),
        'grunden "storby" beror på et skøn, men hovedhensynene mangler',
    ),
    "a date that does not exist": (("2026-02-09", "2026-02-30"), "datoen 2026-02-30 findes ikke"),
    "an alias": (("city: Sønderkær", "city: *by"), "henvisninger (`*navn`) må ikke bruges"),
    "no YAML": (("facts:", "facts: ]"), "alvorlig fejl[case.yaml-syntax]: dette er ikke gyldig YAML:"),
    "HTML in prose": (("Du er 24 år", "<b>Du</b> er 24 år"), "teksten indeholder HTML (“"),
    "a character that no font has": (
        ("Yusuf Abdi", "Yusuf \U0001f9ff"),
        "ingen skrifttype i brevpapiret har tegnet",
    ),
}


@pytest.mark.parametrize(("change", "said"), CASES.values(), ids=CASES)
def test_is_told_in_danish_and_leaves_no_file(change, said, run, rejection, tmp_path):
    case = rejection("sag.yaml", change)
    done = run("draft", case, "--out", tmp_path / "breve", language="da")
    assert done.code == 1
    assert said in done.err
    assert f"  --> {case}:" in done.err
    assert not (tmp_path / "breve").exists()
    assert "Traceback" not in done.err


NOT_CASES = {
    "too large": (b"# " + b"x" * 20_000_000, "filen er større end 2 MB"),
    "binary": (b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", "dette er ikke en tekstfil"),
    "Latin-1": ("matter: afgørelse".encode("latin-1"), "filen er ikke gemt i UTF-8"),
    "empty": (b"", "filen er ikke en sagsfil"),
}


@pytest.mark.parametrize(("data", "said"), NOT_CASES.values(), ids=NOT_CASES)
def test_files_that_are_no_case_files(data, said, run, tmp_path):
    (tmp_path / "sag.yaml").write_bytes(data)
    done = run("check", tmp_path / "sag.yaml", language="da")
    assert done.code == 1
    assert said in done.err
    assert "  hjælp: " in done.err


def test_a_file_that_is_not_there_stops_no_other(run, rejection, tmp_path):
    done = run(
        "draft", tmp_path / "væk.yaml", rejection("sag.yaml"), "--out", tmp_path / "breve", language="da"
    )
    assert done.code == 1
    assert "filen kan ikke læses: filen eller mappen findes ikke" in done.err
    assert (tmp_path / "breve" / "sag").is_dir()


def test_a_folder_that_may_not_be_read_is_something_outside(run, tmp_path, monkeypatch):
    def refuse(folder):
        raise PermissionError(13, "Permission denied", str(folder))

    monkeypatch.setattr(Path, "iterdir", refuse)
    done = run("check", tmp_path, language="da")
    assert done.code == 3
    assert done.err == (
        "alvorlig fejl[outside.failed]: der kan ikke læses eller skrives her: adgang nægtet\n"
        f"  --> {tmp_path}\n"
    )


def test_a_case_number_of_json_is_a_number(run, tmp_path):
    (tmp_path / "sag.json").write_text('{"matter": "reply", "case_number": 20230045}')
    done = run("check", tmp_path / "sag.json", language="da")
    assert "her står et tal, men der skal stå en tekst" in done.err


def test_a_library_that_is_none(run, rejection, tmp_path):
    (tmp_path / "tom").mkdir()
    done = run("check", rejection("sag.yaml"), "--templates", tmp_path / "tom", language="da")
    assert done.code == 1
    assert "er ikke et tekstbibliotek: der er ingen bibliotek.yaml" in done.err
    assert done.out == ""


def test_a_name_that_moves_the_cursor_is_shown_harmless(run, tmp_path):
    done = run("check", tmp_path / "sag\x1b[2J\u202e.yaml")
    assert "sag<U+001B>[2J<U+202E>.yaml" in done.err
    assert "\x1b" not in done.err + done.out
