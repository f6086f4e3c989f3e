"""Processes that do one thing at a time: what kills or hangs one is known, and everything else goes on."""

import operator
import os
import time

import pytest

from letters.batch.processes import NoWorkers, WorkerDied, Workers, WorkTimeout


@pytest.fixture(scope="module")
def two():
    workers = Workers(2, time_limit=2)
    yield workers
    workers.shutdown(cancel_futures=True)


def test_answers_come_to_whoever_asked(two):
    futures = [two.submit(operator.add, number, 1) for number in range(50)]
    assert [future.result(60) for future in futures] == list(range(1, 51))


def test_what_kills_its_process_is_found_and_nothing_else_is_lost(two):
    before = [two.submit(operator.add, number, 0) for number in range(10)]
    killer = two.submit(os._exit, 7)
    after = [two.submit(operator.add, number, 0) for number in range(10)]
    assert isinstance(killer.exception(60), WorkerDied)
    assert [future.result(60) for future in (*before, *after)] == [*range(10)] * 2


def test_what_hangs_is_stopped_and_the_rest_goes_on(two):
    hanging = two.submit(time.sleep, 1000)
    after = [two.submit(operator.add, number, 0) for number in range(10)]
    assert [future.result(60) for future in after] == [*range(10)]
    assert isinstance(hanging.exception(60), WorkTimeout)


def test_what_the_work_raises_is_raised(two):
    assert isinstance(two.submit(int, "x").exception(60), ValueError)
    assert isinstance(two.submit(operator.add, lambda: 1, 1).exception(60), Exception)


def test_a_process_is_replaced_after_its_lifetime():
    workers = Workers(1, lifetime=3)
    try:
        pids = [workers.submit(os.getpid).result(60) for _ in range(7)]
    finally:
        workers.shutdown()
    assert [pids.count(pid) for pid in dict.fromkeys(pids)] == [3, 3, 1]


def test_processes_that_never_get_ready_are_told():
    workers = Workers(2, prepare=[(os._exit, (1,))])
    try:
        assert isinstance(workers.submit(operator.add, 1, 1).exception(60), NoWorkers)
    finally:
        workers.shutdown()


def test_shutting_down_finishes_or_stops():
    workers = Workers(1)
    future = workers.submit(operator.add, 1, 1)
    workers.shutdown()
    assert future.result(0) == 2
    with pytest.raises(RuntimeError):
        workers.submit(operator.add, 1, 1)
    workers = Workers(1)
    hanging = workers.submit(time.sleep, 1000)
    begin = time.monotonic()
    workers.shutdown(cancel_futures=True)
    assert time.monotonic() - begin < 30
    assert hanging.cancelled() or isinstance(hanging.exception(0), NoWorkers)
    assert workers.pids() == []
