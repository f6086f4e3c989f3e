"""`letters templates check` finds what people do wrong, and nothing in the library that is shipped."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from seeded_faults import FAULTS, Fault

from examples import ROOT
from letters.desk.maintaining.checking import check_templates
from letters.problems import Problem

TEMPLATES = ROOT / "templates" / "da"
SAMPLES = sorted(path for path in (ROOT / "fixtures").glob("*/*") if path.suffix in (".yaml", ".json"))
LEAST = 0.95


#: What hides other faults: a file or a whole case type that cannot be read, an include that leads nowhere.
HIDING = ("template.syntax", "template.forbidden", "template.include", "template.circle", "library.")


def batches(faults: list[Fault]) -> list[list[Fault]]:
    """Faults that touch no file twice and hide nothing go into one library together."""
    found: list[list[Fault]] = []
    alone: list[list[Fault]] = []
    for fault in faults:
        if fault.codes[0].startswith(HIDING):
            alone.append([fault])
            continue
        home = next((b for b in found if not any(fault.touched & other.touched for other in b)), None)
        if home is None:
            found.append([fault])
        else:
            home.append(fault)
    return found + alone


def is_found(fault: Fault, library: Path, problems: tuple[Problem, ...]) -> bool:
    file, words = fault.at
    return any(
        problem.code in fault.codes
        and problem.place.file == str(library / file)
        and (not words or words in problem.place.text)
        for problem in problems
    )


def test_there_are_sixty_faults() -> None:
    assert len(FAULTS) >= 60
    assert len({fault.name for fault in FAULTS}) == len(FAULTS)


def test_faults_are_found_where_they_are(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    missed = []
    for number, batch in enumerate(batches(FAULTS)):
        library = shutil.copytree(TEMPLATES, tmp_path / str(number))
        for fault in batch:
            fault.plant(library)
        # What a fault alone in its library hides is not looked for by way of letters: that takes time.
        problems = check_templates(library, SAMPLES if len(batch) > 1 else ()).problems
        assert all(problem.help for problem in problems if problem.code.startswith("template."))
        missed += [fault.name for fault in batch if not is_found(fault, library, problems)]
    with capsys.disabled():
        print(f"\nseeded faults: {len(FAULTS) - len(missed)} of {len(FAULTS)} found; missed: {missed}")
    assert len(missed) <= len(FAULTS) * (1 - LEAST)


def test_nothing_is_wrong_with_the_shipped_library() -> None:
    checked = check_templates(TEMPLATES, SAMPLES)
    assert checked.problems == ()
    assert checked.texts > 50
    assert len(checked.samples) == len(SAMPLES)
