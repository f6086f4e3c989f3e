import doctest
import importlib

import pytest


@pytest.mark.parametrize("module", ["dates", "numbers", "phrases", "spoken", "typography"])
def test_the_examples_in_the_docstrings_hold(module):
    result = doctest.testmod(importlib.import_module(f"letters.danish.{module}"))
    assert result.attempted > 0
    assert result.failed == 0
