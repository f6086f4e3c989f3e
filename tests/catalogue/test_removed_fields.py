"""No letter has a hole: every field of every example is taken away in turn.

What remains is either refused with a place, or a letter that says nothing blank.
"""

from __future__ import annotations

import copy
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from shipped import FIXTURES, compose_bytes

from letters.checks.letter import check_letter
from letters.document import words
from letters.document.model import Status
from letters.problems import CaseError, LetterError
from letters.render.text import render_text

BLANK = re.compile(r"\bNone\b|\bnan\b|\{\{|\}\}|\{%|\[\s*\]|\(\s*\)|\bundefined\b| ,| \.(?:\s|$)")
Path_ = tuple[str | int, ...]


def paths(value: Any, at: Path_ = ()) -> Iterator[Path_]:
    pairs = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, inner in pairs:
        yield (*at, key)
        yield from paths(inner, (*at, key))


def without(tree: Any, path: Path_) -> bytes:
    changed = copy.deepcopy(tree)
    inner = changed
    for key in path[:-1]:
        inner = inner[key]
    del inner[path[-1]]
    return json.dumps(changed, ensure_ascii=False).encode()


@pytest.mark.parametrize("case", FIXTURES, ids=lambda case: case.stem)
def test_a_missing_field_is_refused_or_leaves_no_hole(case: Path) -> None:
    # Every scalar as text, as the case room itself reads YAML.
    tree = yaml.load(case.read_text(encoding="utf-8"), Loader=yaml.BaseLoader)  # noqa: S506 - BaseLoader builds text only
    made = refused = 0
    for path in paths(tree):
        if len(path) > 1 and path[0] == "questions" and isinstance(path[1], int) and path[1] > 4:
            continue  # the sixth question of thirty is like the fifth
        try:
            letter = compose_bytes(without(tree, path), "sag.json", Status.FINAL)
        except (CaseError, LetterError) as error:
            refused += 1
            assert all(problem.place.file for problem in error.problems), path
            continue
        made += 1
        assert not check_letter(letter), path
        found = " ".join(words(letter))
        assert not BLANK.search(found), (path, BLANK.search(found))
        assert not BLANK.search(" ".join(render_text(letter).split())), path
    assert made
    assert refused
