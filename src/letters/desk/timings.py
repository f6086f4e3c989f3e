"""Where the time goes: seconds by stage of making a letter."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from enum import StrEnum


class Stage(StrEnum):
    """The stages of making a letter, in their order.

    Attributes:
        LETTERHEAD: opening a letterhead in both formats, and loading WeasyPrint; met once in a run for each.
    """

    READ = "read"
    COMPOSE = "compose"
    LETTERHEAD = "letterhead"
    CHECK = "check"
    DOCX = "docx"
    PDF = "pdf"
    MEASURE = "measure"
    TEXT = "text"
    MANIFEST = "manifest"
    GUARD = "guard"
    WRITE = "write"


@dataclass(slots=True)
class Timings:
    """Adds up the seconds of each stage. A stage inside another is counted there alone.

    Args:
        clock: seconds that only go forward.
    """

    clock: Callable[[], float] = time.perf_counter
    _seconds: dict[Stage, float] = field(default_factory=dict)
    _running: list[Stage] = field(default_factory=list)
    _since: float = 0.0

    @contextmanager
    def stage(self, stage: Stage) -> Iterator[None]:
        """Count the time of the block."""
        self._switch()
        self._running.append(stage)
        try:
            yield
        finally:
            self._switch()
            self._running.pop()

    def _switch(self) -> None:
        now = self.clock()
        if self._running:
            stage = self._running[-1]
            self._seconds[stage] = self._seconds.get(stage, 0.0) + now - self._since
        self._since = now

    def seconds(self) -> Mapping[Stage, float]:
        """The stages that were met, in their order -> seconds."""
        return {stage: self._seconds[stage] for stage in Stage if stage in self._seconds}
