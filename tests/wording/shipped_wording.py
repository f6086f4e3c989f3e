"""The shipped library, opened once for the tests of its wording."""

from __future__ import annotations

from examples import ROOT
from letters.wording.compose import Composer
from letters.wording.load import load_library

LIBRARY = load_library(ROOT / "templates" / "da")
COMPOSER = Composer(LIBRARY)
