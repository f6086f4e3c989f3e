"""What a process of `Workers` runs; its one argument is the number of its socket."""

from __future__ import annotations

import contextlib
import ctypes
import os
import pickle
import signal
import sys
from multiprocessing.connection import Connection


def main(descriptor: int) -> None:
    """Do what is asked until nobody asks any more."""
    parent = os.getppid()
    _end_with_parent()
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    connection = Connection(descriptor)
    if os.getppid() != parent:
        return
    with contextlib.suppress(EOFError, OSError):  # the parent is gone
        known = set(sys.path)
        sys.path += [path for path in connection.recv() if path not in known]
        for function, args in pickle.loads(connection.recv_bytes()):  # noqa: S301 - from our own parent
            function(*args)
        connection.send((True, None))
        while True:
            connection.send(_answer(connection.recv_bytes()))


def _answer(message: bytes) -> tuple[bool, object]:
    try:
        function, args = pickle.loads(message)  # noqa: S301 - from our own parent
        return True, function(*args)
    except Exception as error:
        return False, _portable(error)


def _portable(error: Exception) -> Exception:
    """An exception that can be sent."""
    try:
        pickle.loads(pickle.dumps(error))  # noqa: S301 - our own exception
    except Exception:
        return RuntimeError(type(error).__name__)
    return error


def _end_with_parent() -> None:
    """Have Linux end this process when the thread that started it ends; elsewhere its closed socket does."""
    if sys.platform == "linux":
        with contextlib.suppress(OSError, AttributeError):
            set_parent_death_signal = 1  # prctl(2), PR_SET_PDEATHSIG
            ctypes.CDLL(None).prctl(set_parent_death_signal, signal.SIGKILL, 0, 0, 0)


if __name__ == "__main__":
    main(int(sys.argv[1]))
