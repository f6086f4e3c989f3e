"""Runs that are killed, anywhere: what is there is whole, and the same command ends with the same letters."""

import json
import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from cheap import cases_of, files_of, snapshot

LETTERS = 100
SEED = 20260312


class Driver:
    """Starts runs in forks of one process, which has loaded everything."""

    def __init__(self):
        self.process = subprocess.Popen(
            [sys.executable, Path(__file__).with_name("cheap.py")],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def start(self, table, out, jobs=2, **more):
        order = {"table": str(table), "out": str(out), "jobs": jobs, **more}
        print(json.dumps(order), file=self.process.stdin, flush=True)
        return self.said()["pid"]

    def said(self):
        return json.loads(self.process.stdout.readline())

    def end(self):
        said = [self.said()]
        while "status" not in said[-1]:
            said.append(self.said())
        return said

    def run(self, *args, **more):
        self.start(*args, **more)
        return self.end()[-1]["status"]


@pytest.fixture(scope="module")
def driver():
    driver = Driver()
    yield driver
    driver.process.stdin.close()
    assert driver.process.wait(30) == 0
    driver.process.stdout.close()


@pytest.fixture(scope="module")
def undisturbed(driver, tmp_path_factory):
    """A table, and what a run that nobody disturbs makes of it."""
    folder = tmp_path_factory.mktemp("undisturbed")
    table = cases_of(folder, LETTERS, dict.fromkeys(range(1, LETTERS + 1), "sleep:0.002"))
    assert driver.run(table, folder / "breve") == 0
    made = snapshot(folder / "breve")
    assert len(made) == LETTERS * 4
    return table, made


def made_lines(out):
    journal = out / "letters-run.jsonl"
    return journal.read_bytes().count(b'"made"') if journal.exists() else 0


def wait_for_more(out, more, pid):
    goal = made_lines(out) + more
    while made_lines(out) < goal and os.path.exists(f"/proc/{pid}"):
        time.sleep(0.001)


def children_of(pid):
    """The processes that a process has started."""
    tasks = Path(f"/proc/{pid}/task").glob("*/children")
    return [int(child) for task in tasks for child in task.read_text().split()]


def logged(out):
    return Path(f"{out}.made").read_text(encoding="utf-8").split()


def is_whole(folder):
    data = (folder / "letter.txt").read_bytes()
    return {path.name: path.read_bytes() for path in folder.iterdir()} == files_of(data)


def test_killed_at_20_points_it_ends_as_if_nobody_had(driver, undisturbed, tmp_path):
    table, expected = undisturbed
    rng = random.Random(SEED)  # noqa: S311 - the same each time
    out, kills = tmp_path / "breve", 0
    while kills < 20:
        pid = driver.start(table, out)
        wait_for_more(out, rng.randrange(4), pid)
        time.sleep(rng.random() * 0.02)
        os.kill(pid, signal.SIGKILL)
        assert driver.end()[-1]["status"] == -signal.SIGKILL
        kills += 1
        if out.exists():
            shown = [path for path in out.iterdir() if path.is_dir() and not path.name.startswith(".")]
            assert all(map(is_whole, shown))
    assert len(logged(out)) < LETTERS
    assert driver.run(table, out) == 0
    assert snapshot(out) == expected
    assert len(set(logged(out))) == len(logged(out))


def test_killed_before_anything_is_made(driver, undisturbed, tmp_path):
    table, expected = undisturbed
    for wait in (0, 0.05, 0.15):
        pid = driver.start(table, tmp_path / "breve")
        time.sleep(wait)
        os.kill(pid, signal.SIGKILL)
        driver.end()
    assert driver.run(table, tmp_path / "breve") == 0
    assert snapshot(tmp_path / "breve") == expected


def test_each_worker_is_killed_once_and_the_run_goes_on(driver, undisturbed, tmp_path):
    table, expected = undisturbed
    rng = random.Random(SEED)  # noqa: S311 - the same each time
    out = tmp_path / "breve"
    pid = driver.start(table, out, jobs=2)
    wait_for_more(out, 5, pid)
    first = children_of(pid)
    assert len(first) == 2
    for worker in first:
        os.kill(worker, signal.SIGKILL)
        wait_for_more(out, rng.randrange(3, 12), pid)
    assert driver.end()[-1]["status"] == 0
    assert snapshot(out) == expected
    assert len(logged(out)) == LETTERS


@pytest.mark.skipif(sys.platform != "linux", reason="prctl is Linux's")
def test_workers_end_with_a_parent_that_is_killed(driver, undisturbed, tmp_path):
    table, _ = undisturbed
    pid = driver.start(table, tmp_path / "breve")
    wait_for_more(tmp_path / "breve", 3, pid)
    workers = children_of(pid)
    os.kill(pid, signal.SIGKILL)
    driver.end()
    gone = time.monotonic() + 20
    while any(map(runs, workers)) and time.monotonic() < gone:
        time.sleep(0.01)
    assert workers
    assert not any(map(runs, workers))


def runs(pid):
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


@pytest.mark.parametrize("limit", [700, 1_900, 9_000])
def test_a_full_disk_stops_the_run_and_more_room_ends_it(driver, undisturbed, tmp_path, limit):
    """A limit on a file's size cuts what is written in the middle, as a full disk does."""
    table, expected = undisturbed
    out = tmp_path / "breve"
    driver.start(table, out, file_limit=limit)
    said = driver.end()
    assert said[-1]["status"] == 1
    assert said[0]["codes"] in (["output.failed"], ["batch.disk"])
    assert 0 <= made_lines(out) < LETTERS
    assert driver.run(table, out) == 0
    assert snapshot(out) == expected
