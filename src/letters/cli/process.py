"""`letters` as a process of its own: one command, and then an end without delay.

Python ends by taking every object apart, which takes a sixth of the time of one letter and frees only what
the system takes back anyhow. Here the process ends once everything is done that others asked for: threads are
joined, exit functions have run (they remove temporary folders), and what was printed is out.
"""

from __future__ import annotations

import atexit
import os
import sys

from letters.cli.start import main


class _End:
    """Registered before any other exit function, so that Python calls it after all of them."""

    def __init__(self) -> None:
        self.code: int | None = None
        self._process = os.getpid()
        atexit.register(self.leave)

    def leave(self) -> None:
        """End with the command's exit code. Python ends its own way where it told none, or cannot print."""
        if self.code is None or os.getpid() != self._process:
            return
        try:
            sys.stdout.flush()
            sys.stderr.flush()
        except (OSError, ValueError):
            return
        os._exit(self.code)


def run() -> int:
    """Run the command of this process; return its exit code, which the caller must exit with."""
    end = _End()
    end.code = main()
    return end.code
