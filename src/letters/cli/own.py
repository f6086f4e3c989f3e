"""Whether this process is there for one command alone, so that it may be set up for it as a whole."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from letters.kept import Kept

_OWN: list[int] = []


def own_process() -> None:
    """This process was started for one command."""
    _OWN.append(os.getpid())


def kept_here() -> Kept:
    """What earlier runs kept. In a process of our own also the patterns of modules imported from now on."""
    from letters.kept import kept_for_user

    kept = kept_for_user(os.environ)
    if os.getpid() in _OWN:
        from letters.kept.patterns import keep_patterns

        _OWN.clear()  # once
        keep_patterns(kept)
    return kept
