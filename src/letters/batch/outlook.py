"""Whether a run can write where it is to write, before a hundred thousand cases are checked for it."""

from __future__ import annotations

import errno
import os
import tempfile
from pathlib import Path

from letters.batch.faults import outside
from letters.problems import N_, OutputError, Place


def refuse_unwritable(out: Path) -> None:
    """Raise OutputError when letters cannot be written to a directory, which need not be there yet."""
    here = out
    while not here.exists() and here != here.parent:
        here = here.parent
    if not here.is_dir():
        raise _refused(out, errno.ENOTDIR)
    if not os.access(here, os.W_OK | os.X_OK):
        raise _refused(out, errno.EACCES)
    try:
        with tempfile.TemporaryFile(dir=here):  # a disk that only says that it can be written to
            pass
    except OSError as error:
        raise _refused(out, error.errno or errno.EIO) from None


def _refused(out: Path, number: int) -> OutputError:
    return outside(
        "output.failed",
        N_("the letter cannot be written: {reason}"),
        Place(str(out)),
        N_("check the disk and the rights of the folder, and run the command again"),
        reason=os.strerror(number),
    )
