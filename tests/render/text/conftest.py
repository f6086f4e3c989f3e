"""Lets the tests here import `strategies` from `tests/document`."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2] / "document"))
