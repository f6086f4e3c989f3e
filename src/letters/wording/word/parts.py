"""The parts of a Word file that are the same for every wording: styles, settings, numbering.

The styles are Word's own: their names in the file are the English ones by which every Word knows them, so
that a Danish Word shows "Overskrift 1" and "Opstilling - punkttegn". Only what marks tags is ours.
"""

from __future__ import annotations

from collections.abc import Sequence
from xml.sax.saxutils import escape, quoteattr

BULLETS = 1  # the number of the list of bullets; numbered lists follow
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_MAIN = "application/vnd.openxmlformats-officedocument.wordprocessingml"

CONTENT_TYPES = (
    f'{_HEAD}<Types xmlns="{_PACKAGE}/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/>'
    f'<Override PartName="/word/document.xml" ContentType="{_MAIN}.document.main+xml"/>'
    f'<Override PartName="/word/styles.xml" ContentType="{_MAIN}.styles+xml"/>'
    f'<Override PartName="/word/settings.xml" ContentType="{_MAIN}.settings+xml"/>'
    f'<Override PartName="/word/fontTable.xml" ContentType="{_MAIN}.fontTable+xml"/>'
    f'<Override PartName="/word/numbering.xml" ContentType="{_MAIN}.numbering+xml"/>'
    '<Override PartName="/docProps/core.xml"'
    ' ContentType="application/vnd.openxmlformats-package.core-properties+xml"/>'
    "</Types>"
)
RELATIONS = (
    f'{_HEAD}<Relationships xmlns="{_PACKAGE}/relationships">'
    f'<Relationship Id="rId1" Type="{_OFFICE}/officeDocument" Target="word/document.xml"/>'
    f'<Relationship Id="rId2" Type="{_PACKAGE}/relationships/metadata/core-properties"'
    ' Target="docProps/core.xml"/>'
    "</Relationships>"
)
SETTINGS = (
    f'{_HEAD}<w:settings {_W}><w:zoom w:percent="100"/><w:defaultTabStop w:val="567"/>'
    '<w:characterSpacingControl w:val="doNotCompress"/><w:compat><w:compatSetting w:name="compatibilityMode"'
    ' w:uri="http://schemas.microsoft.com/office/word" w:val="15"/></w:compat>'
    '<w:themeFontLang w:val="da-DK"/><w:decimalSymbol w:val=","/><w:listSeparator w:val=";"/></w:settings>'
)
FONTS = (
    f'{_HEAD}<w:fonts {_W}><w:font w:name="Arial"><w:family w:val="swiss"/><w:pitch w:val="variable"/>'
    "</w:font>"
    '<w:font w:name="Consolas"><w:altName w:val="Liberation Mono"/><w:family w:val="modern"/>'
    '<w:pitch w:val="fixed"/></w:font></w:fonts>'
)
TABLE_LOOK = (
    '<w:tblPr><w:tblStyle w:val="Tabel-Gitter"/><w:tblW w:w="5000" w:type="pct"/>'
    '<w:tblLook w:val="0420" w:firstRow="1" w:lastRow="0" w:firstColumn="0" w:lastColumn="0" w:noHBand="0"'
    ' w:noVBand="1"/></w:tblPr>'
)


def core(title: str) -> str:
    """The document's properties."""
    return (
        f'{_HEAD}<cp:coreProperties xmlns:cp="{_PACKAGE}/metadata/core-properties"'
        ' xmlns:dc="http://purl.org/dc/elements/1.1/">'
        f"<dc:title>{escape(title)}</dc:title><dc:language>da-DK</dc:language></cp:coreProperties>"
    )


def document(body: str) -> str:
    """The main part."""
    return (
        f'{_HEAD}<w:document {_W} xmlns:r="{_OFFICE}"><w:body>{body}<w:sectPr>'
        '<w:pgSz w:w="11906" w:h="16838"/><w:pgMar w:top="1134" w:right="1134" w:bottom="1134" w:left="1134"'
        ' w:header="567" w:footer="567" w:gutter="0"/></w:sectPr></w:body></w:document>'
    )


def document_relations(links: Sequence[str]) -> str:
    """What the main part refers to: the other parts, and the addresses of links."""
    own = "".join(
        f'<Relationship Id="rId{number}" Type="{_OFFICE}/{kind}" Target="{kind}.xml"/>'
        for number, kind in enumerate(("styles", "settings", "fontTable", "numbering"), 1)
    )
    out = "".join(
        f'<Relationship Id="rIdLink{number}" Type="{_OFFICE}/hyperlink" Target={quoteattr(link)}'
        ' TargetMode="External"/>'
        for number, link in enumerate(links, 1)
    )
    return f'{_HEAD}<Relationships xmlns="{_PACKAGE}/relationships">{own}{out}</Relationships>'


def numbering(starts: Sequence[tuple[int, int]]) -> str:
    """The lists.

    Args:
        starts: of each numbered list, in the order of their numbers, its level and first number.
    """
    bullets = "".join(_level(level, "bullet", "•–"[level]) for level in range(2))
    decimals = "".join(_level(level, "decimal", f"%{level + 1}.") for level in range(2))
    abstract = "".join(
        f'<w:abstractNum w:abstractNumId="{ident}"><w:multiLevelType w:val="hybridMultilevel"/>{levels}'
        "</w:abstractNum>"
        for ident, levels in enumerate((bullets, decimals))
    )
    numbers = f'<w:num w:numId="{BULLETS}"><w:abstractNumId w:val="0"/></w:num>' + "".join(
        f'<w:num w:numId="{BULLETS + index}"><w:abstractNumId w:val="1"/><w:lvlOverride w:ilvl="{level}">'
        f'<w:startOverride w:val="{start}"/></w:lvlOverride></w:num>'
        for index, (level, start) in enumerate(starts, 1)
    )
    return f"{_HEAD}<w:numbering {_W}>{abstract}{numbers}</w:numbering>"


def _level(level: int, form: str, text: str) -> str:
    return (
        f'<w:lvl w:ilvl="{level}"><w:start w:val="1"/><w:numFmt w:val="{form}"/><w:lvlText w:val="{text}"/>'
        f'<w:lvlJc w:val="left"/><w:pPr><w:ind w:left="{397 * (level + 1)}" w:hanging="397"/></w:pPr></w:lvl>'
    )


def _style(
    kind: str, ident: str, name: str, look: str, *, based: str = "Normal", after: str = "", more: str = ""
) -> str:
    own = (
        ' w:customStyle="1"'
        if name in ("Skabelonkode", "Skabelonlinje", "Skabelonhoved", "Tabeltekst")
        else ""
    )
    return (
        f'<w:style w:type="{kind}" w:styleId="{ident}"{own}>'
        f'<w:name w:val="{name}"/>'
        + (f'<w:basedOn w:val="{based}"/>' if based else "")
        + (f'<w:next w:val="{after}"/>' if after else "")
        + f"{more}<w:qFormat/>{look}</w:style>"
    )


def _paragraphs(ident: str, name: str, properties: str, look: str = "", **more: str) -> str:
    inside = f"<w:pPr>{properties}</w:pPr>" + (f"<w:rPr>{look}</w:rPr>" if look else "")
    return _style("paragraph", ident, name, inside, **more)


def _heading(number: int, size: int, before: int) -> str:
    return _paragraphs(
        f"Overskrift{number}",
        f"heading {number}",
        f'<w:keepNext/><w:keepLines/><w:spacing w:before="{before}" w:after="60"/>'
        f'<w:outlineLvl w:val="{number - 1}"/>',
        f'<w:b/><w:color w:val="1F3A4D"/><w:sz w:val="{size}"/><w:szCs w:val="{size}"/>',
        after="Normal",
    )


_CODE = '<w:rFonts w:ascii="Consolas" w:hAnsi="Consolas" w:cs="Consolas"/><w:color w:val="5B6770"/>'
_ITEMS = '<w:spacing w:after="60"/><w:contextualSpacing/>'
STYLES = (
    f"{_HEAD}<w:styles {_W}><w:docDefaults><w:rPrDefault><w:rPr>"
    '<w:rFonts w:ascii="Arial" w:hAnsi="Arial" w:eastAsia="Arial" w:cs="Arial"/><w:sz w:val="21"/>'
    '<w:szCs w:val="21"/><w:lang w:val="da-DK" w:eastAsia="da-DK" w:bidi="ar-SA"/></w:rPr></w:rPrDefault>'
    '<w:pPrDefault><w:pPr><w:spacing w:after="140" w:line="276" w:lineRule="auto"/></w:pPr></w:pPrDefault>'
    "</w:docDefaults>"
    '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/><w:qFormat/>'
    "</w:style>"
    '<w:style w:type="character" w:default="1" w:styleId="Standardskrifttypeiafsnit">'
    '<w:name w:val="Default Paragraph Font"/><w:uiPriority w:val="1"/><w:semiHidden/></w:style>'
    '<w:style w:type="table" w:default="1" w:styleId="Tabel-Normal"><w:name w:val="Normal Table"/>'
    '<w:uiPriority w:val="99"/><w:semiHidden/><w:tblPr><w:tblInd w:w="0" w:type="dxa"/><w:tblCellMar>'
    '<w:top w:w="0" w:type="dxa"/><w:left w:w="108" w:type="dxa"/><w:bottom w:w="0" w:type="dxa"/>'
    '<w:right w:w="108" w:type="dxa"/></w:tblCellMar></w:tblPr></w:style>'
    + _paragraphs(
        "Titel",
        "Title",
        '<w:keepNext/><w:spacing w:before="240" w:after="160" w:line="240" w:lineRule="auto"/>',
        '<w:b/><w:color w:val="1F3A4D"/><w:sz w:val="36"/><w:szCs w:val="36"/>',
        after="Normal",
    )
    + _heading(1, 27, 280)
    + _heading(2, 23, 200)
    + _heading(3, 21, 160)
    + _heading(4, 21, 160)
    + _heading(5, 21, 160)
    + _paragraphs("Opstilling-punkt", "List Bullet", _ITEMS)
    + _paragraphs("Opstilling-punkt2", "List Bullet 2", _ITEMS)
    + _paragraphs("Opstilling-tal", "List Number", _ITEMS)
    + _paragraphs("Opstilling-tal2", "List Number 2", _ITEMS)
    + _paragraphs("Opstilling-forts", "List Continue", '<w:ind w:left="397"/>')
    + _paragraphs("Opstilling-forts2", "List Continue 2", '<w:ind w:left="794"/>')
    + _paragraphs("Citat", "Quote", '<w:ind w:left="567" w:right="567"/>', "<w:i/>")
    + _paragraphs("Citat2", "Intense Quote", '<w:ind w:left="794" w:right="567"/>', "<w:i/>")
    + _paragraphs(
        "Skabelonlinje",
        "Skabelonlinje",
        '<w:spacing w:after="60"/>',
        '<w:sz w:val="18"/><w:szCs w:val="18"/>',
    )
    + _paragraphs("Skabelonhoved", "Skabelonhoved", '<w:spacing w:after="0"/>', _CODE)
    + _paragraphs(
        "Tabeltekst", "Tabeltekst", '<w:spacing w:before="40" w:after="40" w:line="252" w:lineRule="auto"/>'
    )
    + _style("character", "Skabelonkode", "Skabelonkode", f"<w:rPr>{_CODE}</w:rPr>", based="")
    + _style(
        "character",
        "Hyperlink",
        "Hyperlink",
        '<w:rPr><w:color w:val="1B5E8C"/><w:u w:val="single"/></w:rPr>',
        based="",
    )
    + '<w:style w:type="table" w:styleId="Tabel-Gitter"><w:name w:val="Table Grid"/>'
    '<w:basedOn w:val="Tabel-Normal"/>'
    '<w:uiPriority w:val="39"/><w:tblPr><w:tblBorders>'
    + "".join(
        f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="B4BEC6"/>'
        for side in ("top", "left", "bottom", "right", "insideH", "insideV")
    )
    + '</w:tblBorders></w:tblPr><w:tblStylePr w:type="firstRow"><w:rPr><w:b/></w:rPr><w:tcPr>'
    '<w:shd w:val="clear" w:color="auto" w:fill="EDF1F4"/></w:tcPr></w:tblStylePr></w:style></w:styles>'
)
