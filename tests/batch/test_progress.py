"""How far a run is, on a terminal and elsewhere."""

import io
import os
import re

import pytest

from letters.batch.faults import took_too_long
from letters.cli.batches import progress
from letters.cli.batches.options import Batch
from letters.cli.batches.told import Told, duration
from letters.cli.language import use_language
from letters.cli.report import filled
from letters.problems import Place


class Terminal(io.StringIO):
    encoding = "utf-8"

    def isatty(self):
        return True


@pytest.fixture(autouse=True)
def english():
    use_language({"LANGUAGE": "en"})


def test_a_terminal_shows_a_bar_with_rate_and_remaining_time(monkeypatch):
    terminal = Terminal()
    monkeypatch.setattr("sys.stderr", terminal)
    monkeypatch.setenv("COLUMNS", "120")
    monkeypatch.setenv("TERM", "xterm")
    assert list(progress.watched(iter(range(7)), "Letters", 7, quiet=False)) == list(range(7))
    shown = re.sub(r"\x1b\[[0-9;?]*[A-Za-z]", "", terminal.getvalue())
    assert "Letters" in shown
    assert "7/7" in shown
    assert re.search(r"\d+\.\d a second", shown)
    assert re.search(r"\d:\d\d:\d\d", shown)


def test_elsewhere_there_is_a_line_now_and_then(monkeypatch, capsys):
    seconds = iter(range(0, 1000, 10))
    monkeypatch.setattr("time.monotonic", lambda: next(seconds))
    assert list(progress.watched(iter(range(8)), "Letters", 100, quiet=False)) == list(range(8))
    assert capsys.readouterr().err.splitlines() == [
        "Letters: 3 of 100, 0.1 a second, about 16 min 10 s left",
        "Letters: 6 of 100, 0.1 a second, about 15 min 40 s left",
    ]
    assert progress.line("Checked", 500, 0, 10.0) == "Checked: 500, 50.0 a second"


def test_danish_numbers_have_a_comma(monkeypatch):
    monkeypatch.setenv("LANGUAGE", "da")
    use_language(os.environ)
    assert progress.line("Breve", 8, 100, 10.0) == "Breve: 8 af 100, 0,8 i sekundet, cirka 1 min 55 s tilbage"
    assert duration(4.21) == "4,2 s"
    limit = took_too_long(Place("sag.yaml"), 0.5)
    assert "0,5 sekunder" in filled(limit.message, limit)
    whole = took_too_long(Place("sag.yaml"), 120.0)
    assert " 120 sekunder" in filled(whole.message, whole)


def test_a_run_that_stops_says_how_many_there_were_to_make(capsys):
    told = Told(as_json=False, expected=24)
    told.counts.update(made=12, failed=3)
    told.stopped([])
    told.finish()
    assert capsys.readouterr().err == "12 of 24 letters made\n"


def test_json_is_disturbed_by_nothing(monkeypatch):
    monkeypatch.setattr("sys.stderr", Terminal())
    assert list(progress.watched(iter("ab"), "Letters", 2, quiet=True)) == ["a", "b"]


@pytest.mark.parametrize(
    ("seconds", "shown"), [(4.21, "4.2 s"), (42, "42 s"), (200, "3 min 20 s"), (7_500, "2 h 5 min")]
)
def test_times_as_people_read_them(seconds, shown):
    assert duration(seconds) == shown


def test_as_many_processes_as_are_worth_it(monkeypatch):
    monkeypatch.setattr("letters.cli.batches.options.cores", lambda: 6)
    assert [Batch().processes(count) for count in (0, 3, 21, 1_000)] == [6, 1, 2, 6]
    assert Batch(jobs=9).processes(3) == 9
