"""Work sent to an executor, and its answers given back in order.

No more work is under way than the pool's window. An executor that breaks, or falls silent, costs only what
breaks it.
"""

from __future__ import annotations

import contextlib
import queue
import time
from collections import deque
from collections.abc import Callable, Iterator
from concurrent.futures import BrokenExecutor, CancelledError, Future, wait
from dataclasses import dataclass
from typing import Generic, TypeVar

from letters.batch.faults import no_answer, nobody, took_too_long, worker_died
from letters.batch.job import Answer, Spec, Task
from letters.batch.pools import Pool
from letters.batch.processes import ATTEMPTS, NoWorkers, WorkerDied, WorkTimeout
from letters.problems import Place, Problem

T = TypeVar("T")

#: Seconds after which it is asked whether anybody is still there.
_ASK = 30.0

Work = Callable[[Spec, Task], Answer]


@dataclass(slots=True, eq=False)
class Item(Generic[T]):
    """Something to be done.

    Attributes:
        what: anything to know it by.
        place: where it is told of.
        task: what `work` gets; None for something whose answer is known.
        answer: None as long as there is none.
    """

    what: T
    place: Place
    task: Task | None
    answer: Answer | None = None


def ordered(
    work: Work,
    spec: Spec,
    items: Iterator[Item[T]],
    pool: Pool,
    arrived: Callable[[T, Answer], Answer],
) -> Iterator[tuple[T, Answer]]:
    """Have everything done and give the answers in order.

    Args:
        items: what is to be done. Taken only as the window allows.
        arrived: called with each answer as it comes, in any order; its result is what is given back.
    Raises:
        OutputError: nobody is left to do the work.
        Exception: a fault of the program that `work` raised.
    """
    line = _Line(work, spec, pool, arrived)
    try:
        yield from line.run(items)
    finally:
        line.forget()


class _Line(Generic[T]):
    """The work under way: first come, first given back."""

    def __init__(self, work: Work, spec: Spec, pool: Pool, arrived: Callable[[T, Answer], Answer]) -> None:
        self._work, self._spec, self._pool, self._arrived = work, spec, pool, arrived
        self._under_way: dict[Future[Answer], Item[T]] = {}
        self._ready: queue.SimpleQueue[Future[Answer]] = queue.SimpleQueue()
        self._heard = 0.0

    def run(self, items: Iterator[Item[T]]) -> Iterator[tuple[T, Answer]]:
        order: deque[Item[T]] = deque()
        more = True
        while more or order:
            while more and len(order) < self._pool.window:
                item = next(items, None)
                if item is None:
                    more = False
                    break
                order.append(item)
                if item.answer is None:
                    self._send(item)
                if order[0].answer is not None:
                    break  # tell it before more is taken on
            if order and order[0].answer is None:
                self._settle()
            while order and (answer := order[0].answer) is not None:
                yield order.popleft().what, answer

    def forget(self) -> None:
        for future in self._under_way:
            future.cancel()

    def _send(self, sent: Item[T]) -> None:
        future = self._submitted(sent)
        if future is None:
            self._recover([sent])
        elif future.done():  # done here and now, or broken since it was opened
            if not self._take(sent, future):
                self._recover([sent])
        else:
            if not self._under_way:
                self._heard = time.monotonic()
            self._under_way[future] = sent
            future.add_done_callback(self._ready.put)

    def _submitted(self, sent: Item[T]) -> Future[Answer] | None:
        """Send something off; None when the executor does not take it."""
        assert sent.task is not None  # noqa: S101 - else its answer is known
        try:
            return self._pool.executor().submit(self._work, self._spec, sent.task)
        except (RuntimeError, OSError, ValueError):
            # `BrokenExecutor` too; or it breaks while a process is started, whose pipes may be gone by then.
            return None

    def _settle(self) -> None:
        """Wait for one answer and take in those that are there."""
        left = self._heard + self._pool.patience - time.monotonic()
        try:
            found = [self._ready.get(timeout=max(min(_ASK, left), 0))]
        except queue.Empty:
            if not self._pool.alive():
                raise nobody() from None
            if left <= _ASK:
                self._give_up()
            return
        self._heard = time.monotonic()
        with contextlib.suppress(queue.Empty):
            while True:
                found.append(self._ready.get_nowait())
        broken: list[Item[T]] = []
        for future in found:
            sent = self._under_way.pop(future, None)
            if sent is not None and not self._take(sent, future):
                broken.append(sent)
        if broken:
            self._recover(broken)

    def _give_up(self) -> None:
        """The executor has fallen silent. What hangs is found by trying each by itself."""
        if not self._pool.replaceable:
            raise no_answer(self._pool.patience, [sent.place for sent in self._under_way.values()])
        self._recover([])

    def _take(self, sent: Item[T], future: Future[Answer]) -> bool:
        """Take an answer in; False when the executor broke, and it is not known why."""
        answer = self._answer(sent, future)
        if answer is None:
            return False
        sent.answer = self._arrived(sent.what, answer)
        return True

    def _answer(self, sent: Item[T], future: Future[Answer]) -> Answer | None:
        """The answer of a future that is done; None when the executor broke."""
        try:
            return future.result(0)
        except NoWorkers:
            raise nobody() from None
        except (BrokenExecutor, CancelledError):
            return None
        except WorkerDied:
            return _failed(worker_died(sent.place))
        except WorkTimeout:
            return _failed(took_too_long(sent.place, self._pool.time_limit))
        except Exception as error:
            if type(error).__name__ == "KilledWorker":  # Dask's word for it
                return _failed(worker_died(sent.place))
            raise

    def _recover(self, broken: list[Item[T]]) -> None:
        """An executor broke. One piece of what was under way may have broken it: each is tried by itself."""
        suspects = [*broken, *self._under_way.values()]
        self._under_way.clear()
        self._renew()
        for sent in suspects:
            sent.answer = self._arrived(sent.what, self._alone(sent))

    def _alone(self, sent: Item[T]) -> Answer:
        """Have one thing done and nothing else meanwhile, so that what breaks is its doing."""
        refused = 0
        for _ in range(ATTEMPTS):
            future = self._submitted(sent)
            if future is None:
                refused += 1
            elif not wait([future], self._pool.patience).done:
                self._renew()
                return _failed(took_too_long(sent.place, self._pool.time_limit))
            elif (answer := self._answer(sent, future)) is not None:
                return answer
            self._renew()
        if refused == ATTEMPTS:
            raise nobody()
        return _failed(worker_died(sent.place))

    def _renew(self) -> None:
        if not self._pool.renew():
            raise nobody()


def _failed(problem: Problem) -> Answer:
    return Answer(False, (problem,))
