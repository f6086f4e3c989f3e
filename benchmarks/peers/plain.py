"""What one would write first: docxtpl and WeasyPrint as their manuals show them, all opened for each letter.

python plain.py SET-UP.json LETTER.json DIRECTORY    one letter, as a process of its own
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any


def docx(setup: dict[str, Any], data: dict[str, Any]) -> bytes:
    """The Word file."""
    import io

    from docxtpl import DocxTemplate

    template = DocxTemplate(setup["docx"])
    template.render(_context(data), autoescape=True)
    target = io.BytesIO()
    template.save(target)
    return target.getvalue()


def _context(data: dict[str, Any]) -> dict[str, Any]:
    from docxtpl import RichText

    def rich(runs: list[dict[str, Any]]) -> RichText:
        text = RichText()
        for run in runs:
            text.add(run["text"], bold=run.get("bold", False), italic=run.get("italic", False))
        return text

    slots = data["slots"]
    facts = [
        {"label": f["label"], "lines": RichText("\n".join(line["text"] for line in f["lines"]))}
        for f in slots["column"]
    ]
    blocks = [
        {**block, "text": rich(block["runs"]) if "runs" in block else RichText("\n".join(block["lines"]))}
        for block in data["blocks"]
    ]
    return {
        **slots,
        "address": [line["text"] for line in slots["address"]],
        "column": facts,
        "page_label": RichText(data["page_label"][0]),
        "heading": data["heading"],
        "blocks": blocks,
    }


def html(setup: dict[str, Any], data: dict[str, Any]) -> str:
    """The page that WeasyPrint and Chromium draw."""
    import jinja2
    from markupsafe import Markup

    environment = jinja2.Environment(autoescape=True, loader=jinja2.FileSystemLoader(setup["templates"]))
    environment.filters["narrow"] = lambda value: value
    body = environment.get_template("body.html").render(data)
    frame = Path(setup["letterhead"], "letterhead.html").read_text("utf-8")
    values = {
        "slots": data["slots"],
        "page_label": data["page_label"],
        "logo": setup["logo"],
        "body": Markup(body),
    }
    page = environment.from_string(frame).render(values)
    style = Path(setup["css"]).read_text("utf-8")
    page = page.replace("</head>", f"<style>{style}</style></head>").replace("<html>", '<html lang="da">')
    return page.replace("</title>", f"</title><meta name='author' content='{data['author']}'/>")


def pdf(setup: dict[str, Any], data: dict[str, Any]) -> bytes:
    """The PDF by WeasyPrint."""
    from weasyprint import HTML

    page = HTML(string=html(setup, data), base_url=setup["letterhead"] + "/")
    found: bytes = page.write_pdf(pdf_variant="pdf/a-2a")
    return found


def main() -> None:
    setup, data = (json.loads(Path(name).read_text("utf-8")) for name in sys.argv[1:3])
    out = Path(sys.argv[3])
    (out / "letter.docx").write_bytes(docx(setup, data))
    (out / "letter.pdf").write_bytes(pdf(setup, data))


if __name__ == "__main__":
    main()
