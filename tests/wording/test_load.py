"""Faults of the library's files, each with its line."""

from __future__ import annotations

from pathlib import Path

import pytest
from mini import FILES, write_library

from letters.problems import Problem, TemplateError
from letters.wording.load import load_library


def faults(tmp_path: Path, name: str, text: str) -> list[Problem]:
    return loading(write_library(tmp_path, {name: text}))


def loading(root: Path) -> list[Problem]:
    """Every problem of a library, those that stop all letters and those of single case types."""
    try:
        library = load_library(root)
    except TemplateError as error:
        return list(error.problems)
    return [problem for found in library.faults.values() for problem in found]


def changed(name: str, old: str, new: str) -> tuple[str, str]:
    assert old in FILES[name]
    return name, FILES[name].replace(old, new)


CASES = [
    (*changed("bibliotek.yaml", "  date: Dato\n", ""), "library.missing-key", 2),
    (*changed("bibliotek.yaml", "date: Dato", "dato: Dato\n  date: Dato"), "library.unknown-key", 3),
    (*changed("bibliotek.yaml", " af {pages}", ""), "library.page-label", 9),
    (*changed("bibliotek.yaml", "language: da", "language: [da]"), "library.wrong-type", 1),
    (
        *changed("ordliste.yaml", "from: 2025-01-01\n        text: nyt", "from: 1. jan\n        text: nyt"),
        "library.wrong-date",
        10,
    ),
    (*changed("ordliste.yaml", "verified: true", "verified: måske"), "library.wrong-type", 5),
    (
        *changed("ordliste.yaml", "{bestemt: det nye program}", "{ejefald: det nyes}"),
        "library.term-forms",
        10,
    ),
    (*changed("ordliste.yaml", "[overgang]", "[overgangen]"), "library.unknown-name", 14),
    (*changed("proeve/sagstype.yaml", "route: bolig", "route: boliger"), "library.unknown-name", 8),
    (*changed("proeve/sagstype.yaml", "code: proeve", "code: prove"), "library.unknown-name", 1),
    (*changed("proeve/sagstype.yaml", "granted: ja", "granted: jo"), "library.unknown-name", 4),
    (*changed("proeve/sagstype.yaml", "granted: ja", "grantet: ja"), "library.unknown-key", 4),
    (*changed("proeve/sagstype.yaml", "type: kroner", "type: krone"), "library.unknown-name", 11),
    (*changed("proeve/sagstype.yaml", "type: kroner", "type: rows"), "library.missing-key", 11),
    (
        *changed(
            "proeve/sagstype.yaml", "title: Beløb", "title: Beløb, columns: {a: {type: text, title: A}}"
        ),
        "library.unknown-key",
        11,
    ),
    (
        *changed(
            "proeve/sagstype.yaml",
            "type: kroner, title: Beløb",
            "type: rows, title: Beløb, columns: {a: {type: rows, title: A}}",
        ),
        "library.unknown-name",
        11,
    ),
    (
        *changed("proeve/sagstype.yaml", "route: bolig", "route_from: town"),
        "library.unknown-name",
        8,
    ),
    (
        *changed("proeve/sagstype.yaml", "route: bolig", "route_from: way"),
        "library.unknown-name",
        8,
    ),
    (
        *changed("proeve/sagstype.yaml", "assessment:", "terms: {granted: [effektiv]}\nassessment:"),
        "library.unknown-name",
        5,
    ),
    (
        *changed(
            "proeve/sagstype.yaml",
            "assessment:",
            "answer_within: {working_days: syv, explained_by: town}\nassessment:",
        ),
        "library.wrong-type",
        5,
    ),
    (
        *changed(
            "proeve/sagstype.yaml",
            "assessment:",
            "answer_within: {working_days: 7, explained_by: grund}\nassessment:",
        ),
        "library.unknown-name",
        5,
    ),
    (
        *changed("proeve/grunde/venner.md", "part: hoved", "only: {town: [x]}\npart: hoved"),
        "library.unknown-name",
        4,
    ),
    (
        *changed("proeve/grunde/venner.md", "part: hoved", "only: {way: [by-boat]}\npart: hoved"),
        "library.unknown-name",
        4,
    ),
    (*changed("proeve/sagstype.yaml", "[vejen, venner]", "[venner]"), "library.ground-order", 15),
    (
        *changed("proeve/sagstype.yaml", "[vejen, venner]", "[vejen, venner, vinden]"),
        "library.unknown-name",
        15,
    ),
    (*changed("proeve/nej.md", "lead: result", "lead: resultat"), "library.unknown-name", 3),
    (*changed("proeve/nej.md", "  Begrundelse: reasons", "  Grunde: reasons"), "template.section-role", 13),
    (
        *changed("proeve/nej.md", "  Begrundelse: reasons", "  Begrundelse: reasons\n  Mere: law"),
        "template.section-unused",
        6,
    ),
    (*changed("proeve/nej.md", "---\ntitle", "title"), "library.head-missing", 1),
    (*changed("proeve/grunde/venner.md", "part: hoved", "part: hovedet"), "library.unknown-name", 4),
    (*changed("proeve/grunde/venner.md", "[rejected]", "[afslag]"), "library.unknown-name", 3),
    (*changed("proeve/grunde/venner.md", "discretionary: true\n", ""), "library.missing-key", None),
    (*changed("brevpapir/enkel/afsender.yaml", "  unit:", ""), "case.yaml-syntax", None),
    ("proeve/Nej 2.md", FILES["proeve/nej.md"], "library.file-name", None),
    ("proeve/nej@2026-13-01.md", FILES["proeve/nej.md"], "library.wrong-date", None),
    ("proeve/ja.md", FILES["proeve/ja.md"] + "\U000f0000", "library.character", 10),
    ("klageveje.yaml", "", "library.file-missing", None),
    ("bibliotek.yaml", "", "library.missing", None),
]


@pytest.mark.parametrize(("name", "text", "code", "line"), CASES, ids=[f"{c[0]}-{c[2]}" for c in CASES])
def test_fault_is_told_at_its_line(tmp_path: Path, name: str, text: str, code: str, line: int | None) -> None:
    problems = faults(tmp_path, name, text)
    found = [problem for problem in problems if problem.code == code]
    assert found, [(problem.code, problem.text()) for problem in problems]
    if line is not None:
        assert found[0].place.line == line
    if text:
        assert name.rsplit("/", 1)[-1] in found[0].place.file
    assert found[0].help.format_map(dict(found[0].args)) is not None


def test_all_faults_at_once(tmp_path: Path) -> None:
    changes = dict(
        [
            changed("bibliotek.yaml", "  date: Dato\n", ""),
            changed("proeve/nej.md", "lead: result", "lead: resultat"),
            changed("proeve/sagstype.yaml", "type: kroner", "type: krone"),
        ]
    )
    with pytest.raises(TemplateError) as caught:
        load_library(write_library(tmp_path, changes))
    assert {problem.code for problem in caught.value.problems} == {
        "library.missing-key",
        "library.unknown-name",
    }
    assert len(caught.value.problems) == 3


def test_not_utf8_is_told(tmp_path: Path) -> None:
    root = write_library(tmp_path)
    (root / "proeve" / "ja.md").write_bytes("---\ntitle: Ja\nlead: result\n---\næ\n".encode("latin-1"))
    assert [(p.code, p.place.line) for p in loading(root)] == [("library.not-utf8", 5)]


def test_a_case_type_at_fault_stops_no_other(tmp_path: Path) -> None:
    change = changed("proeve/nej.md", "lead: result", "lead: x")
    library = load_library(write_library(tmp_path, dict([change])))
    assert set(library.faults) == {"proeve"}
    assert set(library.case_types) == {"svar"}
    assert not [name for name in library.files if name.startswith("proeve/")]
    with pytest.raises(TemplateError) as caught:
        library.refuse_faulty("proeve")
    assert [problem.code for problem in caught.value.problems] == ["library.unknown-name"]
    library.refuse_faulty("svar")
    library.refuse_faulty(None)


def test_shipped_library_loads() -> None:
    library = load_library(Path(__file__).parents[2] / "templates" / "da")
    assert {"integrationsansvar", "besvarelse"} <= library.case_types.keys()
