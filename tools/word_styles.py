"""The styles of a new letterhead; `word_letterhead.py` puts them into its file."""

from __future__ import annotations

from dataclasses import dataclass, replace

ACCENT, INK, GREY, DRAFT = "1F5C50", "1A1A1A", "555555", "9A2F1E"  # each at least 4.5:1 on white


def mm(length: float) -> int:
    """Millimetres in Word's twips (1/1440 inch)."""
    return round(length * 1440 / 25.4)


def pt(length: float) -> int:
    """Points in Word's twips."""
    return round(length * 20)


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
    underline: bool = False
    colour: str | None = None
    keep_next: bool = False
    keep_lines: bool = False
    hyphens: bool = True
    level: int | None = None
    align: str = ""
    tab: tuple[str, float] | None = None
    list: tuple[int, int] | None = None
    centred: bool = False
    bar: bool | None = None

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
        line = 'w:val="single" w:sz="12" w:space="12" w:color="B9CFC9"' if self.bar else 'w:val="nil"'
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
                '<w:u w:val="single"/>' if self.underline else "",
            ]
        )


def _element(name: str, attributes: dict[str, object]) -> str:
    given = "".join(f' w:{key}="{value}"' for key, value in attributes.items() if value is not None)
    return f"<w:{name}{given}/>" if given else ""


def _flag(name: str, value: bool | None) -> str:
    return "" if value is None else f"<w:{name}/>" if value else f'<w:{name} w:val="0"/>'


# The space below the logo is what holds the first page's text down at 98 mm: 12 + 2 + 13 + 71.
_LOGO = Look(
    14, before=2 * 72 / 25.4, after=71 * 72 / 25.4, bold=True, colour=ACCENT, tab=("left", 17), centred=True
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


def _small(
    size: float, line: float, colour: str = INK, after: float = 0, *, bold: bool | None = None
) -> Look:
    return Look(size, line, after=after, colour=colour, bold=bold, hyphens=False)


def _item(left: float, hanging: float, list: tuple[int, int] | None = None) -> Look:
    return Look(after=3, left=left, hanging=hanging, list=list)


def _inner(left: float) -> Look:
    return Look(after=3, left=left, bar=False)


# Name, id, based on, followed by, look. A style that Word has itself bears Word's English name; a Danish Word
# shows it in Danish.
STYLES: list[tuple[str, str, str, str, Look]] = [
    ("Body Text", "BodyText", "Normal", "BodyText", Look(line=15, after=7.5)),
    ("heading 1", "Heading1", "Normal", "BodyText", _heading(17, 22, 0, 10, 0)),
    ("heading 2", "Heading2", "Normal", "BodyText", _heading(12, 15, 14, 3, 1)),
    ("heading 3", "Heading3", "Normal", "BodyText", _heading(10.5, 15, 9, 2, 2)),
    ("heading 4", "Heading4", "Normal", "BodyText", _heading(10.5, 15, 9, 2, 3, bold=False)),
    # A letter without a printed title begins at level 1, but its sections look as they always do.
    ("Afsnit uden titel 1", "Untitled1", "Heading1", "BodyText", Look(12, 15, 14, 3)),
    ("Afsnit uden titel 2", "Untitled2", "Heading2", "BodyText", Look(10.5, 15, 9, 2)),
    ("Afsnit uden titel 3", "Untitled3", "Heading3", "BodyText", Look(bold=False, italic=True)),
    ("List Bullet", "ListBullet", "BodyText", "ListBullet", _item(6.5, 6.5, (1, 0))),
    ("List Bullet 2", "ListBullet2", "BodyText", "ListBullet2", _item(11.5, 5, (1, 1))),
    ("List Number", "ListNumber", "BodyText", "ListNumber", _item(6.5, 6.5, (2, 0))),
    ("List Number 2", "ListNumber2", "BodyText", "ListNumber2", _item(15.5, 9, (2, 1))),
    ("List", "List", "BodyText", "List", _item(6.5, 6.5)),
    ("List 2", "List2", "BodyText", "List2", _item(15.5, 9)),
    ("List Continue", "ListContinue", "BodyText", "ListContinue", Look(after=3, left=6.5)),
    ("List Continue 2", "ListContinue2", "BodyText", "ListContinue2", Look(after=3, left=15.5)),
    ("Punktliste fortsat 2", "BulletContinue2", "BodyText", "BulletContinue2", Look(after=3, left=11.5)),
    ("Quote", "Quote", "BodyText", "Quote", Look(left=5, bar=True)),
    # The bar stands at a paragraph's own indent, so what is indented further goes without.
    ("Citatliste", "QuoteList", "Quote", "QuoteList", _item(11.5, 6.5)),
    ("Citatliste 2", "QuoteList2", "Quote", "QuoteList2", replace(_item(20.5, 9), bar=False)),
    ("Citatliste fortsat", "QuoteListContinue", "Quote", "QuoteListContinue", _inner(11.5)),
    ("Citatliste fortsat 2", "QuoteListContinue2", "Quote", "QuoteListContinue2", _inner(20.5)),
    ("Tabeltekst", "TableText", "BodyText", "TableText", Look(9.5, 13, 3, 3)),
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
    ("Udkast", "DraftNotice", "Normal", "DraftNotice", _small(8.5, 11.5, DRAFT, bold=True)),
    ("Afsenderlinje", "ReturnLine", "Normal", "ReturnLine", _small(7.5, 9, GREY)),
    ("Adresse", "Address", "Normal", "Address", _small(10.5, 14)),
    (
        "Kolonneetiket",
        "ColumnLabel",
        "Normal",
        "ColumnText",
        replace(_small(8.5, 11.5, GREY), keep_next=True),
    ),
    ("Kolonnetekst", "ColumnText", "Normal", "ColumnLabel", _small(8.5, 11.5, after=6)),
    ("header", "Header", "Normal", "Header", replace(_small(8.5, 11.5, GREY), tab=("right", 125))),
    ("footer", "Footer", "Normal", "Footer", replace(_small(8.5, 11.5, GREY), tab=("right", 125))),
    ("Logolinje", "LogoLine", "Header", "LogoLine", _LOGO),
    ("Udkastmærke", "DraftMark", "Header", "DraftMark", Look(bold=True, colour=DRAFT)),
]
CHARACTERS = [
    ("Strong", "Strong", Look(bold=True)),
    ("Emphasis", "Emphasis", Look(italic=True)),
    ("Hyperlink", "Hyperlink", Look(colour=ACCENT, underline=True)),
]


def styles(namespaces: str) -> str:
    """The element w:styles."""
    fonts = "".join(f' w:{kind}="Arial"' for kind in ("ascii", "hAnsi", "eastAsia", "cs"))
    defaults = (
        f'<w:docDefaults><w:rPrDefault><w:rPr><w:rFonts{fonts}/><w:color w:val="{INK}"/>'
        '<w:sz w:val="21"/><w:szCs w:val="21"/>'
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
    paragraphs = "".join(_paragraph_style(*row) for row in STYLES)
    characters = "".join(_character_style(*row) for row in CHARACTERS)
    own = paragraphs + characters + _table_style()
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


def _table_style() -> str:
    def rule(side: str, size: int, colour: str) -> str:
        return f'<w:{side} w:val="single" w:sz="{size}" w:space="0" w:color="{colour}"/>'

    borders = rule("top", 8, ACCENT) + rule("bottom", 8, ACCENT) + rule("insideH", 4, "C9D3D0")
    return (
        f'<w:style w:type="table"{_custom("Brevtabel")} w:styleId="LetterTable"><w:name w:val="Brevtabel"/>'
        '<w:basedOn w:val="TableNormal"/><w:qFormat/>'
        f"<w:tblPr><w:tblBorders>{borders}</w:tblBorders><w:tblCellMar>"
        f'<w:left w:w="0" w:type="dxa"/><w:right w:w="{mm(3)}" w:type="dxa"/></w:tblCellMar></w:tblPr>'
        f'<w:tblStylePr w:type="firstRow"><w:tcPr><w:tcBorders>{rule("bottom", 8, ACCENT)}</w:tcBorders>'
        '<w:vAlign w:val="bottom"/></w:tcPr></w:tblStylePr></w:style>'
    )
