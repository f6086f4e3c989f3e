"""Where the time goes is counted once, stage by stage."""

import os
import pickle
from collections.abc import Callable
from pathlib import Path

import pytest

from examples import ROOT
from letters.cli.places import font_dirs
from letters.desk import Desk
from letters.desk.timings import Stage, Timings
from letters.document.model import Status

CASE = ROOT / "fixtures/integrationsansvar/03-godkendelse-arbejde.yaml"


def clock(*times: float) -> Callable[[], float]:
    left = iter(times)
    return lambda: next(left)


def test_a_stage_inside_another_is_counted_there_alone() -> None:
    timings = Timings(clock(0, 1, 3, 10))
    with timings.stage(Stage.PDF), timings.stage(Stage.MEASURE):
        pass
    assert timings.seconds() == {Stage.PDF: 1 + 7, Stage.MEASURE: 2}


def test_a_stage_adds_up_and_the_time_between_is_nobodys() -> None:
    timings = Timings(clock(0, 1, 100, 104))
    for _ in range(2):
        with timings.stage(Stage.READ):
            pass
    assert timings.seconds() == {Stage.READ: 5}


def test_a_stage_that_fails_is_counted() -> None:
    timings = Timings(clock(0, 2, 5, 6))
    with pytest.raises(ValueError, match="x"), timings.stage(Stage.CHECK):
        raise ValueError("x")
    with timings.stage(Stage.WRITE):
        pass
    assert timings.seconds() == {Stage.CHECK: 2, Stage.WRITE: 1}


def test_every_stage_of_a_letter_is_told(tmp_path: Path) -> None:
    desk = Desk(ROOT / "templates/da", font_dirs(os.environ))
    first, second = (desk.made(CASE, tmp_path, Status.DRAFT, force=True) for _ in range(2))
    assert list(first.timings) == list(Stage)
    assert list(second.timings) == [stage for stage in Stage if stage is not Stage.LETTERHEAD]
    assert all(seconds > 0 for seconds in first.timings.values())
    assert pickle.loads(pickle.dumps(first)).timings == first.timings  # noqa: S301 - a moment old
