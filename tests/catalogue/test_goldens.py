"""The readable form of every sample letter, beside the last one that was read.

`letters templates samples` compares with the same files; `make accept` and its `--accept` rewrite them.
"""

from __future__ import annotations

import functools
from pathlib import Path

import pytest
from shipped import FIXTURES, TEMPLATES, compose

from examples import ROOT
from letters.cli.places import dumps_of, samples_of
from letters.desk.maintaining.goldens import compare, dump_path, dumps
from letters.desk.maintaining.samples import Bench, composed, uncovered
from letters.document import dump, load
from letters.document.model import Status
from letters.upkeep.names import entries

GOLDENS = Path(__file__).parent / "goldens"
SAMPLES = samples_of(TEMPLATES)


@functools.cache
def bench() -> Bench:
    return Bench.of(TEMPLATES)


@pytest.mark.parametrize("case", SAMPLES, ids=lambda case: case.stem)
def test_letter_is_the_one_that_was_read(case: Path, accept: bool) -> None:
    (sample,) = composed(bench(), [case])
    assert sample.letters, [problem.text() for problem in sample.problems]
    for file, found in dumps(sample, GOLDENS).items():
        if accept:
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(found, encoding="utf-8")
        assert file.is_file(), "a new example has no golden yet: read the letter, then run `make accept`"
        assert found == file.read_text(encoding="utf-8")


@pytest.mark.parametrize("case", FIXTURES, ids=lambda case: case.stem)
def test_dump_loses_nothing(case: Path) -> None:
    letter = compose(case, Status.DRAFT)
    assert load(dump(letter)) == letter


def test_no_golden_without_a_sample() -> None:
    made = {path for sample in composed(bench(), SAMPLES) for path in dumps(sample, GOLDENS)}
    assert set(GOLDENS.rglob("*.letter")) == made
    assert dump_path(GOLDENS, FIXTURES[0]) in made


def test_every_letter_has_a_sample_and_each_ground_that_it_can_rest_on() -> None:
    kinds = entries(bench().composer.library, bench().confidentiality)
    missing = uncovered(kinds, tuple(composed(bench(), SAMPLES)))
    assert [(entry.title, ground) for entry, ground in missing] == []


def test_a_ground_without_a_sample_is_noticed() -> None:
    fewer = [case for case in SAMPLES if case.stem != "18-afslag-chikane"]
    kinds = entries(bench().composer.library, bench().confidentiality)
    missing = uncovered(kinds, tuple(composed(bench(), fewer)))
    assert [(entry.title, ground) for entry, ground in missing] == [
        ("integrationsansvar rejected", "chikane-lokalt")
    ]


def test_the_command_compares_with_the_same_files() -> None:
    assert (ROOT / dumps_of(TEMPLATES)).resolve() == GOLDENS
    found = compare(TEMPLATES, SAMPLES, GOLDENS)
    assert found.is_read
    assert found.problems == ()
    assert found.same == len(list(GOLDENS.rglob("*.letter")))
