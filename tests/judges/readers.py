"""Programs that open Word files: if one of them cannot, somebody's cannot.

Each has noticed what the others had not: mammoth a missing picture, docx2python an empty cell.
"""

import html
import re
import shutil
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path

import docx
import mammoth
from docx2python import docx2python

from judges.findings import Finding, MissingJudgeError, error, leftovers, note
from judges.programs import program, run


def open_in_readers(path: Path) -> Iterator[Finding]:
    """Four of the five readers; `libreoffice` is the fifth."""
    for name, read in READERS.items():
        try:
            said = read(path)
        except MissingJudgeError:
            raise
        except Exception as fault:  # whatever a reader raises about a file is its verdict
            yield error("reader", f"{name} cannot read it: {type(fault).__name__} {str(fault)[:120]}")
        else:
            if len(said.strip()) < 20:
                yield error("reader", f"{name} finds almost no text")
            yield note("reader", f"{name}: {len(said)} characters")


def by_python_docx(path: Path) -> str:
    return "\n".join(paragraph.text for paragraph in docx.Document(str(path)).paragraphs)


def by_mammoth(path: Path) -> str:
    """What mammoth reads; what it had to leave out is an error, styles that it has no HTML for apart."""
    with path.open("rb") as file:
        result = mammoth.convert_to_html(file)
    lost = [message.message for message in result.messages if "paragraph style" not in message.message]
    if lost:
        raise ValueError("; ".join(lost))
    return str(result.value)


def by_docx2python(path: Path) -> str:
    with docx2python(path) as document:
        return str(document.text)


def by_pandoc(path: Path) -> str:
    done = run(program("pandoc"), "-f", "docx", "-t", "plain", "--wrap=none", path)
    if done.returncode:
        raise OSError(done.stderr[:150])
    return done.stdout


def words_by_pandoc(path: Path) -> Counter[str]:
    done = run(program("pandoc"), "-f", "docx", "-t", "html", "--wrap=none", path)
    if done.returncode:
        raise OSError(done.stderr[:150])
    return words_of_html(done.stdout)


def words_by_mammoth(path: Path) -> Counter[str]:
    return words_of_html(by_mammoth(path))


def words_by_python_docx(path: Path) -> Counter[str]:
    """Paragraphs and tables of the body; python-docx has no text for the numbers of lists."""
    body = docx.Document(str(path)).iter_inner_content()
    texts = [
        text
        for block in body
        for text in (
            [block.text] if hasattr(block, "text") else [c.text for row in block.rows for c in row.cells]
        )
    ]
    return Counter(" ".join(texts).split())


def words_of_html(page: str) -> Counter[str]:
    """The words of a page; an element that is a block or a break parts them, another does not."""
    parted = re.sub(r"</?(?:p|div|h\d|li|ol|ul|td|th|tr|table|br|blockquote)\b[^>]*>", " ", page)
    return Counter(html.unescape(re.sub(r"<[^>]+>", "", parted)).split())


#: Readers that give the words themselves; none of them gives the numbers of lists.
WORDS: Mapping[str, Callable[[Path], Counter[str]]] = {
    "pandoc": words_by_pandoc,
    "mammoth": words_by_mammoth,
    "python-docx": words_by_python_docx,
}

READERS: Mapping[str, Callable[[Path], str]] = {
    "python-docx": by_python_docx,
    "mammoth": by_mammoth,
    "docx2python": by_docx2python,
    "pandoc": by_pandoc,
}


def libreoffice(paths: Sequence[Path], target: str, folder: Path) -> dict[Path, Path | None]:
    """Convert Word files with one start of LibreOffice, which is slow.

    Args:
        target: `pdf`, or `txt:Text (encoded):UTF8` with list labels and without furniture.
        folder: where the results go.
    Returns:
        The result of each file; None where LibreOffice could not open it, for which it exits with 0.
    """
    suffix = target.partition(":")[0]
    with tempfile.TemporaryDirectory() as scratch:
        copies = {path: Path(scratch) / f"{number}.docx" for number, path in enumerate(paths)}
        for path, copy in copies.items():
            shutil.copy(path, copy)
        profile = f"-env:UserInstallation=file://{scratch}/profile"
        command = [program("soffice", "libreoffice"), profile, "--headless", "--convert-to", target]
        run(*command, "--outdir", folder, *copies.values())
    made = {path: folder / f"{copy.stem}.{suffix}" for path, copy in copies.items()}
    return {path: result if result.exists() else None for path, result in made.items()}


def open_in_libreoffice(paths: Sequence[Path], folder: Path) -> dict[Path, list[Finding]]:
    """Judge whether LibreOffice opens the files, by what it prints of them."""
    return {path: list(printed(result)) for path, result in libreoffice(paths, "pdf", folder).items()}


def printed(pdf: Path | None) -> Iterator[Finding]:
    if pdf is None:
        yield error("office", "LibreOffice cannot open it")
        return
    said = run(program("pdftotext"), pdf, "-").stdout
    if len(said.strip()) < 20:
        yield error("office", "LibreOffice prints almost no text")
    yield from leftovers("LibreOffice's text", said.replace("\f", "\n"))
