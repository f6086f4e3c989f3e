"""Which characters a CSV file's bytes are. Excel in Denmark writes Windows-1252, or UTF-8 with a mark.

The whole file is looked through before a row of it is read. What could be two encodings is refused, because a
name with a wrong letter goes out to its owner.
"""

from __future__ import annotations

import codecs
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from letters.batch.faults import table_error
from letters.problems import N_, CaseError, Place

#: The characters of Windows-1252 beyond ASCII that Danish texts and European names are written with. Left out
#: are those that other encodings' æ, ø and å turn into: Ã and Â (UTF-8), ‘ within a word, › and † (code page
#: 850), ¾, ¿ and Œ (Mac).
_EXPECTED = frozenset(
    "æøåÆØÅéèêëÉÈÊËáàâäãÁÀÄíìîïÍÌÎÏóòôöõÓÒÔÖÕúùûüÚÙÛÜçÇñÑýÿÝðÐþÞßšŠžŽ§°½¼€£´·«»–—…‘’“”•©²³µ×\u00a0"
)
_HELP = N_(
    "say which with `encoding: utf-8` or `encoding: windows-1252` in the mapping, or save the file from Excel"
    " as CSV UTF-8"
)


def encoding_of(path: Path, file: BinaryIO, stated: str | None) -> str:
    """The encoding of a CSV file, as Python names it.

    Args:
        file: at its beginning; is left there.
        stated: the encoding that the mapping names; None to find out.
    Raises:
        CaseError: it cannot be told, or is not the one that the mapping names.
    """
    try:
        return _encoding_of(path, file, stated)
    finally:
        file.seek(0)


def _encoding_of(path: Path, file: BinaryIO, stated: str | None) -> str:
    start = file.read(4)
    if start.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        message = N_("the file is in UTF-16")
        help_ = N_("save it from Excel as CSV UTF-8 (semicolon-separated)")
        raise table_error("batch.encoding", message, Place(str(path)), help_)
    marked = start.startswith(codecs.BOM_UTF8)
    if marked and stated == "cp1252":
        message = N_("the mapping says windows-1252, but the file begins with the mark of UTF-8")
        raise table_error("batch.encoding", message, Place(str(path)), N_("take the line out of the mapping"))
    line = _first_not_utf8(file)
    if line is None:
        return "utf-8-sig" if marked or stated != "cp1252" else "cp1252"
    if marked or stated == "utf-8":
        message = N_("this line is not in UTF-8")
        raise table_error("batch.encoding", message, Place(str(path), line), _HELP)
    if stated is None:
        _refuse_doubtful(path, file)
    return "cp1252"


def _first_not_utf8(file: BinaryIO) -> int | None:
    """The first line that is no UTF-8, from 1; None when all of them are."""
    for number, line in enumerate(_lines(file), 1):
        try:
            line.decode("utf-8")
        except UnicodeDecodeError:
            return number
    return None


def _refuse_doubtful(path: Path, file: BinaryIO) -> None:
    for number, line in enumerate(_lines(file), 1):
        if line.isascii():
            continue
        found = _doubtful(line)
        if found is not None:
            raise _doubt(path, number, found)


def _doubtful(line: bytes) -> str | None:
    """The first character that Windows-1252 would hardly hold; None when there is none."""
    try:
        text = line.decode("cp1252")
    except UnicodeDecodeError as error:
        return f"0x{line[error.start]:02X}"
    for before, char, after in zip(" " + text, text, text[1:] + " ", strict=False):
        inside_word = before.isalpha() and after.isalpha()
        if not char.isascii() and (char not in _EXPECTED or (char in "‘“”•" and inside_word)):
            return char
    return None


def _doubt(path: Path, line: int, found: str) -> CaseError:
    message = N_("it cannot be told how the file's letters are encoded: here {found} would stand")
    return table_error("batch.encoding", message, Place(str(path), line), _HELP, found=found)


def _lines(file: BinaryIO) -> Iterator[bytes]:
    file.seek(0)
    while line := file.readline(1_000_000):
        yield line
