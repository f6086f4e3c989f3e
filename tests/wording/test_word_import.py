"""Old municipal templates: what becomes of each kind of fill-in, and what is told instead of guessed."""

from __future__ import annotations

import pytest
from mini import FILES, write_library
from word_documents import data, document, field, paragraph, run

from letters.problems import Severity, TemplateError
from letters.wording.load import load_library
from letters.wording.word.imported import Imported, import_wording


def imported(made: object) -> Imported:
    return import_wording(data(made), "gammel.docx", "Gammel")  # type: ignore[arg-type]


def body(found: Imported) -> str:
    return found.text.split("---\n", 2)[2].strip("\n")


@pytest.mark.parametrize(
    ("typed", "written"),
    [
        ("Kære [navn]", "Kære {{ recipients|navne }}"),
        ("Kære {navn}", "Kære {{ recipients|navne }}"),
        ("Kære <Modtagers navn>", "Kære {{ recipients|navne }}"),
        ("Kære «navn»", "Kære {{ recipients|navne }}"),
        ("Den [dags dato]", "Den {{ date|dato }}"),
        ("Sag [Sagsnr.]", "Sag {{ case_number }}"),
        ("[Du/I] kan klage", "{{ Du }} kan klage"),
        ("[indsæt sagsbehandlers navn]", "{{ signatory.name }}"),
        ("Vi bevilger [beløb]", "Vi bevilger {{ facts.beloeb|kroner }}"),
        ("fra den [startdato]", "fra den {{ facts.startdato|dato }}"),
        ("[Antal timer] timer", "{{ facts.antal_timer|antal }} timer"),
        ("på [skolens navn]", "på {{ facts.skolens_navn }}"),
        ("på {{ facts.town }} og {% if a %}x{% endif %}", "på {{ facts.town }} og {% if a %}x{% endif %}"),
    ],
)
def test_typed_fill_ins(typed: str, written: str) -> None:
    made = document(())
    made.add_paragraph(typed)
    found = imported(made)
    assert body(found) == written
    assert found.problems == ()


def test_a_fill_in_over_several_runs() -> None:
    made = document(())
    p = made.add_paragraph("Vi har modtaget [")
    p.add_run("ansøg").bold = True
    p.add_run("ningens art] fra dig")
    assert body(imported(made)) == "Vi har modtaget {{ facts.ansoegningens_art }} fra dig"


def test_fields_of_word() -> None:
    made = document(())
    paragraph(made, run("Kære ") + field("MERGEFIELD Navn \\* MERGEFORMAT", "«Navn»"))
    paragraph(
        made,
        run("Skole: ") + '<w:fldSimple w:instr=" MERGEFIELD Skole ">' + run("«Skole»") + "</w:fldSimple>",
    )
    control = '<w:sdt><w:sdtPr><w:alias w:val="Klassetrin"/><w:showingPlcHdr/></w:sdtPr><w:sdtContent>'
    paragraph(made, run("Klasse: ") + control + run("Klik her") + "</w:sdtContent></w:sdt>")
    form = (
        '<w:r><w:fldChar w:fldCharType="begin"><w:ffData><w:name w:val="Indkomst"/></w:ffData></w:fldChar>'
        "</w:r>"
        '<w:r><w:instrText>FORMTEXT</w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r>'
    )
    paragraph(made, run("Indkomst: ") + form + run("     ") + '<w:r><w:fldChar w:fldCharType="end"/></w:r>')
    found = imported(made)
    assert body(found) == (
        "Kære {{ recipients|navne }}\n\nSkole: {{ facts.skole }}\n\nKlasse: {{ facts.klassetrin }}\n\n"
        "Indkomst: {{ facts.indkomst|kroner }}"
    )
    assert {name: one.type for name, one in found.fields.items()} == {
        "skole": "text",
        "klassetrin": "text",
        "indkomst": "kroner",
    }
    assert found.names == {"«Navn»": "{{ recipients|navne }}"}


@pytest.mark.parametrize(
    ("typed", "reason"),
    [
        ("[ja/nej]", "a choice"),
        ("CPR: [CPR-nr.]", "a CPR number"),
        ("[adresse]", "an address"),
        ("Navn: ______", "a line to fill in"),
        ("Beløb ........ kr.", "a line to fill in"),
        ("[her skal sagsbehandleren huske at tale om børnene]", "an instruction"),
        ("[123]", "without a name"),
    ],
)
def test_what_is_not_understood_stays_and_is_told(typed: str, reason: str) -> None:
    made = document(())
    made.add_paragraph("Før.")
    made.add_paragraph(typed)
    found = imported(made)
    (problem,) = found.problems
    assert (problem.code, problem.severity) == ("import.not-understood", Severity.WARNING)
    assert reason in problem.text()
    assert (problem.place.line, problem.place.text) == (2, typed)
    assert typed.strip("_.")[:4] in body(found).replace("\\", "")


def test_fields_that_word_works_out_and_pictures_are_told() -> None:
    made = document(())
    paragraph(made, run("Side ") + field("PAGE", "1"))
    paragraph(made, run("Logo ") + "<w:r><w:drawing/></w:r>")
    made.sections[0].header.paragraphs[0].text = "Lindehøj Kommune"
    codes = {(problem.code, problem.place.line) for problem in imported(made).problems}
    assert codes == {("import.not-understood", 1), ("word.content", 2), ("word.content", None)}


def test_tracked_changes_stop_it() -> None:
    made = document(())
    paragraph(made, run("x") + f'<w:ins w:id="1" w:author="B">{run("y")}</w:ins>')
    with pytest.raises(TemplateError):
        imported(made)


def test_the_proposal_is_a_wording(tmp_path) -> None:
    made = document(())
    made.add_paragraph("Afslag på ansøgning", style="Title")
    made.add_paragraph("Kære [navn]")
    made.add_heading("Begrundelse", 1)
    made.add_paragraph("Vi lægger vægt på [town].")
    made.add_heading("Sådan klager du", 1)
    made.add_paragraph("Skriv til [kommune].")
    found = imported(made)
    assert 'title: "Afslag på ansøgning"' in found.text
    assert '"Begrundelse": reasons' in found.text
    assert '"Sådan klager du": guidance' in found.text
    assert {problem.code for problem in found.problems} == {"import.role"}
    library = load_library(write_library(tmp_path, {"proeve/nej.md": found.text}))
    assert library.faults == {}
    assert FILES["proeve/nej.md"] != found.text
