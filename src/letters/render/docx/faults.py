"""What can be wrong with a letterhead, each fault a problem with its place and what to do about it."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator, Mapping
from difflib import get_close_matches
from pathlib import Path

from docx import Document
from docx.document import Document as WordDocument
from docx.opc.part import XmlPart
from jinja2 import TemplateSyntaxError, meta
from lxml import etree
from PIL import EpsImagePlugin, Image, ImageFile

from letters.problems import N_, Place, Problem, Severity, TemplateError
from letters.render.docx import names
from letters.render.docx.slots import SlotEnvironment
from letters.render.docx.xml import R_NS, W

PICTURES = (".png", ".jpg", ".jpeg", ".gif", ".bmp", ".tif", ".tiff")
STYLE_TYPES = {
    "paragraph": names.PARAGRAPH_STYLES,
    "character": names.CHARACTER_STYLES,
    "table": names.TABLE_STYLES,
}


def _problem(
    path: Path, code: str, message: str, help: str, *, field: str | None = None, **args: object
) -> Problem:
    place = Place(str(path), field=field)
    return Problem(f"render.docx-{code}", Severity.FATAL, message, place, args, help)


def unreadable(path: Path, reason: str) -> Problem:
    """The file is not there, or may not be read."""
    return _problem(
        path,
        "letterhead-unreadable",
        N_("the letterhead cannot be read: {reason}"),
        N_("put the letterhead there, and see that it may be read"),
        reason=reason,
    )


def _no_word_file(path: Path) -> Problem:
    return _problem(
        path,
        "letterhead-format",
        N_("the letterhead is not a Word document (.docx)"),
        N_("open it in Word and save it as a Word document (.docx)"),
    )


def missing_parts(path: Path, data: bytes) -> Iterator[Problem]:
    """Problems with the package itself: no .docx at all, or a part such as the logo that is gone."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            present = set(package.namelist())
            if package.testzip() is not None or "word/document.xml" not in present:
                yield _no_word_file(path)
                return
            relations = {name: package.read(name) for name in sorted(present) if name.endswith(".rels")}
            pictures = {
                name: package.read(name) for name in sorted(present) if name.lower().endswith(PICTURES)
            }
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, OSError):
        yield _no_word_file(path)
        return
    for name, xml in relations.items():
        yield from _broken_relations(path, name, xml, present)
    for name, picture in pictures.items():
        yield from _broken_picture(path, name, picture)


def _broken_picture(path: Path, name: str, data: bytes) -> Iterator[Problem]:
    """Word shows a red cross where a picture cannot be read to its end."""
    EpsImagePlugin.gs_binary = False  # a picture runs no other program, not even Ghostscript
    ImageFile.LOAD_TRUNCATED_IMAGES = False  # WeasyPrint lets Pillow fill up pictures when it is imported
    try:
        with Image.open(io.BytesIO(data)) as picture:
            picture.load()
    except (OSError, SyntaxError) as error:
        message = N_("a picture of the letterhead cannot be read: {reason}")
        help_ = N_("insert the picture again in Word, and save the letterhead")
        yield _problem(path, "letterhead-picture", message, help_, field=name, reason=str(error)[:100])


def _broken_relations(path: Path, name: str, xml: bytes, present: set[str]) -> Iterator[Problem]:
    try:
        relations = list(etree.fromstring(xml))
    except etree.XMLSyntaxError:
        yield _no_word_file(path)
        return
    folder = name.rpartition("_rels/")[0]
    for relation in relations:
        target = relation.get("Target", "")
        part = target.lstrip("/") if target.startswith("/") else _resolve(folder + target)
        if relation.get("TargetMode") != "External" and part not in present:
            yield _no_part(path, name, part)


def _no_part(path: Path, place: str, part: str) -> Problem:
    return _problem(
        path,
        "letterhead-part",
        N_("the letterhead refers to {part}, which is not in the file"),
        N_("open the letterhead in Word, insert the logo or the part again, and save it"),
        field=place,
        part=part,
    )


def lost_relations(path: Path, document: WordDocument) -> Iterator[Problem]:
    """What the page, a header or a footer shows and the package has no part for, such as a picture."""
    for part in [document.part, *_furniture(document)]:
        for element in part.element.iter(etree.Element):
            for name, value in element.attrib.items():
                if etree.QName(name).namespace == R_NS and value and value not in part.rels:
                    yield _no_part(path, str(part.partname).lstrip("/"), str(value))


def _resolve(path: str) -> str:
    steps: list[str] = []
    for step in path.split("/"):
        if step == "..":
            steps = steps[:-1]
        elif step not in ("", "."):
            steps.append(step)
    return "/".join(steps)


def open_document(path: Path, data: bytes) -> WordDocument:
    """The document.

    Raises:
        TemplateError: when it is another kind of Office file, or half a file.
    """
    try:
        return Document(io.BytesIO(data))
    except (
        ValueError,
        KeyError,
        etree.XMLSyntaxError,
    ) as error:
        raise TemplateError([_no_word_file(path)]) from error


def tracked_changes(path: Path, document: WordDocument) -> Iterator[Problem]:
    """A problem when the letterhead holds changes that nobody has accepted: they would be in every letter."""
    roots = [document.element, *(part.element for part in _furniture(document))]
    if any(next(root.iter(f"{W}ins", f"{W}del"), None) is not None for root in roots):
        yield _problem(
            path,
            "letterhead-changes",
            N_("the letterhead holds tracked changes"),
            N_("accept or reject them in Word, and save the letterhead"),
        )


def _furniture(document: WordDocument) -> list[XmlPart]:
    relations = document.part.rels.values()
    return [
        relation.target_part for relation in relations if relation.reltype.endswith(("/header", "/footer"))
    ]


def style_problems(path: Path, document: WordDocument) -> Iterator[Problem]:
    """The styles that the renderer or the letterhead itself names and the letterhead does not define."""
    styles = document.styles.element
    for kind, wanted in STYLE_TYPES.items():
        found = style_ids(styles, kind)
        for name in wanted:
            if name not in found:
                yield _unknown_style(path, name, found)
    idents = {style.get(f"{W}styleId") for style in styles.iter(f"{W}style")}
    for part in [document.part, *_furniture(document)]:
        used = {tag.get(f"{W}val") for tag in part.element.iter(f"{W}pStyle", f"{W}rStyle", f"{W}tblStyle")}
        for ident in sorted(used - idents):
            yield _unknown_style(path, ident, {}, str(part.partname).lstrip("/"))


def _unknown_style(path: Path, name: str, found: Mapping[str, str], field: str | None = None) -> Problem:
    near = get_close_matches(name, found, n=1)
    help = (
        N_("the nearest style is “{near}”; rename it, or create the style “{style}” in Word")
        if near
        else N_("create a style with exactly this name in the letterhead, in Word")
    )
    message = N_("unknown Word style “{style}”: the letterhead does not define it")
    return _problem(path, "letterhead-style", message, help, field=field, style=name, near=(near or [""])[0])


def slot_problems(path: Path, sources: Mapping[str, str], environment: SlotEnvironment) -> Iterator[Problem]:
    """Slots that cannot be read, are unknown, or are not there. `sources`: part -> Jinja source."""
    used: set[str] = set()
    broken = False
    for part, source in sources.items():
        try:
            slots = meta.find_undeclared_variables(environment.parse(source))
        except TemplateSyntaxError as error:
            broken = True
            yield _syntax(path, part, error)
            continue
        used |= slots
        for name in sorted(slots - set(names.SLOTS)):
            yield _unknown_slot(path, part, name)
    if not broken:
        yield from (_missing_slot(path, name) for name in names.SLOTS if name not in used)


def _syntax(path: Path, part: str, error: TemplateSyntaxError) -> Problem:
    return _problem(
        path,
        "slot-syntax",
        N_("a slot of the letterhead cannot be read: {reason}"),
        N_("every {{{{ needs its }}}}, every {{% its %}}, every “if” its “endif”, every “for” its “endfor”"),
        field=part,
        reason=error.message or "",
    )


def _unknown_slot(path: Path, part: str, name: str) -> Problem:
    near = get_close_matches(name, names.SLOTS, n=1)
    return _problem(
        path,
        "slot-unknown",
        N_("unknown slot “{slot}” in the letterhead"),
        N_("did you mean “{near}”?") if near else N_("the slots are: {slots}"),
        field=part,
        slot=name,
        near=(near or [""])[0],
        slots=", ".join(names.SLOTS),
    )


def _missing_slot(path: Path, name: str) -> Problem:
    return _problem(
        path,
        "slot-missing",
        N_("the letterhead has no slot “{slot}”, so a part of the letter would be lost"),
        N_("the alternative text of the logo is {{{{ logo_alt }}}}")
        if name == "logo_alt"
        else N_("insert {{{{ {slot} }}}} in the letterhead, where it shall stand"),
        slot=name,
    )


def style_ids(styles: etree._Element, kind: str) -> dict[str, str]:
    """Style name -> id of one type. Word itself does not tell "Heading 1" from "heading 1"."""
    return {
        _spelt(name.get(f"{W}val", "")): style.get(f"{W}styleId", "")
        for style in styles.iter(f"{W}style")
        for name in style.iter(f"{W}name")
        if style.get(f"{W}type") == kind
    }


def _spelt(name: str) -> str:
    """The name as `names` spells it."""
    known = (style for styles in STYLE_TYPES.values() for style in styles)
    return next((style for style in known if style.casefold() == name.casefold()), name)
