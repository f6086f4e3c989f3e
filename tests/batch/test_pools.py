"""Executors of others: one that breaks, or falls silent, costs what breaks it and nothing else."""

import multiprocessing
import threading
import time
from concurrent.futures import BrokenExecutor, Future, ProcessPoolExecutor, ThreadPoolExecutor
from functools import partial

import pytest
from cheap import cases_of, snapshot
from went import Went

from letters.batch import pools
from letters.batch.pools import Given, Here, Opened

# A thread of the standard library's pool may fail when work is sent to a pool that breaks.
pytestmark = pytest.mark.filterwarnings("ignore::pytest.PytestUnhandledThreadExceptionWarning")


def test_any_executor_will_do(tmp_path):
    table = cases_of(tmp_path, 9)
    expected = Went(table, tmp_path / "alene")
    with ThreadPoolExecutor(3) as threads:
        went = Went(table, tmp_path / "breve", Given(threads, window=4))
    assert went.states == expected.states
    assert snapshot(tmp_path / "breve") == snapshot(tmp_path / "alene")


class BreaksAtOnce(ThreadPoolExecutor):
    """Breaks with the second piece of work, whose future has failed before anybody looks at it."""

    def submit(self, work, /, *args, **kwargs):
        self.count = getattr(self, "count", 0) + 1
        if self.count != 2:
            return super().submit(work, *args, **kwargs)
        future = Future()
        future.set_exception(BrokenExecutor())
        return future


def test_work_that_a_broken_pool_took_is_tried_again(tmp_path):
    went = Went(cases_of(tmp_path, 5), tmp_path / "breve", Opened(lambda: BreaksAtOnce(2), window=4))
    assert went.codes == {}
    assert went.counts["made"] == 5


def test_a_pool_that_is_not_ours_stops_the_run_which_goes_on_later(tmp_path):
    table = cases_of(tmp_path, 6)
    with BreaksAtOnce(2) as pool:
        went = Went(table, tmp_path / "breve", Given(pool, window=2))
    assert went.stopped == ["batch.no-workers"]
    went = Went(table, tmp_path / "breve")
    assert went.stopped == []
    assert set(went.states.values()) <= {"made", "already"}
    assert len(went.states) == 6


# The standard library's pool


def processes():
    return ProcessPoolExecutor(2, mp_context=multiprocessing.get_context("spawn"))


def test_a_pool_that_breaks_as_a_whole_loses_only_the_one_that_broke_it(tmp_path):
    """One death breaks the standard library's pool with everything that was under way."""
    table = cases_of(tmp_path, 8, {3: "die", 6: "die-once"})
    went = Went(table, tmp_path / "breve", Opened(processes, window=4))
    assert went.codes == {3: ["batch.worker-died"]}
    assert went.counts["made"] == 7


def test_a_process_that_dies_in_a_pool_that_is_not_ours_stops_the_run_which_goes_on_later(tmp_path):
    table = cases_of(tmp_path, 6, {4: "die-once"})
    pool = processes()
    try:
        went = Went(table, tmp_path / "breve", Given(pool, window=2))
    finally:
        pools._end(pool, at_once=True)
    assert went.stopped == ["batch.no-workers"]
    went = Went(table, tmp_path / "breve")
    assert went.stopped == []
    assert set(went.states.values()) <= {"made", "already"}
    assert len(went.states) == 6


def test_closing_at_once_ends_processes_that_are_busy():
    pool = Opened(processes, window=2)
    executor = pool.executor()
    hanging = [executor.submit(time.sleep, 1000) for _ in range(2)]
    while not all(future.running() for future in hanging):
        time.sleep(0.01)
    there = list(executor._processes.values())
    assert len(there) == 2
    pool.close(at_once=True)
    for process in there:
        process.join(60)
    assert all(future.done() for future in hanging)


# Executors that fall silent


class Silent(Here):
    """Loses some of the work, as if it hung, and does the rest at once. Does not end, either."""

    def __init__(self, loses):
        self.loses, self.ends = loses, threading.Event()

    def submit(self, work, spec, task):
        if task.make and self.loses(task.path.stem):
            return Future()
        return super().submit(work, spec, task)

    def shutdown(self, wait=True, *, cancel_futures=False):
        if wait:
            self.ends.wait()


@pytest.fixture
def quick(monkeypatch):
    monkeypatch.setattr(pools, "_END", 0.05)


def silent(loses):
    """A pool of executors of which each loses what `loses` says of it and of a letter."""
    opened = []

    def one():
        opened.append(Silent(partial(loses, len(opened))))
        return opened[-1]

    return Opened(one, window=3, time_limit=0.05, start_limit=0), opened


def test_a_pool_that_falls_silent_is_opened_again(tmp_path, quick):
    pool, opened = silent(lambda number, name: number == 0)
    went = Went(cases_of(tmp_path, 7), tmp_path / "breve", pool)
    assert (went.codes, went.stopped, went.counts["made"], len(opened)) == ({}, [], 7, 2)


def test_a_letter_that_hangs_in_it_is_told(tmp_path, quick):
    pool, opened = silent(lambda number, name: name == "2026-00004")
    went = Went(cases_of(tmp_path, 7), tmp_path / "breve", pool)
    assert went.codes == {4: ["batch.time-limit"]}
    assert (went.counts["made"], len(opened)) == (6, 3)


def test_a_silent_pool_that_is_not_ours_stops_the_run_and_the_letters_are_named(tmp_path, quick):
    table = cases_of(tmp_path, 7)
    pool = Given(Silent(lambda name: name > "2026-00004"), window=2, time_limit=0.05, start_limit=0)
    went = Went(table, tmp_path / "breve", pool)
    assert (went.stopped, went.counts["made"]) == (["batch.no-workers"], 4)
    (problem,) = went.problems
    assert problem.args["names"] == f"{table}:5, {table}:6"
    assert Went(table, tmp_path / "breve").counts == {"ready": 7, "already": 4, "made": 3}


def test_an_executor_that_takes_nothing_stops_the_run(tmp_path, quick):
    class Full(Here):
        def submit(self, work, spec, task):
            raise RuntimeError("cannot start a thread")

    went = Went(cases_of(tmp_path, 3), tmp_path / "breve", Opened(Full, window=2))
    assert went.stopped == ["batch.no-workers"]


@pytest.mark.parametrize("fault", [RuntimeError("broken"), OSError(9, "closed"), ValueError("fds_to_keep")])
def test_an_executor_that_breaks_while_it_takes_a_letter_is_replaced(tmp_path, fault):
    """CPython says ValueError where the pipes of a process that is being started were closed meanwhile."""
    faults = [fault]

    class Breaking(Here):
        def submit(self, work, spec, task):
            if faults:
                raise faults.pop()
            return super().submit(work, spec, task)

    went = Went(cases_of(tmp_path, 3), tmp_path / "breve", Opened(Breaking, window=2))
    assert (went.stopped, went.counts["made"]) == ([], 3)
