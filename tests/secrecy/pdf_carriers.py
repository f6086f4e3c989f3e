"""PDF files that hold a text in one hidden or visible place each."""

import io
import zlib
from collections.abc import Callable

import packed_carriers
import pikepdf
from docx_carriers import jpeg
from pikepdf import Array, Dictionary, Name, ObjectStreamMode, Pdf, Stream, String

Plant = Callable[[str], tuple[str, bytes]]
Change = Callable[[Pdf, str], None]

_LINES = (
    "Lindehøj Kommune",
    "Kære forening",
    "Tak for jeres henvendelse om overtagelse af integrationsansvar.",
)


def _literal(text: str) -> bytes:
    raw = text.encode("cp1252")
    return b"(" + raw.replace(b"\\", b"\\\\").replace(b"(", b"\\(").replace(b")", b"\\)") + b")"


def _lines(*texts: str) -> bytes:
    shown = b" T*\n".join(_literal(text) + b" Tj" for text in texts)
    return b"BT /F1 11 Tf 14 TL 60 760 Td\n" + shown + b"\nET\n"


def _with_page(pdf: Pdf, content: bytes) -> None:
    font = Dictionary(
        Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica, Encoding=Name.WinAnsiEncoding
    )
    page = pdf.add_blank_page(page_size=(595, 842))
    page.Resources = Dictionary(Font=Dictionary(F1=pdf.make_indirect(font)))
    page.Contents = pdf.make_stream(content)


def _saved(pdf: Pdf, mode: ObjectStreamMode = ObjectStreamMode.disable) -> bytes:
    buffer = io.BytesIO()
    pdf.save(buffer, deterministic_id=True, object_stream_mode=mode)
    return buffer.getvalue()


def clean(content: bytes = b"") -> bytes:
    with pikepdf.new() as pdf:
        _with_page(pdf, _lines(*_LINES) + content)
        pdf.docinfo["/Title"] = "Svar på henvendelse"
        return _saved(pdf)


def _drawn(make: Callable[[str], bytes]) -> Plant:
    return lambda text: ("letter.pdf", clean(make(text)))


def _changed(change: Change) -> Plant:
    def plant(text: str) -> tuple[str, bytes]:
        with pikepdf.open(io.BytesIO(clean())) as pdf:
            change(pdf, text)
            # Packed, so that nothing can be read without unpacking it.
            return "letter.pdf", _saved(pdf, ObjectStreamMode.generate)

    return plant


def _title(pdf: Pdf, text: str) -> None:
    pdf.docinfo["/Subject"] = text


def _xmp(pdf: Pdf, text: str) -> None:
    with pdf.open_metadata() as metadata:
        metadata["dc:description"] = text


def _tag(key: str) -> Change:
    def change(pdf: Pdf, text: str) -> None:
        element = pdf.make_indirect(Dictionary(Type=Name.StructElem, S=Name.P))
        element[key] = String(text)
        pdf.Root.StructTreeRoot = pdf.make_indirect(Dictionary(Type=Name.StructTreeRoot, K=element))

    return change


def _attached(pdf: Pdf, text: str) -> None:
    pdf.attachments["data.txt"] = text.encode()


def _attached_pdf(pdf: Pdf, text: str) -> None:
    pdf.attachments["old.pdf"] = clean(_lines(text))


def _attached_name(pdf: Pdf, text: str) -> None:
    pdf.attachments[f"{text.replace('/', '_')}.csv"] = b"1;2;3"


def _font(pdf: Pdf, text: str) -> None:
    name = Name("/ABCDEF+" + text.replace(" ", "-").replace("/", "-"))
    pdf.pages[0].Resources.Font.F1.FontDescriptor = pdf.make_indirect(
        Dictionary(Type=Name.FontDescriptor, FontName=name)
    )


def _annotation(pdf: Pdf, text: str) -> None:
    note = Dictionary(Type=Name.Annot, Subtype=Name.Text, Rect=Array([0, 0, 9, 9]), Contents=String(text))
    pdf.pages[0].Annots = Array([pdf.make_indirect(note)])


def _link(pdf: Pdf, text: str) -> None:
    action = Dictionary(S=Name.URI, URI=String(f"https://example.dk/?q={text}"))
    link = Dictionary(Type=Name.Annot, Subtype=Name.Link, Rect=Array([0, 0, 9, 9]), A=action)
    pdf.pages[0].Annots = Array([pdf.make_indirect(link)])


def _form(pdf: Pdf, text: str) -> None:
    field = pdf.make_indirect(Dictionary(FT=Name.Tx, T=String("felt"), V=String(text)))
    pdf.Root.AcroForm = Dictionary(Fields=Array([field]))


def _script(pdf: Pdf, text: str) -> None:
    escaped = "".join(f"\\u{ord(ch):04x}" if not ch.isascii() else ch for ch in text)
    action = Dictionary(S=Name.JavaScript, JS=String(f"var x = '{escaped}';"))
    pdf.Root.OpenAction = pdf.make_indirect(action)


def _script_stream(pdf: Pdf, text: str) -> None:
    stream = pdf.make_stream(f"app.alert('{text}');".encode())
    pdf.Root.OpenAction = pdf.make_indirect(Dictionary(S=Name.JavaScript, JS=stream))


def _bookmark(pdf: Pdf, text: str) -> None:
    with pdf.open_outline() as outline:
        outline.root.append(pikepdf.OutlineItem(text, 0))


def _destination(pdf: Pdf, text: str) -> None:
    names = Array([String(text), Array([pdf.pages[0].obj, Name.Fit])])
    pdf.Root.Names = Dictionary(Dests=pdf.make_indirect(Dictionary(Names=names)))


def _layer(pdf: Pdf, text: str) -> None:
    pdf.Root.OCProperties = Dictionary(
        OCGs=Array([pdf.make_indirect(Dictionary(Type=Name.OCG, Name=String(text)))])
    )


def _thumbnail(pdf: Pdf, text: str) -> None:
    image = Stream(pdf, jpeg(text))
    image.stream_dict.update({"/Type": Name.XObject, "/Subtype": Name.Image, "/Filter": Name.DCTDecode})
    pdf.pages[0].Thumb = pdf.make_indirect(image)


def _unused_stream(pdf: Pdf, text: str) -> None:
    pdf.Root.Unused = pdf.make_stream(_lines(text))


def _glyphs(text: str) -> tuple[bytes, bytes]:
    """Codes of glyphs that mean nothing without the font's map, and that map."""
    codes = {ch: index for index, ch in enumerate(dict.fromkeys(text), 3)}
    hexed = "".join(f"{codes[ch]:04x}" for ch in text).encode()
    pairs = "".join(f"<{code:04x}> <{ch.encode('utf-16-be').hex()}>\n" for ch, code in codes.items())
    space = "begincmap\n1 begincodespacerange <0000> <ffff> endcodespacerange\n"
    cmap = f"{space}{len(codes)} beginbfchar\n{pairs}endbfchar"
    return b"BT /F9 11 Tf 60 400 Td [<" + hexed + b">] TJ ET\n", cmap.encode()


def _mapped(*, drawn: bool) -> Change:
    def change(pdf: Pdf, text: str) -> None:
        content, cmap = _glyphs(text)
        descendant = Dictionary(
            Type=Name.Font,
            Subtype=Name.CIDFontType2,
            BaseFont=Name("/Sub"),
            CIDSystemInfo=Dictionary(Registry=String("Adobe"), Ordering=String("Identity"), Supplement=0),
        )
        font = Dictionary(
            Type=Name.Font,
            Subtype=Name.Type0,
            BaseFont=Name("/Sub"),
            Encoding=Name("/Identity-H"),
            DescendantFonts=Array([pdf.make_indirect(descendant)]),
            ToUnicode=pdf.make_stream(cmap),
        )
        page = pdf.pages[0]
        page.Resources.Font.F9 = pdf.make_indirect(font)
        if drawn:
            page.contents_add(content)
        else:
            pdf.Root.Unused = pdf.make_stream(content)

    return change


def _stamp(content: Callable[[str], bytes]) -> Change:
    """An annotation whose own picture draws the text."""

    def change(pdf: Pdf, text: str) -> None:
        picture = pdf.make_stream(content(text))
        picture.stream_dict.update({"/Type": Name.XObject, "/Subtype": Name.Form})
        picture.Resources = pdf.pages[0].Resources
        stamp = Dictionary(
            Type=Name.Annot, Subtype=Name.Stamp, Rect=Array([0, 0, 9, 9]), AP=Dictionary(N=picture)
        )
        pdf.pages[0].Annots = Array([pdf.make_indirect(stamp)])

    return change


def _stepwise(text: str) -> bytes:
    """Drawn in two pieces with a step along the line between them."""
    half = len(text) // 2
    pieces = _literal(text[:half]) + b" Tj 20 0 Td " + _literal(text[half:]) + b" Tj"
    return b"BT /F1 9 Tf 1 0 0 1 20 40 Tm " + pieces + b" ET"


def _placed(text: str) -> bytes:
    """Drawn in two text objects, each at its own place on the same line."""
    half = len(text) // 2
    first = b"BT /F1 9 Tf 1 0 0 1 20 40 Tm " + _literal(text[:half]) + b" Tj ET\n"
    return first + b"BT /F1 9 Tf 1 0 0 1 80 40 Tm " + _literal(text[half:]) + b" Tj ET"


def _signature(padding: int) -> Change:
    """Bytes of a signature, among them the name of whoever signed, and zeros to the end."""

    def change(pdf: Pdf, text: str) -> None:
        raw = b"\x30\x82\0\1\x0c" + text.encode("latin-1")
        raw += b"\0" * (padding + len(raw) % 2)
        contents = pikepdf.Object.parse(b"<" + raw.hex().encode() + b">")
        pdf.Root.Sig = pdf.make_indirect(Dictionary(Type=Name.Sig, Contents=contents))

    return change


def _with_languages(pdf: Pdf, text: str) -> None:
    """The language is switched in the middle of the text."""
    half = len(text) // 2
    raw = f"\ufeff{text[:half]}\x1bda\x1b{text[half:]}".encode("utf-16-be")
    pdf.docinfo["/Subject"] = pikepdf.Object.parse(b"<" + raw.hex().encode() + b">")


def _unnamed_object(text: str) -> tuple[str, bytes]:
    """An object in a packed stream of objects that no table leads to."""
    with pikepdf.open(io.BytesIO(clean())) as pdf:
        head = b"50 0 "
        stream = pdf.make_stream(head + _literal(text))
        stream.stream_dict.update({"/Type": Name.ObjStm, "/N": 1, "/First": len(head)})
        pdf.Root.Unused = stream
        return "letter.pdf", _saved(pdf)


def _raw_name(text: str) -> tuple[str, bytes]:
    """A name as programs wrote it before names were Unicode."""
    name = "".join(f"#{byte:02X}" for byte in text.encode("cp1252")).encode()
    return "letter.pdf", clean().replace(b"/Title", b"/" + name + b" 1 /Title")


def _archived(pdf: Pdf, text: str) -> None:
    pdf.attachments["old.tar"] = packed_carriers.archive(clean(_lines(text)) if text else b"")


def _update(number: int, body: bytes) -> bytes:
    """Bytes to append that put another object in the place of an old one."""
    return b"\n%d 0 obj\n%s\nendobj\n" % (number, body)


def _earlier_revision(text: str) -> tuple[str, bytes]:
    """The text was drawn once; an update put a clean page content over it."""
    first = clean(_lines(text))
    with pikepdf.open(io.BytesIO(first)) as pdf:
        number = pdf.pages[0].Contents.objgen[0]
        root, size = pdf.Root.objgen[0], len(pdf.objects) + 1
    content = _lines(*_LINES)
    start = len(first)
    body = b"<< /Length %d >>\nstream\n%s\nendstream" % (len(content), content)
    update = _update(number, body)
    table = start + len(update)
    previous = int(first[first.rfind(b"startxref") + 9 :].split()[0])
    xref = b"xref\n%d 1\n%010d 00000 n \n" % (number, start + 1)
    trailer = b"trailer\n<< /Size %d /Root %d 0 R /Prev %d >>\n" % (size, root, previous)
    return "letter.pdf", first + update + xref + trailer + b"startxref\n%d\n%%%%EOF\n" % table


def _unlisted(text: str) -> tuple[str, bytes]:
    """A compressed stream between the objects that no table names."""
    data = clean()
    raw = zlib.compress(_lines(text))
    head = b"99 0 obj\n<< /Length %d /Filter /FlateDecode >>\n" % len(raw)
    loose = head + b"stream\n" + raw + b"\nendstream\nendobj\n"
    end = data.rfind(b"startxref")
    return "letter.pdf", data[:end] + loose + data[end:]


def _file_comment(text: str) -> tuple[str, bytes]:
    data = clean()
    end = data.rfind(b"startxref")
    return "letter.pdf", data[:end] + b"% " + text.encode() + b"\n" + data[end:]


def _content_comment(text: str) -> bytes:
    return b"% " + text.encode("cp1252") + b"\n"


def _marked(text: str) -> bytes:
    figures = ("\ufeff" + text).encode("utf-16-be").hex().encode()
    return b"/Span <</ActualText <" + figures + b">>> BDC\nBT /F1 9 Tf 60 300 Td (.) Tj ET\nEMC\n"


PLANTS: dict[str, Plant] = {
    "visible text": _drawn(_lines),
    "invisible text": _drawn(lambda text: b"3 Tr " + _lines(text)),
    "white text": _drawn(lambda text: b"1 1 1 rg " + _lines(text)),
    "text off the page": _drawn(lambda text: b"q 1 0 0 1 2000 2000 cm " + _lines(text) + b"Q\n"),
    "text by a font's map": _changed(_mapped(drawn=True)),
    "unused text by a font's map": _changed(_mapped(drawn=False)),
    "marked content": _drawn(_marked),
    "comment in a stream": _drawn(_content_comment),
    "document property": _changed(_title),
    "XMP": _changed(_xmp),
    "actual text": _changed(_tag("/ActualText")),
    "alternative text": _changed(_tag("/Alt")),
    "expanded abbreviation": _changed(_tag("/E")),
    "attached file": _changed(_attached),
    "attached PDF": _changed(_attached_pdf),
    "attached file's name": _changed(_attached_name),
    "font name": _changed(_font),
    "annotation": _changed(_annotation),
    "link target": _changed(_link),
    "form field": _changed(_form),
    "JavaScript": _changed(_script),
    "JavaScript stream": _changed(_script_stream),
    "bookmark": _changed(_bookmark),
    "named destination": _changed(_destination),
    "layer": _changed(_layer),
    "stamp": _changed(_stamp(_lines)),
    "stamp drawn in steps": _changed(_stamp(_stepwise)),
    "stamp drawn at places": _changed(_stamp(_placed)),
    "signature": _changed(_signature(4)),
    "signature of odd length": _changed(_signature(5)),
    "text with languages": _changed(_with_languages),
    "unnamed object": _unnamed_object,
    "name of old": _raw_name,
    "attached archive": _changed(_archived),
    "attached mail": _changed(
        lambda pdf, text: pdf.attachments.__setitem__("a.eml", packed_carriers.mail(clean(_lines(text))))
    ),
    "attached packed file": _changed(
        lambda pdf, text: pdf.attachments.__setitem__("a.bz2", packed_carriers.squeezed(text)[1])
    ),
    "thumbnail's comment": _changed(_thumbnail),
    "unused stream": _changed(_unused_stream),
    "earlier revision": _earlier_revision,
    "stream in no table": _unlisted,
    "comment in the file": _file_comment,
    "after the end": lambda text: ("letter.pdf", clean() + b"\n" + text.encode()),
    "file name": lambda text: (f"svar {text.replace('/', '_')}.pdf", clean()),
}
