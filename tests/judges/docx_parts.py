"""A Word file's package: parts, content types, relationships. Source: ECMA-376, part 2."""

import posixpath
import re
import zipfile
from collections.abc import Iterator
from pathlib import Path

from lxml import etree

from judges.findings import Finding, error, warning

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
WP = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
REL = "{http://schemas.openxmlformats.org/package/2006/relationships}"
TYPES = "[Content_Types].xml"
STORIES = re.compile(r"word/(document|header\d*|footer\d*|footnotes)\.xml$")

Parts = dict[str, etree._Element]


def read_parts(path: Path) -> tuple[list[str], Parts, list[Finding]]:
    """The package's names, its XML parts, and what is wrong with it as a package.

    Raises:
        zipfile.BadZipFile: it is no package at all.
    """
    with zipfile.ZipFile(path) as package:
        names = package.namelist()
        data = {name: package.read(name) for name in names}
    found = [error("zip", "the same member twice")] if len(names) != len(set(names)) else []
    parts: Parts = {}
    for name in names:
        if name.endswith((".xml", ".rels")):
            try:
                parts[name] = etree.fromstring(data[name], etree.XMLParser(resolve_entities=False))
            except etree.XMLSyntaxError as fault:
                found.append(error("xml", f"{name}: not well formed: {str(fault)[:120]}"))
    if "word/document.xml" not in parts:
        found.append(error("package", "no readable word/document.xml"))
    return names, parts, [*found, *content_types(names, parts), *relationships(names, parts)]


def content_types(names: list[str], parts: Parts) -> Iterator[Finding]:
    types = parts.get(TYPES)
    if types is None:
        yield error("package", "no content types")
        return
    extensions = {entry.get("Extension", "").lower() for entry in types if entry.tag.endswith("Default")}
    named = {entry.get("PartName", "").lstrip("/") for entry in types if entry.tag.endswith("Override")}
    for name in names:
        known = name in named or name.rsplit(".", 1)[-1].lower() in extensions
        if name != TYPES and not name.endswith("/") and not known:
            yield error("package", f"{name} has no content type")
    for name in sorted(named - set(names)):
        yield error("package", f"content type for missing part {name}")


def relationships(names: list[str], parts: Parts) -> Iterator[Finding]:
    """Each relationship leads somewhere, each reference has one, and nothing is fetched from outside."""
    known: dict[str, set[str]] = {}
    for name, part in parts.items():
        if name.endswith(".rels"):
            base = posixpath.dirname(posixpath.dirname(name))
            source = posixpath.join(base, posixpath.basename(name)[:-5])
            links = list(part.iter(REL + "Relationship"))
            known[source] = {link.get("Id", "") for link in links}
            if len(known[source]) != len(links):
                yield error("package", f"{name}: a relationship id twice")
            for link in links:
                yield from relationship(source, base, link, names)
    for name, part in parts.items():
        for element in part.iter(etree.Element):
            for key, value in element.attrib.items():
                if str(key).startswith(R) and value and value not in known.get(name, set()):
                    yield error("package", f"{name}: reference to missing relationship {value}")


def relationship(source: str, base: str, link: etree._Element, names: list[str]) -> Iterator[Finding]:
    target, kind = link.get("Target", ""), link.get("Type", "").rsplit("/", 1)[-1]
    if link.get("TargetMode") == "External":
        if kind != "hyperlink":
            yield error("external", f"{source}: external {kind} {target[:80]}")
        elif not re.match(r"(https|mailto|tel):", target):
            yield warning("external", f"link to {target[:80]}")
        return
    inside = (
        target.lstrip("/") if target.startswith("/") else posixpath.normpath(posixpath.join(base, target))
    )
    if inside not in names:
        yield error("package", f"{source}: relationship {link.get('Id')} leads to missing {inside}")


def text_of(element: etree._Element) -> str:
    """The text of a paragraph or of what holds paragraphs; tabs and breaks are one character each."""
    signs = {W + "tab": "\t", W + "br": "\n", W + "noBreakHyphen": "-"}
    inside = element.iter(W + "t", *signs)
    return "".join(signs.get(str(part.tag), part.text or "") for part in inside)


def value(element: etree._Element | None, default: str = "") -> str:
    """The `w:val` of an element; `default` when there is none."""
    return default if element is None else str(element.get(W + "val", default))
