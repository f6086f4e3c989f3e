"""The words of a letter as finished files hold them, read by programs that know nothing of `letters`.

Words are compared in reading order as one row of letters and digits: where a line was broken, hyphenated or
set in another font leaves no trace in it. Single words are compared besides, so that a lost space is seen.
"""

import re
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from judges.docx_parts import W, read_parts, text_of
from judges.programs import program, run
from judges.readers import libreoffice

LIBREOFFICE_TEXT = "txt:Text (encoded):UTF8"


def words_of_pdf(path: Path) -> str:
    """The text of the tag tree in reading order, which running furniture is no part of.

    A table over two pages is two tables in the tree, each with the heads; they are told once.
    """
    told = run(program("pdfinfo"), "-struct-text", path).stdout.splitlines()
    return "".join(said(line) for line in without_repeated_heads(told))


def said(line: str) -> str:
    """What a line of pdfinfo's tree quotes; empty when it names an element."""
    quoted = re.fullmatch(r' +"(.*)"', line)
    return quoted[1] if quoted else ""


def without_repeated_heads(lines: Sequence[str]) -> list[str]:
    """Leave out the heads of a table that follows another with the same heads at once."""
    blocks = top_blocks(lines)
    kept: list[str] = []
    for before, block in zip([[], *blocks], blocks, strict=False):
        repeated = heads(block) if heads(before) == heads(block) else []
        texts = [line for line in block if said(line)]
        kept += texts[len(repeated) :]  # the heads come first
    return kept


def top_blocks(lines: Sequence[str]) -> list[list[str]]:
    """The lines of each child of the document."""
    blocks: list[list[str]] = []
    for line in lines:
        if re.match(r" {0,2}\S", line) or not blocks:
            blocks.append([])
        blocks[-1].append(line)
    return blocks


def heads(block: Sequence[str]) -> list[str]:
    """The quoted lines of a table's THead; empty when the block is no table with one."""
    tree = "\n".join(block)
    found = re.match(r"  Table .*\n    THead.*\n((?: {5,}.*\n)*)", tree)
    return [line for line in found[1].splitlines() if said(line)] if found else []


def printed_words(path: Path) -> Counter[str]:
    """The words on a PDF's pages, running furniture and all."""
    return count(run(program("pdftotext"), "-enc", "UTF-8", path, "-").stdout)


def words_of_docx(paths: Sequence[Path], folder: Path) -> dict[Path, str]:
    """The text of Word files, with the list labels that LibreOffice counts.

    LibreOffice leaves frames out of its text: they are the first page's slots and stand before the body.
    """
    found = {}
    for path, text in libreoffice(paths, LIBREOFFICE_TEXT, folder).items():
        body = "" if text is None else text.read_text("utf-8-sig")
        found[path] = "\n".join([*framed(path), body])
    return found


def framed(path: Path) -> list[str]:
    document = read_parts(path)[1]["word/document.xml"]
    frames = (p for p in document.iter(W + "p") if p.find(f"{W}pPr/{W}framePr") is not None)
    return [text_of(frame) for frame in frames]


def furniture_of_docx(path: Path) -> set[str]:
    """The words of headers and footers."""
    parts = read_parts(path)[1]
    running = [part for name, part in parts.items() if re.match(r"word/(header|footer)\d*\.xml$", name)]
    return {word for part in running for p in part.iter(W + "p") for word in count(text_of(p))}


def table_heads_of_docx(path: Path) -> set[str]:
    """The words of header rows, which are printed again on each page."""
    document = read_parts(path)[1]["word/document.xml"]
    rows = (row for row in document.iter(W + "tr") if row.find(f"{W}trPr/{W}tblHeader") is not None)
    return {word for row in rows for p in row.iter(W + "p") for word in count(text_of(p))}


def joined(text: str) -> str:
    """Text without what a line break may change: hyphens and the break after them, zero-width characters."""
    text = re.sub(r"[\u200b-\u200d\u2060\ufeff]", "", text)
    return re.sub(r"[\u00ad\u2010\u2011-]\s*", "", text).replace("\ufb01", "fi").replace("\ufb02", "fl")


def row(text: str) -> str:
    """The letters, digits and section signs of a text in order; bullets, spaces and punctuation are none."""
    return "".join(re.findall(r"[\w§]", joined(text))).replace("_", "")


def count(text: str) -> Counter[str]:
    """How often each word occurs."""
    return Counter(re.findall(r"\w+(?:[.,]\w+)*", joined(text)))


def difference(first: str, second: str) -> str:
    """Where the words of two texts part, with what stands around; empty when they are the same."""
    one, two = row(first), row(second)
    if one == two:
        return ""
    at = next((i for i, (a, b) in enumerate(zip(one, two, strict=False)) if a != b), min(len(one), len(two)))
    near = slice(max(0, at - 30), at + 30)
    return f"after {at} characters: {one[near]!r} against {two[near]!r}"


def surplus(first: Counter[str], second: Counter[str]) -> list[str]:
    """Words that the first has more often than the second."""
    return sorted((first - second).elements())
