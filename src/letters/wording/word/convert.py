"""A wording file from Markdown to Word and back, with nothing lost; what would be lost is refused."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec.structs import replace

from letters.problems import N_, Place, Problem, Severity, TemplateError
from letters.wording.markdown import Address, read_blocks
from letters.wording.refusals import FORBIDDEN, Refused
from letters.wording.source import read_yaml
from letters.wording.tokens import TooManyValues
from letters.wording.word.blocks import read_source
from letters.wording.word.head import table_rows
from letters.wording.word.inlines import Tags, Unreadable, protected, without_silent
from letters.wording.word.model import Block, Note, Table, plain
from letters.wording.word.wording import read_wording
from letters.wording.word.writer import write_wording

_NO_WORDING = N_("the file has no head")


def to_word(text: str, file: str) -> bytes:
    """A Markdown wording as a Word file.

    Args:
        text: the whole file, head and body.
        file: as the user named it, for problems.
    Raises:
        TemplateError: it is no wording, or holds what would be lost in Word.
    """
    head, body, first = _divided(text, file)
    _refuse_foreign(body, file, first)
    rows = table_rows(head, file)
    try:
        blocks = read_source(body, first)
    except Unreadable as error:
        raise _lost(file, first, FORBIDDEN.get(str(error), str(error))) from None
    tree = read_yaml(head, file).at(())
    title = tree.get("title") if isinstance(tree, dict) else None
    data = write_wording(head if rows is None else rows, blocks, title if isinstance(title, str) else "")
    back_head, back_body, _ = _divided(read_wording(data, file).text, file)
    if read_yaml(back_head, file).at(()) != tree:
        raise _lost(file, 1, N_("a head that Word cannot show"))
    _compare(blocks, back_body, file)
    return data


def to_markdown(data: bytes, file: str) -> str:
    """A Word wording as a Markdown file; comments become notes before the paragraph they are tied to.

    Raises:
        TemplateError: with every fault at its paragraph.
    """
    read = read_wording(data, file)
    lines = read.text.split("\n")
    body = lines.index("---", 1) + 1
    out = lines[:body]
    waiting = sorted(read.notes, key=lambda note: note.number)
    for line, number in zip(lines[body:], read.numbers[body:], strict=True):
        early = [note for note in waiting if note.number <= number] if line.strip() else []
        waiting = [note for note in waiting if note not in early]
        out += [*_noted(early), line] if early else [line]
    return "\n".join([*out[:-1], *_noted(waiting), out[-1]]) if waiting else "\n".join(out)


def _noted(notes: Sequence[Note]) -> list[str]:
    return [f"{{# {note.author + ': ' if note.author else ''}{_harmless(note.text)} #}}" for note in notes]


def _harmless(text: str) -> str:
    """Text that cannot end the note it stands in."""
    return text.replace("#}", "# }").replace("{#", "{ #")


def _divided(text: str, file: str) -> tuple[str, str, int]:
    """Head, body, and the line on which the body begins."""
    lines = text.removeprefix("\ufeff").replace("\r\n", "\n").split("\n")
    if lines[0].rstrip() == "---":
        for number, line in enumerate(lines[1:], 1):
            if line.rstrip() == "---":
                body = lines[number + 1 :]
                blank = next((index for index, entry in enumerate(body) if entry.strip()), len(body))
                head = "\n".join(["", *lines[1:number]])
                return head, "\n".join(body[blank:]).rstrip("\n"), number + 2 + blank
    help_ = N_("begin the file with a line ---, the head, and a line ---")
    raise TemplateError(
        [Problem("library.head-missing", Severity.FATAL, _NO_WORDING, Place(file, 1), {}, help_)]
    )


class _Somewhere(Tags):
    """Tags that lead somewhere: a link may be one, and its address is known only in a letter."""

    def get(self, char: str) -> object:
        value = super().get(char)
        return value if isinstance(value, Address) else "https://www.example"


def _refuse_foreign(body: str, file: str, first: int) -> None:
    """Refuse what the vocabulary lacks, as composing a letter would."""
    tags = _Somewhere()
    try:
        # As Jinja leaves it: tags that print nothing are gone, and a line that holds no others with them.
        read_blocks(without_silent(protected(body, tags)), tags)
    except TooManyValues:
        raise _lost(file, first, N_("more tags than any wording has")) from None
    except Refused as refused:
        raise _lost(file, first + refused.line, FORBIDDEN[refused.what], refused.snippet) from None


def _compare(ours: Sequence[Block], back: str, file: str) -> None:
    """Refuse a body that comes back from Word as other paragraphs, words or looks; escapes may differ."""
    theirs = read_source(back)
    for block, other in zip(ours, theirs, strict=False):
        if _unplaced(block) != _unplaced(other):
            raise _lost(file, block.number, N_("something that Word cannot keep"), _words(block))
    if len(ours) != len(theirs):
        raise _lost(file, ours[-1].number if ours else 1, N_("something that Word cannot keep"))


def _unplaced(block: Block) -> Block:
    """The block without the numbers of its lines."""
    if isinstance(block, Table):
        return replace(block, number=0, rows=tuple(replace(row, number=0) for row in block.rows))
    return replace(block, number=0)


def _words(block: Block) -> str:
    return plain(block.rows[0].cells[0] if isinstance(block, Table) else block.pieces)


def _lost(file: str, line: int, what: str, snippet: str = "") -> TemplateError:
    message = N_("the wording holds {what} (“{snippet}”)")
    args = {"what": what, "snippet": snippet[:60]}
    help_ = N_("docs/wording.md lists what a wording may hold")
    return TemplateError(
        [Problem("template.markdown", Severity.FATAL, message, Place(file, line), args, help_)]
    )
