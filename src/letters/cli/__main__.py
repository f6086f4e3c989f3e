"""`python -m letters.cli` is the same as `letters`."""

import sys

from letters.cli import main

if __name__ == "__main__":
    sys.exit(main())
