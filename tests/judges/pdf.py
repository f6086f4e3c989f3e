"""An independent judge of one PDF: syntax, language, title, fonts, active content, leftovers, secrets, locks.

It shares no code with `letters`, so that a mistake in one is not repeated in the other.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain
from pathlib import Path

import pikepdf

from judges.findings import Finding, canon, error, hint, leftovers, note, warning
from judges.pdf_tags import tags
from judges.programs import program, run
from judges.verapdf import verapdf

BCP47 = re.compile(r"^[A-Za-z]{2,3}(-[A-Za-z]{4})?(-([A-Za-z]{2}|[0-9]{3}))?(-[A-Za-z0-9]{5,8})*$")
FOREIGN_ACTIONS = ("/JavaScript", "/Launch", "/GoToR", "/SubmitForm", "/ImportData")
FONT_FILES = ("/FontFile", "/FontFile2", "/FontFile3")
NOTHING = pikepdf.Dictionary()


def judge_pdf(
    path: Path,
    profiles: Sequence[str] = ("ua1", "2a"),
    *,
    lang: str = "da",
    password: str = "",
    forbidden: Sequence[str] = (),
    expect_encrypted: bool = False,
) -> list[Finding]:
    """Judge one PDF.

    Args:
        profiles: veraPDF's; empty when `judge_pdfs` asks veraPDF about many files at once.
        lang: the language that the document must have.
        password: opens an encrypted file.
        forbidden: texts that may not occur anywhere in the file.
        expect_encrypted: whether a file that is not encrypted is an error.
    """
    try:
        pdf = pikepdf.open(path, password=password)
    except pikepdf.PdfError as fault:
        return [error("open", str(fault))]
    with pdf:
        found = [
            *syntax(pdf),
            *document(pdf, lang),
            *tags(pdf),
            *metadata(pdf),
            *active(pdf),
            *fonts(pdf),
            *objects_without(pdf, forbidden),
            *encryption(pdf, path, expect_encrypted),
        ]
    found += text(path, password, forbidden)
    if profiles:
        found += verapdf([path], profiles, password)[path]
    return found


def judge_pdfs(
    paths: Sequence[Path], profiles: Sequence[str] = ("ua1", "2a"), *, lang: str = "da"
) -> dict[Path, list[Finding]]:
    """Judge many PDFs with one call of veraPDF."""
    conformance = verapdf(paths, profiles)
    return {path: judge_pdf(path, (), lang=lang) + conformance[path] for path in paths}


def syntax(pdf: pikepdf.Pdf) -> Iterator[Finding]:
    yield from (error("syntax", str(fault)[:200]) for fault in pdf.check_pdf_syntax())
    yield note("pages", f"{len(pdf.pages)} pages, PDF {pdf.pdf_version}")


def document(pdf: pikepdf.Pdf, lang: str) -> Iterator[Finding]:
    found = str(pdf.Root.get("/Lang", ""))
    if not BCP47.match(found):
        yield error("lang", f"document language missing or not valid: {found!r}")
    elif not found.lower().startswith(lang.lower()):
        yield error("lang", f"document language is {found!r}, expected {lang!r}")
    if not pdf.Root.get("/ViewerPreferences", NOTHING).get("/DisplayDocTitle", False):
        yield error("title", "ViewerPreferences/DisplayDocTitle is not true")
    if not bool(pdf.Root.get("/MarkInfo", NOTHING).get("/Marked", False)):
        yield error("tags", "MarkInfo/Marked is not true")


def metadata(pdf: pikepdf.Pdf) -> Iterator[Finding]:
    """The title in both places, and no remains of templates in properties."""
    info = str(pdf.docinfo.get("/Title", ""))
    with pdf.open_metadata(set_pikepdf_as_editor=False, update_docinfo=False) as xmp:
        title = str(xmp.get("dc:title") or "")
    if not title.strip():
        yield error("title", "no dc:title in XMP")
    if info and title and info != title:
        yield error("title", f"Info title {info!r} differs from XMP title {title!r}")
    for key in ("/Title", "/Author", "/Subject", "/Keywords"):
        if key in pdf.docinfo:
            yield from leftovers(f"property {key}", str(pdf.docinfo[key]))


def active(pdf: pikepdf.Pdf) -> Iterator[Finding]:
    """Scripts, launches, forms and attachments: a letter has none."""
    opening = pdf.Root.get("/OpenAction")
    if isinstance(opening, pikepdf.Dictionary) and str(opening.get("/S")) != "/GoTo":
        yield error("active", f"OpenAction {opening.get('/S')}")
    names = pdf.Root.get("/Names", NOTHING)
    if "/JavaScript" in names:
        yield error("active", "document JavaScript")
    if "/EmbeddedFiles" in names:
        yield warning("active", "embedded files")
    if "/AA" in pdf.Root:
        yield warning("active", "the catalog has additional actions")
    if "/XFA" in pdf.Root.get("/AcroForm", NOTHING):
        yield error("active", "XFA form")
    for page in pdf.pages:
        for annotation in page.get("/Annots", []):
            yield from action(annotation.get("/A", NOTHING))


def action(what: pikepdf.Dictionary) -> Iterator[Finding]:
    kind, target = str(what.get("/S", "")), str(what.get("/URI", ""))
    if kind in FOREIGN_ACTIONS:
        yield error("active", f"action {kind}")
    if kind == "/URI" and not re.match(r"(https|mailto|tel):", target):
        yield warning("active", f"link to {target[:80]}")


def fonts(pdf: pikepdf.Pdf) -> Iterator[Finding]:
    names = set()
    for font in pdf.objects:
        if not isinstance(font, pikepdf.Dictionary) or font.get("/Type") != "/Font":
            continue
        name, kind = str(font.get("/BaseFont", "?")), str(font.get("/Subtype", ""))
        if kind == "/Type0":
            if "/ToUnicode" not in font:
                yield error("font", f"{name}: no ToUnicode map, so text cannot be extracted reliably")
        elif kind != "/Type3":
            names.add(name)
            if not any(key in font.get("/FontDescriptor", NOTHING) for key in FONT_FILES):
                yield error("font", f"{name}: not embedded")
    yield note("font", ", ".join(sorted(names)) or "no fonts")


def text(path: Path, password: str, forbidden: Sequence[str]) -> Iterator[Finding]:
    options = ["-upw", password] if password else []
    done = run(program("pdftotext"), "-enc", "UTF-8", *options, path, "-")
    if done.returncode:
        yield error("text", f"pdftotext: {done.stderr.strip()[:200]}")
        return
    if len(done.stdout.strip()) < 20:
        yield error("text", "almost no text in the file")
    yield from leftovers("text", done.stdout.replace("\f", "\n"))
    flat = canon(done.stdout)
    for secret in forbidden:
        if canon(secret) in flat:
            yield error("forbidden", f"found in the text: {hint(secret)}")


def objects_without(pdf: pikepdf.Pdf, forbidden: Sequence[str]) -> Iterator[Finding]:
    """Search every decoded stream and string; short texts, which occur by chance, only in the text."""
    patterns = {secret: encodings(secret) for secret in forbidden if len(secret) > 3}
    for thing in pdf.objects if patterns else ():
        blobs = list(contents(thing))
        for secret, forms in patterns.items():
            if any(form in blob for form in forms for blob in blobs):
                yield error("forbidden", f"found in object {thing.objgen}: {hint(secret)}")


def encodings(secret: str) -> set[bytes]:
    return {secret.encode(code, "ignore") for code in ("utf-8", "utf-16-be", "latin-1")} - {b""}


def contents(thing: pikepdf.Object) -> Iterator[bytes]:
    if isinstance(thing, pikepdf.Stream):
        try:
            yield thing.read_bytes()
        except pikepdf.PdfError:
            yield thing.read_raw_bytes()  # a picture: its filter has no text to decode
        yield from strings(thing.stream_dict)
    else:
        yield from strings(thing)


def strings(thing: object, depth: int = 0) -> Iterator[bytes]:
    """The strings in an object, without following references: each object is visited on its own."""
    if isinstance(thing, pikepdf.String):
        yield str(thing).encode()
        return
    inner: Iterable[object] = ()
    if isinstance(thing, pikepdf.Array):
        inner = thing
    elif isinstance(thing, pikepdf.Dictionary):
        inner = thing.values()
    direct = (value for value in inner if not getattr(value, "is_indirect", False))
    yield from chain.from_iterable(strings(value, depth + 1) for value in direct if depth < 9)


def encryption(pdf: pikepdf.Pdf, path: Path, expected: bool) -> Iterator[Finding]:
    """AES-256, with a password that is really asked for: an empty owner password opens the file for all."""
    if not pdf.is_encrypted:
        if expected:
            yield error("encryption", "the file is not encrypted")
        return
    if run(program("pdftotext"), path, "-").returncode == 0:
        yield error("encryption", "opens without a password")
    if pdf.encryption.R < 6:
        yield error("encryption", f"not AES-256 (R={pdf.encryption.R})")
    if not pdf.allow.accessibility:
        yield error("encryption", "extraction for accessibility is not allowed (PDF/UA 7.16)")
