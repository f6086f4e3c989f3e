"""A thousand cases with secrets of their own, made side by side: no letter holds what is another's."""

import os
import re
import zipfile

import sampled
from pypdfium2 import PdfDocument
from real import MARK, TEMPLATES, case_of, table_of

from letters.batch.job import Spec, tune
from letters.batch.pools import Opened
from letters.batch.processes import Workers
from letters.batch.run import Run
from letters.batch.tables import Table
from letters.cli.places import font_dirs
from letters.document.model import Status

CASES = 1_000


def test_no_letter_holds_the_secret_of_another_case(tmp_path):
    table, out = table_of(tmp_path, CASES), tmp_path / "breve"
    spec = Spec(TEMPLATES, font_dirs(os.environ), Status.DRAFT, out)
    pool = Opened(lambda: Workers(3, prepare=[(tune, ())]), window=64)
    run = Run(Table(table), spec, out, pool, work=sampled.work)
    assert sum(result.state == "ready" for result in run.check()) == CASES
    run.settle()
    problems = [problem for result in run.make() for problem in result.problems]
    run.close()
    assert [problem for problem in problems if problem.severity.value != "warning"] == []
    pages = 0
    for number in range(1, CASES + 1):
        case, secrets = case_of(number)
        folder = out / case["case_number"]
        texts = dict(texts_of(folder))
        pages += "letter.pdf" in texts
        for name, text in texts.items():
            assert {int(found) for found in MARK.findall(text)} <= {number}, (folder.name, name)
        for name in texts.keys() - {"manifest.json", "whole letter.docx"}:
            assert [secret for secret in secrets if secret not in texts[name]] == [], (folder.name, name)
    assert pages == CASES // sampled.EVERY


def texts_of(folder):
    """Everything that can be read in a letter's files, line breaks and hyphens at line ends undone."""
    yield "letter.txt", joined((folder / "letter.txt").read_text(encoding="utf-8"))
    yield "manifest.json", (folder / "manifest.json").read_text(encoding="utf-8")
    with zipfile.ZipFile(folder / "letter.docx") as package:
        parts = {name: package.read(name).decode("utf-8", "replace") for name in package.namelist()}
    yield "whole letter.docx", "\n".join(parts.values())
    yield "letter.docx", joined(re.sub(r"<[^>]+>", "", parts["word/document.xml"]))
    data = (folder / "letter.pdf").read_bytes()
    if data != sampled.STAND_IN:
        pdf = PdfDocument(data)
        yield "letter.pdf", joined("\n".join(page.get_textpage().get_text_range() for page in pdf))
        pdf.close()


def joined(text):
    return re.sub(r"\s+", " ", text.replace("\u00a0", " ").replace("\ufffe\r\n", "").replace("-\r\n", "-"))
