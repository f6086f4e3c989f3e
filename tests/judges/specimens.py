"""A sound PDF and a sound Word file, made without `letters`, and ways to spoil them."""

import io
import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path

import docx
import pikepdf
from docx.oxml import OxmlElement
from PIL import Image
from weasyprint import HTML

BODY = """<h1>Afslag på din ansøgning</h1><p>Kære Amal. Vi har læst din ansøgning af den 3. maj 2021.</p>
<h2>Begrundelse</h2><ul><li>Første grund</li></ul>
<table><thead><tr><th scope="col">År</th><th scope="col">Antal</th></tr></thead>
<tbody><tr><th scope="row">2021</th><td>481</td></tr></tbody></table>"""
STYLE = "<style>html {font-family: 'Liberation Sans'}</style>"


def make_pdf(
    path: Path, body: str = BODY, head: str = "<title>Afslag</title>", html: str = 'lang="da"'
) -> Path:
    page = f"<!DOCTYPE html><html {html}><head>{head}{STYLE}</head><body>{body}</body></html>"
    HTML(string=page).write_pdf(path, pdf_variant="pdf/ua-1")
    return path


def spoil_pdf(path: Path, spoil: Callable[[pikepdf.Pdf], object]) -> Path:
    with pikepdf.open(path, allow_overwriting_input=True) as pdf:
        spoil(pdf)
        pdf.save(path)
    return path


def make_docx(path: Path, *, picture: bool = False) -> Path:
    document = docx.Document()
    document.core_properties.title = "Afslag"
    document.core_properties.comments = ""
    document.add_heading("Afslag på din ansøgning", 1)
    document.add_paragraph("Kære Amal. Vi har læst din ansøgning af den 3. maj 2021.")
    document.add_heading("Begrundelse", 2)
    table = document.add_table(2, 2)
    table.rows[0]._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))
    for number, cell in enumerate(cell for row in table.rows for cell in row.cells):
        cell.text = f"felt {number}"
    if picture:
        image = io.BytesIO()
        Image.new("RGB", (9, 9), "green").save(image, "PNG")
        document.add_picture(image)
    document.save(str(path))
    return spoil_docx(path, {"word/styles.xml": ("en-US", "da-DK")})


def spoil_docx(path: Path, changes: Mapping[str, tuple[str, str]]) -> Path:
    """Replace text in parts of the package; a change that finds nothing to change is a mistake."""
    with zipfile.ZipFile(path) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    for name, (old, new) in changes.items():
        assert old.encode() in parts[name], f"{old} is not in {name}"
        parts[name] = parts[name].replace(old.encode(), new.encode())
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
        for name, data in parts.items():
            package.writestr(name, data)
    return path
