"""The command line: arguments, progress, printing and exit codes; no logic of letters.

Exit codes: 0 done, warnings included. 1 problems found, among them a letter's folder that is there already
without `--force`. 2 wrong usage. 3 something outside failed: the disk, a library of the system, the reader of
our output, or a fault of the program itself. 130 interrupted, as shells number it.

Importing this package is cheap, so that `letters --help` answers at once: what reads, writes and draws
letters is imported by the command that needs it.
"""

from letters.cli.process import run
from letters.cli.start import main

__all__ = ["main", "run"]
