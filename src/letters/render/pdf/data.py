"""The letter's tables as data, for a reader who wants to reckon with them.

The files hold what the letter prints and nothing more, so that there is no second text for anybody to guard.
"""

from __future__ import annotations

import csv
import io

from msgspec import Struct

from letters.document.model import Letter, Table
from letters.document.walk import blocks, plain


class DataFile(Struct, frozen=True):
    """A file that a PDF carries.

    Attributes:
        name: what a reader saves it as.
        description: what it holds, in the letter's own words.
        contents: CSV (RFC 4180) in UTF-8 with a byte order mark and semicolons, as a Danish Excel opens it.
    """

    name: str
    description: str
    contents: bytes


def data_files(letter: Letter) -> tuple[DataFile, ...]:
    """A file for each table of the letter, where the letter has its tables attached."""
    if not letter.tables_attached:
        return ()
    tables = [block for block in blocks(letter) if isinstance(block, Table)]
    return tuple(_file(number, table) for number, table in enumerate(tables, 1))


def _file(number: int, table: Table) -> DataFile:
    heads = [_cell(plain(column.head, " ")) for column in table.columns]
    written = io.StringIO(newline="")
    writer = csv.writer(written, delimiter=";", lineterminator="\r\n")
    writer.writerow(heads)
    writer.writerows([_cell(plain(cell, " ")) for cell in row] for row in table.rows)
    return DataFile(f"data-{number}.csv", ", ".join(heads), written.getvalue().encode("utf-8-sig"))


def _cell(text: str) -> str:
    """Plain spaces, and nothing that a spreadsheet would run as a formula (OWASP, CSV injection)."""
    text = " ".join(text.split())
    return f"'{text}" if text[:1] in {"=", "+", "@"} or (text[:1] == "-" and not _is_number(text)) else text


def _is_number(text: str) -> bool:
    return text[1:].replace(".", "").replace(",", "").isdigit()
