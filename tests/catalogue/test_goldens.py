"""The readable form of every example letter, beside the last one that was read: `make accept` rewrites it."""

from __future__ import annotations

from pathlib import Path

import pytest
from shipped import FIXTURES, compose

from letters.document import dump, load
from letters.document.model import Status

GOLDENS = Path(__file__).parent / "goldens"


def golden(case: Path) -> Path:
    return GOLDENS / case.parent.name / f"{case.stem}.letter"


@pytest.mark.parametrize("case", FIXTURES, ids=lambda case: case.stem)
def test_letter_is_the_one_that_was_read(case: Path, accept: bool) -> None:
    found = dump(compose(case, Status.FINAL))
    file = golden(case)
    if accept:
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(found, encoding="utf-8")
    assert file.is_file(), "a new example has no golden yet: read the letter, then run `make accept`"
    assert found == file.read_text(encoding="utf-8")


@pytest.mark.parametrize("case", FIXTURES, ids=lambda case: case.stem)
def test_dump_loses_nothing(case: Path) -> None:
    letter = compose(case, Status.DRAFT)
    assert load(dump(letter)) == letter


def test_no_golden_without_an_example() -> None:
    assert {file.relative_to(GOLDENS) for file in GOLDENS.rglob("*.letter")} == {
        golden(case).relative_to(GOLDENS) for case in FIXTURES
    }
