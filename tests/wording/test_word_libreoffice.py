"""Word files that LibreOffice has written: our own saved again, and documents that began as web pages."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from examples import ROOT
from letters.wording.word.convert import to_word
from letters.wording.word.wording import read_wording

LIBRARY = ROOT / "templates" / "da"
WORDINGS = sorted(path for path in LIBRARY.rglob("*.md") if path.name != "LÆSMIG.md")

PAGE = """<!DOCTYPE html><html lang="da"><head><meta charset="utf-8"><title>x</title></head><body>
<table border="1"><tr><td>Felt</td><td>Værdi</td></tr><tr><td>title</td><td>Afslag</td></tr>
<tr><td>lead</td><td>result</td></tr></table>
<h1>Begrundelse</h1>
<p>Du har <b>ikke</b> ret til <i>det</i>, jf. § 18. Se <a href="https://www.lindehoej.example/klag">vejledningen</a>.</p>
<p>{{ signatory.name }}<br>{{ signatory.title }}</p>
<ul><li>et</li><li>to<ul><li>inde i to</li></ul></li></ul>
<ol><li>først</li><li>så {{ facts.town }}</li></ol>
<blockquote>Jeg er uenig.</blockquote>
<p>{% if act == &ldquo;fvl&rdquo; %}Ja{% else %}Nej{% endif %}</p>
<table border="1"><tr><th>Dokument</th><th align="right">Antal</th></tr>
<tr><td>{{ d.title }}</td><td align="right">{{ d.count|antal }}</td></tr></table>
<p>Slut</p>
</body></html>"""
READ = """## Begrundelse

Du har **ikke** ret til *det*, jf. § 18. Se [vejledningen](https://www.lindehoej.example/klag).

{{ signatory.name }}\\
{{ signatory.title }}

- et
- to
  - inde i to

1. først
2. så {{ facts.town }}

> Jeg er uenig.

{% if act == "fvl" %}Ja{% else %}Nej{% endif %}


| Dokument | Antal |
| --- | ---: |
| {{ d.title }} | {{ d.count|antal }} |

Slut"""


@pytest.fixture(scope="module")
def resaved(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder `out` of Word files as LibreOffice writes them, of the shipped wordings and the page."""
    work = tmp_path_factory.mktemp("libreoffice")
    for path in WORDINGS:
        name = "_".join(path.relative_to(LIBRARY).with_suffix(".docx").parts)
        (work / name).write_bytes(to_word(path.read_text("utf-8"), path.name))
    (work / "side.html").write_text(PAGE, "utf-8")
    command = [
        "soffice",
        f"-env:UserInstallation={(work / 'profile').as_uri()}",
        *("--headless", "--convert-to"),
    ]
    word, text = "docx:MS Word 2007 XML", "odt:writerweb8_writer"
    for wished, files in (
        (text, [work / "side.html"]),
        (word, [*work.glob("*.docx"), work / "out/side.odt"]),
    ):
        subprocess.run(
            [*command, wished, "--outdir", str(work / "out"), *map(str, files)],
            check=True,
            capture_output=True,
            timeout=240,
        )
    return work / "out"


def test_wordings_saved_by_libreoffice_are_the_same(resaved: Path) -> None:
    for path in WORDINGS:
        name = "_".join(path.relative_to(LIBRARY).with_suffix(".docx").parts)
        ours = read_wording(to_word(path.read_text("utf-8"), path.name), name)
        theirs = read_wording((resaved / name).read_bytes(), name)
        assert theirs.text == ours.text, name


def test_a_document_that_libreoffice_wrote(resaved: Path) -> None:
    text = read_wording((resaved / "side.docx").read_bytes(), "side.docx").text
    head, body = text.split("---\n", 2)[1:]
    assert head == "title: Afslag\nlead: result\n"
    assert body.strip("\n") == READ
