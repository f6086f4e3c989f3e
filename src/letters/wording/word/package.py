"""A Word file of the library, opened: bounded, and refused when it holds what no wording needs."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec.structs import replace

from letters.problems import N_, LettersError, Place, Problem, Severity, TemplateError
from letters.reading.word_package import WordPackage

MAX_BYTES = 5_000_000  # of the file; a wording with every style that Word knows takes a hundredth
_MAX_UNPACKED = 20_000_000
_MACROS = ("vbaproject", "vbadata", "activex")
_HELP = {
    "word.no-word-file": N_("write the wording in Word and save it as .docx, or as text in a .md file"),
    "word.too-large": N_("a wording is text alone: remove pictures, or copy the text into a new document"),
    "word.damaged": N_("open it in Word and save it again, or copy the text into a new document"),
}


def open_package(data: bytes, file: str) -> WordPackage:
    """Open a Word file for reading its wording.

    Args:
        data: the whole file, or more than `MAX_BYTES` of it.
        file: as the user named it.
    Raises:
        TemplateError: it is no Word file, is locked, damaged or too large, or holds macros or links to files.
    """
    if len(data) > MAX_BYTES:
        message = N_("the file is larger than {limit} MB")
        raise _refused("word.too-large", message, file, _HELP["word.too-large"], limit=MAX_BYTES // 1_000_000)
    if data.lstrip()[:5] == b"%PDF-":
        message = N_("this is a PDF file, whatever its name says")
        raise _refused("word.no-word-file", message, file, _HELP["word.no-word-file"])
    try:
        package = WordPackage(data, file, _MAX_UNPACKED)
        problems = [*_macros(package, file), *_links(package, file)]
    except LettersError as error:
        raise TemplateError(
            replace(problem, help=_HELP.get(problem.code, problem.help)) for problem in error.problems
        ) from None
    if problems:
        raise TemplateError(problems)
    return package


def _macros(package: WordPackage, file: str) -> Iterator[Problem]:
    found = [name for name in package.names() if any(word in name.lower() for word in _MACROS)]
    if found:
        yield _problem(
            "word.macros",
            N_("the file holds macros ({part})"),
            file,
            N_("save it in Word as an ordinary .docx without macros"),
            part=found[0],
        )


def _links(package: WordPackage, file: str) -> Iterator[Problem]:
    """Templates, pictures and objects that lie outside the file; web addresses in the text may be there."""
    for name in package.names():
        if not name.endswith(".rels"):
            continue
        folder, _, base = name.rpartition("_rels/")
        for kind, target in package.external(folder + base.removesuffix(".rels")).values():
            if kind == "/attachedTemplate":
                yield _problem(
                    "word.external",
                    N_("the file is tied to the template {target}"),
                    file,
                    N_("detach it in Word under Developer, Document Template, or copy the text alone"),
                    target=target,
                )
            elif kind != "/hyperlink":
                yield _problem(
                    "word.external",
                    N_("the file fetches something from outside: {target}"),
                    file,
                    N_("copy the text alone into a new document"),
                    target=target,
                )


def _problem(code: str, message: str, file: str, help_: str, **args: object) -> Problem:
    return Problem(code, Severity.FATAL, message, Place(file), args, help_)


def _refused(code: str, message: str, file: str, help_: str, **args: object) -> TemplateError:
    return TemplateError([_problem(code, message, file, help_, **args)])
