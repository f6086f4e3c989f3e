"""An independent judge of one Word file: package, schemas, accessibility, privacy, leftovers, readers.

It shares no code with `letters`, so that a mistake in one is not repeated in the other.
"""

import zipfile
from collections.abc import Iterator, Sequence
from pathlib import Path

from judges.docx_body import body
from judges.docx_parts import Parts, W, read_parts, text_of
from judges.docx_schema import iso_29500, open_xml_sdk
from judges.findings import Finding, canon, error, hint
from judges.readers import open_in_readers


def judge_docx(path: Path, *, lang: str = "da", forbidden: Sequence[str] = ()) -> list[Finding]:
    """Judge one Word file, LibreOffice apart: `open_in_libreoffice` opens many at once.

    Args:
        lang: the default language that its styles must name.
        forbidden: texts that may not occur in any part.
    """
    try:
        names, parts, found = read_parts(path)
    except zipfile.BadZipFile as fault:
        return [error("zip", str(fault))]
    if "word/document.xml" in parts:
        found += body(names, parts, lang)
        found += iso_29500(parts)
    return [*found, *parts_without(parts, forbidden), *open_xml_sdk(path), *open_in_readers(path)]


def parts_without(parts: Parts, forbidden: Sequence[str]) -> Iterator[Finding]:
    texts = {name: canon(everything(part)) for name, part in parts.items()} if forbidden else {}
    for name, said in texts.items():
        for secret in forbidden:
            if canon(secret) in said:
                yield error("forbidden", f"{name}: {hint(secret)}")


def everything(part: object) -> str:
    """All text, text of paragraphs joined over runs, and all attributes."""
    lines = [text_of(paragraph) for paragraph in part.iter(W + "p")]
    attributes = [str(value) for element in part.iter() for value in element.attrib.values()]
    return "\n".join(["".join(part.itertext()), *lines, *attributes])
