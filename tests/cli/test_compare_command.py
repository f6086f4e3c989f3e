"""`letters compare`: words, data and exit codes."""

import zipfile

import pytest


@pytest.fixture
def edited(run, rejection, tmp_path):
    """edited(("old", "new"), ...) makes a letter and changes its Word file; the case and the file."""

    def edited(*swaps):
        case = rejection("sag.yaml")
        assert run("draft", case, "--out", tmp_path / "breve", "--force").code == 0
        made, target = tmp_path / "breve" / "sag" / "letter.docx", tmp_path / "rettet.docx"
        with zipfile.ZipFile(made) as source, zipfile.ZipFile(target, "w") as packed:
            for name in source.namelist():
                data = source.read(name)
                for old, new in swaps:
                    data = data.replace(old.encode(), new.encode())
                packed.writestr(name, data)
        return case, target

    return edited


def test_no_changes(run, edited):
    case, file = edited()
    done = run("compare", case, file)
    assert (done.code, done.err) == (0, "")
    assert done.out.splitlines() == [
        f"{file}, compared with the draft of {case}:",
        "",
        "No words were changed.",
    ]


def test_changes_are_shown_with_their_place(run, edited):
    case, file = edited(
        ("Stationsgade 41", "Stationsgade 14"), ("4\u00a0uger efter, at du", "8\u00a0uger efter, at du")
    )
    done = run("compare", case, file, language="da")
    assert (done.code, done.err) == (0, "")
    lines = done.out.splitlines()
    assert lines[0] == f"{file}, sammenlignet med udkastet til {case}:"
    assert f"  --> {case}:11:15, recipients[0].address.street" in lines
    assert "  Stationsgade [-41-] {+14+}" in lines
    assert any("[-4-] {+8+}" in line for line in lines)
    assert any(line.startswith("  --> ") and "klagevejledning.md:" in line for line in lines)
    assert lines[-1] == "2 ændringer"


def test_changes_as_data(run, edited):
    case, file = edited(("Stationsgade 41", "Stationsgade 14"))
    done = run("compare", case, file, "--json")
    assert (done.code, done.err) == (0, "")
    assert (done.data["case"], done.data["edited"], done.data["status"]) == (str(case), str(file), "draft")
    assert done.data["problems"] == []
    (change,) = done.data["changes"]
    assert change == {
        "paragraph": 4,
        "place": "body",
        "removed": "41",
        "added": "14",
        "before": "Stationsgade",
        "after": "",
        "fields": [{"file": str(case), "line": 11, "field": "recipients[0].address.street"}],
        "wording": None,
    }


def test_a_fault_in_the_edited_text_is_a_problem(run, edited):
    case, file = edited(("Stationsgade 41", "Stationsgade {{ 41 }}"))
    done = run("compare", case, file)
    assert done.code == 1
    assert "error[letter.leftover]" in done.err
    assert f"{file}, ¶ 4" in done.err
    assert "1 change" in done.out


def test_an_appendix_at_hand_is_compared_with(run, edited):
    case, file = edited(("Stationsgade 41", "Stationsgade 14"))
    done = run("compare", case, file, "--against", case)
    assert done.code == 1
    assert "secrecy.not-an-appendix" in done.err


def test_a_file_that_is_no_word_file(run, edited):
    case, _ = edited()
    done = run("compare", case, case)
    assert (done.code, done.out) == (1, "")
    assert "word.no-word-file" in done.err
    data = run("compare", case, case, "--json").data
    assert (data["exit_code"], [p["code"] for p in data["problems"]]) == (1, ["word.no-word-file"])
