"""Word files for tests: a letter changed as Word changes it, and small ones written by hand."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from pathlib import Path

from lxml import etree

W_NS = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
W = f"{{{W_NS}}}"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"


def changed_parts(
    data: bytes, change: Callable[[str, bytes], bytes], more: dict[str, str | bytes] | None = None
) -> bytes:
    """The package with each part changed, and with more parts."""
    target = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(data)) as source,
        zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as packed,
    ):
        for name in source.namelist():
            packed.writestr(name, change(name, source.read(name)))
        for name, text in (more or {}).items():
            packed.writestr(name, text)
    return target.getvalue()


class Edited:
    """A letter's Word file that somebody works on."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._data = path.read_bytes()
        with zipfile.ZipFile(path) as package:
            self.root = etree.fromstring(package.read("word/document.xml"))

    def paragraph(self, words: str) -> etree._Element:
        """The paragraph that holds some words; where several do, the first."""
        return next(p for p in self.root.iter(f"{W}p") if words in plain(p))

    def retype(self, old: str, new: str) -> None:
        """Replace words in the paragraph that holds them, as one run: Word joins and splits runs at will."""
        paragraph = self.paragraph(old)
        text = plain(paragraph).replace(old, new, 1)
        for child in list(paragraph):
            if child.tag != f"{W}pPr":
                paragraph.remove(child)
        paragraph.append(xml(f'<w:r><w:t xml:space="preserve">{text}</w:t></w:r>'))

    def save(self, to: Path, change: Callable[[str, bytes], bytes] = lambda name, data: data) -> Path:
        """Write the file with the changes, and with others in its other parts."""
        body = etree.tostring(self.root)
        to.write_bytes(
            changed_parts(
                self._data, lambda name, data: change(name, body if name == "word/document.xml" else data)
            )
        )
        return to


def plain(paragraph: etree._Element) -> str:
    return "".join(t.text or "" for t in paragraph.iter(f"{W}t")).replace("\u00a0", " ")


def xml(text: str) -> etree._Element:
    """An element of the main namespace, as `<w:p>...</w:p>`."""
    end = min(text.index(character) for character in " >/" if character in text)
    return etree.fromstring(f'{text[:end]} xmlns:w="{W_NS}" xmlns:r="{_OFFICE}"{text[end:]}')


def small(body: str, **parts: str) -> bytes:
    """A Word file written by hand.

    Args:
        body: what stands in `w:body`.
        parts: name of a part without folder and ending -> its root's contents: styles, numbering, comments,
            footnotes.
    """
    roots = {"styles": "styles", "numbering": "numbering", "comments": "comments", "footnotes": "footnotes"}
    files = {
        "_rels/.rels": _relations({"officeDocument": "word/document.xml"}),
        "word/document.xml": _root("document", f"<w:body>{body}</w:body>"),
        "word/_rels/document.xml.rels": _relations({name: f"{name}.xml" for name in parts}),
        **{f"word/{name}.xml": _root(roots[name], content) for name, content in parts.items()},
    }
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as packed:
        for name, text in files.items():
            packed.writestr(name, text)
    return target.getvalue()


def _root(name: str, content: str) -> str:
    mc = "http://schemas.openxmlformats.org/markup-compatibility/2006"
    return f'<w:{name} xmlns:w="{W_NS}" xmlns:r="{_OFFICE}" xmlns:mc="{mc}">{content}</w:{name}>'


def _relations(targets: dict[str, str]) -> str:
    entries = "".join(
        f'<Relationship Id="r-{kind}" Type="{_OFFICE}/{kind}" Target="{target}"/>'
        for kind, target in targets.items()
    )
    return f'<Relationships xmlns="{_PACKAGE}">{entries}</Relationships>'
