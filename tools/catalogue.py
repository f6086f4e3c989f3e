"""Bring the Danish catalogue in step with the source.

    python tools/catalogue.py           extract, update letters.po, compile letters.mo, list the untranslated
    python tools/catalogue.py compile   compile letters.mo after letters.po was edited by hand

Extracted are the messages marked with `_`, `N_` and `ngettext` in `src/letters` and its pages, the titles
and descriptions of the case models, the kinds of values that filters speak of, what click says on a command
line, and the reasons of the operating system and the YAML reader that users meet. New messages come in empty
and never as a guess; obsolete ones go. Exit code 1 when anything is untranslated.
"""

from __future__ import annotations

import datetime as dt
import io
import sys
from collections.abc import Iterator
from pathlib import Path

import click
from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir, extract_from_file
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).resolve().parents[1]
SOURCE = ROOT / "src" / "letters"
PO = SOURCE / "locale" / "da" / "LC_MESSAGES" / "letters.po"
MO = PO.with_suffix(".mo")

#: How each kind of file says its messages.
SOURCES = [("**.py", "python"), ("web/pages/**.html", "jinja2")]

KEYWORDS = {"_": None, "N_": None, "ngettext": (1, 2)}

#: The modules of click that speak on our command lines; the rest is for prompts and Windows.
CLICK = ("core.py", "exceptions.py", "formatting.py", "parser.py", "types.py", "decorators.py")

#: Of the C library, in its own words (`os.strerror`), and what click takes from a variable.
SYSTEM = (
    "Cannot allocate memory",
    "Disk quota exceeded",
    "File name too long",
    "Input/output error",
    "Is a directory",
    "No space left on device",
    "No such file or directory",
    "Not a directory",
    "Permission denied",
    "Read-only file system",
    "Too many open files",
    "required",
)

#: What the YAML reader says, as far as people who write case files by hand meet it.
YAML = (
    "block sequence entries are not allowed in this context",
    "could not find expected ':'",
    "did not find expected ',' or ']'",
    "did not find expected ',' or '}'",
    "did not find expected '-' indicator",
    "did not find expected alphabetic or numeric character",
    "did not find expected comment or line break",
    "did not find expected key",
    "did not find expected node content",
    "found a tab character that violates indentation",
    "found a tab character where an indentation space is expected",
    "found character that cannot start any token",
    "found unexpected end of stream",
    "found unknown escape character",
    "mapping values are not allowed in this context",
)

#: The kinds of values that the wording's filters speak of (`wording/filters.py`).
KINDS = (
    "nothing",
    "yes or no",
    "text",
    "a date",
    "a number",
    "a list",
    "a group of fields",
    "prose",
    "a text",
    "a whole number",
    "a list with something in it",
    "the recipients",
)

# The files change only with their messages.
_DAY = dt.datetime(2026, 1, 1, tzinfo=dt.UTC)

Message = tuple[str | tuple[str, ...], str]


def template() -> Catalog:
    """Every message that a user may read, untranslated, each with the file it comes from."""
    catalog = _catalog()
    for message, origin in _messages():
        catalog.add(message, locations=[(origin, 0)])
    return catalog


def _messages() -> Iterator[Message]:
    for name, _, message, _, _ in extract_from_dir(SOURCE, SOURCES, keywords=KEYWORDS):
        yield _written(message), f"src/letters/{name}"
    sys.path.insert(0, str(SOURCE.parent))
    from letters.case.confidential_start import appendix_message_ids
    from letters.case.shapes import message_ids

    for message in (*message_ids(), *appendix_message_ids()):
        yield message, "src/letters/case/models.py"
    for message in SYSTEM + YAML:
        yield message, "system"
    for message in KINDS:
        yield message, "src/letters/wording/filters.py"
    folder = Path(click.__file__).parent
    for name in CLICK:
        for _, message, _, _ in extract_from_file("python", folder / name, keywords=KEYWORDS):
            yield _written(message), f"click/{name}"


def _written(message: str | tuple[str, ...]) -> str | tuple[str, ...]:
    return message if isinstance(message, str) else tuple(message[:2])


def read_catalogue() -> Catalog:
    """The catalogue as it is committed."""
    with PO.open("rb") as file:
        return read_po(file, locale="da", domain="letters")


def compiled(catalog: Catalog) -> bytes:
    """What `letters.mo` must hold."""
    buffer = io.BytesIO()
    write_mo(buffer, catalog)
    return buffer.getvalue()


def untranslated(catalog: Catalog) -> list[str]:
    """The messages without a finished translation."""
    return [str(m.id) for m in catalog if m.id and (m.fuzzy or not all(_texts(m.string)))]


def _texts(string: str | tuple[str, ...]) -> tuple[str, ...]:
    return (string,) if isinstance(string, str) else tuple(string)


def update() -> None:
    """Take new messages into `letters.po`, and drop those that are gone."""
    catalog = read_catalogue() if PO.exists() else _catalog()
    catalog.update(template(), no_fuzzy_matching=True)
    catalog.obsolete.clear()
    catalog.creation_date = catalog.revision_date = _DAY
    PO.parent.mkdir(parents=True, exist_ok=True)
    with PO.open("wb") as file:
        write_po(file, catalog, width=110, sort_by_file=True, include_lineno=False, ignore_obsolete=True)


def _catalog() -> Catalog:
    return Catalog(
        locale="da",
        domain="letters",
        header_comment="# What letters says in Danish; docs/glossary.md has the terms.",
        project="letters",
        fuzzy=False,
        creation_date=_DAY,
        revision_date=_DAY,
        last_translator="",
        language_team="",
        msgid_bugs_address="",
        copyright_holder="",
        version="",
    )


def main(args: list[str]) -> int:
    """Run; see the module."""
    if args not in ([], ["compile"]):
        print(__doc__, file=sys.stderr)
        return 2
    if not args:
        update()
    catalog = read_catalogue()
    MO.write_bytes(compiled(catalog))
    missing = untranslated(catalog)
    for message in missing:
        print(f"untranslated: {message}")
    print(f"{len(catalog)} messages, {len(missing)} untranslated")
    return 1 if missing else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
