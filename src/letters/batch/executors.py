"""Who does the work of a run: this process, processes of this machine, or any executor that is given.

`ordered` sends work to an executor and gives the answers back in order, with no more work under way than the
window. It survives an executor that breaks.
"""

from __future__ import annotations

import contextlib
import queue
from collections import deque
from collections.abc import Callable, Iterator
from concurrent.futures import BrokenExecutor, CancelledError, Executor, Future
from dataclasses import dataclass
from typing import Generic, Protocol, TypeVar

from letters.batch.faults import outside, took_too_long, worker_died
from letters.batch.job import Answer, Spec, Task
from letters.batch.processes import NoWorkers, WorkerDied, WorkTimeout
from letters.problems import N_, Place, Problem

T = TypeVar("T")

#: Seconds after which it is asked whether anybody is still there.
_PATIENCE = 30.0

Work = Callable[[Spec, Task], Answer]


class Pool(Protocol):
    """Somewhere to send work.

    Attributes:
        window: how many pieces of work may be under way.
        time_limit: seconds a piece of work may take, for telling it; 0 for no limit.
    """

    window: int
    time_limit: float

    def executor(self) -> Executor:
        """The executor; the same one until `renew`."""

    def renew(self) -> bool:
        """Replace an executor that broke; whether that could be done."""

    def alive(self) -> bool:
        """Whether somebody may still do the work; asked when nothing has come for a while."""

    def close(self, *, at_once: bool) -> None:
        """Let go of it."""


class Here(Executor):
    """Works in this process, at once."""

    def submit(self, fn: Callable[..., object], /, *args: object, **kwargs: object) -> Future[object]:  # type: ignore[override]
        """Call it. An interruption stops the run and is no answer."""
        future: Future[object] = Future()
        try:
            future.set_result(fn(*args, **kwargs))
        except Exception as error:
            future.set_exception(error)
        return future


@dataclass(slots=True)
class Opened:
    """A pool of an executor that is opened here and can be opened again.

    Args:
        open: makes an executor.
    """

    open: Callable[[], Executor]
    window: int
    time_limit: float = 0
    _executor: Executor | None = None

    def executor(self) -> Executor:
        if self._executor is None:
            self._executor = self.open()
        return self._executor

    def renew(self) -> bool:
        self.close(at_once=True)
        return True

    def alive(self) -> bool:
        return True

    def close(self, *, at_once: bool) -> None:
        if self._executor is not None:
            self._executor.shutdown(wait=True, cancel_futures=at_once)
        self._executor = None


@dataclass(slots=True)
class Given:
    """A pool of somebody else's executor, which is neither opened again nor shut down."""

    given: Executor
    window: int
    time_limit: float = 0

    def executor(self) -> Executor:
        return self.given

    def renew(self) -> bool:
        return False

    def alive(self) -> bool:
        return True

    def close(self, *, at_once: bool) -> None:
        pass


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
        assert sent.task is not None  # noqa: S101 - else its answer is known
        try:
            future = self._pool.executor().submit(self._work, self._spec, sent.task)
        except BrokenExecutor:
            self._recover([sent])
            return
        if future.done():  # done here and now, or broken since it was opened
            if not self._take(sent, future):
                self._recover([sent])
            return
        self._under_way[future] = sent
        future.add_done_callback(self._ready.put)

    def _settle(self) -> None:
        """Wait for one answer and take in those that are there."""
        try:
            found = [self._ready.get(timeout=_PATIENCE)]
        except queue.Empty:
            if not self._pool.alive():
                raise _nobody() from None
            return
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

    def _take(self, sent: Item[T], future: Future[Answer]) -> bool:
        """Take an answer in; False when the executor broke, and it is not known why."""
        answer = self._answer(sent, future)
        if answer is None:
            return False
        sent.answer = self._arrived(sent.what, answer)
        return True

    def _answer(self, sent: Item[T], future: Future[Answer]) -> Answer | None:
        try:
            return future.result()
        except NoWorkers:
            raise _nobody() from None
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
            assert sent.task is not None  # noqa: S101 - else its answer is known
            try:
                answer = self._answer(sent, self._pool.executor().submit(self._work, self._spec, sent.task))
            except BrokenExecutor:
                answer = None
            if answer is None:
                self._renew()
                answer = _failed(worker_died(sent.place))
            sent.answer = self._arrived(sent.what, answer)

    def _renew(self) -> None:
        if not self._pool.renew():
            raise _nobody()


def _failed(problem: Problem) -> Answer:
    return Answer(False, (problem,))


def _nobody() -> Exception:
    return outside(
        "batch.no-workers",
        N_("there is no process left that makes letters"),
        Place(""),
        N_("look at the machine's memory, and run the command again: it goes on where it stopped"),
    )
