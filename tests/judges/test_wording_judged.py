"""Wordings converted to Word, before the judges of Word files: valid by schema, and opened by Word's SDK."""

from __future__ import annotations

from pathlib import Path

import pytest

from examples import ROOT
from judges import errors
from judges.docx_schema import open_xml_sdk
from letters.wording.word.convert import to_word

LIBRARY = ROOT / "templates" / "da"
SAMPLES = (
    "integrationsansvar/afslag",
    "integrationsansvar/regler",
    "integrationsansvar/grunde/netvaerk",
    "aktindsigt/dokumenter",
)
EVERYTHING = """---
title: Alt, hvad en ordlyd kan have
lead: result
sections:
  Overskrift: reasons
---

# Titel & mere: 3 < 4

Tekst med **fed**, *kursiv* og ***begge***, [link](https://www.lindehoej.example/a?b=1&c=2) og https://www.lindehoej.example.

## Overskrift

- et
  - inde i et
- to

1. første
2. anden

> Et citat.

| Dokument | Antal |
| --- | ---: |
{% for d in facts.documents %}
| {{ d.title }} | {{ d.count|antal }} |
{% endfor %}
"""


@pytest.mark.parametrize("name", [*SAMPLES, "everything"])
def test_a_converted_wording_is_valid(name: str, tmp_path: Path) -> None:
    text = EVERYTHING if name == "everything" else (LIBRARY / f"{name}.md").read_text("utf-8")
    path = tmp_path / "ordlyd.docx"
    path.write_bytes(to_word(text, "ordlyd.md"))
    found = list(open_xml_sdk(path))
    assert found
    assert errors(found) == []
