"""Write the first letterhead.docx of a letterhead folder, part by part.

Run once for a new letterhead; from then on the file is edited in Word. The folder's word.yaml says how it
looks, and every measure there is that of the PDF twin (`letterhead.css` in the same folder). Nothing of
Word's own template comes along: no theme, no author, no thumbnail.

    python tools/word_letterhead.py templates/da/brevpapir/lindehoej
"""

from __future__ import annotations

import argparse
import sys
import zipfile
from pathlib import Path

import yaml
from word_styles import Design, Place, mm, styles

_TYPES = "application/vnd.openxmlformats-officedocument"
_WML = f"{_TYPES}.wordprocessingml"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_REL = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_NAMESPACES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    f'xmlns:r="{_REL}" '
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture"'
)
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'


# The slots that stand at a fixed place, and what word.yaml calls the place. The frames stand in the slots'
# paragraphs and not in their styles, where LibreOffice 7.4 does not see them.
FRAMED = {
    "DraftMark": "mark",
    "DraftNotice": "notice",
    "ReturnLine": "return_line",
    "Address": "address",
    "ColumnLabel": "column",
    "ColumnText": "column",
}


def frame(place: Place) -> str:
    return (
        f'<w:framePr w:w="{mm(place.width)}" w:wrap="around" w:vAnchor="page" w:hAnchor="page" '
        f'w:x="{mm(place.x)}" w:y="{mm(place.y)}"/>'
    )


def read_design(file: Path) -> Design:
    """What word.yaml says. A missing or misspelt key ends the program with its name."""
    told = yaml.safe_load(file.read_text(encoding="utf-8"))
    told["places"] = {name: Place(*place) for name, place in told["places"].items()}
    told["sizes"] = {name: tuple(size) for name, size in told["sizes"].items()}
    return Design(**told)


class Writer:
    """Writes the parts of one design."""

    def __init__(self, design: Design) -> None:
        self._design = design

    def _p(self, style: str, text: str) -> str:
        framed = frame(self._design.places[FRAMED[style]]) if style in FRAMED else ""
        return f'<w:p><w:pPr><w:pStyle w:val="{style}"/>{framed}</w:pPr><w:r><w:t>{text}</w:t></w:r></w:p>'

    def document(self) -> str:
        """The slots in the order in which a letter is read."""
        rows = [
            self._p("DraftNotice", "{%p if notice %}"),
            self._p("DraftNotice", "{{ notice }}"),
            self._p("DraftNotice", "{%p endif %}"),
            self._p("ReturnLine", "{%p if return_line %}"),
            self._p("ReturnLine", "{{ return_line }}"),
            self._p("ReturnLine", "{%p endif %}"),
            self._p("Address", "{%p for line in address %}"),
            self._p("Address", "{{ line }}"),
            self._p("Address", "{%p endfor %}"),
            self._p("ColumnLabel", "{%p for fact in column %}"),
            self._p("ColumnLabel", "{%p if fact.label %}"),
            self._p("ColumnLabel", "{{ fact.label }}"),
            self._p("ColumnLabel", "{%p endif %}"),
            self._p("ColumnText", "{{r fact.lines }}"),
            self._p("ColumnText", "{%p endfor %}"),
            self._p("BodyText", "{{p body }}"),
        ]
        margins = self._design.margins
        section = (
            '<w:sectPr><w:headerReference w:type="default" r:id="rId4"/>'
            '<w:headerReference w:type="first" r:id="rId3"/>'
            '<w:footerReference w:type="default" r:id="rId5"/><w:footerReference w:type="first" r:id="rId5"/>'
            f'<w:pgSz w:w="{mm(210)}" w:h="{mm(297)}"/>'
            f'<w:pgMar w:top="{mm(margins["top"])}" w:right="{mm(margins["right"])}" '
            f'w:bottom="{mm(margins["bottom"])}" w:left="{mm(margins["left"])}" '
            f'w:header="{mm(12)}" w:footer="{mm(10)}" w:gutter="0"/><w:titlePg/></w:sectPr>'
        )
        return f"{_HEAD}<w:document {_NAMESPACES}><w:body>{''.join(rows)}{section}</w:body></w:document>"

    def _mark(self) -> str:
        return (
            self._p("DraftMark", "{%p if mark %}")
            + self._p("DraftMark", "{{ mark }}")
            + self._p("DraftMark", "{%p endif %}")
        )

    def _logo(self, size: float) -> str:
        side = round(size * 36000)  # English Metric Units
        return (
            '<w:drawing><wp:inline distT="0" distB="0" distL="0" distR="0">'
            f'<wp:extent cx="{side}" cy="{side}"/>'
            '<wp:docPr id="1" name="Logo" descr="{{ logo_alt }}"/><a:graphic>'
            '<a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/picture"><pic:pic>'
            '<pic:nvPicPr><pic:cNvPr id="1" name="logo.png"/>'
            '<pic:cNvPicPr><a:picLocks noChangeAspect="1"/></pic:cNvPicPr></pic:nvPicPr>'
            '<pic:blipFill><a:blip r:embed="rId1"/><a:stretch><a:fillRect/></a:stretch></pic:blipFill>'
            f'<pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="{side}" cy="{side}"/></a:xfrm>'
            '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr></pic:pic></a:graphicData></a:graphic>'
            "</wp:inline></w:drawing>"
        )

    def first_header(self) -> str:
        logo = (
            f'<w:p><w:pPr><w:pStyle w:val="LogoLine"/></w:pPr><w:r>{self._logo(13)}</w:r>'
            "<w:r><w:tab/></w:r><w:r><w:t>{{ sender }}</w:t></w:r></w:p>"
        )
        return f"{_HEAD}<w:hdr {_NAMESPACES}>{self._mark()}{logo}</w:hdr>"

    def next_header(self) -> str:
        line = (
            '<w:p><w:pPr><w:pStyle w:val="Header"/></w:pPr><w:r><w:t>{{ sender }}</w:t></w:r>'
            "<w:r><w:tab/></w:r><w:r><w:t>{{ running }}</w:t></w:r></w:p>"
        )
        return f"{_HEAD}<w:hdr {_NAMESPACES}>{self._mark()}{line}</w:hdr>"

    def footer(self) -> str:
        line = (
            '<w:p><w:pPr><w:pStyle w:val="Footer"/></w:pPr><w:r><w:t>{{r page_label }}</w:t></w:r>'
            "<w:r><w:t>{%r if classification %}</w:t></w:r><w:r><w:tab/></w:r>"
            f'<w:r><w:rPr><w:b/><w:color w:val="{self._design.colours["draft"]}"/></w:rPr>'
            "<w:t>{{ classification }}</w:t></w:r><w:r><w:t>{%r endif %}</w:t></w:r></w:p>"
        )
        return f"{_HEAD}<w:ftr {_NAMESPACES}>{line}</w:ftr>"

    def fonts(self) -> str:
        return (
            f'{_HEAD}<w:fonts {_NAMESPACES}><w:font w:name="{self._design.font}">'
            f'<w:charset w:val="00"/><w:family w:val="{self._design.family}"/><w:pitch w:val="variable"/>'
            "</w:font></w:fonts>"
        )


def numbering() -> str:
    """Two lists that belong to the list styles, so that a list typed in Word looks like one of ours."""
    bullets = [("bullet", "•", "ListBullet"), ("bullet", "•", "ListBullet2")]
    numbers = [("decimal", "%1.", "ListNumber"), ("lowerLetter", "%2.", "ListNumber2")]
    lists = "".join(
        f'<w:abstractNum w:abstractNumId="{i}"><w:nsid w:val="1F5C500{i}"/>'
        '<w:multiLevelType w:val="multilevel"/>'
        + "".join(
            f'<w:lvl w:ilvl="{level}"><w:start w:val="1"/><w:numFmt w:val="{kind}"/>'
            f'<w:pStyle w:val="{style}"/><w:lvlText w:val="{text}"/><w:lvlJc w:val="left"/></w:lvl>'
            for level, (kind, text, style) in enumerate(levels)
        )
        + "</w:abstractNum>"
        for i, levels in enumerate((bullets, numbers))
    )
    instances = "".join(f'<w:num w:numId="{i + 1}"><w:abstractNumId w:val="{i}"/></w:num>' for i in range(2))
    return f"{_HEAD}<w:numbering {_NAMESPACES}>{lists}{instances}</w:numbering>"


def settings() -> str:
    return (
        f'{_HEAD}<w:settings {_NAMESPACES}><w:zoom w:percent="100"/><w:autoHyphenation/>'
        '<w:consecutiveHyphenLimit w:val="2"/><w:hyphenationZone w:val="425"/><w:doNotHyphenateCaps/>'
        '<w:characterSpacingControl w:val="doNotCompress"/><w:compat>'
        '<w:compatSetting w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word" '
        'w:val="15"/></w:compat><w:themeFontLang w:val="da-DK"/><w:decimalSymbol w:val=","/>'
        '<w:listSeparator w:val=";"/></w:settings>'
    )


def relationships(*targets: tuple[str, str]) -> str:
    rows = "".join(
        f'<Relationship Id="rId{number}" Type="{kind}" Target="{target}"/>'
        for number, (kind, target) in enumerate(targets, 1)
    )
    return f'{_HEAD}<Relationships xmlns="{_PACKAGE}/relationships">{rows}</Relationships>'


def content_types() -> str:
    parts = {
        "word/document.xml": f"{_WML}.document.main+xml",
        "word/styles.xml": f"{_WML}.styles+xml",
        "word/numbering.xml": f"{_WML}.numbering+xml",
        "word/settings.xml": f"{_WML}.settings+xml",
        "word/fontTable.xml": f"{_WML}.fontTable+xml",
        "word/header1.xml": f"{_WML}.header+xml",
        "word/header2.xml": f"{_WML}.header+xml",
        "word/footer1.xml": f"{_WML}.footer+xml",
        "docProps/core.xml": "application/vnd.openxmlformats-package.core-properties+xml",
    }
    rows = "".join(f'<Override PartName="/{name}" ContentType="{kind}"/>' for name, kind in parts.items())
    return (
        f'{_HEAD}<Types xmlns="' + _PACKAGE + '/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
        f'<Default Extension="png" ContentType="image/png"/>{rows}</Types>'
    )


def core() -> str:
    return (
        f'{_HEAD}<cp:coreProperties xmlns:cp="{_PACKAGE}/metadata/core-properties" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>Brevpapir</dc:title>'
        "<dc:language>da-DK</dc:language></cp:coreProperties>"
    )


def parts(logo: bytes, design: Design) -> dict[str, bytes]:
    """Every part of the letterhead, in the order in which it is packed."""
    writer = Writer(design)
    texts = {
        "[Content_Types].xml": content_types(),
        "_rels/.rels": relationships(
            (f"{_REL}/officeDocument", "word/document.xml"),
            (f"{_PACKAGE}/relationships/metadata/core-properties", "docProps/core.xml"),
        ),
        "word/document.xml": writer.document(),
        "word/_rels/document.xml.rels": relationships(
            (f"{_REL}/styles", "styles.xml"),
            (f"{_REL}/settings", "settings.xml"),
            (f"{_REL}/header", "header1.xml"),
            (f"{_REL}/header", "header2.xml"),
            (f"{_REL}/footer", "footer1.xml"),
            (f"{_REL}/numbering", "numbering.xml"),
            (f"{_REL}/fontTable", "fontTable.xml"),
        ),
        "word/styles.xml": _HEAD + styles(_NAMESPACES, design),
        "word/settings.xml": settings(),
        "word/numbering.xml": numbering(),
        "word/fontTable.xml": writer.fonts(),
        "word/header1.xml": writer.first_header(),
        "word/_rels/header1.xml.rels": relationships((f"{_REL}/image", "media/logo.png")),
        "word/header2.xml": writer.next_header(),
        "word/footer1.xml": writer.footer(),
        "docProps/core.xml": core(),
    }
    return {name: text.encode() for name, text in texts.items()} | {"word/media/logo.png": logo}


def main(arguments: list[str]) -> int:
    raw = argparse.RawDescriptionHelpFormatter
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=raw)
    parser.add_argument("folder", type=Path, help="the letterhead's folder; it holds logo.png and word.yaml")
    parser.add_argument("--force", action="store_true", help="replace a letterhead.docx that is there")
    options = parser.parse_args(arguments)
    target = options.folder / "letterhead.docx"
    if target.exists() and not options.force:
        parser.error(f"{target} exists; --force replaces it, with what was changed in Word")
    logo = (options.folder / "logo.png").read_bytes()
    design = read_design(options.folder / "word.yaml")
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as package:
        for name, data in parts(logo, design).items():
            package.writestr(zipfile.ZipInfo(name), data, zipfile.ZIP_DEFLATED)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
