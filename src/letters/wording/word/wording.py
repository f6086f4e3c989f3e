"""A Word file of the library -> the text of the wording file that it stands for."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct
from msgspec.structs import replace

from letters.problems import N_, Place, Problem, Severity, TemplateError
from letters.wording.word.head import split_head
from letters.wording.word.model import Note, Source, shortened
from letters.wording.word.package import open_package
from letters.wording.word.reader import read_document
from letters.wording.word.source import write_source

NO_HEAD = N_("begin the document with a table of two columns, Felt and Værdi, in which the title stands")


class WordWording(Struct, frozen=True):
    """A wording that was written in Word.

    Attributes:
        text: the same wording as a Markdown file.
        numbers: for each line of `text` the paragraph that it came from.
        texts: number of a paragraph -> its text.
        notes: the document's comments.
    """

    text: str
    numbers: tuple[int, ...]
    texts: Mapping[int, str]
    notes: tuple[Note, ...]


def read_wording(data: bytes, file: str) -> WordWording:
    """Read a wording from a Word file.

    Raises:
        TemplateError: with every fault at its paragraph.
    """
    read = read_document(open_package(data, file), file)
    problems = list(read.problems)

    def at(number: int) -> Place:
        return Place(file, number, text=shortened(read.texts.get(number, "")))

    def report(number: int) -> None:
        message = N_("bold, italics or a link begins or ends here where it cannot be kept")
        help_ = N_("let it begin and end at a space, or take in the whole word and its punctuation")
        problems.append(Problem("word.looks", Severity.FATAL, message, at(number), {}, help_))

    head, blocks = split_head(read.blocks)
    if blocks:
        blocks = (replace(blocks[0], blanks=0), *blocks[1:])
    body = write_source(blocks, report)
    if head is None:
        message = N_("the file has no head")
        problems.append(Problem("library.head-missing", Severity.FATAL, message, at(1), {}, NO_HEAD))
    if problems:
        raise TemplateError(sorted(problems, key=lambda problem: problem.place.line or 0))
    first = head or Source()
    lines = ["---", *first.lines, "---", "", *body.lines, ""]
    start = first.numbers[0] if first.numbers else 1
    end = body.numbers[0] if body.numbers else start
    numbers = [start, *first.numbers, start, end, *body.numbers, body.numbers[-1] if body.numbers else end]
    return WordWording("\n".join(lines), tuple(numbers), read.texts, read.notes)


def read_paragraphs(data: bytes, file: str) -> tuple[str, ...]:
    """The texts of a Word file's paragraphs, in the order of their numbers.

    Raises:
        TemplateError: it is no Word file, or damaged.
    """
    texts = read_document(open_package(data, file), file).texts
    return tuple(texts.get(number, "") for number in range(1, max(texts, default=0) + 1))
