"""The shipped library and its examples, opened once for all tests of the catalogue."""

from __future__ import annotations

import functools
from pathlib import Path

from examples import ROOT, example_cases
from letters.case.read import read_case
from letters.desk.citing import cited
from letters.document.model import Letter, Status
from letters.law.acts import Register
from letters.law.register import load_register
from letters.wording.compose import Composer
from letters.wording.load import load_library

TEMPLATES = ROOT / "templates" / "da"
FIXTURES = example_cases()


@functools.cache
def composer() -> Composer:
    return Composer(load_library(TEMPLATES))


@functools.cache
def register() -> Register:
    return load_register(TEMPLATES / "love")


def compose_bytes(data: bytes, name: str, status: Status) -> Letter:
    read = read_case(data, name, composer().library.spec())
    letter = composer().compose(read.case, status, read.places.place).letter
    return cited(letter, read.case, composer().library, register())


def compose(case: Path, status: Status) -> Letter:
    return compose_bytes(case.read_bytes(), case.name, status)
