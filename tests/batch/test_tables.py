"""Tables: what Excel in Denmark writes is read right or refused by row; nothing is guessed."""

import csv
import io
import json
import random

import pytest
from tables_of import EXAMPLE, HEAD, MAPPING, csv_of, entries_of, faults, good, mapping_of

from letters.batch.mapping import Layout, read_mapping
from letters.batch.tables import Table
from letters.problems import CaseError


def codes(error):
    return [problem.code for problem in error.value.problems]


def test_the_example_is_read_as_excel_wrote_it():
    mapping = read_mapping(EXAMPLE / "fletning.yaml")
    found = entries_of(EXAMPLE / "godkendelser.csv", mapping)
    assert [entry.path.stem for entry in good(found)] == ["2026-0401-3", "2026-0402-1", "2026-0403-8"]
    assert [entry.place.line for entry in found] == [2, 3, 4]
    case = json.loads(found[1].data)
    assert case["recipients"][0]["address"]["city"] == "Sønderkær"
    assert case["application"]["received"] == "2026-02-09"
    assert case["reasons"][0]["considerations"].count("\n\n") == 1
    assert '"Tømrergården"' in case["reasons"][0]["considerations"]
    assert case["signatory"]["name"] == "Mette Kragelund"


@pytest.mark.parametrize("encoding", ["cp1252", "utf-8", "utf-8-sig"])
@pytest.mark.parametrize("separator", [";", ",", "\t"])
@pytest.mark.parametrize("end", ["\r\n", "\n"])
def test_encodings_and_separators(tmp_path, encoding, separator, end):
    rows = [HEAD.split(";"), ["1", "Søren Æbelø", "02-09-2021"], ["2", "Åse", "2021-09-02"]]
    text = end.join(separator.join(row) for row in rows)
    found = entries_of(csv_of(tmp_path, text, encoding), mapping_of(tmp_path))
    assert [json.loads(entry.data)["recipients"][0]["name"] for entry in found] == ["Søren Æbelø", "Åse"]
    assert {json.loads(entry.data)["application"]["received"] for entry in found} == {"2021-09-02"}


@pytest.mark.parametrize(
    ("encoding", "why"),
    [("cp850", "›"), ("cp865", "›"), ("mac_roman", "¿"), ("utf-16", "UTF-16"), ("utf-16-le", None)],
)
def test_other_encodings_are_refused_and_not_guessed(tmp_path, encoding, why):
    with pytest.raises(CaseError) as error:
        entries_of(csv_of(tmp_path, f"{HEAD}\n1;Søren Åkjær;02-09-2021\n", encoding), mapping_of(tmp_path))
    (problem,) = error.value.problems
    assert problem.code == ("batch.encoding" if why else "batch.column-missing")
    assert why is None or why in problem.text()


def test_a_file_in_two_encodings_is_refused_with_its_line(tmp_path):
    data = f"{HEAD}\n1;Åse;02-09-2021\n".encode("cp1252") + "2;Søren;02-09-2021\n".encode()
    with pytest.raises(CaseError) as error:
        entries_of(csv_of(tmp_path, data), mapping_of(tmp_path))
    (problem,) = error.value.problems
    assert (problem.code, problem.place.line) == ("batch.encoding", 3)


def test_the_mapping_may_say_the_encoding(tmp_path):
    mapping = mapping_of(tmp_path, "encoding: windows-1252\n" + MAPPING)
    found = entries_of(csv_of(tmp_path, f"{HEAD}\n1;“Œuvre”;02-09-2021\n"), mapping)
    assert json.loads(found[0].data)["recipients"][0]["name"] == "“Œuvre”"
    with pytest.raises(CaseError) as error:
        entries_of(csv_of(tmp_path, f"{HEAD}\n1;Åse;02-09-2021\n", "utf-8-sig"), mapping)
    assert codes(error) == ["batch.encoding"]
    stated = mapping_of(tmp_path, "encoding: utf-8\n" + MAPPING)
    with pytest.raises(CaseError) as error:
        entries_of(csv_of(tmp_path, f"{HEAD}\n1;Åse;02-09-2021\n"), stated)
    assert (codes(error), error.value.problems[0].place.line) == (["batch.encoding"], 1)


def test_excels_separator_line_is_read(tmp_path):
    found = entries_of(csv_of(tmp_path, f"sep=;\r\n{HEAD}\r\n1;Åse;02-09-2021\r\n"), mapping_of(tmp_path))
    assert [entry.place.line for entry in good(found)] == [3]


def test_broken_rows_are_told_by_number_and_stop_no_other(tmp_path):
    rows = [
        "1;Åse;02-09-2021",
        '2;"Søren;02-09-2021',  # never closed: the rows after it are read all the same
        "3;Bo;02-09-2021",
        "",
        "5;Ib;31-02-2021",
        "6;Eva;02-09-21",
        "7;Kaj",
        "8;Pia;02-09-2021;mere",
        '9;a"b;02-09-2021',
        "2,02103E+11;Ida;02-09-2021",
        "11;#REFERENCE!;02-09-2021",
        ";Uffe;02-09-2021",
        "13;Nis;02-09-2021",
    ]
    found = entries_of(csv_of(tmp_path, "\r\n".join([HEAD, *rows])), mapping_of(tmp_path))
    assert [entry.path.stem for entry in good(found)] == ["1", "3", "13"]
    assert faults(found) == [
        (3, "batch.quotes", None),
        (6, "batch.cell", "application.received"),
        (7, "batch.cell", "application.received"),
        (8, "batch.cells", None),
        (9, "batch.cells", None),
        (10, "batch.quotes", None),
        (11, "batch.cell", "case_number"),
        (12, "batch.cell", "recipients[0].name"),
        (13, "batch.name", None),
    ]


def test_a_stray_quotation_mark_before_a_cell_of_several_lines(tmp_path):
    rows = ['1;"Åse;02-09-2021', "2;Bo;02-09-2021", '3;"Eva\nMarie";02-09-2021', "4;Ib;02-09-2021"]
    found = entries_of(csv_of(tmp_path, "\n".join([HEAD, *rows])), mapping_of(tmp_path))
    assert [(entry.path.stem, entry.place.line) for entry in good(found)] == [("2", 3), ("3", 4), ("4", 5)]
    assert [row for row, *_ in faults(found)] == [2]


def test_what_the_standard_library_writes_is_read_back(tmp_path):
    rng = random.Random(6)  # noqa: S311 - the same each time
    alphabet = 'aæø;"\n\r, Å\t'
    cells = [["".join(rng.choices(alphabet, k=rng.randrange(12))) for _ in range(2)] for _ in range(300)]
    written = io.StringIO(newline="")
    writer = csv.writer(written, delimiter=";", lineterminator="\r\n")
    writer.writerow(["Nr", "A", "B"])
    writer.writerows([f"{number}", *row] for number, row in enumerate(cells))
    mapping = mapping_of(tmp_path, 'name: "{Nr}"\nseparator: ";"\ncolumns: {Nr: case_number, A: a, B: b}\n')
    found = entries_of(csv_of(tmp_path, written.getvalue(), "utf-8"), mapping)
    read = [json.loads(entry.data) for entry in good(found)]
    expected = [
        {"case_number": f"{number}", **{k: v.strip() for k, v in zip("ab", row, strict=True) if v.strip()}}
        for number, row in enumerate(cells)
    ]
    assert read == expected


@pytest.mark.parametrize(
    ("kind", "cell", "value"),
    [
        ("amount", "1.234,50", "1234.50"),
        ("amount", "1234,5", "1234.5"),
        ("amount", "-12", "-12"),
        ("amount", "1,234.50", None),
        ("amount", "12.5", None),
        ("amount", "1.23,00", None),
        ("number", "1.234", "1234"),
        ("number", "12,5", None),
        ("number", "1.23", None),
        ("date", "2-9-2021", "2021-09-02"),
        ("date", "02.09.2021", "2021-09-02"),
        ("date", "09/13/2021", None),
        ("date", "2021-09-02", "2021-09-02"),
        ("text", " 0101010101 ", "0101010101"),
    ],
)
def test_cells_as_danes_write_them(tmp_path, kind, cell, value):
    text = f"columns:\n  Nr: case_number\n  Felt: {{field: facts.x, as: {kind}}}\n"
    found = entries_of(csv_of(tmp_path, f"Nr;Felt\n1;{cell}\n"), mapping_of(tmp_path, text))
    if value is None:
        assert faults(found) == [(2, "batch.cell", "facts.x")]
    else:
        assert json.loads(found[0].data)["facts"]["x"] == value


def test_values_are_translated_and_nothing_else(tmp_path):
    text = "columns:\n  Nr: case_number\n  Svar: {field: outcome, values: {Ja: granted, Nej: rejected}}\n"
    found = entries_of(csv_of(tmp_path, "Nr;Svar\n1;Ja\n2;Nej\n3;Måske\n"), mapping_of(tmp_path, text))
    assert [json.loads(entry.data)["outcome"] for entry in good(found)] == ["granted", "rejected"]
    assert faults(found) == [(4, "batch.cell", "outcome")]


def test_lists_grow_in_order_and_have_no_holes(tmp_path):
    text = "columns:\n  Nr: case_number\n  A: reasons[0].ground\n  B: reasons[1].ground\n"
    found = entries_of(csv_of(tmp_path, "Nr;A;B\n1;x;y\n2;x;\n3;;y\n"), mapping_of(tmp_path, text))
    assert [json.loads(entry.data).get("reasons") for entry in good(found)] == [
        [{"ground": "x"}, {"ground": "y"}],
        [{"ground": "x"}],
    ]
    assert faults(found) == [(4, "batch.cell", "reasons[1].ground")]


def test_every_column_is_accounted_for(tmp_path):
    table = csv_of(tmp_path, f"{HEAD};Bemærkning\n1;Åse;02-09-2021;nej\n")
    with pytest.raises(CaseError) as error:
        entries_of(table, mapping_of(tmp_path))
    assert (codes(error), "Bemærkning" in error.value.problems[0].text()) == (["batch.column-unknown"], True)
    assert len(entries_of(table, mapping_of(tmp_path, MAPPING + "unused: [Bemærkning]\n"))) == 1
    with pytest.raises(CaseError) as error:
        entries_of(csv_of(tmp_path, "Sagsnummer;Navn\n1;Åse\n"), mapping_of(tmp_path))
    assert (codes(error), "Ansøgt" in error.value.problems[0].text()) == (["batch.column-missing"], True)
    with pytest.raises(CaseError) as error:
        entries_of(csv_of(tmp_path, f"{HEAD};Navn\n1;Åse;02-09-2021;Bo\n"), mapping_of(tmp_path))
    assert codes(error) == ["batch.column-twice"]


@pytest.mark.parametrize(
    ("text", "field"),
    [
        ("colums: {A: case_number}\n", "colums"),
        ("columns: {A: {field: x, as: dato}}\n", "columns.A.as"),
        ("columns: {A: Recipients}\n", "columns.A"),
        ("columns: {A: x, B: x}\n", "columns.B"),
        ("columns: {A: x.y, B: x}\n", "columns.B"),
        ("constants: {x: 1}\ncolumns: {A: x}\n", "columns.A"),
        ("constants: {x: {y: 1}}\ncolumns: {A: x}\n", "columns.A"),
        ("encoding: latin-1\ncolumns: {A: x}\n", "encoding"),
        ("name: brev\ncolumns: {A: x}\n", "name"),
        ("unused: A\n", "unused"),
        ("columns: [A]\n", "columns"),
    ],
)
def test_faults_of_a_mapping_are_told_by_field(tmp_path, text, field):
    with pytest.raises(CaseError) as error:
        mapping_of(tmp_path, text)
    assert [(p.code, p.place.field) for p in error.value.problems] == [("batch.mapping", field)]


@pytest.mark.parametrize(
    ("number", "name", "code"),
    [
        ("21/12345", "21-12345", None),
        ("Åse: 1", "Åse- 1", None),
        ("../../etc", None, "batch.name"),
        (".skjult", None, "batch.name"),
        ("a" * 101, None, "batch.name"),
        ("a<b", None, "batch.name"),
        ("brev 0101010101", None, "batch.name-cpr"),
        ("010101-0101", None, "batch.name-cpr"),
    ],
)
def test_names_of_folders(tmp_path, number, name, code):
    found = entries_of(csv_of(tmp_path, f"{HEAD}\n{number};Bo;02-09-2021\n"), mapping_of(tmp_path))
    assert [entry.path.stem for entry in good(found)] == ([name] if name else [])
    assert faults(found) == ([(2, code, None)] if code else [])


def test_json_lines_are_whole_cases(tmp_path):
    path = tmp_path / "sager.jsonl"
    lines = [
        '{"case_number": "1", "party": {"name": "Åse"}}',
        "",
        '{"case_number": "3", }',
        '{"case_number": "4", "case_number": "5"}',
        "[1]",
        '{"case_number": 6.50}',
        '{"case_number": "7"}\r',
    ]
    path.write_bytes("\n".join(lines).encode() + b'\n{"case_number": "\xff"}\n')
    found = entries_of(path)
    assert [(entry.path.stem, entry.place.line) for entry in good(found)] == [("1", 1), ("7", 7)]
    assert good(found)[0].data == lines[0].encode() + b"\n"
    assert [(row, code) for row, code, _ in faults(found)] == [
        (3, "case.json-syntax"),
        (4, "case.duplicate-key"),
        (5, "case.not-a-mapping"),
        (6, "batch.name"),
        (8, "case.not-utf8"),
    ]


def test_json_lines_with_columns(tmp_path):
    path = tmp_path / "sager.ndjson"
    path.write_text('{"Nr": "1", "N": 12.50}\n{"Nr": "2"}\n{"Nr": "3", "X": 1}\n', encoding="utf-8")
    mapping = mapping_of(tmp_path, "columns: {Nr: case_number, N: facts.n}\n")
    found = entries_of(path, mapping)
    assert [json.loads(entry.data) for entry in good(found)] == [
        {"case_number": "1", "facts": {"n": "12.50"}},
        {"case_number": "2"},
    ]
    assert faults(found) == [(3, "batch.column-unknown", None)]


@pytest.mark.parametrize("text", ["", "\n", HEAD, f"{HEAD}\n;;\n", "sep=;\n"])
def test_a_table_without_rows_is_told(tmp_path, text):
    with pytest.raises(CaseError) as error:
        entries_of(csv_of(tmp_path, text), mapping_of(tmp_path))
    assert codes(error) == ["batch.no-rows"]
    path = tmp_path / "sager.jsonl"
    path.write_text("\n" * len(text))
    with pytest.raises(CaseError) as error:
        entries_of(path, Layout())
    assert codes(error) == ["batch.no-rows"]


def test_rows_are_counted_as_they_are_read(tmp_path):
    assert len(Table(EXAMPLE / "godkendelser.csv", read_mapping(EXAMPLE / "fletning.yaml"))) == 3
    broken = csv_of(tmp_path, f'{HEAD}\n1;"Åse\nBo";2-9-2021\n\n2;Åse\n;;\n3;Bo;2-9-2021\n')
    mapping = mapping_of(tmp_path)
    assert len(Table(broken, mapping)) == len(entries_of(broken, mapping)) == 3
    path = tmp_path / "sager.jsonl"
    path.write_text('{"case_number": "1"}\n\n{nej}\n')
    assert len(Table(path)) == len(entries_of(path, Layout())) == 2


def test_line_50_001_of_a_large_table(tmp_path):
    rows = [f"{number};Åse;02-09-2021" for number in range(2, 60_002)]
    rows[50_001 - 2] = '50001;"Åse;02-09-2021'
    found = entries_of(csv_of(tmp_path, "\r\n".join([HEAD, *rows])), mapping_of(tmp_path))
    assert faults(found) == [(50_001, "batch.quotes", None)]
    assert len(good(found)) == 59_999


def test_a_row_that_never_ends_takes_no_memory(tmp_path):
    path = tmp_path / "sager.jsonl"
    path.write_bytes(b'{"case_number": "1"}\n' + b"x" * 5_000_000 + b'\n{"case_number": "3"}\n')
    found = entries_of(path, Layout())
    assert [entry.path.stem for entry in good(found)] == ["1", "3"]
    assert faults(found) == [(2, "batch.row-too-large", None)]
