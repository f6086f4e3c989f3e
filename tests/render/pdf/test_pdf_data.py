"""The letter's tables as files inside the PDF."""

from __future__ import annotations

from dataclasses import replace

import pytest
from pdf_samples import letter, opened, paragraph, rich, run, table

from letters.document.model import Column, Letter, Table
from letters.render.pdf import PdfRenderer
from letters.render.pdf.data import data_files

NUMBERS = "\ufeffÅr;Antal;Heraf afslag\r\n2017;0;0\r\n2018;37;11\r\n2019;74;22\r\n"


def attached(source: Letter) -> Letter:
    return replace(source, tables_attached=True)


def carried(data: bytes) -> dict[str, bytes]:
    with opened(data) as pdf:
        return {name: spec.get_file().read_bytes() for name, spec in pdf.attachments.items()}


def claim(data: bytes) -> str:
    with opened(data) as pdf, pdf.open_metadata() as metadata:
        return str(metadata.pdfa_status)


def test_a_letter_carries_its_tables_where_it_says_so(renderer: PdfRenderer) -> None:
    data = renderer.render(attached(rich()))
    assert carried(data) == {"data-1.csv": NUMBERS.encode()}
    assert claim(data) == "3A"
    with opened(data) as pdf:
        (spec,) = pdf.Root.AF
        assert (spec.AFRelationship, spec.Desc) == ("/Data", "År, Antal, Heraf afslag")
    assert renderer.render(attached(rich())) == data


def test_without_a_table_or_a_word_of_it_nothing_is_carried(renderer: PdfRenderer) -> None:
    for source in (rich(), attached(letter(paragraph("Uden tabel.")))):
        data = renderer.render(source)
        assert carried(data) == {}
        assert claim(data) == "2A"


def test_each_table_has_a_file() -> None:
    names = [file.name for file in data_files(attached(letter(table(), paragraph("og"), table(1))))]
    assert names == ["data-1.csv", "data-2.csv"]


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("=1+1", "'=1+1"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("+45 99 90", "'+45 99 90"),
        ("-A1", "'-A1"),
        ("-1.234,5", "-1.234,5"),
        ("a;b", '"a;b"'),
        ('"a"', '"""a"""'),
        ("13.\u00a0august", "13. august"),
    ],
)
def test_a_cell_is_text_and_never_a_formula(text: str, written: str) -> None:
    one = Table((Column(run("x")),), ((run(text),),))
    (file,) = data_files(attached(letter(one)))
    assert file.contents.decode("utf-8-sig") == f"x\r\n{written}\r\n"
