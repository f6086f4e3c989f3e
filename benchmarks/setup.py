"""What the peers need, made once: a naive Word template, a style sheet with its fonts, the templates."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

from benchmarks.kinds import ROOT
from letters.render.docx import names
from letters.render.pdf import DEFAULT_FONT_DIRS, PdfRenderer

LETTERHEAD = ROOT / "templates/da/brevpapir/lindehoej"
_PEERS = Path(__file__).with_name("peers")

_STYLES = {
    "heading1": names.HEADINGS[1],
    "heading2": names.HEADINGS[2],
    "heading3": names.HEADINGS[3],
    "item": names.LITERALS[0],
    "greeting": names.GREETING,
    "signature": names.SIGNATURE,
    "paragraph": names.BODY,
}


def set_up(folder: Path) -> dict[str, Any]:
    """Make everything in a folder.

    Returns:
        What `peers/plain.py` calls the set-up: names of files, as JSON holds them.
    """
    renderer = PdfRenderer(LETTERHEAD, DEFAULT_FONT_DIRS)
    logo = renderer._letterhead.logo
    shutil.copy(LETTERHEAD / logo, folder / "logo.svg")
    shutil.copy(_PEERS / "letter.typ", folder / "letter.typ")
    _word_template(folder / "plain.docx")
    rules = Path(__file__).parents[1] / "src/letters/render/pdf/rules.css"
    faces = "\n".join(
        f"@font-face {{ font-family: '{font.family}'; src: url('file://{font.path}');"
        f" font-weight: {700 if 'bold' in font.cut else 400};"
        f" font-style: {'italic' if 'italic' in font.cut else 'normal'} }}"
        for font in renderer.fonts
    )
    families = ", ".join(f"'{family.name}'" for family in renderer._letterhead.families)
    css = (faces, f"html {{ font-family: {families} }}", rules.read_text("utf-8"), renderer._letterhead.css)
    (folder / "plain.css").write_text("\n".join(css), "utf-8")
    return {
        "docx": str(folder / "plain.docx"),
        "templates": str(_PEERS),
        "letterhead": str(LETTERHEAD),
        "logo": logo,
        "css": str(folder / "plain.css"),
        "typst": str(folder / "letter.typ"),
        "fonts": sorted({str(font.path.parent) for font in renderer.fonts}),
        "folder": str(folder),
    }


def _word_template(target: Path) -> None:
    """The letterhead with a loop over blocks in place of the finished body, as docxtpl's manual shows it."""
    from docx import Document

    document = Document(str(LETTERHEAD / "letterhead.docx"))
    slot = next(p for p in document.paragraphs if "body" in p.text)

    def add(text: str, style: str | None = None) -> None:
        paragraph = slot.insert_paragraph_before(text)
        if style:
            paragraph.style = document.styles[style]

    add("{%p if heading %}")
    add("{{ heading }}", names.HEADINGS[0])
    add("{%p endif %}")
    add("{%p for block in blocks %}")
    for place, (kind, style) in enumerate(_STYLES.items()):
        add(f"{{%p {'el' if place else ''}if block.kind == '{kind}' %}}")
        add("{{ block.label }}\t{{r block.text }}" if kind == "item" else "{{r block.text }}", style)
    add("{%p endif %}")
    add("{%p endfor %}")
    slot._p.getparent().remove(slot._p)
    document.save(str(target))
