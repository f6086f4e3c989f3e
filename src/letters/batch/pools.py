"""Where the work of a run is sent: this process, processes of this machine, or any executor that is given.

An executor is never waited for without a bound. A `ProcessPoolExecutor` that loses a process while it starts
another may neither answer nor end (so Python 3.11).
"""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Callable
from concurrent.futures import Executor, Future
from dataclasses import dataclass
from typing import Protocol

from letters.batch.processes import ATTEMPTS, START_LIMIT

#: Seconds that a letter may take where nobody says otherwise. One of a hundred pages takes some ten.
TIME_LIMIT = 120.0
#: Seconds that an executor may take to end, and once more after its processes were killed.
_END = 10.0


class Pool(Protocol):
    """Somewhere to send work.

    Attributes:
        window: how many pieces of work may be under way.
        time_limit: seconds a piece of work may take.
        replaceable: whether another executor can take the place of one that has fallen silent.
    """

    window: int
    time_limit: float
    replaceable: bool

    @property
    def patience(self) -> float:
        """Seconds without any answer after which the executor counts as silent."""

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


def patience_for(time_limit: float, start_limit: float = START_LIMIT) -> float:
    """How long a pool may answer nothing: its processes start, and each of them makes a letter twice.

    Args:
        time_limit, start_limit: seconds a letter may take, and processes to get ready.
    """
    return start_limit + ATTEMPTS * time_limit


@dataclass(slots=True)
class Opened:
    """A pool of an executor that is opened here and can be opened again.

    Args:
        open: makes an executor.
        time_limit, start_limit: seconds a letter may take, and processes to get ready.
    """

    open: Callable[[], Executor]
    window: int
    time_limit: float = TIME_LIMIT
    start_limit: float = START_LIMIT
    replaceable: bool = True
    _executor: Executor | None = None

    @property
    def patience(self) -> float:
        return patience_for(self.time_limit, self.start_limit)

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
        executor, self._executor = self._executor, None
        if executor is not None:
            _end(executor, at_once=at_once)


def _end(executor: Executor, *, at_once: bool) -> None:
    """Shut an executor down; one that does not end is left to itself, without its processes."""
    if at_once:
        _kill(executor)
    ending = let_end(lambda: executor.shutdown(wait=True, cancel_futures=at_once))
    if ending.is_alive():
        _kill(executor)
        ending.join(_END)


def let_end(end: Callable[[], object]) -> threading.Thread:
    """Call something that ends an executor, and wait for it a while.

    Returns:
        The thread that still waits, or has ended.
    """

    def ended() -> None:
        with contextlib.suppress(Exception):  # it is not asked again, whatever it says
            end()

    ending = threading.Thread(target=ended, name="letters-end", daemon=True)
    ending.start()
    ending.join(_END)
    return ending


def _kill(executor: Executor) -> None:
    """End the processes of a `ProcessPoolExecutor`, which itself has no means for that before Python 3.14."""
    processes = getattr(executor, "_processes", None)
    if isinstance(processes, dict):
        for process in list(processes.values()):
            with contextlib.suppress(OSError, ValueError, AttributeError):
                process.kill()


@dataclass(slots=True)
class Given:
    """A pool of somebody else's executor, which is neither opened again nor shut down.

    Args:
        time_limit, start_limit: as for `Opened`.
    """

    given: Executor
    window: int
    time_limit: float = TIME_LIMIT
    start_limit: float = START_LIMIT
    replaceable: bool = False

    @property
    def patience(self) -> float:
        return patience_for(self.time_limit, self.start_limit)

    def executor(self) -> Executor:
        return self.given

    def renew(self) -> bool:
        return False

    def alive(self) -> bool:
        return True

    def close(self, *, at_once: bool) -> None:
        pass
