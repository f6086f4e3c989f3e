"""`letters law`, and `letters check` on documents of any origin."""

from __future__ import annotations

import io

import docx
import pytest
from cli_examples import REJECTION
from weasyprint import HTML

from examples import ROOT

WRONG = (
    "Vi har afgjort sagen efter integrationslovens § 18, stk. 2, nr. 1. Du kan klage efter"
    " forvaltningsloven § 25. Sagen er behandlet efter integrationslovens § 18, stk. 1."
)
VERDICTS = ["no-such-place", "exists", "exists"]


def documents(folder):
    """The same paragraph as a text, a Word file and a PDF of another program."""
    (folder / "brev.txt").write_text(WRONG, "utf-8")
    word = docx.Document()
    word.add_paragraph(WRONG)
    out = io.BytesIO()
    word.save(out)
    (folder / "brev.docx").write_bytes(out.getvalue())
    page = f'<html lang="da"><body style="width: 10cm; hyphens: auto">{WRONG}</body></html>'
    (folder / "brev.pdf").write_bytes(HTML(string=page).write_pdf())


@pytest.mark.parametrize("name", ["brev.txt", "brev.docx", "brev.pdf"])
def test_citations_are_found_in_any_document(run, tmp_path, name):
    documents(tmp_path)
    found = run("law", "find", tmp_path / name, "--on", "2026-03-12", "--json")
    assert found.code == 1
    assert [one["verdict"] for one in found.data["citations"]] == VERDICTS
    assert found.data["citations"][1]["slips"] == ["genitive"]
    assert found.data["citations"][1]["citation"] == "forvaltningslovens § 25"
    assert found.data["citations"][2]["eli"] == "https://www.retsinformation.dk/eli/lta/2020/1146"


def test_find_says_what_is_wrong_and_what_is_right(run, tmp_path):
    documents(tmp_path)
    said = run("law", "find", tmp_path / "brev.txt", "--on", "2026-03-12", language="da").out
    assert "integrationslovens § 18, stk. 2, nr. 1: findes ikke" in said
    assert "skriv “forvaltningslovens § 25”" in said
    assert "3 henvisninger efter reglerne den 2026-03-12, 1 af dem er forkert" in said


@pytest.mark.parametrize("name", ["brev.docx", "brev.pdf"])
def test_check_takes_a_finished_document(run, tmp_path, name):
    documents(tmp_path)
    found = run("check", tmp_path / name, "--on", "2026-03-12", "--json")
    codes = {problem["code"] for case in found.data["cases"] for problem in case["problems"]}
    assert found.code == 1
    assert {"law.no-such-place", "language.citation-form"} <= codes


def test_check_takes_documents_and_cases_together(run, tmp_path):
    documents(tmp_path)
    found = run("check", REJECTION, tmp_path / "brev.docx", "--on", "2026-03-12", "--json")
    assert [len(case["problems"]) > 0 for case in found.data["cases"]] == [False, True]


def test_a_document_that_cannot_be_read_is_a_problem(run, tmp_path):
    broken = tmp_path / "brev.pdf"
    broken.write_bytes(b"%PDF-1.7 nothing")
    assert run("check", broken).code == 1
    found = run("law", "find", broken)
    assert found.code == 1
    assert "pdf.unreadable" in found.err


def test_a_document_that_is_not_there_is_a_problem(run, tmp_path):
    found = run("law", "find", tmp_path / "nix.docx")
    assert found.code == 1
    assert "nix.docx" in found.err


def test_a_document_is_judged_by_the_date_it_bears(run, tmp_path):
    file = tmp_path / "brev.txt"
    file.write_text("Lindehøj, den 2. september 2021\n\nSe forvaltningslovens § 9 a, stk. 2.", "utf-8")
    then, now = (run("law", "find", file, *on, "--json").data for on in ((), ("--on", "2026-03-12")))
    assert (then["on"], then["citations"][0]["verdict"]) == ("2021-09-02", "not-in-force")
    assert (now["on"], now["citations"][0]["verdict"]) == ("2026-03-12", "exists")


def test_check_says_whose_law_it_looked_at(run, made_letters):
    folder = made_letters.folders[ROOT / "fixtures/integrationsansvar/02-afslag-en-grund.yaml"]
    said = run("check", folder / "letter.docx", folder / "letter.pdf", language="da").out.splitlines()
    assert len(said) == 2
    assert all(line.endswith("henvisninger efter reglerne den 2026-03-12)") for line in said)


def test_every_format_of_a_letter_has_the_same_citations_all_right(run, made_letters):
    for folder in made_letters.folders.values():
        found = [
            run("law", "find", folder / name, "--json").data
            for name in ("letter.docx", "letter.pdf", "letter.txt")
        ]
        cited = [sorted(one["citation"] for one in data["citations"]) for data in found]
        assert cited[0] == cited[1] == cited[2], folder


def test_show_names_what_changed_an_act_and_what_stood_there_before(run):
    act = run("law", "show", "integrationsloven", "--on", "2026-03-12", "--json").data
    assert [one["document"] for one in act["amended_by"]][-1] == "§ 3 i lov nr. 1654 af 30. december 2024"
    place = run("law", "show", "boligplaceringsbekendtgørelsens § 20", "--on", "2026-03-12", "--json").data
    assert [(one["to"], one["meaning"][:12]) for one in place["at_other_times"]] == [
        ("2022-05-04", "Overtagelse ")
    ]


def test_a_rule_that_nobody_knows_is_refused(run):
    found = run("law", "show", "integrationsloven", "--regime", "ukraien")
    assert found.code == 2
    assert "ukraine" in found.err


def test_show_tells_all_that_the_register_knows(run):
    said = run("law", "show", "integrationslovens § 18, stk. 2", "--on", "2026-03-12", language="da")
    assert said.code == 0
    for line in (
        "integrationslovens § 18, stk. 2 (2026-03-12): rigtig",
        "lovbekendtgørelse nr. 1146 af 22. juni 2020",
        "https://www.retsinformation.dk/eli/lta/2020/1146",
        "skøn; kilde: LTA 2020/1146",
        "klage: Ankestyrelsens Beskæftigelsesudvalg",
    ):
        assert line in said.out


@pytest.mark.parametrize(
    ("citation", "day", "verdict", "code"),
    [
        ("integrationslovens § 18, stk. 2, nr. 1", "2026-03-12", "no-such-place", 1),
        ("integrationslovens § 18, stk. 3", "2012-01-01", "not-in-force", 1),
        ("boligplaceringsbekendtgørelsens § 14", "2026-03-12", "moved", 1),
        ("Integrationsloven", "2026-03-12", "exists", 0),
        ("jordlovens § 7", "2026-03-12", "unknown-act", 1),
    ],
)
def test_show_judges_on_the_date(run, citation, day, verdict, code):
    found = run("law", "show", citation, "--on", day, "--json")
    assert (found.data["verdict"], found.code) == (verdict, code)
    assert bool(found.data["message"]) is (verdict != "exists")


def test_show_refuses_what_is_no_citation(run):
    found = run("law", "show", "hvad som helst")
    assert found.code == 1
    assert "law.not-a-citation" in found.err


def test_list_names_the_text_of_the_date(run):
    then = {
        act["name"]: act["text"] for act in run("law", "list", "--on", "2012-01-01", "--json").data["acts"]
    }
    now = {
        act["name"]: act["text"] for act in run("law", "list", "--on", "2026-03-12", "--json").data["acts"]
    }
    assert then["integrationsloven"] == "lovbekendtgørelse nr. 1062 af 20. august 2010"
    assert now["integrationsloven"] == "lovbekendtgørelse nr. 1146 af 22. juni 2020"
    assert {"forvaltningsloven", "offentlighedsloven", "CPR-loven", "straffeloven"} <= set(now)


def test_list_is_a_table_for_people(run):
    said = run("law", "list", "--on", "2026-03-12", language="da").out.splitlines()
    assert any(line.startswith("integrationsloven ") and "nr. 1146" in line for line in said)
    assert any("databeskyttelsesforordningen" in line and "ikke efterprøvet" in line for line in said)


def test_the_law_of_today_is_asked_when_no_date_is_given(run):
    assert run("law", "show", "integrationsloven", "--json").data["on"] >= "2026-01-01"
