"""Every stretch of a wording as it reads, with stand-ins for what a case gives.

A file has as many specimens as it takes to print each of its branches once. Included files are left out: they
have specimens of their own.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from jinja2 import nodes

from letters.document.model import Letter, Slots, Status
from letters.problems import Problem, TemplateError
from letters.upkeep.parsed import Parsed, Reader
from letters.upkeep.scope import path_of
from letters.wording.library import WordingFile
from letters.wording.sections import SectionFault, sections
from letters.wording.tokens import Values
from letters.wording.values import Merged

#: What no letter says but a specimen: one word, so that sentences keep their length.
STAND_IN = "Amal"
_BY_FILTER = {"dato": "1. juni 2026", "kroner": "100 kr.", "antal": "12", "talord": "tolv"}
_MOST = 64  # specimens of one file; a wording with more branches is read in these


@dataclass(frozen=True, slots=True)
class Specimen:
    """A wording file in one of its ways.

    Attributes:
        letter: its own text as a letter; None when it cannot be one, and `problems` says why.
    """

    file: WordingFile
    letter: Letter | None
    problems: tuple[Problem, ...] = ()


def specimens(reader: Reader) -> Iterator[Specimen]:
    """The specimens of every file that can be parsed."""
    for parsed in reader.files.values():
        if parsed.tree is not None:
            yield from _of_file(reader, parsed, parsed.tree)


def _of_file(reader: Reader, parsed: Parsed, tree: nodes.Template) -> Iterator[Specimen]:
    wanted = {
        (id(one), way) for one in tree.find_all((nodes.If, nodes.For, nodes.CondExpr)) for way in _ways(one)
    }
    for _ in range(_MOST):
        writer = _Writer(wanted)
        before = len(wanted)
        writer.body(tree.body)
        yield _specimen(reader, parsed, writer)
        if not wanted or len(wanted) == before:
            return


def _specimen(reader: Reader, parsed: Parsed, writer: _Writer) -> Specimen:
    files = {path: one.file for path, one in reader.files.items()}
    try:
        blocks = reader.composer.read("".join(writer.pieces), writer.values)
        heading, body = sections(blocks, files)
    except TemplateError as error:
        return Specimen(parsed.file, None, error.problems)
    except SectionFault as fault:
        return Specimen(parsed.file, None, (fault.problem,))
    slots = Slots(sender="", page_label="", logo_alt="")
    letter = Letter(
        title=parsed.file.title,
        status=Status.DRAFT,
        date="2026-06-01",
        letterhead="",
        slots=slots,
        sections=tuple(body),
        heading=heading,
        language=reader.composer.library.language,
    )
    return Specimen(parsed.file, letter)


def _ways(node: nodes.Node) -> range:
    match node:
        case nodes.If():
            return range(2 + len(node.elif_))
        case _:
            return range(2)


class _Writer:
    """Writes one specimen, taking ways that no specimen before it took."""

    def __init__(self, wanted: set[tuple[int, int]]) -> None:
        self.wanted = wanted
        self.values = Values()
        self.pieces: list[str] = []

    def body(self, body: Iterable[nodes.Node]) -> None:
        for node in body:
            match node:
                case nodes.Output():
                    for child in node.nodes:
                        self.output(child)
                case nodes.If():
                    self.body(self.way(node, [node.body, *(one.body for one in node.elif_), node.else_]))
                case nodes.For():
                    self.body(self.way(node, [node.body, node.else_]))
                case nodes.Include():
                    self.pieces.append("\n\n")

    def output(self, node: nodes.Node) -> None:
        match node:
            case nodes.TemplateData():
                self.pieces.append(node.data)
            case nodes.CondExpr():
                self.output(self.way(node, [[node.expr1], [node.expr2 or nodes.Const("")]])[0])
            case nodes.Const(value=str() as words) if words:
                self.pieces.append(self.values.put(Merged(words)))
            case nodes.Filter() if node.name == "flertal" and node.args:
                self.output(node.args[0])
            case nodes.Filter() if node.name in _BY_FILTER:
                self.pieces.append(self.values.put(Merged(_BY_FILTER[node.name])))
            case nodes.Const():
                pass
            case _:
                word = "1" if path_of(node).endswith(".number") else STAND_IN
                self.pieces.append(self.values.put(Merged(word)))

    def way(self, node: nodes.Node, bodies: Sequence[Sequence[nodes.Node]]) -> Sequence[nodes.Node]:
        """The way to take: one that is wanted, else one with something wanted in it, else the first."""
        chosen = next((way for way in range(len(bodies)) if (id(node), way) in self.wanted), None)
        if chosen is None:
            chosen = next((way for way, body in enumerate(bodies) if self.is_wanted(body)), 0)
        self.wanted.discard((id(node), chosen))
        return bodies[chosen]

    def is_wanted(self, body: Sequence[nodes.Node]) -> bool:
        ids = {key for key, _ in self.wanted}
        inner = (nodes.If, nodes.For, nodes.CondExpr)
        return any(
            id(one) in ids
            for node in body
            for one in (*([node] if isinstance(node, inner) else []), *node.find_all(inner))
        )
