"""JSON text -> tree (RFC 8259), with positions, which the standard library does not keep.

Strict: no repeated keys, no NaN, no lone surrogates. Numbers stay exact: `int` or `Decimal`, never `float`.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable
from decimal import Decimal, InvalidOperation
from json import JSONDecodeError, decoder

from letters.case.tree import Path, Position, Recorder, Tree
from letters.problems import N_, CaseError

_SPACE = re.compile(r"[ \t\n\r]*")
_NUMBER = re.compile(r"-?(?:0|[1-9][0-9]*)(\.[0-9]+)?([eE][+-]?[0-9]+)?")
_NOT_FINITE = re.compile(r"NaN|-?Infinity")
_SURROGATE = re.compile("[\ud800-\udfff]")
_WORDS = {"true": True, "false": False, "null": None}
_LONGEST_NUMBER = 40

# The standard library's own reader of one string; typeshed does not know it.
_scan_string: Callable[[str, int, bool], tuple[str, int]] = decoder.scanstring  # type: ignore[attr-defined]


def read_json(text: str, file: str) -> Tree:
    """Read one JSON document.

    Args:
        text: with `\\n` as its only line end.
        file: the file as the user named it.

    Raises:
        CaseError: on anything that is not strict JSON.
    """
    return _Reader(text, file).read()


class _Reader:
    def __init__(self, text: str, file: str) -> None:
        self._text = text
        self._record = Recorder(file)
        self._lines = [0, *(found.end() for found in re.finditer("\n", text))]
        self._at = 0

    def read(self) -> Tree:
        root = self._value((), None)
        if self._peek():
            raise self._unexpected()
        return self._record.tree(root)

    def _value(self, path: Path, key: Position | None) -> object:
        begin = self._peek()
        here = self._position()
        self._record.node(path, key if begin and begin in "{[" and key else here)
        if begin == "{":
            return self._object(path)
        if begin == "[":
            return self._array(path)
        if begin == '"':
            return self._string()
        return self._word_or_number(path, key or here)

    def _object(self, path: Path) -> dict[str, object]:
        found: dict[str, object] = {}
        self._at += 1
        while self._peek() != "}":
            if self._peek() != '"':
                raise self._unexpected()
            position = self._position()
            name = self._string()
            self._expect(":")
            fresh = self._record.key((*path, name), position)
            place = (*path, name if fresh else f"{name} ({position.line})")
            value = self._value(place, position)
            if fresh:
                found[name] = value
            if not self._comma("}"):
                break
        self._expect("}")
        return found

    def _array(self, path: Path) -> list[object]:
        found: list[object] = []
        self._at += 1
        while self._peek() != "]":
            found.append(self._value((*path, len(found)), None))
            if not self._comma("]"):
                break
        self._expect("]")
        return found

    def _comma(self, end: str) -> bool:
        """Step over a comma, which must have something after it."""
        if self._peek() != ",":
            return False
        self._at += 1
        if self._peek() == end:
            raise self._unexpected()
        return True

    def _string(self) -> str:
        here = self._position()
        try:
            value, self._at = _scan_string(self._text, self._at + 1, True)
        except JSONDecodeError as error:
            self._at = min(error.pos, len(self._text))
            raise self._record.stop(
                "case.json-string",
                N_("this text in quotes is not valid JSON"),
                self._position(),
                help=N_(
                    "close the quotation marks on the same line; write a line break as \\n, a tab as \\t, "
                    'a backslash as \\\\ and a quotation mark as \\"'
                ),
            ) from None
        if _SURROGATE.search(value):
            raise self._record.stop(
                "case.json-surrogate",
                N_("this text holds half a character (a lone surrogate, \\uD800 to \\uDFFF)"),
                here,
                help=N_("write the character itself; the program that made the file cut it in two"),
            )
        return value

    def _word_or_number(self, path: Path, here: Position) -> object:
        for word, value in _WORDS.items():
            if self._text.startswith(word, self._at):
                self._at += len(word)
                if value is None:
                    self._record.blank(path, here)
                return value
        if found := _NUMBER.match(self._text, self._at):
            return self._number(found, here)
        raise self._unexpected()

    def _number(self, found: re.Match[str], here: Position) -> int | Decimal:
        if len(found[0]) > _LONGEST_NUMBER:
            raise self._record.stop(
                "case.json-number",
                N_("this number has more than {limit} digits"),
                here,
                help=N_("write it in quotes if it is a text"),
                limit=_LONGEST_NUMBER,
            )
        self._at = found.end()
        try:
            return Decimal(found[0]) if found[1] or found[2] else int(found[0])
        except InvalidOperation:
            raise self._record.stop(
                "case.json-number", N_("the exponent of this number is too large"), here
            ) from None

    def _unexpected(self) -> CaseError:
        if _NOT_FINITE.match(self._text, self._at):
            return self._record.stop(
                "case.json-number", N_("NaN and Infinity are no numbers of a case file"), self._position()
            )
        help = N_(
            "look for a missing comma, quotation mark or bracket; "
            "JSON has no comments and no comma at the end"
        )
        if self._at >= len(self._text):
            return self._record.stop(
                "case.json-syntax", N_("the JSON ends too early"), self._position(), help=help
            )
        return self._record.stop(
            "case.json-syntax",
            N_("this is not valid JSON: {found} stands where it may not"),
            self._position(),
            help=help,
            found=repr(self._text[self._at]),
        )

    def _expect(self, character: str) -> None:
        if self._peek() != character:
            raise self._unexpected()
        self._at += 1

    def _peek(self) -> str:
        """The next character that is no space; empty at the end."""
        found = _SPACE.match(self._text, self._at)
        self._at = found.end() if found else self._at
        return self._text[self._at : self._at + 1]

    def _position(self) -> Position:
        line = bisect_right(self._lines, self._at)
        return Position(line, self._at - self._lines[line - 1] + 1)
