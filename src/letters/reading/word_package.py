"""A Word file from outside, opened with care: bounded, without network and without entities."""

from __future__ import annotations

import io
import posixpath
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path

from lxml import etree

from letters.problems import N_, LettersError, Place, Problem, Severity

MAX_BYTES = 30_000_000  # of the file
_MAX_UNPACKED = 200_000_000  # bytes of all parts that are read
_OLE = b"\xd0\xcf\x11\xe0"  # an encrypted .docx and an old .doc begin so
_PACKAGE = "{http://schemas.openxmlformats.org/package/2006/relationships}"
_STRICT = "http://purl.oclc.org/ooxml/"
_DOCUMENT = "/officeDocument"


class WordPackage:
    """The parts of a Word file.

    Attributes:
        data: the whole file.
        document: the name of the document part.

    Args:
        data: the whole file.
        file: as the user named it, for problems.
        limit: bytes of all parts that are read.

    Raises:
        LettersError: it is no Word file, or one that cannot be read.
    """

    def __init__(self, data: bytes, file: str, limit: int = _MAX_UNPACKED) -> None:
        self.data = data
        self._file = file
        self._left = limit
        if len(data) > MAX_BYTES:
            raise self._fault(
                "word.too-large",
                N_("the file is larger than {limit} MB"),
                N_("a letter is smaller; look whether it is the right file"),
                limit=MAX_BYTES // 1_000_000,
            )
        if data.startswith(_OLE):
            raise self._fault(
                "word.locked",
                N_("the file has a password, or is in Word's old format (.doc)"),
                N_("open it in Word and save it as a .docx without a password"),
            )
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
        except (zipfile.BadZipFile, ValueError, NotImplementedError):
            raise self._no_word() from None
        self.document = self._document()

    def part(self, name: str) -> etree._Element | None:
        """A part as XML; None when it is not there."""
        data = self.bytes(name)
        if data is None:
            return None
        parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
        try:
            return etree.fromstring(data, parser)
        except etree.XMLSyntaxError:
            raise self._damaged(name) from None

    def bytes(self, name: str) -> bytes | None:
        """A part as it is; None when it is not there."""
        try:
            with self._zip.open(name) as file:
                data = file.read(self._left + 1)
        except KeyError:
            return None
        except (zipfile.BadZipFile, RuntimeError, NotImplementedError, EOFError, OSError, zlib.error):
            raise self._damaged(name) from None
        self._left -= len(data)
        if self._left < 0:
            raise self._damaged(name)
        return data

    def names(self) -> tuple[str, ...]:
        """The names of all parts."""
        return tuple(self._zip.namelist())

    def related(self, name: str) -> dict[str, tuple[str, str]]:
        """What a part refers to inside the file: id -> the kind's last word (`/header`), the part's name."""
        folder = posixpath.dirname(name)
        return {
            ident: (kind, posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/"))
            for ident, kind, target, out in self._relations(name)
            if not out
        }

    def _relations(self, name: str) -> Iterator[tuple[str, str, str, bool]]:
        """Id, kind, target, and whether it leads out of the file."""
        folder, base = posixpath.split(name)
        root = self.part(posixpath.join(folder, "_rels", f"{base}.rels"))
        for relation in [] if root is None else root.iter(f"{_PACKAGE}Relationship"):
            kind = relation.get("Type", "")
            yield (
                relation.get("Id", ""),
                kind[kind.rfind("/") :],
                relation.get("Target", ""),
                relation.get("TargetMode") == "External",
            )

    def external(self, name: str) -> dict[str, tuple[str, str]]:
        """What a part refers to outside the file: id -> the kind's last word (`/hyperlink`), the address."""
        return {ident: (kind, target) for ident, kind, target, out in self._relations(name) if out}

    def relation(self, kind: str) -> etree._Element | None:
        """The part of a kind that the document refers to, such as `/styles`; None when there is none."""
        for found, name in self.related(self.document).values():
            if found == kind:
                return self.part(name)
        return None

    def _document(self) -> str:
        for kind, name in self.related("").values():
            if kind == _DOCUMENT and name in self._zip.namelist():
                root = self.part(name)
                if root is not None and str(root.tag).startswith(f"{{{_STRICT}"):
                    raise self._fault(
                        "word.strict",
                        N_("the file is in the format “Strict Open XML”, which cannot be read"),
                        N_("open it in Word and save it as an ordinary .docx"),
                    )
                return name
        raise self._no_word()

    def _no_word(self) -> LettersError:
        return self._fault(
            "word.no-word-file",
            N_("this is no Word file (.docx)"),
            N_("name the letter.docx that was edited in Word"),
        )

    def _damaged(self, part: str) -> LettersError:
        return self._fault(
            "word.damaged",
            N_("the file is damaged: its part {part} cannot be read"),
            N_("open it in Word and save it again"),
            part=part,
        )

    def _fault(self, code: str, message: str, help_: str, **args: object) -> LettersError:
        return LettersError([Problem(code, Severity.FATAL, message, Place(self._file), args, help_)])


def open_word(path: Path) -> WordPackage:
    """Open a Word file.

    Raises:
        LettersError: it cannot be read, or is no Word file.
    """
    try:
        with path.open("rb") as file:
            data = file.read(MAX_BYTES + 1)
    except OSError as error:
        reason = error.strerror or type(error).__name__
        message = N_("the file cannot be read: {reason}")
        problem = Problem("word.unreadable", Severity.FATAL, message, Place(str(path)), {"reason": reason})
        raise LettersError([problem]) from None
    return WordPackage(data, str(path))
