"""The stage Letter -> .docx. It draws what the Letter says and decides nothing else."""

from __future__ import annotations

import functools
import zlib
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from lxml import etree

from letters.document.model import Letter
from letters.kept import NOTHING, Kept, Maker
from letters.problems import RenderError, TemplateError
from letters.render.docx.blocks import BlockWriter, body_xml
from letters.render.docx.languages import with_region
from letters.render.docx.numbering import Numberer
from letters.render.docx.package import core_properties
from letters.render.docx.prepared import Compiled, Letterhead, Prepared
from letters.render.docx.runs import RunWriter
from letters.render.docx.shell import Shell
from letters.render.docx.slots import SlotEnvironment, all_texts
from letters.render.docx.unwritable import unwritable_problems
from letters.render.docx.xml import writable

if TYPE_CHECKING:
    from letters.render.docx.opening import ByDocxtpl

_KIND = "word"
_MAKER = Maker(
    ("render/docx", "render/columns.py", "document"),
    ("docx", "docxtpl", "jinja2", "PIL._version"),
    (etree.LXML_VERSION, etree.LIBXML_VERSION, zlib.ZLIB_RUNTIME_VERSION),
)


class DocxRenderer:
    """Draws letters on one letterhead; lives as long as the process. One thread at a time.

    Args:
        letterhead: a .docx with slots, and with the styles that `names` lists.
        compile_: fill the letterhead compiled where that is possible, and let docxtpl make each letter anew
            where not. The files are the same.
        kept: where a compiled letterhead without faults is kept between runs.

    Raises:
        TemplateError: with every fault found in the letterhead.
    """

    _head: Letterhead
    _by_docxtpl: ByDocxtpl  # where there is no shell

    def __init__(self, letterhead: Path, *, compile_: bool = True, kept: Kept = NOTHING) -> None:
        data = _read(letterhead)
        self._environment = SlotEnvironment()
        self._shell: Shell | None = None
        prepared = kept.get(_KIND, _MAKER, (data,), Prepared) if compile_ else None
        if prepared is not None:
            self._head = prepared.head
            self._shell = Shell(prepared.compiled, self._environment)
            return
        compiled = self._open(letterhead, data, compile_)
        if compiled is not None:
            kept.put(_KIND, _MAKER, (data,), Prepared(self._head, compiled))

    def _open(self, path: Path, data: bytes, compile_: bool) -> Compiled | None:
        """Open, check and compile the letterhead; None where docxtpl shall make each letter."""
        from letters.render.docx.opening import ByDocxtpl, check_specimens

        by_docxtpl = ByDocxtpl(path, data, self._environment)
        self._head, self._by_docxtpl = by_docxtpl.head, by_docxtpl
        tried = not compile_
        compiled: Compiled | None = None

        def specimen(letter: Letter) -> bytes:
            """As `render`. The first specimen tells docxtpl's parts; the others, like letters, are filled."""
            nonlocal tried, compiled
            made = self.render(letter)
            if not tried:
                tried = True
                compiled = by_docxtpl.compiled(made)
                self._shell = Shell(compiled, self._environment) if compiled else None
            return made

        check_specimens(specimen, str(path))
        return compiled

    def render(self, letter: Letter) -> bytes:
        """The letter as a .docx; the same letter always gives the same bytes.

        Raises:
            RenderError: when the letter holds characters that no Word file can hold.
        """
        language = with_region(letter.language)
        core = functools.partial(_core, letter, language)
        if self._shell is None:
            return self._by_docxtpl.draw(letter, functools.partial(self._body, letter), language, core)
        links = self._shell.links()
        body, numberer = self._body(letter, links.relate)
        return self._shell.fill(letter, body, links, numberer, language, core())

    def _body(self, letter: Letter, relate: Callable[[str], str]) -> tuple[str, Numberer]:
        """The body's elements, the links noted by `relate`, and the lists that were met."""
        head = self._head
        runs = RunWriter(head.styles, relate)
        numberer = Numberer(head.indents, head.first_definition, head.first_instance)
        body = body_xml(
            BlockWriter(runs, numberer, head.text_width, head.list_gap).pieces(letter), head.styles
        )
        everything = "".join((body, *runs.links, *all_texts(letter.slots), letter.title))
        if not writable(everything) and (problems := unwritable_problems(letter)):
            raise RenderError(problems)
        return body, numberer


def _core(letter: Letter, language: str) -> bytes:
    return core_properties(
        title=letter.title, author=letter.slots.sender, date=letter.date, language=language
    )


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        from letters.render.docx.faults import unreadable

        raise TemplateError([unreadable(path, error.strerror or "")]) from error
