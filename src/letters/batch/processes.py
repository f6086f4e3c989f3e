"""Processes of this machine that do one thing at a time, as a `concurrent.futures.Executor`.

`ProcessPoolExecutor` of the standard library gives up all its work when one process dies, cannot say which
work killed it, and cannot stop work that hangs. Here each process has its own socket, so that what it was
doing is known: what killed a process is tried once more in another one, everything else goes on.

A process ends by itself when its parent does, however that ends.
"""

from __future__ import annotations

import contextlib
import pickle
import queue
import socket
import subprocess
import sys
import threading
import time
from collections import deque
from collections.abc import Callable, Sequence
from concurrent.futures import BrokenExecutor, Executor, Future
from dataclasses import dataclass, field
from multiprocessing.connection import Connection, wait
from typing import Any

#: A process makes so many letters and is replaced, so that what a library leaks stays small.
LETTERS_A_PROCESS = 5_000
#: How often a piece of work may lose its process.
ATTEMPTS = 2
#: How long a process may take to get ready, in seconds.
START_LIMIT = 120.0
_MOST_FAILED_STARTS = 3

Call = tuple[Callable[..., Any], tuple[Any, ...]]


class WorkerDied(Exception):
    """The process that did the work died, and so did the one that tried it again."""


class WorkTimeout(Exception):
    """The work took longer than it may, and its process was stopped."""


class NoWorkers(BrokenExecutor):
    """No process gets ready."""


@dataclass(slots=True, eq=False)
class _Item:
    call: Call
    future: Future[Any] = field(default_factory=Future)
    attempts: int = 0


@dataclass(slots=True, eq=False)
class _Worker:
    process: subprocess.Popen[bytes]
    connection: Connection
    deadline: float
    ready: bool = False
    item: _Item | None = None
    done: int = 0


class Workers(Executor):
    """Processes that work.

    Args:
        count: how many at a time.
        time_limit: seconds that one piece of work may take; None for no limit.
        prepare: called in each process before its first work; must not raise.
        lifetime: pieces of work after which a process is replaced.
        quiet: throw away what a process prints; a crash may print what it was working on.
    """

    def __init__(
        self,
        count: int,
        *,
        time_limit: float | None = None,
        prepare: Sequence[Call] = (),
        lifetime: int = LETTERS_A_PROCESS,
        quiet: bool = True,
    ) -> None:
        self._count, self._time_limit, self._lifetime, self._quiet = count, time_limit, lifetime, quiet
        self._prepare = pickle.dumps(list(prepare))
        self._arrivals: queue.SimpleQueue[_Item] = queue.SimpleQueue()
        self._waiting: deque[_Item] = deque()
        self._workers: list[_Worker] = []
        self._failed_starts = 0
        self._stop, self._abandon = threading.Event(), threading.Event()
        self._wake_read, self._wake_write = socket.socketpair()
        self._wake_read.setblocking(False)
        # The thread that starts a process must outlive it: when it ends, so do they (see `process_main`).
        self._thread = threading.Thread(target=self._run, name="letters-workers", daemon=True)
        self._thread.start()

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:  # noqa: ANN401
        """Have `fn(*args)` called in one of the processes. It and its arguments must be picklable.

        The future raises `WorkerDied`, `WorkTimeout`, `NoWorkers`, or what the call raised.
        """
        if kwargs:
            raise TypeError("only positional arguments")
        if self._stop.is_set():
            raise RuntimeError("the workers were shut down")
        item = _Item((fn, args))
        self._arrivals.put(item)
        self._wake()
        return item.future

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        """Let the work that was given be finished, or with `cancel_futures` stop the processes at once."""
        if cancel_futures:
            self._abandon.set()
        self._stop.set()
        self._wake()
        if wait:
            self._thread.join()

    def pids(self) -> list[int]:
        """The numbers of the processes that are there."""
        return [worker.process.pid for worker in tuple(self._workers)]

    def _wake(self) -> None:
        with contextlib.suppress(OSError):
            self._wake_write.send(b"x")

    # In the thread

    def _run(self) -> None:
        try:
            while not self._over():
                self._take_in()
                self._staff()
                self._hand_out()
                self._listen()
        finally:
            left = self._left()
            for worker in tuple(self._workers):
                self._dismiss(worker)
            for item in left:
                if not item.future.cancel() and not item.future.done():
                    item.future.set_exception(NoWorkers("the workers were stopped"))
            self._wake_read.close()
            self._wake_write.close()

    def _over(self) -> bool:
        self._take_in()
        busy = any(worker.item for worker in self._workers)
        return self._abandon.is_set() or (self._stop.is_set() and not self._waiting and not busy)

    def _take_in(self) -> None:
        with contextlib.suppress(queue.Empty):
            while True:
                self._waiting.append(self._arrivals.get_nowait())

    def _staff(self) -> None:
        wanted = len(self._waiting) + sum(worker.item is not None for worker in self._workers)
        while len(self._workers) < min(self._count, wanted) and self._failed_starts < _MOST_FAILED_STARTS:
            try:
                self._workers.append(self._started())
            except OSError:
                self._failed_starts += 1
        if self._failed_starts >= _MOST_FAILED_STARTS and not self._workers:
            for item in self._left():
                if item.future.set_running_or_notify_cancel():
                    item.future.set_exception(NoWorkers("no process gets ready"))

    def _started(self) -> _Worker:
        ours, theirs = socket.socketpair()
        with theirs:
            fd = theirs.fileno()
            process = subprocess.Popen(  # noqa: S603 - our own interpreter and module
                [sys.executable, "-P", "-m", "letters.batch.process_main", str(fd)],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL if self._quiet else None,
                stderr=subprocess.DEVNULL if self._quiet else None,
                pass_fds=[fd],
                process_group=0,  # a Ctrl-C is for the parent, who knows what to finish
            )
        connection = Connection(ours.detach())
        worker = _Worker(process, connection, time.monotonic() + START_LIMIT)
        with contextlib.suppress(OSError):  # a process that is dead already is noticed by listening
            connection.send([path for path in sys.path if path])
            connection.send_bytes(self._prepare)
        return worker

    def _hand_out(self) -> None:
        for worker in tuple(self._workers):
            if worker.ready and not worker.item and (item := self._next()):
                self._give(worker, item)

    def _next(self) -> _Item | None:
        """What waits longest and is still wanted."""
        while self._waiting:
            item = self._waiting.popleft()
            if item.attempts or item.future.set_running_or_notify_cancel():
                return item
        return None

    def _give(self, worker: _Worker, item: _Item) -> None:
        try:
            message = pickle.dumps(item.call)
        except Exception as error:
            item.future.set_exception(error)
            return
        item.attempts += 1
        worker.item = item
        worker.deadline = time.monotonic() + (self._time_limit or float("inf"))
        try:
            worker.connection.send_bytes(message)
        except OSError:
            self._lost(worker)

    def _listen(self) -> None:
        waiting = any(worker.item or not worker.ready for worker in self._workers)
        soonest = min((w.deadline for w in self._workers if w.item or not w.ready), default=float("inf"))
        timeout = max(soonest - time.monotonic(), 0) if waiting and soonest < float("inf") else None
        by_connection: dict[object, _Worker] = {worker.connection: worker for worker in self._workers}
        for one in wait([*by_connection, self._wake_read], timeout):  # type: ignore[list-item]
            if one is self._wake_read:
                with contextlib.suppress(BlockingIOError):
                    self._wake_read.recv(4096)
            else:
                self._hear(by_connection[one])
        now = time.monotonic()
        for worker in tuple(self._workers):
            if now >= worker.deadline and (worker.item or not worker.ready):
                self._too_late(worker)

    def _hear(self, worker: _Worker) -> None:
        try:
            good, value = worker.connection.recv()
        except (EOFError, OSError):
            self._lost(worker)
            return
        self._failed_starts = 0
        if not worker.ready:
            worker.ready, worker.deadline = True, float("inf")
            return
        item, worker.item = worker.item, None
        worker.deadline = float("inf")
        worker.done += 1
        if worker.done >= self._lifetime:
            self._dismiss(worker)
        if item is not None:
            (item.future.set_result if good else item.future.set_exception)(value)

    def _lost(self, worker: _Worker) -> None:
        """A process has died. Its work is tried once more in another, which does nothing else meanwhile."""
        self._dismiss(worker)
        if not worker.ready:
            self._failed_starts += 1
        elif (item := worker.item) is not None:
            if item.attempts < ATTEMPTS:
                self._waiting.appendleft(item)
            else:
                item.future.set_exception(WorkerDied())

    def _too_late(self, worker: _Worker) -> None:
        self._dismiss(worker)
        if worker.item is not None:
            worker.item.future.set_exception(WorkTimeout())
        else:
            self._failed_starts += 1

    def _dismiss(self, worker: _Worker) -> None:
        if worker in self._workers:
            self._workers.remove(worker)
        worker.connection.close()
        worker.process.kill()
        worker.process.wait()

    def _left(self) -> list[_Item]:
        self._take_in()
        left = [*self._waiting, *(worker.item for worker in self._workers if worker.item)]
        self._waiting.clear()
        return left
