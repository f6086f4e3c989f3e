"""A municipality's old Word template -> a proposal for a wording, its fields, and what was not understood."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from msgspec import Struct
from msgspec.structs import replace

from letters.problems import N_, Place, Problem, Severity, TemplateError
from letters.wording.word.model import Block, Kind, Paragraph, Piece, Pieces, Row, Table, plain, shortened
from letters.wording.word.package import open_package
from letters.wording.word.placeholders import FILL_IN, FillIn, understood
from letters.wording.word.reader import read_document
from letters.wording.word.source import write_source

_ROLES = (
    ("guidance", re.compile(r"klage", re.IGNORECASE)),
    ("reasons", re.compile(r"begrund", re.IGNORECASE)),
    ("law", re.compile(r"regler|lovgivning|lovgrundlag|retsgrundlag|hjemmel", re.IGNORECASE)),
    ("facts", re.compile(r"oplysninger i sagen|sagens oplysninger|sagsfremstilling", re.IGNORECASE)),
    ("hearing", re.compile(r"høring", re.IGNORECASE)),
    ("assessment", re.compile(r"vurdering", re.IGNORECASE)),
    ("result", re.compile(r"afgørelse|afslag|bevilling", re.IGNORECASE)),
    ("practical", re.compile(r"det sker der|det betyder|hvad nu", re.IGNORECASE)),
)


class Imported(Struct, frozen=True):
    """What came of an old template.

    Attributes:
        text: the proposal as a Markdown wording.
        fields: name -> what the case type shall ask for.
        names: fill-in -> the tag that took its place, for those that the language has a name for.
        problems: what was not understood or only guessed, each at its paragraph.
    """

    text: str
    fields: dict[str, FillIn]
    names: dict[str, str]
    problems: tuple[Problem, ...]


def import_wording(data: bytes, file: str, title: str) -> Imported:
    """Propose a wording for an old template.

    Args:
        title: of the wording where the template has none.
    Raises:
        TemplateError: it is no Word file, or its tracked changes are not settled.
    """
    read = read_document(open_package(data, file), file, keep_fields=True)
    unsettled = [problem for problem in read.problems if problem.code == "word.tracked-changes"]
    if unsettled:
        raise TemplateError(unsettled)
    importer = _Importer(file, read.texts)
    importer.problems += [replace(problem, severity=Severity.WARNING) for problem in read.problems]
    blocks = [importer.block(block) for block in read.blocks]
    body = write_source(blocks, importer.looks)
    sections = dict(importer.sections(blocks))
    lines = [f"title: {json.dumps(importer.title(blocks) or title, ensure_ascii=False)}", "lead: result"]
    if sections:
        lines += ["sections:", *(f"  {json.dumps(h, ensure_ascii=False)}: {r}" for h, r in sections.items())]
    text = "\n".join(["---", *lines, "---", "", *body.lines, ""])
    problems = sorted(importer.problems, key=lambda problem: problem.place.line or 0)
    return Imported(text, importer.fields, importer.names, tuple(problems))


@dataclass
class _Importer:
    file: str
    texts: dict[int, str]
    fields: dict[str, FillIn] = field(default_factory=dict)
    names: dict[str, str] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)

    def warn(self, code: str, message: str, number: int, help_: str, **args: object) -> None:
        place = Place(self.file, number, text=shortened(self.texts.get(number, "")))
        problem = Problem(code, Severity.WARNING, message, place, args, help_)
        if problem not in self.problems:
            self.problems.append(problem)

    def looks(self, number: int) -> None:
        message = N_("bold, italics or a link begins or ends here where it cannot be kept")
        self.warn("import.looks", message, number, N_("mark it anew in the wording"))

    def block(self, block: Block) -> Block:
        if isinstance(block, Table):
            return replace(block, rows=tuple(self.row(row) for row in block.rows))
        return replace(block, pieces=self.pieces(block.pieces, block.number))

    def row(self, row: Row) -> Row:
        return replace(row, cells=tuple(self.pieces(cell, row.number) for cell in row.cells))

    def pieces(self, pieces: Pieces, number: int) -> Pieces:
        return tuple(new for piece in _whole(pieces) for new in self.piece(piece, number))

    def piece(self, piece: Piece, number: int) -> Iterator[Piece]:
        """A piece with its fill-ins replaced; one that stands in a field is a fill-in as a whole."""
        if piece.field:
            yield Piece(self.filled(understood(piece.text, piece.field), piece.text, number), *piece.look[:3])
            return
        position, out = 0, []
        for match in FILL_IN.finditer(piece.text):
            out.append(piece.text[position : match.start()])
            out.append(self.filled(understood(match.group()), match.group(), number))
            position = match.end()
        yield Piece("".join([*out, piece.text[position:]]), *piece.look[:3])

    def filled(self, fill_in: FillIn, text: str, number: int) -> str:
        if fill_in.reason:
            help_ = N_("it stands in the proposal as it is: write what the letter shall say")
            self.warn("import.not-understood", fill_in.reason, number, help_, fill_in=shortened(text))
        elif fill_in.name:
            self.fields.setdefault(fill_in.name, fill_in)
        else:
            self.names.setdefault(shortened(text), fill_in.tag)
        return fill_in.tag

    def sections(self, blocks: list[Block]) -> Iterator[tuple[str, str]]:
        """The headings of sections, each with the role that its words tell of."""
        for block in blocks:
            if not isinstance(block, Paragraph) or block.kind is not Kind.HEADING or block.level != 2:
                continue
            heading = write_source([block], self.looks).lines[0].removeprefix("## ")
            role = next((role for role, pattern in _ROLES if pattern.search(heading)), "")
            message = N_("the role of the section “{heading}” is a guess: {role}")
            help_ = N_("docs/wording.md lists the roles; the checks ask for what each must say")
            self.warn(
                "import.role", message, block.number, help_, heading=heading, role=role or "information"
            )
            yield heading, role or "information"

    def title(self, blocks: list[Block]) -> str:
        found = (b for b in blocks if isinstance(b, Paragraph) and b.kind is Kind.HEADING and b.level == 1)
        return next((plain(block.pieces).strip() for block in found if "{" not in plain(block.pieces)), "")


def _whole(pieces: Pieces) -> Iterator[Piece]:
    """The pieces with each fill-in in one of them; it takes the look of its beginning."""
    out: list[Piece] = []
    for piece in pieces:
        before = out[-1] if out else None
        if before is not None and before.field == piece.field and (piece.field or _is_open(before.text)):
            out[-1] = Piece(before.text + piece.text, *before.look)
        else:
            out.append(piece)
    yield from out


def _is_open(text: str) -> bool:
    """Whether a fill-in begins in a text and does not end there."""
    return any(text.count(opening) > text.count(closing) for opening, closing in ("[]", "{}", "<>", "«»"))
