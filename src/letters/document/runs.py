"""Reading the inline notation of a dump's line; `notation` describes it."""

from __future__ import annotations

from letters.document.lines import Line, malformed
from letters.document.model import Emphasis, Foreign, Inline, LineBreak, Link, Strong, Text
from letters.document.notation import FOREIGN, LINE_BREAK, LINK, MARKS, PLAIN, STRETCH, STRONG, unescape
from letters.problems import N_

_DEEPEST = 20  # marks in marks; keeps a hostile file from exhausting the stack


def read_run(line: Line, text: str | None = None) -> tuple[Inline, ...]:
    """Read a run of inlines; `text` is the part of the line that holds it, None the whole of `line.rest`.

    Raises:
        LetterError: if the notation is malformed.
    """
    reader = _Reader(line, line.rest if text is None else text)
    children = reader.children(0)
    reader.end()
    return children


def read_string(line: Line, text: str | None = None) -> str:
    """Read a text without marks; as `read_run`."""
    reader = _Reader(line, line.rest if text is None else text)
    string = reader.stretch()
    reader.end()
    return string


class _Reader:
    """Reads forward through one text."""

    def __init__(self, line: Line, text: str) -> None:
        self._line = line
        self._text = text
        self._at = 0

    def end(self) -> None:
        if self._at < len(self._text):
            malformed(
                self._line,
                N_('"{found}" has no meaning here; write "\\{found}" for the character itself'),
                found=self._text[self._at],
            )

    def children(self, depth: int) -> tuple[Inline, ...]:
        if depth > _DEEPEST:
            malformed(self._line, N_("marks stand too deep in each other"))
        found: list[Inline] = []
        while True:
            if text := self.stretch():
                found.append(Text(text))
            if not self._skip("{"):
                return tuple(found)
            found.append(self._braces(depth))

    def stretch(self) -> str:
        match = STRETCH.match(self._text, self._at)
        assert match is not None  # noqa: S101 - the pattern matches the empty text, too
        self._at = match.end()
        return unescape(match[0])

    def _braces(self, depth: int) -> Inline:
        mark = self._text[self._at : self._at + 1]
        inline = self._marked(mark, depth) if mark and mark in MARKS else self._of_field()
        if not self._skip("}"):
            malformed(self._line, N_('a brace "{{" is not closed where it should be'))
        return inline

    def _marked(self, mark: str, depth: int) -> Inline:
        self._at += 1
        if mark == LINE_BREAK:
            return LineBreak()
        if mark == PLAIN:
            return Text(self.stretch())
        if mark == LINK:
            return Link(self._name(), self.children(depth + 1))
        if mark == FOREIGN:
            return Foreign(self._name(), self.children(depth + 1))
        children = self.children(depth + 1)
        return Strong(children) if mark == STRONG else Emphasis(children)

    def _of_field(self) -> Text:
        field = self._name()
        return Text(self.stretch(), field)

    def _name(self) -> str:
        name = self.stretch()
        if not self._skip("|"):
            malformed(self._line, N_('a bar "|" is missing after a field, an address or a language'))
        return name

    def _skip(self, ch: str) -> bool:
        there = self._text.startswith(ch, self._at)
        self._at += there
        return there
