"""What stands in a Word file: damaged structure, accessibility, and what must not travel with a letter."""

import re
from collections.abc import Iterator
from itertools import groupby, pairwise

from lxml import etree

from judges.docx_parts import STORIES, WP, Parts, W, text_of, value
from judges.findings import Finding, error, leftovers, note, warning

DC = "{http://purl.org/dc/elements/1.1/}"
WPS_TEXT_BOX = "{http://schemas.microsoft.com/office/word/2010/wordprocessingShape}txbx"
OFF = ("0", "false")
EMPTY_LINKS = ("her", "klik her", "link", "læs mere", "here")


def body(names: list[str], parts: Parts, lang: str) -> Iterator[Finding]:
    for name, part in parts.items():
        if STORIES.match(name):
            yield from structure(name, part)
            yield from leftovers(name, "\n".join(text_of(line) for line in part.iter(W + "p")))
    yield from title(parts)
    yield from language(parts, lang)
    document = parts["word/document.xml"]
    yield from headings(document, parts.get("word/styles.xml"))
    yield from spacing(document)
    for name, part in parts.items():
        if STORIES.match(name):
            yield from pictures(name, part)
    yield from tables(document)
    yield from links(document)
    yield from privacy(names)


def structure(name: str, part: etree._Element) -> Iterator[Finding]:
    """What schemas let through and Word calls damaged, and what was never meant to be read."""
    ignored = (W + "tcPr", W + "bookmarkStart", W + "bookmarkEnd")
    for cell in part.iter(W + "tc"):
        inside = [child for child in cell if child.tag not in ignored]
        if not inside or inside[-1].tag not in (W + "p", W + "sdt", W + "customXml"):
            yield error("structure", f"{name}: a table cell does not end with a paragraph")
    for table in part.iter(W + "tbl"):
        if table.find(f".//{W}tr") is None:
            yield error("structure", f"{name}: table without rows")
    marks = {kind: sorted(m.get(W + "id", "") for m in part.iter(W + kind)) for kind in BOOKMARKS}
    if marks[BOOKMARKS[0]] != marks[BOOKMARKS[1]] or len(set(marks[BOOKMARKS[0]])) != len(
        marks[BOOKMARKS[0]]
    ):
        yield error("structure", f"{name}: bookmarks do not match")
    for change in ("ins", "del", "moveFrom", "moveTo"):
        if next(part.iter(W + change), None) is not None:
            yield error("privacy", f"{name}: tracked change <w:{change}>")
    for hidden in part.iter(W + "vanish"):
        run = hidden.getparent().getparent()
        if value(hidden) not in OFF and text_of(run).strip():
            yield error("privacy", f"{name}: hidden text")


BOOKMARKS = ("bookmarkStart", "bookmarkEnd")


def title(parts: Parts) -> Iterator[Finding]:
    core = parts.get("docProps/core.xml")
    found = "" if core is None else core.findtext(DC + "title") or ""
    if not found.strip():
        yield error("title", "no title in the core properties")
    yield from leftovers("title", found)


def language(parts: Parts, lang: str) -> Iterator[Finding]:
    styles = parts.get("word/styles.xml")
    default = ""
    if styles is not None:
        normal = f"{W}style[@{W}default='1'][@{W}type='paragraph']//{W}lang"
        default = value(styles.find(f"{W}docDefaults//{W}lang"))
        default = value(styles.find(normal), default)
    if not default.lower().startswith(lang.lower() or "?"):
        yield error("lang", f"default language is {default!r}, expected {lang!r}")


class Styles:
    """Which heading level a paragraph's style gives it, through inheritance."""

    def __init__(self, styles: etree._Element | None) -> None:
        entries = [] if styles is None else list(styles.iter(W + "style"))
        self.styles = {entry.get(W + "styleId", ""): entry for entry in entries}

    def level(self, paragraph: etree._Element) -> int:
        """1 for the highest heading; 0 for a paragraph that is none."""
        own = paragraph.find(f"{W}pPr/{W}outlineLvl")
        if own is not None:
            return outline(own)
        code = value(paragraph.find(f"{W}pPr/{W}pStyle"))
        for _ in range(len(self.styles)):
            style = self.styles.get(code)
            if style is None:
                return 0
            if named := re.fullmatch(r"heading (\d)", value(style.find(W + "name")).lower()):
                return int(named[1])
            if (level := style.find(f"{W}pPr/{W}outlineLvl")) is not None:
                return outline(level)
            code = value(style.find(W + "basedOn"))
        return 0


def outline(level: etree._Element) -> int:
    """`w:outlineLvl` counts from 0, and 9 means body text (ECMA-376, 17.3.1.20)."""
    number = int(value(level, "9"))
    return number + 1 if number < 9 else 0


def headings(document: etree._Element, styles: etree._Element | None) -> Iterator[Finding]:
    known = Styles(styles)
    levels = []
    for paragraph in document.iter(W + "p"):
        level, said = known.level(paragraph), text_of(paragraph).strip()
        if level:
            levels.append(level)
            if not said:
                yield error("heading", f"empty heading of level {level}")
        elif looks_like_heading(paragraph, said):
            yield warning("heading", f"bold paragraph that may be a fake heading: {said[:30]!r}")
    if not levels:
        yield error("heading", "no headings")
    elif levels[0] != 1:
        yield error("heading", f"first heading has level {levels[0]}")
    for above, below in pairwise(levels):
        if below > above + 1:
            yield error("heading", f"heading level jumps from {above} to {below}")
    yield note("heading", str(levels))


def looks_like_heading(paragraph: etree._Element, said: str) -> bool:
    runs = [run for run in paragraph.iter(W + "r") if text_of(run).strip()]
    bold = bool(runs) and all(run.find(f"{W}rPr/{W}b") is not None for run in runs)
    return bold and len(said) < 60 and paragraph.getparent().tag == W + "body"


def spacing(document: etree._Element) -> Iterator[Finding]:
    for blank, lines in groupby(document.iterfind(f"{W}body/*"), is_blank):
        if blank and len(list(lines)) > 1:
            yield warning("spacing", "empty paragraphs used as spacing")


def is_blank(element: etree._Element) -> bool:
    drawn = next(element.iter(WP + "docPr", W + "pict", W + "object", W + "sectPr"), None)
    return element.tag == W + "p" and drawn is None and not text_of(element).strip()


def pictures(name: str, part: etree._Element) -> Iterator[Finding]:
    for picture in part.iter(WP + "docPr"):
        marks = [mark for mark in picture.iter(etree.Element) if str(mark.tag).endswith("}decorative")]
        decorative = any(mark.get("val") in ("1", "true") for mark in marks)
        if not (picture.get("descr") or "").strip() and not decorative:
            yield error("alt", f"{name}: picture {picture.get('name')!r} has no alternative text")
        if picture.getparent().tag == WP + "anchor":
            yield warning("layout", f"{name}: floating picture {picture.get('name')!r}")
    if next(part.iter(WPS_TEXT_BOX, W + "txbxContent"), None) is not None:
        yield warning("layout", f"{name}: text box")


def tables(document: etree._Element) -> Iterator[Finding]:
    for number, table in enumerate(document.iter(W + "tbl"), 1):
        rows = table.findall(W + "tr")
        head = rows[0].find(f"{W}trPr/{W}tblHeader") if rows else None
        if len(rows) > 1 and (head is None or value(head) in OFF):
            yield error("table", f"table {number}: the first row is not marked as header row")
        if table.find(f".//{W}tbl") is not None:
            yield warning("table", f"table {number}: nested table")
        if next(table.iter(W + "vMerge"), None) is not None:
            yield warning("table", f"table {number}: vertically merged cells")


def links(document: etree._Element) -> Iterator[Finding]:
    for link in document.iter(W + "hyperlink"):
        said = text_of(link).strip()
        if not said:
            yield error("link", "hyperlink without text")
        elif said.lower() in EMPTY_LINKS:
            yield warning("link", f"link text {said!r} says nothing on its own")


def privacy(names: list[str]) -> Iterator[Finding]:
    for name in names:
        if re.search(r"vbaProject|activeX|embeddings/|oleObject", name, re.IGNORECASE):
            yield error("active", f"active or embedded content {name}")
        if "comments" in name:
            yield error("privacy", f"part {name} travels with the letter")
        elif re.search(r"people\.xml|thumbnail|customXml/item\d", name):
            yield warning("privacy", f"part {name} travels with the letter")
