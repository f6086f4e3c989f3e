"""The sandbox and its messages: each fault at the wording's own line, and nothing of Python within reach."""

from __future__ import annotations

from pathlib import Path

import pytest
from mini import FILES, REJECTION, composer, letter

from letters.problems import Problem, TemplateError

HEAD = "---\ntitle: Afslag\nlead: result\n---\n"


def fault(tmp_path: Path, body: str, **more: str) -> Problem:
    """The one problem of a rejection whose wording has this body, which begins on line 5."""
    made = composer(tmp_path, {"proeve/nej.md": HEAD + body, **more})
    with pytest.raises(TemplateError) as caught:
        letter(made, REJECTION)
    (problem,) = caught.value.problems
    return problem


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ("{{ ukendt }}", "template.undefined"),
        ("{{ application.recieved|dato }}", "template.undefined"),
        ("{{ facts.twn }}", "template.undefined"),
        ("{{ date }}", "template.not-text"),
        ("{{ facts.town|dato }}", "template.wrong-filter"),
        ("{{ date|antal }}", "template.wrong-filter"),
        ("{{ facts.count|antal }}", "template.wrong-filter"),
        ("{{ facts.day }}", "template.empty-value"),
        ("{{ recipients }}", "template.not-text"),
        ("{% if %}", "template.syntax"),
        ("{% endif %}", "template.syntax"),
        ("{{ date|findes_ikke }}", "template.syntax"),
        ("{% macro m() %}{% endmacro %}", "template.forbidden"),
        ("{% import 'x' as y %}", "template.forbidden"),
        ("{% block b %}{% endblock %}", "template.forbidden"),
        ("{% set x %}a{% endset %}", "template.forbidden"),
        ("{% filter stort %}a{% endfilter %}", "template.forbidden"),
        ("{{ range(9) }}", "template.forbidden"),
        ("{{ facts.town.upper() }}", "template.forbidden"),
        ("{{ facts.town.__class__ }}", "template.undefined"),
        ("{{ facts.__class__ }}", "template.undefined"),
        ("{{ facts._Record__values }}", "template.undefined"),
        ("{{ ''['__class__'] }}", "template.undefined"),
        ("{{ cycler.__init__.__globals__ }}", "template.undefined"),
        ("{{ self }}", "template.forbidden"),
        ("{{ '%s' % facts.town }}", "template.forbidden"),
        ("{{ 9 ** 9 }}", "template.forbidden"),
        ("{% include 'findes/ikke' %}", "template.include-missing"),
        ("{% include '../../etc/passwd' %}", "template.include-missing"),
        ("{% if date > facts.town %}x{% endif %}", "template.wrong-values"),
        ("<b>fed</b>", "template.markdown"),
        ("##### Dybt", "template.heading-level"),
    ],
)
def test_faults_are_placed(tmp_path: Path, line: str, code: str) -> None:
    problem = fault(tmp_path, f"# Titel\n\nTekst.\n\n{line}\n")
    assert (problem.code, problem.place.line) == (code, 9), problem.text()
    assert problem.place.file.endswith("proeve/nej.md")
    assert problem.text()
    assert problem.help.format_map(dict(problem.args))


def test_fault_in_an_included_file_is_placed_there(tmp_path: Path) -> None:
    clause = "---\ntitle: Klage\nlead: guidance\n---\n\nGod tekst.\n\n{{ ukendt }}\n"
    body = '# Titel\n\nTekst.\n\n{% include "standardtekster/klage" %}\n'
    problem = fault(tmp_path, body, **{"standardtekster/klage.md": clause})
    assert problem.place.file.endswith("standardtekster/klage.md")
    assert problem.place.line == 8


def test_near_names_are_suggested(tmp_path: Path) -> None:
    problem = fault(tmp_path, "{{ recipient[0] }}\n")
    assert problem.args["near"] == "recipients"


def test_near_names_of_a_group_are_suggested(tmp_path: Path) -> None:
    problem = fault(tmp_path, "{{ facts.twn }}\n")
    assert problem.args["near"] == "town"


def test_what_is_never_closed_is_told_in_the_file(tmp_path: Path) -> None:
    problem = fault(tmp_path, "# Titel\n\n{% if date %}\n\nTekst.\n")
    assert problem.code == "template.syntax"
    assert problem.place.line in (7, 8, 9)


def test_a_file_that_includes_itself_is_told(tmp_path: Path) -> None:
    clause = '---\ntitle: Klage\nlead: guidance\n---\n{% include "standardtekster/klage" %}\n'
    body = '{% include "standardtekster/klage" %}\n'
    problem = fault(tmp_path, body, **{"standardtekster/klage.md": clause})
    assert problem.code == "template.circle"
    assert problem.place.line == 5


def test_template_braces_in_case_text_are_text(tmp_path: Path) -> None:
    made = composer(tmp_path)
    made_letter = letter(
        made, REJECTION.replace("town: Lindehøj", 'town: "{{ x }} {% if %} *a* [b](c) & <d>"')
    )
    assert "{{ x }} {% if %} *a* [b](c) & <d>" in repr(made_letter)


def test_values_of_one_letter_do_not_reach_the_next(tmp_path: Path) -> None:
    made = composer(tmp_path)
    first = letter(made, REJECTION)
    second = letter(made, REJECTION.replace("Amal Haddad", "Ivan Kovalenko"))
    assert "Amal" in repr(first)
    assert "Amal" not in repr(second)


def test_a_wording_that_begins_later_is_told(tmp_path: Path) -> None:
    made = composer(tmp_path, {"proeve/nej.md": "", "proeve/nej@2026-03-03.md": FILES["proeve/nej.md"]})
    with pytest.raises(TemplateError) as caught:
        letter(made, REJECTION)
    assert caught.value.problems[0].code == "template.not-yet"
