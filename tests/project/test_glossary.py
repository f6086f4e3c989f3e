"""Each domain name has one Danish term in the glossary."""

import ast
import enum
import re

import pytest

from examples import ROOT
from letters.case.spec import Matter, Outcome
from letters.document.model import Role, Status

GLOSSARY = (ROOT / "docs" / "glossary.md").read_text("utf-8")
ROWS = [re.split(r"\s*\|\s*", line.strip("| ")) for line in GLOSSARY.splitlines() if line.startswith("| `")]
TERMS = {name.strip("`"): danish for name, danish, *_ in ROWS}
MODULES = ["case/models.py", "case/spec.py", "document/model.py"]


def public_classes(module: str) -> set[str]:
    tree = ast.parse((ROOT / "src" / "letters" / module).read_text("utf-8"))
    return {
        node.name for node in tree.body if isinstance(node, ast.ClassDef) and not node.name.startswith("_")
    }


@pytest.mark.parametrize("module", MODULES)
def test_every_class_has_a_term(module):
    assert public_classes(module) - set(TERMS) == set()


@pytest.mark.parametrize("values", [Role, Matter, Outcome, Status])
def test_every_value_has_a_term(values: type[enum.Enum]):
    assert {f"{values.__name__}.{member.name}" for member in values} - set(TERMS) == set()


def test_no_name_has_two_terms():
    names = [row[0] for row in ROWS]
    assert len(names) == len(set(names))
    assert all(TERMS.values())
