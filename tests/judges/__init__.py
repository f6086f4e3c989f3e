"""Independent judges of finished letters, for the tests. See `docs/development.md`."""

from judges.findings import Finding, MissingJudgeError, errors
from judges.pdf import judge_pdf, judge_pdfs
from judges.readers import libreoffice, open_in_libreoffice
from judges.word import judge_docx
from judges.words import difference, words_of_docx, words_of_pdf

__all__ = [
    "Finding",
    "MissingJudgeError",
    "difference",
    "errors",
    "judge_docx",
    "judge_pdf",
    "judge_pdfs",
    "libreoffice",
    "open_in_libreoffice",
    "words_of_docx",
    "words_of_pdf",
]
