"""The desk's own work, with a PDF for a sample of the letters: the others get one that was drawn before.

What every letter has of its own are the case, the wording filled in, the Word file, the text and the record.
"""

import json
import os
from contextlib import contextmanager

from letters.batch import job
from letters.batch.job import Answer
from letters.desk import Desk
from letters.render.pdf import PdfRenderer

#: LETTERS_TESTS_EVERY=1 draws and guards them all, which takes some minutes.
EVERY = int(os.environ.get("LETTERS_TESTS_EVERY", "40"))
#: In place of a letter's PDF. The guard would find it broken, so it is only asked about the sample.
STAND_IN = b"%PDF-1.7 stands for a letter\n"


def work(spec, task):
    case = json.loads(task.data)
    if not task.make:
        return Answer(True, case_number=case["case_number"], matter=case["matter"])
    with _drawing(drawn(case["case_number"])):
        return job.work(spec, task)


def drawn(case_number):
    """Whether the letter of a case gets a PDF of its own."""
    return int(case_number.rpartition("-")[2]) % EVERY == 0


@contextmanager
def _drawing(really):
    render, guarded = PdfRenderer.render, Desk._guarded
    if not really:
        PdfRenderer.render = lambda renderer, letter, **options: STAND_IN
        Desk._guarded = lambda *args: ()
    try:
        yield
    finally:
        PdfRenderer.render, Desk._guarded = render, guarded
