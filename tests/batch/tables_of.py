"""Tables of invented cases, and what reads them."""

from pathlib import Path

from letters.batch.mapping import Layout, read_mapping
from letters.batch.sources import Entry
from letters.batch.tables import Table

ROOT = Path(__file__).resolve().parents[2]
EXAMPLE = ROOT / "fixtures" / "tabeller" / "godkendelser"
TEMPLATES = ROOT / "templates" / "da"
HEAD = "Sagsnummer;Navn;Ansøgt"
MAPPING = """\
constants: {matter: decision, case_type: integrationsansvar}
columns:
  Sagsnummer: case_number
  Navn: recipients[0].name
  Ansøgt: {field: application.received, as: date}
"""


def mapping_of(folder, text=MAPPING):
    path = folder / "fletning.yaml"
    path.write_text(text, encoding="utf-8")
    return read_mapping(path)


def csv_of(folder, text, encoding="cp1252"):
    path = folder / "sager.csv"
    path.write_bytes(text if isinstance(text, bytes) else text.encode(encoding))
    return path


def entries_of(path, mapping=None):
    return list(Table(path, mapping or Layout()).entries())


def good(entries):
    return [entry for entry in entries if isinstance(entry, Entry)]


def faults(entries):
    """(row, code, field) of each fault."""
    return [
        (problem.place.line, problem.code, problem.place.field)
        for entry in entries
        if not isinstance(entry, Entry)
        for problem in entry.problems
    ]
