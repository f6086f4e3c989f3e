"""What the tests of runs share."""

import os

import cheap
import pytest


@pytest.fixture(scope="session", autouse=True)
def programs_told():
    """The processes of a run need not find out what letters are made with, which takes a second each."""
    os.environ[cheap.PROGRAMS] = cheap._programs()
    yield
    del os.environ[cheap.PROGRAMS]
