"""WeasyPrint, kept for the life of a process: its fonts, the parsed stylesheet, the images.

Only `renderer` imports this module, when a PDF is drawn, after `fast.quickly` has imported WeasyPrint. That
takes long, and fails where Pango is missing. Nothing is fetched but the letterhead's own files and its fonts.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import functools
import io
import os
import tempfile
import threading
import weakref
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import Element

import cssselect2  # type: ignore[import-untyped] # no types
import weasyprint
from weasyprint import images
from weasyprint.images import SVGImage
from weasyprint.text.ffi import harfbuzz_subset
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import URLFetcher, URLFetcherResponse

from letters.document.model import Letter
from letters.problems import N_, Place, Problem, RenderError, Severity, TemplateError
from letters.render.pdf.data import DataFile, data_files
from letters.render.pdf.fast.install import remember
from letters.render.pdf.fast.memory import Unkept
from letters.render.pdf.fast.styles import take_back
from letters.render.pdf.fast.writing import write_once
from letters.render.pdf.finish import finish, finish_archive
from letters.render.pdf.fonts import CUTS
from letters.render.pdf.letterhead import Letterhead
from letters.render.pdf.log import Origin, watched

# WeasyPrint lets Pillow fill up pictures that are cut off, everywhere in the process.
images.ImageFile.LOAD_TRUNCATED_IMAGES = False

#: Where the letterhead seems to lie. A name that cannot exist (RFC 2606), so that no real path enters a PDF.
BASE_URL = "https://letterhead.invalid/"
_FONT_URL = BASE_URL + "fonts/"

#: How lines and pages break on every letterhead; the letterhead's own stylesheet comes after it.
_RULES = Path(__file__).with_name("rules.css").read_text(encoding="utf-8")

_FOLD_URL = BASE_URL + "fold-mark"
_FOLD_MARK = (
    b'<svg xmlns="http://www.w3.org/2000/svg" width="4mm" height="0.2mm" viewBox="0 0 40 2">'
    b'<rect width="40" height="2" fill="#8c8c8c"/></svg>'
)

_NO_FONTS = """<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "urn:fontconfig:fonts.dtd">
<fontconfig><cachedir>{cache}</cachedir></fontconfig>
"""
_ENVIRONMENT = threading.Lock()
_SVG = "image/svg+xml"
_ANY = "text/plain"  # what WeasyPrint takes where nothing is told
_RASTER = frozenset({".png", ".jpg", ".jpeg", ".gif", ".webp"})


class _Response(URLFetcherResponse):  # type: ignore[misc] # WeasyPrint has no types
    """A file that is there, without the mail's header that its kind would be looked up in."""

    def __init__(self, url: str, data: bytes, kind: str) -> None:
        self.url = url
        self.status = 200
        self._file_obj = io.BytesIO(data)
        self._kind = kind

    @property
    def content_type(self) -> str:
        """For SVG, WeasyPrint tries that first; for anything else Pillow, which loads all that it knows."""
        return self._kind

    @property
    def charset(self) -> None:
        """Not told."""


class _Fetcher(URLFetcher):  # type: ignore[misc] # WeasyPrint has no types
    """Serves the letterhead's folder and its fonts; everything else is refused."""

    def __init__(self, letterhead: Letterhead) -> None:
        super().__init__(allowed_protocols=("https",), allow_redirects=False)
        self._folder = letterhead.folder.resolve()
        self._fonts = {f"{_FONT_URL}{number}": font.data for number, font in enumerate(letterhead.fonts)}

    def fetch(self, url: str, headers: object = None) -> Any:  # noqa: ANN401 - no types
        """The response for a URL of ours.

        Raises:
            PermissionError: the URL is neither a file of the letterhead nor a declared font.
            OSError: the file is not there, or holds a picture that is cut off.
        """
        if url in self._fonts:
            return _Response(url, self._fonts[url], _ANY)
        if url == _FOLD_URL:
            return _Response(url, _FOLD_MARK, _SVG)
        path = (self._folder / url.removeprefix(BASE_URL)).resolve()
        if not url.startswith(BASE_URL) or path.parent != self._folder:
            raise PermissionError("not a file of the letterhead")
        data = path.read_bytes()
        if path.suffix.lower() in _RASTER:
            _decode(data)
        return _Response(url, data, _SVG if path.suffix.lower() == ".svg" else _ANY)


def _decode(data: bytes) -> None:
    """Read a picture to its end: WeasyPrint copies what it holds, whole or not."""
    try:
        with images.Image.open(io.BytesIO(data)) as picture:
            picture.load()
    except SyntaxError as error:  # Pillow's, for a broken PNG
        raise OSError(str(error)) from None


class _Root(cssselect2.ElementWrapper):  # type: ignore[misc] # no types
    """The root of a tree in which elements are found by their names without a look at every other one."""

    def query_all(self, *selectors: str) -> Iterator[Any]:
        """The elements that match a selector, in the order of the tree."""
        if not all(map(str.isalpha, selectors)):
            yield from super().query_all(*selectors)
            return
        for element in self.etree_element.iter():
            if isinstance(element.tag, str) and element.tag.rpartition("}")[2] in selectors:
                yield type(self)(element, parent=None, index=0, previous=None, in_html_document=True)


class _Page(weasyprint.HTML):  # type: ignore[misc] # WeasyPrint has no types
    """An HTML document whose tree is there already.

    WeasyPrint's own constructor parses HTML5 in Python. The letter is well-formed XML, which expat reads in a
    twelfth of the time; a test holds that the file comes out the same.
    """

    def __init__(self, root: Element, fetcher: _Fetcher) -> None:
        self.base_url = BASE_URL
        self.url_fetcher = fetcher
        self.media_type = "print"
        self.wrapper_element = _Root.from_html_root(root, content_language=None)
        self.etree_element = self.wrapper_element.etree_element


class _Images(dict[str, object]):
    """Pictures by their address, for the next letter.

    WeasyPrint stores None for one that it could not read, and says nothing of it in the next letter. Here it
    is looked for again, so that no letter goes out without it. A drawing that is changed by being drawn, or
    that asks the letter for something, is read anew, too.
    """

    def __setitem__(self, address: str, picture: object) -> None:
        if picture is not None and not (isinstance(picture, SVGImage) and _is_changed(picture)):
            super().__setitem__(address, picture)

    def let_go(self) -> None:
        """Forget the letter that a picture was first drawn in: WeasyPrint keeps all of its text with it."""
        for picture in self.values():
            if isinstance(picture, SVGImage):
                picture._context = picture._svg.context = None


def _is_changed(picture: Any) -> bool:  # noqa: ANN401 - WeasyPrint has no types
    names = {str(node.tag).rpartition("}")[2] for node in picture._svg.tree._etree_node.iter()}
    return bool(names & {"mask", "pattern", "image", "text"})


class Engine:
    """Draws element trees on one letterhead.

    Attributes:
        problems: what was found at the start and stops nothing.

    Raises:
        TemplateError: the stylesheet holds something that WeasyPrint does not understand.
    """

    def __init__(self, letterhead: Letterhead) -> None:
        self._letterhead = letterhead
        self._fetcher = _Fetcher(letterhead)
        self._images = _Images()
        self._fonts = _private_font_configuration()
        self.problems = () if harfbuzz_subset else (_no_subset(),)
        with watched(Origin.CSS, letterhead.folder / "letterhead.css") as found:
            self._styles = [
                self._css(css)
                for css in (_font_faces(letterhead), _RULES, letterhead.css, _fold_marks(letterhead))
            ]
        if found:
            raise TemplateError(found)
        self._memory = remember(self._fonts, _RULES + letterhead.css + letterhead.html)

    def _css(self, source: str) -> Any:  # noqa: ANN401 - WeasyPrint has no types
        return weasyprint.CSS(
            string=source, base_url=BASE_URL, url_fetcher=self._fetcher, font_config=self._fonts
        )

    def draw(self, root: Element, letter: Letter, *, archive: bool = True) -> bytes:
        """The finished file.

        Args:
            archive: PDF/A-2a and PDF/UA-1, not PDF/UA-1 alone.

        Raises:
            TemplateError: the letterhead asked for something that is not there or not allowed.
            RenderError: the letter does not fit the letterhead, or has an address that is none.
        """
        try:
            return self._remembered(root, letter, archive)
        finally:
            self._images.let_go()

    def _remembered(self, root: Element, letter: Letter, archive: bool) -> bytes:
        """The finished file, with what is remembered of earlier letters."""
        memory = self._memory
        if memory is None:
            return self._drawn(root, letter, archive)
        # What will be encrypted leaves nothing behind.
        memory.begin(remember=archive)
        try:
            return self._drawn(root, letter, archive)
        except Unkept:
            self._memory = self._fonts.memory = None
            return self._drawn(root, letter, archive)
        except BaseException:
            memory.forget()
            raise
        finally:
            take_back(memory)

    def _drawn(self, root: Element, letter: Letter, archive: bool) -> bytes:
        html = self._letterhead.folder / "letterhead.html"
        files = data_files(letter)
        # PDF/A-2 forbids files of another kind inside (ISO 19005-2, 6.8), PDF/A-3 allows them.
        variant = ("pdf/a-3a" if files else "pdf/a-2a") if archive else "pdf/ua-1"
        with watched(Origin.HTML, html) as found:
            document = _Page(root, self._fetcher).render(
                font_config=self._fonts,
                stylesheets=self._styles,
                cache=self._images,
                pdf_variant=variant,
            )
            _describe(document, letter)
            document.metadata.attachments = [_attachment(file, letter) for file in files]
            finisher = functools.partial(self._finish, finish_archive if archive else finish)
            data: bytes = document.write_pdf(finisher=finisher, pdf_variant=variant)
        if found:
            ours = all(problem.code.startswith("letterhead.") for problem in found)
            raise TemplateError(found) if ours else RenderError(found)
        _check_first_page(document)
        return data

    def _finish(self, finisher: Callable[[Any, Any], None], document: Any, pdf: Any) -> None:  # noqa: ANN401
        finisher(document, pdf)
        if self._memory is not None:
            write_once(pdf)


def _private_font_configuration() -> Any:  # noqa: ANN401 - WeasyPrint has no types
    """A font configuration that sees no font of the system, so that none can step in silently."""
    folder = Path(tempfile.mkdtemp(prefix="letters-fonts-"))
    config = folder / "fonts.conf"
    config.write_text(_NO_FONTS.format(cache=folder), encoding="utf-8")
    with _environment("FONTCONFIG_FILE", str(config)):
        fonts = FontConfiguration()
    weakref.finalize(fonts, _remove, config, folder, os.getpid())
    return fonts


def _remove(config: Path, folder: Path, process: int) -> None:
    if os.getpid() == process:  # a forked worker leaves its parent's files alone
        with contextlib.suppress(OSError):
            config.unlink()
            folder.rmdir()


@contextlib.contextmanager
def _environment(name: str, value: str) -> Iterator[None]:
    with _ENVIRONMENT:
        before = os.environ.get(name)
        os.environ[name] = value
        try:
            yield
        finally:
            if before is None:
                del os.environ[name]
            else:
                os.environ[name] = before


def _font_faces(letterhead: Letterhead) -> str:
    """The declared fonts, and the text's families: Pango takes the first that has a character."""
    rules = []
    for number, font in enumerate(letterhead.fonts):
        weight, style = CUTS[font.cut]
        rules.append(
            f'@font-face {{ font-family: "{font.family}"; src: url("{_FONT_URL}{number}");'
            f" font-weight: {weight}; font-style: {style} }}"
        )
    families = ", ".join(f'"{family.name}"' for family in letterhead.families)
    return "\n".join([*rules, f"html {{ font-family: {families} }}"])


def _fold_marks(letterhead: Letterhead) -> str:
    """A short line at the left edge of the first page for each fold; a background is no part of the tags.

    A fixed background is placed by the sheet and not by its margins.
    """
    if not letterhead.folds:
        return ""
    lines = ", ".join([f'url("{_FOLD_URL}")'] * len(letterhead.folds))
    places = ", ".join(f"{letterhead.margins.left + 0.5}mm {fold}mm" for fold in letterhead.folds)
    return (
        f"@page :first {{ background: {lines}; background-repeat: no-repeat; background-attachment: fixed;"
        f" background-size: 4mm 0.2mm; background-position: {places} }}"
    )


def _describe(document: Any, letter: Letter) -> None:  # noqa: ANN401 - WeasyPrint has no types
    """The document's properties. Noon UTC is the letter's date in Denmark, summer and winter."""
    document.metadata.title = letter.title
    document.metadata.authors = [letter.slots.sender]
    document.metadata.lang = letter.language
    document.metadata.created = document.metadata.modified = f"{letter.date}T12:00:00Z"


def _attachment(file: DataFile, letter: Letter) -> Any:  # noqa: ANN401 - WeasyPrint has no types
    """A file at the level of the document; its dates are the letter's, or each making would differ."""
    date = dt.datetime.fromisoformat(f"{letter.date}T12:00:00+00:00")
    return weasyprint.Attachment(
        string=file.contents,
        name=file.name,
        description=file.description,
        created=date,
        modified=date,
        relationship="Data",
    )


def _check_first_page(document: Any) -> None:  # noqa: ANN401 - WeasyPrint has no types
    """Refuse a column that runs past the first page: WeasyPrint drops what is left after the last page.

    The column's end is there, too, when a very long address has pushed it away.
    """
    if any("column-end" in page.anchors for page in document.pages[1:]) or not any(
        "column-end" in page.anchors for page in document.pages
    ):
        problem = Problem(
            "render.first-page-full",
            Severity.FATAL,
            N_("the address or the column beside it does not fit on the first page"),
            Place(""),
            help=N_("shorten the address, the case number, the unit or the contact"),
        )
        raise RenderError([problem])


def _no_subset() -> Problem:
    return Problem(
        "render.subset-missing",
        Severity.WARNING,
        N_("HarfBuzz's subset library is missing: PDF files take three times as long to make"),
        Place(""),
        help=N_("sudo apt-get install --no-install-recommends libharfbuzz-subset0"),
    )
