"""The styles of a new letterhead; `word_letterhead.py` puts them into its file."""

from __future__ import annotations

from dataclasses import dataclass, replace


def mm(length: float) -> int:
    """Millimetres in Word's twips (1/1440 inch)."""
    return round(length * 1440 / 25.4)


def pt(length: float) -> int:
    """Points in Word's twips."""
    return round(length * 20)


@dataclass(frozen=True)
class Place:
    """Where a slot stands on the page: distances from the paper's edges and the width, in mm."""

    x: float
    y: float
    width: float


@dataclass(frozen=True)
class Design:
    """What a folder's word.yaml says: colours (RRGGBB), margins and places in mm, sizes in points.

    Attributes:
        family: Word's name of the kind of face, "swiss" or "roman".
        body_starts: how far down the first page the body begins, in mm.
        sizes: text -> its size and the height of its line.
    """

    font: str
    family: str
    colours: dict[str, str]
    margins: dict[str, float]
    body_starts: float
    places: dict[str, Place]
    sizes: dict[str, tuple[float, float]]

    @property
    def text_width(self) -> float:
        return 210 - self.margins["left"] - self.margins["right"]


@dataclass(frozen=True)
class Look:
    """What a style says. Sizes and line heights in points, indents in mm; None: as in the base style."""

    size: float | None = None
    line: float | None = None
    before: float | None = None
    after: float | None = None
    left: float | None = None
    hanging: float | None = None
    bold: bool | None = None
    italic: bool | None = None
    underline: str | None = None
    colour: str | None = None
    keep_next: bool = False
    keep_lines: bool = False
    hyphens: bool = True
    level: int | None = None
    align: str = ""
    tab: tuple[str, float] | None = None
    list: tuple[int, int] | None = None
    centred: bool = False
    bar: str | None = None

    def paragraph(self) -> str:
        """The children of w:pPr, in the schema's order."""
        spacing = {
            "before": None if self.before is None else pt(self.before),
            "after": None if self.after is None else pt(self.after),
            "line": None if self.line is None else pt(self.line),
            "lineRule": None if self.line is None else "atLeast",
        }
        indent = {
            "left": None if self.left is None else mm(self.left),
            "hanging": None if self.hanging is None else mm(self.hanging),
        }
        return "".join(
            [
                "<w:keepNext/>" if self.keep_next else "",
                "<w:keepLines/>" if self.keep_lines else "",
                self._numbering(),
                self._bar(),
                self._tab(),
                "" if self.hyphens else "<w:suppressAutoHyphens/>",
                _element("spacing", spacing),
                _element("ind", indent),
                f'<w:jc w:val="{self.align}"/>' if self.align else "",
                '<w:textAlignment w:val="center"/>' if self.centred else "",
                f'<w:outlineLvl w:val="{self.level}"/>' if self.level is not None else "",
            ]
        )

    def _bar(self) -> str:
        if self.bar is None:
            return ""
        line = f'w:val="single" w:sz="12" w:space="12" w:color="{self.bar}"' if self.bar else 'w:val="nil"'
        return f"<w:pBdr><w:left {line}/></w:pBdr>"

    def _tab(self) -> str:
        if self.tab is None:
            return ""
        kind, place = self.tab
        return f'<w:tabs><w:tab w:val="{kind}" w:pos="{mm(place)}"/></w:tabs>'

    def _numbering(self) -> str:
        if self.list is None:
            return ""
        number, level = self.list
        return f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>'

    def run(self) -> str:
        """The children of w:rPr, in the schema's order."""
        half_points = None if self.size is None else round(self.size * 2)
        return "".join(
            [
                _flag("b", self.bold) + _flag("bCs", self.bold),
                _flag("i", self.italic) + _flag("iCs", self.italic),
                f'<w:color w:val="{self.colour}"/>' if self.colour else "",
                f'<w:sz w:val="{half_points}"/><w:szCs w:val="{half_points}"/>' if half_points else "",
                f'<w:u w:val="single" w:color="{self.underline}"/>' if self.underline else "",
            ]
        )


def _element(name: str, attributes: dict[str, object]) -> str:
    given = "".join(f' w:{key}="{value}"' for key, value in attributes.items() if value is not None)
    return f"<w:{name}{given}/>" if given else ""


def _flag(name: str, value: bool | None) -> str:
    return "" if value is None else f"<w:{name}/>" if value else f'<w:{name} w:val="0"/>'


def _logo(design: Design) -> Look:
    """The space below the logo holds the first page's text down: 12 mm to the header, 2 and the logo's 13."""
    size, _ = design.sizes["sender"]
    below = (design.body_starts - 12 - 2 - 13) * 72 / 25.4
    colour = design.colours["accent"]
    return Look(
        size, before=2 * 72 / 25.4, after=below, bold=True, colour=colour, tab=("left", 17), centred=True
    )


def _heading(size: float, line: float, before: float, after: float, level: int, *, bold: bool = True) -> Look:
    return Look(
        size,
        line,
        before,
        after,
        bold=bold,
        italic=not bold,
        keep_next=True,
        keep_lines=True,
        hyphens=False,
        level=level,
    )


def _small(size: tuple[float, float], colour: str, after: float = 0, *, bold: bool | None = None) -> Look:
    return Look(*size, after=after, colour=colour, bold=bold, hyphens=False)


def _item(left: float, hanging: float, list: tuple[int, int] | None = None) -> Look:
    return Look(after=3, left=left, hanging=hanging, list=list)


def _inner(left: float) -> Look:
    return Look(after=3, left=left, bar="")


# Name, id, based on, followed by, look. A style that Word has itself bears Word's English name; a Danish Word
# shows it in Danish.
def _rows(design: Design) -> list[tuple[str, str, str, str, Look]]:
    ink, grey, draft, bar = (design.colours[name] for name in ("ink", "grey", "draft", "bar"))
    body, title, section = (design.sizes[name] for name in ("body", "title", "section"))
    table, small, return_line = (design.sizes[name] for name in ("table", "small", "return_line"))
    furniture = replace(_small(small, grey), tab=("right", design.text_width))
    return [
        ("Body Text", "BodyText", "Normal", "BodyText", Look(line=body[1], after=body[1] / 2)),
        ("heading 1", "Heading1", "Normal", "BodyText", _heading(*title, 0, 10, 0)),
        ("heading 2", "Heading2", "Normal", "BodyText", _heading(*section, 14, 3, 1)),
        ("heading 3", "Heading3", "Normal", "BodyText", _heading(*body, 9, 2, 2)),
        ("heading 4", "Heading4", "Normal", "BodyText", _heading(*body, 9, 2, 3, bold=False)),
        # A letter without a printed title begins at level 1, but its sections look as they always do.
        ("Afsnit uden titel 1", "Untitled1", "Heading1", "BodyText", Look(*section, 14, 3)),
        ("Afsnit uden titel 2", "Untitled2", "Heading2", "BodyText", Look(*body, 9, 2)),
        ("Afsnit uden titel 3", "Untitled3", "Heading3", "BodyText", Look(bold=False, italic=True)),
        ("List Bullet", "ListBullet", "BodyText", "ListBullet", _item(5, 5, (1, 0))),
        ("List Bullet 2", "ListBullet2", "BodyText", "ListBullet2", _item(12, 5, (1, 1))),
        ("List Number", "ListNumber", "BodyText", "ListNumber", _item(7, 7, (2, 0))),
        ("List Number 2", "ListNumber2", "BodyText", "ListNumber2", _item(15.5, 8.5, (2, 1))),
        ("List", "List", "BodyText", "List", _item(7, 7)),
        ("List 2", "List2", "BodyText", "List2", _item(15.5, 8.5)),
        ("List Continue", "ListContinue", "BodyText", "ListContinue", Look(after=3, left=7)),
        ("List Continue 2", "ListContinue2", "BodyText", "ListContinue2", Look(after=3, left=15.5)),
        ("Punktliste fortsat", "BulletContinue", "BodyText", "BulletContinue", Look(after=3, left=5)),
        ("Punktliste fortsat 2", "BulletContinue2", "BodyText", "BulletContinue2", Look(after=3, left=12)),
        ("Quote", "Quote", "BodyText", "Quote", Look(left=5, bar=bar)),
        # The bar stands at a paragraph's own indent, so what is indented further goes without.
        ("Citatliste", "QuoteList", "Quote", "QuoteList", _item(12, 7)),
        ("Citatliste 2", "QuoteList2", "Quote", "QuoteList2", replace(_item(20.5, 8.5), bar="")),
        ("Citatliste fortsat", "QuoteListContinue", "Quote", "QuoteListContinue", _inner(12)),
        ("Citatliste fortsat 2", "QuoteListContinue2", "Quote", "QuoteListContinue2", _inner(20.5)),
        ("Tabeltekst", "TableText", "BodyText", "TableText", Look(*table, 3, 3)),
        ("Tabeltal", "TableFigure", "TableText", "TableFigure", Look(align="right", hyphens=False)),
        ("Tabelhoved", "TableHead", "TableText", "TableHead", Look(bold=True, keep_next=True, hyphens=False)),
        ("Tabelhoved tal", "TableHeadFigure", "TableHead", "TableHeadFigure", Look(align="right")),
        ("Tabelafstand", "TableGap", "Normal", "BodyText", Look(size=4, line=7.5, after=0)),
        (
            "Closing",
            "Closing",
            "BodyText",
            "Signature",
            Look(before=18, after=15, keep_next=True, keep_lines=True),
        ),
        ("Signature", "Signature", "BodyText", "BodyText", Look(after=15, keep_lines=True, hyphens=False)),
        ("Udkast", "DraftNotice", "Normal", "DraftNotice", _small(small, draft, bold=True)),
        ("Afsenderlinje", "ReturnLine", "Normal", "ReturnLine", _small(return_line, grey)),
        ("Adresse", "Address", "Normal", "Address", _small((body[0], body[1] - 1), ink)),
        (
            "Kolonneetiket",
            "ColumnLabel",
            "Normal",
            "ColumnText",
            replace(_small(small, grey), keep_next=True),
        ),
        ("Kolonnetekst", "ColumnText", "Normal", "ColumnLabel", _small(small, ink, after=6)),
        ("header", "Header", "Normal", "Header", furniture),
        ("footer", "Footer", "Normal", "Footer", furniture),
        ("Logolinje", "LogoLine", "Header", "LogoLine", _logo(design)),
        ("Udkastmærke", "DraftMark", "Header", "DraftMark", Look(bold=True, colour=draft)),
    ]


def _characters(design: Design) -> list[tuple[str, str, Look]]:
    return [
        ("Strong", "Strong", Look(bold=True)),
        ("Emphasis", "Emphasis", Look(italic=True)),
        ("Hyperlink", "Hyperlink", Look(underline=design.colours["link"])),
    ]


def styles(namespaces: str, design: Design) -> str:
    """The element w:styles."""
    fonts = "".join(f' w:{kind}="{design.font}"' for kind in ("ascii", "hAnsi", "eastAsia", "cs"))
    half_points = round(design.sizes["body"][0] * 2)
    defaults = (
        f'<w:docDefaults><w:rPrDefault><w:rPr><w:rFonts{fonts}/><w:color w:val="{design.colours["ink"]}"/>'
        f'<w:sz w:val="{half_points}"/><w:szCs w:val="{half_points}"/>'
        '<w:lang w:val="da-DK" w:eastAsia="da-DK" w:bidi="ar-SA"/></w:rPr></w:rPrDefault>'
        "<w:pPrDefault><w:pPr><w:widowControl/></w:pPr></w:pPrDefault></w:docDefaults>"
    )
    basic = (
        '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/><w:qFormat/>'
        '<w:pPr><w:widowControl/><w:spacing w:before="0" w:after="0"/></w:pPr></w:style>'
        '<w:style w:type="character" w:default="1" w:styleId="DefaultParagraphFont">'
        '<w:name w:val="Default Paragraph Font"/><w:uiPriority w:val="1"/><w:semiHidden/></w:style>'
        '<w:style w:type="table" w:default="1" w:styleId="TableNormal"><w:name w:val="Normal Table"/>'
        '<w:uiPriority w:val="99"/><w:semiHidden/><w:tblPr><w:tblInd w:w="0" w:type="dxa"/><w:tblCellMar>'
        '<w:left w:w="0" w:type="dxa"/><w:right w:w="0" w:type="dxa"/></w:tblCellMar></w:tblPr></w:style>'
        '<w:style w:type="numbering" w:default="1" w:styleId="NoList"><w:name w:val="No List"/>'
        "<w:semiHidden/></w:style>"
    )
    paragraphs = "".join(_paragraph_style(*row) for row in _rows(design))
    characters = "".join(_character_style(*row) for row in _characters(design))
    own = paragraphs + characters + _table_style(design)
    return f"<w:styles {namespaces}>{defaults}{basic}{own}</w:styles>"


def _custom(name: str) -> str:
    own = any(
        name.startswith(word) for word in ("Afs", "Adr", "Cit", "Tab", "Punkt", "Udk", "Kol", "Logo", "Brev")
    )
    return ' w:customStyle="1"' if own else ""


def _paragraph_style(name: str, ident: str, base: str, following: str, look: Look) -> str:
    return (
        f'<w:style w:type="paragraph"{_custom(name)} w:styleId="{ident}"><w:name w:val="{name}"/>'
        f'<w:basedOn w:val="{base}"/><w:next w:val="{following}"/><w:qFormat/>'
        f"<w:pPr>{look.paragraph()}</w:pPr><w:rPr>{look.run()}</w:rPr></w:style>"
    )


def _character_style(name: str, ident: str, look: Look) -> str:
    return (
        f'<w:style w:type="character" w:styleId="{ident}"><w:name w:val="{name}"/>'
        f'<w:basedOn w:val="DefaultParagraphFont"/><w:qFormat/><w:rPr>{look.run()}</w:rPr></w:style>'
    )


def _table_style(design: Design) -> str:
    def rule(side: str, size: int, colour: str) -> str:
        return f'<w:{side} w:val="single" w:sz="{size}" w:space="0" w:color="{colour}"/>'

    accent, hairline = design.colours["accent"], design.colours["rule"]
    borders = rule("bottom", 4, hairline) + rule("insideH", 4, hairline)
    return (
        f'<w:style w:type="table"{_custom("Brevtabel")} w:styleId="LetterTable"><w:name w:val="Brevtabel"/>'
        '<w:basedOn w:val="TableNormal"/><w:qFormat/>'
        f"<w:tblPr><w:tblBorders>{borders}</w:tblBorders><w:tblCellMar>"
        f'<w:left w:w="0" w:type="dxa"/><w:right w:w="{mm(3)}" w:type="dxa"/></w:tblCellMar></w:tblPr>'
        f'<w:tblStylePr w:type="firstRow"><w:tcPr><w:tcBorders>{rule("bottom", 8, accent)}</w:tcBorders>'
        '<w:vAlign w:val="bottom"/></w:tcPr></w:tblStylePr></w:style>'
    )
