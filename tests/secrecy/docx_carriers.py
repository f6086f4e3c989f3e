"""Word files that hold a text in one hidden or visible place each."""

import io
import struct
import zipfile
import zlib
from collections.abc import Callable
from xml.sax.saxutils import escape, quoteattr

import packed_carriers

_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_REL = "http://schemas.openxmlformats.org/package/2006/relationships"
_CT = "http://schemas.openxmlformats.org/package/2006/content-types"
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'

BODY = (
    "Lindehøj Kommune",
    "Kære forening",
    "Tak for jeres henvendelse om overtagelse af integrationsansvar. Vi svarer på spørgsmålene nedenfor.",
    "Ad 1: Kommunen har siden juni 2017 behandlet 481 ansøgninger, heraf 299 godkendelser og 182 afslag.",
    "Bilag: FORTROLIG gennemgang af to konkrete sager.",
)

Parts = dict[str, bytes]
Plant = Callable[[str], tuple[str, bytes]]


def run(text: str, properties: str = "") -> str:
    rpr = f"<w:rPr>{properties}</w:rPr>" if properties else ""
    return f'<w:r>{rpr}<w:t xml:space="preserve">{escape(text)}</w:t></w:r>'


def paragraph(inner: str) -> str:
    return f"<w:p>{inner}</w:p>"


def part(root: str, inner: str) -> bytes:
    return f'{_HEAD}<w:{root} xmlns:w="{_W}" xmlns:r="{_R}">{inner}</w:{root}>'.encode()


def document(extra: str = "") -> bytes:
    body = "".join(paragraph(run(line)) for line in BODY)
    return part("document", f"<w:body>{body}{extra}</w:body>")


def parts(extra: str = "") -> Parts:
    return {
        "[Content_Types].xml": (
            f'{_HEAD}<Types xmlns="{_CT}"><Default Extension="xml" ContentType="application/xml"/></Types>'
        ).encode(),
        "_rels/.rels": (
            f'{_HEAD}<Relationships xmlns="{_REL}"><Relationship Id="rId1" Type="{_R}/officeDocument" '
            'Target="word/document.xml"/></Relationships>'
        ).encode(),
        "word/document.xml": document(extra),
    }


def packed(
    contents: Parts, *, comment: bytes = b"", tweak: Callable[[zipfile.ZipInfo], None] | None = None
) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as package:
        for name, data in contents.items():
            info = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            info.compress_type = zipfile.ZIP_DEFLATED
            if tweak and name == "word/document.xml":
                tweak(info)
            package.writestr(info, data)
        package.comment = comment
    return buffer.getvalue()


def clean() -> bytes:
    return packed(parts())


def _in_body(make: Callable[[str], str]) -> Plant:
    return lambda text: ("letter.docx", packed(parts(make(text))))


def _in_part(name: str, make: Callable[[str], bytes]) -> Plant:
    return lambda text: ("letter.docx", packed({**parts(), name: make(text)}))


def _story(root: str, text: str) -> bytes:
    return part(root, paragraph(run(text)))


def _noted(root: str, text: str) -> bytes:
    return part(f"{root}s", f'<w:{root} w:id="1" w:author="a">{paragraph(run(text))}</w:{root}>')


def _core(text: str) -> bytes:
    space = "http://schemas.openxmlformats.org/package/2006/metadata/core-properties"
    return (
        f'{_HEAD}<cp:coreProperties xmlns:cp="{space}" xmlns:dc="http://purl.org/dc/elements/1.1/">'
        f"<dc:title>Svar</dc:title><dc:creator>{escape(text)}</dc:creator></cp:coreProperties>"
    ).encode()


def _app(text: str) -> bytes:
    space = "http://schemas.openxmlformats.org/officeDocument/2006/extended-properties"
    return f'{_HEAD}<Properties xmlns="{space}"><Company>{escape(text)}</Company></Properties>'.encode()


def _custom(text: str) -> bytes:
    space = "http://schemas.openxmlformats.org/officeDocument/2006/custom-properties"
    types = "http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes"
    return (
        f'{_HEAD}<Properties xmlns="{space}" xmlns:vt="{types}"><property fmtid="x" pid="2" name="Emne">'
        f"<vt:lpwstr>{escape(text)}</vt:lpwstr></property></Properties>"
    ).encode()


def _rels(text: str) -> bytes:
    return (
        f'{_HEAD}<Relationships xmlns="{_REL}"><Relationship Id="rId9" Type="{_R}/hyperlink" '
        f'Target={quoteattr("https://example.dk/?q=" + text)} TargetMode="External"/></Relationships>'
    ).encode()


def jpeg(text: str) -> bytes:
    """A thumbnail whose comment segment holds the text."""
    comment = text.encode()
    segment = b"\xff\xfe" + struct.pack(">H", len(comment) + 2) + comment
    return b"\xff\xd8" + segment + b"\xff\xda\x00\x08" + bytes(range(40, 200)) + b"\xff\xd9"


def png(text: str) -> bytes:
    """A picture with a compressed text of its own."""
    body = b"Author\0\0" + zlib.compress(text.encode())
    chunks = [(b"IHDR", struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0)), (b"zTXt", body)]
    chunks += [(b"IDAT", zlib.compress(b"\0\0")), (b"IEND", b"")]
    return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(kind, body) for kind, body in chunks)


def _chunk(kind: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))


def _split_runs(text: str) -> str:
    return paragraph("".join(run(letter, "<w:b/>" if i % 2 else "") for i, letter in enumerate(text)))


def _between_deletions(text: str) -> str:
    half = len(text) // 2
    away = "<w:del w:id='1' w:author='x'><w:r><w:delText>zz qq zz</w:delText></w:r></w:del>"
    return paragraph(run(text[:half]) + away + run(text[half:]))


def _torn_field(text: str) -> str:
    half = len(text) // 2
    code = "<w:r><w:instrText>PAGEREF _x1 zz</w:instrText></w:r>"
    return paragraph(run(text[:half]) + code + run(text[half:]))


def _renamed_entry(text: str) -> tuple[str, bytes]:
    """A part that the directory no longer lists, but whose bytes are still there."""
    whole = packed({"word/draft.bin": text.encode(), **parts()})
    start = whole.find(b"PK\x03\x04", 4)
    buffer = io.BytesIO(whole[:start] + packed(parts()))
    return "letter.docx", buffer.getvalue()


def _deleted(text: str) -> str:
    struck = f"<w:r><w:delText xml:space='preserve'>{escape(text)}</w:delText></w:r>"
    return paragraph(f"<w:del w:id='1' w:author='x'>{struck}</w:del>")


def _inserted(text: str) -> str:
    return paragraph(f"<w:ins w:id='1' w:author='x'>{run(text)}</w:ins>")


def _alt_text(text: str) -> str:
    wp = "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"
    inline = f'<wp:inline xmlns:wp="{wp}"><wp:docPr id="1" name="Logo" descr={quoteattr(text)}/></wp:inline>'
    return paragraph(f"<w:r><w:drawing>{inline}</w:drawing></w:r>")


def _bookmark(text: str) -> str:
    return paragraph(f'<w:bookmarkStart w:id="3" w:name={quoteattr(text)}/><w:bookmarkEnd w:id="3"/>')


def _content_control(text: str) -> str:
    properties = f"<w:sdtPr><w:tag w:val={quoteattr(text)}/></w:sdtPr>"
    return f"<w:sdt>{properties}<w:sdtContent>{paragraph('')}</w:sdtContent></w:sdt>"


def _utf16_part(text: str) -> bytes:
    return f'<?xml version="1.0" encoding="UTF-16"?><note><to>{escape(text)}</to></note>'.encode("utf-16")


def _entry_comment(text: str) -> tuple[str, bytes]:
    def tweak(info: zipfile.ZipInfo) -> None:
        info.comment = text.encode()

    return "letter.docx", packed(parts(), tweak=tweak)


def _extra_field(text: str) -> tuple[str, bytes]:
    def tweak(info: zipfile.ZipInfo) -> None:
        raw = text.encode()
        info.extra = struct.pack("<HH", 0x6C74, len(raw)) + raw

    return "letter.docx", packed(parts(), tweak=tweak)


def _nested(text: str) -> bytes:
    return packed(parts(paragraph(run(text))))


def _symbols(text: str) -> str:
    """Every letter as a symbol, as Word's dialogue for special characters puts it in."""
    codes = (ord(letter) + (0xF000 if ord(letter) < 0x80 else 0) for letter in text)
    return paragraph(
        "<w:r>" + "".join(f'<w:sym w:font="Arial" w:char="{code:04X}"/>' for code in codes) + "</w:r>"
    )


def _turned(text: str) -> str:
    """Shown from right to left, so that it reads well on the page."""
    return paragraph(f'<w:bdo w:val="rtl">{run(text[::-1])}</w:bdo>')


def _prefixed(prefix: str) -> Plant:
    """Word's language with another prefix than its own, around a deletion."""

    def plant(text: str) -> tuple[str, bytes]:
        source = document(_between_deletions(text)).decode()
        if prefix:
            source = (
                source.replace("<w:", f"<{prefix}:")
                .replace("</w:", f"</{prefix}:")
                .replace(" w:", f" {prefix}:")
            )
            source = source.replace("xmlns:w=", f"xmlns:{prefix}=")
        else:
            source = (
                source.replace("<w:", "<")
                .replace("</w:", "</")
                .replace(" w:", " ")
                .replace("xmlns:w=", "xmlns=")
            )
        return "letter.docx", packed({**parts(), "word/document.xml": source.encode()})

    return plant


def _annotated(text: str) -> str:
    """Small letters above the text, as for pronunciation."""
    above = f"<w:rt>{run('zz')}</w:rt><w:rubyBase>{run(text)}</w:rubyBase>"
    return paragraph(f"<w:r><w:ruby>{above}</w:ruby></w:r>")


def _spreadsheet(text: str) -> bytes:
    space = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    half = len(text) // 2
    pieces = "".join(f"<r><rPr><b/></rPr><t>{escape(piece)}</t></r>" for piece in (text[:half], text[half:]))
    return packed({"xl/sharedStrings.xml": f'<sst xmlns="{space}"><si>{pieces}</si></sst>'.encode()})


def _open_document(text: str) -> bytes:
    office, spans = "urn:oasis:names:tc:opendocument:xmlns:office:1.0", text.split("a")
    inner = "a".join(f"<t:span>{escape(piece)}</t:span>" for piece in spans)
    return packed(
        {"content.xml": f'<o:d xmlns:o="{office}" xmlns:t="urn:x"><t:p>{inner}</t:p></o:d>'.encode()}
    )


_HIDDEN = "<w:vanish/>"
_WHITE = '<w:color w:val="FFFFFF"/>'

PLANTS: dict[str, Plant] = {
    "visible text": _in_body(lambda text: paragraph(run(f"Vi har talt med {text}, og sagen er afsluttet."))),
    "text cut into runs": _in_body(_split_runs),
    "table cell": _in_body(lambda text: f"<w:tbl><w:tr><w:tc>{paragraph(run(text))}</w:tc></w:tr></w:tbl>"),
    "header": _in_part("word/header1.xml", lambda text: _story("hdr", text)),
    "footer": _in_part("word/footer2.xml", lambda text: _story("ftr", text)),
    "comment": _in_part("word/comments.xml", lambda text: _noted("comment", text)),
    "footnote": _in_part("word/footnotes.xml", lambda text: _noted("footnote", text)),
    "hidden text": _in_body(lambda text: paragraph(run(text, _HIDDEN))),
    "white text": _in_body(lambda text: paragraph(run(text, _WHITE))),
    "deleted text": _in_body(_deleted),
    "inserted text": _in_body(_inserted),
    "around a deletion": _in_body(_between_deletions),
    "around a field code": _in_body(_torn_field),
    "field code": _in_body(
        lambda text: paragraph(f"<w:r><w:instrText>MERGEFIELD {escape(text)}</w:instrText></w:r>")
    ),
    "bookmark": _in_body(_bookmark),
    "content control": _in_body(_content_control),
    "alternative text": _in_body(_alt_text),
    "link target": _in_part("word/_rels/document.xml.rels", _rels),
    "core property": _in_part("docProps/core.xml", _core),
    "application property": _in_part("docProps/app.xml", _app),
    "custom property": _in_part("docProps/custom.xml", _custom),
    "custom XML": _in_part(
        "customXml/item1.xml", lambda text: f"<sag><person>{escape(text)}</person></sag>".encode()
    ),
    "XML in UTF-16": _in_part("customXml/item2.xml", _utf16_part),
    "XML comment": _in_part("word/settings.xml", lambda text: part("settings", f"<!-- {text} -->")),
    "style name": _in_part(
        "word/styles.xml",
        lambda text: part("styles", f"<w:style w:styleId='S1'><w:name w:val={quoteattr(text)}/></w:style>"),
    ),
    "font name": _in_part(
        "word/fontTable.xml", lambda text: part("fonts", f"<w:font w:name={quoteattr(text)}/>")
    ),
    "document variable": _in_part(
        "word/settings.xml",
        lambda text: part(
            "settings", f"<w:docVars><w:docVar w:name='v' w:val={quoteattr(text)}/></w:docVars>"
        ),
    ),
    "unreferenced part": _in_part("word/old/draft.txt", lambda text: text.encode("utf-16")),
    "unreferenced bytes": _in_part(
        "word/bin.dat", lambda text: b"\0\1\2\x80" + text.encode("utf-16-le") + b"\0\0\xfe"
    ),
    "embedded document": _in_part("word/embeddings/oleObject1.docx", _nested),
    "symbols": _in_body(_symbols),
    "turned text": _in_body(_turned),
    "text under small letters": _in_body(_annotated),
    "another prefix": _prefixed("wx"),
    "no prefix": _prefixed(""),
    "embedded spreadsheet": _in_part("word/embeddings/tal.xlsx", _spreadsheet),
    "embedded open document": _in_part("word/embeddings/gammel.odt", _open_document),
    "embedded mail": _in_part("word/afchunk.mht", lambda text: packed_carriers.mail(_nested(text))),
    "embedded mail's subject": _in_part("word/afchunk.mht", packed_carriers.mail_header),
    "embedded archive": _in_part("word/old.tar", lambda text: packed_carriers.archive(_nested(text))),
    "packed by gzip": _in_part("word/old.gz", lambda text: packed_carriers.squeezed(text)[0]),
    "packed by bzip2": _in_part("word/old.bz2", lambda text: packed_carriers.squeezed(text)[1]),
    "packed by xz": _in_part("word/old.xz", lambda text: packed_carriers.squeezed(text)[2]),
    "older Office file": _in_part(
        "word/embeddings/oleObject1.bin",
        lambda text: packed_carriers.compound_file("Contents", b"x" * 505 + text.encode("utf-16-le")),
    ),
    "text in UTF-32": _in_part("word/old/draft.txt", lambda text: text.encode("utf-32-be")),
    "thumbnail's comment": _in_part("docProps/thumbnail.jpeg", jpeg),
    "picture's text": _in_part("word/media/image1.png", png),
    "removed part": _renamed_entry,
    "ZIP comment": lambda text: ("letter.docx", packed(parts(), comment=text.encode())),
    "entry's comment": _entry_comment,
    "extra field": _extra_field,
    "part name": lambda text: (
        "letter.docx",
        packed({**parts(), f"word/{text.replace('/', '_')}.bin": b"x"}),
    ),
    "file name": lambda text: (f"svar {text.replace('/', '_')}.docx", clean()),
}
