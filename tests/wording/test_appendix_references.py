"""What an open letter says of its appendices: number, gender and sharing agree."""

from __future__ import annotations

from pathlib import Path

import pytest

from letters.case.read import read_case
from letters.document.model import Status
from letters.render.text import render_text
from letters.wording.compose import Composer
from letters.wording.load import load_library

ROOT = Path(__file__).parents[2]
REPLY = (ROOT / "fixtures" / "besvarelse" / "01-praksis-og-tal.yaml").read_text(encoding="utf-8")
SHARED, NOT = "people-concerned", "none"
ONE = "Oplysninger om enkeltpersoner står i det vedlagte fortrolige bilag og ikke i dette brev. "
SEVERAL = "Oplysninger om enkeltpersoner står i de vedlagte fortrolige bilag og ikke i dette brev. "


@pytest.fixture(scope="module")
def composer() -> Composer:
    return Composer(load_library(ROOT / "templates" / "da"))


def said(composer: Composer, *appendices: str) -> str:
    head, tail = REPLY.split("appendices:\n")
    listed = "".join(f"  - {{id: bilag-{n}, {entry}}}\n" for n, entry in enumerate(appendices))
    text = f"{head}appendices:\n{listed}{tail[tail.index('signatory:') :]}"
    read = read_case(text.encode(), "svar.yaml", composer.library.spec())
    letter = composer.compose(read.case, Status.FINAL, read.places.place).letter
    return " ".join(render_text(letter).split())


def entry(title: str, sharing: str, gender: str = "common") -> str:
    return f"title: {title}, sharing: {sharing}, gender: {gender}"


A, B = "gennemgang af to sager", "gennemgang af tre sager"


@pytest.mark.parametrize(
    ("sharing", "text"),
    [
        ([SHARED], ONE + "Oplysningerne i bilaget må gerne deles med de personer, de handler om. Spørgsmål"),
        ([NOT], ONE + "Bilaget må ikke deles med andre. Spørgsmål"),
        ([SHARED, SHARED], SEVERAL + "Hvert bilag må gerne deles med de personer, det handler om. Spørgsmål"),
        ([NOT, NOT], SEVERAL + "Bilagene må ikke deles med andre. Spørgsmål"),
        (
            [SHARED, NOT],
            SEVERAL + f"Dette bilag må gerne deles med de personer, det handler om: • {A}"
            " Indholdet af andre bilag må ikke deles. Spørgsmål",
        ),
    ],
)
def test_number_and_sharing(composer, sharing, text):
    titles = [entry(title, shared) for title, shared in zip((A, B), sharing, strict=False)]
    assert text in said(composer, *titles)


@pytest.mark.parametrize(
    ("title", "gender", "line"),
    [
        (A, "common", "Bilag: FORTROLIG gennemgang af to sager"),
        ("notat om to sager", "neuter", "Bilag: FORTROLIGT notat om to sager"),
        ("notater om to sager", "plural", "Bilag: FORTROLIGE notater om to sager"),
    ],
)
def test_the_title_has_its_gender(composer, title, gender, line):
    assert said(composer, entry(title, NOT, gender)).endswith(line)
    assert said(composer, f"title: {A}, sharing: none").endswith(f"Bilag: FORTROLIG {A}")
