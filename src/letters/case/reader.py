"""Bytes -> tree: the door of the case room. Bounds everything that a file can make large."""

from __future__ import annotations

import re
from pathlib import PurePath

from letters.case.json_reader import read_json
from letters.case.tree import MAX_BYTES, Tree, fatal, stop
from letters.case.yaml_reader import read_yaml
from letters.danish.characters import refused_characters
from letters.problems import N_, Place

# YAML 1.1 breaks lines at U+0085, U+2028 and U+2029 and so would change a text that holds them.
_REFUSED = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]")
_SHEETS = (".xlsx", ".xlsm", ".xls", ".ods")
_READERS = {".yaml": read_yaml, ".yml": read_yaml, ".json": read_json}


def read_tree(data: bytes, file: str) -> Tree:
    """Read a YAML or JSON file by the end of its name.

    Args:
        data: the whole file; a caller need not read more than `MAX_BYTES` + 1 of it.
        file: the file as the user named it.

    Raises:
        CaseError: when the file is no plain YAML or JSON, or too large, deep or binary.
    """
    read = _READERS.get(PurePath(file).suffix.lower())
    place = Place(file)
    if read is None:
        message = N_("a case file's name ends in .yaml, .yml or .json")
        help = N_("rename the file")
        if PurePath(file).suffix.lower() in _SHEETS:
            help = N_("save the sheet as CSV UTF-8, and give it with --mapping")
        raise stop(fatal("case.unknown-format", message, place, help=help))
    if len(data) > MAX_BYTES:
        message = N_("the file is larger than {limit} MB")
        help = N_("a case file holds the text of one letter; pictures and other files do not belong in it")
        raise stop(fatal("case.too-large", message, place, help=help, limit=MAX_BYTES // 1_000_000))
    return read(_decoded(data, file), file)


def _decoded(data: bytes, file: str) -> str:
    if b"\x00" in data[:4096]:
        message = N_("this is no text file")
        help = N_("a case file is YAML or JSON in UTF-8, not a Word, PDF or Excel file")
        raise stop(fatal("case.not-text", message, Place(file), help=help))
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        message = N_("the file is not in UTF-8")
        help = N_("save it again with the encoding UTF-8; every editor can")
        raise stop(fatal("case.not-utf8", message, Place(file, line), help=help)) from None
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if found := _REFUSED.search(text):
        line = text.count("\n", 0, found.start()) + 1
        column = found.start() - text.rfind("\n", 0, found.start())
        message = N_("the character {character} may not stand in a case file")
        help = N_("remove it; it is invisible and often comes along when text is copied")
        name = ", ".join(f"{c.code} {c.name}" for c in refused_characters(found[0]))
        raise stop(fatal("case.character", message, Place(file, line, column), help=help, character=name))
    return text
