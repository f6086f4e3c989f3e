"""Blocks in a row -> the letter's printed title and its sections with their roles."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace

from letters.document.model import (
    Block,
    Heading,
    Inline,
    LineBreak,
    Paragraph,
    Role,
    Section,
    Signature,
    Text,
    Wording,
)
from letters.document.walk import inlines, plain, with_inner
from letters.problems import N_, Place, Problem, Severity
from letters.wording.library import WordingFile
from letters.wording.prose import deep_heading

# Prose of these fields is what the law asks for, wherever the wording prints it.
_FIELD_ROLES = (
    (re.compile(r"reasons\[\d+\]\.considerations"), Role.CONSIDERATIONS),
    (re.compile(r"assessment"), Role.ASSESSMENT),
)
_PROSE_LEVEL = 100
_DEEPEST = 3


class SectionFault(Exception):
    """The wording's structure is at fault; says what and where."""

    def __init__(self, code: str, message: str, wording: Wording | None, help: str = "") -> None:
        place = Place(wording.file, wording.line) if wording else Place("")
        self.problem = Problem(code, Severity.FATAL, message, place, help=help)
        super().__init__(code)


class ProseFault(Exception):
    """A prose field of the case does not fit where the wording prints it."""

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        super().__init__(problem.code)


def sections(
    blocks: Iterable[Block], files: Mapping[str, WordingFile]
) -> tuple[tuple[Inline, ...] | None, list[Section]]:
    """Divide a letter's blocks by role and ground.

    Headings keep Markdown's levels on the way in (`#` is the printed title) and have the letter's on the way
    out.

    Raises:
        SectionFault: a title in the wrong place, a heading too deep, text without a role, a bad signature.
        ProseFault: a heading too deep in a case's prose.
    """
    divider = _Divider(files)
    for block in blocks:
        divider.add(block)
    return divider.title, [_finished(section) for section in divider.sections()]


@dataclass
class _Divider:
    files: Mapping[str, WordingFile]
    title: tuple[Inline, ...] | None = None
    roles: dict[str, Role] = field(default_factory=dict)
    level: int = 0
    rows: list[tuple[Role, str | None, Block]] = field(default_factory=list)

    def add(self, block: Block) -> None:
        if isinstance(block, Heading):
            if block.level == 1:
                return self.take_title(block)
            block = self.levelled(block)
        role, ground = self.role(block)
        self.rows.append((role, ground, block))
        return None

    def take_title(self, block: Heading) -> None:
        if self.title is not None or self.rows:
            raise SectionFault(
                "template.title-place",
                N_("the printed title (#) is not the first thing of the letter"),
                block.wording,
                N_("use ## for a section; a letter has one title, before everything else"),
            )
        self.title = block.children

    def levelled(self, block: Heading) -> Heading:
        if block.level >= _PROSE_LEVEL:
            level = self.level + 1 + block.level - _PROSE_LEVEL
        else:
            level = block.level - 1
            if level == 1 and block.wording and (file := self.files.get(block.wording.file)):
                self.open_section(file, block)
            self.level = level
        if level > _DEEPEST and block.level >= _PROSE_LEVEL:
            raise ProseFault(deep_heading(next((field for field in _fields(block) if field), "")))
        if level > _DEEPEST:
            raise SectionFault(
                "template.heading-level",
                N_("a heading lies too deep here"),
                block.wording,
                N_("a letter has sections (##) and two levels below them"),
            )
        return replace(block, level=level)

    def open_section(self, file: WordingFile, block: Heading) -> None:
        role = file.roles.get(block.wording.line) if block.wording else None
        if role is None:
            raise SectionFault(
                "template.section-role",
                N_("the head gives this section no role"),
                block.wording,
                N_("add it under sections: in the head, written exactly as the heading"),
            )
        self.roles[file.path] = role

    def role(self, block: Block) -> tuple[Role, str | None]:
        file = self.files.get(block.wording.file) if block.wording else None
        if file is None:
            raise SectionFault("template.no-place", N_("a paragraph has no place in the library"), None)
        role = _field_role(block) or self.roles.get(file.path, file.lead)
        if role is None:
            raise SectionFault(
                "template.lead-missing",
                N_("text stands before the first section, and the head names no lead"),
                block.wording,
                N_("add lead: and a role to the head, such as lead: result"),
            )
        return role, file.ground.code if file.ground else None

    def sections(self) -> Iterator[Section]:
        row: list[Block] = []
        for index, (role, ground, block) in enumerate(self.rows):
            row.append(block)
            after = self.rows[index + 1][:2] if index + 1 < len(self.rows) else None
            if after != (role, ground):
                yield Section(role, tuple(row), ground)
                row = []


def _field_role(block: Block) -> Role | None:
    """The role of a block that is wholly one of the fields the law asks for."""
    if isinstance(block, Heading):
        return None
    fields = _fields(block)
    if len(fields) != 1 or not (name := fields.pop()):
        return None
    return next((role for pattern, role in _FIELD_ROLES if pattern.fullmatch(name)), None)


def _fields(block: Block) -> set[str | None]:
    found = (inline for inner in with_inner(block) for inline in inlines(inner))
    return {inline.field for inline in found if isinstance(inline, Text)}


def _finished(section: Section) -> Section:
    return _signed(section) if section.role is Role.SIGNATURE else section


def _signed(section: Section) -> Section:
    """Two paragraphs of a signature section become one `Signature`."""
    paragraphs = [block for block in section.blocks if isinstance(block, Paragraph)]
    if len(paragraphs) != 2 or len(section.blocks) != 2:
        raise SectionFault(
            "template.signature",
            N_("a signature is two paragraphs: the greeting, and the lines with name, title and unit"),
            section.blocks[0].wording,
            N_("end each line of the second paragraph but the last with a backslash"),
        )
    greeting, lines = paragraphs
    signature = Signature(greeting.children, tuple(_lines(lines.children)), greeting.wording)
    return replace(section, blocks=(signature,))


def _lines(children: tuple[Inline, ...]) -> Iterator[tuple[Inline, ...]]:
    line: list[Inline] = []
    for child in children:
        if isinstance(child, LineBreak):
            yield tuple(line)
            line = []
        else:
            line.append(child)
    if plain(tuple(line)).strip():
        yield tuple(line)
