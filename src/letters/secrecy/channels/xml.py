"""Every text of an XML part: what it says, its attributes, comments, and what Word hides or has struck out.

The part is parsed and written again by lxml, so entities, CDATA and encodings are settled; what follows are
plain searches in that one form, which are much faster than walking the tree.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from functools import lru_cache

from lxml import etree

from letters.secrecy.channels.channel import Channel, Role, Unreadable, spelled_out
from letters.secrecy.channels.text import Inner, base64_channels

_WORD = ("/wordprocessingml/", "/drawingml/")
_OFFICE = ("http://schemas.openxmlformats.org/", "http://schemas.microsoft.com/", "http://purl.oclc.org/ooxml/",
           "urn:schemas-microsoft-com:", "http://www.w3.org/", "http://purl.org/dc/", "http://ns.adobe.com/",
           "adobe:ns:meta/", "http://www.aiim.org/", "http://iptc.org/")  # fmt: skip

_ASIDE = re.compile(r"<!--(.*?)-->|<\?(.*?)\?>|<!DOCTYPE(.*?)>\s*(?=<)", re.DOTALL)
_TAG = re.compile(r"<[^>]*>")
_LINE_TAG = re.compile(r"</(?:\w+:)?(?:p|tr|tc|comment|footnote|rt)>|<(?:\w+:)?(?:br|cr)(?:\s[^>]*)?/>")
_TAB_TAG = re.compile(r"<(?:\w+:)?(?:tab|ptab)(?:\s[^>]*)?/>")
_HYPHEN_TAG = re.compile(r"<(?:\w+:)?noBreakHyphen(?:\s[^>]*)?/>")
_SYMBOL = re.compile(r'<w:sym\s[^>]*?w:char="([0-9A-Fa-f]{1,6})"[^>]*>')
_SYMBOL_FONT = 0xF000  # symbol fonts keep their characters from here on
_TURNED = re.compile(r'<w:bdo(?=[^>]*"rtl")[^>]*>')
_WORD_MAIN = re.compile(r'xmlns:([\w.-]+)="[^"]*/wordprocessingml/(?:2006/)?main"')
_WITHOUT_PREFIX = re.compile(r'xmlns="[^"]*/wordprocessingml/(?:2006/)?main"')
_UNNAMED = re.compile(r"(</?)(?=[A-Za-z][\w.-]*[\s/>])")
# A word in several pieces of one line: cells of a spreadsheet, spans of an open document or a drawing.
_PIECES = ("/spreadsheetml/", "opendocument", "/2000/svg")
_PIECE = re.compile(
    r"</?(?:\w+:)?(?:t|r|rPr|b|i|u|sz|color|rFont|family|scheme|charset|span|tspan)(?:\s[^>]*)?/?>"
)
_VALUE = re.compile(r'="([^"]*)"')
_PREFIX = re.compile(r'xmlns(?::([\w.-]+))?="([^"]*)"')
_ELEMENT = re.compile(r"<(?:([\w.-]+):)?([^\s/>:!?]+)")

# Kinds of breaks, and fields that count pages; somebody may be called Page.
_SYNTAX = frozenset({"page", "PAGE", "NUMPAGES"})

# A style's code is read in one piece: "PageLabel" is no Mr Page. Its name for people is read word by word.
_STYLE = re.compile(
    r'<w:(?:pStyle|rStyle|tblStyle|basedOn|link|next|styleLink|numStyleLink)\s+w:val="([^"]*)"'
)
_STYLE_ID = re.compile(r'w:styleId="([^"]*)"')

# In Word's own language: struck out or moved away; what a field is made of; hidden.
_MOVED = re.compile(r"<w:(del|moveFrom)(?:\s[^>]*)?(?<!/)>.*?</w:\1>", re.DOTALL)
_CODE = re.compile(r"<w:(instrText|delInstrText)(?:\s[^>]*)?(?<!/)>.*?</w:\1>", re.DOTALL)
_RUN = re.compile(r"<w:r(?:\s[^>]*)?(?<!/)>.*?</w:r>", re.DOTALL)
_VANISH = re.compile(r'<w:(?:vanish|specVanish|webHidden)(?!\s[^>]*w:val="(?:0|false|off)")[\s/>]')


def xml_channels(
    data: bytes, where: str, *, body: bool = False, strict: bool = True, inner: Inner | None = None
) -> Iterator[Channel]:
    """The texts of one XML part.

    Args:
        body: whether this is what a reader reads, a document's main part.
        strict: whether a part that cannot be parsed is an error; if not, the caller has read its bytes.
        inner: reads a file that stands in it as Base64; None reads its bytes as they come.
    Raises:
        Unreadable: it is no well-formed XML.
    """
    source = _settled(data)
    if source is None:
        if strict:
            raise Unreadable(where, "damaged")
        return
    source, asides = _without_asides(source)
    if any(mark in source[:6000] for mark in _WORD):
        source = _usual_prefix(source)
        yield from _word_texts(source, where, Role.BODY if body else Role.TEXT)
    else:
        yield Channel(where, _plain(_TAG.sub("\n", source)), Role.TEXT)
        if any(mark in source[:6000] for mark in _PIECES):
            yield Channel(where, _plain(_TAG.sub("\n", _PIECE.sub("", source))), Role.TEXT)
    yield from base64_channels(source, where, inner)
    values = [*asides, *_values(source), *_foreign_names(source)]
    spoken = [value for value in values if " " in value]
    codes = {"", *_STYLE.findall(source), *_STYLE_ID.findall(source)}
    unspoken = [value if value in codes else spelled_out(value) for value in values if " " not in value]
    yield Channel(f"{where}, attributes", "\n".join(spoken), Role.TEXT)
    yield Channel(f"{where}, attributes", "\n".join(unspoken), Role.MARKUP)


def _settled(data: bytes) -> str | None:
    parser = etree.XMLParser(no_network=True, huge_tree=False)  # resolves internal entities only
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError):
        return None
    return etree.tostring(root.getroottree(), encoding="unicode")


def _without_asides(source: str) -> tuple[str, list[str]]:
    """Comments, processing instructions and the document type set apart from the text around them."""
    if "<!" not in source and "<?" not in source:
        return source, []
    asides = [" ".join(filter(None, found)).replace("\n", " ") for found in _ASIDE.findall(source)]
    return _ASIDE.sub("", source), asides


def _plain(text: str) -> str:
    return html.unescape(text) if "&" in text else text


# Word


def _word_texts(source: str, where: str, role: Role) -> Iterator[Channel]:
    """All text in order; then, where something is hidden in it, what is shown and what is not, each alone."""
    yield Channel(where, _word_text(source), role, "line")
    shown, aside = _divided(source)
    if aside:
        yield Channel(where, _word_text(shown), role, "line")
        yield Channel(f"{where}, hidden or deleted text", _word_text("".join(aside)))


def _usual_prefix(source: str) -> str:
    """Word's own language with the prefix that every office program gives it."""
    for prefix in dict.fromkeys(_WORD_MAIN.findall(source)):
        if prefix != "w":
            source = re.sub(rf"(</?|\s){re.escape(prefix)}:", r"\1w:", source)
    return _UNNAMED.sub(r"\1w:", source) if _WITHOUT_PREFIX.search(source) else source


def _word_text(source: str) -> str:
    if "<w:sym " in source:
        source = _SYMBOL.sub(_symbol, source)
    if "<w:bdo " in source:
        source = _TURNED.sub("\u202e", source).replace("</w:bdo>", "\u202c")
    text = _LINE_TAG.sub("\n", source)
    if "tab" in text:
        text = _TAB_TAG.sub("\t", text)
    if "noBreakHyphen" in text:
        text = _HYPHEN_TAG.sub("-", text)
    return _plain(_TAG.sub("", text))


def _symbol(found: re.Match[str]) -> str:
    code = int(found[1], 16)
    shown = chr(code - _SYMBOL_FONT if _SYMBOL_FONT <= code < _SYMBOL_FONT + 0x100 else min(code, 0x10FFFF))
    return html.escape(shown)


def _divided(source: str) -> tuple[str, list[str]]:
    aside: list[str] = []

    def away(found: re.Match[str]) -> str:
        aside.append(found[0])
        return ""

    if "<w:del " in source or "<w:moveFrom " in source or "<w:del>" in source:
        source = _MOVED.sub(away, source)
    if "nstrText" in source:
        source = _CODE.sub(away, source)
    if "anish" in source or "webHidden" in source:
        source = _RUN.sub(lambda run: away(run) if _VANISH.search(run[0]) else run[0], source)
    return source, aside


# Markup


def _values(source: str) -> list[str]:
    """Every value of an attribute, each once, that is no word of the format itself."""
    found = (value for value in dict.fromkeys(_VALUE.findall(source)) if value.strip() not in _SYNTAX)
    return [_plain(value).replace("\n", " ") for value in found if len(value) > 1]


def _foreign_names(source: str) -> list[str]:
    """Names of elements that no office program gave, as in a custom part."""
    spaces = dict(_PREFIX.findall(source))
    own = {prefix for prefix, space in spaces.items() if space.startswith(_OFFICE)}
    if _others_than(frozenset(own)).search(source) is None:
        return []
    names = dict.fromkeys(_ELEMENT.findall(source))
    return [name for prefix, name in names if prefix not in own]


@lru_cache(maxsize=64)
def _others_than(prefixes: frozenset[str]) -> re.Pattern[str]:
    """Finds where an element may begin that has none of some prefixes."""
    return re.compile(f"<(?!(?:{'|'.join(map(re.escape, sorted(prefixes - {''})))}):|[/!?])")
