"""`python -m letters.cli` is the same as `letters`."""

import sys

from letters.cli import run

if __name__ == "__main__":
    sys.exit(run())
